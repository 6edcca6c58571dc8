"""Bodies with a title inside: hazard, top event, cause, consequence, degradation factor, note."""

from functools import lru_cache
from math import ceil, floor, sqrt
from typing import Final

from workbench.layout.geometry import default_size
from workbench.model.kinds import label
from workbench.render.badges import CHIP_HEIGHT, chip_ops, chip_width
from workbench.render.icons import icon_ops
from workbench.render.lettering import Lettering, letter
from workbench.render.ops import Ellipse, Lines, Op, Ops, PathOp, Polygon, TextOp
from workbench.render.picture import NodePicture
from workbench.render.silhouettes import CORNER, clip_convex, outline
from workbench.render.sizes import shared, sizes
from workbench.render.text import Measure, Widths, elide, fit, line_count
from workbench.render.theme import KindColours, Theme
from workbench.values import value_type

META_BASELINE: Final = 19.5
TITLE_BASELINE: Final = 39.0
FOOT: Final = 9.0
"""Least room between the last baseline and the lower edge."""
CAP: Final = 0.66
"""Height of capital letters as a share of the pixel size."""
LEADING: Final = 1.22
_INSET: Final = {"cause": 28.0, "consequence": 24.0, "hazard": 18.0, "note": 24.0, "degradation_factor": 24.0}
BODY_KINDS: Final = frozenset((*_INSET, "top_event", "gate"))
_RING: Final = 5.0
_MARGIN: Final = 7.0
_TIGHT: Final = 2.0
"""Room between a top event's title and its inner ring: as it should be, and as it may be before a word is cut."""
_GLYPH_SHIFT: Final = 6.0


@value_type(frozen=True, slots=True)
class Ink:
    """Colours a body is drawn in, after its state is taken into account."""

    fill: str
    border: str
    icon: str
    text: str
    struck: bool


def ink_of(colours: KindColours, theme: Theme, *, retired: bool, titled: bool = True) -> Ink:
    """The colours of a body: its kind's, or grey with the title struck through where the element is retired.

    What stands in the place of a title that is missing is pale.
    """
    if retired:
        return Ink(theme.surface.canvas, theme.text.disabled, theme.text.disabled, theme.text.secondary, struck=True)
    text = colours.text if titled else theme.text.secondary
    return Ink(colours.fill, colours.border, colours.icon, text, struck=False)


def shown_title(node: NodePicture) -> str:
    """The title, or what is shown in its place while there is none."""
    return node.title or f"Untitled {label(node.kind).lower()}"


def title_block(
    title: Lettering, x: float, middle: float, weight: int, ink: Ink, *, anchor: str = "middle"
) -> list[Op]:
    """Lines of a title about a middle line."""
    pitch = title.size * LEADING
    first = middle + title.size * CAP / 2 - (len(title.lines) - 1) * pitch / 2
    return title_lines(title, x, first, weight, ink, anchor=anchor)


def title_lines(title: Lettering, x: float, first: float, weight: int, ink: Ink, *, anchor: str = "start") -> list[Op]:
    """Lines of a title down from a first baseline."""
    pitch = title.size * LEADING
    return [
        TextOp(x, first + i * pitch, line, title.size, weight, ink.text, anchor, ink.struck)  # type: ignore[arg-type]
        for i, line in enumerate(title.lines)
        if line
    ]


def lettering(node: NodePicture, theme: Theme, measure: Measure) -> Lettering:
    """The title of a body as it is drawn: the theme's letter, or a smaller one where it would be cut."""
    kind, size = node.kind, title_size(node.kind, theme)
    if kind == "top_event":
        return _in_circle(node, theme, measure)[0]

    def room(pixels: int) -> tuple[float, int]:
        return node.box.w - _INSET.get(kind, 24.0), _lines(node, theme, pixels)

    weight = 600 if kind == "hazard" else 400
    return letter(shown_title(node), room, size=size, least=title_size(kind), weight=weight, measure=measure)


def _lines(node: NodePicture, theme: Theme, size: int) -> int:
    """How many lines of a title fit into a body at a pixel size."""
    box, pitch = node.box, size * LEADING
    if node.kind in ("cause", "consequence"):
        if theme.type.meta:
            return lines_between(TITLE_BASELINE - box.h / 2, box.h / 2, size)
        return max(1, floor((box.h - 8) / pitch))
    if node.kind == "hazard":
        head, foot = _hazard_room(node, theme)
        return max(1, floor((foot - head + 1) / pitch))
    if node.kind == "degradation_factor":
        return max(1, floor((box.h - 4) / pitch))
    return lines_between(_note_first(node, size), box.h / 2, size)


def _hazard_room(node: NodePicture, theme: Theme) -> tuple[float, float]:
    """Where a hazard's title begins under the band, and where it ends above the ratings."""
    foot = node.box.h / 2 - 4
    if node.chips and theme.type.meta:
        foot = node.box.h / 2 - 9 - CHIP_HEIGHT - 4
    return -node.box.h / 2 + sizes().hazard.band + 3, foot


def _note_first(node: NodePicture, size: int) -> float:
    """The first baseline of a note."""
    return -node.box.h / 2 + 10 + size * 0.74


def lines_between(first: float, foot: float, size: int) -> int:
    """How many lines fit from a first baseline down to a lower edge; at least one."""
    return max(1, floor((foot - FOOT - first + 0.5) / (size * LEADING)) + 1)


def card_ops(node: NodePicture, theme: Theme, measure: Measure, *, full: bool) -> list[Op]:
    """A cause or consequence: meta row (glyph, code, frequency or rating) above its title."""
    box, title = node.box, lettering(node, theme, measure)
    ink = ink_of(theme.kind[node.kind], theme, retired=node.retired, titled=bool(node.title))
    left, top = -box.w / 2, -box.h / 2
    ops: list[Op] = [outline(box, grow=-0.5, fill=ink.fill, stroke=ink.border)]
    if not theme.type.meta:
        return [*ops, *title_block(title, left + 12, 0.0, 400, ink, anchor="start")]
    if full:
        ops += _meta_row(node, theme, measure, ink)
    return [*ops, *title_lines(title, left + 12, top + TITLE_BASELINE, 400, ink)]


def _meta_row(node: NodePicture, theme: Theme, measure: Measure, ink: Ink) -> list[Op]:
    box, size = node.box, theme.type.meta
    left, top, secondary = -box.w / 2, -box.h / 2, theme.text.secondary
    right = box.w / 2 - (30.0 if node.kind == "cause" else 13.0)
    ops: list[Op] = [*icon_ops(node.kind, left + 12, top + 8, ink.icon)]
    begin = left + 31
    code = elide(node.code, width=max(20.0, (right - begin) * 0.6), size=size, weight=600, measure=measure)
    ops.append(TextOp(begin, top + META_BASELINE, code, size, 600, secondary))
    begin += measure.width(code, size, 600) + 8
    if node.chips:
        chip = node.chips[-1]
        wide = min(chip_width(chip, measure, theme.type.chip), right - begin)
        if wide >= 30:
            ops += chip_ops(chip, theme, measure, right - wide, top + 7, width=wide)[0]
    elif node.meta and right - begin > 16:
        text = elide(node.meta, width=right - begin, size=size, weight=400, measure=measure)
        ops.append(TextOp(right, top + META_BASELINE, text, size, 400, secondary, "end"))
    return ops


def hazard_ops(node: NodePicture, theme: Theme, measure: Measure, *, full: bool) -> list[Op]:
    """The hazard: striped band on top, title, initial and residual rating with an arrow between."""
    box = node.box
    ink = ink_of(theme.kind.hazard, theme, retired=node.retired, titled=bool(node.title))
    top, band = -box.h / 2, sizes().hazard.band
    ops: list[Op] = [
        outline(box, grow=-0.5, fill=ink.fill, stroke=ink.border),
        *_band(box.w, box.h, band, theme, retired=node.retired),
    ]
    ops.append(Lines(((-box.w / 2 + 0.5, top + band + 1.5, box.w / 2 - 0.5, top + band + 1.5),), ink.border))
    if node.chips and theme.type.meta and full:
        ops += _chip_pair(node, theme, measure, box.h / 2 - 9 - CHIP_HEIGHT)
    head, foot = _hazard_room(node, theme)
    return [*ops, *title_block(lettering(node, theme, measure), 0.0, (head + foot) / 2, 600, ink)]


def _chip_pair(node: NodePicture, theme: Theme, measure: Measure, top: float) -> list[Op]:
    room = node.box.w - 16
    chips = node.chips[:2]
    arrow = 18.0 * (len(chips) - 1)
    widths = [chip_width(c, measure, theme.type.chip) for c in chips]
    share = (room - arrow) / len(chips)
    if sum(widths) > room - arrow:
        over = sum(max(0.0, w - share) for w in widths)
        spare = sum(max(0.0, share - w) for w in widths)
        widths = [w if w <= share else share + spare * (w - share) / over for w in widths]
    x = -(sum(widths) + arrow) / 2
    ops: list[Op] = []
    for i, (chip, wide) in enumerate(zip(chips, widths, strict=True)):
        if i:
            y, ink = top + CHIP_HEIGHT / 2, theme.kind.hazard.text
            points = ((x + 4, y, x + 13.5, y), (x + 10.5, y - 3.2, x + 14, y), (x + 14, y, x + 10.5, y + 3.2))
            ops.append(Lines(points, ink, width=1.3, round_caps=True))
            x += 18
        ops += chip_ops(chip, theme, measure, x, top, width=wide)[0]
        x += wide
    return ops


@lru_cache(maxsize=64)
def _band(w: float, h: float, band: float, theme: Theme, *, retired: bool) -> Ops:
    """The yellow and black band: slanted stripes, cut to the band with its rounded upper corners."""
    colours = theme.kind.hazard
    left, right, top, foot = -w / 2 + 1, w / 2 - 1, -h / 2 + 1, -h / 2 + band + 1
    r = CORNER - 1
    bend = r * 0.293
    window = (
        *((left, top + r), (left + bend, top + bend), (left + r, top)),
        *((right - r, top), (right - bend, top + bend), (right, top + r), (right, foot), (left, foot)),
    )
    tall = foot - top
    stripes: list[tuple[str | float, ...]] = []
    for i in range(ceil(w / 16) + 1):
        x = left - 9 + i * 16
        stripe = clip_convex(
            ((x + 8, top), (x + 16, top), (x + 16 - tall * 0.7, foot), (x + 8 - tall * 0.7, foot)), window
        )
        if len(stripe) > 2:
            stripes.append(("M", *stripe[0]))
            stripes += (("L", *point) for point in stripe[1:])
            stripes.append(("Z",))
    light, dark = colours.stripe_light, colours.stripe_dark
    if retired:
        light, dark = theme.surface.canvas, theme.text.disabled
    return Polygon(window, fill=light), PathOp(tuple(stripes), fill=dark)


def chords(radius: float, middle: float, size: int) -> Widths:
    """Room for the lines of a text about ``middle`` inside a circle, by how many lines there are."""
    pitch = size * LEADING

    def widths(count: int) -> list[float]:
        out = []
        for i in range(count):
            baseline = middle + size * CAP / 2 + (i - (count - 1) / 2) * pitch
            far = max(abs(baseline - size * 0.72), abs(baseline + size * 0.2))
            out.append(2 * sqrt(max(0.0, radius * radius - far * far)))
        return out

    return widths


def top_event_ops(node: NodePicture, theme: Theme, measure: Measure, *, full: bool) -> list[Op]:
    """The top event: a circle with an inner ring, the knot's glyph, its title in up to five lines."""
    box = node.box
    ink = ink_of(theme.kind.top_event, theme, retired=node.retired, titled=bool(node.title))
    radius = min(box.w, box.h) / 2
    ops: list[Op] = [outline(box, grow=-0.5, fill=ink.fill, stroke=ink.border)]
    ops.append(Ellipse(0, 0, box.w / 2 - _RING, box.h / 2 - _RING, stroke=ink.border))
    if full and theme.type.meta:
        ops += icon_ops("top_event", -8, -radius + 13, ink.icon, 16.0)
    title, middle = _in_circle(node, theme, measure)
    return [*ops, *title_block(title, 0.0, middle, 600, ink)]


def _in_circle(node: NodePicture, theme: Theme, measure: Measure) -> tuple[Lettering, float]:
    """A top event's title and its middle: as large as may be, then in as few lines, clear of the ring if it can be."""
    radius, most, size = min(node.box.w, node.box.h) / 2, sizes().top_event.title_lines, theme.type.top_event
    shifts = (_GLYPH_SHIFT,) if theme.type.meta else (0.0, _GLYPH_SHIFT)  # below the glyph, as the canvas has it
    options: list[tuple[Lettering, float]] = []
    for shift in shifts:
        for margin in (_MARGIN, _TIGHT):

            def room(pixels: int, inner: float = radius - _RING - margin, middle: float = shift) -> tuple[Widths, int]:
                return chords(inner, middle, pixels), most

            title = letter(
                shown_title(node), room, size=size, least=title_size("top_event"), weight=600, measure=measure
            )
            options.append((title, shift))
            if not title.fitted.elided and title.size == size and len(title.lines) < most:
                return min(options, key=_in_order)
    return min(options, key=_in_order)


def _in_order(option: tuple[Lettering, float]) -> tuple[bool, int, int]:
    title, _ = option
    return title.fitted.elided, -title.size, len(title.lines)


def factor_ops(node: NodePicture, theme: Theme, measure: Measure, *, full: bool) -> list[Op]:
    """A degradation factor: a parallelogram with its title in the middle."""
    del full  # it has nothing but its title
    ink = ink_of(theme.kind.degradation_factor, theme, retired=node.retired, titled=bool(node.title))
    body = outline(node.box, grow=-0.5, fill=ink.fill, stroke=ink.border)
    return [body, *title_block(lettering(node, theme, measure), 0.0, 0.0, 400, ink)]


def note_ops(node: NodePicture, theme: Theme, measure: Measure, *, full: bool) -> list[Op]:
    """A note: a sheet with a folded corner."""
    del full  # it has nothing but its text
    box = node.box
    ink = ink_of(theme.kind.note, theme, retired=node.retired, titled=bool(node.title))
    fold = min(sizes().note.fold, box.w, box.h)
    x, y = box.w / 2 - 0.5, -box.h / 2 + 0.5
    crease = Polygon(((x - fold, y), (x - fold, y + fold), (x, y + fold)), theme.surface.canvas, ink.border)
    body = outline(box, grow=-0.5, fill=ink.fill, stroke=ink.border)
    title = lettering(node, theme, measure)
    return [body, crease, *title_lines(title, -box.w / 2 + 10, _note_first(node, title.size), 400, ink)]


def box_size(kind: str, title: str, measure: Measure, width: float | None, *, chips: bool) -> tuple[float, float]:
    """The size a body needs to show its title whole, within the bounds of its kind; see ``shapes.natural_size``."""
    own_width, own_height, _ = default_size(kind)
    type_, size = shared().type.canvas, shared().type.canvas.title
    limit = sizes().box.max_height
    w = own_width if width is None else width
    if kind == "top_event":
        return _circle_size(title, measure, width)
    if kind in ("cause", "consequence"):
        head, foot, weight = TITLE_BASELINE, FOOT, 400
    elif kind == "hazard":
        head, foot, weight = sizes().hazard.band + 7 + size, (33.0 if chips else 9.0), 600
    elif kind == "degradation_factor":
        size = max(13, type_.control_label - 1)
        head, foot, weight = 4.0 + size, 5.0, 400
    else:
        size = max(13, type_.control_label - 1)
        head, foot, weight = 10 + size * 0.74, FOOT, 400
        own_height = sizes().box.min_height
    pitch = size * LEADING
    most = floor((limit - head - foot) / pitch) + 1
    if len(title) * size < w - _INSET.get(kind, 24.0) and "\n" not in title:
        lines = 1  # so short that it fits whatever the letters are
    else:
        inner = w - _INSET.get(kind, 24.0)
        lines = line_count(title, width=inner, limit=most, size=size, weight=weight, measure=measure)
    needed = head + (max(1, lines) - 1) * pitch + foot
    return w, min(limit, max(own_height, ceil(needed)))


def _circle_size(title: str, measure: Measure, width: float | None) -> tuple[float, float]:
    bounds, size = sizes().top_event, shared().type.canvas.top_event
    if width is not None:
        return width, width
    diameter = bounds.diameter
    while diameter < bounds.max:
        room = chords(diameter / 2 - _RING - _MARGIN, _GLYPH_SHIFT, size)
        if not fit(title, width=room, max_lines=bounds.title_lines, size=size, weight=600, measure=measure).elided:
            break
        diameter += 4
    return diameter, diameter


def title_size(kind: str, theme: Theme | None = None) -> int:
    """Pixel size of the title of a kind in a theme, on the canvas where none is given; see ``lettering``.

    In degradation factors and notes it is a step below a control's label, never below 13.
    """
    type_ = shared().type.canvas if theme is None else theme.type
    if kind == "top_event":
        return type_.top_event
    if kind in ("degradation_factor", "note"):
        return max(13, type_.control_label - 1) if type_.meta else type_.control_label
    return type_.title

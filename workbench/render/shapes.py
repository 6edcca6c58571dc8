"""How every element, control and line looks: ops from its picture. The one place screen and files draw from."""

from math import sqrt
from typing import Final, Literal

from workbench.layout.geometry import Point, default_size
from workbench.render import shapes_bars, shapes_boxes, shapes_links
from workbench.render.badges import badge_ops
from workbench.render.lettering import Lettering, letter
from workbench.render.ops import Ellipse, Lines, Op, Ops, RoundRect, TextOp
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.render.shapes_boxes import Ink, ink_of, shown_title, title_lines
from workbench.render.silhouettes import NOT_RADIUS, NOT_SIGN, OR_SIGN, XOR_SIGN, outline
from workbench.render.sizes import shared, sizes
from workbench.render.text import Measure, elide
from workbench.render.theme import Theme

Level = Literal["full", "titles"]
_LISTED_PITCH: Final = 18.0
_LISTED_MOST: Final = 4
_LISTED_WIDTH: Final = 148.0
_SHADE: Final = 3.5
_GATE_LINES: Final = 2
_BODIES: Final = {
    "hazard": shapes_boxes.hazard_ops,
    "top_event": shapes_boxes.top_event_ops,
    "cause": shapes_boxes.card_ops,
    "consequence": shapes_boxes.card_ops,
    "degradation_factor": shapes_boxes.factor_ops,
    "note": shapes_boxes.note_ops,
}


def natural_size(
    kind: str, title: str, measure: Measure, w: float | None = None, *, chips: bool = False
) -> tuple[float, float]:
    """Width and height a body needs to show its title whole, within the bounds of its kind.

    A box grows from its usual height up to 160 before its title is cut; a top event's circle from 148 to 200.

    Args:
        w: the width somebody chose; None for the kind's own.
        chips: whether ratings stand in it (a hazard's take a row of their own).
    """
    if kind == "gate":
        width, height, _ = default_size(kind)
        return (width if w is None else w), height
    return shapes_boxes.box_size(kind, title, measure, w, chips=chips)


def node_ops(node: NodePicture, theme: Theme, measure: Measure, *, detail: Level = "full") -> Ops:
    """An element with a body of its own, local to the centre of its box.

    Args:
        detail: ``titles`` leaves meta rows, chips and small glyphs away, for small scales; nothing moves by it.
    """
    full = detail == "full"
    ops = _collapsed_shadow(node, theme) if node.hidden else []
    if node.kind == "gate":
        ops += _gate_ops(node, theme, measure)
    else:
        body = _BODIES.get(node.kind, shapes_boxes.note_ops)
        ops += body(node, theme, measure, full=full)
    if full and node.hidden and node.hidden_text:
        y = body_bottom(node) + 2 * _SHADE + 13
        aside = _aside(node.hidden_text, max(node.box.w, 168.0), theme.type.aside, 600, measure)
        ops.append(TextOp(_SHADE, y, aside.lines[0], aside.size, 600, theme.text.secondary, "middle"))
    if full and node.listed:
        ops += _listed(node, theme, measure)
    if node.badge is not None:
        ops += badge_ops(node.badge, theme, *badge_spot(node))
    return tuple(ops)


def bar_ops(bar: BarPicture, theme: Theme, measure: Measure, *, detail: Level = "full") -> Ops:
    """A control on a line or free, local to the centre of its bar; the line's gap is the line's affair."""
    return shapes_bars.bar_ops(bar, theme, measure, full=detail == "full")


def link_ops(link: LinkPicture, theme: Theme, *, lit: bool = False) -> Ops:
    """A line in scene coordinates; ``lit`` puts the pathway's ribbon under it."""
    return shapes_links.link_ops(link, theme, lit=lit)


def badge_spot(node: NodePicture) -> Point:
    """Centre of the verdict badge, local to the node: at the top right."""
    w, h = node.box.w / 2, node.box.h / 2
    if node.box.shape == "circle":
        return w * sqrt(0.5), -h * sqrt(0.5)
    inset = {"pentagon": 17.0, "octagon": 14.0, "note": 16.0, "gate": 12.0}.get(node.box.shape, 10.0)
    return w - inset, -h


def finding_spot(node: NodePicture) -> Point:
    """Centre of a finding's badge, local to the node: at the top left, where verdicts never are."""
    w, h = node.box.w / 2, node.box.h / 2
    if node.box.shape == "circle":
        return -w * sqrt(0.5), -h * sqrt(0.5)
    inset = {"octagon": 8.0, "parallelogram": 10.0}.get(node.box.shape, 4.0)
    return inset - w, 1 - h


def review_spot(node: NodePicture) -> Point:
    """Centre of the badge of open actions and comments, local to the node: at the lower left."""
    w, h = node.box.w / 2, node.box.h / 2
    if node.box.shape == "circle":
        return -w * sqrt(0.5), h * sqrt(0.5)
    return {"octagon": 8.0}.get(node.box.shape, 4.0) - w, h - 1


def body_bottom(node: NodePicture) -> float:
    """Lower edge of the silhouette, local to the node."""
    return node.box.h / 2


def extent(node: NodePicture) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all a node may draw, in scene coordinates: for redrawing and searching."""
    box = node.box
    below = 4.0
    side = 4.0
    if node.hidden:
        below = 2 * _SHADE + 20
        side = max(side, (168.0 - box.w) / 2 + 4)
    if node.kind == "gate":
        below = max(below, 44.0)
        side = max(side, (sizes().control_label.width - box.w) / 2 + 2)
    if node.listed:
        below += 6 + _LISTED_PITCH * min(len(node.listed), _LISTED_MOST)
        side = max(side, (_LISTED_WIDTH - box.w) / 2 + 2)
    top = side_badge = 4.0
    if node.badge is not None:
        top, side_badge = 13.0, 13.0
    right = max(side, side_badge)
    return box.left - side, box.top - top, box.right + right, box.bottom + below


def bar_extent(bar: BarPicture) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all a bar may draw, in scene coordinates, whatever its label says."""
    hw, hh = shapes_bars.bar_half(bar)
    label = sizes().control_label
    wide, tall = label.width / 2 + 2, label.gap + 66.0
    left, right = max(wide, hw + (64 if bar.shared > 1 else 4)), max(wide, hw + 44)
    top, bottom = hh + 14, hh + 4
    if shapes_bars.label_at_side(bar):
        right, top, bottom = hw + label.width + 48, max(top, 48.0), max(bottom, 44.0)
        left = max(left, 56.0)
    elif bar.label_above:
        top = hh + tall
    else:
        bottom = hh + tall
    if bar.room is not None:
        frame = shapes_bars.label_frame(bar)
        left, top = max(left, 2 - frame[0]), max(top, 2 - frame[1])
        right, bottom = max(right, frame[2] + 2), max(bottom, frame[3] + 2)
    return bar.x - left, bar.y - top, bar.x + right, bar.y + bottom


def _collapsed_shadow(node: NodePicture, theme: Theme) -> list[Op]:
    ink = _ink(node, theme)
    return [
        outline(
            node.box, grow=-0.5, fill=ink.fill, stroke=ink.border, dx=step * _SHADE, dy=step * _SHADE, sign=node.sign
        )
        for step in (2, 1)
    ]


def _ink(node: NodePicture, theme: Theme) -> Ink:
    kind = node.kind if node.kind in shapes_boxes.BODY_KINDS else "note"
    return ink_of(theme.kind[kind], theme, retired=node.retired)


def _gate_ops(node: NodePicture, theme: Theme, measure: Measure) -> list[Op]:
    """A logic gate with its sign; its title stands beneath."""
    box, ink = node.box, _ink(node, theme)
    ops: list[Op] = [outline(box, grow=-0.5, fill=ink.fill, stroke=ink.border, sign=node.sign)]
    middle = -1.0
    if node.sign == NOT_SIGN:
        ops.append(Ellipse(box.w / 2 - NOT_RADIUS, 0, NOT_RADIUS - 0.5, NOT_RADIUS - 0.5, ink.fill, ink.border))
        middle = -box.w / 2 + 14
    elif node.sign == XOR_SIGN:
        ops.append(Lines(((-box.w / 2 + 5, -box.h / 2 + 0.5, -box.w / 2 + 5, box.h / 2 - 0.5),), ink.border))
        middle = 2.0
    elif node.sign == OR_SIGN:
        middle = -3.0
    size = 16 if len(node.sign) < 4 else 12
    text = elide(node.sign, width=box.w - 12, size=size, weight=600, measure=measure)
    ops.append(TextOp(middle, size * 0.34, text, size, 600, ink.text, "middle", ink.struck))
    title = gate_lettering(node, theme, measure)
    colour = theme.canvas.label if node.title else theme.text.secondary
    plain = Ink(ink.fill, ink.border, ink.icon, colour, ink.struck)
    first = box.h / 2 + sizes().control_label.gap + title.size * 0.86
    ops += title_lines(title, 0.0, first, 400, plain, anchor="middle")
    return ops


def gate_lettering(node: NodePicture, theme: Theme, measure: Measure) -> Lettering:
    """A gate's title as it is drawn beneath it."""
    least, width = shared().type.canvas.control_label, sizes().control_label.width
    size, room = theme.type.control_label, (width, _GATE_LINES)
    return letter(shown_title(node), lambda _: room, size=size, least=least, weight=400, measure=measure)


def _listed(node: NodePicture, theme: Theme, measure: Measure) -> list[Op]:
    """Controls that stand on the element itself: a small bar and the title each, beneath the body."""
    wide = max(node.box.w, _LISTED_WIDTH)
    left, top = -wide / 2, body_bottom(node) + 6 + (2 * _SHADE + 16 if node.hidden else 0)
    shown = node.listed if len(node.listed) <= _LISTED_MOST else node.listed[: _LISTED_MOST - 1]
    texts = [*shown, f"and {len(node.listed) - len(shown)} more"] if len(shown) < len(node.listed) else list(shown)
    ops: list[Op] = []
    for i, text in enumerate(texts):
        y = top + i * _LISTED_PITCH
        listed = _aside(text, wide - 16, max(13, theme.type.aside), 400, measure)
        line, size = listed.lines[0] if listed.lines else "", listed.size
        width = measure.width(line, size, 400) + 18
        ops.append(RoundRect(left, y, width, _LISTED_PITCH, fill=theme.surface.canvas))
        if i < len(shown):
            ops.append(RoundRect(left + 4, y + 3, 4, 12, 1, fill=theme.kind.preventive_control.fill))
        ops.append(TextOp(left + 14, y + 13.5, line, size, 400, theme.canvas.label))
    return ops


def _aside(text: str, width: float, size: int, weight: int, measure: Measure) -> Lettering:
    """A line of words beside a body."""
    least = min(size, 13) if weight == 400 else shared().type.canvas.aside
    return letter(text.replace("\n", " "), lambda _: (width, 1), size=size, least=least, weight=weight, measure=measure)


def sizes_of_title(kind: str) -> int:
    """Pixel size of the title of a kind on screen, for editing it in place."""
    return shapes_boxes.title_size(kind)

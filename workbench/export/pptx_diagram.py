"""A diagram as shapes of a slide: one for each body and control with its words in it, one connector for each stretch.

A connector is straight and joined to shapes at both ends. Where a line bends stands a small dot that joins two: other
programs bend connectors their own way, and a line that takes another course runs through what it was led around.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import hypot, inf
from typing import Final

from workbench.analysis.words import VERDICT_WORD
from workbench.export.pptx_bars import bar_box, bar_look, bar_outline, bar_text
from workbench.export.pptx_geometry import Outline, outline_of
from workbench.export.pptx_xml import EMU, Body, Run, banded, fill, line, names, preset, text, xfrm
from workbench.export.segments import Segment, segments_of
from workbench.layout.geometry import Box, Path, Point
from workbench.model.kinds import label
from workbench.render.picture import BarPicture, DiagramPicture, NodePicture
from workbench.render.shapes import gate_lettering
from workbench.render.shapes_boxes import ink_of, lettering, shown_title
from workbench.render.sizes import shared, sizes
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.values import value_type

_INSETS: Final = {
    "cause": (12.0, 5.0, 26.0, 5.0),
    "consequence": (12.0, 5.0, 12.0, 5.0),
    "top_event": (20.0, 14.0, 20.0, 14.0),
    "degradation_factor": (18.0, 3.0, 18.0, 3.0),
    "note": (10.0, 5.0, 14.0, 5.0),
}
_STRAIGHT: Final = 3.0
"""A bend no further than this from the straight line is left out, scene units."""
_DOT: Final = 1.5
"""How wide the dot at a bend is: as wide as the line."""
_MARKS: Final = {"supports": "✓", "refutes": "✗", "inconclusive": "?", "stale": "⌛"}
_STRONG: Final = ("hazard", "top_event")
_LEFT: Final = ("cause", "consequence", "note")


@value_type(frozen=True, slots=True)
class Frame:
    """Where a diagram stands on a slide.

    Attributes:
        scale: of the drawing; 1 is 100 %.
        x, y: place of the scene's origin on the slide, EMU.
    """

    scale: float
    x: float
    y: float

    def across(self, x: float) -> float:
        """A place of the scene on the slide, EMU."""
        return self.x + x * EMU * self.scale

    def down(self, y: float) -> float:
        """The same, downwards."""
        return self.y + y * EMU * self.scale


ThemeOf = Callable[[str], Theme]


def diagram_shapes(
    picture: DiagramPicture, measure: Measure, frame: Frame, theme_of: ThemeOf, first: int
) -> Iterator[str]:
    """The shapes of a diagram as XML one by one, connectors first so that they lie below.

    Args:
        theme_of: the theme of something by its id: what is not lit has a paler one.
        first: the first number free for shapes of the slide; each takes the next.
    """
    parts, bends = _straight(segments_of(picture))
    nodes = [picture.nodes[id] for id in sorted(picture.nodes)]
    bars = [picture.bars[id] for id in sorted(picture.bars)]
    boxes = {**{node.id: node.box for node in nodes}, **{bar.id: bar_box(bar) for bar in bars}, **bends}
    outlines = _outlines(nodes, bars, parts, frame.scale) | {id: _dot(box, frame.scale) for id, box in bends.items()}
    numbers = {id: first + i for i, id in enumerate(boxes)}
    ends = _Ends(outlines, numbers, boxes)
    free = first + len(numbers)
    for i, part in enumerate(parts):
        yield _connector(part, ends, frame, theme_of(part.link), free + i)
    for part in parts:
        dot = part.source
        if dot in bends:
            yield _bend(boxes[dot], outlines[dot], frame, _line_colour(part, theme_of(part.link)), numbers[dot])
    for node in nodes:
        yield _body(node, outlines[node.id], frame, theme_of(node.id), measure, numbers[node.id])
    for bar in bars:
        yield _bar(bar, outlines[bar.id], frame, theme_of(bar.id), measure, numbers[bar.id])


def _straight(parts: Iterable[Segment]) -> tuple[list[Segment], dict[str, Box]]:
    """The same lines cut at their bends as well, and a dot for each bend by its id."""
    out: list[Segment] = []
    bends: dict[str, Box] = {}
    for part in parts:
        kept = [point for point in part.path[1:-1] if _apart(point, part.path) > _STRAIGHT]
        dots = [f"{part.id}/bend {i}" for i in range(len(kept))]
        bends |= {id: Box(x, y, _DOT, _DOT, "circle") for id, (x, y) in zip(dots, kept, strict=True)}
        shapes = (part.source, *dots, part.target)
        corners = (part.path[0], *kept, part.path[-1])
        for i, (ends, path) in enumerate(zip(pairwise(shapes), pairwise(corners), strict=True)):
            arrow = part.arrow and i == len(kept)
            out.append(replace(part, source=ends[0], target=ends[1], path=path, arrow=arrow))
    return out, bends


def _apart(point: Point, path: Path) -> float:
    """How far a point lies from the straight line between the ends of a path."""
    (x, y), (ax, ay), (bx, by) = point, path[0], path[-1]
    length = hypot(bx - ax, by - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else inf


def _dot(box: Box, scale: float) -> Outline:
    return outline_of(box, (), scale)


def _bend(box: Box, found: Outline, frame: Frame, colour: str, number: int) -> str:
    unit = EMU * frame.scale
    place = xfrm(frame.across(box.left), frame.down(box.top), box.w * unit, box.h * unit)
    return (
        f"<p:sp><p:nvSpPr>{names(number, f'Bend {number}')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{place}{found.xml}{fill(colour)}{line(None)}</p:spPr></p:sp>"
    )


def _outlines(
    nodes: Sequence[NodePicture], bars: Sequence[BarPicture], parts: Sequence[Segment], scale: float
) -> dict[str, Outline]:
    spots: dict[str, list[Point]] = {node.id: [] for node in nodes}
    boxes = {node.id: node.box for node in nodes}
    for part in parts:
        for id, (x, y) in ((part.source, part.path[0]), (part.target, part.path[-1])):
            if id in boxes:
                spots[id].append((x - boxes[id].x, y - boxes[id].y))
    out = {node.id: outline_of(node.box, spots[node.id], scale, node.sign) for node in nodes}
    return out | {bar.id: bar_outline(bar, scale) for bar in bars}


@value_type(frozen=True, slots=True)
class _Ends:
    """Where connectors end: the outlines, numbers and boxes of shapes by id."""

    outlines: dict[str, Outline]
    numbers: dict[str, int]
    boxes: dict[str, Box]

    def at(self, id: str, spot: Point, towards: Point) -> tuple[str, Point]:
        """The attributes that join a connector to a shape, and the spot; a bar is met on the side the line comes from.

        Without such a shape: nothing, and the spot as it is.
        """
        box = self.boxes.get(id)
        if box is None:
            return "", spot
        found = self.outlines[id]
        aim = towards if box.shape == "bar" else spot
        joint = found.joint((aim[0] - box.x, aim[1] - box.y))
        x, y = found.joints[joint]
        return f' id="{self.numbers[id]}" idx="{joint}"', (box.x + x, box.y + y)


def _connector(part: Segment, ends: _Ends, frame: Frame, theme: Theme, number: int) -> str:
    begin, start = ends.at(part.source, part.path[0], part.path[1])
    end, stop = ends.at(part.target, part.path[-1], part.path[-2])
    glue = (f"<a:stCxn{begin}/>" if begin else "") + (f"<a:endCxn{end}/>" if end else "")
    dash = shared().stroke.dash if part.dashed else ()
    if part.kind == "annotates":
        dash = (2.0, 3.0)
    unit = EMU * frame.scale
    marks = tuple(mark * unit for mark in dash)
    look = line(_line_colour(part, theme), shared().stroke.edge * unit, marks, arrow=part.arrow)
    ax, ay, bx, by = frame.across(start[0]), frame.down(start[1]), frame.across(stop[0]), frame.down(stop[1])
    place = xfrm(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay), flip=(bx < ax, by < ay))
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{names(number, f'Line {part.id}')}<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr><p:nvPr/>"
        f"</p:nvCxnSpPr><p:spPr>{place}{preset('line')}{look}</p:spPr></p:cxnSp>"
    )


def _line_colour(part: Segment, theme: Theme) -> str:
    if part.kind == "degrades":
        return theme.kind.degradation_factor.border
    return theme.kind.note.border if part.kind == "annotates" else theme.canvas.edge


def _body(node: NodePicture, found: Outline, frame: Frame, theme: Theme, measure: Measure, number: int) -> str:
    ink = ink_of(
        theme.kind[node.kind if node.kind in _INSETS or node.kind in ("hazard", "gate") else "note"],
        theme,
        retired=node.retired,
        titled=bool(node.title),
    )
    unit = EMU * frame.scale
    ground = fill(ink.fill)
    if node.kind == "hazard":
        ground = banded(ink.fill, theme.kind.hazard.stripe_light, sizes().hazard.band / max(node.box.h, 1.0))
    return _shape(
        number, node.kind, node.code, node.title, node.box, found, frame, ground + line(ink.border, unit),
        *_words(node, theme, measure, ink.text, unit, struck=ink.struck),
    )  # fmt: skip


def _words(
    node: NodePicture, theme: Theme, measure: Measure, colour: str, unit: float, *, struck: bool
) -> tuple[list[Run], Body]:
    """What is written in a body: code and rating above a card's title, ratings under a hazard's, then the verdict."""
    type_ = theme.type
    size = (gate_lettering if node.kind == "gate" else lettering)(node, theme, measure).size
    small = (type_.meta or type_.chip) * unit
    ratings = " → ".join(chip.text for chip in (node.chips if node.kind == "hazard" else node.chips[-1:]))
    title = Run(shown_title(node), size * unit, colour, node.kind in _STRONG, struck)
    runs = [title]
    if node.kind in ("cause", "consequence"):
        head = " · ".join(part for part in (node.code, node.meta, ratings) if part)
        runs = [Run(head, small, theme.text.secondary, bold=True), title] if head and type_.meta else runs
    elif ratings:
        runs.append(Run(ratings, small, colour))
    if node.badge is not None:
        verdict = theme.verdict[node.badge.verdict]
        runs.append(
            Run(f"{_MARKS[node.badge.verdict]} {VERDICT_WORD[node.badge.verdict]}", small, verdict.text, bold=True)
        )
    if node.hidden_text:
        runs.append(Run(node.hidden_text, small, theme.text.secondary))
    if node.kind == "gate":
        below = (node.box.h + sizes().control_label.gap) * unit
        named = Run(f"{node.sign} {shown_title(node)}", size * unit, theme.canvas.label, struck=struck)
        return [named], Body("ctr", "t", (0.0, below, 0.0, 0.0), wrap=False)
    insets = tuple(inset * unit for inset in _INSETS.get(node.kind, (8.0, sizes().hazard.band + 2, 8.0, 4.0)))
    return runs, Body("l" if node.kind in _LEFT else "ctr", "ctr", insets)  # type: ignore[arg-type]


def _bar(bar: BarPicture, found: Outline, frame: Frame, theme: Theme, measure: Measure, number: int) -> str:
    runs, body = bar_text(bar, theme, measure, frame.scale)
    if bar.badge is not None:
        verdict = theme.verdict[bar.badge.verdict]
        words = f"{_MARKS[bar.badge.verdict]} {VERDICT_WORD[bar.badge.verdict]}"
        runs.append(Run(words, (theme.type.meta or theme.type.chip) * EMU * frame.scale, verdict.text, bold=True))
    look = bar_look(bar, theme, frame.scale)
    return _shape(number, "control", bar.code, bar.title, bar_box(bar), found, frame, look, runs, body)


def _shape(
    number: int,
    kind: str,
    code: str,
    title: str,
    box: Box,
    found: Outline,
    frame: Frame,
    look: str,
    runs: Sequence[Run],
    body: Body,
) -> str:
    unit = EMU * frame.scale
    x, y, around = (box.x, box.y, found.frame) if found.frame is not None else (0.0, 0.0, box)
    place = xfrm(frame.across(x + around.left), frame.down(y + around.top), around.w * unit, around.h * unit)
    called = names(number, f"{label(kind)} {code}".strip(), title)
    return (
        f"<p:sp><p:nvSpPr>{called}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{place}{found.xml}{look}</p:spPr>{text(runs, body)}</p:sp>"
    )

"""A diagram as a draw.io file: one shape for each body and control, one connector for each stretch of a line.

Connectors are joined to the shapes at both ends, at the very spot where the line ends here, so that the drawing looks
the same and follows when a shape is moved. Labels are plain text; kinds, codes and ids stand as data of the shapes.
"""

from collections.abc import Iterator
from html import escape as html
from math import degrees
from typing import Final
from xml.sax.saxutils import quoteattr

from workbench.export.facts import UNTITLED_DIAGRAM, one_line
from workbench.export.segments import Segment, segments_of
from workbench.layout.geometry import OCTAGON_CUT, PARALLELOGRAM_SKEW, PENTAGON_TIP, Box, Point
from workbench.render.characters import clean
from workbench.render.picture import BarPicture, DiagramPicture, NodePicture
from workbench.render.shapes_bars import bar_half, bar_turn, fit_label, label_at_side, label_room
from workbench.render.shapes_boxes import shown_title, title_size
from workbench.render.silhouettes import NOT_SIGN, OR_SIGN, XOR_SIGN
from workbench.render.sizes import sizes
from workbench.render.text import Measure
from workbench.render.theme import Theme

_SHAPES: Final = {
    "hazard": "rounded=1;absoluteArcSize=1;arcSize=8",
    "top_event": "shape=doubleEllipse;perimeter=ellipsePerimeter",
    "cause": f"shape=mxgraph.arrows2.arrow;dy=0;dx={PENTAGON_TIP:g};notch=0",
    "consequence": f"shape=mxgraph.basic.octagon2;dx={OCTAGON_CUT:g}",
    "degradation_factor": "shape=parallelogram;perimeter=parallelogramPerimeter;"
    f"fixedSize=1;size={PARALLELOGRAM_SKEW:g}",
    "note": "shape=note;size=12",
}
_GATES: Final = {OR_SIGN: "operation=or", XOR_SIGN: "operation=xor"}
_TITLE_LIMIT: Final = 10_000
_MARGIN: Final = 40.0

Style = dict[str, str]


def write_drawio(picture: DiagramPicture, theme: Theme, measure: Measure) -> bytes:
    """The draw.io file of a diagram; the same diagram gives the same bytes."""
    title = clean((one_line(picture.title) or UNTITLED_DIAGRAM)[:_TITLE_LIMIT])
    origin = _origin(picture)
    shapes = {
        **{id: node.box for id, node in picture.nodes.items()},
        **{id: _frame(b) for id, b in picture.bars.items()},
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<mxfile host="Hazard Workbench">',
        f"  <diagram id={_value(picture.id)} name={_value(title)}>",
        f'    <mxGraphModel grid="1" gridSize="8" page="0" background="{theme.surface.canvas}">',
        "      <root>",
        '        <mxCell id="0"/>',
        '        <mxCell id="1" parent="0"/>',
        *(_edge(part, shapes, origin, theme) for part in segments_of(picture)),
        *(_body(picture.nodes[id], origin, theme) for id in sorted(picture.nodes)),
        *(_bar(picture.bars[id], origin, theme, measure) for id in sorted(picture.bars)),
        "      </root>",
        "    </mxGraphModel>",
        "  </diagram>",
        "</mxfile>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _origin(picture: DiagramPicture) -> Point:
    """What is taken from every place, so that the drawing begins near the corner of the sheet."""
    lefts = [node.box.left for node in picture.nodes.values()] + [bar.x for bar in picture.bars.values()]
    tops = [node.box.top for node in picture.nodes.values()] + [bar.y for bar in picture.bars.values()]
    return min(lefts, default=0.0) - _MARGIN, min(tops, default=0.0) - _MARGIN


def _frame(bar: BarPicture) -> Box:
    width, height = bar_half(bar)
    return Box(bar.x, bar.y, 2 * width, 2 * height, "bar")


def _body(node: NodePicture, origin: Point, theme: Theme) -> str:
    ink = theme.kind[node.kind if node.kind in _SHAPES or node.kind == "gate" else "note"]
    title = _words(shown_title(node))
    style: Style = {
        "whiteSpace": "wrap",
        "fillColor": ink.fill,
        "strokeColor": ink.border,
        "fontColor": ink.text,
        "fontSize": f"{title_size(node.kind)}",
        "spacing": "8",
    }
    if node.kind in ("cause", "consequence", "note"):
        style["align"] = "left"
    if node.kind in ("hazard", "top_event"):
        style["fontStyle"] = "1"
    shape = _SHAPES.get(node.kind, _SHAPES["note"])
    if node.kind == "gate":
        shape = _gate(node.sign)
        style |= {"verticalLabelPosition": "bottom", "verticalAlign": "top", "whiteSpace": "nowrap"}
        title = f"{html(node.sign)} {title}"
    return _vertex(node.id, node.kind, node.code, title, node.box, f"{shape};{_style(style)}", origin)


def _gate(sign: str) -> str:
    if sign == NOT_SIGN:
        return "shape=mxgraph.electrical.logic_gates.inverter_2"
    operation = _GATES.get(sign)
    return f"shape=mxgraph.electrical.logic_gates.logic_gate;{operation}" if operation else "shape=delay"


def _bar(bar: BarPicture, origin: Point, theme: Theme, measure: Measure) -> str:
    ink, turn = theme.kind[f"{bar.role}_control"], bar_turn(bar)
    label, room = fit_label(bar, theme, measure), label_room(bar)
    box = Box(bar.x, bar.y, sizes().bar.width, sizes().bar.height, "bar")
    if bar.role == "degradation":
        box = _frame(bar)
    style: Style = {
        "rounded": "1",
        "absoluteArcSize": "1",
        "arcSize": "3",
        "fillColor": theme.surface.canvas if bar.planned else ink.fill,
        "strokeColor": ink.fill,
        "fontColor": theme.canvas.label,
        "fontSize": f"{label.size}",
    }
    if bar.planned:
        style["dashed"] = "1"
    if turn:
        style |= {"rotation": _number(degrees(turn)), "horizontal": "1"}
    if label_at_side(bar):
        beside = ("left", "right", "spacingRight") if room.left else ("right", "left", "spacingLeft")
        style |= {"labelPosition": beside[0], "align": beside[1], beside[2]: "6"}
        if room.dy:
            style["spacingTop"] = _number(2 * room.dy)  # a label in the middle of its height moves by half of it
    elif bar.label_above:
        style |= {"verticalLabelPosition": "top", "verticalAlign": "bottom"}
    else:
        style |= {"verticalLabelPosition": "bottom", "verticalAlign": "top"}
    if not label_at_side(bar):
        if room.dy:
            style["spacingBottom" if bar.label_above else "spacingTop"] = _number(room.dy)
        if room.dx:
            style["spacingLeft" if room.dx > 0 else "spacingRight"] = _number(2 * abs(room.dx))
    words = "<br>".join(html(line) for line in label.lines)
    return _vertex(bar.id, "control", bar.code, words, box, _style(style), origin, control=bar.control, role=bar.role)


def _vertex(id: str, kind: str, code: str, label: str, box: Box, style: str, origin: Point, **data: str) -> str:
    named = "".join(f" {name}={_value(value)}" for name, value in data.items())
    return (
        f"        <object id={_value(id)} label={_value(label)} kind={_value(kind)} code={_value(clean(code))}{named}>"
        f'<mxCell parent="1" vertex="1" style={_value("html=1;" + style)}>'
        f'<mxGeometry x="{_number(box.left - origin[0])}" y="{_number(box.top - origin[1])}"'
        f' width="{_number(box.w)}" height="{_number(box.h)}" as="geometry"/></mxCell></object>'
    )


def _edge(part: Segment, shapes: dict[str, Box], origin: Point, theme: Theme) -> str:
    style: Style = {"html": "1", "rounded": "0", "startArrow": "none", "endArrow": "block" if part.arrow else "none"}
    style |= {"strokeColor": theme.canvas.edge, "strokeWidth": "1.5"}
    if part.dashed:
        note = part.kind == "annotates"
        style |= {"dashed": "1", "dashPattern": "1 3" if note else "5 4"}
        style["strokeColor"] = theme.kind["note" if note else "degradation_factor"].border
    ends = f" source={_value(part.source)}"
    style |= _joint("exit", shapes.get(part.source), part.path[0])
    if part.target in shapes:
        ends += f" target={_value(part.target)}"
        style |= _joint("entry", shapes[part.target], part.path[-1])
    bends = "".join(_points(part, shapes, origin))
    return (
        f'        <object id={_value(part.id)} label="" kind={_value(part.kind)} link={_value(part.link)}>'
        f'<mxCell parent="1" edge="1"{ends} style={_value(_style(style))}>'
        f'<mxGeometry relative="1" as="geometry">{bends}</mxGeometry></mxCell></object>'
    )


def _joint(end: str, box: Box | None, point: Point) -> Style:
    """Where on a shape a connector is joined, as shares of its width and height."""
    if box is None or not box.w or not box.h:
        return {}
    x, y = (point[0] - box.left) / box.w, (point[1] - box.top) / box.h
    return {f"{end}X": _number(x), f"{end}Y": _number(y), f"{end}Dx": "0", f"{end}Dy": "0", f"{end}Perimeter": "0"}


def _points(part: Segment, shapes: dict[str, Box], origin: Point) -> Iterator[str]:
    if part.target not in shapes:
        yield f'<mxPoint {_at(part.path[-1], origin)} as="targetPoint"/>'
    bends = "".join(f"<mxPoint {_at(point, origin)}/>" for point in part.path[1:-1])
    if bends:
        yield f'<Array as="points">{bends}</Array>'


def _at(point: Point, origin: Point) -> str:
    return f'x="{_number(point[0] - origin[0])}" y="{_number(point[1] - origin[1])}"'


def _style(style: Style) -> str:
    return "".join(f"{name}={value};" for name, value in style.items())


def _words(title: str) -> str:
    """A title as the HTML that a label is: its own marks escaped, its line breaks kept."""
    return html(clean(title[:_TITLE_LIMIT])).replace("\n", "<br>")


def _value(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", '"': "&quot;"})


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text

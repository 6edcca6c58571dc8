"""A diagram in Graphviz' DOT language: controls are nodes on their lines.

Every node keeps its place and size and every line its course, so that ``neato -n2`` draws the diagram as it stands
here; ``dot`` arranges it anew. Ids, kinds and codes of the project stand as attributes of their own (``hw_id``,
``hw_kind``, ``hw_code``), which Graphviz passes through.
"""

from itertools import pairwise
from typing import Final

from workbench.export.facts import UNTITLED_DIAGRAM, one_line
from workbench.export.segments import Segment, segments_of
from workbench.render.characters import clean
from workbench.render.picture import BarPicture, DiagramPicture, NodePicture
from workbench.render.shapes_bars import fit_label
from workbench.render.shapes_boxes import shown_title, title_size
from workbench.render.sizes import sizes
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme

_POINTS: Final = 0.75
"""Points in a scene unit, of which 96 make an inch."""
_INCHES: Final = 1 / 96
_SHAPES: Final = {
    "hazard": "box",
    "top_event": "doublecircle",
    "cause": "cds",
    "consequence": "octagon",
    "degradation_factor": "parallelogram",
    "gate": "box",
}
_INSET: Final = {"cause": 36.0, "top_event": 30.0, "degradation_factor": 30.0}
"""What a silhouette takes from the width of its text."""
_TITLE_LIMIT: Final = 2_000
_LINES: Final = 6
_FONT: Final = "Source Sans Pro"

Attributes = dict[str, str]


def write_dot(picture: DiagramPicture, theme: Theme, measure: Measure) -> bytes:
    """The DOT file of a diagram; the same diagram gives the same bytes."""
    title = clean((one_line(picture.title) or UNTITLED_DIAGRAM)[:_TITLE_LIMIT])
    whole = {"rankdir": "LR", "label": title, "labelloc": "t", "fontname": _FONT, "fontsize": "16"}
    whole |= {"bgcolor": theme.surface.canvas, "outputorder": "edgesfirst"}
    lines = [
        f"digraph {_quoted(title)} {{",
        _statement("graph", whole),
        _statement("node", {"fontname": _FONT, "style": "filled", "margin": "0.05"}),
        _statement("edge", {"color": theme.canvas.edge, "arrowsize": "0.7"}),
    ]
    lines += (_statement(_quoted(id), _body(picture.nodes[id], theme, measure)) for id in sorted(picture.nodes))
    lines += (_statement(_quoted(id), _bar(picture.bars[id], theme, measure)) for id in sorted(picture.bars))
    for part in segments_of(picture):
        target = part.target
        if target not in picture.nodes and target not in picture.bars:  # a note about a line: edges join nodes alone
            target = f"{part.link}/end"
            lines.append(_statement(_quoted(target), {"shape": "point", **_place(*part.path[-1], 2.0, 2.0)}))
        lines.append(_statement(f"{_quoted(part.source)} -> {_quoted(target)}", _edge(part, theme)))
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _body(node: NodePicture, theme: Theme, measure: Measure) -> Attributes:
    box, ink = node.box, theme.kind[node.kind if node.kind in _SHAPES else "note"]
    size, weight = title_size(node.kind), 600 if node.kind in ("hazard", "top_event") else 400
    gate = node.kind == "gate"
    room = sizes().control_label.width if gate else max(24.0, box.w - _INSET.get(node.kind, 20.0))
    title = fit(shown_title(node), width=room, max_lines=_LINES, size=size, weight=weight, measure=measure)
    words = "\n".join(title.lines)
    return {
        **({"label": node.sign, "xlabel": words} if gate else {"label": words}),
        "shape": _SHAPES.get(node.kind, "note"),
        **_place(box.x, box.y, box.w, box.h),
        **_inks(ink.fill, ink.border, ink.text, size),
        **_names(node.id, node.kind, node.code, node.title),
    }


def _bar(bar: BarPicture, theme: Theme, measure: Measure) -> Attributes:
    ink, label = theme.kind[f"{bar.role}_control"], fit_label(bar, theme, measure)
    width, height = sizes().bar.width, sizes().bar.height
    if bar.role == "degradation":
        width, height = sizes().degradation.control_width, sizes().degradation.control_height
    return {
        "label": "",
        "xlabel": "\n".join(label.lines),
        "shape": "box",
        **_place(bar.x, bar.y, width, height),
        **_inks(ink.fill, ink.border, theme.canvas.label, label.size),
        **({"style": "dashed"} if bar.planned else {}),
        **_names(bar.id, "control", bar.code, bar.title),
        "hw_control": bar.control,
        "hw_role": bar.role,
    }


def _edge(part: Segment, theme: Theme) -> Attributes:
    own = {"dir": "forward" if part.arrow else "none", "pos": _spline(part), "hw_link": part.link, "hw_kind": part.kind}
    if part.dashed:
        kind = "note" if part.kind == "annotates" else "degradation_factor"
        own |= {"style": "dotted" if kind == "note" else "dashed", "color": theme.kind[kind].border}
    return own


def _spline(part: Segment) -> str:
    """The corners of a line as the Bézier curve that Graphviz asks for: straight pieces with both handles on them."""
    end = f"e,{_point(*part.path[-1])} " if part.arrow else ""
    points = [_point(*part.path[0])]
    for (ax, ay), (bx, by) in pairwise(part.path):
        thirds = ((ax + (bx - ax) * share, ay + (by - ay) * share) for share in (1 / 3, 2 / 3, 1))
        points += (_point(*point) for point in thirds)
    return end + " ".join(points)


def _inks(fill: str, border: str, text: str, size: int) -> Attributes:
    return {"fillcolor": fill, "color": border, "fontcolor": text, "fontsize": _number(size * _POINTS)}


def _place(x: float, y: float, width: float, height: float) -> Attributes:
    """Centre in points, upwards as Graphviz counts, and size in inches."""
    return {
        "pos": f"{_point(x, y)}!",
        "width": _number(width * _INCHES),
        "height": _number(height * _INCHES),
        "fixedsize": "shape",
    }


def _point(x: float, y: float) -> str:
    return f"{_number(x * _POINTS)},{_number(-y * _POINTS)}"


def _names(id: str, kind: str, code: str, title: str) -> Attributes:
    tip = clean(f"{code} {one_line(title[:_TITLE_LIMIT])}".strip())
    return {"tooltip": tip or id, "hw_id": id, "hw_kind": kind, "hw_code": clean(code)}


def _statement(head: str, attributes: Attributes) -> str:
    return f"  {head} [{', '.join(f'{name}={_quoted(value)}' for name, value in attributes.items())}];"


def _quoted(text: str) -> str:
    """A quoted string: nothing in it is markup, an escape or an entity to Graphviz."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + plain.replace("\n", "\\n") + '"'


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text

"""From a drawn diagram to what an arrangement is made of, and back as a plan."""

from workbench.layout.arrange import arrange
from workbench.layout.graph import LayoutGraph, LayoutGuard, LayoutHang, LayoutLink, LayoutNode, Plan
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.picture import DiagramPicture, LinkPicture, NodePicture
from workbench.render.shapes_bars import label_extent
from workbench.render.text import Measure
from workbench.store.store import Store

LISTED_ROW = 18.0
"""Height of one row of the list of controls that wait beneath a hazard or top event."""
GATE_TITLE = 40.0
"""Height of the title beneath a gate."""
_FREE_BAR = (108.0, 48.0)
_ROOM = 8.0


def plan_arrangement(store: Store, diagram: str, measure: Measure) -> Plan:
    """Where everything on a diagram should stand: a bow-tie around its centre, else layers from left to right.

    Raises:
        KeyError: there is no such diagram.
    """
    sheet = store.find(diagram, Diagram)
    if sheet is None:
        raise KeyError(diagram)
    return arrange(layout_graph(PictureBuilder(store, diagram, measure).picture, measure, sheet.focus))


def layout_graph(picture: DiagramPicture, measure: Measure, focus: str | None) -> LayoutGraph:
    """The sizes and relations of what a diagram shows.

    They come in the order in which they stand from top to bottom, then by code: an arrangement that is free to choose
    keeps that order, so that what the analyst put first stays first.
    """
    placed = sorted(picture.nodes.values(), key=lambda node: (node.box.y, node.box.x, code_key(node.code)))
    nodes = [_node(node) for node in placed if not node.hangs_on]
    for bar in picture.bars.values():
        if bar.free:
            _, label = label_extent(bar.title, measure)
            nodes.append(LayoutNode(bar.id, "control", *_FREE_BAR, below=label + _ROOM))
    stems = {link.source: link for link in picture.links.values() if link.kind == "degrades"}
    hangs = []
    for node in picture.nodes.values():
        if node.hangs_on:
            stem = stems.get(node.id)
            controls = len(stem.bars) if stem is not None else 0
            hangs.append(LayoutHang(node.id, node.hangs_on, node.box.w, node.box.h, controls))
    extents: dict[str, tuple[float, float]] = {}  # the same control stands on many lines
    links = []
    for link in sorted(picture.links.values(), key=lambda link: _height(picture, link)):
        if link.kind not in ("leads_to", "annotates"):
            continue
        guards = []
        for id in link.bars:
            bar = picture.bars[id]
            if bar.title not in extents:
                extents[bar.title] = label_extent(bar.title, measure)
            width, height = extents[bar.title]
            guards.append(LayoutGuard(id, bar.control, width, height))
        links.append(LayoutLink(link.id, link.source, link.target, tuple(guards)))
    return LayoutGraph(tuple(nodes), tuple(links), tuple(hangs), focus)


def _node(node: NodePicture) -> LayoutNode:
    below = len(node.listed) * LISTED_ROW + (_ROOM if node.listed else 0.0)
    if node.kind == "gate":
        below += GATE_TITLE
    return LayoutNode(node.id, node.kind, node.box.w, node.box.h, below=below)


def _height(picture: DiagramPicture, link: LinkPicture) -> tuple[float, tuple[tuple[str, int, str], ...]]:
    """Where a line stands among the others: the height of its ends together, then their codes."""
    ends = [node for end in (link.source, link.target) if (node := picture.nodes.get(end)) is not None]
    return sum(node.box.y for node in ends), tuple(code_key(node.code) for node in ends)

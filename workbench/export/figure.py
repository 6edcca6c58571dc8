"""One diagram as ops: every line, body and control in a group of its own, named for writers that keep names."""

from workbench.render.ops import Group, Op, Ops
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture
from workbench.render.shapes import bar_ops, link_ops, node_ops
from workbench.render.text import Measure
from workbench.render.theme import Theme


def figure_ops(picture: DiagramPicture, theme: Theme, measure: Measure) -> Ops:
    """What a diagram shows, in scene coordinates: lines below bodies, controls above both; each from left to right.

    The order hangs on places and ids alone, so that the same diagram always gives the same file.
    """
    links = sorted(picture.links.values(), key=lambda link: (link.path[0], link.id))
    nodes = sorted(picture.nodes.values(), key=lambda node: (node.box.x, node.box.y, node.id))
    bars = sorted(picture.bars.values(), key=lambda bar: (bar.x, bar.y, bar.id))
    layers = (
        ("links", tuple(_link(link, theme) for link in links)),
        ("elements", tuple(_node(node, theme, measure) for node in nodes)),
        ("controls", tuple(_bar(bar, theme, measure) for bar in bars)),
    )
    return tuple(Group(ops, css=name) for name, ops in layers if ops)


def _link(link: LinkPicture, theme: Theme) -> Op:
    return Group(link_ops(link, theme), id=link.id, css=f"link {link.kind}")


def _node(node: NodePicture, theme: Theme, measure: Measure) -> Op:
    ops = node_ops(node, theme, measure)
    return Group(ops, node.id, node.kind, _name(node.code, node.title), node.box.x, node.box.y)


def _bar(bar: BarPicture, theme: Theme, measure: Measure) -> Op:
    return Group(bar_ops(bar, theme, measure), bar.id, f"control {bar.role}", _name(bar.code, bar.title), bar.x, bar.y)


def _name(code: str, title: str) -> str:
    return f"{code} {title}".strip()

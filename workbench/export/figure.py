"""One diagram as ops: every line, body and control in a group of its own, named for writers that keep names."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Final

from workbench.render.finding_layer import Drawn, FindingLayer
from workbench.render.ops import Group, Op, Ops
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture
from workbench.render.shapes import bar_ops, link_ops, node_ops
from workbench.render.shapes_bars import bar_turn
from workbench.render.text import Measure
from workbench.render.theme import Theme

_LOOK: Final = attrgetter(*(field.name for field in fields(BarPicture) if field.name not in ("id", "x", "y", "angle")))
"""What a control looks like, but for its place and turn."""


def figure_ops(
    picture: DiagramPicture,
    theme: Theme,
    measure: Measure,
    theme_of: Callable[[str], Theme] | None = None,
    *,
    ribbons: Collection[str] = (),
) -> Ops:
    """What a diagram shows, in scene coordinates: lines below bodies, controls above both; each from left to right.

    The order hangs on places and ids alone, so that the same diagram always gives the same file.

    Args:
        theme_of: the theme of something by its id, where not everything has the same.
        ribbons: ids of lines with a ribbon under them.
    """
    of = theme_of or (lambda _: theme)
    links = sorted(picture.links.values(), key=lambda link: (link.path[0], link.id))
    nodes = sorted(picture.nodes.values(), key=lambda node: (node.box.x, node.box.y, node.id))
    bars = sorted(picture.bars.values(), key=lambda bar: (bar.x, bar.y, bar.id))
    layers = (
        ("links", tuple(_link(link, of(link.id), lit=link.id in ribbons) for link in links)),
        ("elements", tuple(_node(node, of(node.id), measure) for node in nodes)),
        ("controls", _bars(bars, of, measure)),
    )
    return tuple(Group(ops, css=name) for name, ops in layers if ops)


def lit_figure_ops(picture: DiagramPicture, theme: Theme, measure: Measure, lit: Collection[str]) -> Ops:
    """The same with some things at full strength, lines on ribbons, and the rest dimmed; none: everything alike."""
    if not lit:
        return figure_ops(picture, theme, measure)
    dimmed = theme.dimmed()
    return figure_ops(picture, theme, measure, lambda one: theme if one in lit else dimmed, ribbons=lit)


def finding_badges(picture: DiagramPicture, findings: FindingLayer, theme: Theme) -> Ops:
    """The linter's badges, which lie over everything, in the order of ids."""
    groups: list[Op] = []
    drawn: list[Drawn] = [*picture.links.values(), *picture.nodes.values(), *picture.bars.values()]
    for one in sorted(drawn, key=lambda one: one.id):
        tally = findings.of(one)
        if tally is not None:
            x, y = findings.spot(one)
            several = f"{tally.count} findings, worst" if tally.count > 1 else "Finding"
            told = f"{several}: {tally.severity}"
            groups.append(Group(findings.ops(tally, theme), css=f"finding {tally.severity}", title=told, dx=x, dy=y))
    return (Group(tuple(groups), css="findings"),) if groups else ()


def _link(link: LinkPicture, theme: Theme, *, lit: bool) -> Op:
    return Group(link_ops(link, theme, lit=lit), id=link.id, css=f"link {link.kind}")


def _node(node: NodePicture, theme: Theme, measure: Measure) -> Op:
    ops = node_ops(node, theme, measure)
    return Group(ops, node.id, node.kind, _name(node.code, node.title), node.box.x, node.box.y)


def _bars(bars: Iterable[BarPicture], theme_of: Callable[[str], Theme], measure: Measure) -> Ops:
    """Every control where it stands. A control on many lines looks the same on most: its ops are made once."""
    made: dict[tuple[object, ...], Ops] = {}
    groups = []
    for bar in bars:
        turn = bar_turn(bar)
        theme = theme_of(bar.id)
        look = (theme, turn, *_LOOK(bar))
        ops = made.get(look)
        if ops is None:
            ops = made[look] = bar_ops(replace(bar, id="", x=0.0, y=0.0, angle=turn), theme, measure)
        groups.append(Group(ops, bar.id, f"control {bar.role}", _name(bar.code, bar.title), bar.x, bar.y))
    return tuple(groups)


def _name(code: str, title: str) -> str:
    return f"{code} {title}".strip()

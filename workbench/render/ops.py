"""Drawing primitives: one description of a picture that a painter executes and a file writer spells out.

Nothing here knows Qt. Lengths are scene units, y runs downwards, colours are ``#rrggbb`` or None for none.
The ops of a node or a bar are local to its centre, so that a moved element keeps them; those of a link are in
scene coordinates. A later op lies above an earlier one. Strokes are centred on their outline.
"""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Literal

from workbench.layout.geometry import Point
from workbench.values import value_type

Anchor = Literal["start", "middle", "end"]
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Dash = tuple[float, ...]
"""Lengths of mark and gap by turns, in scene units; empty for a solid stroke."""


@value_type(frozen=True, slots=True)
class Polygon:
    """Straight edges between points; not ``closed``: an open line without fill. Joins are round."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = ()
    closed: bool = True


@value_type(frozen=True, slots=True)
class RoundRect:
    """A rectangle by its upper left corner; ``r`` is the radius of all four corners, 0 for sharp ones."""

    x: float
    y: float
    w: float
    h: float
    r: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = ()


@value_type(frozen=True, slots=True)
class Ellipse:
    """An ellipse by its centre and half axes."""

    x: float
    y: float
    rx: float
    ry: float
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = ()


@value_type(frozen=True, slots=True)
class Lines:
    """Many unconnected straight lines (x1, y1, x2, y2) in one stroke; caps are round where ``round_caps`` says so."""

    segments: tuple[tuple[float, float, float, float], ...]
    stroke: str
    width: float = 1.0
    dash: Dash = ()
    round_caps: bool = False


@value_type(frozen=True, slots=True)
class PathOp:
    """An outline with curves.

    Attributes:
        commands: ``("M", x, y)``, ``("L", x, y)``, ``("C", x1, y1, x2, y2, x, y)`` and ``("Z",)``, absolute.
    """

    commands: tuple[tuple[str | float, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = ()
    round_caps: bool = True


@value_type(frozen=True, slots=True)
class TextOp:
    """One line of plain text.

    Attributes:
        x: where ``anchor`` (its left end, middle or right end) stands.
        y: the baseline.
        size: pixel size, a whole number.
        weight: 400 or 600.
        struck: a line through it.
    """

    x: float
    y: float
    text: str
    size: int
    weight: int
    colour: str
    anchor: Anchor = "start"
    struck: bool = False


@value_type(frozen=True, slots=True)
class Group:
    """Ops that belong together, named for writers that keep structure (SVG ids, classes and titles).

    Attributes:
        dx: the group's own shift; its ops are local to the shifted origin. ``dy`` likewise.
    """

    ops: "tuple[Op, ...]"
    id: str = ""
    css: str = ""
    title: str = ""
    dx: float = 0.0
    dy: float = 0.0


Op = Polygon | RoundRect | Ellipse | Lines | PathOp | TextOp | Group
Ops = tuple[Op, ...]


def flatten(ops: Iterable[Op], dx: float = 0.0, dy: float = 0.0) -> Iterator[tuple[Op, float, float]]:
    """Every op that is no group, in drawing order, with the shift it is drawn at."""
    for op in ops:
        if isinstance(op, Group):
            yield from flatten(op.ops, dx + op.dx, dy + op.dy)
        else:
            yield op, dx, dy


def _extent(op: Op) -> Bounds:
    if isinstance(op, RoundRect):
        return op.x, op.y, op.x + op.w, op.y + op.h
    if isinstance(op, Ellipse):
        return op.x - op.rx, op.y - op.ry, op.x + op.rx, op.y + op.ry
    if isinstance(op, TextOp):
        return op.x, op.y - op.size, op.x, op.y + op.size * 0.3
    xs: list[float] = []
    ys: list[float] = []
    if isinstance(op, Polygon):
        xs, ys = [p[0] for p in op.points], [p[1] for p in op.points]
    elif isinstance(op, Lines):
        for x1, y1, x2, y2 in op.segments:
            xs += (x1, x2)
            ys += (y1, y2)
    elif isinstance(op, PathOp):
        for command in op.commands:
            xs += [float(v) for v in command[1::2]]
            ys += [float(v) for v in command[2::2]]
    if not xs:
        return inf, inf, -inf, -inf
    return min(xs), min(ys), max(xs), max(ys)


def reach(op: Op) -> Bounds:
    """The rectangle around one op that is no group, as ``bounds``; inside out where there is nothing to draw."""
    left, top, right, bottom = _extent(op)
    if isinstance(op, TextOp | Group) or not op.stroke:
        return left, top, right, bottom
    half = op.width / 2
    return left - half, top - half, right + half, bottom + half


def bounds(ops: Iterable[Op]) -> Bounds:
    """The rectangle around some ops, strokes included; of a text only its anchor and its height are counted.

    Nothing to draw gives (0, 0, 0, 0).
    """
    left, top, right, bottom = inf, inf, -inf, -inf
    for op, dx, dy in flatten(ops):
        x1, y1, x2, y2 = reach(op)
        left, top = min(left, x1 + dx), min(top, y1 + dy)
        right, bottom = max(right, x2 + dx), max(bottom, y2 + dy)
    return (0.0, 0.0, 0.0, 0.0) if left > right else (left, top, right, bottom)

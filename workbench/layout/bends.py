"""The bends of a drawn line: where they are, where another would go, and which of them bend nothing."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from workbench.layout.geometry import Path, Point, nearest_on_path

STRAIGHT = 0.5
"""A corner nearer than this to the straight line between its neighbours does not bend it."""
_ON = 1.0


def bends(path: Path) -> tuple[Point, ...]:
    """The inner points of a line at which it changes its direction, in order."""
    return tuple(b for a, b, c in zip(path, path[1:], path[2:], strict=False) if off(a, b, c) > STRAIGHT)


def off(before: Point, at: Point, after: Point) -> float:
    """How far a point is from the straight line between two others."""
    return nearest_on_path((before, after), at)[0]


def straight_parts(path: Path) -> list[tuple[Point, Point]]:
    """The parts of a line between its ends and bends, in order."""
    return list(pairwise((path[0], *bends(path), path[-1])))


def free_middles(path: Path, taken: Iterable[Point]) -> list[tuple[Point, float]]:
    """For every straight part the middle of its longest stretch clear of what stands on it, and that stretch's length.

    Args:
        path: the line.
        taken: points of it where something stands.
    """
    points = list(taken)
    found = []
    for (ax, ay), (bx, by) in straight_parts(path):
        length = hypot(bx - ax, by - ay)
        near = (nearest_on_path(((ax, ay), (bx, by)), point) for point in points)
        marks = [0.0, *sorted(station for away, station in near if away <= _ON), length]
        room, start = max((b - a, a) for a, b in pairwise(marks))
        share = (start + room / 2) / length if length else 0.0
        found.append(((ax + (bx - ax) * share, ay + (by - ay) * share), room))
    return found


def spared(ends: tuple[Point, Point], points: Sequence[Point], index: int, *, near: float) -> bool:
    """Whether the bend at an index is none: it lies on a neighbour, or on the straight line between its neighbours.

    Args:
        ends: both ends of the line.
        points: its bends.
        index: which of them.
        near: how close counts as on it.
    """
    chain = (ends[0], *points, ends[1])
    before, at, after = chain[index], chain[index + 1], chain[index + 2]
    close = min(hypot(at[0] - x, at[1] - y) for x, y in (before, after))
    return close <= near or off(before, at, after) <= near / 2

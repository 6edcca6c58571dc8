"""Arithmetic of alignment, distribution and snapping. Scene units; every answer is about centres."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from workbench.layout.geometry import Box, Point
from workbench.values import value_type

Edge = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis = Literal["horizontal", "vertical"]

GRID = 8.0
"""Distance of the grid lines."""
TOLERANCE = 6.0
"""How near an edge or centre comes to a neighbour's before it snaps to it."""


def align(boxes: Sequence[Box], edge: Edge) -> tuple[Point, ...]:
    """New centres of `boxes`, each moved along one axis only so that they share an edge or middle line.

    Outer edges go to the outermost box's edge; `centre` (a common x) and `middle` (a common y) go to the
    middle of the box around all.
    """
    if not boxes:
        return ()
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    place: dict[Edge, Callable[[Box], Point]] = {
        "left": lambda b: (left + b.w / 2, b.y),
        "centre": lambda b: ((left + right) / 2, b.y),
        "right": lambda b: (right - b.w / 2, b.y),
        "top": lambda b: (b.x, top + b.h / 2),
        "middle": lambda b: (b.x, (top + bottom) / 2),
        "bottom": lambda b: (b.x, bottom - b.h / 2),
    }
    return tuple(place[edge](b) for b in boxes)


def distribute(boxes: Sequence[Box], axis: Axis) -> tuple[Point, ...]:
    """New centres of `boxes` with equal gaps between them along an axis; the two outermost stay.

    Gaps become negative, that is boxes overlap evenly, where there is no room between the outermost two.
    """
    across = axis == "horizontal"
    middles = [b.x if across else b.y for b in boxes]
    sizes = [b.w if across else b.h for b in boxes]
    order = sorted(range(len(boxes)), key=lambda i: (middles[i], i))
    if len(order) > 2:
        first, last = order[0], order[-1]
        start = middles[first] + sizes[first] / 2
        room = middles[last] - sizes[last] / 2 - start - sum(sizes[i] for i in order[1:-1])
        gap = room / (len(order) - 1)
        for i in order[1:-1]:
            start += gap
            middles[i] = start + sizes[i] / 2
            start += sizes[i]
    return tuple((m, b.y) if across else (b.x, m) for b, m in zip(boxes, middles, strict=True))


def snap_to_grid(value: float, grid: float = GRID) -> float:
    """The grid line nearest to `value`; halves go up. A grid of 0 leaves the value as it is."""
    return value if grid <= 0 else ((value + grid / 2) // grid) * grid


@value_type(frozen=True, slots=True)
class Guide:
    """A line that shows what a box snapped to."""

    x1: float
    y1: float
    x2: float
    y2: float


@value_type(frozen=True, slots=True)
class SnapResult:
    """The move to make instead of the one asked for, and the guides to show while it is made."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


class _Lines:
    """Edges and middles of boxes on one axis, sorted, each with its box's extent on the other axis."""

    def __init__(self, lines: Iterable[tuple[float, float, float]]) -> None:
        self._lines = sorted(lines)
        self._at = [line[0] for line in self._lines]

    def nearest(self, value: float) -> float | None:
        """The offset from `value` to the nearest line; of two equally near ones the lower."""
        i = bisect_left(self._at, value)
        near = [self._at[j] - value for j in (i - 1, i) if 0 <= j < len(self._at)]
        return min(near, key=abs, default=None)

    def extent(self, value: float) -> tuple[float, float] | None:
        """Across the axis, from where to where the boxes with a line at `value` reach."""
        first, end = bisect_left(self._at, value - 1e-6), bisect_right(self._at, value + 1e-6)
        if first == end:
            return None
        found = self._lines[first:end]
        return min(line[1] for line in found), max(line[2] for line in found)


class SnapIndex:
    """The neighbours a drag can snap to, sorted once when it begins."""

    def __init__(self, others: Iterable[Box]) -> None:
        boxes = tuple(others)
        self.x = _Lines((x, b.top, b.bottom) for b in boxes for x in (b.left, b.x, b.right))
        self.y = _Lines((y, b.left, b.right) for b in boxes for y in (b.top, b.y, b.bottom))


def snap_move(
    moving: Sequence[Box],
    others: Sequence[Box] | SnapIndex,
    delta: Point,
    *,
    grid: float = GRID,
    tolerance: float = TOLERANCE,
) -> SnapResult:
    """The move nearest to `delta` that puts the moving boxes in line with neighbours, or on the grid.

    Each axis is taken by itself. Edges and the middle of the box around all that moves snap to edges and
    middles of neighbours within `tolerance`; where none is near, the centre of the first moving box snaps to
    the grid.

    Args:
        moving: The boxes where they were when the drag began.
        others: The neighbours; give a `SnapIndex` made when the drag began where there are many.
        delta: The move the pointer asks for.
        grid: Distance of the grid lines; 0 for none.
        tolerance: How near a neighbour's line has to be; 0 for no neighbours.
    """
    if not moving:
        return SnapResult(*delta)
    index = others if isinstance(others, SnapIndex) else SnapIndex(others)
    left, right = min(b.left for b in moving), max(b.right for b in moving)
    top, bottom = min(b.top for b in moving), max(b.bottom for b in moving)
    own_x, own_y = (left, (left + right) / 2, right), (top, (top + bottom) / 2, bottom)
    dx, in_line_x = _snap_axis(own_x, index.x, moving[0].x, delta[0], grid, tolerance)
    dy, in_line_y = _snap_axis(own_y, index.y, moving[0].y, delta[1], grid, tolerance)
    guides = []
    for x in own_x if in_line_x else ():
        reach = index.x.extent(x + dx)
        if reach:
            guides.append(Guide(x + dx, min(reach[0], top + dy), x + dx, max(reach[1], bottom + dy)))
    for y in own_y if in_line_y else ():
        reach = index.y.extent(y + dy)
        if reach:
            guides.append(Guide(min(reach[0], left + dx), y + dy, max(reach[1], right + dx), y + dy))
    return SnapResult(dx, dy, tuple(guides))


def _snap_axis(
    own: tuple[float, ...], lines: _Lines, centre: float, delta: float, grid: float, tolerance: float
) -> tuple[float, bool]:
    """The move along one axis, and whether a neighbour decided it."""
    best: float | None = None
    for value in own:
        offset = lines.nearest(value + delta)
        if offset is not None and abs(offset) <= tolerance and (best is None or abs(offset) < abs(best)):
            best = offset
    if best is not None and tolerance > 0:
        return delta + best, True
    return snap_to_grid(centre + delta, grid) - centre, False

"""Where everything is: a uniform grid of cells over the scene, and what lies at a point or in a rectangle."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import floor

from workbench.layout.geometry import Point

Cell = tuple[int, int]
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in scene units."""

CELL = 512.0
"""Side of a cell: about one element with its neighbours, so that a click looks at a handful of things."""
NEAR = 6.0
"""How far a line's stroke, ribbon and arrowhead reach to its sides."""
_MOST_CELLS = 4_096
"""A thing larger than this many cells (a line across the whole sheet) is kept aside and always looked at."""


class SpatialIndex:
    """Rectangles by id. Adding, moving and removing one costs the few cells it covers."""

    def __init__(self) -> None:
        """Start empty."""
        self._cells: dict[Cell, dict[str, None]] = {}
        self._large: dict[str, None] = {}
        self._rects: dict[str, Rect] = {}
        self._where: dict[str, Sequence[Cell]] = {}
        self._bounds: Rect | None = None

    def __len__(self) -> int:
        return len(self._rects)

    def __contains__(self, id: object) -> bool:
        return id in self._rects

    def rect(self, id: str) -> Rect | None:
        """The rectangle of an id."""
        return self._rects.get(id)

    def put(self, id: str, rect: Rect, path: Sequence[Point] = ()) -> None:
        """Enter a rectangle, or give an id another one.

        Args:
            path: corners of a line inside the rectangle: only the cells it runs through are entered, for the rectangle
                around a long slanted line covers many it never comes near.
        """
        if id in self._rects:
            self.discard(id)
        self._rects[id] = rect
        known = self._bounds
        if known is not None:
            self._bounds = (
                min(known[0], rect[0]),
                min(known[1], rect[1]),
                max(known[2], rect[2]),
                max(known[3], rect[3]),
            )
        cells = _cells(rect) if len(path) < 2 else _cells_along(path)
        if cells is None:
            self._large[id] = None
            return
        self._where[id] = cells
        table = self._cells
        for cell in cells:
            entry = table.get(cell)
            if entry is None:
                table[cell] = {id: None}
            else:
                entry[id] = None

    def discard(self, id: str) -> None:
        """Take an id out; nothing happens where it is not in."""
        rect = self._rects.pop(id, None)
        if rect is None:
            return
        known = self._bounds
        if known is not None and any(a == b for a, b in zip(known, rect, strict=True)):
            self._bounds = None  # it reached the edge of everything; looked for again when asked
        cells = self._where.pop(id, None)
        if cells is None:
            self._large.pop(id, None)
            return
        for cell in cells:
            entry = self._cells.get(cell)
            if entry is not None:
                entry.pop(id, None)
                if not entry:
                    del self._cells[cell]

    def clear(self) -> None:
        """Forget everything."""
        self._cells.clear()
        self._large.clear()
        self._rects.clear()
        self._where.clear()
        self._bounds = None

    def touching(self, rect: Rect) -> list[str]:
        """Ids whose rectangles touch ``rect``."""
        left, top, right, bottom = rect
        rects = self._rects
        found = []
        for id in self._candidates(rect):
            a, b, c, d = rects[id]
            if a <= right and c >= left and b <= bottom and d >= top:
                found.append(id)
        return found

    def _candidates(self, rect: Rect) -> Iterable[str]:
        cells = _cells(rect)
        if cells is None or len(cells) > len(self._cells):
            return self._rects
        found: dict[str, None] = dict(self._large)
        for cell in cells:
            entry = self._cells.get(cell)
            if entry is not None:
                found.update(entry)
        return found

    def bounds(self) -> Rect | None:
        """The rectangle around everything; None where there is nothing."""
        if self._bounds is None and self._rects:
            lefts, tops, rights, bottoms = zip(*self._rects.values(), strict=True)
            self._bounds = min(lefts), min(tops), max(rights), max(bottoms)
        return self._bounds if self._rects else None

    def items(self) -> Iterator[tuple[str, Rect]]:
        """Every id with its rectangle."""
        yield from self._rects.items()


def _cells(rect: Rect) -> Sequence[Cell] | None:
    """The cells a rectangle covers; None where they are too many to list."""
    first_x, last_x = floor(rect[0] / CELL), floor(rect[2] / CELL)
    first_y, last_y = floor(rect[1] / CELL), floor(rect[3] / CELL)
    if first_x == last_x and first_y == last_y:
        return ((first_x, first_y),)
    if (last_x - first_x + 1) * (last_y - first_y + 1) > _MOST_CELLS:
        return None
    return [(x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]


def _cells_along(path: Sequence[Point]) -> Sequence[Cell] | None:
    """The cells a line comes within ``NEAR`` of; None where they are too many to list."""
    cells: dict[Cell, None] = {}
    for start_point, end_point in pairwise(path):
        (ax, ay), (bx, by) = sorted((start_point, end_point))
        first, last = floor((ax - NEAR) / CELL), floor((bx + NEAR) / CELL)
        if last - first > _MOST_CELLS or abs(by - ay) > CELL * _MOST_CELLS:
            return None
        slope = (by - ay) / (bx - ax) if bx - ax > 1e-9 else 0.0
        for column in range(first, last + 1):
            if slope or abs(by - ay) < 1e-9:
                start = ay + slope * (max(ax, column * CELL - NEAR) - ax)
                end = ay + slope * (min(bx, (column + 1) * CELL + NEAR) - ax)
            else:
                start, end = ay, by
            if start > end:
                start, end = end, start
            for row in range(floor((start - NEAR) / CELL), floor((end + NEAR) / CELL) + 1):
                cells[column, row] = None
    return tuple(cells)

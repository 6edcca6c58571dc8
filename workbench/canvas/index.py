"""Where everything is: grids of cells over the scene, and what lies at a point or in a rectangle."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor
from typing import Final

from workbench.layout.geometry import Point

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in scene units."""

CELL: Final = 512.0
"""Side of the smallest cells: about one element with its neighbours, so that a click looks at a handful of things."""
NEAR: Final = 6.0
"""How far a line's stroke, ribbon and arrowhead reach to its sides."""
_SIDES: Final = (CELL, 2 * CELL)
"""Sides of the cells of each grid. A thing is filed in the grid of small cells where it is at most two of them wide and
high; in bulk, the long lines of a large sheet would take longer to enter in those than everything else."""
_MOST_CELLS: Final = 4_096
"""A thing larger than this many cells (a line across a thousand sheets) is kept aside and always looked at."""
_COLUMN: Final = 1 << 20
"""A cell goes by one number, its column times this and its row: in bulk, pairs cost more than the filing itself. Cells
so far apart that they share a number share an entry, which is sifted by place when asked like any other."""
_FEW: Final = 4


class SpatialIndex:
    """Rectangles, and lines within them, by id. Adding, moving and removing one costs the few cells it covers."""

    def __init__(self) -> None:
        """Start empty."""
        self._grids: tuple[defaultdict[int, list[str]], ...] = tuple(defaultdict(list) for _ in _SIDES)
        self._large: dict[str, None] = {}
        self._rects: dict[str, Rect] = {}
        self._paths: dict[str, Sequence[Point]] = {}
        self._bounds: Rect | None = None

    def __len__(self) -> int:
        return len(self._rects)

    def __contains__(self, id: object) -> bool:
        return id in self._rects

    def rect(self, id: str) -> Rect | None:
        """The rectangle of an id."""
        return self._rects.get(id)

    def fill(self, rects: Mapping[str, Rect], paths: Mapping[str, Sequence[Point]]) -> None:
        """Forget everything and enter many at once, as ``put`` would one by one.

        Most things are small; those are filed without asking ``_filed_in``, which would say the same.
        """
        self.clear()
        self._rects.update(rects)
        self._paths.update((id, path) for id, path in paths.items() if len(path) > 1)
        grid, most = self._grids[0], 2 * CELL
        for id, rect in self._rects.items():
            left, top, right, bottom = rect
            if right - left <= most and bottom - top <= most:
                column, row = floor(left / CELL), floor(top / CELL)
                last_column, last_row = floor(right / CELL), floor(bottom / CELL)
                cell = column * _COLUMN + row
                if column == last_column:
                    if row == last_row:
                        grid[cell].append(id)
                        continue
                    if last_row - row == 1:
                        grid[cell].append(id)
                        grid[cell + 1].append(id)
                        continue
                elif row == last_row and last_column - column == 1:
                    grid[cell].append(id)
                    grid[cell + _COLUMN].append(id)
                    continue
            self._file(id, rect)

    def part(self, keep: Container[str]) -> "SpatialIndex":
        """An index of its own over some of what is here: where each thing is filed need not be found out again."""
        made = SpatialIndex()
        made._rects = {id: rect for id, rect in self._rects.items() if id in keep}
        made._paths = {id: path for id, path in self._paths.items() if id in keep}
        made._large = {id: None for id in self._large if id in keep}
        for old, new in zip(self._grids, made._grids, strict=True):
            for cell, entry in old.items():
                kept = [id for id in entry if id in keep]
                if kept:
                    new[cell] = kept
        return made

    def put(self, id: str, rect: Rect, path: Sequence[Point] = ()) -> None:
        """Enter a rectangle, or give an id another one.

        Args:
            path: corners of a line inside the rectangle: it is found only near the line, for the rectangle around a
                long slanted line covers much it never comes near.
        """
        if id in self._rects:
            self.discard(id)
        self._rects[id] = rect
        if len(path) > 1:
            self._paths[id] = path
        known = self._bounds
        if known is not None:
            self._bounds = (
                min(known[0], rect[0]),
                min(known[1], rect[1]),
                max(known[2], rect[2]),
                max(known[3], rect[3]),
            )
        self._file(id, rect)

    def _file(self, id: str, rect: Rect) -> None:
        level = _level(rect)
        cells = _filed_in(rect, self._paths.get(id, ()), _SIDES[level])
        if cells is None:
            self._large[id] = None
            return
        grid = self._grids[level]
        for cell in cells:
            grid[cell].append(id)

    def discard(self, id: str) -> None:
        """Take an id out; nothing happens where it is not in."""
        rect = self._rects.pop(id, None)
        if rect is None:
            return
        path = self._paths.pop(id, ())
        known = self._bounds
        if known is not None and any(a == b for a, b in zip(known, rect, strict=True)):
            self._bounds = None  # it reached the edge of everything; looked for again when asked
        level = _level(rect)
        cells = _filed_in(rect, path, _SIDES[level])
        if cells is None:
            del self._large[id]
            return
        grid = self._grids[level]
        for cell in cells:
            entry = grid[cell]
            entry.remove(id)
            if not entry:
                del grid[cell]

    def clear(self) -> None:
        """Forget everything."""
        for grid in self._grids:
            grid.clear()
        self._large.clear()
        self._rects.clear()
        self._paths.clear()
        self._bounds = None

    def touching(self, rect: Rect) -> list[str]:
        """Ids whose rectangles touch ``rect``; of those with a path, the ones whose line comes near it."""
        left, top, right, bottom = rect
        rects, paths = self._rects, self._paths
        found = []
        for id in self._candidates(rect):
            a, b, c, d = rects[id]
            if a <= right and c >= left and b <= bottom and d >= top:
                path = paths.get(id)
                if path is None or _comes_near(path, rect):
                    found.append(id)
        return found

    def _candidates(self, rect: Rect) -> Iterable[str]:
        found: dict[str, None] = dict(self._large)
        for side, grid in zip(_SIDES, self._grids, strict=True):
            columns, rows = _span(rect[0], rect[2], side), _span(rect[1], rect[3], side)
            if len(columns) * len(rows) > len(grid):
                for entry in grid.values():
                    found.update(dict.fromkeys(entry))
                continue
            for column in columns:
                for row in rows:
                    cell = column * _COLUMN + row
                    if cell in grid:
                        found.update(dict.fromkeys(grid[cell]))
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


def _level(rect: Rect) -> int:
    """Number of the grid a rectangle is filed in."""
    return 0 if max(rect[2] - rect[0], rect[3] - rect[1]) <= 2 * CELL else 1


def _span(first: float, last: float, side: float) -> range:
    return range(floor(first / side), floor(last / side) + 1)


def _filed_in(rect: Rect, path: Sequence[Point], side: float) -> Sequence[int] | None:
    """The cells a thing is entered in: all it covers, or only those along its line where that is worth looking.

    None where they are too many.
    """
    columns, rows = _span(rect[0], rect[2], side), _span(rect[1], rect[3], side)
    if max(len(columns), len(rows)) > _MOST_CELLS:
        return None
    if path and len(columns) * len(rows) > _FEW:
        return _cells_along(path, side)
    if len(columns) * len(rows) > _MOST_CELLS:
        return None
    return [column * _COLUMN + row for column in columns for row in rows]


def _cells_along(path: Sequence[Point], side: float) -> Sequence[int]:
    """The cells a line comes within ``NEAR`` of."""
    cells: dict[int, None] = {}
    for start_point, end_point in pairwise(path):
        (ax, ay), (bx, by) = start_point, end_point
        if ax > bx:
            ax, ay, bx, by = bx, by, ax, ay
        upright = bx - ax <= 1e-9
        slope = 0.0 if upright else (by - ay) / (bx - ax)
        for column in _span(ax - NEAR, bx + NEAR, side):
            if upright:
                start, end = ay, by
            else:
                start = ay + slope * (max(ax, column * side - NEAR) - ax)
                end = ay + slope * (min(bx, (column + 1) * side + NEAR) - ax)
            if start > end:
                start, end = end, start
            base = column * _COLUMN
            for row in range(floor((start - NEAR) / side), floor((end + NEAR) / side) + 1):
                cells[base + row] = None
    return tuple(cells)


def _comes_near(path: Sequence[Point], rect: Rect) -> bool:
    """Whether a line comes within ``NEAR`` of a rectangle (of its corners, a little further)."""
    left, top, right, bottom = rect[0] - NEAR, rect[1] - NEAR, rect[2] + NEAR, rect[3] + NEAR
    ax, ay = path[0]
    for bx, by in path[1:]:
        dx, dy = bx - ax, by - ay
        # It passes by where the two corners farthest from its line to either side lie on the same side of it.
        upper, lower = (top, bottom) if (dx < 0) == (dy < 0) else (bottom, top)
        if (dx * (lower - ay) - dy * (left - ax)) * (dx * (upper - ay) - dy * (right - ax)) <= 0 and (
            len(path) == 2
            or not (
                (ax < left and bx < left)
                or (ax > right and bx > right)
                or (ay < top and by < top)
                or (ay > bottom and by > bottom)
            )
        ):
            return True
        ax, ay = bx, by
    return False

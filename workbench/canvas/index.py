"""Where everything is: a uniform grid of cells over the scene, and what lies at a point or in a rectangle."""

from collections.abc import Iterable, Iterator
from math import floor

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in scene units."""

CELL = 256.0
"""Side of a cell: about one element with its neighbours, so that a click looks at a handful of things."""
_MOST_CELLS = 4_096
"""A thing larger than this many cells (a line across the whole sheet) is kept aside and always looked at."""


class SpatialIndex:
    """Rectangles by id. Adding, moving and removing one costs the few cells it covers."""

    def __init__(self) -> None:
        """Start empty."""
        self._cells: dict[tuple[int, int], dict[str, None]] = {}
        self._large: dict[str, None] = {}
        self._rects: dict[str, Rect] = {}
        self._bounds: Rect | None = None

    def __len__(self) -> int:
        return len(self._rects)

    def __contains__(self, id: object) -> bool:
        return id in self._rects

    def rect(self, id: str) -> Rect | None:
        """The rectangle of an id."""
        return self._rects.get(id)

    def put(self, id: str, rect: Rect) -> None:
        """Enter a rectangle, or give an id another one."""
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
        cells = _cells(rect)
        if cells is None:
            self._large[id] = None
            return
        for cell in cells:
            entry = self._cells.get(cell)
            if entry is None:
                self._cells[cell] = {id: None}
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
        cells = _cells(rect)
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


def _cells(rect: Rect) -> list[tuple[int, int]] | None:
    """The cells a rectangle covers; None where they are too many to list."""
    first_x, last_x = floor(rect[0] / CELL), floor(rect[2] / CELL)
    first_y, last_y = floor(rect[1] / CELL), floor(rect[3] / CELL)
    if (last_x - first_x + 1) * (last_y - first_y + 1) > _MOST_CELLS:
        return None
    return [(x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]

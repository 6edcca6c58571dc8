"""Rectangles that must not touch: stacking rows by their outline, finding free places."""

from collections.abc import Iterable, Iterator, Sequence

from workbench.layout.geometry import Point

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_TOUCH = 1e-6


def centred(x: float, y: float, w: float, h: float) -> Rect:
    """The rectangle of `w` x `h` about a centre."""
    return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def moved(rects: Iterable[Rect], dx: float, dy: float) -> list[Rect]:
    """The rectangles after a move."""
    return [(a + dx, b + dy, c + dx, d + dy) for a, b, c, d in rects]


def grown(rects: Iterable[Rect], by: float) -> list[Rect]:
    """The rectangles, larger by `by` on every side."""
    return [(a - by, b - by, c + by, d + by) for a, b, c, d in rects]


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share some area; a common edge is none."""
    return (
        one[0] < other[2] - _TOUCH
        and other[0] < one[2] - _TOUCH
        and one[1] < other[3] - _TOUCH
        and other[1] < one[3] - _TOUCH
    )


class Occupied:
    """Rectangles in buckets of `cell` units, so that what overlaps a place is found at once."""

    def __init__(self, rects: Iterable[Rect] = (), cell: float = 240.0) -> None:
        self._cell = cell
        self._buckets: dict[tuple[int, int], list[tuple[Rect, str]]] = {}
        self.add(rects)

    def add(self, rects: Iterable[Rect], owner: str = "") -> None:
        """Take rectangles in, under the name of what they belong to."""
        for rect in rects:
            for key in self._keys(rect):
                self._buckets.setdefault(key, []).append((rect, owner))

    def owners(self, rects: Iterable[Rect]) -> set[str]:
        """Names of what overlaps any of `rects`."""
        return {
            owner
            for rect in rects
            for key in self._keys(rect)
            for other, owner in self._buckets.get(key, ())
            if overlap(rect, other)
        }

    def free(self, rects: Iterable[Rect]) -> bool:
        """Whether nothing overlaps any of `rects`."""
        return not self.owners(rects)

    def _keys(self, rect: Rect) -> Iterator[tuple[int, int]]:
        cell = self._cell
        for i in range(int(rect[0] // cell), int(rect[2] // cell) + 1):
            for j in range(int(rect[1] // cell), int(rect[3] // cell) + 1):
                yield i, j


class Skyline:
    """The lower outline of rows stacked so far: pieces (left, right, bottom) without gaps in order."""

    def __init__(self) -> None:
        self._pieces: list[tuple[float, float, float]] = []

    def lowest_start(self, rects: Sequence[Rect], gap: float, beside: float = 0.0) -> float:
        """The least y at which a row, given by rectangles about y = 0, keeps `gap` to all above it.

        Args:
            rects: The row.
            gap: Least distance in y between a rectangle and what stands above it.
            beside: How much further than its own width a rectangle looks to either side.
        """
        start = float("-inf")
        for left, top, right, _ in rects:
            for a, b, bottom in self._pieces:
                if a < right + beside and left - beside < b:
                    start = max(start, bottom + gap - top)
        return start

    def add(self, rects: Iterable[Rect]) -> None:
        """Take in rectangles that stand where they are."""
        for left, _, right, bottom in rects:
            kept: list[tuple[float, float, float]] = []
            for a, b, low in self._pieces:
                if b <= left or a >= right or low > bottom:
                    kept.append((a, b, low))
                    continue
                if a < left:
                    kept.append((a, left, low))
                if b > right:
                    kept.append((right, b, low))
            kept.append((left, right, bottom))
            self._pieces = kept


def places_around(box: Rect, w: float, h: float, gap: float) -> Iterator[Point]:
    """Centres for a box of `w` x `h` about another box: below, above, right, left, then ever further out."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for ring in range(1, 40):
        away = gap + (ring - 1) * 24
        below, above = box[3] + away + h / 2, box[1] - away - h / 2
        right, left = box[2] + away + w / 2, box[0] - away - w / 2
        yield from ((x, below), (x, above), (right, y), (left, y))
        yield from ((right, below), (left, below), (right, above), (left, above))

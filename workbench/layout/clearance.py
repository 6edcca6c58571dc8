"""Rectangles that must not touch, and free places between them."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from workbench.layout.geometry import Point

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Clash = tuple[Rect, Rect]
"""Two rectangles that overlap."""

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


def crossed(rect: Rect, start: Point, end: Point) -> bool:
    """Whether a straight line runs through a rectangle (clipped to it, after Liang and Barsky)."""
    first, last = 0.0, 1.0
    for low, high, a, b in ((rect[0], rect[2], start[0], end[0]), (rect[1], rect[3], start[1], end[1])):
        if a == b:
            if not low < a < high:
                return False
            continue
        enters, leaves = (low - a) / (b - a), (high - a) / (b - a)
        if enters > leaves:
            enters, leaves = leaves, enters
        first, last = max(first, enters), min(last, leaves)
        if first >= last:
            return False
    return True


def way_out(clash: Clash, dx: float, dy: float) -> float:
    """How far the first of two overlapping rectangles must move along a unit direction to come clear of the other."""
    rect, other = clash
    far = inf
    if dx > 0:
        far = (other[2] - rect[0]) / dx
    elif dx < 0:
        far = (other[0] - rect[2]) / dx
    if dy > 0:
        far = min(far, (other[3] - rect[1]) / dy)
    elif dy < 0:
        far = min(far, (other[1] - rect[3]) / dy)
    return far - _TOUCH if far < inf else 0.0


class Occupied:
    """Rectangles in buckets of `cell` units, so that what overlaps a place is found at once."""

    def __init__(self, rects: Iterable[Rect] = (), cell: float = 240.0) -> None:
        self._cell = cell
        self._buckets: dict[tuple[int, int], list[tuple[Rect, str]]] = {}
        self._blocker: Rect | None = None
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

    def free(self, rects: Sequence[Rect]) -> bool:
        """Whether nothing overlaps any of `rects`."""
        return self.clash(rects) is None

    def clash(self, rects: Sequence[Rect]) -> Clash | None:
        """One of `rects` and something that overlaps it, or None where all are free.

        Who looks for a free place asks for one beside the other: what was in the way is likely to be so again.
        """
        blocker = self._blocker
        if blocker is not None:
            for rect in rects:
                if overlap(rect, blocker):
                    return rect, blocker
        buckets, cell = self._buckets, self._cell
        for rect in rects:
            left, top, right, bottom = rect[0], rect[1], rect[2] - _TOUCH, rect[3] - _TOUCH
            rows = range(int(top // cell), int(rect[3] // cell) + 1)
            for i in range(int(left // cell), int(rect[2] // cell) + 1):
                for j in rows:
                    for other, _ in buckets.get((i, j), ()):  # `overlap`, without a call for each
                        if (
                            other[0] < right
                            and left < other[2] - _TOUCH
                            and other[1] < bottom
                            and top < other[3] - _TOUCH
                        ):
                            self._blocker = other
                            return rect, other
        return None

    def _keys(self, rect: Rect) -> Iterator[tuple[int, int]]:
        cell = self._cell
        for i in range(int(rect[0] // cell), int(rect[2] // cell) + 1):
            for j in range(int(rect[1] // cell), int(rect[3] // cell) + 1):
                yield i, j


def places_around(box: Rect, w: float, h: float, gap: float) -> Iterator[Point]:
    """Centres for a box of `w` x `h` about another box: below, above, right, left, then ever further out."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for ring in range(1, 40):
        away = gap + (ring - 1) * 24
        below, above = box[3] + away + h / 2, box[1] - away - h / 2
        right, left = box[2] + away + w / 2, box[0] - away - w / 2
        yield from ((x, below), (x, above), (right, y), (left, y))
        yield from ((right, below), (left, below), (right, above), (left, above))

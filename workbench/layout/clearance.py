"""Rectangles that must not touch, and free places between them."""

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
        """Whether nothing overlaps any of `rects`.

        Who looks for a free place asks for one beside the other: what was in the way is likely to be so again.
        """
        if self._blocker is not None and any(overlap(rect, self._blocker) for rect in rects):
            return False
        for rect in rects:
            left, top, right, bottom = rect[0], rect[1], rect[2] - _TOUCH, rect[3] - _TOUCH
            for key in self._keys(rect):
                for other, _ in self._buckets.get(key, ()):  # `overlap`, without a call for each
                    if other[0] < right and left < other[2] - _TOUCH and other[1] < bottom and top < other[3] - _TOUCH:
                        self._blocker = other
                        return False
        return True

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

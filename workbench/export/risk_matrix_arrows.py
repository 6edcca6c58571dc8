"""Arrows of the risk matrix, from an initial mark to a residual one: around words of cells and other marks. No Qt.

An arrow is straight where nothing lies in its way, else a bow leads around. Where none does, it runs beneath
the words, which stand on a ground of their own.
"""

from collections.abc import Iterable, Sequence
from math import hypot, inf
from typing import Final, Protocol

from workbench.layout.geometry import Point
from workbench.render.ops import Lines, Op, Polygon
from workbench.render.theme import Theme

MARK: Final = 22.0
"""Height of a mark."""
Box = tuple[float, float, float, float]
"""Left, top, width, height."""

_BOWS: Final = (13.0, -13.0, 22.0, -22.0, 36.0, -36.0, 56.0, -56.0)
"""How far the middle of an arrow stands off the straight line, in the order they are tried."""
_EVERY: Final = 8.0
"""Distance of the points an arrow is tried at; words are twice as tall."""
_CLEAR: Final = 3.0
_WORD: Final = 10.0
_OTHER: Final = 3.0
_BENT: Final = 14.0
"""What weighs against a way: words of a cell in it, another mark, every so much of a bow."""
_SHORTEST: Final = 6.0
_FROM: Final = 1.0
_TO: Final = 3.0
"""Room between an arrow and the mark it leaves, and the one it comes to."""


class Ending(Protocol):
    """What an arrow begins or ends at: a mark, wider than tall, by its middle."""

    @property
    def x(self) -> float:
        """Middle."""

    @property
    def y(self) -> float:
        """Middle."""

    @property
    def w(self) -> float:
        """Width."""


def arrow_ops(
    pairs: Sequence[tuple[Ending, Ending]], room: Box, words: Sequence[Box], marks: Sequence[Ending], theme: Theme
) -> list[Op]:
    """Arrows with a halo each, so that they are seen on every cell.

    Args:
        pairs: where each begins and ends.
        room: what no arrow should leave.
        words: what no arrow should lie on.
        marks: every mark, those of ``pairs`` included.
        theme: its colours.
    """
    halos: list[Op] = []
    ops: list[Op] = []
    for start, end in pairs:
        line = _straight(start, end)
        if line is None:
            continue
        line = _around(start, end, line, room, words, marks)
        (x1, y1), (x2, y2) = line[-2:]
        length = hypot(x2 - x1, y2 - y1)
        dx, dy = (x2 - x1) / length, (y2 - y1) / length
        head = ((x2, y2), (x2 - dx * 8 - dy * 4, y2 - dy * 8 + dx * 4), (x2 - dx * 8 + dy * 4, y2 - dy * 8 - dx * 4))
        halos += [_stroke(line, theme.surface.canvas, 4.0), Polygon(head, theme.surface.canvas)]
        ops += [_stroke((*line[:-1], (x2 - dx * 5, y2 - dy * 5)), theme.text.primary, 1.6)]
        ops += [Polygon(head, theme.text.primary)]
    return [*halos, *ops]


def _stroke(line: tuple[Point, ...], colour: str, width: float) -> Op:
    if len(line) == 2:
        return Lines(((*line[0], *line[1]),), colour, width, round_caps=True)
    return Polygon(line, None, colour, width, closed=False)


def crossed(line: Iterable[Point], box: Box, clear: float = 0.0) -> bool:
    """Whether a line, given by points close to each other, comes upon a box or nearer to it than ``clear``."""
    left, top = box[0] - clear, box[1] - clear
    right, bottom = box[0] + box[2] + clear, box[1] + box[3] + clear
    return any(left < x < right and top < y < bottom for x, y in line)


def _around(
    start: Ending, end: Ending, straight: tuple[Point, ...], room: Box, words: Sequence[Box], marks: Sequence[Ending]
) -> tuple[Point, ...]:
    """A way with as little in it as can be, and no longer than that is worth."""
    best, least = straight, _in_the_way(_between(*straight), start, end, words, marks)
    for bow in _BOWS:
        bent = abs(bow) / _BENT
        if least <= bent:
            break
        line = _bow(start, end, bow)
        if line is None or not _inside(_reached(line), room):
            continue
        weight = bent + _in_the_way(line, start, end, words, marks)
        if weight < least:
            best, least = line, weight
    return best


def _in_the_way(
    line: Sequence[Point], start: Ending, end: Ending, words: Sequence[Box], marks: Sequence[Ending]
) -> float:
    reach = _reached(line)
    weight = sum(_WORD for box in words if _near(box, reach) and crossed(line, box, _CLEAR))
    others = (_box(mark) for mark in marks if mark is not start and mark is not end)
    return weight + sum(_OTHER for box in others if _near(box, reach) and crossed(line, box, 1.0))


def _reached(line: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs), min(ys), max(xs), max(ys)


def _near(box: Box, reach: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = reach
    across = box[0] - _CLEAR <= right and box[0] + box[2] + _CLEAR >= left
    return across and box[1] - _CLEAR <= bottom and box[1] + box[3] + _CLEAR >= top


def _inside(reach: tuple[float, float, float, float], room: Box) -> bool:
    left, top, right, bottom = reach
    return room[0] <= left and room[1] <= top and right <= room[0] + room[2] and bottom <= room[1] + room[3]


def _between(start: Point, end: Point) -> list[Point]:
    """Points close to each other on a straight line."""
    count = max(2, round(hypot(end[0] - start[0], end[1] - start[1]) / _EVERY))
    return [
        (start[0] + (end[0] - start[0]) * i / count, start[1] + (end[1] - start[1]) * i / count)
        for i in range(count + 1)
    ]


def _straight(start: Ending, end: Ending) -> tuple[Point, ...] | None:
    """From the edge of one mark to that of another; None: they touch, or nearly."""
    across, down = end.x - start.x, end.y - start.y
    length = hypot(across, down)
    if not length:
        return None
    dx, dy = across / length, down / length
    begin, stop = _reach(start, dx, dy) + _FROM, length - _reach(end, dx, dy) - _TO
    if stop - begin < _SHORTEST:
        return None
    return (start.x + dx * begin, start.y + dy * begin), (start.x + dx * stop, start.y + dy * stop)


def _reach(mark: Ending, dx: float, dy: float) -> float:
    """How far a mark reaches from its middle in a direction."""
    return min(mark.w / 2 / abs(dx) if dx else inf, MARK / 2 / abs(dy) if dy else inf)


def _bow(start: Ending, end: Ending, bow: float) -> tuple[Point, ...] | None:
    """A curve between two marks, cut off where it leaves the one and where it comes close to the other."""
    across, down = end.x - start.x, end.y - start.y
    length = hypot(across, down)
    # the middle of a quadratic curve lies half as far off the line as its control point
    cx = (start.x + end.x) / 2 + 2 * bow * down / length
    cy = (start.y + end.y) / 2 - 2 * bow * across / length
    count = max(8, round(length / _EVERY))
    points = []
    for step in range(count + 1):
        t = step / count
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        points.append((a * start.x + b * cx + c * end.x, a * start.y + b * cy + c * end.y))
    first, last = _box(start), _box(end)
    begin, stop = 0, len(points)
    while begin < stop and crossed(points[begin : begin + 1], first, _FROM):
        begin += 1
    while stop > begin and crossed(points[stop - 1 : stop], last, _TO):
        stop -= 1
    kept = points[begin:stop]
    if len(kept) < 3 or hypot(kept[-1][0] - kept[0][0], kept[-1][1] - kept[0][1]) < _SHORTEST:
        return None
    return tuple(kept)


def _box(mark: Ending) -> Box:
    return mark.x - mark.w / 2, mark.y - MARK / 2, mark.w, MARK

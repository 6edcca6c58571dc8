"""Where labels stand on a line too short for all to stand alike: moved, narrower, on both sides, in rows.

It is settled once for all themes: rooms are reckoned with the largest letters there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import cos, radians
from typing import Final

from workbench.layout.clearance import Rect, overlap
from workbench.layout.coordinates import spread
from workbench.layout.geometry import Box
from workbench.render.picture import BarPicture, LabelRoom
from workbench.render.shapes_bars import (
    UPRIGHT_WITHIN,
    bar_half,
    label_at_side,
    label_extent,
    label_height,
    label_room,
    least_size,
    side_drop,
    side_reach,
)
from workbench.render.sizes import shared, sizes
from workbench.render.text import Measure, line_count

APART: Final = 4.0
"""Between two labels, and between a label and what it must not touch."""
_WIDTHS: Final = (108.0, 96.0, 84.0, 74.0, 64.0, 54.0)
_PATTERNS: Final = ((False, 1, 3), (True, 1, 3), (False, 1, 4), (True, 1, 5), (True, 2, 3), (False, 2, 4), (True, 3, 4))
"""Ways to stand, most wanted first: whether on both sides of the line, in how many rows, with how many lines."""
_INSIDE: Final = 6.0
"""How far within its label, seen along the line, a bar stands at least."""
_LEADER: Final = 2.0
_LEVEL: Final = cos(radians(UPRIGHT_WITHIN))
"""Cosine of the direction of lines up to which bars stand upright, whichever way the line runs."""
_BESIDE: Final = ((92.0, 2), (92.0, 3), (116.0, 2), (92.0, 4), (150.0, 2), (150.0, 3), (220.0, 1), (64.0, 5))
"""Widths and lines of a label beside its bar, most wanted first."""
_SLIDES: Final = (0.0, 8.0, 16.0, 26.0, 38.0)


def place_labels(bars: Sequence[BarPicture], boxes: Sequence[Box], measure: Measure) -> list[BarPicture]:
    """The bars of one line with room for their labels, clear of each other, of the bars and of boxes about them.

    Where there is no way to keep all clear, the labels stand as usual.

    Args:
        bars: in order along the line; whatever hangs beneath any of them hangs beneath a row with labels above.
        boxes: the bodies at the ends of the line.
    """
    if roomy(bars, boxes):
        return list(bars)
    labels = [_label_rect(bar, measure) for bar in bars]
    if not any(_touching(labels, _solid(bars, boxes))) and not any(_cut_beside(bar, measure) for bar in bars):
        return list(bars)
    if not any(label_at_side(bar) for bar in bars):
        for both, rows, lines in _PATTERNS:
            for width in _WIDTHS:
                if both and any(bar.label_above for bar in bars):
                    break  # something hangs below
                if all(_holds(bar.title, width, lines, measure) for bar in bars):
                    extents = [_grown(bar.title, width, lines, measure) for bar in bars]
                    found = _in_rows(bars, boxes, both=both, rows=rows, extents=extents)
                    if found:
                        return found
    return _one_by_one(bars, boxes, measure)


def roomy(bars: Sequence[BarPicture], boxes: Sequence[Box]) -> bool:
    """Whether a glance tells that labels of any length have room, as on nearly all lines."""
    wide, tall = _most()
    before: BarPicture | None = None
    for bar in bars:
        x, y = bar.x, bar.y
        if bar.role == "degradation" or abs(cos(bar.angle)) < _LEVEL:
            return False
        if before is not None and abs(before.x - x) < wide and abs(before.y - y) < 2 * tall:
            return False
        for box in boxes:
            if abs(box.x - x) < (box.w + wide) / 2 and abs(box.y - y) < box.h / 2 + tall:
                return False
        before = bar
    return True


@cache
def _most() -> tuple[float, float]:
    """How wide a label may be, and how far it reaches from the middle of its bar."""
    label = sizes().control_label
    return label.width, sizes().bar.height / 2 + label.gap + label_height(label.lines, _largest())


@cache
def _largest() -> int:
    return max(shared().type.canvas.control_label, shared().type.canvas_projector.control_label)


def _holds(title: str, width: float, lines: int, measure: Measure) -> bool:
    """Whether a width shows as much of a title as the usual one does, with no word broken that stands whole there."""
    usual, size = sizes().control_label, shared().type.canvas.control_label
    count = line_count(title, width=width, limit=lines, size=size, weight=400, measure=measure)
    if count > lines:
        most = line_count(title, width=usual.width, limit=usual.lines, size=size, weight=400, measure=measure)
        return most > usual.lines and width >= usual.width
    return width >= usual.width or all(
        measure.width(word, size, 400) <= width or measure.width(word, size, 400) > usual.width
        for word in title[:400].split()
    )


def _grown(title: str, width: float, lines: int, measure: Measure) -> tuple[float, float, int]:
    """Width and height of a label in the largest letters, and its lines."""
    size = shared().type.canvas.control_label
    wide, high = label_extent(title, measure, width=width, lines=lines)
    count = max(1, round((high - label_height(1, size)) / (label_height(2, size) - label_height(1, size))) + 1)
    return min(width, wide * _largest() / size + 1.0), label_height(count, _largest()), count


def _label_rect(bar: BarPicture, measure: Measure) -> Rect:
    """The label of a bar where its room is, in the largest letters."""
    room = label_room(bar)
    if label_at_side(bar):
        return _side_rect(bar, measure)
    return _rect(bar, room, _grown(bar.title, room.width, room.lines, measure))


def _rect(bar: BarPicture, room: LabelRoom, extent: tuple[float, float, int]) -> Rect:
    """The rectangle of a label above or below its bar."""
    wide, high, _ = extent
    near = bar_half(bar)[1] + sizes().control_label.gap + room.dy
    top = bar.y - near - high if bar.label_above else bar.y + near
    return bar.x + room.dx - wide / 2, top, bar.x + room.dx + wide / 2, top + high


def _solid(bars: Sequence[BarPicture], boxes: Sequence[Box]) -> list[tuple[str, Rect]]:
    """What a label must not touch, with the bar whose own label may."""
    found = [("", (box.left, box.top, box.right, box.bottom)) for box in boxes]
    for bar in bars:
        half_w, half_h = bar_half(bar)
        found.append((bar.id, (bar.x - half_w, bar.y - half_h, bar.x + half_w, bar.y + half_h)))
    return found


def _touching(labels: Sequence[Rect], solid: Sequence[tuple[str, Rect]]) -> Iterator[bool]:
    """True for each label that touches another, or something solid that is not its own bar."""
    bars = solid[len(solid) - len(labels) :]
    for i, label in enumerate(labels):
        yield any(overlap(label, other) for other in labels[i + 1 :])
        yield any(overlap(label, rect) for id, rect in solid if id != bars[i][0])


# above and below


def _in_rows(
    bars: Sequence[BarPicture],
    boxes: Sequence[Box],
    *,
    both: bool,
    rows: int,
    extents: Sequence[tuple[float, float, int]],
) -> list[BarPicture]:
    """The bars with their labels in rows, on one side of the line or on both; empty where they touch."""
    sides = 2 if both else 1
    usual = bars[0].label_above
    slots: dict[tuple[bool, int], list[int]] = {}
    for i in range(len(bars)):
        above = usual if not both else usual != (i % 2 == 1)
        slots.setdefault((above, i // sides % rows), []).append(i)
    placed = list(bars)
    for (above, row), members in slots.items():
        nearer = [slots.get((above, inner), []) for inner in range(row)]
        dy = sum(max((extents[i][1] for i in one), default=0.0) + APART for one in nearer)
        middles = _middles([bars[i] for i in members], [extents[i][0] for i in members], _limits(bars, boxes))
        for i, x in zip(members, middles, strict=True):
            wide, _, lines = extents[i]
            dx = x - bars[i].x
            if abs(dx) > max(0.0, wide / 2 - _INSIDE):
                return []
            placed[i] = replace(bars[i], label_above=above, room=LabelRoom(wide, lines, dx, dy))
    labels = [_rect(bar, label_room(bar), extent) for bar, extent in zip(placed, extents, strict=True)]
    solid = _solid(bars, boxes)
    if any(_touching(labels, solid)) or _crossed(placed, labels):
        return []
    return placed


def _limits(bars: Sequence[BarPicture], boxes: Sequence[Box]) -> tuple[float, float]:
    """How far labels may reach to the left and to the right: not over the bodies at the line's ends."""
    low, high = min(bar.x for bar in bars), max(bar.x for bar in bars)
    left = max((box.right for box in boxes if box.right <= low), default=low - 1e6)
    right = min((box.left for box in boxes if box.left >= high), default=high + 1e6)
    return left + APART, right - APART


def _middles(bars: Sequence[BarPicture], widths: Sequence[float], limits: tuple[float, float]) -> list[float]:
    """Middles of the labels of one row: as near to their bars as they may be side by side and within limits."""
    order = sorted(range(len(bars)), key=lambda i: bars[i].x)
    gaps = [(widths[a] + widths[b]) / 2 + APART for a, b in pairwise(order)]
    found = spread([bars[i].x for i in order], gaps)
    least = limits[0] + widths[order[0]] / 2
    for n in range(len(order)):
        found[n] = max(found[n], least)
        least = found[n] + (gaps[n] if n < len(gaps) else 0.0)
    most = limits[1] - widths[order[-1]] / 2
    for n in reversed(range(len(order))):
        found[n] = min(found[n], most)
        most = found[n] - (gaps[n - 1] if n else 0.0)
    at = dict(zip(order, found, strict=True))
    return [at[i] for i in range(len(bars))]


def _crossed(placed: Sequence[BarPicture], labels: Sequence[Rect]) -> bool:
    """Whether the hair line to a label in a further row runs through another label."""
    for i, bar in enumerate(placed):
        room = label_room(bar)
        if not room.dy:
            continue
        near = bar_half(bar)[1]
        ends = sorted((bar.y - near, labels[i][3]) if bar.label_above else (bar.y + near, labels[i][1]))
        leader = (bar.x - _LEADER, ends[0], bar.x + _LEADER, ends[1])
        if any(overlap(leader, label) for j, label in enumerate(labels) if j != i):
            return True
    return False


# one by one


def _one_by_one(bars: Sequence[BarPicture], boxes: Sequence[Box], measure: Measure) -> list[BarPicture]:
    """Each label where the ones before it leave room: on steep lines, on stems, on lines that bend, at the last."""
    solid, labels, placed = _solid(bars, boxes), list[Rect](), list[BarPicture]()
    for bar in bars:
        others = [*labels, *(rect for id, rect in solid if id != bar.id)]
        for tried in _ways(bar, measure):
            rect = _label_rect(tried, measure)
            if not any(overlap(rect, other) for other in others):
                break
        else:
            tried, rect = bar, _label_rect(bar, measure)
        placed.append(tried)
        labels.append(rect)
    return placed


def _ways(bar: BarPicture, measure: Measure) -> Iterator[BarPicture]:
    """The bar with its label in every room it may have, most wanted first: where it is whole before where it is cut."""
    beside = label_at_side(bar)
    steps = _SLIDES if bar.role != "degradation" else _SLIDES[:2]
    cut = _cut_beside(bar, measure)
    if not cut:
        yield bar
    for width, lines in _BESIDE if beside else [(width, 4) for width in _WIDTHS]:
        if not _whole(bar, width, lines, measure):
            continue
        if not beside:
            for above in (False, True) if not bar.label_above else (True,):
                yield replace(bar, label_above=above, room=LabelRoom(width, lines))
            continue
        for left in (False, True):
            for step in steps:
                for dy in (-step, step) if step else (0.0,):
                    yield replace(bar, room=LabelRoom(width, lines, 0.0, dy, left))
    if cut:
        yield bar
        yield replace(bar, room=replace(label_room(bar), left=True))


def _cut_beside(bar: BarPicture, measure: Measure) -> bool:
    """Whether a label beside its bar would be cut in its usual room; there may be room for more lines."""
    if not label_at_side(bar):
        return False
    room = label_room(bar)
    return not _whole(bar, room.width, room.lines, measure)


def _whole(bar: BarPicture, width: float, lines: int, measure: Measure) -> bool:
    size = least_size(bar)
    return line_count(bar.title, width=width, limit=lines, size=size, weight=400, measure=measure) <= lines


def _side_rect(bar: BarPicture, measure: Measure) -> Rect:
    """The rectangle of a label beside its bar, in the largest letters."""
    size, room = least_size(bar), label_room(bar)
    wide, high = label_extent(bar.title, measure, size=size, width=room.width, lines=room.lines)
    grown = _largest() / size
    wide, high, reach = min(room.width, wide * grown), high * grown, side_reach(bar)
    left = bar.x - reach - wide if room.left else bar.x + reach
    middle = bar.y + side_drop(bar)
    return left, middle - high / 2, left + wide, middle + high / 2

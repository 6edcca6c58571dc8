"""The block below a figure: legend at the left, title block at the right, as wide as the figure."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from workbench.export.facts import Fact
from workbench.export.legend import GLYPH_HEIGHT, Entry, Family
from workbench.render.ops import Group, Lines, Op, Ops, RoundRect, TextOp
from workbench.render.text import FittedText, Measure, fit
from workbench.render.theme import Theme
from workbench.values import value_type

MIN_WIDTH: Final = 560.0
"""Least width of the block; narrower figures stand in a sheet of this width."""
_PAD: Final = 14.0
_HEADING: Final = 30.0
_PITCH: Final = 25.0
_COLUMN_GAP: Final = 24.0
_GLYPH_GAP: Final = 9.0
_TEXT: Final = 14
_LABEL: Final = 12
_VALUE: Final = 14
_VALUE_PITCH: Final = 17.0
_ROW: Final = 46.0
"""A row whose values take one line each; every further line makes it higher."""
_MOST_LINES: Final = 3
_FACTS_MIN: Final = 460.0
_LEGEND_SHARE: Final = 0.46
_LEAST_SHARE: Final = 0.3
"""Of the title block's width: what either of its two main columns has at least."""

Columns = tuple[tuple[Entry, ...], ...]


@value_type(frozen=True, slots=True)
class Block:
    """The drawn block, its upper left corner at the origin."""

    ops: Ops
    height: float


def block_for(
    legend: Sequence[Family], rows: Sequence[Sequence[Fact]], width: float, theme: Theme, measure: Measure
) -> Block:
    """Legend and title block side by side where they fit, else one above the other."""
    beside = width - _FACTS_MIN
    columns = _columns(legend, beside - 2 * _PAD, measure, most_rows=6)
    if columns and _columns_width(columns, measure) + 2 * _PAD <= beside:
        own = _columns_width(columns, measure) + 2 * _PAD
        split = round(min(beside, max(own, min(width * _LEGEND_SHARE, own + 120))))
        heights = _row_heights(rows, width - split, measure)
        height = max(_legend_height(columns), sum(heights))
        ops = (
            *_legend_ops(columns, theme, measure, split),
            *_facts_ops(rows, heights, split, 0.0, width, height, theme, measure),
            *_frame(width, height, theme),
            Lines(((split + 0.5, 0.5, split + 0.5, height - 0.5),), theme.border.strong),
        )
        return Block(ops, height)
    columns = _columns(legend, width - 2 * _PAD, measure, most_rows=40)
    top = _legend_height(columns) if columns else 0.0
    heights = _row_heights(rows, width, measure)
    height = top + sum(heights)
    between = (Lines(((0.5, top + 0.5, width - 0.5, top + 0.5),), theme.border.strong),) if columns else ()
    ops = (
        *_legend_ops(columns, theme, measure, width),
        *_facts_ops(rows, heights, 0.0, top, width, height, theme, measure),
        *_frame(width, height, theme),
        *between,
    )
    return Block(ops, height)


def _frame(width: float, height: float, theme: Theme) -> Ops:
    return (RoundRect(0.5, 0.5, width - 1, height - 1, stroke=theme.border.strong),)


def _columns(legend: Sequence[Family], room: float, measure: Measure, *, most_rows: int) -> Columns:
    """The entries in columns, families apart where that fits into ``room``; as few rows as fit, at least four."""
    entries = [entry for family in legend for entry in family]
    if not entries:
        return ()
    for count in range(4, 7):
        apart = tuple(column for family in legend for column in _cut(family, count))
        if _columns_width(apart, measure) <= room:
            return apart
    for count in range(4, most_rows + 1):
        together = _cut(entries, count)
        if _columns_width(together, measure) <= room:
            return together
    return _cut(entries, most_rows)


def _cut(entries: Sequence[Entry], count: int) -> Columns:
    return tuple(tuple(entries[i : i + count]) for i in range(0, len(entries), count))


def _entry_width(entry: Entry, measure: Measure) -> float:
    return entry.width + (_GLYPH_GAP + measure.width(entry.text, _TEXT, 400) if entry.text else 0.0)


def _column_width(column: Sequence[Entry], measure: Measure) -> float:
    return max(_entry_width(entry, measure) for entry in column)


def _columns_width(columns: Columns, measure: Measure) -> float:
    return sum(_column_width(column, measure) for column in columns) + _COLUMN_GAP * (len(columns) - 1)


def _legend_height(columns: Columns) -> float:
    return _HEADING + _PITCH * max(len(column) for column in columns) + 8


def _legend_ops(columns: Columns, theme: Theme, measure: Measure, width: float) -> Ops:
    if not columns:
        return ()
    ops: list[Op] = [TextOp(_PAD, 21.0, "Legend", 13, 600, theme.text.secondary)]
    spare = max(0.0, width - 2 * _PAD - _columns_width(columns, measure))
    gap = _COLUMN_GAP + min(24.0, spare / len(columns))
    x = _PAD
    for column in columns:
        for i, entry in enumerate(column):
            y = _HEADING + i * _PITCH
            ops.append(Group(entry.ops, dx=round(x), dy=y))
            if entry.text:
                at = round(x) + entry.width + _GLYPH_GAP
                ops.append(TextOp(at, y + GLYPH_HEIGHT / 2 + 4.5, entry.text, _TEXT, 400, theme.text.primary))
        x += _column_width(column, measure) + gap
    return (Group(tuple(ops), id="legend", css="legend"),)


def _value(fact: Fact, room: float, measure: Measure) -> FittedText:
    return fit(fact.value, width=room, max_lines=_MOST_LINES, size=_VALUE, weight=400, measure=measure)


def _row_heights(rows: Sequence[Sequence[Fact]], width: float, measure: Measure) -> list[float]:
    """What each row of the title block needs, so that its values stand whole in up to three lines."""
    columns = _column_ends(rows, width, measure)
    heights = []
    for row in rows:
        ends = [0.0, *columns[: len(row) - 1], width]
        rooms = [end - begin - 2 * _PAD for begin, end in pairwise(ends)]
        most = max(len(_value(fact, room, measure).lines) for fact, room in zip(row, rooms, strict=True))
        heights.append(_ROW + (most - 1) * _VALUE_PITCH)
    return heights


def _facts_ops(
    rows: Sequence[Sequence[Fact]],
    heights: Sequence[float],
    left: float,
    top: float,
    right: float,
    bottom: float,
    theme: Theme,
    measure: Measure,
) -> Ops:
    """The cells of the title block; rows share the height that none needs, cells of a row the columns."""
    ops: list[Op] = []
    lines = []
    columns = _column_ends(rows, right - left, measure)
    spare = (bottom - top - sum(heights)) / max(1, len(rows))
    tops = list(accumulate((height + spare for height in heights), initial=top))
    for number, (row, upper, lower) in enumerate(zip(rows, tops, tops[1:], strict=False)):
        y = round(upper)
        if number:
            lines.append((left + 0.5, y + 0.5, right - 0.5, y + 0.5))
        ends = [left + end for end in columns[: len(row) - 1]]
        foot = min(round(lower) + 0.5, bottom - 0.5)
        lines += [(end + 0.5, y + 0.5, end + 0.5, foot) for end in ends]
        rooms = [end - begin - 2 * _PAD for begin, end in pairwise([left, *ends, right])]
        values = [_value(fact, room, measure).lines for fact, room in zip(row, rooms, strict=True)]
        first = y + (lower - upper) / 2 - 6.0 - (max(map(len, values)) - 1) * _VALUE_PITCH / 2
        for begin, fact, value in zip([left, *ends], row, values, strict=True):
            ops.append(TextOp(begin + _PAD, first, fact.label, _LABEL, 400, theme.text.secondary))
            for i, line in enumerate(value):
                y_line = first + 19.5 + i * _VALUE_PITCH
                ops.append(TextOp(begin + _PAD, y_line, line, _VALUE, 400, theme.text.primary))
    if lines:
        ops.insert(0, Lines(tuple(lines), theme.border.strong))
    return (Group(tuple(ops), id="title-block", css="title-block"),)


def _column_ends(rows: Sequence[Sequence[Fact]], width: float, measure: Measure) -> tuple[float, float]:
    """Where the first and the second column of the title block end: by what stands in them, the rest shared evenly."""

    def needed(fact: Fact) -> float:
        label = measure.width(fact.label, _LABEL, 400)
        return 2 * _PAD + ceil(max(label, measure.width(fact.value, _VALUE, 400))) + 1

    third = min(width * _LEAST_SHARE, max((needed(row[2]) for row in rows if len(row) > 2), default=0.0))
    first = max((needed(row[0]) for row in rows if len(row) > 1), default=0.0)
    second = max((needed(row[1]) - (0 if len(row) > 2 else third) for row in rows if len(row) > 1), default=0.0)
    end = first + (width - third - first - second) / 2
    return round(max(width * _LEAST_SHARE, min(width - third - width * _LEAST_SHARE, end))), round(width - third)

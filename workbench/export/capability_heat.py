"""The capability grid as ops: a heat map with numbers, the same on screen and in files. No Qt.

Colour is the fifth part of the story: each cell has its number, its interval, the human mark and the gap in text.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from workbench.analysis.capability import GridView
from workbench.analysis.capability_cell import NOT_MEASURED, CellView
from workbench.analysis.capability_words import (
    ASPECT_WORD,
    between_text,
    gap_between_text,
    gap_text,
    human_text,
    place_text,
    rate_text,
    spoken,
)
from workbench.analysis.colours import contrast, luminance
from workbench.model.judgement import Aspect
from workbench.render.badges import verdict_ops
from workbench.render.ops import Ellipse, Group, Lines, Op, Ops, Polygon, RoundRect, TextOp
from workbench.render.text import Measure, fit
from workbench.render.theme import HeatColours, Theme, mix
from workbench.values import value_type

STEPS: Final = (0.25, 0.45, 0.65, 0.8)
"""Where the next lightness of the heat begins."""

BIG: Final = 20
TEXT: Final = 13
SMALL: Final = 12
_GAP: Final = 4.0
_PAD: Final = 10.0
_HEAD: Final = 42.0
_BETWEEN: Final = 24.0
"""Between attributes and coding practices: room for a line of words."""
_ROW_NAMES: Final = 156.0
_LEAST_CELL: Final = 176.0
_MOST_CELL: Final = 300.0
_CELL_HEIGHT: Final = 84.0
_BLANK_HEIGHT: Final = 44.0
"""Of a row in which nothing was measured."""
_CONTRAST: Final = 4.5
_HATCH: Final = 9.0
_SPARE: Final = 12.0
"""Between words at the left and at the right: other fonts run wider."""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


@value_type(frozen=True, slots=True)
class HeatLayout:
    """Where each cell stands.

    Attributes:
        boxes: by row and column.
        practices: where the heading above the coding practices stands; null where there is none.
    """

    width: float
    height: float
    names: float
    boxes: dict[tuple[str, str], Box]
    rows: dict[str, tuple[float, float]]
    columns: dict[str, tuple[float, float]]
    practices: float | None

    def at(self, x: float, y: float) -> tuple[str, str] | None:
        """Row and column of the cell under a point; None between cells."""
        for place, (left, top, width, height) in self.boxes.items():
            if left <= x < left + width and top <= y < top + height:
                return place
        return None


def least_width(view: GridView) -> float:
    """Width below which the cells of a grid cannot be read."""
    return _ROW_NAMES + max(1, len(view.columns)) * (_LEAST_CELL + _GAP)


def heat_layout(view: GridView, aspect: Aspect, width: float) -> HeatLayout:
    """Lay the cells of one aspect out in a width; narrower than ``least_width`` is not possible."""
    count = max(1, len(view.columns))
    cell = max(_LEAST_CELL, min(_MOST_CELL, (width - _ROW_NAMES) / count - _GAP))
    columns = {name: (_ROW_NAMES + i * (cell + _GAP), cell) for i, name in enumerate(view.columns)}
    rows: dict[str, tuple[float, float]] = {}
    y, practices = _HEAD, None
    for name in view.rows:
        if name in view.practices and practices is None:
            y += _BETWEEN if rows else 14.0
            practices = y - 8.0
        told = any(tells(view.cells[name, column, aspect]) for column in view.columns)
        height = _CELL_HEIGHT if told else _BLANK_HEIGHT
        rows[name] = (y, height)
        y += height + _GAP
    boxes = {(row, col): (x, top, w, h) for row, (top, h) in rows.items() for col, (x, w) in columns.items()}
    return HeatLayout(_ROW_NAMES + count * (cell + _GAP) - _GAP, y - _GAP, _ROW_NAMES, boxes, rows, columns, practices)


def tells(cell: CellView) -> bool:
    """Whether a cell has more to show than that nothing was measured; its note and its links are not drawn."""
    return cell.value is not None or cell.human is not None or cell.blank_reason != NOT_MEASURED


def heat_of(value: float, theme: Theme) -> HeatColours:
    """The step of the scale that a rate stands on."""
    return theme.heat[sum(value >= step for step in STEPS)]


def scale_words() -> tuple[str, ...]:
    """The steps of the scale in words."""
    marks = [f"{100 * step:.0f}" for step in STEPS]
    middle = [f"{low}–{high}" for low, high in pairwise(marks)]
    return (f"< {marks[0]}", *middle, f"≥ {marks[-1]} %")


def heat_ops(view: GridView, aspect: Aspect, layout: HeatLayout, theme: Theme, measure: Measure) -> Ops:
    """The heat map of one aspect, names included."""
    ops: list[Op] = []
    primary, secondary = theme.text.primary, theme.text.secondary
    for name, (left, width) in layout.columns.items():
        lines = fit(name, width=width - 8, max_lines=2, size=TEXT, weight=600, measure=measure).lines
        y = _HEAD - 8.0 - (len(lines) - 1) * TEXT * 1.2
        for number, line in enumerate(lines):
            ops.append(TextOp(left + width / 2, y + number * TEXT * 1.2, line, TEXT, 600, primary, "middle"))
    if layout.practices is not None:
        ops.append(TextOp(0.0, layout.practices, "Coding practice, any specification", SMALL, 600, secondary))
    for name, (top, height) in layout.rows.items():
        lines = fit(name, width=layout.names - 14, max_lines=4, size=TEXT, weight=400, measure=measure).lines
        y = top + height / 2 - (len(lines) - 1) * TEXT * 0.62 + TEXT * 0.35
        for number, line in enumerate(lines):
            ops.append(TextOp(0.0, y + number * TEXT * 1.24, line, TEXT, 400, primary))
    for (row, column), (left, top, width, height) in layout.boxes.items():
        cell = view.cells[row, column, aspect]
        drawn = cell_ops(cell, width, height, theme, measure)
        name = f"cell {ASPECT_WORD[aspect]} {row} {column}"
        ops.append(Group(drawn, name, "cell", spoken(cell) if cell.id else place_text(cell), left, top))
    return tuple(ops)


def cell_ops(cell: CellView, width: float, height: float, theme: Theme, measure: Measure) -> Ops:
    """One cell, its upper left corner at the origin."""
    if cell.value is None:
        return _blank(cell, width, height, theme, measure)
    colours = heat_of(cell.value, theme)
    text = colours.text
    edge = theme.border.strong if theme.heat.index(colours) == 0 else None
    ops: list[Op] = [RoundRect(0.5, 0.5, width - 1, height - 1, 3.0, colours.fill, edge)]
    if cell.stale:
        ops.append(_hatching(width, height, hatch_of(colours)))
    ops.append(TextOp(_PAD, 26.0, rate_text(cell.value), BIG, 600, text, struck=bool(cell.stale)))
    used = _PAD + measure.width(rate_text(cell.value), BIG, 600)
    if sign := verdict_sign(cell):
        ops += verdict_ops(sign, theme, used + 16.0, 19.0)
        used += 28.0
    marks = " · ".join(mark for mark, on in (("stale", bool(cell.stale)), ("typed", cell.typed)) if on)
    if marks:
        ops.append(TextOp(used + _SPARE, 25.0, marks, SMALL, 600, text))
        used += _SPARE + measure.width(marks, SMALL, 600)
    ops += _words(cell, text, measure, width, used)
    ops += _track(cell, text, colours.fill, width, height)
    return tuple(ops)


def verdict_sign(cell: CellView) -> str:
    """The badge of a cell: a blank one with a criterion is inconclusive; empty where it has none."""
    if cell.value is None:
        return "inconclusive" if cell.criterion is not None else ""
    return "stale" if cell.stale and cell.verdict is not None else cell.verdict or ""


def _words(cell: CellView, colour: str, measure: Measure, width: float, used: float) -> Ops:
    """Interval and n under the number; the human figure and the gap at the right, as much as there is room for."""
    bounds = between_text(cell.low, cell.high) if cell.low is not None and cell.high is not None else "no interval"
    n = f"n {cell.n:,}" if cell.n is not None else "n not known"
    ops: list[Op] = [TextOp(_PAD, 44.0, f"{bounds} · {n}", SMALL, 400, colour)]
    upper = _fitting((human_text(cell),), width - _PAD - used - _SPARE, measure)
    if upper:
        ops.append(TextOp(width - _PAD, 22.0, upper, SMALL, 400, colour, "end"))
    if cell.gap is not None:
        gap = f"gap {gap_text(cell.gap)}"
        between = ""
        if cell.gap_low is not None and cell.gap_high is not None:
            between = gap_between_text(cell.gap_low, cell.gap_high)
        left = _PAD + measure.width(f"{bounds} · {n}", SMALL, 400) + _SPARE
        texts = (f"{gap}, {between}", gap) if between else (gap,)
        lower = _fitting(texts, width - _PAD - left, measure, weight=600)
        if lower:
            ops.append(TextOp(width - _PAD, 44.0, lower, SMALL, 600, colour, "end"))
    return tuple(ops)


def _fitting(texts: Sequence[str], room: float, measure: Measure, weight: int = 400) -> str:
    """The first of some texts that fits; empty where none does."""
    return next((text for text in texts if measure.width(text, SMALL, weight) <= room), "")


def _track(cell: CellView, ink: str, ground: str, width: float, height: float) -> Ops:
    """The line from 0 to 100 % with model, interval, human mark and criterion."""
    y = height - 18.5
    left, length = _PAD + 4, width - 2 * _PAD - 8

    def x(value: float) -> float:
        return left + max(0.0, min(1.0, value)) * length

    ops: list[Op] = [Lines(((left, y, left + length, y),), mix(ink, ground, 0.45))]
    if cell.criterion is not None:
        at = x(cell.criterion.threshold)
        ops.append(Lines(((at, y - 8, at, y + 8),), ink, dash=(2.0, 2.0)))
    if cell.human is not None:
        ops += _human_mark(cell, cell.human, y, ink, ground, x)
    if cell.low is not None and cell.high is not None:
        low, high = x(cell.low), x(cell.high)
        ops.append(Lines(((low, y, high, y), (low, y - 4, low, y + 4), (high, y - 4, high, y + 4)), ink, 1.6))
    if cell.value is not None:
        fill = ground if cell.typed else ink
        ops.append(Ellipse(x(cell.value), y, 4.0, 4.0, fill=fill, stroke=ink, width=1.6))
    return tuple(ops)


def _human_mark(cell: CellView, human: float, y: float, ink: str, ground: str, x: Callable[[float], float]) -> list[Op]:
    """A diamond for the human figure, hollow where it is a constant, with its own interval below the line."""
    ops: list[Op] = []
    if cell.human_low is not None and cell.human_high is not None:
        low, high = x(cell.human_low), x(cell.human_high)
        ops.append(Lines(((low, y + 7, high, y + 7), (low, y + 5, low, y + 9), (high, y + 5, high, y + 9)), ink))
    fill = ground if cell.human_constant else ink
    ops.append(diamond(x(human), y, 5.0, fill, ink))
    return ops


def diamond(x: float, y: float, half: float, fill: str, stroke: str) -> Polygon:
    """The sign of human figures, centred on a place."""
    return Polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), fill, stroke, 1.4)


def _blank(cell: CellView, width: float, height: float, theme: Theme, measure: Measure) -> Ops:
    """A cell without a figure: dashed, and why."""
    ops: list[Op] = [
        RoundRect(0.5, 0.5, width - 1, height - 1, 3.0, theme.surface.canvas, theme.text.secondary, 1.0, (4.0, 3.0))
    ]
    lines = [*fit(cell.blank_reason, width=width - 16, max_lines=2, size=SMALL, weight=400, measure=measure).lines]
    extra = human_text(cell)
    if extra:
        lines.append(extra)
    y = height / 2 - (len(lines) - 1) * 8.5 + SMALL * 0.35
    for number, line in enumerate(lines):
        ops.append(TextOp(width / 2, y + number * 17.0, line, SMALL, 400, theme.text.secondary, "middle"))
    if sign := verdict_sign(cell):
        ops += verdict_ops(sign, theme, 16.0, 18.0)
    return tuple(ops)


def _hatching(width: float, height: float, colour: str) -> Lines:
    """Slanting lines inside a cell."""
    segments = []
    start = -height + _HATCH
    while start < width:
        x1, y1 = max(start, 1.0), 1.0 if start > 1.0 else 1.0 + (1.0 - start)
        x2 = min(start + height, width - 1.0)
        y2 = y1 + (x2 - x1)
        if y2 > height - 1.0:
            x2, y2 = x2 - (y2 - height + 1.0), height - 1.0
        if x2 > x1:
            segments.append((x1, y1, x2, y2))
        start += _HATCH
    return Lines(tuple(segments), colour, 2.0)


def hatch_of(colours: HeatColours) -> str:
    """A colour for hatching that text of the cell can still be read on."""
    nearer = mix(colours.text, colours.fill, 0.2)
    if contrast(nearer, colours.text) >= _CONTRAST:
        return nearer
    away = "#000000" if luminance(colours.text) > luminance(colours.fill) else "#FFFFFF"
    return mix(away, colours.fill, 0.3)


def shown_aspects(view: GridView) -> tuple[Aspect, ...]:
    """The aspects of a grid that hold something; execution where none does."""
    used: tuple[Aspect, ...] = tuple(aspect for aspect in ("execution", "understanding") if view.used(aspect))
    return used or ("execution",)

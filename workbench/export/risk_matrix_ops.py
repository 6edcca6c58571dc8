"""The risk matrix as ops, the same on screen and in files: cells with index, level and steps; hazards as marks. No Qt.

An initial rating is a hollow, dashed mark, a residual one a solid mark; an arrow leads from one to the other. Where the
marks of a cell do not fit, or there are more than four, one mark for each phase counts them.
"""

from typing import Final

from workbench.analysis.risk_matrix import Cell, Entry, MatrixView
from workbench.export.risk_matrix_arrows import MARK, Box, arrow_ops
from workbench.model.judgement import Phase
from workbench.render.characters import clean
from workbench.render.ops import Group, Op, Ops, RoundRect, TextOp
from workbench.render.text import Measure, elide
from workbench.render.theme import RiskColours, Theme
from workbench.values import value_type

TEXT: Final = 13
SMALL: Final = 12
MOST: Final = 4
"""Marks in one cell before they are counted."""
MOST_ARROWS: Final = 24
"""Arrows drawn at once; more are a tangle."""
FEWER: Final = f"Of the arrows, the {MOST_ARROWS} that most hazards take are drawn."
LEAST_CELL: Final = (130.0, 25.0)
_GAP: Final = 3.0
_NAMES: Final = 124.0
_HEAD: Final = 22.0
_HEAD_TALL: Final = 40.0
_TALL: Final = 58.0
"""From this height on a cell has its index above its marks instead of beside them."""
_BESIDE: Final = 108.0
_PAD: Final = 7.0
_BETWEEN: Final = 5.0


@value_type(frozen=True, slots=True)
class Mark:
    """One mark: a hazard, or as many as ``entries`` says."""

    x: float
    y: float
    w: float
    phase: Phase
    entries: tuple[Entry, ...]
    text: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        return abs(x - self.x) <= self.w / 2 and abs(y - self.y) <= MARK / 2


@value_type(frozen=True, slots=True)
class MatrixLayout:
    """Where cells and marks stand.

    Attributes:
        boxes: by cell; ``rows`` and ``columns``: top or left, and extent, by code.
    """

    width: float
    height: float
    boxes: dict[Cell, Box]
    rows: dict[str, tuple[float, float]]
    columns: dict[str, tuple[float, float]]
    marks: tuple[Mark, ...]

    def at(self, x: float, y: float) -> Cell | None:
        """The cell under a point."""
        for cell, (left, top, width, height) in self.boxes.items():
            if left <= x < left + width and top <= y < top + height:
                return cell
        return None

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark under a point; the one on top where several overlap."""
        return next((mark for mark in reversed(self.marks) if mark.holds(x, y)), None)


def least_size(view: MatrixView) -> tuple[float, float]:
    """Width and height below which cells cannot be read."""
    columns, rows = max(1, len(view.severities)), max(1, len(view.frequencies))
    return _NAMES + columns * (LEAST_CELL[0] + _GAP), _HEAD + rows * (LEAST_CELL[1] + _GAP)


def matrix_layout(view: MatrixView, width: float, height: float, measure: Measure) -> MatrixLayout:
    """Cells over the room at hand, and a place for every mark."""
    least = least_size(view)
    width, height = max(width, least[0]), max(height, least[1])
    count_x, count_y = max(1, len(view.severities)), max(1, len(view.frequencies))
    head = _HEAD_TALL if (height - _HEAD_TALL) / count_y - _GAP >= _TALL else _HEAD
    wide = (width - _NAMES) / count_x - _GAP
    tall = (height - head) / count_y - _GAP
    columns = {c.code: (_NAMES + i * (wide + _GAP), wide) for i, c in enumerate(view.severities)}
    rows = {c.code: (head + i * (tall + _GAP), tall) for i, c in enumerate(view.frequencies)}
    boxes = {(s, f): (x, y, w, h) for s, (x, w) in columns.items() for f, (y, h) in rows.items()}
    marks = [mark for cell, box in boxes.items() for mark in _marks(view, cell, box, measure)]
    return MatrixLayout(width, height, boxes, rows, columns, tuple(marks))


def _marks(view: MatrixView, cell: Cell, box: Box, measure: Measure) -> list[Mark]:
    groups: list[tuple[Phase, tuple[Entry, ...], str]] = []
    for phase in view.phases:
        groups += [(phase, (entry,), _label(entry, phase)) for entry in view.within(cell, phase)]
    tall = box[3] >= _TALL
    room = box[2] - 2 * _PAD if tall else box[2] - _BESIDE - _PAD
    widths = [_wide(text, measure) for _, _, text in groups]
    if len(groups) > MOST or sum(widths) + _BETWEEN * (len(widths) - 1) > room:
        groups = [
            (phase, found, f"{len(found)}\u00d7") for phase in view.phases if (found := tuple(view.within(cell, phase)))
        ]
        widths = [_wide(text, measure) for _, _, text in groups]
    total = sum(widths) + _BETWEEN * (len(widths) - 1)
    begin = box[0] + (box[2] - total) / 2 if tall else box[0] + _BESIDE + max(0.0, (room - total) / 2)
    y = box[1] + (box[3] + 18) / 2 if tall else box[1] + box[3] / 2
    made = []
    for (phase, entries, text), wide in zip(groups, widths, strict=True):
        made.append(Mark(begin + wide / 2, y, wide, phase, entries, text))
        begin += wide + _BETWEEN
    return made


def _label(entry: Entry, phase: Phase) -> str:
    rating = entry.rating(phase)
    code = entry.code or entry.title or "?"
    return f"{code[:8]}{'*' if rating is not None and rating.inherited else ''}"


def _wide(text: str, measure: Measure) -> float:
    return max(MARK + 4.0, measure.width(text, SMALL, 600) + 14.0)


def matrix_ops(view: MatrixView, layout: MatrixLayout, theme: Theme, measure: Measure, *, lit: frozenset[str]) -> Ops:
    """The matrix from its upper left corner.

    Args:
        lit: hazards that are selected; their marks are ringed.
    """
    ops: list[Op] = [*_heads(view, layout, theme, measure)]
    words: list[_Words] = []
    for cell, box in layout.boxes.items():
        level = view.levels[cell]
        colours = theme.level(level.steps, level.colour)
        words.append(_words(cell, level.name, level.steps, box, colours, measure))
        ground = RoundRect(box[0] + 0.5, box[1] + 0.5, box[2] - 1, box[3] - 1, 4.0, colours.fill, colours.border)
        ops.append(Group((ground,), f"cell {cell[0]}{cell[1]}", "cell"))
    if view.shown == "both":
        boxes = [box for said in words for box in said.boxes]
        top = min(box[1] for box in layout.boxes.values()) if layout.boxes else 0.0
        room = (_NAMES, top, layout.width - _NAMES, layout.height - top)
        ops += arrow_ops(_pairs(layout, lit), room, boxes, layout.marks, theme)
    ops += [Group(said.ops, css="words") for said in words]
    for mark in layout.marks:
        title = ", ".join(f"{entry.code} {entry.title}".strip() for entry in mark.entries[:20])
        ring = any(entry.hazard in lit for entry in mark.entries)
        ops.append(Group(_mark(mark, theme, ring=ring), css=f"mark {mark.phase}", title=title))
    return tuple(ops)


def _heads(view: MatrixView, layout: MatrixLayout, theme: Theme, measure: Measure) -> Ops:
    ops: list[Op] = []
    for category in view.severities:
        left, wide = layout.columns[category.code]
        shown = clean(category.code)
        tall = next(iter(layout.rows.values()), (_HEAD, 0.0))[0] > _HEAD
        middle = left + wide / 2
        name = elide(category.name, width=wide - 4, size=TEXT, weight=400, measure=measure)
        if tall:
            ops.append(TextOp(middle, 15.0, shown, 15, 600, theme.text.primary, "middle"))
            ops.append(TextOp(middle, 32.0, name, TEXT, 400, theme.text.secondary, "middle"))
        else:
            code = measure.width(shown, TEXT, 600)
            name = elide(category.name, width=wide - code - 10, size=TEXT, weight=400, measure=measure)
            begin = middle - (code + 6 + measure.width(name, TEXT, 400)) / 2
            ops.append(TextOp(begin, 15.0, shown, TEXT, 600, theme.text.primary))
            ops.append(TextOp(begin + code + 6, 15.0, name, TEXT, 400, theme.text.secondary))
    for category in view.frequencies:
        top, tall_row = layout.rows[category.code]
        shown = clean(category.code)
        base = top + tall_row / 2 + 4.5
        ops.append(TextOp(0.0, base, shown, 15, 600, theme.text.primary))
        begin = max(18.0, measure.width(shown, 15, 600) + 8.0)
        name = elide(category.name, width=_NAMES - begin - 8, size=TEXT, weight=400, measure=measure)
        ops.append(TextOp(begin, base, name, TEXT, 400, theme.text.secondary))
    return tuple(ops)


@value_type(frozen=True, slots=True)
class _Words:
    """What a cell says of itself, and where no arrow should run."""

    ops: Ops
    boxes: tuple[Box, ...]


def _words(cell: Cell, level: str, steps: int, box: Box, colours: RiskColours, measure: Measure) -> _Words:
    """Index, level and steps of a cell, on the ground of the cell: an arrow that finds no way around runs beneath."""
    left, top, width, height = box
    index, name = clean(f"{cell[0]}{cell[1]}"), level or "No level"
    tall = height >= _TALL
    base = top + 18.0 if tall else top + height / 2 + 4.2
    begin = left + _PAD + measure.width(index, SMALL, 600) + 6.0
    step_left = left + width - 24.0 if tall else begin
    begin += 0.0 if tall else 21.0
    end = left + (width - 30.0 if tall else _BESIDE)
    name = elide(name, width=end - begin, size=SMALL, weight=400, measure=measure)
    end = begin + measure.width(name, SMALL, 400)
    boxes: tuple[Box, ...] = ((left + _PAD, base - 9.5, end - left - _PAD, 12.5),)
    boxes += ((step_left, base - 9.5, 16.0, 10.0),) if tall else ()
    grounds = [RoundRect(x - 1.5, y - 1.5, w + 3.0, h + 3.0, 2.0, colours.fill) for x, y, w, h in boxes]
    said = TextOp(left + _PAD, base, index, SMALL, 600, colours.text)
    named = TextOp(begin, base, name, SMALL, 400, colours.text)
    return _Words((*grounds, said, named, *_steps(step_left, base, steps, colours.text)), boxes)


def _steps(x: float, foot: float, steps: int, ink: str) -> Ops:
    """Four steps, filled up to the level."""
    ops: list[Op] = []
    for step in range(4):
        tall, left = 3 + 1.9 * step, x + step * 3.9
        if step < steps:
            ops.append(RoundRect(left, foot - tall, 2.7, tall, fill=ink))
        else:
            ops.append(RoundRect(left + 0.25, foot - tall + 0.25, 2.2, tall - 0.5, stroke=ink, width=0.5))
    return tuple(ops)


def _mark(mark: Mark, theme: Theme, *, ring: bool) -> Ops:
    ink, ground = theme.text.primary, theme.surface.canvas
    left, top, r = mark.x - mark.w / 2, mark.y - MARK / 2, MARK / 2
    solid = mark.phase == "residual"
    ops: list[Op] = []
    if ring:
        ops.append(RoundRect(left - 4, top - 4, mark.w + 8, MARK + 8, r + 4, ground))
        ops.append(RoundRect(left - 3, top - 3, mark.w + 6, MARK + 6, r + 3, ground, theme.selection.ring, 2.0))
    else:
        ops.append(RoundRect(left - 1.5, top - 1.5, mark.w + 3, MARK + 3, r + 1.5, ground))
    if solid:
        ops.append(RoundRect(left, top, mark.w, MARK, r, ink))
    else:
        ops.append(RoundRect(left + 0.5, top + 0.5, mark.w - 1, MARK - 1, r - 0.5, ground, ink, 1.0, (3.0, 2.0)))
    ops.append(TextOp(mark.x, mark.y + 4.2, mark.text, SMALL, 600, ground if solid else ink, "middle"))
    return tuple(ops)


def ways(layout: MatrixLayout) -> dict[tuple[int, int], list[str]]:
    """Hazards by the way they take: places of the marks they stand in before and after their controls."""
    after = {entry.hazard: at for at, m in enumerate(layout.marks) if m.phase == "residual" for entry in m.entries}
    found: dict[tuple[int, int], list[str]] = {}
    for at, mark in enumerate(layout.marks):
        for entry in mark.entries if mark.phase == "initial" else ():
            if entry.hazard in after:
                found.setdefault((at, after[entry.hazard]), []).append(entry.hazard)
    return found


def _pairs(layout: MatrixLayout, lit: frozenset[str]) -> list[tuple[Mark, Mark]]:
    """The arrows drawn; of more than can be told apart, those that selected hazards take, or most hazards do."""
    taken = ways(layout)
    if len(taken) > MOST_ARROWS:
        lit_ways = {way: hazards for way, hazards in taken.items() if not lit.isdisjoint(hazards)}
        taken = dict(sorted((lit_ways or taken).items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_ARROWS])
    return [(layout.marks[before], layout.marks[now]) for before, now in taken]

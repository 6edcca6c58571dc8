"""One row of the hazard log as a large card: who, what, how bad before and after, and what stands against it. No Qt."""

from datetime import date
from typing import Final

from workbench.analysis.hazard_log import KIND_OF, LogReader, LogRow
from workbench.analysis.risk import scheme_of
from workbench.export.card_flow import LINE, Flow, chip_height, least_size, level_chip
from workbench.export.log_sheet import cell_of
from workbench.files.log_text import SHOWN
from workbench.model.elements import Hazard
from workbench.model.judgement import RiskScheme
from workbench.render.ops import Group, Lines, Op, Ops, RoundRect, TextOp
from workbench.render.picture import Chip
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store

GONE: Final = "This hazard is no longer in the project."
NOT_RATED: Final = "not rated"
_NONE: Final = "None"
_FACTS: Final = (
    *("application", "users", "vector", "protected_characteristics", "assets"),
    *("dimensions", "owner", "status", "accepted"),
)


def log_row_ops(
    store: Store,
    hazard: str,
    theme: Theme,
    measure: Measure,
    width: float,
    height: float,
    as_of: date | None = None,
    *,
    stage: float | None = None,
) -> Ops:
    """One hazard of the log, from (0, 0) to the size asked for; lists that do not fit say how many are left out.

    Args:
        store: the document; ``theme``: its colours; ``measure``: of its letters.
        hazard: id of the hazard; one that is gone gives a card that says so.
        width: of the card, with ``height``.
        as_of: the day by which acceptances run out; else the newest day stored in the project.
        stage: height of the screen the card stands on, which its text is held against; else the card’s own.
    """
    size = least_size(stage or height)
    ground = RoundRect(0, 0, width, height, 0, theme.surface.canvas)
    record = store.find(hazard, Hazard)
    if record is None:
        return (ground, TextOp(width / 2, height / 2, GONE, size, 400, theme.text.secondary, "middle"))
    row = LogReader(store, as_of).row(record)
    pad = size * 2.0
    left, right = pad, width - pad
    ops: list[Op] = [ground]
    head = Flow(left, pad * 0.7, right - left, height, measure, ops)
    title = f"{row.code} {' '.join(row.title.split())}".strip()
    head.text(title, round(size * 1.9), theme.text.primary, weight=600, lines=2)
    _ratings(head, row, scheme_of(store), theme, measure, round(size * 1.25))
    if " ".join(row.description.split()) not in ("", " ".join(row.title.split())):
        head.text(row.description, round(size * 1.1), theme.text.primary, lines=4, before=size * 0.4)
    head.text(f"Source: {row.source}" if row.source.strip() else "", size, theme.text.secondary, before=size * 0.2)
    foot: list[Op] = []
    facts = Flow(0.0, 0.0, right - left, size * 12.0, measure, foot)
    _facts(facts, row, theme, measure, size)
    top, bottom = head.y + size * 0.8, height - pad * 0.7 - facts.y
    ops.append(Group(tuple(foot), css="facts", dx=left, dy=bottom))
    gap = size * 1.5
    wide = (right - left - gap * (len(KIND_OF) - 1)) / len(KIND_OF)
    for number, column in enumerate(KIND_OF):
        lines = cell_of(row, column).lines
        box = (left + number * (wide + gap), top, wide, bottom - size * 0.8)
        _list(ops, SHOWN[column], lines, box, theme, measure, round(size * 1.2))
    return (Group(tuple(ops), css="hazard", title=title),)


def _ratings(flow: Flow, row: LogRow, scheme: RiskScheme | None, theme: Theme, measure: Measure, size: int) -> None:
    """Both ratings in a line, before and after the controls."""
    x, top = flow.x, flow.y + size * 0.4
    colours = {level.name: level.colour for level in scheme.levels} if scheme is not None else {}
    base = top + size
    for word, rating in (("Initial", row.hri), ("Residual", row.hri_post)):
        flow.ops.append(TextOp(x, base, word, size, 400, theme.text.secondary))
        x += measure.width(word, size, 400) + size * 0.5
        if rating is None:
            flow.ops.append(TextOp(x, base, NOT_RATED, size, 600, theme.text.primary))
            x += measure.width(NOT_RATED, size, 600) + size * 1.6
            continue
        text = f"{rating.index} {rating.level}"
        chip = Chip(rating.level, rating.steps, text, colours.get(rating.level, ""), rating.inherited)
        y = base - size * 0.335 - chip_height(size, theme) / 2
        drawn, wide = level_chip(chip, theme, measure, x, y, size, flow.width * 0.35)
        flow.ops += drawn
        x += wide + size * 1.6
    flow.y = base + size * 0.6


def _facts(flow: Flow, row: LogRow, theme: Theme, measure: Measure, size: int) -> None:
    """The short columns in two columns of name and value, those without a value left out."""
    found = [(SHOWN[name], ", ".join(cell_of(row, name).lines)) for name in _FACTS]
    found = [(name, value) for name, value in found if value]
    if not found:
        return
    flow.ops.append(Lines(((0.0, 0.0, flow.width, 0.0),), theme.border.base, size / 18))
    half = (flow.width - size * 1.5) / 2
    names = min(half * 0.4, max(measure.width(name, size, 400) for name, _ in found) + size * 0.8)
    rows = (len(found) + 1) // 2
    lowest = 0.0
    for column, entries in enumerate((found[:rows], found[rows:])):
        x = column * (half + size * 1.5)
        y = size * 0.6
        for name, value in entries:
            label = Flow(x, y, names - size * 0.4, flow.bottom, flow.measure, flow.ops)
            label.text(name, size, theme.text.secondary)
            said = Flow(x + names, y, half - names, flow.bottom, flow.measure, flow.ops)
            said.text(value, size, theme.text.primary, lines=2)
            y = max(label.y, said.y)
        lowest = max(lowest, y)
    flow.y = lowest


def _list(
    ops: list[Op],
    heading: str,
    lines: tuple[str, ...],
    box: tuple[float, float, float, float],
    theme: Theme,
    measure: Measure,
    size: int,
) -> None:
    """A heading with how many there are, and as many entries as fit; ``box`` is left, top, width and foot."""
    left, top, wide, foot = box
    flow = Flow(left, top, wide, foot, measure, ops)
    counted = f"{heading} ({len(lines)})" if lines else heading
    flow.text(counted, size, theme.text.primary, weight=600)
    rule = flow.y + size * 0.15
    ops.append(Lines(((left, rule, left + wide, rule),), theme.border.strong, size / 18))
    flow.y += size * 0.4
    if not lines:
        flow.text(_NONE, size, theme.text.secondary)
    for number, line in enumerate(lines):
        rest = len(lines) - number
        room = int((foot - flow.y - size * 0.15) / (size * LINE))
        if room < (2 if rest > 1 else 1):
            flow.text(f"and {rest} more", size, theme.text.secondary, before=size * 0.15)
            break
        flow.text(line, size, theme.text.primary, lines=min(3, room - (rest > 1)), before=size * 0.15)

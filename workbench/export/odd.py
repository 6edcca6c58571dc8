"""The coverage of the operational design domain, written as a figure (PNG, SVG, PDF) or a table (CSV, Markdown, HTML).

The same project gives the same bytes.
"""

from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final, cast, get_args

from workbench.analysis.odd_coverage import (
    DIMENSION_GROUP,
    STATE_WORD,
    STATES,
    Coverage,
    Group,
    State,
    Verdict,
    coverage,
    has_taxonomy,
)
from workbench.export.dates import figure_time, spelled
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.gui import ensure_gui
from workbench.export.odd_signs import sign_ops, state_ink
from workbench.export.odd_table import TITLE, TableFormat, odd_table, summary
from workbench.export.options import ExportOptions, check, format_of
from workbench.export.out_file import check_place, put
from workbench.export.sheet import Sheet
from workbench.export.sheet_file import sheet_file
from workbench.render.badges import finding_ops
from workbench.render.fonts import qt_measure
from workbench.render.ops import Group as OpGroup
from workbench.render.ops import Lines, Op, Ops, TextOp
from workbench.render.text import Measure, elide, fit
from workbench.render.theme import Theme, load_theme
from workbench.store.store import Store

NO_TAXONOMY: Final = "the project has no taxonomy of its operating domain to export; add the baseline taxonomy first."
TABLES: Final[tuple[TableFormat, ...]] = get_args(TableFormat)
_MARGIN: Final = 40.0
_COLUMNS: Final = 3
_WIDTH: Final = 420.0
_GAP: Final = 32.0
_ROW: Final = 22.0
_HEAD: Final = 34.0
_BELOW: Final = 18.0
_TEXT: Final = 13
_HEADING: Final = 15
_TITLE: Final = 27
_INDENT: Final = 16.0
_AT_MOST: Final = 400
"""Rows of a figure; a longer taxonomy is for the tables."""

Block = tuple[str, str, list[tuple[str, int, Verdict]]]
"""Heading, count, and name, depth and verdict of each row."""


def export_odd(store: Store, out: Path, *, options: ExportOptions | None = None) -> int:
    """Write the coverage into a file whose ending says the format; returns its bytes.

    Raises:
        ExportError: an option, the file name or the folder does not do, or there is no taxonomy. Nothing was written.
    """
    check_place(out)
    ending = out.suffix[1:].lower()
    if ending in TABLES:
        data = table_bytes(store, ending)
    else:
        data = odd_bytes(store, replace(options or ExportOptions(), format=format_of(out)))
    return put(out, data)


def table_bytes(store: Store, format: str) -> bytes:
    """The table as ``csv``, ``md`` or ``html``.

    Raises:
        ExportError: there is no taxonomy.
    """
    if not has_taxonomy(store):
        raise ExportError(NO_TAXONOMY)
    return odd_table(store, cast("TableFormat", format))


def odd_bytes(store: Store, options: ExportOptions | None = None) -> bytes:
    """The file of the figure.

    Raises:
        ExportError: an option does not do, or there is no taxonomy.
    """
    wanted = options or ExportOptions()
    sheet = odd_sheet(store, wanted)
    return sheet_file(store, [sheet], wanted)


def odd_sheet(store: Store, options: ExportOptions) -> Sheet:
    """The figure, ready to be written.

    Raises:
        ExportError: an option does not do, there is no taxonomy, or it is too long for a figure.
    """
    check(options)
    if not has_taxonomy(store):
        raise ExportError(NO_TAXONOMY)
    time = figure_time(store, options.as_of)
    whole = coverage(store)
    if whole.total > _AT_MOST:
        raise ExportError(f"a figure holds {_AT_MOST} entries and the taxonomy has {whole.total}; export a table.")
    ensure_gui()
    theme, measure = load_theme(options.theme), qt_measure()
    body, width, height = _body(whole, theme, measure)
    if not options.furniture:
        size = (width + 32.0, height + 32.0)
        return Sheet(TITLE, *size, theme.surface.canvas, (OpGroup(body, "figure", dx=16.0, dy=16.0),), time)
    words = [summary(whole), one_line(project_of(store).title) or UNTITLED_PROJECT]
    words += [spelled(time.date())] if time is not None else []
    head: list[Op] = [TextOp(0.0, _TITLE, TITLE, _TITLE, 600, theme.text.primary)]
    y = float(_TITLE)
    for line in fit(" · ".join(words), width=width, max_lines=2, size=_HEADING, weight=400, measure=measure).lines:
        y += _HEADING * 1.7
        head.append(TextOp(0.0, y, line, _HEADING, 400, theme.text.secondary))
    top = _MARGIN + y + 22.0
    ops = (
        OpGroup(tuple(head), "heading", dx=_MARGIN, dy=_MARGIN),
        OpGroup(body, "figure", dx=_MARGIN, dy=top),
        OpGroup(_legend(whole, theme, measure), "legend", dx=_MARGIN, dy=top + height + 10.0),
    )
    full = float(ceil(top + height + 30.0 + _MARGIN))
    return Sheet(TITLE, float(ceil(width + 2 * _MARGIN)), full, theme.surface.canvas, ops, time)


def _blocks(whole: Coverage) -> list[Block]:
    made = [_block(group) for group in whole.groups]
    considered = sum(dimension.considered for dimension in whole.dimensions)
    rows = []
    for dimension in whole.dimensions:
        state: State = "hazard_found" if dimension.considered else "not_considered"
        rows.append((dimension.name.capitalize(), 0, Verdict(state, False, dimension.hazards)))
    return [*made, (DIMENSION_GROUP, f"{considered} of {len(rows)}", rows)]


def _block(group: Group) -> Block:
    rows = [(entry.name, entry.depth, entry.verdict) for entry in group.entries]
    return one_line(group.name), f"{group.considered} of {len(group.entries)}", rows


def _body(whole: Coverage, theme: Theme, measure: Measure) -> tuple[Ops, float, float]:
    """The groups in columns, each where there is most room; with width and height."""
    ops: list[Op] = []
    reach = [0.0] * _COLUMNS
    for number, block in enumerate(_blocks(whole)):
        column = reach.index(min(reach))
        drawn = _block_ops(block, theme, measure)
        ops.append(OpGroup(drawn, f"group {number + 1}", "group", dx=column * (_WIDTH + _GAP), dy=reach[column]))
        reach[column] += _HEAD + len(block[2]) * _ROW + _BELOW
    used = sum(end > 0 for end in reach)
    return tuple(ops), used * (_WIDTH + _GAP) - _GAP, max(reach)


def _block_ops(block: Block, theme: Theme, measure: Measure) -> Ops:
    heading, count, rows = block
    ink, dim = theme.text.primary, theme.text.secondary
    ops: list[Op] = [
        TextOp(0.0, 18.0, _cut(heading, _WIDTH - 90, measure, _HEADING, 600), _HEADING, 600, ink),
        TextOp(_WIDTH, 18.0, count, _TEXT, 400, dim, "end"),
        Lines(((0.0, 26.5, _WIDTH, 26.5),), theme.border.strong),
    ]
    for number, (name, depth, verdict) in enumerate(rows):
        y = _HEAD + number * _ROW
        left = min(depth, 4) * _INDENT
        ops += sign_ops(verdict.state, theme, left + 8.0, y + 8.0)
        names = ", ".join(one_line(hazard.name) for hazard in verdict.hazards)
        told = names or ("" if verdict.conflict else STATE_WORD[verdict.state])
        if verdict.conflict:
            told = f"against {names}" if names else "no hazard carries it"
            ops += finding_ops("warning", theme, left + 28.0, y + 9.0)
            left += 20.0
        right = _cut(told, 170.0, measure)
        room = _WIDTH - left - 34.0 - measure.width(right, _TEXT, 400)
        ops.append(TextOp(left + 23.0, y + 12.5, _cut(one_line(name), room, measure), _TEXT, 400, ink))
        tint = theme.verdict["refutes"].text if verdict.conflict else ink if names else state_ink(verdict.state, theme)
        ops.append(TextOp(_WIDTH, y + 12.5, right, _TEXT, 400, tint, "end"))
    return tuple(ops)


def _cut(text: str, width: float, measure: Measure, size: int = _TEXT, weight: int = 400) -> str:
    return elide(text, width=width, size=size, weight=weight, measure=measure)


def _legend(whole: Coverage, theme: Theme, measure: Measure) -> Ops:
    """The signs in use with their words."""
    used = {verdict.state for _, _, rows in _blocks(whole) for _, _, verdict in rows}
    ops: list[Op] = []
    x = 0.0
    for state in STATES:
        if state in used:
            ops += sign_ops(state, theme, x + 8.0, 8.0)
            ops.append(TextOp(x + 23.0, 12.5, STATE_WORD[state], _TEXT, 400, theme.text.primary))
            x += 23.0 + measure.width(STATE_WORD[state], _TEXT, 400) + 28.0
    if whole.conflicts:
        ops += finding_ops("warning", theme, x + 9.0, 9.0)
        ops.append(TextOp(x + 25.0, 12.5, "Decision against the hazards", _TEXT, 400, theme.text.primary))
    return tuple(ops)

"""Two versions of a project as one picture: what was added, removed, changed and moved, by colour and sign.

Loads Qt; the command imports this module only when a picture is wanted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor
from pathlib import Path
from typing import Final

from workbench.analysis.changes import Group as ChangeGroup
from workbench.analysis.changes import as_text, grouped
from workbench.analysis.changes_drawn import MARKS, Mark, marks, union
from workbench.commands.errors import CommandError
from workbench.commands.find import resolve_diagram
from workbench.export.api import NO_DIAGRAM, Exported, write_sheets
from workbench.export.errors import ExportError
from workbench.export.extent import extent
from workbench.export.facts import UNTITLED_DIAGRAM, diagrams_in_order, facts_for, one_line
from workbench.export.figure import figure_ops
from workbench.export.gui import ensure_gui
from workbench.export.options import ExportOptions, check, format_of
from workbench.export.out_file import check_place
from workbench.export.sheet import Sheet
from workbench.export.sheet_file import sheet_file
from workbench.files.comparison import compare
from workbench.model.base import Record
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.change_layer import FADED, bar_marks, link_marks, node_marks, tag_ops
from workbench.render.fonts import qt_measure
from workbench.render.ops import Group, Op, Ops, TextOp
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme, load_theme
from workbench.store.collector import collector_paused
from workbench.store.diff import Diff
from workbench.store.store import Store

_MARGIN: Final = 40.0
_TITLE: Final = 27
_TEXT: Final = 13
_LINE: Final = 19.0
_LEAST_WIDTH: Final = 760.0
_MOST_LINES: Final = 60
_WORD: Final[dict[Mark, str]] = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved"}

_LAYER: Final[tuple[Mark, ...]] = ("moved", "removed", "changed", "added")

Records = Mapping[str, Record]


def export_difference(
    before: Store, after: Store, out: Path, *, diagram: str | None = None, options: ExportOptions | None = None
) -> Exported:
    """Draw what differs on a diagram into a file whose ending says the format, replacing what lay there in one step.

    Args:
        diagram: id, title or number in either version; None: the first by order on which something differs, in a PDF
            every such diagram, one a page.

    Raises:
        ExportError: an option, the file name, the diagram or the folder does not do. Nothing was written.
    """
    wanted = replace(options or ExportOptions(), format=format_of(out))
    check(wanted)
    check_place(out)
    both = Store(union(before.records, after.records).values())
    found = compare(before.records, after.records)
    chosen = _chosen(both, found, before, after, diagram, every=wanted.format == "pdf")
    ensure_gui()
    with collector_paused():
        sheets = [_sheet(one, both, before, after, found, wanted) for one in chosen]
    return write_sheets(after, out, sheets, wanted)


def changed_pictures(before: Store, after: Store, options: ExportOptions) -> list[tuple[str, bytes]]:
    """Title and file, in the format that ``options`` name, of every diagram on which something differs, in order.

    Titles and the list of changes are left to whoever shows the pictures.

    Raises:
        ExportError: an option does not do.
    """
    check(options)
    both = Store(union(before.records, after.records).values())
    found = compare(before.records, after.records)
    pictures = []
    with collector_paused():
        for diagram in changed_diagrams(both, found, before.records, after.records):
            sheet = _sheet(diagram, both, before, after, found, options, told=False)
            pictures.append((sheet.title, sheet_file(after, [sheet], options)))
    return pictures


def changed_diagrams(both: Store, found: Diff, before: Records, after: Records) -> list[Diagram]:
    """Diagrams of either version on which something is marked, in order."""
    return [diagram for diagram in diagrams_in_order(both) if _seen(both, found, before, after, diagram)]


def _seen(both: Store, found: Diff, before: Records, after: Records, diagram: Diagram) -> bool:
    ensure_gui()
    picture = PictureBuilder(both, diagram.id, qt_measure()).picture
    drawn = {*picture.nodes, *picture.bars, *picture.links}
    return bool(drawn & marks(before, after, found, diagram.id).keys())


def _chosen(both: Store, found: Diff, before: Store, after: Store, wanted: str | None, *, every: bool) -> list[Diagram]:
    ordered = diagrams_in_order(both)
    if not ordered:
        raise ExportError(NO_DIAGRAM)
    if wanted is not None:
        try:
            diagram = both.find(resolve_diagram(both, wanted), Diagram)
        except CommandError as error:
            raise ExportError(f"{error}.") from error
        assert diagram is not None
        return [diagram]
    changed = changed_diagrams(both, found, before.records, after.records) or ordered
    return changed if every else changed[:1]


def _sheet(
    diagram: Diagram,
    both: Store,
    before: Store,
    after: Store,
    found: Diff,
    options: ExportOptions,
    *,
    told: bool = True,
) -> Sheet:
    """One picture; ``told``: its title stands above it, and every change of the project in words below."""
    theme, measure = load_theme(options.theme), qt_measure()
    picture = PictureBuilder(both, diagram.id, measure).picture
    old = PictureBuilder(before, diagram.id, measure).picture
    marked = marks(before.records, after.records, found, diagram.id)
    drawn = (*_figure(picture, marked, theme, measure), Group(_marks(picture, old, marked, theme), css="changes"))
    left, top, right, bottom = extent(drawn, measure) or (0.0, 0.0, _LEAST_WIDTH, 200.0)
    left, top = floor(left), floor(top)
    width, height = max(float(ceil(right) - left), _LEAST_WIDTH), float(ceil(bottom) - top)
    title = one_line(diagram.title) or UNTITLED_DIAGRAM
    seen = {*picture.nodes, *picture.bars, *picture.links}
    shown = Counter(mark for key, mark in marked.items() if key in seen)
    heading = fit(f"{title}: what changed", width=width, max_lines=1, size=_TITLE, weight=600, measure=measure)
    head = tuple(TextOp(0.0, 0.0, line, _TITLE, 600, theme.text.primary) for line in heading.lines)
    groups = grouped(before.records, after.records, found) if told else []
    foot, foot_height = _foot(groups, shown, width, theme, measure)
    diagram_top = _MARGIN + (_TITLE + 30.0 if told else 0.0)
    ops = (
        Group(head if told else (), id="heading", dx=_MARGIN, dy=_MARGIN + _TITLE),
        Group(drawn, id="diagram", dx=_MARGIN - left, dy=diagram_top - top),
        Group(foot, id="furniture", dx=_MARGIN, dy=diagram_top + height + 32.0),
    )
    full = (width + 2 * _MARGIN, float(ceil(diagram_top + height + 32.0 + foot_height + _MARGIN)))
    time = facts_for(both, diagram, options).time
    return Sheet(f"{title}: what changed", *full, theme.surface.canvas, ops, time)


def _figure(picture: DiagramPicture, marked: Mapping[str, Mark], theme: Theme, measure: Measure) -> Ops:
    faded = theme.blended(FADED)
    return figure_ops(picture, theme, measure, lambda key: faded if marked.get(key) == "removed" else theme)


def _marks(picture: DiagramPicture, old: DiagramPicture, marked: Mapping[str, Mark], theme: Theme) -> Ops:
    """Lines below, then bodies and controls; what is gone under what is there. The same file every time."""
    ordered = sorted(marked.items(), key=lambda one: (_LAYER.index(one[1]), one[0]))
    ops: list[Op] = []
    for key, mark in ordered:
        if key in picture.links:
            ops.append(Group(link_marks(picture.links[key], mark, theme), css=f"change {mark}"))
    for key, mark in ordered:
        if key in picture.nodes:
            before = old.nodes.get(key)
            was = before.box if before is not None else None
            ops.append(Group(node_marks(picture.nodes[key], mark, theme, was), css=f"change {mark}"))
        elif key in picture.bars:
            ops.append(Group(bar_marks(picture.bars[key], mark, theme), css=f"change {mark}"))
    return tuple(ops)


def _foot(
    groups: list[ChangeGroup], shown: Mapping[Mark, int], width: float, theme: Theme, measure: Measure
) -> tuple[Ops, float]:
    """The signs that are in use, and every change in words; how far they reach down."""
    ops: list[Op] = []
    x = 8.0
    for mark in MARKS:
        if shown.get(mark):
            words = f"{_WORD[mark]} ({shown[mark]})"
            ops += tag_ops(mark, theme, x, 0.0)
            ops.append(TextOp(x + 14, 4.5, words, _TEXT, 600, theme.text.primary))
            x += 14 + measure.width(words, _TEXT, 600) + 28
    rest = "What carries no sign is the same in both." if shown else "Nothing on this diagram differs."
    ops.append(TextOp(x if shown else 0.0, 4.5, rest, _TEXT, 400, theme.text.secondary))
    lines = as_text(groups)
    told = lines[:_MOST_LINES]
    if len(lines) > len(told):
        told.append(f"and {len(lines) - len(told)} lines more; the whole list: hazard-workbench diff")
    y = 34.0
    for line in told:
        indent = 18.0 if line.startswith(" ") else 0.0
        fitted = fit(line.strip(), width=width - indent, max_lines=2, size=_TEXT, weight=400, measure=measure)
        for part in fitted.lines:
            ops.append(TextOp(indent, y, part, _TEXT, 400, theme.text.primary))
            y += _LINE
    return tuple(ops), y

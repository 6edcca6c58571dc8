"""Exports: a project in, a file, bytes or an image out. The one door of this room for commands and menus.

Loads Qt; commands that draw nothing import this module only when they need it.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from workbench.analysis.lint.linter import check as check_project
from workbench.analysis.lint.tally import tallies
from workbench.commands.errors import CommandError
from workbench.commands.find import resolve_diagram
from workbench.evidence.dates import parse_time
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_DIAGRAM, diagrams_in_order, facts_for, one_line
from workbench.export.footnotes import footnotes_of
from workbench.export.gui import ensure_gui, here
from workbench.export.names import unique_names
from workbench.export.options import ExportOptions, Format, check, checked_format, format_of
from workbench.export.out_file import check_place, put
from workbench.export.part import part_of
from workbench.export.png import draw_image
from workbench.export.sheet import Sheet, sheet_for
from workbench.export.sheet_file import sheet_file, sheet_steps
from workbench.export.steps import Aside, Steps, between, finished
from workbench.files.fileops import FileOps
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.finding_layer import FindingLayer
from workbench.render.fonts import qt_measure
from workbench.render.lighting import lit_on
from workbench.render.text import Measure
from workbench.render.theme import load_theme
from workbench.store.collector import collector_paused
from workbench.store.store import Store
from workbench.values import value_type

NO_DIAGRAM = "the project has no diagram to export; add one first."
_DRAWN: Final = 0.4
"""Share of the work that goes into the picture; the rest writes it."""


@value_type(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        size: bytes of the file.
        diagrams: ids of the diagrams in it, in order of pages.
    """

    path: Path
    format: Format
    size: int
    diagrams: tuple[str, ...]


def export_file(
    store: Store, out: Path, *, diagram: str | None = None, options: ExportOptions | None = None
) -> Exported:
    """Draw a diagram into a file whose ending says the format, replacing what lay there in one step.

    Args:
        store: the project.
        out: the file to write.
        diagram: id, title or number of a diagram; None: the first by order, in a PDF all of them, one a page.
        options: how to draw; its format gives way to the ending of ``out``.

    Raises:
        ExportError: an option, the file name, the diagram or the folder does not do. Nothing was written.
    """
    with collector_paused():
        return finished(export_steps(store, out, diagram=diagram, options=options))


def export_steps(
    store: Store,
    out: Path,
    *,
    diagram: str | None = None,
    options: ExportOptions | None = None,
    aside: Aside = here,
) -> Steps[Exported]:
    """The same step by step, so that somebody may stop it before anything is written.

    Args:
        store: the project; it must not change meanwhile.
        aside: where figures are laid out; what Qt paints is painted here.

    Raises:
        ExportError: as ``export_file``.
    """
    wanted = replace(options or ExportOptions(), format=format_of(out))
    chosen = chosen_diagrams(store, diagram, every=wanted.format == "pdf" and diagram is None)
    check_place(out)
    check(wanted)
    sheets = yield from between(0.0, _DRAWN, aside(lambda measure: _laid_out(store, chosen, wanted, measure)))
    yield _DRAWN
    data = yield from between(_DRAWN, 1.0, sheet_steps(store, sheets, wanted, aside=aside))
    return _write(out, data, wanted.format, chosen)


def _laid_out(
    store: Store, diagrams: Sequence[Diagram], options: ExportOptions, measure: Measure
) -> Steps[list[Sheet]]:
    sheets: list[Sheet] = []
    for one in diagrams:
        yield len(sheets) / len(diagrams)
        with collector_paused():
            sheets += sheets_of(store, (one,), options, measure)
    return sheets


def export_all(store: Store, folder: Path, format: str, options: ExportOptions | None = None) -> list[Path]:
    """Draw every diagram into a file of its own in ``folder``, named after its title; make the folder if needed.

    Raises:
        ExportError: as ``export_file``; files already written stay.
    """
    wanted = replace(options or ExportOptions(), format=checked_format(format))
    check(wanted)
    diagrams = chosen_diagrams(store, None, every=True)
    paths = files_in(folder, diagrams, wanted.format)
    for sheet, path in zip(diagrams, paths, strict=True):
        put(path, _render(store, (sheet,), wanted))
    return paths


def files_in(folder: Path, diagrams: Sequence[Diagram], ending: str) -> list[Path]:
    """A file for each diagram, named after its title, in a folder that is made if needed.

    Raises:
        ExportError: there is a file of that name, or the folder cannot be made.
    """
    try:
        FileOps().make_folder(folder)
    except FileExistsError:
        raise ExportError(f"{folder} is a file, not a folder; give another --all folder.") from None
    except OSError as error:
        raise ExportError(f"{folder} cannot be made ({error.strerror}); give another --all folder.") from error
    names = unique_names(one_line(sheet.title) or UNTITLED_DIAGRAM for sheet in diagrams)
    return [folder / f"{name}.{ending}" for name in names]


def render_bytes(store: Store, diagram: str | None = None, options: ExportOptions | None = None) -> bytes:
    """The file of one diagram, for previews and the clipboard; ``diagram`` None: the first by order.

    Raises:
        ExportError: an option or the diagram does not do.
    """
    return _render(store, chosen_diagrams(store, diagram, every=False), options or ExportOptions())


def render_image(store: Store, diagram: str | None = None, options: ExportOptions | None = None) -> QImage:
    """The picture of one diagram as an image, as a PNG would show it.

    Raises:
        ExportError: an option or the diagram does not do.
    """
    wanted = replace(options or ExportOptions(), format="png")
    check(wanted)
    with collector_paused():
        return draw_image(sheets_of(store, chosen_diagrams(store, diagram, every=False), wanted)[0], wanted)


def chosen_diagrams(store: Store, diagram: str | None, *, every: bool) -> tuple[Diagram, ...]:
    """The diagrams that are meant: one by its id, title or number; None: the first by order, or ``every`` one.

    Raises:
        ExportError: there is none, or not that one.
    """
    ordered = diagrams_in_order(store)
    if not ordered:
        raise ExportError(NO_DIAGRAM)
    if diagram is None:
        return tuple(ordered) if every else (ordered[0],)
    try:
        found = store.find(resolve_diagram(store, diagram), Diagram)
    except CommandError as error:
        raise ExportError(f"{error}.") from error
    assert found is not None
    return (found,)


def _render(store: Store, diagrams: Sequence[Diagram], options: ExportOptions) -> bytes:
    check(options)
    with collector_paused():
        return _written(store, diagrams, options)


def write_sheets(store: Store, out: Path, sheets: Sequence[Sheet], options: ExportOptions) -> Exported:
    """Write sheets that were drawn already, of a project, as ``options`` say.

    Raises:
        ExportError: the file could not be written; what lay there is as it was.
    """
    return _write(out, sheet_file(store, sheets, options), options.format, ())


def _written(store: Store, diagrams: Sequence[Diagram], options: ExportOptions) -> bytes:
    return sheet_file(store, sheets_of(store, diagrams, options), options)


def sheets_of(
    store: Store, diagrams: Sequence[Diagram], options: ExportOptions, measure: Measure | None = None
) -> list[Sheet]:
    """The figures of some diagrams, ready to be written.

    Args:
        measure: of their letters; None: that of the window's thread.

    Raises:
        ExportError: ``options.as_of`` is no date.
    """
    facts = [facts_for(store, diagram, options) for diagram in diagrams]
    ensure_gui()
    theme, measure = load_theme(options.theme), measure or qt_measure()
    as_of = parse_time(options.as_of) if options.as_of is not None else None
    day = as_of.date() if as_of is not None else None
    tallied = tallies(store, check_project(store)) if options.findings else None
    sheets = []
    for diagram, words in zip(diagrams, facts, strict=True):
        builder = PictureBuilder(store, diagram.id, measure, day)
        layer = FindingLayer(tallied, builder.behind) if tallied is not None else None
        picture = part_of(builder.picture, options.only, options.seen, options.levels)
        notes = footnotes_of(store, picture) if options.footnotes else ()
        sheets.append(
            sheet_for(
                picture,
                words,
                theme,
                measure,
                furniture=options.furniture,
                findings=layer,
                legend=options.legend,
                block=options.block,
                notes=notes,
                lit=lit_on(picture, options.light),
            )
        )
    return sheets


def _write(out: Path, data: bytes, format: Format, diagrams: Sequence[Diagram]) -> Exported:
    return Exported(out, format, put(out, data), tuple(diagram.id for diagram in diagrams))

"""Sheets that were drawn, as the bytes of a file in the format that is asked for."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.export.facts import one_line, project_of
from workbench.export.gui import here
from workbench.export.options import ExportOptions
from workbench.export.outlines import outlined
from workbench.export.paper import leaf_of, leaves_of
from workbench.export.pdf import leaf_steps
from workbench.export.png import png_steps
from workbench.export.sheet import Sheet
from workbench.export.steps import Aside, Steps, finished
from workbench.export.svg import write_svg
from workbench.store.store import Store


def sheet_file(store: Store, sheets: Sequence[Sheet], options: ExportOptions) -> bytes:
    """The file of some sheets of a project; all but a PDF hold the first alone.

    Raises:
        ExportError: the figure is too large for the format.
    """
    return finished(sheet_steps(store, sheets, options))


def sheet_steps(store: Store, sheets: Sequence[Sheet], options: ExportOptions, *, aside: Aside = here) -> Steps[bytes]:
    """The same step by step.

    Args:
        aside: where is written what Qt does not paint.

    Raises:
        ExportError: the figure is too large for the format.
    """
    if options.format == "svg":
        sheet = replace(sheets[0], ops=outlined(sheets[0].ops)) if options.outlines else sheets[0]
        return (yield from aside(lambda _measure: _svg_steps(sheet, options)))
    if options.format == "pdf":
        project = project_of(store)
        title = sheets[0].title if len(sheets) == 1 else one_line(project.title) or sheets[0].title
        authors = [name for name in map(one_line, project.authors) if name]
        leaves = [leaf for sheet in sheets for leaf in leaves_of(sheet, options)]
        steps = leaf_steps(leaves, title=title, authors=authors, transparent=options.transparent, aside=aside)
        return (yield from steps)
    return (yield from png_steps(sheets[0], options, aside=aside))


def _svg_steps(sheet: Sheet, options: ExportOptions) -> Steps[bytes]:
    yield 0.0
    return write_svg(leaf_of(sheet, options), transparent=options.transparent, paper=bool(options.page))

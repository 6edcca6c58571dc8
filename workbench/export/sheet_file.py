"""Sheets that were drawn, as the bytes of a file in the format that is asked for."""

from collections.abc import Generator, Sequence
from dataclasses import replace

from workbench.export.facts import one_line, project_of
from workbench.export.options import ExportOptions
from workbench.export.outlines import outlined
from workbench.export.paper import leaf_of, leaves_of
from workbench.export.pdf import leaf_steps
from workbench.export.png import write_png
from workbench.export.sheet import Sheet
from workbench.export.svg import write_svg
from workbench.store.store import Store


def sheet_file(store: Store, sheets: Sequence[Sheet], options: ExportOptions) -> bytes:
    """The file of some sheets of a project; all but a PDF hold the first alone.

    Raises:
        ExportError: the figure is too large for the format.
    """
    steps = sheet_steps(store, sheets, options)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            data: bytes = done.value
            return data


def sheet_steps(store: Store, sheets: Sequence[Sheet], options: ExportOptions) -> Generator[float, None, bytes]:
    """The same step by step, as far as the format has steps; yields the share that is done, 0 to 1.

    Raises:
        ExportError: the figure is too large for the format.
    """
    if options.format == "svg":
        sheet = replace(sheets[0], ops=outlined(sheets[0].ops)) if options.outlines else sheets[0]
        return write_svg(leaf_of(sheet, options), transparent=options.transparent, paper=bool(options.page))
    if options.format == "pdf":
        project = project_of(store)
        title = sheets[0].title if len(sheets) == 1 else one_line(project.title) or sheets[0].title
        authors = [name for name in map(one_line, project.authors) if name]
        leaves = [leaf for sheet in sheets for leaf in leaves_of(sheet, options)]
        return (yield from leaf_steps(leaves, title=title, authors=authors, transparent=options.transparent))
    return write_png(sheets[0], options)

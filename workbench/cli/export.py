"""``export``: diagrams as figures."""

from pathlib import Path
from typing import Any

import click

from workbench.cli.drawing import load_drawing
from workbench.cli.opening import open_for_reading
from workbench.cli.output import CommandFailedError
from workbench.export.errors import ExportError
from workbench.export.log import export_log

_WHOLE = ("log", "odd", "matrix")
"""Of the whole project: neither a diagram nor a grid is chosen."""
_NOW = ("diagram", "capability", *_WHOLE)
_LATER = ("report", "deck", "minutes")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", "out", metavar="OUT", type=click.Path(path_type=Path), help="Its ending is the format.")
@click.option("--diagram", metavar="D", help="Id, title or number; else the first by order (PDF: all, one a page).")
@click.option("--what", type=click.Choice([*_NOW, *_LATER]), default="diagram", show_default=True)
@click.option("--grid", metavar="G", help="With --what capability: id, title or number; else the first by title.")
@click.option("--dpi", type=float, metavar="N", help="Resolution of a PNG.")
@click.option("--width", type=float, metavar="PX", help="Width of the whole figure.")
@click.option("--theme", default="print", show_default=True, metavar="NAME", help="light, dark, print or projector.")
@click.option("--transparent", is_flag=True, help="No canvas behind the figure.")
@click.option("--findings", is_flag=True, help="The linter's findings as badges on the diagram.")
@click.option("--as-of", metavar="DATE", help="The day the figure speaks of; else the newest stored in the project.")
@click.option("--all", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Every diagram, into DIR.")
@click.option(
    "--format", "ending", metavar="FORMAT", default="png", show_default=True, help="With --all: png, svg, pdf."
)
def export(
    file: str,
    out: Path | None,
    diagram: str | None,
    what: str,
    grid: str | None,
    folder: Path | None,
    ending: str,
    **options: Any,
) -> None:
    """Draw diagrams of a project to PNG, SVG or PDF. No display is needed; the same project gives the same bytes."""
    _check_findings(what, wanted=options["findings"])
    if what in _WHOLE:
        if out is None or folder is not None or diagram is not None or grid is not None:
            raise CommandFailedError(
                f"--what {what} writes one file: give -o OUT, without --diagram, --grid and --all."
            )
        if what == "log":
            write_log(file, out, options.get("as_of"))
        elif what == "odd":
            write_odd(file, out, **options)
        else:
            draw_matrix(file, out, **options)
        click.echo(f"{out}")
        return
    if what in _LATER:
        raise CommandFailedError(f"--what {what} is not written by this version; it draws diagrams.")
    if what == "capability":
        if out is None or folder is not None or diagram is not None:
            raise CommandFailedError(
                "--what capability draws one grid: give -o OUT, and --grid G where there are several."
            )
        draw_capability(file, out, grid, **options)
        click.echo(f"{out}")
        return
    if grid is not None:
        raise CommandFailedError("--grid names a capability grid; add --what capability.")
    if (out is None) == (folder is None):
        raise CommandFailedError("say where to: -o OUT for one file, or --all DIR for every diagram.")
    if folder is not None and diagram is not None:
        raise CommandFailedError("--all takes every diagram; leave out --diagram, or use -o OUT.")
    if out is not None:
        draw(file, out, diagram, **options)
        click.echo(f"{out}")
        return
    store = open_for_reading(file).store
    api = load_drawing("workbench.export.api")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        for written in api.export_all(store, folder, format=ending, options=chosen):
            click.echo(f"{written.path}")
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def _check_findings(what: str, *, wanted: bool) -> None:
    if wanted and what != "diagram":
        raise CommandFailedError(f"--findings puts badges on diagrams; leave it out with --what {what}.")


def draw(file: str, out: Path, diagram: str | None = None, **options: Any) -> None:
    """Draw one diagram (in a PDF: all) of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    api = load_drawing("workbench.export.api")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        api.export_file(store, out, diagram=diagram, options=chosen)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def draw_capability(file: str, out: Path, grid: str | None = None, **options: Any) -> None:
    """Draw the figure of one capability grid of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    api = load_drawing("workbench.export.capability")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        api.export_capability(store, out, grid=grid, options=chosen)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def write_log(file: str, out: Path, as_of: str | None = None) -> None:
    """Write the hazard log of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    try:
        export_log(store, out, as_of=as_of)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def write_odd(file: str, out: Path, **options: Any) -> None:
    """Write the coverage of a project's operational design domain to ``out``, as a figure or a table.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    api = load_drawing("workbench.export.odd")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        api.export_odd(store, out, options=chosen)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def draw_matrix(file: str, out: Path, **options: Any) -> None:
    """Draw the risk matrix of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    api = load_drawing("workbench.export.risk_matrix")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        api.export_matrix(store, out, options=chosen)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None

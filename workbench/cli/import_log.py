"""``import``: a project from a hazard log in CSV or XLSX."""

from pathlib import Path

import click

from workbench.cli.output import CommandFailedError, one_line, print_json
from workbench.commands.log_import import Imported, import_log, summary
from workbench.commands.renew import renewed
from workbench.files.errors import ProjectFileError
from workbench.files.log_grid import LogReadError
from workbench.files.log_mapping import (
    SEPARATORS,
    LogProfile,
    check_headings,
    guess_log_profile,
    heading_score,
    read_log_profile,
    unmapped,
)
from workbench.files.log_reading import read_grid
from workbench.files.log_text import TAKEN
from workbench.files.project import load_project, save_project
from workbench.paths import resource
from workbench.store.store import Store

_TEMPLATE = "empty"


@click.command("import")
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", metavar="OUT", required=True, type=click.Path(path_type=Path), help="Project.")
@click.option("--map", "profile", metavar="PROFILE", type=click.Path(path_type=Path), help="What the columns mean.")
@click.option("--json", "as_json", is_flag=True, help="Print what was taken, and what was not, as JSON.")
def import_command(log: Path, out: Path, profile: Path | None, *, as_json: bool) -> None:
    """Make the project OUT from a hazard log: one row per hazard; equal texts or codes become one shared element.

    Without --map the columns are guessed from their headings. What cannot be taken is said row by row on standard
    error; the rest is taken.
    """
    store, result, chosen = read_log(log, profile)
    try:
        save_project(store, out)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
    if as_json:
        remarks = [{"row": r.row, "column": r.column, "message": r.message} for r in result.remarks]
        taken = {"columns": dict(chosen.columns), "separator": chosen.separator}
        print_json({"hazards": len(result.hazards), **taken, "remarks": remarks})
        return
    for remark in result.remarks:
        click.echo(one_line(f"{log}: {remark}"), err=True)
    click.echo(f"{out}: {summary(result)}")
    for line in taken_words(chosen):
        click.echo(one_line(line))


def taken_words(profile: LogProfile) -> list[str]:
    """What the columns were taken for, and how entries were told apart."""
    columns = ", ".join(f"{heading!r:.60} as {TAKEN[column]}" for column, heading in profile.columns.items())
    apart = SEPARATORS[profile.separator].lower()
    return [f"Columns: {columns}.", *([] if profile.verbatim else [f"Several entries in a cell: {apart}."])]


def project_of_log(log: Path, profile: Path | None = None) -> tuple[Store, Imported]:
    """A new project that holds a log, and what came of each row.

    Raises:
        CommandFailedError: as ``read_log``.
    """
    store, result, _ = read_log(log, profile)
    return store, result


def read_log(log: Path, profile: Path | None) -> tuple[Store, Imported, LogProfile]:
    """A new project that holds a log, what came of each row, and what the columns were taken for.

    Raises:
        CommandFailedError: nothing in the file can be taken; one line that says why.
    """
    try:
        given = read_log_profile(profile) if profile is not None else None
        wanted = set(given.columns.values()) if given is not None else set()
        grid = read_grid(
            log,
            lambda cells: sum(cell in wanted for cell in cells) if wanted else heading_score(cells),
            sheet=given.sheet if given is not None else "",
            heading_row=given.heading_row if given is not None else 0,
        )
        chosen = check_headings(log, grid, given) if given is not None else guess_log_profile(grid)
        template = load_project(resource("templates", f"{_TEMPLATE}.hazard.json")).store
    except (LogReadError, ProjectFileError) as error:
        raise CommandFailedError(str(error)) from None
    if not {"id", "title", "description"} & chosen.columns.keys():
        shown = ", ".join(grid.headings[:12])
        raise CommandFailedError(
            f"{log}: no column is known for the hazards' ID or description among: {shown}; map them with --map PROFILE."
        )
    store = Store(renewed(template.records.values()))
    with store.transaction("Import hazard log") as tx:
        tx.patch("project", title=log.stem[:200])
        result = import_log(tx, grid, chosen)
    if given is None:
        result.remarks[:0] = unmapped(grid, chosen)
    if not result.hazards:
        said = "; ".join(map(str, result.remarks[:3]))
        raise CommandFailedError(f"{log} holds no hazards below its headings{f' ({said})' if said else ''}.")
    return store, result, chosen

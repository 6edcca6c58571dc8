"""``migrate``: project files brought to the version this program writes."""

from pathlib import Path

import click

from workbench.cli.opening import open_for_reading
from workbench.cli.output import ERROR, CommandFailedError
from workbench.files.errors import ProjectFileError
from workbench.files.project import save_project


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.pass_context
def migrate(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Bring project files to the current version and canonical layout, in place.

    A file that is so already is not touched; one of a newer minor version keeps its number.
    """
    failed = False
    for file in files:
        try:
            click.echo(f"{file}: {_migrate(file)}")
        except click.ClickException as error:
            failed = True
            click.echo(f"hazard-workbench: {error.format_message()}", err=True)
    if failed:
        ctx.exit(ERROR)


def _migrate(file: str) -> str:
    if file == "-":
        raise CommandFailedError("standard input cannot be changed in place; give a file.")
    loaded = open_for_reading(file)
    if loaded.is_current():
        return f"is of version {loaded.version} already."
    try:
        save_project(loaded.store, Path(file), loaded.header)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
    return f"is now of version {loaded.version}, in canonical layout."

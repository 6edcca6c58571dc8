"""``new``: a project file made from a template."""

from pathlib import Path

import click

from workbench.cli.output import CommandFailedError, refuse_overwrite
from workbench.commands.renew import renewed
from workbench.files.errors import ProjectFileError
from workbench.files.project import load_project, save_project
from workbench.paths import resource
from workbench.store.store import Store

TEMPLATES = ("empty", "simple", "bow-tie", "code-synthesis")


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--template", type=click.Choice(TEMPLATES), default="empty", show_default=True, help="What it holds.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
def new(out: Path, template: str, *, force: bool) -> None:
    """Make a new project file OUT."""
    refuse_overwrite(out, force=force)
    try:
        store = load_project(resource("templates", f"{template}.hazard.json")).store
        save_project(Store(renewed(store.records.values())), out)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
    click.echo(f"{out}: a new project from the template {template}.")

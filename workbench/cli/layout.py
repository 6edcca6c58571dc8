"""``layout``: diagrams arranged without the window."""

from pathlib import Path

import click

from workbench.cli.drawing import load_drawing
from workbench.cli.opening import open_for_reading
from workbench.cli.output import CommandFailedError
from workbench.commands.errors import CommandError
from workbench.commands.find import resolve_diagram
from workbench.commands.geometry import apply_plan
from workbench.files.errors import ProjectFileError
from workbench.files.project import save_project
from workbench.model.drawing import Diagram
from workbench.store.store import Store


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "--output", "out", metavar="OUT", type=click.Path(path_type=Path), required=True, help="May be FILE."
)
@click.option("--diagram", metavar="D", help="Id, title or number; else the first by order.")
def layout(file: str, out: Path, diagram: str | None) -> None:
    """Arrange a diagram of a project and write the project to OUT."""
    loaded = open_for_reading(file)
    chosen = _chosen(loaded.store, diagram)
    arrange = load_drawing("workbench.render.arrange")
    load_drawing("workbench.export.gui").ensure_gui()
    measure = load_drawing("workbench.render.fonts").qt_measure()
    plan = arrange.plan_arrangement(loaded.store, chosen.id, measure)
    with loaded.store.transaction("Arrange") as tx:
        apply_plan(tx, chosen.id, plan)
    try:
        save_project(loaded.store, out, loaded.header)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
    click.echo(f"{out}: arranged {' '.join(chosen.title.split()) or chosen.id}.")


def _chosen(store: Store, text: str | None) -> Diagram:
    diagrams = sorted(store.all(Diagram), key=lambda diagram: (diagram.order, diagram.id))
    if not diagrams:
        raise CommandFailedError("the project has no diagram to arrange; add one first.")
    if text is None:
        return diagrams[0]
    try:
        found = store.find(resolve_diagram(store, text), Diagram)
    except CommandError as error:
        raise CommandFailedError(f"{error}.") from None
    assert found is not None
    return found

"""``info``: what a project file holds."""

import click

from workbench.cli.opening import open_for_showing
from workbench.cli.output import one_line, print_json
from workbench.files.project import LoadedProject
from workbench.model.drawing import Diagram
from workbench.model.kinds import ELEMENT_KINDS, LABEL, PLURAL


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(file: str, *, as_json: bool) -> None:
    """Title, version, diagrams and counts of a project; ``-`` reads standard input."""
    loaded = open_for_showing(file)
    diagrams = sorted(loaded.store.all(Diagram), key=lambda diagram: (diagram.order, diagram.id))
    if as_json:
        version = {"major": loaded.header.major, "minor": loaded.header.minor}
        print_json(
            {
                "title": loaded.title,
                "version": version,
                "counts": dict(sorted(loaded.counts.items())),
                "diagrams": [{"id": diagram.id, "title": diagram.title} for diagram in diagrams],
                "read_only": loaded.read_only,
                "notes": list(loaded.notes),
            }
        )
        return
    click.echo(one_line(loaded.title) or "Untitled project")
    click.echo(f"Version {loaded.version}")
    for sentence in filter(None, (loaded.read_only, *loaded.notes)):
        click.echo(sentence)
    _print_counts(loaded)
    for diagram in diagrams:
        click.echo(f"Diagram {diagram.id}: {one_line(diagram.title)}")


def _print_counts(loaded: LoadedProject) -> None:
    known = [kind for kind in LABEL if kind in loaded.counts]
    ordered: list[str] = [kind for kind in ELEMENT_KINDS if kind in known]
    ordered += [kind for kind in known if kind not in ordered]
    ordered += sorted(loaded.counts.keys() - set(known))
    for kind in ordered:
        count = loaded.counts[kind]
        word = (LABEL if count == 1 else PLURAL).get(kind, kind)
        click.echo(f"{count:>7,}  {one_line(word)}")

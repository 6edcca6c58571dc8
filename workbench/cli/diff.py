"""``diff``: what differs between two projects."""

from pathlib import Path
from typing import Any

import click

from workbench.analysis.changes import as_text, described, grouped
from workbench.cli.drawing import load_drawing
from workbench.cli.opening import open_for_reading
from workbench.cli.output import FINDINGS, CommandFailedError, print_json
from workbench.export.errors import ExportError
from workbench.files.comparison import compare, record_changes
from workbench.store.store import Store


@click.command()
@click.argument("files", metavar="A B", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every record and field that differs.")
@click.option("--picture", metavar="OUT", type=click.Path(path_type=Path), help="Draw what differs: svg, png or pdf.")
@click.option("--diagram", metavar="D", help="With --picture: id, title or number; else the first that differs.")
@click.option("--theme", default="print", show_default=True, metavar="NAME", help="light, dark, print or projector.")
@click.option("--textconv", is_flag=True, help="Print one project in words, for git to compare (see git-setup).")
@click.pass_context
def diff(
    ctx: click.Context,
    files: tuple[str, ...],
    picture: Path | None,
    diagram: str | None,
    theme: str,
    *,
    as_json: bool,
    textconv: bool,
) -> None:
    """What differs between two projects, by element; exit 1 where anything does. ``-`` reads standard input."""
    if textconv:
        if len(files) != 1 or as_json or picture is not None:
            raise CommandFailedError("--textconv prints one project in words: give one file and no other option.")
        for line in described(open_for_reading(files[0]).store.records):
            click.echo(_visible(line))
        return
    if len(files) != 2:
        raise CommandFailedError("give two projects to compare: diff A B.")
    if files[0] == files[1] == "-":
        raise CommandFailedError("standard input can be one of the two, not both; give a file for the other.")
    first, second = (open_for_reading(file).store for file in files)
    before, after = first.records, second.records
    found = compare(before, after)
    if picture is not None:
        draw(first, second, picture, diagram, theme=theme)
    if as_json:
        changes = [
            {
                "record": change.record,
                "id": change.id,
                "change": change.change,
                "fields": {name: list(values) for name, values in change.fields.items()},
            }
            for change in record_changes(found)
        ]
        print_json({"changes": changes})
    else:
        for line in as_text(grouped(before, after, found)):
            click.echo(_visible(line))
        if not found:
            click.echo("No differences.")
    if found:
        ctx.exit(FINDINGS)


def draw(before: Store, after: Store, out: Path, diagram: str | None = None, **options: Any) -> None:
    """Draw what differs to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    api = load_drawing("workbench.export.difference")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    try:
        api.export_difference(before, after, out, diagram=diagram, options=chosen)
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def _visible(line: str) -> str:
    """A line without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in line)

"""``diff``: what differs between two projects."""

import click

from workbench.analysis.changes import as_text, described, grouped
from workbench.cli.opening import open_for_reading
from workbench.cli.output import FINDINGS, CommandFailedError, print_json
from workbench.files.comparison import compare, record_changes


@click.command()
@click.argument("files", metavar="A B", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every record and field that differs.")
@click.option("--textconv", is_flag=True, help="Print one project in words, for git to compare (see git-setup).")
@click.pass_context
def diff(ctx: click.Context, files: tuple[str, ...], *, as_json: bool, textconv: bool) -> None:
    """What differs between two projects, by element; exit 1 where anything does. ``-`` reads standard input."""
    if textconv:
        if len(files) != 1 or as_json:
            raise CommandFailedError("--textconv prints one project in words: give one file and no --json.")
        for line in described(open_for_reading(files[0]).store.records):
            click.echo(_visible(line))
        return
    if len(files) != 2:
        raise CommandFailedError("give two projects to compare: diff A B.")
    before, after = (dict(open_for_reading(file).store.records) for file in files)
    found = compare(before, after)
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


def _visible(line: str) -> str:
    """A line without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in line)

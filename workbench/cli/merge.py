"""``merge``: two versions of a project made one."""

from pathlib import Path

import click

from workbench.analysis.conflicts import sentence
from workbench.cli.opening import open_for_reading
from workbench.cli.output import FINDINGS, CommandFailedError, one_line, print_json
from workbench.files.errors import ProjectFileError
from workbench.files.header import Header
from workbench.files.merge import Merged, Side, merge_headers
from workbench.files.merge import merge as merge_three
from workbench.files.project import save_project
from workbench.model.review import Conflict
from workbench.store.store import Store


@click.command()
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option("-o", "--output", "out", metavar="OUT", required=True, type=click.Path(path_type=Path), help="Where to.")
@click.option(
    "--called", metavar="NAME", default="", help="What to call OUT in messages; git hands over a nameless copy."
)
@click.option("--json", "as_json", is_flag=True, help="Print the conflicts as JSON.")
@click.pass_context
def merge(ctx: click.Context, base: str, ours: str, theirs: str, out: Path, *, called: str, as_json: bool) -> None:
    """Merge two versions of a project that grew from BASE, by record and field; exit 1 where there are conflicts.

    OUT opens whatever was found: ours stands at each conflict, theirs waits in the project until somebody settles it.
    An empty BASE stands for versions that have no common origin.
    """
    before, first = _side(base, may_be_empty=True)
    mine, header = _side(ours)
    other, theirs_header = _side(theirs)
    merged = merge_three(before, mine, other)
    try:
        save_project(Store(merged.records.values()), out, merge_headers(first, header, theirs_header))
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None
    if as_json:
        print_json({"conflicts": [_as_data(one) for one in merged.conflicts], "settled": len(merged.settled)})
    else:
        _print_text(merged, called or str(out))
    if merged.conflicts:
        ctx.exit(FINDINGS)


def _side(file: str, *, may_be_empty: bool = False) -> tuple[Side, Header]:
    if may_be_empty and file != "-" and _is_empty(Path(file)):
        return {}, Header()
    loaded = open_for_reading(file)
    return dict(loaded.store.records), loaded.header


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


def _as_data(conflict: Conflict) -> dict[str, object]:
    return {
        "record": conflict.subject_type,
        "id": conflict.subject,
        "field": conflict.field,
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
    }


def _print_text(merged: Merged, name: str) -> None:
    for conflict in merged.conflicts:
        click.echo(f"conflict: {one_line(sentence(conflict, merged.records))} {_stands(conflict)}")
    if merged.settled:
        count = len(merged.settled)
        click.echo(f"{count} place{'' if count == 1 else 's'} on diagrams changed by both: ours kept.")
    count = len(merged.conflicts)
    told = f"{count} conflict{'' if count == 1 else 's'}; open it and settle them" if count else "no conflicts"
    new = {conflict.id for conflict in merged.conflicts}
    earlier = sum(isinstance(record, Conflict) and record.id not in new for record in merged.records.values())
    if earlier:
        told += f"; {earlier} from an earlier merge {'is' if earlier == 1 else 'are'} open still"
    click.echo(f"{one_line(name)}: {told}.")


def _stands(conflict: Conflict) -> str:
    if conflict.field or None not in (conflict.ours, conflict.theirs):
        return "Ours stands."
    return "It stays." if conflict.theirs is None else "It stays away."

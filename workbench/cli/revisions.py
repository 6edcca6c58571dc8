"""``revisions``: saved states of a project, in a folder beside it."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.analysis.changes import as_text, grouped
from workbench.cli.opening import open_for_reading
from workbench.cli.output import FINDINGS, CommandFailedError, one_line, print_json
from workbench.files.comparison import compare
from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, save_project
from workbench.files.revisions import Revision, Revisions


class _Group(click.Group):
    """``revisions FILE COMMAND``: the file comes first; what goes wrong with it is one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ProjectFileError as error:
            raise CommandFailedError(str(error)) from None


@click.group(cls=_Group)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def revisions(ctx: click.Context, file: Path) -> None:
    """Saved states of a project, in the folder NAME.revisions beside it."""
    if str(file) == "-":
        raise CommandFailedError("standard input has no revisions; give a file.")
    ctx.obj = file


@revisions.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_revisions(file: Path, *, as_json: bool) -> None:
    """Every revision, the oldest first."""
    kept = Revisions(file)
    found, left_out = kept.all(), kept.left_out()
    for damage in left_out:
        click.echo(one_line(f"left out: {damage}"), err=True)
    if as_json:
        print_json([_as_data(revision) for revision in found])
        return
    for revision in found:
        click.echo(_line(revision))
    if not found and not left_out:
        click.echo(f"No revisions yet; save one with: hazard-workbench revisions {file} save -m MESSAGE")


@revisions.command()
@click.option("-m", "--message", required=True, metavar="MSG", help="Why this state is worth keeping.")
@click.option("--author", metavar="NAME", help="Who saves it; else your user name.")
@click.option("--baseline", default="", metavar="NAME", help="A name people will know it by.")
@click.pass_obj
def save(file: Path, message: str, author: str | None, baseline: str) -> None:
    """Keep the project as it is now."""
    if not message.strip():
        raise CommandFailedError("the message is empty; say in a few words why this state is kept.")
    loaded = open_for_reading(str(file))
    click.echo(_line(_save(file, loaded, message, author, baseline)))


@revisions.command()
@click.argument("number", metavar="N")
@click.option("-o", "--output", "out", metavar="OUT", type=click.Path(path_type=Path), help="Write its project there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(file: Path, number: str, out: Path | None, *, as_json: bool) -> None:
    """One revision (its number, name or baseline) and what it changed; with -o its project."""
    kept = Revisions(file)
    revision = kept.find(number)
    loaded = kept.load(revision)
    if out is not None:
        save_project(loaded.store, out, loaded.header)
    if as_json:
        print_json(_as_data(revision))
        return
    click.echo(_line(revision))
    for parent in revision.parents:
        click.echo(f"since {parent}:")
        _print_changes(kept.load(kept.find(parent)), loaded)


@revisions.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B", required=False)
@click.pass_context
def compare_revisions(ctx: click.Context, first: str, second: str | None) -> None:
    """What differs between two revisions, or between one and the project as it is; exit 1 where anything does."""
    file: Path = ctx.obj
    kept = Revisions(file)
    before = kept.load(kept.find(first))
    after = kept.load(kept.find(second)) if second is not None else open_for_reading(str(file))
    if _print_changes(before, after):
        ctx.exit(FINDINGS)


@revisions.command()
@click.argument("number", metavar="N")
@click.option("--author", metavar="NAME", help="Who saves what is replaced; else your user name.")
@click.pass_obj
def restore(file: Path, number: str, author: str | None) -> None:
    """Bring the project back to a revision. What it was before is kept as a revision first, where it is not one."""
    kept = Revisions(file)
    revision = kept.find(number)
    wanted = kept.load(revision)
    if file.exists():
        now = open_for_reading(str(file))
        if now.content_hash not in {one.sha256 for one in kept.all()}:
            saved = _save(file, now, f"Before revision {revision.number} was restored", author)
            click.echo(f"kept first: {_line(saved)}")
    save_project(wanted.store, file, wanted.header)
    click.echo(f"{file} is as in revision {revision.number} again.")


@revisions.command()
@click.argument("number", metavar="N")
@click.argument("name", metavar="NAME")
@click.pass_obj
def baseline(file: Path, number: str, name: str) -> None:
    """Give a revision a name people will know it by."""
    kept = Revisions(file)
    kept.name(number, name)
    click.echo(_line(kept.find(number)))


@revisions.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Whether every revision and its document are what was saved; exit 1 where something is damaged or missing."""
    kept = Revisions(ctx.obj)
    damage = kept.verify()
    for one in damage:
        click.echo(one_line(str(one)))
    count = len(kept.all())
    click.echo(f"{count} revision{'' if count == 1 else 's'}, {len(damage) or 'nothing'} wrong.")
    if damage:
        ctx.exit(FINDINGS)


def _save(file: Path, loaded: LoadedProject, message: str, author: str | None, baseline: str = "") -> Revision:
    who = author if author is not None else _user()
    return Revisions(file).save(
        loaded.store, loaded.header, message=message, author=who, time=datetime.now(UTC), baseline=baseline
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return ""


def _print_changes(before: LoadedProject, after: LoadedProject) -> bool:
    old, new = before.store.records, after.store.records
    difference = compare(old, new)
    for line in as_text(grouped(old, new, difference)):
        indent = len(line) - len(line.lstrip())
        click.echo(" " * (indent + 2) + one_line(line))
    if not difference:
        click.echo("  No differences.")
    return bool(difference)


def _line(revision: Revision) -> str:
    names = "".join(f" [{name}]" for name in revision.baselines)
    who = f" by {revision.author}" if revision.author else ""
    return one_line(f"{revision.name}  {revision.time}{who}: {revision.message}{names}")


def _as_data(revision: Revision) -> dict[str, object]:
    return {
        "number": revision.number,
        "author": revision.author,
        "time": revision.time,
        "message": revision.message,
        "sha256": revision.sha256,
        "parents": list(revision.parents),
        "name": revision.name,
        "baselines": list(revision.baselines),
    }

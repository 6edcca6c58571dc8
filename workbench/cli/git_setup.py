"""``git-setup``: git merges and compares projects by what they mean."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from workbench.cli.output import CommandFailedError, one_line
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError

DRIVER: Final = "hazard-workbench"
ATTRIBUTES: Final = (
    f"*.hazard.json text eol=lf merge={DRIVER} diff={DRIVER}",
    "*.revisions/**/*.json -text",
)
"""A project has one kind of line end everywhere; a revision is named by the hash of its very bytes."""
LOCKS: Final = (".*.hazard.json.lock",)


@click.command("git-setup")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option("--remove", is_flag=True, help="Take the drivers out again.")
def git_setup(folder: Path, *, remove: bool) -> None:
    """Have git merge and compare projects by record and field, in the repository FOLDER is in.

    Writes the drivers into the repository's own configuration (each clone runs this once) and the file patterns into
    its .gitattributes (commit that file). Locks of open projects are left out.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel"))
    _configure(top, remove=remove)
    _leave_locks_out(Path(_git(top, "rev-parse", "--git-path", "info/exclude")), top, remove=remove)
    changed = _write_lines(top / ".gitattributes", ATTRIBUTES, remove=remove)
    if remove:
        click.echo(f"{top}: git treats projects as plain text again.")
        return
    click.echo(f"{top}: git now merges and compares projects by record and field.")
    if changed:
        click.echo("Commit .gitattributes, so that every clone knows the files; each clone runs git-setup once.")


def _configure(top: Path, *, remove: bool) -> None:
    program = _program()
    settings = {
        f"merge.{DRIVER}.name": "Hazard Workbench: by record and field",
        f"merge.{DRIVER}.driver": f"{program} merge %O %A %B -o %A --called %P",
        f"diff.{DRIVER}.textconv": f"{program} diff --textconv",
        f"diff.{DRIVER}.cachetextconv": "false",
    }
    for name, value in settings.items():
        if remove:
            _git(top, "config", "--local", "--unset-all", name, may_fail=True)
        else:
            _git(top, "config", "--local", name, value)


def _program() -> str:
    """How git's shell starts this program, whatever is on the path and whatever folder it is in."""
    started = f"{_quoted(Path(sys.executable).as_posix())} -m workbench"
    try:
        import_module("importlib.metadata").version(DRIVER)
    except ModuleNotFoundError:  # from a checkout that is not installed
        return f"PYTHONPATH={_quoted(Path(__file__).parents[2].as_posix())} {started}"
    return started


def _quoted(part: str) -> str:
    return (
        part
        if part.replace("/", "").replace("-", "").replace(".", "").isalnum()
        else "'" + part.replace("'", "'\\''") + "'"
    )


def _leave_locks_out(exclude: Path, top: Path, *, remove: bool) -> None:
    """Have git pass over the lock that lies beside a project while a window has it open."""
    _write_lines(top / exclude, LOCKS, remove=remove)


def _write_lines(path: Path, own: Sequence[str], *, remove: bool) -> bool:
    """Add our lines, or take them out; False where the file says so already."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, ValueError) as error:
        raise CommandFailedError(f"{path} cannot be read ({one_line(str(error))}); mend it and try again.") from None
    lines = text.splitlines()
    wanted = [line for line in lines if line not in own] if remove else [*lines]
    if not remove:
        wanted += [line for line in own if line not in lines]
    if wanted == lines:
        return False
    try:
        write_atomically(path, "".join(f"{line}\n" for line in wanted).encode(), folder=True)
    except SaveError as error:
        raise CommandFailedError(str(error)) from None
    return True


def _git(folder: Path, *arguments: str, may_fail: bool = False) -> str:
    program = shutil.which("git")
    if program is None:
        raise CommandFailedError("git is not installed, or not on the path; install it and try again.")
    if not folder.is_dir():
        raise CommandFailedError(f"{folder} is no folder; give one inside a git repository.")
    done = subprocess.run(  # noqa: S603 - git itself, found on the path, with our own arguments
        [program, "-C", os.fspath(folder), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode and not may_fail:
        raise CommandFailedError(f"git refuses ({one_line(done.stderr)}); run this inside a git repository.")
    return done.stdout.strip()

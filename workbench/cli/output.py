"""What every command shares: JSON on standard output, one line of error, reading projects."""

from pathlib import Path
from typing import Any

import click
import orjson

from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, load_project

FINDINGS = 1
ERROR = 2


class CommandFailedError(click.ClickException):
    """A command cannot do what was asked; told in one line, exit 2."""

    exit_code = ERROR


def print_json(value: Any) -> None:
    """Indented JSON; non-ASCII text as it is."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def open_for_reading(file: str) -> LoadedProject:
    """A project this version understands whole.

    Raises:
        CommandFailedError: it cannot be read, or a newer major version wrote it.
    """
    loaded = open_for_showing(file)
    if loaded.read_only:
        raise CommandFailedError(f"{file}: {loaded.read_only}")
    return loaded


def open_for_showing(file: str) -> LoadedProject:
    """A project, a newer one read-only.

    Raises:
        CommandFailedError: it cannot be read.
    """
    try:
        return load_project(file)
    except ProjectFileError as error:
        raise CommandFailedError(str(error)) from None


def refuse_overwrite(out: Path, *, force: bool) -> None:
    """Stop where a file would be lost.

    Raises:
        CommandFailedError: ``out`` exists and ``force`` is not given.
    """
    if not force and (out.exists() or out.is_symlink()):
        raise CommandFailedError(f"{out} exists already; give --force to replace it, or another name.")

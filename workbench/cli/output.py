"""What every command shares: JSON on standard output, errors of one line, exit codes."""

from pathlib import Path
from typing import Any, Final

import click

FINDINGS: Final = 1
ERROR: Final = 2


class CommandFailedError(click.ClickException):
    """A command cannot do what was asked; told in one line, exit 2."""

    exit_code = ERROR


def print_json(value: Any) -> None:
    """Indented JSON; non-ASCII text as it is."""
    import orjson  # noqa: PLC0415 - help and error lines come without it

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def one_line(text: str) -> str:
    """A text of a file as part of a line in a terminal: no line breaks, no control characters, single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def refuse_overwrite(out: Path, *, force: bool) -> None:
    """Stop where a file would be lost.

    Raises:
        CommandFailedError: ``out`` exists and ``force`` is not given.
    """
    if not force and (out.exists() or out.is_symlink()):
        raise CommandFailedError(f"{out} exists already; give --force to replace it, or another name.")

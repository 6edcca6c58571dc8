"""The command line: one table of commands, each in a module of its own that is imported when it is used."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

import click

from workbench.cli.output import ERROR
from workbench.cli.table import COMMANDS

PROGRAM: Final = "hazard-workbench"


class _Commands(click.Group):
    """Imports a command's module only when that command is used; ``--help`` imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value:
        metadata = import_module("importlib.metadata")
        try:
            version = metadata.version(PROGRAM)
        except metadata.PackageNotFoundError:
            version = "from a checkout that is not installed"
        click.echo(f"{PROGRAM} {version}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[FILE [--or-export OUT] | COMMAND [ARGS]...]",
    epilog=f"Without a command, the window opens: {PROGRAM} [FILE]. "
    "With --or-export OUT, FILE is drawn to OUT where there is no display.",
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Say which.")
def commands() -> None:
    """Draw hazard-cause-control diagrams whose judgements rest on measured evidence."""


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say.

    Returns:
        The exit code: 0 fine, 1 findings or differences, 2 an error, told in a line on standard error.
    """
    first = arguments[0] if arguments else ""
    try:
        if first in COMMANDS or first in ("-h", "--help", "--version"):
            result = commands.main(list(arguments), PROGRAM, standalone_mode=False)
        else:
            window = import_module("workbench.cli.window").window
            result = window.main(list(arguments), PROGRAM, standalone_mode=False)
    except click.exceptions.Abort:
        return _fail("stopped.")
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else PROGRAM
        return _fail(f"{error.format_message()} See {command} --help.")
    except click.ClickException as error:
        return _fail(error.format_message())
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; Python would complain once more at exit
        return 0
    return result if isinstance(result, int) else 0


def _fail(message: str) -> int:
    line = " ".join(message.split())
    click.echo(f"{PROGRAM}: {line}", err=True)
    return ERROR

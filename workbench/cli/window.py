"""The window: what the program does when no command is named."""

import importlib
import sys
from pathlib import Path

import click

from workbench.cli.output import CommandFailedError
from workbench.cli.system import (
    display_answers,
    is_there,
    missing_from,
    missing_libraries,
    missing_sentence,
    wanted_platform,
)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="[FILE]", required=False)
@click.option(
    "--or-export", "out", metavar="OUT", type=click.Path(path_type=Path), help="Without a display, draw FILE to OUT."
)
def window(file: str | None, out: Path | None) -> int:
    """Open the window on FILE, or on the start page."""
    if file is not None and not is_there(file):
        _refuse(file)
    platform = wanted_platform()
    if platform is not None and not display_answers(platform):
        problem = "the display that DISPLAY names does not answer"
        platform = None
    else:
        problem = "there is no display"
    if platform is not None:
        return _open(Path(file) if file is not None else None, platform)
    if file is None or out is None:
        advice = "start it inside a desktop, or draw to a file: hazard-workbench FILE --or-export OUT.png"
        raise CommandFailedError(f"{problem}; {advice}")
    export = importlib.import_module("workbench.cli.export_whats").draw
    export(file, out)
    click.echo(f"{problem[0].upper()}{problem[1:]}: drew {file} to {out} instead of opening the window.")
    return 0


def _refuse(file: str) -> None:
    looks_like_path = "." in file or "/" in file or "\\" in file
    if looks_like_path:
        raise CommandFailedError(f"{file}: there is no such file; check the path.")
    raise CommandFailedError(f"{file} is neither a command nor a file; see hazard-workbench --help.")


def _open(path: Path | None, platform: str) -> int:
    """Start the window.

    Raises:
        CommandFailedError: Qt cannot start here; Qt itself would abort the process.
    """
    missing = missing_libraries(platform)
    if missing:
        raise CommandFailedError(missing_sentence(missing))
    try:
        start = importlib.import_module("workbench.app.start")
    except ImportError as error:
        library = missing_from(error)
        if library is None:
            raise
        raise CommandFailedError(missing_sentence([library])) from None
    code = start.run(path)
    sys.stdout.flush()
    return int(code)

"""The common start, ``hazard-workbench [FILE]`` where there is a display: without the command-line library."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from workbench.cli.system import display_answers, is_there, missing_libraries, wanted_platform
from workbench.cli.table import COMMANDS


def open_window(arguments: Sequence[str]) -> int | None:
    """Open the window, and return the exit code once it is closed.

    Returns:
        None where anything is out of the ordinary - an option, a command, no such file, no display, a missing system
        library - and nothing was done: the command line knows what to say.
    """
    path = None
    if arguments:
        first = arguments[0]
        if len(arguments) > 1 or first.startswith("-") or first in COMMANDS or not is_there(first):
            return None
        path = Path(first)
    platform = wanted_platform()
    if platform is None or not display_answers(platform) or missing_libraries(platform):
        return None
    try:
        start = import_module("workbench.app.start")
    except ImportError:
        return None
    return int(start.run(path))

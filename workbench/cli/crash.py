"""The last net: an error nobody foresaw goes to a file, and the user is told in one line where it lies."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from workbench.cli.output import ERROR


def crash_folder() -> Path:
    """Where crash files lie."""
    return Path(platformdirs.user_state_dir("hazard-workbench", appauthor=False)) / "crashes"


def tell_crash(error: BaseException) -> int:
    """Write the traceback to a file, say so in one line, and return the exit code."""
    trace = "".join(traceback.format_exception(error))
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    try:
        folder = crash_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(trace, encoding="utf-8", errors="backslashreplace")
        where = f"the details are in {path}; please report it"
    except OSError:
        where = "the details could not be written; please report it"
    if sys.stderr is not None:
        sys.stderr.write(f"hazard-workbench: an error in the program ({what}); {where}.\n")
    return ERROR

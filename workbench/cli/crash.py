"""The last net: an error nobody foresaw goes to a file, and the user is told in one line where it lies."""

import sys
import traceback

from workbench.cli.output import ERROR
from workbench.files.own import write_report


def tell_crash(error: BaseException) -> int:
    """Write the traceback to a file, say so in one line, and return the exit code."""
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    path = write_report("".join(traceback.format_exception(error)))
    where = f"the details are in {path}" if path is not None else "the details could not be written"
    if sys.stderr is not None:
        sys.stderr.write(f"hazard-workbench: an error in the program ({what}); {where}; please report it.\n")
    return ERROR

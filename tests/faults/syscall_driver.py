"""What the window does with files beside saving, without a window: what ``syscalls`` traces.

Run as ``python -m tests.faults.syscall_driver journal FOLDER`` or ``copy FOLDER``. What has been confirmed is told on
standard output, one line each. Names of files are the same in every run, since faults are put in by name.
"""

import hashlib
import itertools
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from tests.faults.journaled import edit_all
from workbench.files import journal
from workbench.files.beside import copy_beside
from workbench.files.errors import ProjectFileError


class _Still(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: object = None) -> "_Still":
        return cls(2026, 1, 2, tzinfo=UTC)


def main() -> int:
    """Do it; 2 where it was refused."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    numbers = itertools.count()
    with patch("secrets.token_hex", lambda _: f"{next(numbers):08}"), patch.object(journal, "datetime", _Still):
        try:
            if what == "journal":
                path = folder / "p.hazard.json"
                edit_all(folder / "journals", path if path.exists() else None, tell)
            else:
                source = folder / "run.jsonl"
                copy_beside(source, folder / "p.hazard.json", hashlib.sha256(source.read_bytes()).hexdigest())
                tell(1)
        except (ProjectFileError, OSError) as problem:
            sys.stderr.write(f"{problem}\n")
            return 2
    return 0


def tell(number: int) -> None:
    """Say that something is confirmed."""
    os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    sys.exit(main())

"""Putting a file aside before it is written over, because what another program wrote must not be lost either."""

from pathlib import Path
from typing import Final

from workbench.files.atomic import write_atomically
from workbench.files.canonical import content_hash
from workbench.files.fileops import FileOps
from workbench.files.header import SUFFIX
from workbench.files.own import state_folder
from workbench.files.project import read_bounded

_DIGEST_SHOWN: Final = 8
_LONGEST_NAME: Final = 100


def kept_folder() -> Path:
    """Where files are put aside; it is not checked to exist."""
    return state_folder() / "kept"


def put_aside(path: Path, ops: FileOps | None = None) -> Path:
    """Copy a file into the program's own folder, under a name that begins with its own.

    Returns:
        The copy; one of the same content that is there already is left as it is.

    Raises:
        ProjectFileError: it cannot be read, or the copy cannot be written; one line for the user.
    """
    data = read_bounded(path, ops)
    stem = path.name.removesuffix(SUFFIX)[:_LONGEST_NAME]
    copy = kept_folder() / f"{stem}-{content_hash(data)[:_DIGEST_SHOWN]}{SUFFIX}"
    write_atomically(copy, data, ops, folder=True)
    return copy

"""The file a figure or a table goes into: looked at before anything is drawn, replaced in one step. No Qt."""

from pathlib import Path

from workbench.export.errors import ExportError
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError


def check_place(out: Path) -> None:
    """Say what is wrong with the place before time is spent on drawing.

    Raises:
        ExportError: there is a folder of that name, or no folder to put the file in.
    """
    if out.is_dir():
        raise ExportError(f"{out} is a folder; give a file name inside it.")
    if not out.parent.is_dir():
        raise ExportError(f"{out.parent}: there is no such folder; make it or write elsewhere.")


def put(out: Path, data: bytes) -> int:
    """Write a file, replacing what lay there in one step; returns its bytes.

    Raises:
        ExportError: it could not be written; what lay there is as it was.
    """
    try:
        write_atomically(out, data)
    except SaveError as error:
        raise ExportError(str(error)) from error
    return len(data)

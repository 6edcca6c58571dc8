"""The hazard log as a file whose ending says the format. No Qt; document libraries load when used."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from workbench.export.errors import ExportError
from workbench.export.log_csv import write_csv
from workbench.export.log_docx import write_docx
from workbench.export.log_html import write_html
from workbench.export.log_md import write_md
from workbench.export.log_sheet import LogSheet, log_sheet
from workbench.export.log_xlsx import write_xlsx
from workbench.export.out_file import check_place, put
from workbench.store.store import Store

WRITERS: Final[dict[str, Callable[[LogSheet], bytes]]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
    "md": write_md,
    "csv": write_csv,
}


def export_log(store: Store, out: Path, *, as_of: str | None = None) -> int:
    """Write the hazard log, replacing what lay there in one step; returns the bytes of the file.

    Raises:
        ExportError: the ending, the day or the folder does not do. Nothing was written.
    """
    return put(out, log_bytes(store, out, as_of=as_of))


def log_bytes(store: Store, out: Path, *, as_of: str | None = None) -> bytes:
    """The bytes of the file, as its ending says; nothing is written.

    Raises:
        ExportError: as ``export_log``.
    """
    ending = out.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(WRITERS)
        raise ExportError(f"{out}: the hazard log is written as {known}; give OUT one of these endings.")
    check_place(out)
    try:
        return WRITERS[ending](log_sheet(store, as_of))
    except ImportError as error:
        raise ExportError(f"{error.name} is missing; install it with: pip install {error.name}.") from error

"""The hazard log as CSV: RFC 4180, UTF-8, every field quoted, no cell that a spreadsheet would compute."""

import csv
import io

from workbench.export.log_sheet import LogSheet
from workbench.files.log_text import guarded


def write_csv(sheet: LogSheet, *, mark: bool = True) -> bytes:
    """The log as CSV.

    Args:
        sheet: the log.
        mark: begin with the byte order mark by which spreadsheets know UTF-8.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([guarded(cell.text) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8", "replace")

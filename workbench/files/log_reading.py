"""Reading a hazard log that somebody made as rows of text: from CSV or from a workbook, with what could not be taken.

The file is read as data only: no formula is computed, no address followed, and its size is bounded.
"""

import csv
import io
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.files.log_grid import (
    HEAD_ROWS,
    LENT,
    MAX_COLUMNS,
    Grid,
    LogReadError,
    Remark,
    Score,
    letters_of,
    own,
    table,
)
from workbench.files.log_text import plain, unguarded

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_UNPACKED: Final = 192 * 1024 * 1024
_MAX_MEMBERS: Final = 2_000
_MAX_ROWS: Final = 50_000
_MAX_CELL: Final = 1_000_000
_MAX_MERGED: Final = 500_000
"""Cells that lie under merged ones; the library makes an object of each."""

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"


def read_grid(path: Path, score: Score, *, sheet: str = "", heading_row: int = 0) -> Grid:
    """The table a file holds.

    Args:
        path: a CSV or an XLSX file; its content says which, not its name.
        score: tells the heading from other rows, and the delimiter of a CSV.
        sheet: name of the sheet; empty: the visible one whose heading looks most like a log's.
        heading_row: its number from 1; 0: look for it.

    Raises:
        LogReadError: it cannot be read; one line for the user.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise LogReadError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    if len(data) > _MAX_BYTES:
        raise LogReadError(f"{path} is larger than {_MAX_BYTES // 2**20} MB; split the log into smaller files.")
    if data.startswith(_ZIP):
        return _workbook(path, data, score, sheet, heading_row)
    if data.startswith(_OLD_WORKBOOK):
        raise LogReadError(f"{path} is an old or encrypted workbook; save it as .xlsx without a password.")
    return _csv(path, data, score, heading_row)


# CSV


def _csv(path: Path, data: bytes, score: Score, heading_row: int) -> Grid:
    text, remarks = _decoded(path, data)
    delimiter = max(_DELIMITERS, key=lambda sign: _fitness(text, sign, score))
    rows = [(number, [unguarded(plain(cell)) for cell in cells]) for number, cells in _rows(path, text, delimiter)]
    return replace(table(path, "", rows, remarks, score, heading_row), delimiter=delimiter)


_DELIMITERS: Final = (",", ";", "\t", "|")


def _fitness(text: str, delimiter: str, score: Score) -> tuple[int, int]:
    """How well a delimiter does: headings found in the first rows, and cells of the very first."""
    first: list[list[str]] = []
    with suppress(csv.Error):  # a cell too long, as the wrong delimiter makes them
        first.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEAD_ROWS))
    return max(map(score, first), default=0), len(first[0]) if first else 0


def _decoded(path: Path, data: bytes) -> tuple[str, list[Remark]]:
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise LogReadError(f"{path} is neither a CSV nor an XLSX file; export the log to one of them.") from None
        said = "not UTF-8; read as Windows-1252, check the accented letters"
        return data.decode("cp1252", "replace"), [Remark(0, "", said)]
    if "\x00" in text:
        raise LogReadError(f"{path} is neither a CSV nor an XLSX file; export the log to one of them.")
    return text, []


def _rows(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with the number a spreadsheet gives them: a record counts once, whatever lines its cells hold."""
    limit = csv.field_size_limit(_MAX_CELL)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > _MAX_ROWS:
                raise LogReadError(f"{path} has more than {_MAX_ROWS:,} rows; split the log.")
            rows.append((number, cells[:MAX_COLUMNS]))
    except csv.Error as error:
        raise LogReadError(f"{path} is no CSV that can be read ({error}); export it again.") from None
    finally:
        csv.field_size_limit(limit)
    return rows


# workbooks


def _workbook(path: Path, data: bytes, score: Score, sheet: str, heading_row: int) -> Grid:
    _check_zip(path, data)
    import openpyxl

    try:
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - the library lets many kinds out of a broken file
        raise LogReadError(f"{path} is no workbook that can be read ({type(error).__name__}); save it again.") from None
    pages = [page for page in values.worksheets if page.sheet_state == "visible"]
    if sheet:
        pages = [page for page in values.worksheets if page.title == sheet]
        if not pages:
            raise LogReadError(f"{path} has no sheet called {sheet!r}; it has {', '.join(values.sheetnames)}.")
    best: Grid | None = None
    best_score = -1
    for page in pages:
        grid = _page(path, page, formulas[page.title], score, heading_row)
        found = score(grid.headings) if grid is not None else -1
        if grid is not None and found > best_score:
            best, best_score = grid, found
    if best is None:
        raise LogReadError(f"{path} has no visible sheet with a table; put the log on one.")
    skipped = [page.title for page in values.worksheets if page.sheet_state != "visible" and page.title != sheet]
    hidden = tuple(Remark(0, "", f"the hidden sheet {title!r} was not read") for title in skipped)
    visible = tuple(page.title for page in values.worksheets if page.sheet_state == "visible")
    return replace(best, remarks=(*hidden, *best.remarks), sheets=visible)


def _check_zip(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise LogReadError(f"{path} is a damaged workbook; save it again.") from None
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise LogReadError(f"{path} unpacks to more than {_MAX_UNPACKED // 2**20} MB; save only the log's sheet.")
    if not any(member.filename.startswith("xl/") for member in members):
        raise LogReadError(f"{path} is no Excel workbook; save it as .xlsx or .csv (an .ods too).")
    sheets = [member for member in members if member.filename.startswith("xl/worksheets/")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            merged = sum(_merged_in(archive.read(member)) for member in sheets)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        raise LogReadError(f"{path} is a damaged or encrypted workbook; save it again without a password.") from None
    if merged > _MAX_MERGED:
        raise LogReadError(f"{path} merges more than {_MAX_MERGED:,} cells; undo the merging, or save it as .csv.")


_MERGED: Final = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)""")


def _merged_in(sheet: bytes) -> int:
    """How many cells of a sheet lie under merged ones."""
    if sheet.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in sheet[:16]:
        sheet = sheet.replace(b"\x00", b"")  # UTF-16, in which the tags are ASCII with a zero to each letter
    total = 0
    for left, top, right, bottom in _MERGED.findall(sheet):
        total += (_column(right) - _column(left) + 1) * (int(bottom[:9]) - int(top[:9]) + 1)
    return total


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _page(path: Path, page: "Worksheet", formulas: "Worksheet", score: Score, heading_row: int) -> Grid | None:
    filled = [found for found in _cells(page) if found[2].value is not None]
    computed = [found for found in _cells(formulas) if found[2].data_type == "f"]
    height = max((number for number, _, _ in (*filled, *computed)), default=0)
    width = 1 + max((place for _, place, _ in (*filled, *computed)), default=0)
    if height > _MAX_ROWS:
        raise LogReadError(f"{path}: the sheet {page.title!r} has {height:,} rows; the limit is {_MAX_ROWS:,}.")
    remarks: list[Remark] = []
    rows: list[tuple[int, list[str]]] = [(number, []) for number in range(1, height + 1)]
    letters = letters_of(width)
    for number, place, cell in filled:
        row = rows[number - 1][1]
        row += [""] * (place + 1 - len(row))
        row[place] = _text(cell.value)
        if row[place] in _ERRORS:
            remarks.append(Remark(number, letters[place], f"the error {row[place]} instead of a value; left out"))
            row[place] = ""
    failed = {(remark.row, remark.column) for remark in remarks}
    for number, place, _ in computed:
        row = rows[number - 1][1]
        if (number, letters[place]) not in failed:
            said = (
                "a formula; its stored result was taken"
                if place < len(row) and row[place]
                else "a formula without a stored result; open and save the file in a spreadsheet, then import again"
            )
            remarks.append(Remark(number, letters[place], said))
    hidden = {number for number, size in page.row_dimensions.items() if size.hidden}
    remarks += [
        Remark(number, "", "this row is hidden in the spreadsheet; it was read all the same")
        for number, row in rows
        if number in hidden and any(row)
    ]
    _spread_headings(page, rows)
    if not any(any(row) for _, row in rows):
        return None
    return table(path, page.title, rows, remarks, score, heading_row)


def _cells(page: "Worksheet") -> list[tuple[int, int, "Cell | MergedCell"]]:
    """The cells a sheet has, row by row: number of the row, place in it from 0, and the cell.

    Asking the library for rows makes a cell of every empty place, millions where one cell stands far out.
    """
    known: dict[tuple[int, int], Cell | MergedCell] = page._cells  # noqa: SLF001 - no public way leaves empty places out
    return [(row, column - 1, cell) for (row, column), cell in sorted(known.items()) if column <= MAX_COLUMNS]


_ERRORS: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def _spread_headings(page: "Worksheet", rows: list[tuple[int, list[str]]]) -> None:
    """Let merged cells lend their text to what stands under them: a heading of two rows names each column in its lower.

    A cell over several rows names its column in all of them, and one over several columns goes before the names below
    it (*Risk* over *before* and *after*), unless it is a title that has its row to itself. Where the row below holds
    nothing but such names, the other headings of the upper row name their columns there too.
    """
    spanned: dict[int, set[int]] = {}
    for merged in page.merged_cells.ranges:
        top, left = merged.min_row - 1, merged.min_col - 1
        if top >= min(HEAD_ROWS, len(rows)) or left >= len(rows[top][1]) or merged.max_row - merged.min_row > 3:
            continue
        text = own(rows[top][1][left])
        if merged.min_col == merged.max_col:
            for _, row in rows[top + 1 : merged.max_row]:
                row.extend([""] * (left + 1 - len(row)))
                row[left] = row[left] or text + LENT
        elif merged.min_row == merged.max_row < len(rows) and _stands_among_others(rows[top][1], left, merged.max_col):
            below = rows[merged.max_row][1]
            spanned.setdefault(top, set()).update(range(left, merged.max_col))
            for place in range(left, min(merged.max_col, len(below))):
                if below[place] and LENT not in below[place]:
                    below[place] = text + LENT + below[place]
    for top, places in spanned.items():
        above, below = rows[top][1], rows[top + 1][1]
        if all(place in places for place, text in enumerate(below) if own(text)):
            below.extend([""] * (len(above) - len(below)))
            for place, text in enumerate(above):
                below[place] = below[place] or (own(text) and own(text) + LENT)


def _stands_among_others(row: list[str], left: int, right: int) -> bool:
    return any(text and not left <= place < right for place, text in enumerate(row))


def _text(value: Any) -> str:
    """A cell's value as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return plain(_unescaped(str(value)))


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as ``_x0007_`` in a workbook."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return str(unescape(text)).replace("\x00", "")

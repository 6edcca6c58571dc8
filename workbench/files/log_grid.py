"""A hazard log that somebody made, as rows of text: from CSV or from a workbook, with what could not be taken.

The file is read as data only: no formula is computed, no address followed, and its size is bounded.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.files.log_text import plain, unguarded
from workbench.values import value_type

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_UNPACKED: Final = 192 * 1024 * 1024
_MAX_MEMBERS: Final = 2_000
_MAX_ROWS: Final = 50_000
_MAX_COLUMNS: Final = 256
_MAX_CELL: Final = 1_000_000
_MAX_MERGED: Final = 500_000
"""Cells that lie under merged ones; the library makes an object of each."""

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_HEAD_ROWS: Final = 25
"""A heading further down than this is not looked for."""


class LogReadError(Exception):
    """A log cannot be read at all: one line for the user, what and where and what to do."""


@value_type(frozen=True, slots=True)
class Remark:
    """What was not taken, or not as it stands.

    Attributes:
        row: as the spreadsheet counts, from 1; 0: about the whole file.
        column: heading of the cell; empty: about the row.
    """

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "the file"
        return f"{where}, {self.column}: {self.message}" if self.column else f"{where}: {self.message}"


@value_type(frozen=True, slots=True)
class GridRow:
    """One row: its number as the spreadsheet counts, and the text of its cells."""

    number: int
    cells: tuple[str, ...]


@value_type(frozen=True, slots=True)
class Grid:
    """A table of text below its heading.

    Attributes:
        sheet: name of the sheet of a workbook; empty for CSV.
        headings: one for each column, unique; a column without one is called by its letter.
        heading_row: its number.
    """

    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[GridRow, ...]
    remarks: tuple[Remark, ...]


Score = Callable[[Iterable[str]], int]
"""How many of some texts look like headings of a log."""


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
    return _table(path, "", rows, remarks, score, heading_row)


_DELIMITERS: Final = (",", ";", "\t", "|")


def _fitness(text: str, delimiter: str, score: Score) -> tuple[int, int]:
    """How well a delimiter does: headings found in the first rows, and cells of the very first."""
    first: list[list[str]] = []
    with suppress(csv.Error):  # a cell too long, as the wrong delimiter makes them
        first.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _HEAD_ROWS))
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
            rows.append((number, cells[:_MAX_COLUMNS]))
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
    return Grid(best.sheet, best.headings, best.heading_row, best.rows, (*hidden, *best.remarks))


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
    height, width = page.max_row or 0, min(page.max_column or 0, _MAX_COLUMNS)
    if height > _MAX_ROWS:
        raise LogReadError(f"{path}: the sheet {page.title!r} has {height:,} rows; the limit is {_MAX_ROWS:,}.")
    remarks: list[Remark] = []
    rows: list[tuple[int, list[str]]] = [(number, []) for number in range(1, height + 1)]
    for number, place, cell in _cells(page):
        row = rows[number - 1][1]
        row += [""] * (place + 1 - len(row))
        row[place] = _text(cell.value)
    letters = _letters(width)
    for number, place, cell in _cells(formulas):
        row = rows[number - 1][1]
        if cell.data_type == "f":
            said = (
                "a formula; its stored result was taken"
                if row[place]
                else "a formula without a stored result; open and save the file in a spreadsheet, then import again"
            )
            remarks.append(Remark(number, letters[place], said))
        elif cell.data_type == "e":
            remarks.append(Remark(number, letters[place], f"the error {cell.value} instead of a value; left out"))
            row[place] = ""
    for number, row in rows:
        for place, text in enumerate(row):
            if text.startswith("#") and text in _ERRORS:
                row[place] = ""
                remarks.append(Remark(number, letters[place], f"the error {text} instead of a value; left out"))
    hidden = {number for number, size in page.row_dimensions.items() if size.hidden}
    remarks += [
        Remark(number, "", "this row is hidden in the spreadsheet; it was read all the same")
        for number, row in rows
        if number in hidden and any(row)
    ]
    _spread_headings(page, rows)
    if not any(any(row) for _, row in rows):
        return None
    return _table(path, page.title, rows, remarks, score, heading_row)


def _cells(page: "Worksheet") -> list[tuple[int, int, "Cell | MergedCell"]]:
    """The cells a sheet has, row by row: number of the row, place in it from 0, and the cell.

    Asking the library for rows makes a cell of every empty place, millions where one cell stands far out.
    """
    known: dict[tuple[int, int], Cell | MergedCell] = page._cells  # noqa: SLF001 - no public way leaves empty places out
    return [(row, column - 1, cell) for (row, column), cell in sorted(known.items()) if column <= _MAX_COLUMNS]


_ERRORS: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def _spread_headings(page: "Worksheet", rows: list[tuple[int, list[str]]]) -> None:
    """Merged headings count for every row they span: the lower row of a heading of two names each column."""
    for merged in page.merged_cells.ranges:
        if merged.min_row > _HEAD_ROWS or merged.max_row == merged.min_row or merged.max_row - merged.min_row > 3:
            continue
        first = rows[merged.min_row - 1][1]
        if merged.min_col > len(first) or merged.max_col != merged.min_col:
            continue
        text = first[merged.min_col - 1]
        for _, row in rows[merged.min_row : merged.max_row]:
            row.extend([""] * (merged.min_col - len(row)))
            row[merged.min_col - 1] = row[merged.min_col - 1] or _SPREAD + text


_SPREAD: Final = "\x00"
"""Begins a text that a merged cell lends to the rows it spans; it counts only where the heading is found."""


def _text(value: Any) -> str:
    """A cell's value as a person reads it."""
    if value is None:
        return ""
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


def _letters(count: int) -> list[str]:
    names = []
    for place in range(count):
        name, rest = "", place + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            name = chr(65 + digit) + name
        names.append(f"column {name}")
    return names


# both


def _table(
    path: Path,
    sheet: str,
    rows: list[tuple[int, list[str]]],
    remarks: list[Remark],
    score: Score,
    heading_row: int,
) -> Grid:
    if heading_row:
        at = next((place for place, (number, _) in enumerate(rows) if number == heading_row), -1)
        if at < 0:
            raise LogReadError(f"{path} has no row {heading_row}; name the row of the headings.")
    else:
        scores = [score(cell.removeprefix(_SPREAD) for cell in cells) for _, cells in rows[:_HEAD_ROWS]]
        at = scores.index(max(scores)) if scores else -1
        if scores and not max(scores):  # no heading known: the first row with more than one cell
            at = next((i for i, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
    if at < 0:
        raise LogReadError(f"{path} is empty; name a file with a table.")
    number, cells = rows[at]
    width = max((len(row) for _, row in rows[at:]), default=0)
    letters = _letters(width)
    headings = _unique([*(cell.removeprefix(_SPREAD) for cell in cells), *[""] * (width - len(cells))], letters)
    by_letter = dict(zip(letters, headings, strict=True))
    kept = tuple(
        GridRow(
            row, tuple(("" if cell.startswith(_SPREAD) else cell) for cell in [*found, *[""] * (width - len(found))])
        )
        for row, found in rows[at + 1 :]
        if any(cell and not cell.startswith(_SPREAD) for cell in found)
    )
    said = tuple(
        Remark(remark.row, by_letter.get(remark.column, remark.column), remark.message)
        for remark in remarks
        if not 0 < remark.row <= number
    )
    return Grid(sheet, headings, number, kept, said)


def _unique(cells: list[str], letters: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell, letter in zip(cells, letters, strict=True):
        name = " ".join(cell.split())[:200] or letter
        found.append(f"{name} ({letter})" if name in found else name)
    return tuple(found)

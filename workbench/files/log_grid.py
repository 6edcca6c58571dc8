"""A table of text that somebody made for a log: its heading, its rows, and what could not be taken."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from workbench.values import value_type

MAX_COLUMNS: Final = 256
HEAD_ROWS: Final = 25
"""A heading further down than this is not looked for."""

LENT: Final = "\x00"
"""Ends what a merged cell lends to a cell; it counts only where the heading is found. No cell can hold this sign."""


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
        sheets: names of all visible sheets of a workbook.
        delimiter: what parts the columns of a CSV; empty for a workbook.
    """

    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[GridRow, ...]
    remarks: tuple[Remark, ...]
    sheets: tuple[str, ...] = ()
    delimiter: str = ""


Score = Callable[[Iterable[str]], int]
"""How many of some texts look like headings of a log."""


def own(cell: str) -> str:
    """What stands in a cell itself."""
    return cell.rpartition(LENT)[2]


def _heading(cell: str) -> str:
    """What a cell says as a heading: with what a merged cell lends it."""
    return cell.replace(LENT, " ").strip()


def letters_of(count: int) -> list[str]:
    """Names of columns that have no heading: *column A* and on."""
    names = []
    for place in range(count):
        name, rest = "", place + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            name = chr(65 + digit) + name
        names.append(f"column {name}")
    return names


def table(
    path: Path,
    sheet: str,
    rows: list[tuple[int, list[str]]],
    remarks: list[Remark],
    score: Score,
    heading_row: int,
) -> Grid:
    """The table below the heading that is found among the first rows, or stands in ``heading_row`` (0: look for it).

    Raises:
        LogReadError: there is no such row, or none at all.
    """
    if not any(any(cells) for _, cells in rows):
        raise LogReadError(f"{path} is empty; name a file with a table.")
    if heading_row:
        at = next((place for place, (number, _) in enumerate(rows) if number == heading_row), -1)
        if at < 0:
            raise LogReadError(f"{path} has no row {heading_row}; name the row of the headings.")
    else:
        scores = [score(map(_heading, cells)) for _, cells in rows[:HEAD_ROWS]]
        at = scores.index(max(scores))
        if not max(scores):  # no heading known: the first row with more than one cell
            at = next((i for i, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
    number, cells = rows[at]
    width = max((len(row) for _, row in rows[at:]), default=0)
    letters = letters_of(width)
    headings = _unique([*map(_heading, cells), *[""] * (width - len(cells))], letters)
    by_letter = dict(zip(letters, headings, strict=True))
    kept = tuple(
        GridRow(row, (*map(own, found), *[""] * (width - len(found))))
        for row, found in rows[at + 1 :]
        if any(map(own, found))
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

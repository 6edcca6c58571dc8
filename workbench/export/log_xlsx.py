"""The hazard log as an Excel workbook: text only, a frozen heading, filters, ratings in their colours."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from workbench.export.log_sheet import Cell, LogSheet
from workbench.files.log_text import is_dangerous

_WIDTHS: Final[dict[str, int]] = {
    "id": 8, "title": 28, "source": 22, "description": 44, "trigger_event": 36, "effects": 36, "mitigations": 40,
    "hri": 9, "hri_post": 10, "status": 11, "owner": 18,
}  # fmt: skip
_WIDTH: Final = 24
_LONGEST: Final = 32_767
"""Characters a cell of a workbook holds."""
_CUT: Final = "… (cut: longer than a cell of a workbook holds; the CSV has it whole)"
_LINE: Final = 15.0
_HIGHEST: Final = 409.0
"""Points of the highest row a workbook can have."""
_WRAPPED: Final = 1.12
"""Lines broken between words are that much longer than their letters."""
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
FILLS: Final = ("FFFFFF", "E3F1E5", "FFF3C4", "FFDDB8", "F8C9C4")
"""Ground of a rating by the steps of its level; the words carry the meaning."""


def write_xlsx(sheet: LogSheet) -> bytes:
    """The log as a workbook; the same log gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    book.set_properties(
        {
            "title": _xml(f"{sheet.title}: {sheet.project}"),
            "author": _xml(", ".join(sheet.authors)),
            "created": (sheet.time or _EPOCH).replace(tzinfo=None),
        }
    )
    page = book.add_worksheet("Hazard log")
    formats = _Formats(book)
    for place, (column, heading) in enumerate(zip(sheet.columns, sheet.headings, strict=True)):
        page.set_column(place, place, _WIDTHS.get(column, _WIDTH))
        page.write_string(0, place, heading, formats.heading)
    for number, row in enumerate(sheet.rows, 1):
        page.set_row(number, _height(zip(sheet.columns, row, strict=True)))
        for place, cell in enumerate(row):
            if cell.lines:
                page.write_string(number, place, _fitting(cell.text), formats.of(cell))
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 60)
    for number, (name, value) in enumerate((("Project", sheet.project), *sheet.facts)):
        about.write_string(number, 0, name, formats.heading)
        about.write_string(number, 1, _fitting(value), formats.text(value, 0))
    book.close()
    return out.getvalue()


class _Formats:
    """Formats of the cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[bool, int], Any] = {}
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EAED", "bottom": 1}
        )

    def of(self, cell: Cell) -> Any:
        """The format of a cell."""
        return self.text(cell.text, cell.steps if cell.level else 0)

    def text(self, text: str, steps: int) -> Any:
        """Text; marked as typed with an apostrophe where editing the cell would else make a formula of it."""
        key = (is_dangerous(text), steps)
        if key not in self._made:
            wanted: dict[str, Any] = {"text_wrap": True, "valign": "top", "quote_prefix": key[0]}
            if steps:
                wanted |= {"bg_color": f"#{FILLS[steps]}", "bold": True}
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def _height(cells: Iterable[tuple[str, Cell]]) -> float:
    """Points that the lines of a row need: some programs show one line of each row that names no height."""
    most = max(
        sum(1 + int(len(line) * _WRAPPED / _WIDTHS.get(column, _WIDTH)) for line in cell.lines)
        for column, cell in cells
    )
    return min(_HIGHEST, _LINE * max(1, most))


def _fitting(text: str) -> str:
    text = _xml(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _xml(text: str) -> str:
    """Text without what no XML can hold: halves of surrogate pairs, and two code points that are none."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff" else sign for sign in text)

"""The hazard log as a Word document: a table on landscape A3, its heading repeated on every page."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import keep_together, narrow_margins, repeat_heading, same_dates, shade
from workbench.export.log_sheet import EMPTY, Cell, LogSheet
from workbench.export.log_xlsx import FILLS
from workbench.render.characters import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell as TableCell
    from docx.table import _Row as TableRow

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
WIDTHS: Final[dict[str, float]] = {
    "id": 14, "title": 28, "source": 25, "description": 42, "trigger_event": 33, "application": 27, "effects": 33,
    "mitigations": 36, "hri": 18, "hri_post": 19, "status": 18, "owner": 24, "protected_characteristics": 31,
    "dimensions": 27, "vector": 27, "hri_rated": 25, "hri_post_rated": 25, "accepted": 32,
}  # fmt: skip
USUAL_WIDTH: Final = 22.0


def write_docx(sheet: LogSheet) -> bytes:
    """The log as a document; the same log gives the same bytes."""
    import docx

    document = docx.Document()
    _page(document)
    facts = document.core_properties
    when = sheet.time or _EPOCH
    facts.title, facts.author = clean(f"{sheet.title}: {sheet.project}")[:255], clean(", ".join(sheet.authors))[:255]
    facts.comments, facts.last_modified_by = "", ""
    facts.created = facts.modified = when.replace(tzinfo=None, microsecond=0)
    document.add_heading(sheet.title, 1)
    document.add_paragraph(clean(sheet.project))
    document.add_paragraph(clean(" · ".join(f"{name}: {value}" for name, value in sheet.facts)))
    if sheet.rows:
        _table(document, sheet)
    else:
        document.add_paragraph(EMPTY)
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


def _page(document: "Document") -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt
    from docx.styles.style import ParagraphStyle

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    normal = document.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.size = Pt(8)
        normal.paragraph_format.space_after = Pt(2)


def _table(document: "Document", sheet: LogSheet) -> None:
    from docx.shared import Mm

    wanted = [WIDTHS.get(column, USUAL_WIDTH) for column in sheet.columns]
    scale = 396 / sum(wanted)
    widths = [Mm(width * scale) for width in wanted]
    table = document.add_table(rows=1 + len(sheet.rows), cols=len(sheet.columns))
    table.style = "Table Grid"
    table.autofit = False
    narrow_margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):  # rows and cells are walked once: looking them up one by one is slow
        cells = row.cells
        if not number:
            _heading(row, cells, sheet.headings)
            continue
        keep_together(row)
        for cell, content in zip(cells, sheet.rows[number - 1], strict=True):
            _fill(cell, content)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _heading(row: "TableRow", cells: "tuple[TableCell, ...]", headings: tuple[str, ...]) -> None:
    repeat_heading(row)
    for cell, heading in zip(cells, headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
        shade(cell, "E8EAED")


def _fill(cell: "TableCell", content: Cell) -> None:
    for place, line in enumerate(content.lines):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        paragraph.add_run(clean(line)).bold = bool(content.level) or None
    if content.level:
        cell.add_paragraph(clean(content.level))
        shade(cell, FILLS[content.steps])

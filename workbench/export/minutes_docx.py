"""Minutes as a Word document: facts, tables, and a page across for each picture."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import keep_together, narrow_margins, repeat_heading, same_dates, shade
from workbench.export.minutes_sheet import Minutes, Picture, Table
from workbench.render.characters import clean

if TYPE_CHECKING:
    from docx.document import Document

_FONT: Final = "Calibri"
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_ACROSS_MM: Final = (267.0, 150.0)
"""Room for a picture on a page across, below its heading."""
_WIDE_MM: Final = 178.0


def write_docx(sheet: Minutes, pictures: Sequence[Picture]) -> bytes:
    """The minutes as a document; the same minutes and pictures give the same bytes."""
    import docx

    document = docx.Document()
    _page(document)
    facts = document.core_properties
    facts.title, facts.author = clean(f"Minutes: {sheet.title}")[:255], ""
    facts.comments, facts.last_modified_by = "", ""
    facts.created = facts.modified = (sheet.time or _EPOCH).replace(tzinfo=None, microsecond=0)
    document.add_heading(clean(f"Minutes: {sheet.title}"), 1)
    for name, value in sheet.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(clean(value))
    if sheet.agenda:
        document.add_heading("Agenda", 2)
        for number, title in enumerate(sheet.agenda, 1):
            document.add_paragraph(f"{number}. {clean(title)}")
    for table in sheet.tables:
        document.add_heading(table.name, 2)
        if table.rows:
            _table(document, table)
        else:
            document.add_paragraph("None.")
    if sheet.changes or sheet.notes or pictures:
        document.add_heading("What changed", 2)
    for note in sheet.notes:
        document.add_paragraph(clean(note))
    for change in sheet.changes:
        indented = change.startswith(" ")
        document.add_paragraph(clean(change.strip()), style="List Bullet 2" if indented else "List Bullet")
    if pictures:
        _pictures(document, pictures)
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


def _page(document: "Document") -> None:
    from docx.shared import Mm, Pt
    from docx.styles.style import ParagraphStyle

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(16)
    for name, size, after in (("Normal", 10, 3), ("List Bullet", 10, 1), ("List Bullet 2", 10, 1)):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.name, style.font.size = _FONT, Pt(size)
            style.paragraph_format.space_after = Pt(after)


def _table(document: "Document", table: Table) -> None:
    from docx.shared import Mm

    made = document.add_table(rows=1 + len(table.rows), cols=len(table.headings))
    made.style = "Table Grid"
    made.autofit = False
    narrow_margins(made)
    widths = [Mm(_WIDE_MM * share / sum(table.widths)) for share in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(made.rows):
        keep_together(row)
        if not number:
            repeat_heading(row)
        texts = table.rows[number - 1] if number else table.headings
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            for place, line in enumerate(clean(text).split("\n")):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                paragraph.add_run(line).bold = True if not number else None
            if not number:
                shade(cell, "E8EAED")


def _pictures(document: "Document", pictures: Sequence[Picture]) -> None:
    """Each on a page across, as large as fits."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.image.image import Image
    from docx.shared import Mm

    for number, picture in enumerate(pictures):
        if not number:
            section = document.add_section(WD_SECTION.NEW_PAGE)
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.left_margin = section.right_margin = Mm(15)
        heading = document.add_heading(clean(picture.title), 2)
        heading.paragraph_format.page_break_before = bool(number)
        image = Image.from_blob(picture.data)
        wide, high = _ACROSS_MM
        scale = min(wide / image.px_width, high / image.px_height)
        document.add_picture(io.BytesIO(picture.data), width=Mm(image.px_width * scale))

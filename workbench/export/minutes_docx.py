"""Minutes as a Word document: facts, tables, and a page across for each picture."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import Body, Box, run, same_dates
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
    body = Body(document)
    body.paragraph(run(clean(f"Minutes: {sheet.title}")), style="Heading 1")
    for name, value in sheet.facts:
        body.paragraph(run(f"{name}: ", bold=True), run(clean(value)))
    if sheet.agenda:
        body.paragraph(run("Agenda"), style="Heading 2")
        for number, title in enumerate(sheet.agenda, 1):
            body.paragraph(run(f"{number}. {clean(title)}"))
    for table in sheet.tables:
        body.paragraph(run(table.name), style="Heading 2")
        if table.rows:
            _table(body, table)
        else:
            body.paragraph(run("None."))
    if sheet.changes or sheet.notes or pictures:
        body.paragraph(run("What changed"), style="Heading 2")
    for note in sheet.notes:
        body.paragraph(run(clean(note)))
    for change in sheet.changes:
        indented = change.startswith(" ")
        body.paragraph(run(clean(change.strip())), style="List Bullet 2" if indented else "List Bullet")
    if pictures:
        _pictures(document, body, pictures)
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


def _table(body: Body, table: Table) -> None:
    widths = [_WIDE_MM * share / sum(table.widths) for share in table.widths]
    heads = [Box((heading,), bold=True, ground="E8EAED") for heading in table.headings]
    rows = [[Box(clean(text).split("\n")) for text in row] for row in table.rows]
    for _ in body.table(widths, [heads, *rows], 0.0):
        pass


def _pictures(document: "Document", body: Body, pictures: Sequence[Picture]) -> None:
    """Each on a page across, as large as fits."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.image.image import Image
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    for number, picture in enumerate(pictures):
        look = "<w:pageBreakBefore/>" if number else ""
        body.paragraph(run(clean(picture.title)), style="Heading 2", look=look)
        image = Image.from_blob(picture.data)
        wide, high = _ACROSS_MM
        scale = min(wide / image.px_width, high / image.px_height)
        body.picture(picture.data, image.px_width * scale, clean(f"{picture.title}: what changed"))

"""The hazard log as a Word document: a table on landscape A3, its heading repeated on every page."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import Body, Box, run, same_dates
from workbench.export.log_sheet import EMPTY, Cell, LogSheet
from workbench.export.log_xlsx import FILLS
from workbench.render.characters import clean

if TYPE_CHECKING:
    from docx.document import Document

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
WIDTHS: Final[dict[str, float]] = {
    "id": 14, "title": 28, "source": 25, "description": 42, "trigger_event": 33, "application": 27, "effects": 33,
    "mitigations": 36, "hri": 18, "hri_post": 19, "status": 18, "owner": 24, "protected_characteristics": 31,
    "dimensions": 27, "vector": 27, "hri_rated": 25, "hri_post_rated": 25, "accepted": 32,
}  # fmt: skip
USUAL_WIDTH: Final = 22.0
_ACROSS_MM: Final = 396.0


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
    body = Body(document)
    body.paragraph(run(sheet.title), style="Heading 1")
    body.paragraph(run(clean(sheet.project)))
    body.paragraph(run(clean(" · ".join(f"{name}: {value}" for name, value in sheet.facts))))
    if sheet.rows:
        _table(body, sheet)
    else:
        body.paragraph(run(EMPTY))
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


def _table(body: Body, sheet: LogSheet) -> None:
    wanted = [WIDTHS.get(column, USUAL_WIDTH) for column in sheet.columns]
    widths = [width * _ACROSS_MM / sum(wanted) for width in wanted]
    heads = [Box((heading,), bold=True, ground="E8EAED") for heading in sheet.headings]
    for _ in body.table(widths, [heads, *(list(map(_box, row)) for row in sheet.rows)], 0.0):
        pass


def _box(content: Cell) -> Box:
    lines = [clean(line) for line in content.lines]
    if not content.level:
        return Box(lines)
    return Box([*lines, clean(content.level)], bold=True, ground=FILLS[content.steps])

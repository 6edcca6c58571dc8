"""The report as a Word document: headings for the navigation pane, tables, pictures, page numbers, pages as they suit.

Word shows no drawings made of lines from other programs on every computer, so pictures are PNG here.
"""

import io
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import TIGHT, Body, Box, run, same_dates
from workbench.export.log_sheet import Cell
from workbench.export.log_xlsx import FILLS
from workbench.export.options import ExportOptions
from workbench.export.png import SCENE_DPI, write_png
from workbench.export.report_model import Block, Facts, Heading, Paper, Picture, Report, Table, Words
from workbench.render.characters import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as Pages

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_SIZES: Final[dict[Paper, tuple[float, float, float]]] = {
    "portrait": (210, 297, 17),
    "landscape": (297, 210, 15),
    "wide": (420, 297, 12),
}
"""Width, height and margin of the pages in millimetres."""
_INCH: Final = 25.4
_DPI: Final = 192.0
_MOST_PIXELS: Final = 6_000_000
"""Of one picture; a large diagram is coarser, so that the document can still be opened."""
_LEAST_READ: Final = 0.75
_TEXT: Final = 10.0
_SMALL: Final = 9.0
_WIDE_TEXT: Final = 8.0
_GREY: Final = "57606A"
_NAMES_MM: Final = 38.0
"""Width of the names beside facts."""


def write_docx(report: Report) -> Generator[None, None, bytes]:
    """The file, made step by step; the same report gives the same bytes."""
    import docx

    document = docx.Document()
    facts = document.core_properties
    when = report.time or _EPOCH
    facts.title, facts.author = clean(f"{report.title}: {report.project}")[:255], ", ".join(report.authors)[:255]
    facts.comments, facts.last_modified_by = "", ""
    facts.created = facts.modified = when.replace(tzinfo=None, microsecond=0)
    writer = _Writer(document, report)
    writer.front()
    for number, section in enumerate(report.sections, 1):
        writer.section(f"{number} {section.title}", section.page)
        for block in section.blocks:
            yield from writer.block(block)
            yield
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, document: "Document", report: Report) -> None:
        from docx.shared import Pt
        from docx.styles.style import ParagraphStyle

        self._document = document
        self._body = Body(document)
        self._report = report
        self._paper: Paper = "portrait"
        self._text: Paper = "portrait"
        normal = document.styles["Normal"]
        if isinstance(normal, ParagraphStyle):
            normal.font.name, normal.font.size = "Calibri", Pt(_TEXT)
            normal.paragraph_format.space_after = Pt(4)
        _size(document.sections[0], "portrait")
        self._foot(document.sections[0])

    def front(self) -> None:
        """Title, facts and the list of sections."""
        self._body.paragraph(run(self._report.project), style="Title")
        self._body.paragraph(run(self._report.title))
        self._facts(Facts(self._report.facts))
        self._body.paragraph()
        self._body.paragraph(run("Contents", bold=True))
        for number, section in enumerate(self._report.sections, 1):
            self._body.paragraph(run(f"{number} {section.title}"), look=TIGHT)
        self._body.paragraph('<w:r><w:br w:type="page"/></w:r>')

    def section(self, title: str, paper: Paper) -> None:
        """Begin a section on its paper."""
        self._text = paper
        self._turn(paper)
        self._body.paragraph(run(title), style="Heading 1")

    def block(self, block: Block) -> Iterator[None]:
        """Write one block, a long table step by step."""
        if isinstance(block, Picture):
            self._picture(block)
            return
        self._turn(self._text)
        if isinstance(block, Heading):
            self._body.paragraph(run(block.text), style="Heading 2")
        elif isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Facts):
            self._facts(block)
        else:
            yield from self._table(block)

    def _words(self, block: Words) -> None:
        if block.style == "strong":
            self._body.paragraph(run(block.text, bold=True), look='<w:keepNext/><w:spacing w:before="160"/>')
        elif block.style == "note":
            self._body.paragraph(run(block.text, size=_SMALL, colour=_GREY))
        elif block.style == "quote":
            self._body.paragraph(run(block.text), style="Quote", look='<w:ind w:left="340"/>')
        else:
            self._body.paragraph(run(block.text), style="List Bullet" if block.style == "item" else "")

    def _facts(self, block: Facts) -> None:
        """Names and values as a table without lines."""
        if not block.rows:
            return
        wide, _, margin = _SIZES[self._paper]
        widths = (_NAMES_MM, wide - 2 * margin - _NAMES_MM)
        rows = [(Box((name,), colour=_GREY), Box(value.split("\n"))) for name, value in block.rows]
        for _ in self._body.table(widths, rows, _SMALL, heading=False):
            pass
        self._body.paragraph(look=TIGHT)

    def _table(self, block: Table) -> Iterator[None]:
        wide, _, margin = _SIZES[self._paper]
        total = sum(block.widths) or 1.0
        widths = [(wide - 2 * margin) * width / total for width in block.widths]
        heads = [Box((heading,), bold=True, ground="EEF1F4") for heading in block.headings]
        rows = [[_box(content) for content in row] for row in block.rows]
        yield from self._body.table(widths, [heads, *rows], _WIDE_TEXT if self._paper == "wide" else _SMALL)
        self._body.paragraph(look=TIGHT)

    def _picture(self, block: Picture) -> None:
        """A picture as a PNG; on a page across where it would be too small to read upright.

        The pages are turned back by what comes next, so that none is left empty.
        """
        sheet, paper = block.sheet, self._text
        wide, tall, margin = _SIZES[paper]
        if paper == "portrait" and (wide - 2 * margin) * block.share / (sheet.width * _INCH / SCENE_DPI) < _LEAST_READ:
            paper = "landscape"
            wide, tall, margin = _SIZES[paper]
        self._turn(paper)
        across = min((wide - 2 * margin) * block.share, sheet.width * _INCH / SCENE_DPI)
        across = min(across, (tall - 2 * margin - 16) * sheet.width / sheet.height)
        dpi = min(_DPI, (_MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5 * SCENE_DPI)
        image = write_png(sheet, ExportOptions(format="png", dpi=max(24.0, dpi)))
        self._body.picture(image, across, clean(block.caption or sheet.title))
        if block.caption:
            self._words(Words(block.caption, "note"))

    def _turn(self, paper: Paper) -> None:
        """Go on on other paper, where it is another."""
        from docx.enum.section import WD_SECTION

        if paper != self._paper:
            _size(self._document.add_section(WD_SECTION.NEW_PAGE), paper)
            self._paper = paper

    def _foot(self, pages: "Pages") -> None:
        """What this is and the number of the page; later sections take it over."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        paragraph = pages.footer.paragraphs[0]
        paragraph.add_run(f"{self._report.project[:120]} · {self._report.title} · page ").font.size = Pt(_SMALL)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)  # noqa: SLF001 - the library has no other door to it


def _box(content: Cell) -> Box:
    if not content.level:
        return Box(content.lines)
    lines = (f"{content.lines[0]} {content.level}",) if len(content.lines) == 1 else (*content.lines, content.level)
    return Box(lines, bold=True, ground=FILLS[content.steps])


def _size(pages: "Pages", paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    wide, tall, margin = _SIZES[paper]
    pages.orientation = WD_ORIENT.PORTRAIT if paper == "portrait" else WD_ORIENT.LANDSCAPE
    pages.page_width, pages.page_height = Mm(wide), Mm(tall)
    pages.left_margin = pages.right_margin = pages.top_margin = pages.bottom_margin = Mm(margin)

"""The report as a Word document: headings for the navigation pane, tables, pictures, page numbers, pages as they suit.

Word shows no drawings made of lines from other programs on every computer, so pictures are PNG here.
"""

import io
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from workbench.export.docx_parts import fill_cell, keep_together, narrow_margins, repeat_heading, same_dates, shade
from workbench.export.log_sheet import Cell
from workbench.export.log_xlsx import FILLS
from workbench.export.options import ExportOptions
from workbench.export.png import SCENE_DPI, write_png
from workbench.export.report_model import Block, Facts, Heading, Paper, Picture, Report, Table, Words
from workbench.render.characters import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as Pages
    from docx.table import _Cell as TableCell

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
_AT_ONCE: Final = 8
"""Rows written between two looks at whether the document is still wanted."""


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
        self._report = report
        self._paper: Paper = "portrait"
        normal = document.styles["Normal"]
        if isinstance(normal, ParagraphStyle):
            normal.font.name, normal.font.size = "Calibri", Pt(_TEXT)
            normal.paragraph_format.space_after = Pt(4)
        _size(document.sections[0], "portrait")
        self._foot(document.sections[0])

    def front(self) -> None:
        """Title, facts and the list of sections."""
        from docx.enum.text import WD_BREAK

        self._document.add_heading(self._report.project, 0)
        self._document.add_paragraph(self._report.title)
        self._facts(Facts(self._report.facts))
        self._document.add_paragraph()
        self._document.add_paragraph().add_run("Contents").bold = True
        for number, section in enumerate(self._report.sections, 1):
            self._document.add_paragraph(f"{number} {section.title}").paragraph_format.space_after = 0
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def section(self, title: str, paper: Paper) -> None:
        """Begin a section on its paper."""
        self._turn(paper)
        self._document.add_heading(title, 1)

    def block(self, block: Block) -> Iterator[None]:
        """Write one block, a long table step by step."""
        if isinstance(block, Heading):
            self._document.add_heading(block.text, 2)
        elif isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            yield from self._table(block)

    def _words(self, block: Words) -> None:
        from docx.shared import Mm, Pt, RGBColor

        style = {"item": "List Bullet", "quote": "Quote"}.get(block.style, "Normal")
        paragraph = self._document.add_paragraph(style=style)
        run = paragraph.add_run(block.text)
        if block.style == "strong":
            run.bold = True
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(8)
        elif block.style == "note":
            run.font.size, run.font.color.rgb = Pt(_SMALL), RGBColor.from_string(_GREY)
        elif block.style == "quote":
            paragraph.paragraph_format.left_indent = Mm(6)

    def _facts(self, block: Facts) -> None:
        """Names and values as a table without lines."""
        from docx.shared import Mm

        if not block.rows:
            return
        wide, _, margin = _SIZES[self._paper]
        widths = (Mm(38), Mm(wide - 2 * margin - 38))
        table = self._document.add_table(rows=len(block.rows), cols=2)
        table.autofit = False
        narrow_margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, (name, value) in zip(table.rows, block.rows, strict=True):
            cells = row.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
            fill_cell(cells[0], (name,), _SMALL, colour=_GREY)
            fill_cell(cells[1], value.split("\n"), _SMALL)
        self._document.add_paragraph().paragraph_format.space_after = 0

    def _table(self, block: Table) -> Iterator[None]:
        from docx.shared import Mm

        wide, _, margin = _SIZES[self._paper]
        total = sum(block.widths) or 1.0
        widths = [Mm((wide - 2 * margin) * width / total) for width in block.widths]
        size = _WIDE_TEXT if self._paper == "wide" else _SMALL
        table = self._document.add_table(rows=1 + len(block.rows), cols=len(block.headings))
        table.style = "Table Grid"
        table.autofit = False
        narrow_margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(table.rows):
            cells = row.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
            if not number:
                repeat_heading(row)
                for cell, heading in zip(cells, block.headings, strict=True):
                    fill_cell(cell, (heading,), size, bold=True)
                    shade(cell, "EEF1F4")
                continue
            keep_together(row)
            for cell, content in zip(cells, block.rows[number - 1], strict=True):
                self._content(cell, content, size)
            if not number % _AT_ONCE:
                yield
        self._document.add_paragraph().paragraph_format.space_after = 0

    def _content(self, cell: "TableCell", content: Cell, size: float) -> None:
        if not content.level:
            fill_cell(cell, content.lines, size)
            return
        lines = (f"{content.lines[0]} {content.level}",) if len(content.lines) == 1 else (*content.lines, content.level)
        fill_cell(cell, lines, size, bold=True)
        shade(cell, FILLS[content.steps])

    def _picture(self, block: Picture) -> None:
        """A picture as a PNG; on a page across where it would be too small to read upright."""
        from docx.shared import Mm

        sheet, back = block.sheet, self._paper
        wide, tall, margin = _SIZES[self._paper]
        if back == "portrait" and (wide - 2 * margin) * block.share / (sheet.width * _INCH / SCENE_DPI) < _LEAST_READ:
            self._turn("landscape")
            wide, tall, margin = _SIZES["landscape"]
        across = min((wide - 2 * margin) * block.share, sheet.width * _INCH / SCENE_DPI)
        across = min(across, (tall - 2 * margin - 16) * sheet.width / sheet.height)
        dpi = min(_DPI, (_MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5 * SCENE_DPI)
        image = write_png(sheet, ExportOptions(format="png", dpi=max(24.0, dpi)))
        shape = self._document.add_picture(io.BytesIO(image), width=Mm(across))
        shown = shape._inline.docPr  # noqa: SLF001 - the library has no other door to it
        shown.set("descr", clean(block.caption or sheet.title)[:250])
        if block.caption:
            self._words(Words(block.caption, "note"))
        self._turn(back)

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


def _size(pages: "Pages", paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    wide, tall, margin = _SIZES[paper]
    pages.orientation = WD_ORIENT.PORTRAIT if paper == "portrait" else WD_ORIENT.LANDSCAPE
    pages.page_width, pages.page_height = Mm(wide), Mm(tall)
    pages.left_margin = pages.right_margin = pages.top_margin = pages.bottom_margin = Mm(margin)

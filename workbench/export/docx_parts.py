"""What Word documents of this program are made of: paragraphs, tables and pictures, and equal bytes.

The library looks through all that is there before it appends anything, so that a long document takes it minutes. Here
a block is written as text and parsed once. Texts are presentable ones (``clean``); a line feed in one is a line break.
"""

import html
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from workbench.values import value_type

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_SPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS: Final = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_EMU: Final = 36_000
"""Units of drawings in a millimetre."""
_AT_ONCE: Final = 16
"""Rows written between two looks at whether the document is still wanted."""
TIGHT: Final = '<w:spacing w:after="0"/>'
"""No room below a paragraph."""


@value_type(frozen=True, slots=True)
class Box:
    """A cell: its lines, each a paragraph; ``ground`` is its colour as ``RRGGBB``, empty for none."""

    lines: Sequence[str]
    bold: bool = False
    ground: str = ""
    colour: str = ""


def run(text: str, *, size: float = 0.0, bold: bool = False, colour: str = "") -> str:
    """Letters that look alike; ``size`` in points, 0 and an empty ``colour``: as the style says."""
    look = "<w:b/>" if bold else ""
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += f'<w:sz w:val="{round(2 * size)}"/>' if size else ""
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{html.escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{words}</w:r>"


class Body:
    """The text of a document, which grows at its end."""

    def __init__(self, document: "Document") -> None:
        """Write into a document of the library."""
        from docx.oxml.parser import parse_xml

        self._document = document
        self._parse = parse_xml
        self._styles: dict[str, str] = {}
        self._pictures = 0

    def paragraph(self, *runs: str, style: str = "", look: str = "") -> None:
        """A paragraph of runs; ``look`` is what its properties hold besides the style, in the order of the standard."""
        named = f'<w:pStyle w:val="{self._style(style)}"/>' if style else ""
        properties = f"<w:pPr>{named}{look}</w:pPr>" if named or look else ""
        self._add(f"<w:p {_SPACE}>{properties}{''.join(runs)}</w:p>")

    def table(
        self, widths: Sequence[float], rows: Sequence[Sequence[Box]], size: float, *, heading: bool = True
    ) -> Iterator[None]:
        """A table, written some rows a step.

        Args:
            widths: of the columns, millimetres.
            rows: their cells; with ``heading`` the first stands above the table on every page, and lines are drawn.
            size: of the letters, points; 0: as the style says.
        """
        across = [round(width * _TWIPS) for width in widths]
        style = f'<w:tblStyle w:val="{self._style("Table Grid")}"/>' if heading else ""
        margins = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
        parts = [
            f'<w:tbl {_SPACE}><w:tblPr>{style}<w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>',
            f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>',
            *(f'<w:gridCol w:w="{width}"/>' for width in across),
            "</w:tblGrid>",
        ]
        for number, row in enumerate(rows):
            kept = "<w:trPr><w:tblHeader/></w:trPr>" if heading and not number else "<w:trPr><w:cantSplit/></w:trPr>"
            parts.append(f"<w:tr>{kept if heading else ''}")
            parts += [_cell(box, width, size) for box, width in zip(row, across, strict=True)]
            parts.append("</w:tr>")
            if number % _AT_ONCE == _AT_ONCE - 1:
                yield
        self._add("".join((*parts, "</w:tbl>")))

    def picture(self, png: bytes, wide: float, described: str = "") -> None:
        """A PNG in a paragraph of its own, so many millimetres wide."""
        from docx.image.image import Image
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.oxml.shape import CT_Inline
        from docx.parts.image import ImagePart
        from docx.shared import Emu

        self._pictures += 1
        image = Image.from_blob(png)
        place = PackURI(f"/word/media/image{self._pictures}.png")
        known = self._document.part.relate_to(ImagePart.from_image(image, place), RELATIONSHIP_TYPE.IMAGE)
        size = (Emu(round(wide * _EMU)), Emu(round(wide * _EMU * image.px_height / image.px_width)))
        inline = CT_Inline.new_pic_inline(self._pictures, known, f"picture {self._pictures}.png", *size)
        inline.docPr.set("descr", described[:250])
        paragraph = self._parse(f"<w:p {_SPACE}><w:r><w:drawing/></w:r></w:p>")
        paragraph[0][0].append(inline)
        self._append(paragraph)

    def _style(self, name: str) -> str:
        if name not in self._styles:
            self._styles[name] = self._document.styles[name].style_id or name
        return self._styles[name]

    def _add(self, text: str) -> None:
        self._append(self._parse(text))

    def _append(self, element: "BaseOxmlElement") -> None:
        self._document.element.body[-1].addprevious(element)  # the last child says how the last pages are


def _cell(box: Box, width: int, size: float) -> str:
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{box.ground}"/>' if box.ground else ""
    lines = "".join(
        f"<w:p><w:pPr>{TIGHT}</w:pPr>{run(line, size=size, bold=box.bold, colour=box.colour)}</w:p>"
        for line in box.lines or ("",)
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>{lines}</w:tc>'


def same_dates(data: bytes) -> bytes:
    """The same archive with one date on all its members: a zip notes when each was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()

"""What Word documents of this program share: how rows and cells of a table are, and equal bytes."""

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.table import _Cell as TableCell
    from docx.table import _Row as TableRow


def repeat_heading(row: "TableRow") -> None:
    """Let a row stand above the table on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no other door to it


def keep_together(row: "TableRow") -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - the library has no other door to it


def shade(cell: "TableCell", colour: str) -> None:
    """Give a cell a ground (``RRGGBB``)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(ground)  # noqa: SLF001 - the library has no other door to it


def narrow_margins(table: "Table") -> None:
    """A millimetre beside the text of a cell, so that words are not broken where the fonts are wide."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr  # noqa: SLF001 - the library has no other door to it
    look.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def fill_cell(cell: "TableCell", lines: "Sequence[str]", size: float, *, bold: bool = False, colour: str = "") -> None:
    """Write lines into an empty cell, each a paragraph; many times as fast as the library's own way.

    Args:
        lines: presentable text without line breaks.
        size: points; ``colour`` as ``RRGGBB``, the usual one where empty.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def part(name: str, **attributes: str) -> "BaseOxmlElement":
        made = OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            made.set(qn(f"w:{key}"), value)
        return made

    body = cell._tc  # noqa: SLF001 - the library has no other door to it
    for place, line in enumerate(lines):
        paragraph = body.p_lst[0] if not place else part("p")
        look, run, style, text = part("pPr"), part("r"), part("rPr"), part("t")
        look.append(part("spacing", after="0"))
        style.extend([part("b")] if bold else [])
        style.extend([part("color", val=colour)] if colour else [])
        style.append(part("sz", val=str(round(2 * size))))
        text.text = line
        text.set(qn("xml:space"), "preserve")
        run.extend((style, text))
        paragraph.extend((look, run))
        if place:
            body.append(paragraph)


def same_dates(data: bytes) -> bytes:
    """The same archive with one date on all its members: a zip notes when each was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()

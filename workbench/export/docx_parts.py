"""What Word documents of this program share: how rows and cells of a table are, and equal bytes."""

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def same_dates(data: bytes) -> bytes:
    """The same archive with one date on all its members: a zip notes when each was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()

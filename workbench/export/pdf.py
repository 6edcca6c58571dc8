"""Writes figures as a PDF of vectors: one a page, each page as large as its figure, text selectable, fonts embedded."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.pdf_file import Description, canonical
from workbench.export.sheet import Sheet
from workbench.render.paint import paint_once

_POINT: Final = 0.75
"""Points by unit of length: 72 to the inch against 96."""
_DOTS: Final = 1200
"""Resolution of the page's own coordinates; fine enough that nothing is visibly rounded."""
_LONGEST: Final = 14_400.0
"""Points; PDF viewers show no longer page (ISO 32000-1, annex C). Larger figures are scaled down."""


def write_pdf(sheets: Sequence[Sheet], options: ExportOptions, *, title: str, authors: Sequence[str]) -> bytes:
    """The PDF file of some figures, the same bytes for the same figures.

    Args:
        title: of the document.
        authors: of the project.

    Raises:
        ExportError: Qt could not write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    painter = QPainter()
    for number, sheet in enumerate(sheets):
        scale = _scale(sheet, options)
        points = QSizeF(ceil(sheet.width * scale * _POINT - 1e-6), ceil(sheet.height * scale * _POINT - 1e-6))
        size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        if not (writer.newPage() if number else painter.begin(writer)):
            raise ExportError("Qt could not begin the PDF; export as svg or png instead.")
        painter.resetTransform()
        if not options.transparent:
            page = QRectF(0, 0, points.width() * _DOTS / 72, points.height() * _DOTS / 72)
            painter.fillRect(page, QBrush(QColor(sheet.canvas)))
        painter.scale(scale * _POINT * _DOTS / 72, scale * _POINT * _DOTS / 72)
        paint_once(painter, sheet.ops)
    painter.end()
    time = max((sheet.time for sheet in sheets if sheet.time is not None), default=None)
    pages = [sheet.title for sheet in sheets]
    return canonical(bytes(buffer.data().data()), Description(title, authors, time, pages))


def _scale(sheet: Sheet, options: ExportOptions) -> float:
    wanted = 1.0 if options.width is None else options.width / sheet.width
    return min(wanted, _LONGEST / (max(sheet.width, sheet.height) * _POINT))

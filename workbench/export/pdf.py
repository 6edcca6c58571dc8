"""Writes figures and documents as a PDF of vectors: text selectable, fonts embedded, a figure on a page of its size."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.pdf_file import Description, Mark, canonical
from workbench.export.sheet import Sheet
from workbench.render.ops import Ops
from workbench.render.paint import paint_once
from workbench.values import value_type

_POINT: Final = 0.75
"""Points by unit of length: 72 to the inch against 96."""
_DOTS: Final = 1200
"""Resolution of the page's own coordinates; fine enough that nothing is visibly rounded."""
_LONGEST: Final = 14_400.0
"""Points; PDF viewers show no longer page (ISO 32000-1, annex C). Larger figures are scaled down."""


@value_type(frozen=True, slots=True)
class Page:
    """One page: ops, each with its place and how many times as large it is drawn; lengths in 1/96 inch.

    Attributes:
        canvas: colour of the ground; None: none is drawn.
    """

    width: float
    height: float
    canvas: str | None
    parts: tuple[tuple[Ops, float, float, float], ...]


def write_pdf(sheets: Sequence[Sheet], options: ExportOptions, *, title: str, authors: Sequence[str]) -> bytes:
    """The PDF file of some figures, one a page; the same bytes for the same figures.

    Args:
        title: of the document.
        authors: of the project.

    Raises:
        ExportError: Qt could not write it.
    """
    pages = []
    for sheet in sheets:
        scale = _scale(sheet, options)
        canvas = None if options.transparent else sheet.canvas
        pages.append(Page(sheet.width * scale, sheet.height * scale, canvas, ((sheet.ops, 0.0, 0.0, scale),)))
    time = max((sheet.time for sheet in sheets if sheet.time is not None), default=None)
    marks = tuple(Mark(sheet.title, number) for number, sheet in enumerate(sheets)) if len(sheets) > 1 else ()
    return write_pages(pages, Description(title, authors, time, marks))


def write_pages(pages: Iterable[Page], description: Description) -> bytes:
    """The PDF file of some pages, the same bytes for the same pages.

    Raises:
        ExportError: Qt could not write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    painter = QPainter()
    for number, page in enumerate(pages):
        points = QSizeF(ceil(page.width * _POINT - 1e-6), ceil(page.height * _POINT - 1e-6))
        size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        if not (writer.newPage() if number else painter.begin(writer)):
            raise ExportError("Qt could not begin the PDF; export as svg or png instead.")
        painter.resetTransform()
        if page.canvas is not None:
            ground = QRectF(0, 0, points.width() * _DOTS / 72, points.height() * _DOTS / 72)
            painter.fillRect(ground, QBrush(QColor(page.canvas)))
        for ops, dx, dy, scale in page.parts:
            painter.resetTransform()
            painter.scale(_POINT * _DOTS / 72, _POINT * _DOTS / 72)
            painter.translate(dx, dy)
            painter.scale(scale, scale)
            paint_once(painter, ops)
    painter.end()
    return canonical(bytes(buffer.data().data()), description)


def _scale(sheet: Sheet, options: ExportOptions) -> float:
    wanted = 1.0 if options.width is None else options.width / sheet.width
    return min(wanted, _LONGEST / (max(sheet.width, sheet.height) * _POINT))

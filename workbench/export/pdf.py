"""Writes figures and documents as a PDF of vectors: text selectable, fonts embedded, a figure on a page of its size."""

from collections.abc import Generator, Iterable, Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from workbench.export.errors import ExportError
from workbench.export.paper import Leaf
from workbench.export.pdf_file import Description, Mark, canonical
from workbench.render.ops import Bounds, Ops
from workbench.render.paint import paint_once
from workbench.values import value_type

_POINT: Final = 0.75
"""Points by unit of length: 72 to the inch against 96."""
_DOTS: Final = 1200
"""Resolution of the page's own coordinates; fine enough that nothing is visibly rounded."""
_LONGEST: Final = 14_400.0
"""Points; PDF viewers show no longer page (ISO 32000-1, annex C). Larger pages are scaled down."""


@value_type(frozen=True, slots=True)
class Part:
    """Ops on a page: where their origin stands, how many times as large they are drawn, what they may cover."""

    ops: Ops
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    clip: Bounds | None = None


@value_type(frozen=True, slots=True)
class Page:
    """One page with all that is drawn on it; lengths in 1/96 inch.

    Attributes:
        canvas: colour of the ground; None: none is drawn.
    """

    width: float
    height: float
    canvas: str | None
    parts: tuple[Part, ...]


def write_pdf(leaves: Sequence[Leaf], *, title: str, authors: Sequence[str], transparent: bool = False) -> bytes:
    """The PDF file of some figures, one a page, the same bytes for the same figures.

    Args:
        leaves: the pages.
        title: of the document.
        authors: of the project.
        transparent: no ground behind the figures.

    Raises:
        ExportError: Qt could not write it.
    """
    time = max((leaf.sheet.time for leaf in leaves if leaf.sheet.time is not None), default=None)
    marks = tuple(Mark(leaf.title, number) for number, leaf in enumerate(leaves)) if len(leaves) > 1 else ()
    pages = [_page(leaf, transparent=transparent) for leaf in leaves]
    return write_pages(pages, Description(title, authors, time, marks))


def _page(leaf: Leaf, *, transparent: bool) -> Page:
    figure = Part(leaf.sheet.ops, leaf.x, leaf.y, leaf.scale, leaf.clip)
    over = (Part(leaf.over),) if leaf.over else ()
    return Page(leaf.width, leaf.height, None if transparent else leaf.sheet.canvas, (figure, *over))


def write_pages(pages: Iterable[Page], description: Description) -> bytes:
    """The PDF file of some pages, the same bytes for the same pages.

    Raises:
        ExportError: Qt could not write it.
    """
    steps = page_steps(pages, description)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            data: bytes = done.value
            return data


def page_steps(pages: Iterable[Page], description: Description) -> Generator[None, None, bytes]:
    """The same, one page a step, so that somebody may stop it.

    Raises:
        ExportError: Qt could not write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    painter = QPainter()
    try:
        for number, page in enumerate(pages):
            shrunk = min(1.0, _LONGEST / (max(page.width, page.height) * _POINT))
            points = QSizeF(ceil(page.width * shrunk * _POINT - 1e-6), ceil(page.height * shrunk * _POINT - 1e-6))
            size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
            writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
            if not (writer.newPage() if number else painter.begin(writer)):
                raise ExportError("Qt could not begin the PDF; export as svg or png instead.")
            painter.resetTransform()
            if page.canvas is not None:
                ground = QRectF(0, 0, points.width() * _DOTS / 72, points.height() * _DOTS / 72)
                painter.fillRect(ground, QBrush(QColor(page.canvas)))
            unit = shrunk * _POINT * _DOTS / 72
            painter.scale(unit, unit)
            for part in page.parts:
                _draw(painter, part)
            yield
    finally:
        if painter.isActive():
            painter.end()
    return canonical(bytes(buffer.data().data()), description)


def _draw(painter: QPainter, part: Part) -> None:
    """One part, in the units of its page."""
    painter.save()
    if part.clip is not None:
        left, top, right, bottom = part.clip
        painter.setClipRect(QRectF(left, top, right - left, bottom - top))
    painter.translate(part.x, part.y)
    painter.scale(part.scale, part.scale)
    paint_once(painter, part.ops)
    painter.restore()

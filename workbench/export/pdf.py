"""Writes figures and documents as a PDF of vectors: text selectable, fonts embedded, a figure on a page of its size."""

from collections.abc import Generator, Iterable, Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from workbench.export.errors import ExportError
from workbench.export.extent import extent
from workbench.export.gui import here
from workbench.export.paper import Leaf
from workbench.export.pdf_file import Description, Mark, canonical
from workbench.export.pdf_reading import is_turned, mark
from workbench.export.steps import Aside, Steps, finished
from workbench.render.fonts import qt_measure
from workbench.render.ops import Bounds, Group, Op, Ops, TextOp, flatten
from workbench.render.paint import paint_once
from workbench.values import value_type

_POINT: Final = 0.75
"""Points by unit of length: 72 to the inch against 96."""
_DOTS: Final = 1200
"""Resolution of the page's own coordinates; fine enough that nothing is visibly rounded."""
_AT_ONCE: Final = 4_000
"""Ops drawn between two looks at whether the file is still wanted."""
_DRAWN: Final = 0.85
"""Share of the work that goes into the pages; the rest orders the file."""
_OVERHANG: Final = 8.0
"""How far letters may reach out of their box."""
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
    return finished(leaf_steps(leaves, title=title, authors=authors, transparent=transparent))


def leaf_steps(
    leaves: Sequence[Leaf],
    *,
    title: str,
    authors: Sequence[str],
    transparent: bool = False,
    aside: Aside = here,
) -> Steps[bytes]:
    """The same step by step, so that somebody may stop it.

    Args:
        aside: where is done what Qt does not paint.

    Raises:
        ExportError: Qt could not write it.
    """
    time = max((leaf.sheet.time for leaf in leaves if leaf.sheet.time is not None), default=None)
    marks = tuple(Mark(leaf.title, number) for number, leaf in enumerate(leaves)) if len(leaves) > 1 else ()
    pages = [_page(leaf, transparent=transparent) for leaf in leaves]
    return (yield from page_steps(pages, Description(title, authors, time, marks), aside=aside))


def _page(leaf: Leaf, *, transparent: bool) -> Page:
    figure = Part(leaf.sheet.ops, leaf.x, leaf.y, leaf.scale, leaf.clip)
    over = (Part(leaf.over),) if leaf.over else ()
    return Page(leaf.width, leaf.height, None if transparent else leaf.sheet.canvas, (figure, *over))


def write_pages(pages: Iterable[Page], description: Description) -> bytes:
    """The PDF file of some pages, the same bytes for the same pages.

    Raises:
        ExportError: Qt could not write it.
    """
    return finished(page_steps(list(pages), description))


def page_steps(pages: Sequence[Page], description: Description, *, aside: Aside = here) -> Steps[bytes]:
    """The same, some of a page a step, so that somebody may stop it.

    Args:
        aside: where is done what Qt does not paint.

    Raises:
        ExportError: Qt could not write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    painter = QPainter()
    parts = _Parts()
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
                for _ in parts.draw(painter, part):
                    yield _DRAWN * (number + 0.5) / len(pages)
            yield _DRAWN * (number + 1) / len(pages)
    finally:
        if painter.isActive():
            painter.end()
    drawn = bytes(buffer.data().data())
    return (yield from aside(lambda _measure: _canonical(drawn, description, parts.lines)))


def _canonical(drawn: bytes, description: Description, lines: Sequence[str]) -> Steps[bytes]:
    yield _DRAWN
    return canonical(drawn, description, lines)


class _Parts:
    """Draws parts of pages. The sheets of a poster share a figure: what each of them shows is looked up, not drawn.

    Attributes:
        lines: those drawn between marks, by their numbers.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Ops, list[tuple[Op, Bounds]]]] = {}
        self.lines: list[str] = []

    def draw(self, painter: QPainter, part: Part) -> Generator[None, None, None]:
        """One part, in the units of its page, some of it a step; the painter is as it was at the end."""
        painter.save()
        if part.clip is not None:
            left, top, right, bottom = part.clip
            painter.setClipRect(QRectF(left, top, right - left, bottom - top))
        painter.translate(part.x, part.y)
        painter.scale(part.scale, part.scale)
        if part.clip is not None:
            yield from self._learn(part.ops)
        waiting: list[Op] = []
        for op in self._shown(part):
            waiting.append(op)
            line = _turned(op)
            if not line and len(waiting) < _AT_ONCE:
                continue
            paint_once(painter, waiting[:-1] if line else waiting)
            if line:
                self._draw_line(painter, op, line)
            waiting = []
            yield
        paint_once(painter, waiting)
        yield
        painter.restore()

    def _draw_line(self, painter: QPainter, op: Op, line: str) -> None:
        """A line some of which is written from the right, between its marks."""
        number = len(self.lines)
        self.lines.append(line)
        black = QBrush(QColor("#000000"))
        painter.fillRect(QRectF(*mark(number, end=False)), black)
        paint_once(painter, [op])
        painter.fillRect(QRectF(*mark(number, end=True)), black)

    def _shown(self, part: Part) -> Generator[Op, None, None]:
        """What may be seen of a part, each op with its shift."""
        if part.clip is None:
            yield from (_shifted(*one) for one in flatten(part.ops))
            return
        scale = part.scale or 1.0
        edges = zip(part.clip, (part.x, part.y) * 2, (-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG), strict=True)
        left, top, right, bottom = ((edge - origin) / scale + more for edge, origin, more in edges)
        for op, box in self._known[id(part.ops)][1]:
            if box[0] <= right and box[2] >= left and box[1] <= bottom and box[3] >= top:
                yield op

    def _learn(self, ops: Ops) -> Generator[None, None, None]:
        """How far each op reaches, once, some of them a step."""
        if id(ops) in self._known:
            return
        measure = qt_measure()
        boxes: list[tuple[Op, Bounds]] = []
        for done, one in enumerate(flatten(ops), start=1):
            op = _shifted(*one)
            box = extent((op,), measure)
            if box is not None:
                boxes.append((op, box))
            if not done % _AT_ONCE:
                yield
        self._known[id(ops)] = (ops, boxes)


def _shifted(op: Op, dx: float, dy: float) -> Op:
    return Group((op,), dx=dx, dy=dy) if dx or dy else op


def _turned(op: Op) -> str:
    """The line an op writes, where some of it is written from the right; else nothing."""
    (line,) = op.ops if isinstance(op, Group) else (op,)
    return line.text if isinstance(line, TextOp) and is_turned(line.text) else ""

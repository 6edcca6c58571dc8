"""What is painted over the diagram, piece by piece: rings, handles, guides, wires. All in view pixels."""

from collections.abc import Callable
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from workbench.canvas.camera import Camera
from workbench.canvas.handles import RING_OUT
from workbench.canvas.outlines import box_path
from workbench.layout.geometry import Box, Point
from workbench.render.theme import Theme, mix
from workbench.tools.preview import Guide, Rect
from workbench.values import value_type

Draw = Callable[[QPainter], None]
FOCUS_OUT, TARGET_OUT = 7.0, 5.0
"""From the silhouette to the middle of a 2.0 ring that stands 3 (focus: 6) pixels out."""


@value_type(frozen=True, slots=True)
class Mark:
    """One thing to paint, and the rectangle it keeps within."""

    rect: QRectF
    draw: Draw


def _pen(colour: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([part / width for part in dash])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _stroke(path: QPainterPath, pen: QPen) -> Mark:
    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    margin = pen.widthF() + 1.0
    return Mark(path.boundingRect().adjusted(-margin, -margin, margin, margin), draw)


def ring(box: Box, camera: Camera, colour: str, *, out: float = RING_OUT, dashed: bool = False) -> Mark:
    """A 2.0 ring around a silhouette."""
    return _stroke(box_path(box, camera, out), _pen(colour, 2.0, (5.0, 3.0) if dashed else ()))


def border(box: Box, camera: Camera, colour: str) -> Mark:
    """The silhouette's own edge in another colour."""
    return _stroke(box_path(box, camera, -0.5), _pen(colour, 1.5))


def rings_afar(rects: list[QRectF], colour: str) -> Mark:
    """Many small frames in one call, for a selection seen from far away."""
    bounds = QRectF()
    for rect in rects:
        bounds = bounds.united(rect)

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(_pen(colour, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects(rects)

    return Mark(bounds.adjusted(-2, -2, 2, 2), draw)


def round_handle(at: Point, theme: Theme, strength: float, *, under_pointer: bool) -> Mark:
    """A handle that starts a link."""
    ground = theme.surface.canvas
    edge = mix(theme.accent.base, ground, strength)
    fill = edge if under_pointer else mix(theme.surface.raised, ground, strength)
    radius = 5.5 if under_pointer else 4.0

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(edge, 1.5))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(QPointF(*at), radius, radius)

    return Mark(QRectF(at[0] - 8, at[1] - 8, 16, 16), draw)


def square_handle(at: Point, theme: Theme) -> Mark:
    """A handle that changes a size."""
    rect = QRectF(round(at[0]) - 3.5, round(at[1]) - 3.5, 7, 7)

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(_pen(theme.accent.base, 1.0))
        painter.setBrush(QColor(theme.surface.raised))
        painter.drawRect(rect)

    return Mark(rect.adjusted(-2, -2, 2, 2), draw)


def bend_handle(at: Point, theme: Theme, *, held: bool) -> Mark:
    """A bend of a line: a lozenge, filled while keys act on it."""
    fill = theme.accent.base if held else theme.surface.raised
    shape = QPolygonF([QPointF(at[0] + dx, at[1] + dy) for dx, dy in ((-5.5, 0), (0, -5.5), (5.5, 0), (0, 5.5))])

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(theme.accent.base, 1.5))
        painter.setBrush(QColor(fill))
        painter.drawPolygon(shape)

    return Mark(QRectF(at[0] - 8, at[1] - 8, 16, 16), draw)


def target(box: Box | None, at: Point, camera: Camera, theme: Theme, *, legal: bool) -> list[Mark]:
    """Ring and sign of what a link or drop points at: a plus where it is legal, a crossed disc where it is not."""
    colour = theme.canvas.legal if legal else theme.canvas.illegal
    marks = [ring(box, camera, colour, out=TARGET_OUT)] if box is not None else []
    if box is not None:
        x, y = camera.to_view(box.right, box.top)
        at = (x + 4.0, y - 4.0)

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(theme.surface.canvas, 1.5))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(*at), 9.5, 9.5)
        painter.setPen(_pen(theme.surface.canvas, 2.0))
        x, y = at
        if legal:
            painter.drawLine(QPointF(x - 4.5, y), QPointF(x + 4.5, y))
            painter.drawLine(QPointF(x, y - 4.5), QPointF(x, y + 4.5))
        else:
            painter.drawLine(QPointF(x - 3.5, y - 3.5), QPointF(x + 3.5, y + 3.5))
            painter.drawLine(QPointF(x + 3.5, y - 3.5), QPointF(x - 3.5, y + 3.5))

    return [*marks, Mark(QRectF(at[0] - 12, at[1] - 12, 24, 24), draw)]


def wire(start: Point, end: Point, theme: Theme, *, legal: bool | None) -> Mark:
    """A link in the making."""
    colour = theme.accent.base if legal is None else theme.canvas.legal if legal else theme.canvas.illegal

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(colour, 1.5, (6.0, 4.0) if legal is False else ()))
        painter.drawLine(QPointF(*start), QPointF(*end))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(*end), 3.5, 3.5)

    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return Mark(QRectF(left - 6, top - 6, right - left + 12, bottom - top + 12), draw)


def guides(lines: tuple[Guide, ...], camera: Camera, theme: Theme) -> list[Mark]:
    """Lines that show what a dragged box is in line with, a little longer than the boxes."""
    marks = []
    for line in lines:
        x1, y1 = camera.to_view(line.x1, line.y1)
        x2, y2 = camera.to_view(line.x2, line.y2)
        length = max(hypot(x2 - x1, y2 - y1), 1.0)
        ux, uy = (x2 - x1) / length * 12.0, (y2 - y1) / length * 12.0
        a = QPointF(round(x1 - ux) + 0.5, round(y1 - uy) + 0.5)
        b = QPointF(round(x2 + ux) + 0.5, round(y2 + uy) + 0.5)

        def draw(painter: QPainter, a: QPointF = a, b: QPointF = b) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(_pen(theme.canvas.guide, 1.0))
            painter.drawLine(a, b)

        marks.append(Mark(QRectF(a, b).normalized().adjusted(-2, -2, 2, 2), draw))
    return marks


def band(rect: Rect, camera: Camera, theme: Theme) -> Mark:
    """The rubber band."""
    left, top, right, bottom = camera.rect_to_view(rect)
    frame = QRectF(round(left) + 0.5, round(top) + 0.5, round(right - left), round(bottom - top))

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        tint = QColor(theme.selection.band)
        tint.setAlphaF(0.10)
        painter.fillRect(frame, tint)
        painter.setPen(_pen(theme.selection.band, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    return Mark(frame.adjusted(-2, -2, 2, 2), draw)

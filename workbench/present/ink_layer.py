"""The glass before the picture: takes the pointer while it is a laser or a pen, and shows what they leave."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.layout.geometry import Point
from workbench.present.ink import Ink
from workbench.present.show import Tool

_FRAME_MS: Final = 16
_FADE_MS: Final = 50
_DOT: Final = 1 / 90
"""Radius of the laser's dot, and width of the pen, as shares of the screen's height."""
_PEN: Final = 1 / 240
_LASER: Final = "#E5141C"
"""A red that stands on white and on dark grounds alike."""


class InkLayer(QWidget):
    """Lies over a widget and is as large as it.

    Attributes:
        colour: of the pen.
    """

    def __init__(self, parent: QWidget, ink: Ink) -> None:
        """Lie over ``parent``, letting the pointer through."""
        super().__init__(parent)
        self.ink = ink
        self.colour = "#000000"
        self._tool: Tool = ""
        self._inked = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setMouseTracking(True)
        self._fade = QTimer(self)
        self._fade.timeout.connect(self._faded)
        self.take("")

    def take(self, tool: Tool) -> None:
        """Let the pointer be something."""
        self._tool = tool
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not tool)
        self.setCursor(Qt.CursorShape.BlankCursor if tool == "laser" else Qt.CursorShape.CrossCursor)
        if tool != "laser":
            self.ink.point(None)
        else:
            at = self.mapFromGlobal(self.cursor().pos())
            self.ink.point(self._share(QPointF(at)) if self.rect().contains(at) else None)
        self._go_on()

    def wipe(self) -> None:
        """Take away everything drawn."""
        self.ink.wipe()
        self._go_on()

    def still(self) -> None:
        """Stop the timer: the window is about to go."""
        self._fade.stop()

    def _share(self, at: QPointF) -> Point:
        high = max(self.height(), 1)
        return at.x() / high, at.y() / high

    def _go_on(self) -> None:
        """Paint again, and go on doing so while anything fades."""
        self._repaint()
        self._fade.setInterval(_FRAME_MS if self._tool == "laser" else _FADE_MS)
        if self.ink.moving and not self._fade.isActive():
            self._fade.start()

    def _repaint(self) -> None:
        """Paint again what is drawn now and what was: the picture below is painted with it."""
        before, self._inked = self._inked, self._covered()
        self.update(before.united(self._inked))

    def _covered(self) -> QRect:
        points = [at for at, _ in self.ink.trail()]
        points += [at for line, _ in self.ink.strokes() for at in line]
        return self._around(points)

    def _around(self, points: Sequence[Point]) -> QRect:
        """What some points may be painted on."""
        if not points:
            return QRect()
        high = self.height()
        xs, ys = [x * high for x, _ in points], [y * high for _, y in points]
        margin = self._reach
        around = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        return around.adjusted(-margin, -margin, margin, margin).toAlignedRect()

    @property
    def _reach(self) -> float:
        return max(8.0, self.height() * (_DOT + _PEN))

    def _draw_to(self, at: Point) -> None:
        """Lead the stroke on: only its newest piece is painted."""
        start = self.ink.tip
        self.ink.draw(at)
        if start is not None:
            piece = self._around([start, at])
            self._inked = self._inked.united(piece)
            self.update(piece)

    def _faded(self) -> None:
        if self.ink.fading:
            self._repaint()
        if not self.ink.moving:
            self._fade.stop()

    # the pointer

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool == "pen" and event.button() == Qt.MouseButton.LeftButton:
            self.ink.begin(self._share(event.position()))
            self._go_on()
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._share(event.position())
        if self._tool == "laser":
            self.ink.point(at)
            self._go_on()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._draw_to(at)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.ink.end()
        self._go_on()
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.ink.point(None)
        self._go_on()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what lies below is zoomed

    # painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        strokes, trail = self.ink.strokes(), self.ink.trail()
        if not strokes and not trail:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, reach = float(self.height()), self._reach
        seen = QRectF(event.rect()).adjusted(-reach, -reach, reach, reach)
        for points, strength in strokes:
            colour = QColor(self.colour)
            colour.setAlphaF(strength)
            pen = QPen(colour, max(2.0, high * _PEN))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            line = [QPointF(x * high, y * high) for x, y in points]
            if len(line) == 1:
                painter.drawPoint(line[0])
            for piece in _near(line, seen) if strength >= 1.0 else [line]:  # pieces that lie on each other would show
                painter.drawPolyline(QPolygonF(piece))
        painter.setPen(Qt.PenStyle.NoPen)
        radius = max(4.0, high * _DOT)
        for (x, y), strength in trail:
            colour = QColor(_LASER)
            colour.setAlphaF(strength if strength >= 1.0 else 0.35 * strength)
            painter.setBrush(colour)
            size = radius * (0.4 + 0.6 * strength)
            painter.drawEllipse(QRectF(x * high - size, y * high - size, 2 * size, 2 * size))
        painter.end()


def _near(line: Sequence[QPointF], area: QRectF) -> Iterator[list[QPointF]]:
    """The pieces of a line that may be seen in an area."""
    piece: list[QPointF] = []
    for start, end in pairwise(line):
        if QRectF(start, end).normalized().adjusted(-1, -1, 1, 1).intersects(area):
            if not piece:
                piece.append(start)
            piece.append(end)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece

"""The dashed ring around what has the keyboard, for widgets that paint themselves: drawn anew as it comes and goes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.panels.style import current_theme


def draw_focus(painter: QPainter, box: QRectF, radius: float = 4.0) -> None:
    """Draw the ring along a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(current_theme().focus.ring), 2.0, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


class Focusable(QWidget):
    """Paints itself anew when it gets the keyboard or loses it."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

"""The whole diagram in a corner, with a frame around what the view shows; a press or drag there moves the view."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from workbench.canvas.blocks import Blocks
from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect
from workbench.render.sizes import shared
from workbench.render.theme import Theme

_INSET = 8.0
_PAUSE_MS = 300
_LEAST_FRAME = 6.0
_LARGEST = 0.12
"""Zoom factor of the picture of a small diagram: an element stays a small block."""
MARGIN = 12
"""From the edges of the view."""


class Minimap(QWidget):
    """A small picture of everything; kept as a pixmap until the diagram changes."""

    def __init__(self, parent: QWidget, go_to: Callable[[float, float], None]) -> None:
        """``go_to`` is called with the scene point that shall come to the middle of the view."""
        super().__init__(parent)
        width, height = shared().canvas.minimap
        self.setFixedSize(int(width), int(height))
        self.setAccessibleName("Overview of the diagram")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._go_to = go_to
        self._map = Camera()
        self._bounds: Rect = (0.0, 0.0, 1.0, 1.0)
        self._view: Rect = (0.0, 0.0, 1.0, 1.0)
        self._pixmap: QPixmap | None = None
        self._blocks: Blocks | None = None
        self._theme: Theme | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.forget)

    def follow(self, blocks: Blocks, theme: Theme, bounds: Rect, view: Rect) -> None:
        """Show another place of the view; the picture is painted anew only where ``forget`` was called."""
        self._blocks, self._theme = blocks, theme
        if bounds != self._bounds:
            self._bounds = bounds
            self._pixmap = None
        whole = bounds
        self._view = view
        self._map.ratio = self.devicePixelRatioF()
        self._map.zoom = min(
            _LARGEST,
            (self.width() - 2 * _INSET) / (whole[2] - whole[0]),
            (self.height() - 2 * _INSET) / (whole[3] - whole[1]),
        )
        self._map.ox = self.width() / 2 - (whole[0] + whole[2]) / 2 * self._map.zoom
        self._map.oy = self.height() / 2 - (whole[1] + whole[3]) / 2 * self._map.zoom
        self.update()

    def forget(self, *, at_once: bool = True) -> None:
        """The diagram looks otherwise now; painting a large one anew can wait until the user pauses."""
        if at_once:
            self._pause.stop()
            self._pixmap = None
            self.update()
        else:
            self._pause.start()

    def still(self) -> None:
        """Nothing is painted anew later."""
        self._pause.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture and the frame."""
        if self._theme is None or self._blocks is None:
            return
        theme = self._theme
        if self._pixmap is None or self._pixmap.devicePixelRatio() != self.devicePixelRatioF():
            self._pixmap = self._draw(theme, self._blocks)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        left, top, right, bottom = self._map.rect_to_view(self._view)
        frame = QRectF(QPointF(left, top), QPointF(right, bottom)) & QRectF(
            2.5, 2.5, self.width() - 5, self.height() - 5
        )
        grow_w, grow_h = max(0.0, _LEAST_FRAME - frame.width()) / 2, max(0.0, _LEAST_FRAME - frame.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent.base), 1.5))
        painter.drawRoundedRect(frame.adjusted(-grow_w, -grow_h, grow_w, grow_h), 2.0, 2.0)
        painter.end()

    def _draw(self, theme: Theme, blocks: Blocks) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(theme.surface.canvas))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.border.base), 1.0))
        painter.setBrush(QColor(theme.surface.raised))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 4.0, 4.0)
        painter.translate(self._map.ox, self._map.oy)
        painter.scale(self._map.zoom, self._map.zoom)
        blocks.paint(painter, self._bounds, theme, self._map.zoom)
        painter.end()
        return pixmap

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        at = event.position()
        self._go_to(*self._map.to_scene(at.x(), at.y()))
        event.accept()

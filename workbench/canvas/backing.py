"""The picture of the view, kept in device pixels: panning shifts it and paints only what comes into view.

QWidget's own scrolling works in view pixels, which at a scale of 125 % are no whole device pixels; a picture of our own
stays exact at every scale, and hover, selection and previews are painted over it without painting the diagram again.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect

PaintScene = Callable[[QPainter, QRect], None]
_MOST_RECTS = 12


class Backing:
    """One pixmap as large as the view.

    Attributes:
        stale: the zoom has changed since it was painted; it is shown stretched until ``repaint_all``.
    """

    def __init__(self) -> None:
        """Start without a size."""
        self._pixmap = QPixmap()
        self._dirty = QRegion()
        self._camera = Camera()
        self.stale = False

    @property
    def size(self) -> QSize:
        """Device pixels."""
        return self._pixmap.size()

    def resize(self, width: int, height: int) -> None:
        """Fit a view of so many device pixels; everything has to be painted again."""
        if self._pixmap.width() != width or self._pixmap.height() != height:
            self._pixmap = QPixmap(max(1, width), max(1, height))
            self.repaint_all()

    def repaint_all(self) -> None:
        """Nothing of the picture counts any more."""
        self._dirty = QRegion(self._pixmap.rect())
        self.stale = False

    def invalidate(self, device: QRect) -> None:
        """Paint some device pixels again."""
        self._dirty += QRegion(device & self._pixmap.rect())

    @property
    def dirty(self) -> bool:
        """Whether anything has to be painted."""
        return not self._dirty.isEmpty()

    def shift(self, dx: int, dy: int) -> None:
        """Move the picture by device pixels; what comes into view has to be painted."""
        area = self._pixmap.rect()
        if abs(dx) >= area.width() or abs(dy) >= area.height():
            self.repaint_all()
            return
        self._pixmap.scroll(dx, dy, area)
        self._dirty.translate(dx, dy)
        self._dirty += QRegion(area) - QRegion(area.translated(dx, dy))
        self._dirty &= QRegion(area)

    def refresh(self, camera: Camera, ground: QColor, paint: PaintScene) -> None:
        """Paint what has to be painted. ``paint`` gets a painter in device pixels, clipped, and the rectangle."""
        self._camera = Camera(camera.zoom, camera.ox, camera.oy, camera.ratio)
        if self._dirty.isEmpty():
            return
        rects = [self._dirty.boundingRect()] if self._dirty.rectCount() > _MOST_RECTS else list(_rects(self._dirty))
        self._dirty = QRegion()
        painter = QPainter(self._pixmap)
        for rect in rects:
            painter.setClipRect(rect)
            painter.fillRect(rect, ground)
            paint(painter, rect)
        painter.end()

    def show(self, painter: QPainter, region: QRegion, camera: Camera, ground: QColor) -> None:
        """Copy the picture to the view, stretched where it is stale."""
        ratio = camera.ratio
        if self.stale:
            painter.fillRect(region.boundingRect(), ground)
            old = self._camera
            scale = camera.zoom / old.zoom
            left, top = camera.ox - old.ox * scale, camera.oy - old.oy * scale
            target = QRectF(left, top, self._pixmap.width() / ratio * scale, self._pixmap.height() / ratio * scale)
            painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
            return
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for rect in _rects(region):
            source = QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
            painter.drawPixmap(QRectF(rect), self._pixmap, source)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _rects(region: QRegion) -> list[QRect]:
    return [QRect(rect) for rect in region]  # type: ignore[attr-defined]


def device_rect(camera: Camera, rect: Rect, margin: float = 2.0) -> QRect:
    """The device pixels a scene rectangle touches, with a margin of view pixels."""
    left, top, right, bottom = camera.rect_to_view(rect)
    ratio = camera.ratio
    limit = 1e6
    x1, y1 = max(-limit, (left - margin) * ratio), max(-limit, (top - margin) * ratio)
    x2, y2 = min(limit, (right + margin) * ratio), min(limit, (bottom + margin) * ratio)
    return QRect(QPoint(int(x1 // 1), int(y1 // 1)), QPoint(int(-(-x2 // 1)), int(-(-y2 // 1))))

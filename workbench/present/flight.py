"""A move of the camera between two pictures that are painted once: each frame only places them.

Painting several hundred elements sharp takes longer than a frame lasts. What both ends of the move look like is known
before it begins; on the way the larger of the two is stretched, and the smaller lies on it where it belongs.
"""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

from workbench.canvas.camera import Camera


class Flight:
    """Two pictures of the same scene, as large as the view, each with its camera."""

    def __init__(self, start: QPixmap, begin: Camera, goal: QPixmap, end: Camera) -> None:
        """Remember both ends."""
        nearer, farther = (start, begin), (goal, end)
        if begin.zoom < end.zoom:
            nearer, farther = farther, nearer
        self._nearer, self._farther = nearer, farther

    def paint(self, painter: QPainter, view: QRect, camera: Camera, ground: QColor) -> None:
        """Paint what a camera between the two sees, on a painter in pixels of the view."""
        whole = QRegion(view)
        near = _placed(*self._nearer, camera)
        far = _placed(*self._farther, camera)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        inner = QRegion(near.toRect()) & whole
        outer = (QRegion(far.toRect()) & whole) - inner
        painter.setClipRegion(whole - inner - outer)
        painter.fillRect(view, ground)
        for region, (pixmap, _), rect in ((outer, self._farther, far), (inner, self._nearer, near)):
            if not region.isEmpty():
                painter.setClipRegion(region)
                painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


def _placed(pixmap: QPixmap, taken: Camera, camera: Camera) -> QRectF:
    """Where a picture taken by one camera lies for another."""
    scale = camera.zoom / taken.zoom
    wide, high = pixmap.width() / taken.ratio, pixmap.height() / taken.ratio
    left, top = camera.ox - taken.ox * scale, camera.oy - taken.oy * scale
    return QRectF(left, top, wide * scale, high * scale)

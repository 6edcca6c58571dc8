"""Small pictures of what has been painted: while the scale stays, panning copies them instead of painting anew.

A sprite is taken of something painted a second time at one scale, so zooming never makes any. It is kept with the
fraction of a pixel it stood at, to a quarter, so that a copy looks like the painting; panning by whole pixels keeps it.
"""

from collections import OrderedDict
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from workbench.render.paint import Compiled, paint
from workbench.values import value_type

LIMIT: Final = 48 * 2**20
"""Bytes of pictures kept; those not used for longest go first."""
LARGEST: Final = 700
"""Pixels: what is wider or higher is painted each time."""
_PHASES: Final = 4
_IDENTITY: Final = QTransform()


@value_type(slots=True)
class _Sprite:
    """One picture; without a pixmap it only says that the thing was painted once at this scale."""

    scale: float
    phase: tuple[int, int]
    pixmap: QPixmap | None
    left: float
    top: float
    cost: int


class Sprites:
    """Paints compiled ops through a store of pictures. Only for screens: a file wants the lines themselves."""

    def __init__(self, limit: int = LIMIT) -> None:
        """Start empty.

        Args:
            limit: most bytes to keep.
        """
        self._limit = limit
        self._kept: OrderedDict[Compiled, _Sprite] = OrderedDict()
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes kept."""
        return self._used

    def clear(self) -> None:
        """Forget every picture: another theme, another diagram."""
        self._kept.clear()
        self._used = 0

    def paint(self, painter: QPainter, compiled: Compiled, x: float = 0.0, y: float = 0.0) -> None:
        """Draw with the origin at a place, from a picture where there is one that fits."""
        base = painter.worldTransform()
        scale = base.m11()
        if base.isRotating() or scale != base.m22():
            paint(painter, compiled, x, y)
            return
        ratio = painter.device().devicePixelRatioF()
        scale *= ratio
        px, py = x * scale + base.dx() * ratio, y * scale + base.dy() * ratio
        ix, iy = floor(px), floor(py)
        phase = (round((px - ix) * _PHASES), round((py - iy) * _PHASES))
        found = self._kept.get(compiled)
        if found is None or found.scale != scale:
            self._keep(compiled, _Sprite(scale, phase, None, 0.0, 0.0, 0))
            paint(painter, compiled, x, y)
            return
        if found.pixmap is None or found.phase != phase:
            made = _take(compiled, scale, phase, ratio)
            if made is None:
                paint(painter, compiled, x, y)
                return
            found = made
            self._keep(compiled, found)
        else:
            self._kept.move_to_end(compiled)
        assert found.pixmap is not None
        painter.setWorldTransform(_IDENTITY)
        painter.drawPixmap(QPointF((ix + found.left) / ratio, (iy + found.top) / ratio), found.pixmap)
        painter.setWorldTransform(base)

    def _keep(self, compiled: Compiled, sprite: _Sprite) -> None:
        before = self._kept.pop(compiled, None)
        self._used += sprite.cost - (before.cost if before is not None else 0)
        self._kept[compiled] = sprite
        while self._used > self._limit and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._used -= oldest.cost


def _take(compiled: Compiled, scale: float, phase: tuple[int, int], ratio: float) -> _Sprite | None:
    left, top, right, bottom = compiled.bounds
    first_x, first_y = floor(left * scale) - 1, floor(top * scale) - 1
    w, h = ceil(right * scale) + 2 - first_x, ceil(bottom * scale) + 2 - first_y
    if w > LARGEST or h > LARGEST:
        return None
    pixmap = QPixmap(w, h)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.translate(phase[0] / _PHASES - first_x, phase[1] / _PHASES - first_y)
    painter.scale(scale, scale)
    paint(painter, compiled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return _Sprite(scale, phase, pixmap, float(first_x), float(first_y), w * h * 4)

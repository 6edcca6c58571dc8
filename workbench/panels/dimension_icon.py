"""The tag of an impact dimension as an icon, as the lens puts it on elements."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from workbench.render.dimension_tags import TAG, tag_ops
from workbench.render.paint import compile_ops, paint
from workbench.render.theme import Theme, ThemeName, load_theme

_SIDE = 20


def dimension_icon(dimension: str, theme: Theme) -> QIcon:
    """The letter of a dimension in its colour."""
    return _made(dimension, theme.name)


@lru_cache(maxsize=32)
def _made(dimension: str, theme: ThemeName) -> QIcon:
    result = QIcon()
    tag = compile_ops(tag_ops((dimension,), load_theme(theme)), cosmetic=False)
    for scale in (1, 2, 3):
        pixmap = QPixmap(_SIDE * scale, _SIDE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, tag, (_SIDE - TAG) / 2, _SIDE / 2)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result

"""Icons: our own one-colour drawings tinted by the palette, and each kind's sign in the kind's colours."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from workbench.model.kinds import ELEMENT_KINDS
from workbench.panels import kind_shapes
from workbench.paths import resource
from workbench.render.theme import Theme, ThemeName, load_theme

KIND_SIZE: Final = QSize(24, 16)
"""Logical size of a kind's silhouette in the palette."""

_SIGNS: Final[dict[str, str]] = {
    **{str(kind): str(kind) for kind in ELEMENT_KINDS},
    "control": "preventive_control",
    "guard": "preventive_control",
    "preventive_control": "preventive_control",
    "mitigative_control": "mitigative_control",
    "degradation_control": "degradation_control",
}
"""Which glyph and colours stand for a kind or role."""


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def exists(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return resource("icons", f"{name}.svg").is_file()


class _TintedEngine(QIconEngine):
    """Draws one SVG in the palette's text colour, sharp at any size; follows a change of theme by itself."""

    def __init__(self, name: str, colour: str = "") -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._colour
        if not colour or mode == QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
            colour = QGuiApplication.palette().color(group, QPalette.ColorRole.ButtonText).name()
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(self._name, colour).render(painter, box)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        dense = size * scale
        pixmap = QPixmap(dense)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), dense), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        copy = _TintedEngine(self._name, self._colour)
        _alive.append(copy)  # Qt owns the copy from here; Python must not collect its half
        return copy

    def key(self) -> str:
        return "workbench-tinted"

    def isNull(self) -> bool:
        return False


_alive: list[QIconEngine] = []


@lru_cache(maxsize=1024)
def icon(name: str, colour: str = "") -> QIcon:
    """The icon of a name in ``resources/icons``.

    Args:
        colour: ``#rrggbb`` to draw it in; empty: the palette's text colour, followed through changes of theme.

    Raises:
        FileNotFoundError: there is no such drawing.
    """
    if not exists(name):
        raise FileNotFoundError(f"no icon named {name}")
    engine = _TintedEngine(name, colour)
    _alive.append(engine)
    return QIcon(engine)


def glyph_icon(sign: str, theme: Theme) -> QIcon:
    """A kind's small glyph in the kind's colour, for lists and trees."""
    if sign not in _SIGNS:
        return icon(sign if exists(sign) else "file", theme.text.secondary)
    glyph = _SIGNS[sign]
    colours = theme.kind[glyph]
    return icon(glyph, colours.fill if glyph.endswith("_control") else colours.border)


def kind_icon(kind: str, theme: Theme) -> QIcon:
    """A kind's silhouette as the canvas draws it, 24 × 16, for the palette and the head of the inspector."""
    return _kind_icon(kind, theme.name)


@lru_cache(maxsize=64)
def _kind_icon(kind: str, theme: ThemeName) -> QIcon:
    result = QIcon()
    for scale in (1.0, 2.0, 3.0):
        pixmap = QPixmap(KIND_SIZE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind_shapes.draw(painter, kind, load_theme(theme))
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result

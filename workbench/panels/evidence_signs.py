"""Signs of the evidence tables: a verdict with who judged it, how a run stands, whether its file is here.

Each is a shape of its own; the word stands beside it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from workbench.panels.signs import draw_badge
from workbench.render.theme import Theme

_SCALES: Final = (1.0, 2.0, 3.0)


def _icon(width: int, draw: Callable[[QPainter], None]) -> QIcon:
    result = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(QSize(width, 16) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result


@lru_cache(maxsize=64)
def verdict_icon(sign: str, analyst: bool, theme: Theme, differs: bool = False) -> QIcon:
    """A verdict's badge; with a person beside it where somebody judged: on a dark disc where the program differs."""

    def draw(painter: QPainter) -> None:
        draw_badge(painter, sign, theme, QPointF(0, 0))
        if analyst:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.text.primary))
            if differs:
                painter.drawEllipse(QPointF(25, 8), 6, 7.6)
                painter.setBrush(QColor(theme.surface.raised))
                painter.drawEllipse(QPointF(25, 5.6), 2, 2)
                painter.drawChord(QRectF(21.5, 8.6, 7, 7.6), 0, 180 * 16)
                return
            painter.drawEllipse(QPointF(25, 5), 2.8, 2.8)
            painter.drawChord(QRectF(20, 9.2, 10, 11), 0, 180 * 16)

    return _icon(31 if analyst else 16, draw)


@lru_cache(maxsize=64)
def standing_icon(standing: str, theme: Theme) -> QIcon:
    """How a run stands."""

    def draw(painter: QPainter) -> None:
        pen = QPen(QColor(theme.text.secondary), 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if standing in ("withdrawn", "invalid"):
            pen.setColor(QColor(theme.verdict["refutes"].text))
        elif standing in ("unfinished", "unverified"):
            pen.setColor(QColor(theme.verdict["inconclusive"].text))
        painter.setPen(pen)
        _standing(painter, standing, pen)

    return _icon(16, draw)


def _standing(painter: QPainter, standing: str, pen: QPen) -> None:
    if standing == "withdrawn":
        painter.drawEllipse(QPointF(8, 8), 5.6, 5.6)
        painter.drawLine(QLineF(4.2, 11.8, 11.8, 4.2))
    elif standing == "invalid":
        painter.drawRect(QRectF(2.8, 2.8, 10.4, 10.4))
        painter.drawLines([QLineF(5.4, 5.4, 10.6, 10.6), QLineF(10.6, 5.4, 5.4, 10.6)])
    elif standing == "superseded":
        painter.drawLines([QLineF(2.5, 8, 13, 8), QLineF(9, 4, 13, 8), QLineF(9, 12, 13, 8)])
    elif standing == "unfinished":
        painter.drawEllipse(QPointF(8, 8), 5.6, 5.6)
        painter.setBrush(pen.color())
        painter.drawPie(QRectF(2.4, 2.4, 11.2, 11.2), 90 * 16, -180 * 16)
    elif standing == "unverified":
        painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14, 13.2), QPointF(2, 13.2)]))
        painter.drawLine(QLineF(8, 6.2, 8, 9.2))
        painter.drawPoint(QPointF(8, 11.3))
    elif standing == "typed":
        painter.drawPolygon(QPolygonF([QPointF(11, 2.6), QPointF(13.4, 5), QPointF(6, 12.4), QPointF(3.2, 12.8), QPointF(3.6, 10)]))  # fmt: skip  # noqa: E501 - one shape
    else:
        painter.drawEllipse(QPointF(8, 8), 5.6, 5.6)
        painter.drawLines([QLineF(5.4, 8.2, 7.3, 10.1), QLineF(7.3, 10.1, 10.7, 6)])


@lru_cache(maxsize=64)
def source_icon(state: str, theme: Theme) -> QIcon:
    """Whether the file of a run is here: a sheet with a tick, with a bar, dashed; nothing where there is no file."""

    def draw(painter: QPainter) -> None:
        colour = QColor(theme.text.secondary)
        if state == "changed":
            colour = QColor(theme.verdict["inconclusive"].text)
        pen = QPen(colour, 1.3, Qt.PenStyle.DashLine if state == "not at hand" else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        if state in ("", "no file"):
            return
        sheet = [QPointF(3.5, 1.8), QPointF(9.5, 1.8), QPointF(12.5, 4.8), QPointF(12.5, 14.2), QPointF(3.5, 14.2)]
        painter.drawPolygon(QPolygonF(sheet))
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if state == "at hand":
            painter.drawLines([QLineF(5.6, 9, 7.3, 10.7), QLineF(7.3, 10.7, 10.4, 6.8)])
        elif state == "changed":
            painter.drawLines([QLineF(8, 5.6, 8, 9.4), QLineF(8, 11.6, 8, 11.7)])
        else:
            painter.drawLines([QLineF(6, 7.4, 10, 11.4), QLineF(10, 7.4, 6, 11.4)])

    return _icon(16, draw)

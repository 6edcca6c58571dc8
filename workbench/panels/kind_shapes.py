"""The silhouettes of the kinds, small (24 × 16): what the palette and the inspector's head show."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from workbench.render.theme import Theme

WIDTH: Final = 24.0
HEIGHT: Final = 16.0


def draw(painter: QPainter, kind: str, theme: Theme) -> None:
    """Draw the silhouette of ``kind`` (an element kind or a control's role) into 24 × 16 from the origin."""
    _DRAW.get(kind, _hazard)(painter, theme)


def _pen(colour: str, width: float = 1.0) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _box(painter: QPainter, theme: Theme, sign: str, points: list[tuple[float, float]]) -> None:
    colours = theme.kind[sign]
    painter.setPen(_pen(colours.border))
    painter.setBrush(QColor(colours.fill))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _hazard(painter: QPainter, theme: Theme) -> None:
    colours = theme.kind.hazard
    body = QRectF(1.5, 1.5, 21, 13)
    clip = QPainterPath()
    clip.addRoundedRect(body, 1.5, 1.5)
    painter.fillPath(clip, QColor(colours.fill))
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(QRectF(1.5, 1.5, 21, 5), QColor(colours.stripe_light))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.stripe_dark))
    for x in range(-2, 26, 7):
        painter.drawPolygon(
            QPolygonF([QPointF(x, 6.5), QPointF(x + 4, 1.5), QPointF(x + 7.5, 1.5), QPointF(x + 3.5, 6.5)])
        )
    painter.restore()
    painter.setPen(_pen(colours.border))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(clip)


def _top_event(painter: QPainter, theme: Theme) -> None:
    colours = theme.kind["top_event"]
    painter.setPen(_pen(colours.border))
    painter.setBrush(QColor(colours.fill))
    painter.drawEllipse(QPointF(12, 8), 7.5, 7.5)
    painter.drawEllipse(QPointF(12, 8), 5.5, 5.5)


def _cause(painter: QPainter, theme: Theme) -> None:
    _box(painter, theme, "cause", [(1.5, 2.5), (17.5, 2.5), (22.5, 8), (17.5, 13.5), (1.5, 13.5)])


def _consequence(painter: QPainter, theme: Theme) -> None:
    corners = [(5.5, 2.5), (18.5, 2.5), (22.5, 5.5), (22.5, 10.5), (18.5, 13.5), (5.5, 13.5), (1.5, 10.5), (1.5, 5.5)]
    _box(painter, theme, "consequence", corners)


def _line(painter: QPainter, theme: Theme, gap: tuple[float, float]) -> None:
    painter.setPen(_pen(theme.canvas.edge))
    painter.drawLine(QPointF(1, 8), QPointF(gap[0], 8))
    painter.drawLine(QPointF(gap[1], 8), QPointF(23, 8))


def _bar(painter: QPainter, theme: Theme, sign: str, rects: list[QRectF]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.kind[sign].fill))
    for rect in rects:
        painter.drawRoundedRect(rect, 0.8, 0.8)


def _preventive(painter: QPainter, theme: Theme) -> None:
    _line(painter, theme, (8.5, 15.5))
    _bar(painter, theme, "preventive_control", [QRectF(10, 1, 4, 14)])


def _mitigative(painter: QPainter, theme: Theme) -> None:
    _line(painter, theme, (7.5, 16.5))
    _bar(painter, theme, "mitigative_control", [QRectF(8.5, 1, 2.5, 14), QRectF(13, 1, 2.5, 14)])


def _degradation_control(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.kind["degradation_factor"].border), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(12, 0), QPointF(12, 5))
    painter.drawLine(QPointF(12, 11), QPointF(12, 16))
    _bar(painter, theme, "degradation_control", [QRectF(4, 6, 16, 4)])


def _degradation_factor(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.kind["degradation_factor"].border), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(12.5, 0), QPointF(12.5, 4))
    _box(painter, theme, "degradation_factor", [(5.5, 4.5), (22.5, 4.5), (18.5, 14.5), (1.5, 14.5)])


def _gate(painter: QPainter, theme: Theme) -> None:
    colours = theme.kind["gate"]
    dome = QPainterPath(QPointF(5.5, 14.5))
    dome.lineTo(5.5, 8)
    dome.cubicTo(5.5, 4, 8.5, 1.5, 12, 1.5)
    dome.cubicTo(15.5, 1.5, 18.5, 4, 18.5, 8)
    dome.lineTo(18.5, 14.5)
    dome.closeSubpath()
    painter.setPen(_pen(colours.border))
    painter.setBrush(QColor(colours.fill))
    painter.drawPath(dome)


def _note(painter: QPainter, theme: Theme) -> None:
    _box(painter, theme, "note", [(3.5, 1.5), (16.5, 1.5), (20.5, 5.5), (20.5, 14.5), (3.5, 14.5)])
    painter.drawPolyline(QPolygonF([QPointF(16.5, 1.5), QPointF(16.5, 5.5), QPointF(20.5, 5.5)]))


def _link(painter: QPainter, theme: Theme) -> None:
    painter.setPen(_pen(theme.canvas.edge, 1.5))
    painter.drawPolyline(QPolygonF([QPointF(2, 11.5), QPointF(12, 11.5), QPointF(22, 4.5)]))


_DRAW: Final[dict[str, Callable[[QPainter, Theme], None]]] = {
    "hazard": _hazard,
    "top_event": _top_event,
    "cause": _cause,
    "consequence": _consequence,
    "control": _preventive,
    "guard": _preventive,
    "preventive_control": _preventive,
    "mitigative_control": _mitigative,
    "degradation_control": _degradation_control,
    "degradation_factor": _degradation_factor,
    "gate": _gate,
    "note": _note,
    "link": _link,
}

"""Small signs the panels draw: verdict badges, risk chips. Shape and glyph carry the meaning; colour repeats it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from workbench.render.theme import Theme

BADGE: Final = 16.0


def draw_badge(painter: QPainter, verdict: str, theme: Theme, at: QPointF, size: float = BADGE) -> None:
    """Draw a verdict badge of ``size`` with its top left corner ``at``; an unknown verdict draws an empty ring."""
    colours = theme.verdict.get(verdict)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.scale(size / 16, size / 16)
    if colours is None:
        painter.setPen(QPen(QColor(theme.border.strong), 1.2))
        painter.drawEllipse(QPointF(8, 8), 6, 6)
        painter.restore()
        return
    if verdict == "stale":
        painter.setPen(QPen(QColor(colours.text), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.surface.raised))
        painter.drawEllipse(QPointF(8, 8), 6.5, 6.5)
        glyph = QPen(QColor(colours.text), 1.4)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        if verdict == "supports":
            painter.drawEllipse(QPointF(8, 8), 7, 7)
        elif verdict == "refutes":
            painter.drawRoundedRect(QRectF(1.5, 1.5, 13, 13), 1.5, 1.5)
        else:
            painter.drawPolygon(QPolygonF([QPointF(8, 0.3), QPointF(15.7, 8), QPointF(8, 15.7), QPointF(0.3, 8)]))
        glyph = QPen(QColor(colours.glyph), 1.7)
    glyph.setCapStyle(Qt.PenCapStyle.RoundCap)
    glyph.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(glyph)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_glyph(verdict))
    painter.restore()


def _glyph(verdict: str) -> QPainterPath:
    path = QPainterPath()
    if verdict == "supports":
        path.moveTo(4.8, 8.2)
        path.lineTo(7.1, 10.5)
        path.lineTo(11.3, 5.7)
    elif verdict == "refutes":
        path.moveTo(5, 5)
        path.lineTo(11, 11)
        path.moveTo(11, 5)
        path.lineTo(5, 11)
    elif verdict == "stale":
        path.moveTo(8, 4.5)
        path.lineTo(8, 8.2)
        path.lineTo(10.4, 9.6)
    else:
        path.moveTo(6.3, 6.3)
        path.cubicTo(6.3, 3.9, 9.9, 3.9, 9.8, 6.3)
        path.cubicTo(9.7, 7.7, 8, 7.7, 8, 9.1)
        path.moveTo(8, 11.4)
        path.lineTo(8, 11.5)
    return path


def badge_icon(verdict: str, theme: Theme) -> QIcon:
    """A verdict badge as an icon."""
    result = QIcon()
    for scale in (1.0, 2.0, 3.0):
        pixmap = QPixmap(QSize(16, 16) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_badge(painter, verdict, theme, QPointF(0, 0))
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result


def chip_width(text: str, font: QFont) -> float:
    """Width of the risk chip with this text."""
    return 24 + QFontMetricsF(font).horizontalAdvance(text) + 7


def draw_chip(
    painter: QPainter, text: str, steps: int, theme: Theme, box: QRectF, *, colour: str = "", inherited: bool = False
) -> None:
    """Draw a risk chip into ``box``: four steps, filled up to ``steps``, then code and word.

    Args:
        colour: fill a project has chosen for the level.
        inherited: the rating is the worst of the consequences: a hollow, dashed chip.
    """
    colours = theme.level(steps, colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.border.strong if inherited else colours.border
    painter.setPen(QPen(QColor(edge), 1, Qt.PenStyle.DashLine if inherited else Qt.PenStyle.SolidLine))
    painter.setBrush(QColor(theme.surface.raised if inherited else colours.fill))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    ink = QColor(theme.text.primary if inherited else colours.text)
    foot = box.center().y() + 5
    for index in range(4):
        bar = QRectF(box.left() + 6 + index * 3.5, foot - 3 - index * 2.2, 2.5, 3 + index * 2.2)
        if index < steps:
            painter.fillRect(bar, ink)
        else:
            painter.setPen(QPen(ink, 0.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.25, 0.25, -0.25, -0.25))
    painter.setPen(ink)
    painter.drawText(box.adjusted(24, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()

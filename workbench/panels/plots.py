"""The interval plot in a row of the evidence table, drawn with a painter."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.analysis.claims import ClaimRow
from workbench.render.theme import Theme

_RADIUS: Final = 3.5


def x_at(value: float, box: QRectF) -> float:
    """Where a fraction stands in ``box``; beyond its ends, at its end."""
    return box.left() + max(0.0, min(1.0, value)) * box.width()


def draw_pass_zone(painter: QPainter, row: ClaimRow, theme: Theme, box: QRectF) -> None:
    """Tint the side of the criterion where the value should lie."""
    if row.threshold is None or row.comparator is None or row.unit != "proportion":
        return
    at = x_at(row.threshold, box)
    upward = row.comparator in (">=", ">")
    zone = (
        QRectF(at, box.top(), box.right() - at, box.height())
        if upward
        else QRectF(box.left(), box.top(), at - box.left(), box.height())
    )
    painter.fillRect(zone, QColor(theme.plot.pass_zone))


def draw_grid(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Hair lines at each quarter."""
    painter.setPen(QPen(QColor(theme.plot.grid), 1))
    for quarter in range(5):
        x = round(box.left() + box.width() * quarter / 4) + 0.5
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))


def draw_interval(painter: QPainter, row: ClaimRow, theme: Theme, box: QRectF) -> None:
    """Draw criterion tick, interval with whiskers and estimate; dashed and hollow where the claim is stale."""
    middle = round(box.center().y()) + 0.5
    if row.threshold is not None and row.unit == "proportion":
        painter.setPen(QPen(QColor(theme.plot.threshold), 1.5))
        at = x_at(row.threshold, box)
        painter.drawLine(QLineF(at, box.top(), at, box.bottom()))
    if not row.on_axis:
        return
    colours = theme.verdict.get(row.sign)
    colour = QColor(colours.text if colours is not None else theme.plot.estimate)
    stale = row.sign == "stale"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    if row.low is not None and row.high is not None:
        low, high = x_at(row.low, box), x_at(row.high, box)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine if stale else Qt.PenStyle.SolidLine))
        painter.drawLine(QLineF(low, middle, high, middle))
        painter.setPen(QPen(colour, 1.5))
        for end in (low, high):
            painter.drawLine(QLineF(end, middle - _RADIUS, end, middle + _RADIUS))
    if row.value is not None:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(QColor(theme.surface.raised) if stale else colour)
        painter.drawEllipse(QPointF(x_at(row.value, box), middle), _RADIUS, _RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

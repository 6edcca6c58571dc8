"""Interval plots drawn with a painter: in a row of the evidence table, and large on the evidence card."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.panels.claims import ClaimRow
from workbench.panels.style import CAPTION_PX, figure_font
from workbench.panels.words import short_percent
from workbench.render.theme import Theme

Axis = tuple[float, float]
WHOLE: Final[Axis] = (0.0, 1.0)


def axis_for(row: ClaimRow) -> Axis:
    """A stretch of the axis that shows value, interval and criterion with room around, in tens of percent."""
    marks = [mark for mark in (row.value, row.low, row.high, row.threshold) if mark is not None and 0 <= mark <= 1]
    if not marks:
        return WHOLE
    spread = max(max(marks) - min(marks), 0.05)
    low = max(0.0, int((min(marks) - spread / 2) * 10) / 10)
    high = min(1.0, -int(-(max(marks) + spread / 2) * 10 // 1) / 10)
    return (low, high) if high - low >= 0.1 else WHOLE


def x_at(value: float, box: QRectF, axis: Axis) -> float:
    """Where a fraction stands in ``box``; beyond the axis, at its end."""
    share = (value - axis[0]) / (axis[1] - axis[0])
    return box.left() + max(0.0, min(1.0, share)) * box.width()


def draw_pass_zone(painter: QPainter, row: ClaimRow, theme: Theme, box: QRectF, axis: Axis = WHOLE) -> None:
    """Tint the side of the criterion where the value should lie."""
    if row.threshold is None or row.comparator is None or row.unit != "proportion":
        return
    at = x_at(row.threshold, box, axis)
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


def draw_interval(
    painter: QPainter, row: ClaimRow, theme: Theme, box: QRectF, axis: Axis = WHOLE, radius: float = 3.5
) -> None:
    """Draw criterion tick, interval with whiskers and estimate; dashed and hollow where the claim is stale."""
    middle = round(box.center().y()) + 0.5
    if row.threshold is not None and row.unit == "proportion":
        painter.setPen(QPen(QColor(theme.plot.threshold), 1.5))
        at = x_at(row.threshold, box, axis)
        painter.drawLine(QLineF(at, box.top(), at, box.bottom()))
    if not row.on_axis:
        return
    colours = theme.verdict.get(row.sign)
    colour = QColor(colours.text if colours is not None else theme.plot.estimate)
    stale = row.sign == "stale"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    if row.low is not None and row.high is not None:
        low, high = x_at(row.low, box, axis), x_at(row.high, box, axis)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine if stale else Qt.PenStyle.SolidLine))
        painter.drawLine(QLineF(low, middle, high, middle))
        painter.setPen(QPen(colour, 1.5))
        for end in (low, high):
            painter.drawLine(QLineF(end, middle - radius, end, middle + radius))
    if row.value is not None:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(QColor(theme.surface.raised) if stale else colour)
        painter.drawEllipse(QPointF(x_at(row.value, box, axis), middle), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_card_plot(painter: QPainter, row: ClaimRow, theme: Theme, box: QRectF) -> None:
    """The plot of the evidence card: named criterion, interval band with whiskers, dot, and an axis in tens."""
    axis = axis_for(row)
    font = figure_font(CAPTION_PX)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    line = metrics.height()
    plot = QRectF(box.left() + 12, box.top() + line + 4, box.width() - 24, box.height() - 2 * line - 10)
    painter.fillRect(plot, QColor(theme.plot.background))
    draw_pass_zone(painter, row, theme, plot, axis)
    painter.setPen(QPen(QColor(theme.plot.grid), 1))
    painter.drawRect(plot)
    painter.setPen(QColor(theme.plot.axis))
    step = 0.1 if axis[1] - axis[0] <= 0.6 else 0.2
    tick = axis[0]
    while tick <= axis[1] + 1e-9:
        x = x_at(tick, plot, axis)
        painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 3))
        text = short_percent(tick) if tick + step > axis[1] + 1e-9 else f"{tick * 100:.0f}"
        width = metrics.horizontalAdvance(text)
        painter.drawText(QPointF(min(x - width / 2, box.right() - width), plot.bottom() + 4 + metrics.ascent()), text)
        tick += step
    if row.threshold is not None:
        at = x_at(row.threshold, plot, axis)
        text = f"criterion {row.criterion}"
        width = metrics.horizontalAdvance(text)
        left = at + 4 if at + 4 + width <= box.right() else at - 4 - width
        painter.setPen(QColor(theme.text.primary))
        painter.drawText(QPointF(max(box.left(), left), plot.top() - 5), text)
        painter.setPen(QPen(QColor(theme.plot.threshold), 1.5))
        painter.drawLine(QLineF(at, plot.top() - line, at, plot.bottom()))
    if row.low is not None and row.high is not None and row.sign != "stale":
        colours = theme.verdict.get(row.sign)
        band = QColor(colours.text if colours is not None else theme.plot.interval)
        band.setAlphaF(0.35)
        low, high = x_at(row.low, plot, axis), x_at(row.high, plot, axis)
        painter.fillRect(QRectF(low, plot.center().y() - 3, high - low, 6), band)
    draw_interval(painter, row, theme, plot, axis, radius=5)

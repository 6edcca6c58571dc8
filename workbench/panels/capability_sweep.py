"""The complexity sweep as a widget, drawn by pyqtgraph: points with error bars, a line where one is allowed, people.

pyqtgraph and numpy are loaded when the widget is first shown.
"""

from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.analysis.capability import SeriesView, SweepView
from workbench.analysis.capability_words import spoken
from workbench.export.capability_sweep import series_colours, series_name
from workbench.panels.focus import Focusable, draw_focus
from workbench.panels.style import BODY_PX, SMALL_PX, current_theme, figure_font, ui_font

_HEIGHT: Final = 280
_REACH: Final = 24.0
_SYMBOLS: Final = ("o", "s", "t1", "x")
"""pyqtgraph's names of the marks that files have, in the same order."""
_DODGE: Final = 0.05

Point = tuple[int, str]


class SweepPlot(Focusable):
    """The plot; Left and Right go from point to point, Up and Down between series, Enter edits, Delete clears.

    Attributes:
        moved: emits number of blocks and series of the point that is current now.
        edit_asked: the current point should be edited; ``clear_asked``: removed.
        menu_asked: emits where the context menu should open.
    """

    moved = Signal(int, str)
    edit_asked = Signal()
    clear_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: SweepView | None = None
        self.current: Point | None = None
        self._plot: Any = None
        self._chosen: Any = None
        self._spots: dict[Point, tuple[float, float]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(320)
        self.setAccessibleName("Complexity sweep")

    def points(self) -> list[Point]:
        """Every point by series, then by number of blocks."""
        if self.view is None:
            return []
        return [(point.blocks, series.name) for series in self.view.series for point in series.points]

    def show_sweep(self, view: SweepView, current: Point | None) -> None:
        """Show a sweep with one point ringed."""
        self.view = view
        self.current = current if current in self.points() else None
        self.redraw()
        self._tell()

    def _tell(self) -> None:
        said = "No points"
        for series in self.view.series if self.view is not None else ():
            for point in series.points:
                if (point.blocks, series.name) == self.current:
                    figures = spoken(point.shown).partition(": ")[2]
                    said = f"{series_name(series)}, {point.blocks} blocks: {figures}"
        if self.view is not None and self.current is None and self.points():
            said = f"{len(self.points())} points; choose one with the arrow keys"
        self.setAccessibleName(f"Complexity sweep. {said}")
        self.setAccessibleDescription(said)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # drawing

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._plot is None:
            self._make_plot()
            self.redraw()
        super().showEvent(event)

    def _make_plot(self) -> None:
        import pyqtgraph as pg

        self._plot = pg.PlotWidget(self, background=None)
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setGeometry(self.rect().adjusted(4, 4, -4, -4))
        self._plot.show()

    def redraw(self) -> None:
        """Draw anew in the colours of the theme."""
        if self._plot is None or self.view is None:
            return
        theme, view, plot = current_theme(), self.view, self._plot
        plot.clear()
        self._chosen = None
        plot.setBackground(theme.surface.panel)
        self._spots.clear()
        self._dress_axes()
        first, last = (view.levels[0], view.levels[-1]) if view.levels else (1, 2)
        spread = max(1, last - first)
        plot.setXRange(first - spread * 0.05, last + spread * 0.16, padding=0)
        plot.setYRange(-0.04, 1.06, padding=0)
        self._human(spread)
        middle = (len(view.series) - 1) / 2
        for number, series in enumerate(view.series):
            colours = series_colours(theme)
            shift = (number - middle) * _DODGE * min(1.0, spread / 8)
            self._series(series, colours[number % len(colours)], _SYMBOLS[number % len(_SYMBOLS)], shift, spread)
        self._ring()

    def _dress_axes(self) -> None:
        theme, view = current_theme(), self.view
        assert view is not None
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(QColor(theme.plot.axis))
            axis.setTextPen(QColor(theme.text.secondary))
            axis.setTickFont(figure_font(SMALL_PX))
        self._plot.getAxis("left").setTicks([[(q / 4, "100 %" if q == 4 else str(25 * q)) for q in range(5)], []])
        self._plot.getAxis("bottom").setTicks([[(level, str(level)) for level in view.levels], []])
        title = view.title[:80].replace("&", "&amp;").replace("<", "&lt;")
        self._plot.setLabel("bottom", title, color=theme.text.secondary)
        self._plot.showGrid(x=False, y=True, alpha=0.25)

    def _human(self, spread: float) -> None:
        theme, view = current_theme(), self.view
        assert view is not None
        if not view.human:
            return
        ink = theme.plot.baseline
        xs, ys = [p.blocks for p in view.human], [p.value for p in view.human]
        lows = [p.low if p.low is not None else p.value for p in view.human]
        highs = [p.high if p.high is not None else p.value for p in view.human]
        fills = [QColor(theme.surface.panel) if p.low is None else QColor(ink) for p in view.human]
        pen = self._pen(ink, 1.6, Qt.PenStyle.DashLine) if view.human_joined else None
        self._draw(xs, ys, lows, highs, ink, "d", fills, pen, spread)
        self._label("human", xs[-1], ys[-1], ink)

    def _series(self, series: SeriesView, ink: str, symbol: str, shift: float, spread: float) -> None:
        points = [point for point in series.points if point.shown.value is not None]
        for point in series.points:
            value = point.shown.value if point.shown.value is not None else 0.0
            self._spots[point.blocks, series.name] = (point.blocks + shift, value)
        if not points:
            return
        xs = [point.blocks + shift for point in points]
        ys = [point.shown.value or 0.0 for point in points]
        lows = [p.shown.low if p.shown.low is not None else y for p, y in zip(points, ys, strict=True)]
        highs = [p.shown.high if p.shown.high is not None else y for p, y in zip(points, ys, strict=True)]
        hollow = QColor(current_theme().surface.panel)
        fills = [hollow if p.shown.stale or p.shown.typed else QColor(ink) for p in points]
        pen = self._pen(ink, 1.6) if series.joined else None
        self._draw(xs, ys, lows, highs, ink, symbol, fills, pen, spread)
        self._label(series_name(series), xs[-1], ys[-1], ink)

    def _draw(
        self,
        xs: list[float] | list[int],
        ys: list[float],
        lows: list[float],
        highs: list[float],
        ink: str,
        symbol: str,
        fills: list[QColor],
        line: QPen | None,
        spread: float,
    ) -> None:
        import numpy as np
        import pyqtgraph as pg

        x, y = np.array(xs, float), np.array(ys, float)
        if line is not None:
            self._plot.addItem(pg.PlotCurveItem(x, y, pen=line, antialias=True))
        pen = self._pen(ink, 1.4)
        above, below = np.array(highs) - y, y - np.array(lows)
        self._plot.addItem(pg.ErrorBarItem(x=x, y=y, top=above, bottom=below, beam=spread * 0.012, pen=pen))
        marks = pg.ScatterPlotItem(x, y, symbol=symbol, size=11, pen=pen, brush=fills, antialias=True)
        self._plot.addItem(marks)

    def _pen(self, ink: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen as wide at every scale of the axes; Qt takes the width of such a pen for pixels of the screen."""
        pen = QPen(QColor(ink), width * self.devicePixelRatioF(), style)
        pen.setCosmetic(True)
        return pen

    def _label(self, text: str, x: float, y: float, ink: str) -> None:
        import pyqtgraph as pg

        label = pg.TextItem(color=ink, anchor=(0, 0.5))
        label.setPlainText(f"  {text[:40]}")
        label.setFont(ui_font(BODY_PX, strong=True))
        label.setPos(x, y)
        self._plot.addItem(label)

    def _ring(self) -> None:
        """Ring the current point."""
        if self._plot is None:
            return
        import pyqtgraph as pg

        if self._chosen is not None:
            self._plot.removeItem(self._chosen)
            self._chosen = None
        if self.current in self._spots:
            x, y = self._spots[self.current]
            pen = self._pen(current_theme().selection.ring, 2.0)
            self._chosen = pg.ScatterPlotItem([x], [y], symbol="o", size=22, pen=pen, brush=None, antialias=True)
            self._plot.addItem(self._chosen)

    def _seen_at(self, point: Point) -> QPointF | None:
        """Where a point stands in the widget."""
        if self._plot is None or point not in self._spots:
            return None
        scene = self._plot.getViewBox().mapViewToScene(QPointF(*self._spots[point]))
        return QPointF(self._plot.pos()) + QPointF(self._plot.mapFromScene(scene))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            draw_focus(QPainter(self), QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._plot is not None:
            self._plot.setGeometry(self.rect().adjusted(4, 4, -4, -4))

    @override
    def sizeHint(self) -> QSize:
        return QSize(700, _HEIGHT)

    # moving

    def go(self, point: Point) -> None:
        """Make another point the current one."""
        if point != self.current:
            self.current = point
            self._ring()
            self._tell()
            self.moved.emit(*point)

    def leave(self) -> None:
        """No point is the current one."""
        if self.current is not None:
            self.current = None
            self._ring()
            self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, points = event.key(), self.points()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and points:
            step = 1 if key == Qt.Key.Key_Right else -1
            at = points.index(self.current) if self.current in points else (-1 if step > 0 else len(points))
            self.go(points[max(0, min(len(points) - 1, at + step))])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.current in points:
            self._to_series(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and points:
            self.go(points[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current is not None:
            self.edit_asked.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current is not None:
            self.clear_asked.emit()
        else:
            super().keyPressEvent(event)

    def _to_series(self, step: int) -> None:
        """The nearest point of the next series."""
        if self.view is None or self.current is None:
            return
        names = [series.name for series in self.view.series]
        at = names.index(self.current[1]) + step
        if 0 <= at < len(names):
            blocks = self.current[0]
            nearest = min(self.view.series[at].points, key=lambda point: abs(point.blocks - blocks))
            self.go((nearest.blocks, names[at]))

    def _near(self, at: QPointF) -> Point | None:
        found = [(point, seen) for point in self.points() if (seen := self._seen_at(point)) is not None]
        reach = [(abs(seen.x() - at.x()) + abs(seen.y() - at.y()), point) for point, seen in found]
        distance, point = min(reach, default=(_REACH, (0, "")))
        return point if distance < _REACH else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._near(event.position())
        if point is not None:
            self.go(point)
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._near(event.position()) is not None:
            self.edit_asked.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = self._near(QPointF(event.pos()))
        if point is not None:
            self.go(point)
        if self.current is not None:
            seen = self._seen_at(self.current)
            keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard and seen is not None
            at = self.mapToGlobal(seen.toPoint()) if keyboard and seen is not None else event.globalPos()
            self.menu_asked.emit(at)

"""The history of a metric as a widget: the plot, and below it the run that is chosen, by arrow keys or by pointer."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from workbench.evidence.labels import metric_label
from workbench.export.claim_plot import Drawing
from workbench.model.runs import Metric
from workbench.panels.common import ElidedLabel, Label, column, plain_tip
from workbench.panels.evidence_plot_view import PlotView
from workbench.panels.fields import Combo
from workbench.panels.run_facts import strata_words
from workbench.panels.run_history import History, history_of, history_words, point_words
from workbench.panels.run_plots import PlacedPoint, history_picture
from workbench.panels.style import ui_font
from workbench.render.characters import brief, single_line
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store

_REACH = 24.0
_LOW, _LOWER = 230, 190
"""Heights below which the plot has the room of the words below it: first of the hint, then of the chosen point too."""
_LEAST_PLOT, _EDGE = 68, 12


class HistoryPlot(PlotView):
    """The plot; Left and Right go from run to run, Enter opens the run.

    Attributes:
        moved: emits the place of the point chosen.
        opened: emits the id of a run.
    """

    moved = Signal(int)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History of the metric", _LEAST_PLOT, parent)
        self._history = History("")
        self._places: tuple[PlacedPoint, ...] = ()
        self.at = -1
        self.setMouseTracking(True)

    def show_history(self, history: History, run: str = "") -> None:
        """Show a history with one run ringed; the newest where none is named."""
        self._history = history
        self.at = next((i for i, point in enumerate(history.points) if point.run == run), len(history.points) - 1)
        self.show_plot(self._picture if history.points else None, history_words(history))

    def _picture(self, width: float, height: float, theme: Theme, measure: Measure) -> Drawing:
        points = self._history.points
        chosen = points[self.at].run if 0 <= self.at < len(points) else ""
        picture = history_picture(self._history, width, height, theme, measure, chosen)
        if (width, height) == (self.width(), self.height()):
            self._places = picture.places
        return picture.sheet

    def go(self, place: int) -> None:
        """Choose a point."""
        place = max(0, min(len(self._history.points) - 1, place))
        if place != self.at:
            self.at = place
            self.redraw()
            self.moved.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        points = self._history.points
        steps = {Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Home: 0}
        steps[Qt.Key.Key_End] = len(points) - 1
        key = Qt.Key(event.key())
        if points and key in steps:
            self.go(steps[key])
        elif points and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(points[self.at].run)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        near = self._nearest(event.position().x(), event.position().y())
        if near >= 0:
            self.go(near)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._nearest(event.position().x(), event.position().y()) >= 0:
            self.opened.emit(self._history.points[self.at].run)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if near >= 0 else Qt.CursorShape.ArrowCursor)

    def _nearest(self, x: float, y: float) -> int:
        """The place of the point under the pointer; -1: none is near."""
        found = [((p.x - x) ** 2 + (p.y - y) ** 2, p.point.metric) for p in self._places]
        if not found or min(found)[0] > _REACH**2:
            return -1
        metric = min(found)[1]
        return next(place for place, point in enumerate(self._history.points) if point.metric == metric)


class HistoryView(QWidget):
    """Which metric, its history, and the run chosen in words.

    Attributes:
        opened: emits the id of a run the user wants to see.
        told: emits a sentence for the status bar.
    """

    opened = Signal(str)
    told = Signal(str)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._metrics: list[str] = []
        self._history = History("")
        layout = self._rows = column(self, _EDGE, 4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = Label("", wrap=True)
        self.title.setFont(ui_font(strong=True))
        head.addWidget(self.title, 1)
        self.choice = Combo()
        self.choice.setAccessibleName("Metric")
        self.choice.setMaximumWidth(220)
        self.choice.currentIndexChanged.connect(self._chose)
        head.addWidget(self.choice)
        layout.addLayout(head)
        self.plot = HistoryPlot()
        self.plot.moved.connect(self._say)
        self.plot.opened.connect(self.opened)
        self.plot.told.connect(self.told)
        layout.addWidget(self.plot, 1)
        self.said = ElidedLabel("")
        layout.addWidget(self.said)
        self.more = Label("", wrap=True, dim=True)
        layout.addWidget(self.more)

    def show_run(self, run: str, metric: str = "") -> None:
        """Show the history of a metric of a run; of the run's first one where none is named."""
        found = self._store.referrers(run, Metric, "run") if run else []
        ids = [m.id for m in sorted(found, key=lambda m: bool(m.strata)) if m.value is not None]
        if ids != self._metrics:
            self._metrics = ids
            self.choice.blockSignals(True)
            self.choice.clear()
            for id in ids:
                made = self._store.find(id, Metric)
                if made is not None:
                    part = strata_words(made)
                    self.choice.addItem(single_line(f"{metric_label(made)} ({part})" if part else metric_label(made)))
            self.choice.blockSignals(False)
        self.choice.setVisible(len(ids) > 1)
        if metric in ids:
            self.choice.blockSignals(True)
            self.choice.setCurrentIndex(ids.index(metric))
            self.choice.blockSignals(False)
        self._show(run)

    def _chose(self, _place: int) -> None:
        metric = self._store.find(self.metric_id(), Metric)
        self._show(metric.run if metric is not None else "")

    def metric_id(self) -> str:
        """The metric whose history is shown; empty where there is none."""
        place = self.choice.currentIndex()
        return self._metrics[place] if 0 <= place < len(self._metrics) else ""

    def _show(self, run: str) -> None:
        metric = self.metric_id()
        self._history = history_of(self._store, metric) if metric else History("")
        self.title.setText(self._history.title or "No metric with a value")
        self.plot.show_history(self._history, run)
        self._say(self.plot.at)

    def _say(self, place: int) -> None:
        points = self._history.points
        if not points:
            self.said.set_text("Nothing to follow over time: the run holds no metric with a value.")
            self.more.setText("")
            return
        words = point_words(points[place], self._history.unit)
        self.said.set_text(words)
        self.plot.setToolTip(plain_tip(words))
        if len(points) == 1:
            text = "The only run of this task and metric so far; the next one will stand beside it."
        else:
            text = f"Run {place + 1} of {len(points)}; versions are listed, never averaged."
        if self._history.without_value:
            text += f" {self._history.without_value} more without a value."
        self.more.setText(text)
        told = f"{point_words(points[place], self._history.unit)}\n{self.plot.words()}"
        self.plot.setAccessibleDescription(brief(told))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.more.setVisible(self.height() >= _LOW)
        self.said.setVisible(self.height() >= _LOWER)
        edge = _EDGE if self.height() >= _LOWER else _EDGE // 2
        self._rows.setContentsMargins(edge, edge, edge, edge)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.redraw()
        super().changeEvent(event)

"""The metrics of a run as a tree: by scorer, with their strata below them."""

from collections import defaultdict
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from workbench.analysis.fuzzy import fold
from workbench.evidence.labels import amount, label_of
from workbench.evidence.shown import WITH_MISSING, interval_words, missing_words
from workbench.model.runs import Metric
from workbench.panels.common import plain_tip
from workbench.panels.style import figure_font, ui_font
from workbench.render.characters import single_line

_OPEN_UP_TO: Final = 12
"""Strata of a metric that are shown at once; more are folded away."""

_ROW, _GAP = 24, 16
_NAMES: Final = 150
"""Least room for the names of the metrics, logical pixels."""
_MISSING: Final = 4
_ROLE: Final = Qt.ItemDataRole.UserRole


class MetricTree(QTreeWidget):
    """Chooses one metric.

    Attributes:
        chosen: another metric is under the cursor.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metrics: tuple[Metric, ...] = ()
        self.setAccessibleName("Metrics of the run")
        self.setHeaderLabels(["Metric", "Value", "n", "95 % interval", WITH_MISSING])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_metrics(self, metrics: tuple[Metric, ...]) -> None:
        """Show other metrics; the first is chosen."""
        self._metrics = metrics
        self.blockSignals(True)
        self.clear()
        scorers = list(dict.fromkeys(metric.scorer for metric in metrics))
        whole: dict[tuple[str, ...], QTreeWidgetItem] = {}
        strata: dict[tuple[str, ...], list[int]] = defaultdict(list)
        groups: dict[str, QTreeWidgetItem] = {}
        for index, metric in enumerate(metrics):
            key = (metric.scorer, metric.name, metric.reducer)
            if metric.strata:
                strata[key].append(index)
                continue
            parent = self._group(groups, metric.scorer) if len(scorers) > 1 else self.invisibleRootItem()
            whole[key] = self._row(parent, index, label_of(metric.name, "", metric.reducer))
        for stratum, members in strata.items():
            over = whole.get(stratum)
            if over is None:
                over = self._group(groups, label_of(stratum[1], stratum[0], stratum[2]))
            for index in members:
                named = ", ".join(f"{name}: {value}" for name, value in metrics[index].strata.items())
                self._row(over, index, named)
            over.setExpanded(len(members) <= _OPEN_UP_TO)
        for group in groups.values():
            group.setExpanded(True)
        self.setColumnHidden(_MISSING, not any(missing_words(metric) for metric in metrics))
        for place in (1, 2, 3, _MISSING):
            head = self.header().sectionSizeHint(place)
            self.header().resizeSection(place, max(head, self.sizeHintForColumn(place) + _GAP))
        self._fit()
        self.blockSignals(False)
        self.choose(metrics[0].id if metrics else "")

    def _fit(self) -> None:
        """The names take what the figures leave; where that is too little to read them, the tree scrolls sideways."""
        header = self.header()
        taken = sum(header.sectionSize(place) for place in (1, 2, 3, _MISSING) if not self.isColumnHidden(place))
        header.resizeSection(0, max(_NAMES, self.viewport().width() - taken))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _group(self, groups: dict[str, QTreeWidgetItem], name: str) -> QTreeWidgetItem:
        found = groups.get(name)
        if found is None:
            found = groups[name] = QTreeWidgetItem(self, [single_line(name) or "No scorer named"])
            found.setFlags(Qt.ItemFlag.ItemIsEnabled)
            found.setFont(0, ui_font(strong=True))
            found.setSizeHint(0, QSize(0, _ROW))
            found.setFirstColumnSpanned(True)
        return found

    def _row(self, parent: QTreeWidgetItem, index: int, name: str) -> QTreeWidgetItem:
        metric = self._metrics[index]
        value = amount(metric.value, metric.unit) if metric.value is not None else "no value"
        count = f"{metric.n:,}" if metric.n is not None else "not known"
        row = QTreeWidgetItem(parent, [single_line(name), value, count, interval_words(metric), missing_words(metric)])
        row.setData(0, _ROLE, index)
        row.setSizeHint(0, QSize(0, _ROW))
        row.setToolTip(0, plain_tip(" ".join(name.split())))
        for place in (1, 2, 3, _MISSING):
            row.setFont(place, figure_font())
        return row

    def current_metric(self) -> Metric | None:
        """The metric under the cursor."""
        item = self.currentItem()
        index = item.data(0, _ROLE) if item is not None else None
        return self._metrics[index] if index is not None else None

    def choose(self, id: str) -> None:
        """Put the cursor on a metric."""
        for item in self._rows():
            if self._metrics[item.data(0, _ROLE)].id == id:
                self.setCurrentItem(item)
                return

    def filter(self, text: str) -> None:
        """Show only metrics whose name, scorer or stratum holds a text."""
        wanted = fold(text.strip())
        for item in self._rows():
            over = item.parent()
            words = fold(f"{over.text(0) if over is not None else ''} {item.text(0)}")
            item.setHidden(bool(wanted) and wanted not in words)
        for group in self._items():
            if group.data(0, _ROLE) is None:
                group.setHidden(bool(wanted))
        shown = [item for item in self._rows() if not item.isHidden()]
        for item in shown:
            over = item.parent()
            while over is not None:
                over.setHidden(False)
                over = over.parent()
        current = self.currentItem()
        if shown and (current is None or current.isHidden()):
            self.setCurrentItem(shown[0])

    def _rows(self) -> list[QTreeWidgetItem]:
        """The rows that are metrics, from top to bottom."""
        return [item for item in self._items() if item.data(0, _ROLE) is not None]

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is None:
                continue
            found.append(item)
            waiting[:0] = [item.child(index) for index in range(item.childCount())]
        return found

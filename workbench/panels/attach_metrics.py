"""The metrics of a run as a tree: by scorer, with their strata below them."""

from collections import defaultdict
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workbench.evidence.labels import amount, label_of
from workbench.evidence.shown import WITH_MISSING, interval_words, missing_words
from workbench.model.runs import Metric
from workbench.panels.common import plain_tip
from workbench.panels.fuzzy import fold
from workbench.panels.style import figure_font, ui_font

_OPEN_UP_TO: Final = 12
"""Strata of a metric that are shown at once; more are folded away."""

_ROW, _GAP = 24, 16
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
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(48)
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
            self.header().resizeSection(place, self.sizeHintForColumn(place) + _GAP)
        self.blockSignals(False)
        self.choose(metrics[0].id if metrics else "")

    def _group(self, groups: dict[str, QTreeWidgetItem], name: str) -> QTreeWidgetItem:
        found = groups.get(name)
        if found is None:
            found = groups[name] = QTreeWidgetItem(self, [name or "No scorer named"])
            found.setFlags(Qt.ItemFlag.ItemIsEnabled)
            found.setFont(0, ui_font(strong=True))
            found.setSizeHint(0, QSize(0, _ROW))
            found.setFirstColumnSpanned(True)
        return found

    def _row(self, parent: QTreeWidgetItem, index: int, name: str) -> QTreeWidgetItem:
        metric = self._metrics[index]
        value = amount(metric.value, metric.unit) if metric.value is not None else "no value"
        count = f"{metric.n:,}" if metric.n is not None else "not known"
        row = QTreeWidgetItem(
            parent, [" ".join(name.split()), value, count, interval_words(metric), missing_words(metric)]
        )
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
        for item in self._rows():
            over = item.parent()
            while not item.isHidden() and over is not None:
                over.setHidden(False)
                over = over.parent()

    def _rows(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is None:
                continue
            if item.data(0, _ROLE) is not None:
                found.append(item)
            waiting[:0] = [item.child(index) for index in range(item.childCount())]
        return found

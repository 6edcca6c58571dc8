"""What a mapping makes of a table, read beside the window as the mapping changes."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workbench.analysis.claims import run_name
from workbench.analysis.words import count_words
from workbench.evidence.imported import ImportedRun
from workbench.evidence.labels import amount, metric_label
from workbench.evidence.profile import Profile
from workbench.panels.common import Label, column, plain_tip
from workbench.panels.run_reader import RunReader
from workbench.panels.style import figure_font
from workbench.render.characters import single_line

_PATIENCE_MS: Final = 300
_MOST_ROWS: Final = 200
_HEADS: Final = ("Run", "Metric", "Value", "n", "Missing", "Clusters")


class MappingPreview(QWidget):
    """Reads a table with a mapping and lists what comes out.

    Attributes:
        changed: something was read, or could not be.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._profile: Profile | None = None
        self._reader: RunReader | None = None
        self.runs: list[ImportedRun] = []
        self.problem = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(self._read)
        outer = column(self, 0, 4)
        self.summary = Label("", wrap=True)
        outer.addWidget(self.summary)
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("What is read")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place in range(2, len(_HEADS)):
            self.table.setColumnWidth(place, 72)
        outer.addWidget(self.table, 1)

    @property
    def busy(self) -> bool:
        """Whether something is still to be read."""
        return self._wait.isActive() or self._reader is not None

    def show_mapping(self, profile: Profile | None) -> None:
        """Read with another mapping soon; None: there is none yet."""
        if profile == self._profile:
            return
        self._profile = profile
        self.stop()
        self.runs, self.problem = [], ""
        if profile is not None:
            self._wait.start()
            self.summary.setText("Reading…")
        else:
            self.summary.setText("")
        self.table.setRowCount(0)

    def stop(self) -> None:
        """Read nothing any more."""
        self._wait.stop()
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()

    def _read(self) -> None:
        if self._profile is None:
            return
        reader = self._reader = RunReader(self._path, self, profile=self._profile.as_data())
        reader.done.connect(self._done)
        reader.failed.connect(self._failed)
        reader.cancelled.connect(self._ended)
        reader.start()

    def _done(self, runs: list[ImportedRun]) -> None:
        if self._ended():
            self.runs = runs
            self._show()
            self.changed.emit()

    def _failed(self, reason: str) -> None:
        if self._ended():
            self.problem = reason.removeprefix(f"{self._path}: ")
            self.summary.setText("")
            self.changed.emit()

    def _ended(self) -> bool:
        """Whether the reader that just ended is the one that is waited for."""
        reader = self.sender()
        current = reader is self._reader
        if current:
            self._reader = None
        if isinstance(reader, RunReader):
            reader.deleteLater()
        return current

    def _show(self) -> None:
        rows = [(imported, metric) for imported in self.runs for metric in imported.metrics]
        told = f"{count_words(len(self.runs), 'run', 'runs')}, {count_words(len(rows), 'figure', 'figures')}"
        doubts = list(dict.fromkeys(doubt for imported in self.runs for doubt in imported.doubts))
        self.summary.setText(f"{told}. {doubts[0]}" if doubts else f"{told}.")
        self.summary.setToolTip(plain_tip("\n".join(doubts[:20])))
        self.table.setRowCount(min(len(rows), _MOST_ROWS))
        for index, (imported, metric) in enumerate(rows[:_MOST_ROWS]):
            stratum = ", ".join(f"{name}: {value}" for name, value in metric.strata.items())
            label = metric_label(metric)
            counts = [f"{count:,}" if count is not None else "–" for count in (metric.n, metric.missing)]
            texts = (
                run_name(imported.run),
                label if not stratum or stratum in label else f"{label} · {stratum}",
                amount(metric.value, metric.unit) if metric.value is not None else "–",
                *counts,
                f"{metric.clusters:,}" if metric.clusters is not None else "–",
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(single_line(text))
                item.setToolTip(plain_tip(text))
                if place > 1:
                    item.setFont(figure_font())
                self.table.setItem(index, place, item)

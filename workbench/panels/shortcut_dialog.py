"""The list of all keyboard shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from workbench.analysis.fuzzy import fold
from workbench.panels.common import column

ShortcutRow = tuple[str, str, str]
"""Where (menu path), what (title), keys."""


class ShortcutDialog(QDialog):
    """A table of (where, what, keys) with a filter over all three."""

    def __init__(self, rows: Sequence[ShortcutRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(620, 560)
        layout = column(self, 12, 8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by action or key")
        self.filter.setAccessibleName("Filter by action or key")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._match)
        layout.addWidget(self.filter)
        self.table = QTableWidget(len(rows), 3)
        self.table.setAccessibleName("Shortcuts")
        self.table.setHorizontalHeaderLabels(["Menu", "Action", "Keys"])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for index, row in enumerate(rows):
            for place, text in enumerate(row):
                self.table.setItem(index, place, QTableWidgetItem(text))
        self.table.setColumnWidth(0, 150)
        self.table.setColumnWidth(2, 170)
        layout.addWidget(self.table)
        self._keys = [fold(" ".join(row)) for row in rows]
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _match(self, text: str) -> None:
        words = fold(text).split()
        for index, key in enumerate(self._keys):
            self.table.setRowHidden(index, not all(word in key for word in words))

"""What another risk scheme makes of every rating, before it is used: a table, what changes first."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from workbench.commands.risk import Remapped
from workbench.model.codes import natural_key
from workbench.panels.style import ui_font
from workbench.render.characters import single_line

Index = QModelIndex | QPersistentModelIndex
HEADS: Final = ("Rating", "Before", "After", "")
_MEASURED: Final = 100
"""Rows that the widths of columns are taken from: those that change stand first."""


class PreviewModel(QAbstractTableModel):
    """One row for each rating."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Remapped] = []
        self._strong = ui_font(strong=True)

    def show_rows(self, rows: Sequence[Remapped]) -> None:
        """Show other ratings: those to be rated again first, then those that change, in the order of their codes."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda one: (not one.lost, not one.changed, natural_key(one.named)))
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            return self._strong if one.changed else None
        if role == Qt.ItemDataRole.DisplayRole:
            told = "to be rated again" if one.lost else "changes" if one.changed else "stays"
            return single_line((one.named, one.before, one.after or "not rated", told)[index.column()])
        return None


class PreviewTable(QTableView):
    """The table; nothing in it can be edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.setAccessibleName("What becomes of every rating")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setResizeContentsPrecision(_MEASURED)
        for column in (1, 2, 3):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

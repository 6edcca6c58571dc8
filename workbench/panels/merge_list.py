"""What a merge left open, by element: one row each, with how many of its questions are settled."""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.render.characters import brief, single_line
from workbench.values import value_type

Index = QModelIndex | QPersistentModelIndex
_COUNT: Final = 62
_ROW: Final = 26
_OWN_KEYS: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


@value_type(frozen=True, slots=True)
class Entry:
    """One element with its questions.

    Attributes:
        group: its id.
        settled: how many of ``total`` are settled.
    """

    group: str
    name: str
    settled: int
    total: int


class MergeRows(QAbstractTableModel):
    """The elements for Qt: name, and how many of its questions are settled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """Show other elements, or the same with other counts."""
        before, self.entries = self.entries, entries
        if [one.group for one in before] != [one.group for one in entries]:
            self.beginResetModel()
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(before, entries, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 2

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return single_line(entry.name)
            return f"✓ {entry.total}" if entry.settled == entry.total else f"{entry.settled} of {entry.total}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(entry.name)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return brief(f"{entry.name}, {entry.settled} of {entry.total} settled")
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, _ROW)
        return None


class MergeList(QTreeView):
    """The elements. Letters and digits are for the page.

    Attributes:
        chosen: emits the group the user went to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Elements with conflicts")
        self.rows = MergeRows(self)
        self.setModel(self.rows)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, _COUNT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._filling = False

    def show_entries(self, entries: Iterable[Entry], current: str) -> None:
        """Show the elements, the row of ``current`` lit."""
        self._filling = True
        self.rows.show(list(entries))
        row = next((row for row, entry in enumerate(self.rows.entries) if entry.group == current), -1)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, 0))
        self._filling = False

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._filling:
            self.chosen.emit(self.rows.entries[current.row()].group)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OWN_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return QSize(250, 160)

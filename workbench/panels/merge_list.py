"""What a merge left open, by element: one row each, with how many of its questions are settled."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.render.characters import brief, single_line
from workbench.values import value_type

_GROUP: Final = Qt.ItemDataRole.UserRole
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


class MergeList(QTreeWidget):
    """The elements. Letters and digits are for the page.

    Attributes:
        chosen: emits the group the user went to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Elements with conflicts")
        self.setColumnCount(2)
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
        self.currentItemChanged.connect(self._tell)

    def show_entries(self, entries: Iterable[Entry], current: str) -> None:
        """Show the elements, the row of ``current`` lit."""
        listed = list(entries)
        self._filling = True
        while self.topLevelItemCount() > len(listed):
            self.takeTopLevelItem(self.topLevelItemCount() - 1)
        while self.topLevelItemCount() < len(listed):
            made = QTreeWidgetItem()
            made.setSizeHint(0, QSize(0, _ROW))
            self.addTopLevelItem(made)
        for row, entry in enumerate(listed):
            item = self.topLevelItem(row)
            assert item is not None
            done = entry.settled == entry.total
            count = f"✓ {entry.total}" if done else f"{entry.settled} of {entry.total}"
            if item.data(0, _GROUP) != (entry.group, entry.name, count):
                item.setData(0, _GROUP, (entry.group, entry.name, count))
                item.setText(0, single_line(entry.name))
                item.setText(1, count)
                item.setToolTip(0, plain_tip(entry.name))
                told = f"{entry.name}, {entry.settled} of {entry.total} settled"
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, brief(told))
            if entry.group == current:
                self.setCurrentItem(item)
        self._filling = False

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(item.data(0, _GROUP)[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OWN_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return QSize(250, 160)

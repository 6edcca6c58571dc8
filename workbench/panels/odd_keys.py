"""What the tree and the crossing of the operational design domain do alike: keys that decide, menus, who is told."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView
from typing_extensions import override

from workbench.panels.odd_signs import KEYS


class OddKeys(QObject):
    """Watches one table: 1 to 4 decide, Enter shows the hazards, R goes to the reason, T tags.

    Attributes:
        decided: emits the state asked for.
        hazards_asked: emits where a menu of the hazards may open.
        reason_asked: the reason should be written; ``tag_asked``: a hazard should carry the entry.
        menu_asked: emits where the context menu should open.
    """

    decided = Signal(str)
    hazards_asked = Signal(QPoint)
    reason_asked = Signal()
    tag_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def ask_hazards(self) -> None:
        """Ask for the hazards of the current cell, below it."""
        self.hazards_asked.emit(self._under_current())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if isinstance(event, QContextMenuEvent):
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_asked.emit(self._under_current() if by_key else event.globalPos())
            return True
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was one of these."""
        text = event.text().lower()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._table.currentIndex().isValid():
            self.ask_hazards()
        elif plain and text in ("1", "2", "3", "4"):
            self.decided.emit(KEYS[int(text) - 1])
        elif plain and text == "r":
            self.reason_asked.emit()
        elif plain and text == "t":
            self.tag_asked.emit()
        else:
            return False
        return True

    def _under_current(self) -> QPoint:
        table = self._table
        return table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())

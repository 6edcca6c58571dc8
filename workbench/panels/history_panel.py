"""The list of undo steps: where the document stands in it, and any other place a click away."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from workbench.commands.step_words import step_words
from workbench.panels.common import Panel, column, plain_tip
from workbench.panels.icons import icon
from workbench.panels.outline_model import Index
from workbench.panels.style import current_theme
from workbench.render.characters import single_line
from workbench.session.session import Session
from workbench.store.store import ReadOnlyError, Store, TransactionError

if TYPE_CHECKING:
    from workbench.store.history import Entry


class HistoryPanel(Panel):
    """Steps done above, steps undone (dim) below the one the document stands at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("History")
        layout = column(self, 0, 0)
        self.model = _Steps(self.store, self)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Undo steps")
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        layout.addWidget(self.list)
        self.later()

    @override
    def focus_target(self) -> QWidget:
        return self.list

    @override
    def refresh(self) -> None:
        self.model.reload()
        current = self.model.index(self.store.history.position)
        self.list.setCurrentIndex(current)
        self.list.scrollTo(current)

    def go_to(self, position: int) -> None:
        """Undo or redo until ``position`` steps are done."""
        history = self.store.history
        try:
            while history.position > position and self.store.undo():
                pass
            while history.position < position and self.store.redo():
                pass
        except (ReadOnlyError, TransactionError) as error:
            self.session.notice.emit(str(error))

    def _go(self, index: Index) -> None:
        self.go_to(index.row())


class _Steps(QAbstractListModel):
    """Row 0 is the document as it was opened; row n is the document after step n."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._history = store.history
        self._entries: tuple[Entry, ...] = ()
        self.reload()

    def reload(self) -> None:
        """Take the steps as they are now."""
        self.beginResetModel()
        self._entries = (*self._history.done, *reversed(self._history.undone))
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries) + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        position = self._history.position
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._words(row))
        if role == Qt.ItemDataRole.ForegroundRole and row > position:
            return QColor(current_theme().text.disabled)
        if role == Qt.ItemDataRole.FontRole and row == position:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("file" if not row else "redo" if row > position else "edit")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "undone" if row > position else "current" if row == position else "done"
            return f"{self._words(row)}, {state}"
        return None

    def _words(self, row: int) -> str:
        if not row:
            return "As opened"
        entry = self._entries[row - 1]
        return single_line(step_words(self._store, entry.label, entry.diff))


class _List(QListView):
    """Enter goes to the step under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

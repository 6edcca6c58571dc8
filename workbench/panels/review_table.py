"""The table of actions, decisions, votes and comments: sorted by any column, changed in place."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.analysis.meeting_log import STATE_WORD, WORD
from workbench.panels.evidence_grid import Grid
from workbench.panels.evidence_model import Column, RowsModel
from workbench.panels.finding_rows import code_order
from workbench.panels.icons import icon
from workbench.panels.outline_model import Index
from workbench.panels.review_rows import ReviewRow
from workbench.panels.style import current_theme

if TYPE_CHECKING:
    from collections.abc import Callable

STATE, ON, TEXT, WHO, DUE, MEETING, NOTED = range(7)
_STATE_ORDER: Final = tuple(STATE_WORD)


def _picture(row: ReviewRow) -> QIcon:
    colours = current_theme()
    return icon(row.entry.kind, colours.finding["error"].fill if row.entry.state == "overdue" else "")


def _colour(row: ReviewRow) -> Any:
    colours = current_theme()
    if row.entry.state == "overdue":
        return QColor(colours.finding["error"].fill)
    return QColor(colours.text.secondary) if row.entry.state in ("done", "dropped", "resolved") else None


def _dim(row: ReviewRow) -> Any:
    return QColor(current_theme().text.secondary) if row.entry.state in ("done", "dropped", "resolved") else None


def _state(row: ReviewRow) -> str:
    return WORD[row.entry.kind] if row.entry.state == "noted" else STATE_WORD[row.entry.state]


def _spoken(row: ReviewRow) -> str:
    return f"{WORD[row.entry.kind]}, {STATE_WORD[row.entry.state].lower()}"


_COLUMNS: Final[tuple[Column[ReviewRow], ...]] = (
    Column("state", "State", _state, lambda row: _STATE_ORDER.index(row.entry.state), 112, strong=True,
           picture=_picture, colour=_colour, tip=_spoken, spoken=_spoken),
    Column("on", "On", lambda row: row.on, lambda row: code_order(row.on), 92, figures=True, strong=True,
           tip=lambda row: row.about, colour=_dim),
    Column("text", "What", lambda row: row.text, width=420, tip=lambda row: row.entry.text, colour=_dim),
    Column("who", "Who", lambda row: row.entry.who or "–", width=140, colour=_dim),
    Column("due", "Due", lambda row: row.due or ("–" if row.entry.kind == "action" else ""),
           lambda row: row.entry.due or None, 96, figures=True, colour=_colour),
    Column("meeting", "Meeting", lambda row: row.meeting or "–", width=170, colour=_dim),
    Column("noted", "Noted", lambda row: row.noted, lambda row: row.entry.at, 96, figures=True, falling=True,
           colour=_dim),
)  # fmt: skip


class ReviewModel(RowsModel[ReviewRow]):
    """The rows; what is written in a cell is handed on.

    Attributes:
        write: takes a row, the name of a column and the text typed; whether it was taken.
    """

    def __init__(self) -> None:
        super().__init__(_COLUMNS, lambda row: row.id)
        self.write: Callable[[ReviewRow, str, str], bool] = lambda _row, _column, _text: False
        self.read_only = False

    def editable(self, row: ReviewRow, place: int) -> bool:
        """Whether a cell can be changed in place."""
        if self.read_only:
            return False
        return place == TEXT or (row.entry.kind == "action" and place in (WHO, DUE))

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = super().flags(index)
        row = self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None
        return kept | Qt.ItemFlag.ItemIsEditable if row and self.editable(row, index.column()) else kept

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            entry = self.rows[index.row()].entry
            return {TEXT: " ".join(entry.text.split()), WHO: entry.who, DUE: entry.due}.get(index.column(), "")
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == str(self.data(index, role)):
            return False
        return self.write(self.rows[index.row()], self.columns[index.column()].id, str(value))


class _Editing(QStyledItemDelegate):
    """The editor of a cell is a line of plain text called by its column."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = super().createEditor(parent, option, index)
        made.setAccessibleName(_COLUMNS[index.column()].name)
        return made


class ReviewTable(Grid[ReviewRow]):
    """The rows: Enter shows what one is about, F2 changes a cell, Space marks as done, Delete removes.

    Attributes:
        toggled: Space was pressed.
        deleted: Delete was pressed.
    """

    stretched: ClassVar[int] = TEXT
    dropped: ClassVar[tuple[int, ...]] = (NOTED, MEETING)
    toggled = Signal()
    deleted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = ReviewModel()
        super().__init__(self.model_, parent)
        self.setAccessibleName("Actions and comments")
        self.setItemDelegate(_Editing(self))
        self.doubleClicked.connect(self.edit_cell)

    def edit_cell(self, index: Index | None = None) -> bool:
        """Change a cell in place, the text where it cannot be changed; whether there is anything to change."""
        at = index if index is not None else self.currentIndex()
        row = self.current()
        if row is None or not at.isValid():
            return False
        place = at.column() if self.model_.editable(row, at.column()) else TEXT
        if not self.model_.editable(row, place):
            return False
        cell = self.model_.index(at.row(), place)
        self.setCurrentIndex(cell)
        self.edit(cell)
        return True

    def edit_column(self, place: int) -> None:
        """Change one cell of the current row in place."""
        self.edit_cell(self.model_.index(self.currentIndex().row(), place))

    @override
    def event(self, event: QEvent) -> bool:
        """Keys of the table come before those of the window: F2 would edit a title on the canvas."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _own(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.current() is None or not _own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_cell()
        elif event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        else:
            self.deleted.emit()


def _own(event: QKeyEvent) -> bool:
    return not event.modifiers() and event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Delete)

"""Rows that a list paints itself, for Qt: each has a title, and says itself in one sentence."""

from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.render.characters import brief, single_line

Index = QModelIndex | QPersistentModelIndex
_TIP = 2_000


class Row(Protocol):
    """What a row must be able to tell."""

    @property
    def title(self) -> str:
        """What it is called."""

    def spoken(self) -> str:
        """The row in one sentence."""


R = TypeVar("R", bound=Row)


class RowModel(QAbstractListModel, Generic[R]):
    """A list of rows; another one takes the place of all of them.

    Attributes:
        rows: as they are listed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[R] = []

    def show(self, rows: list[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def spoken(self, row: R) -> str:
        """What a screen reader says of a row."""
        return row.spoken()

    def tip(self, row: R) -> tuple[str, ...]:
        """The lines of its tooltip."""
        return (row.title,)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return single_line(row.title)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return brief(self.spoken(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(line for line in self.tip(row) if line)[:_TIP])
        return None

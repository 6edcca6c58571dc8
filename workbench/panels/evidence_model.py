"""Rows for Qt's tables: columns as data, sorted by any of them, ten thousand rows without a widget each."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont, QIcon
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.panels.outline_model import Index
from workbench.panels.style import figure_font, ui_font
from workbench.render.characters import brief
from workbench.values import value_type

R = TypeVar("R")
MOST_TIP: Final = 1_000


@value_type(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        name: its heading, also in the menu of columns; ``id`` is what settings remember it by.
        text: what a cell says.
        key: what the column is sorted by; None: its text. A key of None (nothing known) stands last either way.
        width: in logical pixels to begin with.
        figures: figures of one width; ``right``: right-aligned.
        shown: whether it is there before the user chose.
        falling: the first click sorts from the high end.
        order: how its order reads in a menu, such as "worst first".
    """

    id: str
    name: str
    text: Callable[[R], str]
    key: Callable[[R], Any] | None = None
    width: int = 100
    figures: bool = False
    right: bool = False
    strong: bool = False
    shown: bool = True
    falling: bool = False
    tip: Callable[[R], str] | None = None
    picture: Callable[[R], QIcon | None] | None = None
    struck: Callable[[R], bool] | None = None
    colour: Callable[[R], Any] | None = None
    spoken: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """The rows that pass the filter, in the order of one column."""

    def __init__(self, columns: Sequence[Column[R]], id_of: Callable[[R], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._given: list[R] = []
        self._id_of = id_of
        self._places: dict[str, int] = {}
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None
        self.mime: Callable[[list[str]], QMimeData] | None = None

    def show_rows(self, rows: list[R]) -> bool:
        """Show other rows (in their natural order, which stands where nothing is sorted); whether anything changed."""
        if rows == self._given:
            return False
        self.beginResetModel()
        self._given = rows
        self._arrange()
        self.endResetModel()
        return True

    def _arrange(self) -> None:
        rows = self._given
        if self.sorted_by is not None:
            place, order = self.sorted_by
            column = self.columns[place]
            key = column.key or (lambda row: column.text(row).casefold())
            keyed = [(key(row), row) for row in rows]
            known = [pair for pair in keyed if pair[0] is not None]
            known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
            rows = [row for _, row in known] + [row for value, row in keyed if value is None]
        self.rows = list(rows)
        self._places = {self._id_of(row): place for place, row in enumerate(self.rows)}

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: back to the natural order."""
        wanted = (column, order) if 0 <= column < len(self.columns) else None
        if wanted == self.sorted_by:
            return
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.rows[index.row()]) for index in self.persistentIndexList()]
        self.sorted_by = wanted
        self._arrange()
        for index, row in before:
            moved = self.index(self._places[self._id_of(row)], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def id_at(self, place: int) -> str:
        """The id of the row at a place; empty where there is none."""
        return self._id_of(self.rows[place]) if 0 <= place < len(self.rows) else ""

    def place_of(self, id: str) -> int:
        """Where a row stands; -1 where it is not shown."""
        return self._places.get(id, -1)

    def refresh_column(self, place: int) -> None:
        """The texts of one column changed."""
        if self.rows:
            self.dataChanged.emit(self.index(0, place), self.index(len(self.rows) - 1, place))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = super().flags(index)
        return kept | Qt.ItemFlag.ItemIsDragEnabled if self.mime is not None else kept

    @override
    def mimeTypes(self) -> list[str]:
        return self.mime([]).formats() if self.mime is not None else []

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [self.id_at(place) for place in dict.fromkeys(index.row() for index in indexes)]
        return self.mime(ids) if self.mime is not None else QMimeData()

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"Sort by {column.name.lower() if column.name != 'n' else 'n'}"
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return brief(column.text(row))
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.FontRole:
            struck = column.struck is not None and column.struck(row)
            return _font(column.figures, column.strong, struck) if column.figures or column.strong or struck else None
        if role == Qt.ItemDataRole.DecorationRole:
            return column.picture(row) if column.picture is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return column.colour(row) if column.colour is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip((column.tip(row) if column.tip is not None else column.text(row))[:MOST_TIP])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return brief(f"{column.name}: {column.spoken(row) if column.spoken is not None else column.text(row)}")
        return None


@lru_cache(maxsize=8)
def _font(figures: bool, strong: bool, struck: bool) -> QFont:
    font = figure_font(strong=strong) if figures else ui_font(strong=strong)
    font.setStrikeOut(struck)
    return font

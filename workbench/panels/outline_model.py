"""The outline's rows for Qt's tree view: made when asked for, kept in place when the document changes."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from typing_extensions import override

from workbench.analysis.words import name_of, sign_of, title_of
from workbench.canvas.drops import ELEMENT_MIME, element_data
from workbench.commands.guards import sharing
from workbench.model.base import record_type
from workbench.model.drawing import Diagram
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent
from workbench.panels.common import plain_tip
from workbench.panels.dimension_icon import dimension_icon
from workbench.panels.icons import glyph_icon, icon
from workbench.panels.outline_groups import Groups, dimension_of, is_group
from workbench.panels.outline_tree import LOOSE, Row, Tree, is_heading
from workbench.panels.style import current_theme
from workbench.render.characters import brief, single_line
from workbench.store.diff import Diff
from workbench.store.store import Store

Index = QModelIndex | QPersistentModelIndex
SHARED: Final = Qt.ItemDataRole.UserRole + 1
"""How many lines a control guards, or under how many rows or dimensions an element stands; 0 for one."""
MOST_MATCHES: Final = 500
_HEADING: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_RENAMED: Final = _HEADING | Qt.ItemFlag.ItemIsEditable
_DRAGGED: Final = _HEADING | Qt.ItemFlag.ItemIsDragEnabled
_ELEMENT: Final = _RENAMED | Qt.ItemFlag.ItemIsDragEnabled


class OutlineModel(QAbstractItemModel):
    """Rows of the outline; with a filter, a flat list of what matches.

    Attributes:
        renamed: emits (id, title) when the user has typed another title.
    """

    renamed = Signal(str, str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tree = Tree(store)
        self._filter = ""
        self._rows: dict[int, Row] = {}
        self._top: list[Row] = []
        self._fill(self._wanted_top(), None, self._top)

    # rows

    def _wanted_top(self) -> list[tuple[str, str]]:
        if self._filter:
            return [(key, key) for key in self._tree.matching(self._filter, MOST_MATCHES)]
        return self._tree.under(None)

    def _fill(self, pairs: Iterable[tuple[str, str]], parent: Row | None, rows: list[Row]) -> None:
        for id, record in pairs:
            row = Row(id, record, parent, len(rows))
            self._rows[id_of(row)] = row
            rows.append(row)

    def _children(self, row: Row | None) -> list[Row]:
        if row is None:
            return self._top
        if row.children is None:
            row.children = []
            self._fill(self._tree.under(row), row, row.children)
        return row.children

    def row_at(self, index: Index) -> Row | None:
        """The row an index stands for."""
        return self._rows.get(index.internalId()) if index.isValid() else None

    def index_of(self, row: Row) -> QModelIndex:
        """The index of a row."""
        return self.createIndex(row.index, 0, id_of(row))

    def locate(self, id: str) -> QModelIndex:
        """The first place of a record, making rows as needed; an invalid index where it has none."""
        if self._filter:
            return next((self.index_of(row) for row in self._top if id in (row.id, row.record)), QModelIndex())
        row: Row | None = None
        for step in self._tree.path(id):
            row = next((child for child in self._children(row) if step in (child.id, child.record)), None)
            if row is None:
                return QModelIndex()
        return self.index_of(row) if row is not None else QModelIndex()

    # following the document

    def set_filter(self, text: str) -> None:
        """Show only what matches; empty: the whole tree."""
        if text.strip() != self._filter:
            self._filter = text.strip()
            self._begin_again()

    def set_grouped(self, on: bool) -> None:
        """Let hazards stand under their impact dimensions, or by themselves."""
        if on != (self._tree.groups is not None):
            self._tree.groups = Groups(self._store) if on else None
            self._begin_again()

    def groups(self) -> list[QModelIndex]:
        """The rows of the impact dimensions."""
        return [self.index_of(row) for row in self._top if is_group(row.id)]

    def _begin_again(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self._top = []
        self._fill(self._wanted_top(), None, self._top)
        self.endResetModel()

    def follow(self, diffs: Sequence[Diff]) -> None:
        """Bring the rows made so far up to date with changes of the document."""
        structural = False
        for diff in diffs:
            structural = self._tree.follow(diff) or structural
        if structural:
            for row in self._rows.values():
                row.opens = None
            self._sync(None)
            self.layoutAboutToBeChanged.emit()  # rows whose children came or went show another arrow
            self.layoutChanged.emit()
            return
        touched = {key for diff in diffs for key in diff.updated}
        for row in [row for row in self._rows.values() if row.record in touched]:
            self.dataChanged.emit(self.index_of(row), self.index_of(row))

    def _sync(self, parent: Row | None) -> None:
        rows = self._top if parent is None else parent.children
        if rows is None:
            return
        wanted = self._wanted_top() if parent is None else self._tree.under(parent)
        if [(row.id, row.record) for row in rows] != wanted:
            self._replace(parent, rows, wanted)
        for row in rows:
            self._sync(row)

    def _replace(self, parent: Row | None, rows: list[Row], wanted: list[tuple[str, str]]) -> None:
        """Change ``rows`` into ``wanted``, touching only what came, went or moved."""
        at = self.index_of(parent) if parent is not None else QModelIndex()
        kept = {pair: place for place, pair in enumerate(wanted)}
        last = -1
        doomed = []
        for place, row in enumerate(rows):
            now = kept.get((row.id, row.record), -1)
            if now <= last:
                doomed.append(place)
            else:
                last = now
        for place in reversed(doomed):
            self.beginRemoveRows(at, place, place)
            self._forget(rows.pop(place))
            _number(rows)
            self.endRemoveRows()
        for place, (id, record) in enumerate(wanted):
            if place < len(rows) and (rows[place].id, rows[place].record) == (id, record):
                continue
            self.beginInsertRows(at, place, place)
            row = Row(id, record, parent, place)
            self._rows[id_of(row)] = row
            rows.insert(place, row)
            _number(rows)
            self.endInsertRows()

    def _forget(self, row: Row) -> None:
        self._rows.pop(id_of(row), None)
        for child in row.children or ():
            self._forget(child)

    # Qt's questions

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        rows = self._children(self.row_at(parent))
        return self.index_of(rows[row]) if 0 <= row < len(rows) and column == 0 else QModelIndex()

    @override
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        row = self.row_at(index)
        return self.index_of(row.parent) if row is not None and row.parent is not None else QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return len(self._children(self.row_at(parent)))

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 1

    @override
    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's signature
        row = self.row_at(parent)
        if row is None or row.children is not None:
            return bool(self._children(row))
        if row.opens is None:  # asked of every row whenever Qt lays the tree out
            row.opens = self._tree.has_children(row)
        return row.opens

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if is_heading(row.id):
            return _HEADING
        if isinstance(self._store.get(row.id), Diagram):
            return _HEADING if self._store.read_only else _RENAMED
        return _DRAGGED if self._store.read_only else _ELEMENT

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if is_heading(row.id):
            return self._heading(row.id, role)
        record = self._store.get(row.record)
        if record is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return single_line(title_of(record), 200)
        if role == Qt.ItemDataRole.EditRole:
            return getattr(record, "title", "")
        if role == Qt.ItemDataRole.DecorationRole:
            placed = self._store.get(row.id)
            return glyph_icon(sign_of(self._store, placed) if placed is not None else "file", current_theme())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(name_of(self._store, row.record)[:600])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return brief(f"{name_of(self._store, row.record)}, {record_type(record).replace('_', ' ')}")
        if role == Qt.ItemDataRole.FontRole and isinstance(record, Hazard):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return self._shared(row) if role == SHARED else None

    def _heading(self, id: str, role: int) -> Any:
        groups = self._tree.groups
        if groups is not None and is_group(id):
            return self._group(groups, id, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"Not connected ({len(self._tree.loose):,})" if id == LOOSE else "Diagrams"
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("link" if id == LOOSE else "diagram")
        return None

    def _group(self, groups: Groups, id: str, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return groups.title(id)
        if role == Qt.ItemDataRole.DecorationRole:
            dimension = dimension_of(id)
            return dimension_icon(dimension, current_theme()) if dimension else icon("help")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return groups.told(id)
        return None

    def _shared(self, row: Row) -> int:
        record = self._store.get(row.id)
        if isinstance(record, Guard | Control):
            count = sharing(self._store, row.record)
        elif isinstance(record, TopEvent):
            count = 1
        elif isinstance(record, Hazard) and self._tree.groups is not None:
            count = len(self._tree.groups.of(record.id))
        else:
            end = "target" if record is not None and record_type(record) == "consequence" else "source"
            links = self._store.referrers(row.id, Link, end)
            count = sum(link.kind != "annotates" for link in links)
        return count if count > 1 else 0

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        record = self._store.get(row.record)
        text = str(value).strip()
        if record is None or text == getattr(record, "title", None):
            return False
        self.renamed.emit(row.record, text)
        return True

    @override
    def mimeTypes(self) -> list[str]:
        return [ELEMENT_MIME]

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.LinkAction

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [row for index in indexes if (row := self.row_at(index)) is not None]
        ids = list(dict.fromkeys(row.record for row in rows))
        data = element_data(ids)
        data.setText("\n".join(name_of(self._store, id) for id in ids))
        return data


def id_of(row: Row) -> int:
    """The number Qt carries in an index of this row; looked up again before use, so an outdated one is harmless."""
    return id(row) & 0x7FFF_FFFF_FFFF_FFFF


def _number(rows: list[Row]) -> None:
    for place, row in enumerate(rows):
        row.index = place

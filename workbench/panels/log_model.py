"""Rows of the live hazard log for Qt's table: filtered, sorted and grouped; cells that are written become commands."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from typing_extensions import override

from workbench.analysis.fuzzy import fold
from workbench.analysis.hazard_log import GROUP_OF, KIND_OF, LogRow
from workbench.analysis.risk import Rating
from workbench.analysis.words import word
from workbench.files.log_text import DERIVED, INHERITED, LINE, SHOWN, STATUS_WORD, entry_text
from workbench.model.codes import code_key
from workbench.model.elements import Element
from workbench.model.kinds import IMPACT_DIMENSIONS
from workbench.model.records import CLASS_OF
from workbench.panels.common import plain_tip
from workbench.panels.outline_model import Index
from workbench.panels.style import ui_font
from workbench.render.characters import brief
from workbench.values import value_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbench.store.reader import Reader

COLUMN_IDS: Final = tuple(SHOWN)
GROUPS: Final[dict[str, str]] = {"": "No groups", "source": "By source", "dimensions": "By impact dimension"}
_MOST_TIP: Final = 1_000


@value_type(frozen=True, slots=True)
class GroupHead:
    """The line above a group."""

    name: str
    count: int


def rating_text(rating: Rating | None) -> str:
    """A rating as the table writes it."""
    return f"{rating.index}{INHERITED if rating.inherited else ''}" if rating is not None else ""


def cell_text(row: LogRow, column: str) -> str:
    """A cell as it is shown and edited: entries one a line, elements with their codes."""
    if column in KIND_OF:
        return "\n".join(entry_text(KIND_OF[column], item.code, item.title) for item in row.lists[column])
    if column in GROUP_OF:
        return "\n".join(item.title.replace("\n", LINE) for item in row.lists[column])
    if column in ("hri", "hri_post"):
        return rating_text(row.hri if column == "hri" else row.hri_post)
    if column == "dimensions":
        return "\n".join(map(word, row.dimensions))
    if column == "status":
        return STATUS_WORD.get(row.status, row.status)
    return {
        "id": row.code,
        "title": row.title,
        "source": row.source,
        "description": row.description,
        "owner": row.owner,
        "accepted": row.accepted,
        **row.signed,
    }[column]


def offers(reader: "Reader", rows: "Iterable[LogRow]", column: str) -> list[str]:
    """What an editor of a column offers: elements that exist, the impact dimensions, or what other rows say."""
    if column in KIND_OF:
        kind = KIND_OF[column]
        found = [record for record in reader.all(CLASS_OF[kind]) if isinstance(record, Element)]
        found.sort(key=lambda record: (code_key(record.code), record.title))
        return [entry_text(kind, record.code, record.title) for record in found if record.title or record.code]
    if column == "dimensions":
        return [word(name) for name in IMPACT_DIMENSIONS]
    if column == "description":
        return []
    return sorted({cell_text(row, column) for row in rows} - {""}, key=str.casefold)


def _sort_key(row: LogRow, column: str) -> Any:
    """What a row is sorted by; None stands last either way."""
    if column == "id":
        return code_key(row.code)
    if column in ("hri", "hri_post"):
        rating = row.hri if column == "hri" else row.hri_post
        return (-rating.steps, rating.index) if rating is not None else None
    return cell_text(row, column).casefold() or None


class LogModel(QAbstractTableModel):
    """The rows that pass the filter, in order.

    Attributes:
        write: takes the id of a hazard, a column and what was written; whether it was done.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LogRow | GroupHead] = []
        self.write: Callable[[str, str, Any], bool] = lambda _id, _column, _value: False
        self._given: list[LogRow] = []
        self._wanted, self._group = "", ""
        self._sorted: tuple[str, bool] | None = None
        self._places: dict[str, int] = {}
        self._searched: dict[str, tuple[LogRow, str]] = {}

    def show_rows(self, rows: list[LogRow]) -> None:
        """Show other rows, or the same ones changed."""
        self._given = rows
        self.arrange()

    def set_filter(self, text: str) -> None:
        """Show rows only that hold a text in any column."""
        self._wanted = fold(text.strip())
        self.arrange()

    def set_group(self, column: str) -> None:
        """Gather rows under what they have in common in a column; empty: no groups."""
        self._group = column
        self.arrange()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: back to the order of the codes."""
        self._sorted = (COLUMN_IDS[column], order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.arrange()

    def arrange(self) -> None:
        """Filter, sort and group what is given."""
        rows = [row for row in self._given if self._wanted in self._search_text(row)] if self._wanted else self._given
        if self._sorted is not None:
            column, falling = self._sorted
            keyed = [(_sort_key(row, column), row) for row in rows]
            known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=falling)
            rows = [row for _, row in known] + [row for key, row in keyed if key is None]
        arranged = self._grouped(rows)
        if len(arranged) == len(self.rows) and all(_same(a, b) for a, b in zip(arranged, self.rows, strict=True)):
            changed = [place for place, row in enumerate(arranged) if row != self.rows[place]]
            self.rows = arranged
            for place in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMN_IDS) - 1))
            return
        self.beginResetModel()
        self.rows = arranged
        self._places = {}
        for place, row in enumerate(arranged):
            if isinstance(row, LogRow):
                self._places.setdefault(row.element, place)
        self.endResetModel()

    def _grouped(self, rows: list[LogRow]) -> list[LogRow | GroupHead]:
        if not self._group:
            return list(rows)
        groups: dict[str, list[LogRow]] = {}
        for row in rows:
            names = [word(name) for name in row.dimensions] if self._group == "dimensions" else [row.source]
            for name in names or [""]:
                groups.setdefault(name, []).append(row)
        found: list[LogRow | GroupHead] = []
        for name in sorted(groups, key=lambda name: (not name, name.casefold())):
            found.append(GroupHead(name or "Not said", len(groups[name])))
            found += groups[name]
        return found

    def _search_text(self, row: LogRow) -> str:
        known = self._searched.get(row.element)
        if known is None or known[0] is not row:
            known = (row, fold("\n".join(cell_text(row, column) for column in COLUMN_IDS)))
            self._searched[row.element] = known
        return known[1]

    @property
    def shown(self) -> int:
        """How many hazards pass the filter; one that stands in two groups counts once."""
        return len(self._places)

    def row_at(self, place: int) -> LogRow | None:
        """The hazard at a place; None for the line above a group."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return row if isinstance(row, LogRow) else None

    def place_of(self, hazard: str) -> int:
        """Where a hazard stands first; -1 where it is not shown."""
        return self._places.get(hazard, -1)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMN_IDS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return SHOWN[COLUMN_IDS[section]]
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown if COLUMN_IDS[index.column()] in DERIVED else shown | Qt.ItemFlag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], COLUMN_IDS[index.column()]
        if isinstance(row, GroupHead):
            text = f"{row.name}  {row.count:,}" if not index.column() else ""
            if role == Qt.ItemDataRole.FontRole:
                return ui_font(strong=True)
            return text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return cell_text(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return brief(cell_text(row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell_text(row, column)[:_MOST_TIP])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{SHOWN[column]}: {brief(cell_text(row, column)).replace(chr(10), '; ') or 'empty'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if role == Qt.ItemDataRole.FontRole and column == "id":
            return ui_font(strong=True)
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index.row())
        column = COLUMN_IDS[index.column()]
        if role != Qt.ItemDataRole.EditRole or row is None or value == cell_text(row, column):
            return False
        return self.write(row.element, column, value)


def _same(a: LogRow | GroupHead, b: LogRow | GroupHead) -> bool:
    if isinstance(a, LogRow) and isinstance(b, LogRow):
        return a.element == b.element
    return a == b

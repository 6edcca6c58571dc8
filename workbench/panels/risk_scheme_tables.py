"""The tables of the risk scheme dialog: categories and levels."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from workbench.model.judgement import Category, RiskLevel
from workbench.panels.common import button, column
from workbench.panels.plain_delegate import PlainDelegate
from workbench.values import value_type

_WAS: Final = Qt.ItemDataRole.UserRole
_KEY: Final = Qt.ItemDataRole.UserRole + 1
_BUTTONS: Final = {
    "add": ("Add row", "Insert"),
    "remove": ("Remove row", "Ctrl+Delete"),
    "up": ("Move up", "Alt+Up"),
    "down": ("Move down", "Alt+Down"),
}
_KEYS: Final = {
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Insert): "add",
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Delete): "remove",
    (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Up): "up",
    (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down): "down",
}
_UNITS: Final = {"": "", "per_year": "a year", "per_use": "a use"}


@value_type(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        key: tells rows apart, whatever they are called and wherever they stand.
        was: what it was called before; empty for a new one.
    """

    key: int
    was: str
    texts: list[str]


class _Cells(QTableWidget):
    """A table whose keys are those of its buttons; Enter edits a cell instead of ending the dialog.

    Attributes:
        asked: emits what a key stands for: ``add``, ``remove``, ``up`` or ``down``.
    """

    asked = Signal(str)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QTableWidget.State.EditingState:
            super().keyPressEvent(event)
            return
        none = Qt.KeyboardModifier.NoModifier
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = _KEYS.get((held, Qt.Key(event.key())))
        item = self.currentItem()
        if wanted is not None:
            self.asked.emit(wanted)
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == none:
            self.editItem(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete and held == none:
            item.setText("")
        else:
            super().keyPressEvent(event)


class RowTable(QWidget):
    """Rows that can be added, removed and moved, with a table that is edited in place.

    Attributes:
        changed: somebody edited something.
    """

    changed = Signal()

    def __init__(self, name: str, heads: Sequence[str], stretch: int) -> None:
        super().__init__()
        self._keys = 0
        outer = column(self, 0, 6)
        self.table = _Cells(0, len(heads))
        self.table.setAccessibleName(name)
        self.table.setItemDelegate(PlainDelegate(self.table))
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self._header = self.table.horizontalHeader()
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())
        outer.addWidget(self.table, 1)
        row = QHBoxLayout()
        self._does: dict[str, Callable[[], None]] = {
            "add": self._add,
            "remove": self._remove,
            "up": partial(self._move, -1),
            "down": partial(self._move, 1),
        }
        self.table.asked.connect(lambda verb: self._does[verb]())
        for verb, (words, keys) in _BUTTONS.items():
            row.addWidget(button(words, self._does[verb], tip=f"{words} ({keys})"))
        row.addStretch(1)
        outer.addLayout(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Headings have room for their words, which are measured in the font they are shown in."""
        super().showEvent(event)
        for place in range(self._header.count()):
            wide = self._header.sectionSizeHint(place)
            if self._header.sectionSize(place) < wide:
                self._header.resizeSection(place, wide)

    def fill(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show rows: what each was called before, and its texts."""
        self._fill([Row(self._next(), was, list(texts)) for was, texts in rows])

    def _next(self) -> int:
        self._keys += 1
        return self._keys

    def _fill(self, rows: Sequence[Row]) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column_, text in enumerate(row.texts):
                item = QTableWidgetItem(text)
                item.setData(_WAS, row.was)
                item.setData(_KEY, row.key)
                self.table.setItem(at, column_, item)
        self.table.blockSignals(False)
        if rows and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> list[Row]:
        """The rows as they stand."""
        found = []
        for at in range(self.table.rowCount()):
            items = [item for x in range(self.table.columnCount()) if (item := self.table.item(at, x)) is not None]
            found.append(Row(items[0].data(_KEY), items[0].data(_WAS), [item.text().strip() for item in items]))
        return found

    def _again(self, rows: list[Row], at: int) -> None:
        self._fill(rows)
        self.table.setCurrentCell(max(0, min(at, len(rows) - 1)), max(0, self.table.currentColumn()))
        self.changed.emit()

    def _add(self) -> None:
        at = self.table.currentRow() + 1 if self.table.currentRow() >= 0 else self.table.rowCount()
        rows = self.rows()
        rows.insert(at, Row(self._next(), "", [""] * self.table.columnCount()))
        self._again(rows, at)

    def _remove(self) -> None:
        at = self.table.currentRow()
        rows = self.rows()
        if 0 <= at < len(rows):
            del rows[at]
            self._again(rows, at)

    def _move(self, by: int) -> None:
        at, rows = self.table.currentRow(), self.rows()
        if 0 <= at < len(rows) and 0 <= at + by < len(rows):
            rows[at], rows[at + by] = rows[at + by], rows[at]
            self._again(rows, at + by)


def category_rows(categories: Sequence[Category], *, bounds: bool) -> list[tuple[str, list[str]]]:
    """Categories as rows of a table."""
    rows = []
    for c in categories:
        texts = [c.code, c.name, c.definition]
        if bounds:
            texts += [_number(c.low), _number(c.high), _UNITS.get(c.unit, c.unit)]
        rows.append((c.code, texts))
    return rows


def categories_of(rows: Sequence[Row], known: Sequence[Category]) -> tuple[Category, ...]:
    """Rows of a table as categories.

    Args:
        rows: code, name and definition; bounds and unit where the table has them.
        known: the categories they were made of; what the table does not show of one is kept.

    Raises:
        ValueError: a bound is no number; the text says which.
    """
    before = {category.code: category.model_dump() for category in known}
    units = {word: stored for stored, word in _UNITS.items()}
    made = []
    for row in rows:
        code, name, definition, *rest = row.texts
        fields: dict[str, Any] = {**before.get(row.was, {}), "code": code, "name": name, "definition": definition}
        if rest:
            low, high, unit = rest
            fields |= {"low": _bound(low, code), "high": _bound(high, code)}
            fields["unit"] = units.get(unit.removeprefix("per ").strip(), unit)
        made.append(Category.model_validate(fields))
    return tuple(made)


def level_rows(levels: Sequence[RiskLevel]) -> list[tuple[str, list[str]]]:
    """Levels as rows of a table."""
    return [(level.name, [level.name, str(level.steps), level.colour]) for level in levels]


def levels_of(rows: Sequence[Row], known: Sequence[RiskLevel]) -> tuple[RiskLevel, ...]:
    """Rows of a table as levels; what the table does not show of a ``known`` one is kept.

    Raises:
        ValueError: a number of steps is none from 0 to 4.
    """
    before = {level.name: level.model_dump() for level in known}
    made = []
    for row in rows:
        name, steps, colour = row.texts
        if steps not in {"0", "1", "2", "3", "4"}:
            raise ValueError(f"The steps of {name or 'a level'} are a number from 0 (eliminated) to 4 (highest).")
        fields = {**before.get(row.was, {}), "name": name, "steps": int(steps), "colour": colour}
        made.append(RiskLevel.model_validate(fields))
    return tuple(made)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _bound(text: str, code: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"The bound {text[:20]!r} of {code} is no number; write it like 0.01 or 1e-4.") from None
    if not 0 <= value < float("inf"):
        raise ValueError(f"The bound {text[:20]!r} of {code} is no frequency; it is 0 or more.")
    return value

"""The tables of the risk scheme dialog: categories, levels, and the level of each cell."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workbench.model.judgement import Category, RiskLevel
from workbench.panels.common import Label, button, clear_layout, column
from workbench.panels.fields import Combo
from workbench.panels.plain_delegate import PlainDelegate
from workbench.panels.style import current_theme
from workbench.render.characters import single_line
from workbench.render.theme import RiskColours
from workbench.values import value_type

_WAS: Final = Qt.ItemDataRole.UserRole
_KEY: Final = Qt.ItemDataRole.UserRole + 1
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
        self.table = QTableWidget(0, len(heads))
        self.table.setAccessibleName(name)
        self.table.setItemDelegate(PlainDelegate(self.table))
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())
        outer.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(button("Add row", self._add))
        row.addWidget(button("Remove row", self._remove))
        row.addWidget(button("Move up", lambda: self._move(-1)))
        row.addWidget(button("Move down", lambda: self._move(1)))
        row.addStretch(1)
        outer.addLayout(row)

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


class CellGrid(QWidget):
    """A choice of level for every cell; cells follow their rows, whatever those are called meanwhile.

    Attributes:
        changed: somebody chose another level.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[tuple[int, int], Combo] = {}
        self._chosen: dict[tuple[int, int], int] = {}
        self._shape: object = None

    def begin(self, cells: Mapping[str, str], severities: list[Row], frequencies: list[Row], levels: list[Row]) -> None:
        """Take in the cells of a scheme whose categories and levels are these rows."""
        keys = {row.was: row.key for row in levels}
        self._chosen = {}
        for severity, frequency in product(severities, frequencies):
            key = keys.get(cells.get(severity.was + frequency.was, ""))
            if key is not None:
                self._chosen[severity.key, frequency.key] = key
        self._shape = None

    def cells(self, severities: list[Row], frequencies: list[Row], levels: list[Row]) -> dict[str, str]:
        """Level by index as rows are called now, cells without one left out."""
        names = {row.key: row.texts[0] for row in levels}
        found = {
            severity.texts[0] + frequency.texts[0]: names.get(self._chosen.get((severity.key, frequency.key), 0), "")
            for severity, frequency in product(severities, frequencies)
        }
        return {index: level for index, level in found.items() if level}

    def show_rows(
        self, severities: list[Row], frequencies: list[Row], levels: list[Row], drawn: Sequence[RiskLevel]
    ) -> None:
        """Show a box for each cell; they are made anew only where rows, columns or levels are others.

        Args:
            severities: the columns; frequencies: the rows; levels: what can be chosen.
            drawn: the levels themselves, in the order of their rows.
        """
        shape = (
            [row.texts for row in severities],
            [row.texts[:2] for row in frequencies],
            [r.texts[0] for r in levels],
        )
        if shape != self._shape:
            self._shape = shape
            self._make(severities, frequencies, levels)
        theme = current_theme()
        inks = {row.key: theme.level(one.steps, one.colour) for row, one in zip(levels, drawn, strict=True)}
        for place, box in self._boxes.items():
            box.setCurrentIndex(max(0, box.findData(self._chosen.get(place, 0))))
            _paint_items(box, inks)
            colours = inks.get(box.currentData())
            sheet = f"QComboBox {{ background: {colours.fill}; color: {colours.text}; }}" if colours is not None else ""
            box.setStyleSheet(sheet)

    def _make(self, severities: list[Row], frequencies: list[Row], levels: list[Row]) -> None:
        clear_layout(self._grid)
        self._boxes = {}
        for x, severity in enumerate(severities, 1):
            self._grid.addWidget(Label(" ".join(severity.texts[:2])), 0, x)
        for y, frequency in enumerate(frequencies, 1):
            self._grid.addWidget(Label(" ".join(frequency.texts[:2])), y, 0)
            for x, severity in enumerate(severities, 1):
                place = (severity.key, frequency.key)
                box = self._boxes[place] = Combo()
                box.setAccessibleName(single_line(f"Level of {severity.texts[0]}{frequency.texts[0]}"))
                box.addItem("", 0)
                for level in levels:
                    box.addItem(single_line(level.texts[0]), level.key)
                box.activated.connect(lambda _index, place=place: self._choose(place))
                self._grid.addWidget(box, y, x)
        self._grid.setRowStretch(len(frequencies) + 1, 1)

    def _choose(self, place: tuple[int, int]) -> None:
        self._chosen[place] = self._boxes[place].currentData()
        self.changed.emit()


def _paint_items(box: QComboBox, inks: Mapping[int, RiskColours]) -> None:
    for row in range(box.count()):
        colours = inks.get(box.itemData(row))
        if colours is not None:
            box.setItemData(row, QBrush(QColor(colours.fill)), Qt.ItemDataRole.BackgroundRole)
            box.setItemData(row, QBrush(QColor(colours.text)), Qt.ItemDataRole.ForegroundRole)

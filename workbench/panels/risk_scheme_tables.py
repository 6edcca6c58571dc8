"""The tables of the risk scheme dialog: categories, levels, and the level of each cell."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workbench.model.judgement import Category, RiskLevel, RiskScheme
from workbench.panels.common import Label, button, clear_layout, column
from workbench.panels.fields import Combo
from workbench.panels.style import current_theme
from workbench.render.theme import RiskColours

_WAS: Final = Qt.ItemDataRole.UserRole
_UNITS: Final = {"": "", "per_year": "a year", "per_use": "a use"}


class RowTable(QWidget):
    """Rows that can be added, removed and moved, with a table that is edited in place.

    Attributes:
        changed: somebody edited something.
    """

    changed = Signal()

    def __init__(self, name: str, heads: Sequence[str], stretch: int) -> None:
        super().__init__()
        outer = column(self, 0, 6)
        self.table = QTableWidget(0, len(heads))
        self.table.setAccessibleName(name)
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
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for at, (was, texts) in enumerate(rows):
            for column_, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_WAS, was)
                self.table.setItem(at, column_, item)
        self.table.blockSignals(False)
        if rows and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> list[tuple[str, list[str]]]:
        """What each row was called before (empty for a new one), and its texts."""
        found = []
        for row in range(self.table.rowCount()):
            items = [self.table.item(row, column_) for column_ in range(self.table.columnCount())]
            was = next((str(item.data(_WAS) or "") for item in items if item is not None), "")
            found.append((was, [item.text().strip() if item is not None else "" for item in items]))
        return found

    def _again(self, rows: list[tuple[str, list[str]]], at: int) -> None:
        self.fill(rows)
        self.table.setCurrentCell(max(0, min(at, len(rows) - 1)), max(0, self.table.currentColumn()))
        self.changed.emit()

    def _add(self) -> None:
        at = self.table.currentRow() + 1 if self.table.currentRow() >= 0 else self.table.rowCount()
        rows = self.rows()
        rows.insert(at, ("", [""] * self.table.columnCount()))
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


def categories_of(rows: Sequence[tuple[str, list[str]]]) -> tuple[Category, ...]:
    """Rows of a table as categories.

    Raises:
        ValueError: a bound is no number; the text says which.
    """
    made = []
    for _, texts in rows:
        code, name, definition, *rest = texts
        low, high, unit = rest or ("", "", "")
        units = {word: stored for stored, word in _UNITS.items()}
        made.append(
            Category(
                code=code,
                name=name,
                definition=definition,
                low=_bound(low, code),
                high=_bound(high, code),
                unit=units.get(unit.removeprefix("per ").strip(), unit),
            )
        )
    return tuple(made)


def level_rows(levels: Sequence[RiskLevel]) -> list[tuple[str, list[str]]]:
    """Levels as rows of a table."""
    return [(level.name, [level.name, str(level.steps), level.colour]) for level in levels]


def levels_of(rows: Sequence[tuple[str, list[str]]]) -> tuple[RiskLevel, ...]:
    """Rows of a table as levels.

    Raises:
        ValueError: a number of steps is none from 0 to 4.
    """
    made = []
    for _, (name, steps, colour) in rows:
        if steps not in {"0", "1", "2", "3", "4"}:
            raise ValueError(f"The steps of {name or 'a level'} are a number from 0 (eliminated) to 4 (highest).")
        made.append(RiskLevel(name=name, steps=int(steps), colour=colour))
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
    """A choice of level for every cell.

    Attributes:
        changed: somebody chose another level.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, Combo] = {}
        self._shape: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None = None

    def show_scheme(self, scheme: RiskScheme) -> None:
        """Show the cells of a scheme; boxes are made anew only where rows, columns or levels are others."""
        severities, frequencies = tuple(s.code for s in scheme.severities), tuple(f.code for f in scheme.frequencies)
        shape = (severities, frequencies, tuple(level.name for level in scheme.levels))
        if shape != self._shape:
            self._shape = shape
            clear_layout(self._grid)
            self._boxes = {}
            for x, severity in enumerate(scheme.severities, 1):
                self._grid.addWidget(Label(f"{severity.code} {severity.name}"), 0, x)
            for y, frequency in enumerate(scheme.frequencies, 1):
                self._grid.addWidget(Label(f"{frequency.code} {frequency.name}"), y, 0)
                for x, severity in enumerate(scheme.severities, 1):
                    index = f"{severity.code}{frequency.code}"
                    box = self._boxes[index] = Combo()
                    box.setAccessibleName(f"Level of {index}")
                    box.addItems(["", *shape[2]])
                    box.activated.connect(lambda _index: self._chosen())
                    self._grid.addWidget(box, y, x)
            self._grid.setRowStretch(len(scheme.frequencies) + 1, 1)
        for index, box in self._boxes.items():
            box.setCurrentText(scheme.cells.get(index, ""))
        self._colour(scheme)

    def _colour(self, scheme: RiskScheme) -> None:
        levels = {level.name: level for level in scheme.levels}
        theme = current_theme()
        inks = {name: theme.level(level.steps, level.colour) for name, level in levels.items()}
        for box in self._boxes.values():
            colours = inks.get(box.currentText())
            _paint_items(box, inks)
            sheet = f"QComboBox {{ background: {colours.fill}; color: {colours.text}; }}" if colours is not None else ""
            box.setStyleSheet(sheet)

    def cells(self) -> dict[str, str]:
        """Level by index, cells without one left out."""
        return {index: box.currentText() for index, box in self._boxes.items() if box.currentText()}

    def _chosen(self) -> None:
        self.changed.emit()


def _paint_items(box: QComboBox, inks: Mapping[str, RiskColours]) -> None:
    for row in range(box.count()):
        colours = inks.get(box.itemText(row))
        if colours is not None:
            box.setItemData(row, QBrush(QColor(colours.fill)), Qt.ItemDataRole.BackgroundRole)
            box.setItemData(row, QBrush(QColor(colours.text)), Qt.ItemDataRole.ForegroundRole)

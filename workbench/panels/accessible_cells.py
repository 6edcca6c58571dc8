"""Drawn tables for screen readers: a widget that paints its cells has them as children that say what stands in them.

Interfaces are made when a reader asks for them. Qt keeps plain pointers to them, so Python references are kept as long
as the widget lives.
"""

from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken

from workbench.canvas.accessible_parts import NOBODY, LeafInterface, keep
from workbench.panels.focus import Focusable

_installed = False

Place = tuple[str, str]


class CellTable(Focusable):
    """A widget that paints cells, one of them in hand.

    Attributes:
        current: the cell in hand.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Let screen readers ask for its cells."""
        _install()
        super().__init__(parent)
        self.current: Place | None = None

    def places(self) -> list[Place]:
        """Every cell, row by row."""
        raise NotImplementedError

    def place_at(self, point: QPoint) -> Place | None:
        """The cell under a point of the widget."""
        raise NotImplementedError

    def rect_of(self, place: Place) -> QRect:
        """Where a cell stands in the widget."""
        raise NotImplementedError

    def spoken(self, place: Place) -> str:
        """A cell in sentences."""
        raise NotImplementedError


class SpokenCell(QObject):
    """Stands for one cell; a reader's events need an object to be about."""

    def __init__(self, table: CellTable, place: Place) -> None:
        """A child of the view, so that it goes with it."""
        super().__init__(table)
        self.table = table
        self.place = place


class CellInterface(LeafInterface):
    """One cell."""

    def __init__(self, cell: SpokenCell) -> None:
        """Speak for a cell."""
        super().__init__(cell)
        self._cell = cell

    def isValid(self) -> bool:
        """Whether the table still has the cell."""
        cell = self._cell
        return Shiboken.isValid(cell) and Shiboken.isValid(cell.table) and cell.place in cell.table.places()

    def text(self, kind: QAccessible.Text) -> str:
        """The cell in sentences."""
        table = self._cell.table
        return table.spoken(self._cell.place) if self.isValid() and kind == QAccessible.Text.Name else ""

    def role(self) -> QAccessible.Role:
        """A cell of a table."""
        return QAccessible.Role.Cell

    def state(self) -> QAccessible.State:
        """Current, focused, out of view."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        table = self._cell.table
        state.selectable = state.focusable = True
        state.selected = table.current == self._cell.place
        state.focused = state.selected and table.hasFocus()
        state.offscreen = not table.visibleRegion().intersects(table.rect_of(self._cell.place))
        return state

    def rect(self) -> QRect:
        """On the screen."""
        if not self.isValid():
            return QRect()
        rect = self._cell.table.rect_of(self._cell.place)
        return QRect(self._cell.table.mapToGlobal(rect.topLeft()), rect.size())

    def parent(self) -> QAccessibleInterface:
        """The table."""
        table = self._cell.table
        return QAccessible.queryAccessibleInterface(table) if Shiboken.isValid(table) else NOBODY


class TableInterface(QAccessibleWidget):
    """The table: its cells row by row. Whatever widgets are inside say nothing."""

    def __init__(self, table: CellTable) -> None:
        """Speak for a table."""
        super().__init__(table, QAccessible.Role.Table)
        self._table = table
        self._cells: dict[Place, SpokenCell] = {}

    def interface(self, place: Place) -> QAccessibleInterface:
        """The interface of a cell."""
        found = self._cells.get(place)
        if found is None:
            found = self._cells[place] = SpokenCell(self._table, place)
        return QAccessible.queryAccessibleInterface(found)

    def childCount(self) -> int:
        """As many as there are cells."""
        return len(self._table.places())

    def child(self, index: int) -> QAccessibleInterface:
        """A cell, row by row."""
        places = self._table.places()
        return self.interface(places[index]) if 0 <= index < len(places) else NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place among the cells."""
        cell = child.object()
        places = self._table.places()
        return places.index(cell.place) if isinstance(cell, SpokenCell) and cell.place in places else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The cell at a point of the screen."""
        place = self._table.place_at(self._table.mapFromGlobal(QPoint(x, y)))
        return self.interface(place) if place is not None else NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """The current cell."""
        current = self._table.current
        return self.interface(current) if current is not None and self._table.hasFocus() else NOBODY


def _make(_name: str, thing: Any) -> QAccessibleInterface | None:
    made: QAccessibleInterface | None = None
    if isinstance(thing, CellTable):
        made = TableInterface(thing)
    elif isinstance(thing, SpokenCell):
        made = CellInterface(thing)
    if made is not None:
        keep(thing, made)
    return made


def _install() -> None:
    """Let readers ask for tables; once for the program, before the first is made."""
    global _installed  # noqa: PLW0603 - Qt's list of factories is one for the program too
    if not _installed:
        QAccessible.installFactory(_make)
        _installed = True

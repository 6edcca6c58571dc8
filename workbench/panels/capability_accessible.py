"""The heat map for screen readers: a table whose cells say what stands in them.

Interfaces are made when a reader asks for them. Qt keeps plain pointers to them, so Python references are kept as long
as the view lives.
"""

from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from workbench.analysis.capability_words import spoken
from workbench.canvas.accessible_parts import NOBODY, LeafInterface, keep
from workbench.panels.capability_heat import HeatView

_installed = False

Place = tuple[str, str]


class SpokenCell(QObject):
    """Stands for one cell; a reader's events need an object to be about."""

    def __init__(self, heat: HeatView, place: Place) -> None:
        """A child of the view, so that it goes with it."""
        super().__init__(heat)
        self.heat = heat
        self.place = place


class CellInterface(LeafInterface):
    """One cell."""

    def __init__(self, cell: SpokenCell) -> None:
        """Speak for a cell."""
        super().__init__(cell)
        self._cell = cell

    def isValid(self) -> bool:
        """Whether the grid still has the cell."""
        cell = self._cell
        return Shiboken.isValid(cell) and Shiboken.isValid(cell.heat) and cell.place in cell.heat.places()

    def text(self, kind: QAccessible.Text) -> str:
        """The cell in sentences."""
        heat = self._cell.heat
        if not self.isValid() or heat.view is None or kind != QAccessible.Text.Name:
            return ""
        return spoken(heat.view.cells[(*self._cell.place, heat.aspect)])

    def role(self) -> QAccessible.Role:
        """A cell of a table."""
        return QAccessible.Role.Cell

    def state(self) -> QAccessible.State:
        """Current, focused, out of view."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        heat = self._cell.heat
        state.selectable = state.focusable = True
        state.selected = heat.current == self._cell.place
        state.focused = state.selected and heat.hasFocus()
        state.offscreen = not heat.visibleRegion().intersects(heat.rect_of(self._cell.place))
        return state

    def rect(self) -> QRect:
        """On the screen."""
        if not self.isValid():
            return QRect()
        rect = self._cell.heat.rect_of(self._cell.place)
        return QRect(self._cell.heat.mapToGlobal(rect.topLeft()), rect.size())

    def parent(self) -> QAccessibleInterface:
        """The heat map."""
        heat = self._cell.heat
        return QAccessible.queryAccessibleInterface(heat) if Shiboken.isValid(heat) else NOBODY


class HeatInterface(QAccessibleWidget):
    """The heat map: its cells row by row. The view of the plotting library inside says nothing."""

    def __init__(self, heat: HeatView) -> None:
        """Speak for a heat map."""
        super().__init__(heat, QAccessible.Role.Table)
        self._heat = heat
        self._cells: dict[Place, SpokenCell] = {}

    def interface(self, place: Place) -> QAccessibleInterface:
        """The interface of a cell."""
        found = self._cells.get(place)
        if found is None:
            found = self._cells[place] = SpokenCell(self._heat, place)
        return QAccessible.queryAccessibleInterface(found)

    def childCount(self) -> int:
        """As many as there are cells."""
        return len(self._heat.places())

    def child(self, index: int) -> QAccessibleInterface:
        """A cell, row by row."""
        places = self._heat.places()
        return self.interface(places[index]) if 0 <= index < len(places) else NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place among the cells."""
        cell = child.object()
        places = self._heat.places()
        return places.index(cell.place) if isinstance(cell, SpokenCell) and cell.place in places else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The cell at a point of the screen."""
        place = self._heat.place_at(self._heat.mapFromGlobal(QPoint(x, y)))
        return self.interface(place) if place is not None else NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """The current cell."""
        current = self._heat.current
        return self.interface(current) if current is not None and self._heat.hasFocus() else NOBODY


def _make(_name: str, thing: Any) -> QAccessibleInterface | None:
    made: QAccessibleInterface | None = None
    if isinstance(thing, HeatView):
        made = HeatInterface(thing)
    elif isinstance(thing, SpokenCell):
        made = CellInterface(thing)
    if made is not None:
        keep(thing, made)
    return made


def install() -> None:
    """Let readers ask for heat maps; once for the program, before the first is made."""
    global _installed  # noqa: PLW0603 - Qt's list of factories is one for the program too
    if not _installed:
        QAccessible.installFactory(_make)
        _installed = True

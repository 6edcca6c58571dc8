"""The levels of a risk scheme's cells, chosen in a grid that keys walk through."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget
from typing_extensions import override

from workbench.model.judgement import RiskLevel
from workbench.panels.common import Label, clear_layout
from workbench.panels.fields import Combo
from workbench.panels.risk_scheme_tables import Row
from workbench.panels.style import current_theme
from workbench.paths import resource
from workbench.render.characters import single_line
from workbench.render.theme import RiskColours

_MIDDLE: Final = 128
_FAR: Final = 1_000
_STEPS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-_FAR, 0),
    Qt.Key.Key_End: (_FAR, 0),
}
"""Cells to the right and down that a key goes."""


class CellGrid(QWidget):
    """A choice of level for every cell; cells follow their rows, whatever those are called meanwhile.

    Tab comes to one cell and leaves the grid; arrow keys walk from cell to cell, Enter or Space opens the choice, and
    letters choose.

    Attributes:
        changed: somebody chose another level.
        reached: emits the cell that a key went to.
    """

    changed = Signal()
    reached = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[tuple[int, int], Combo] = {}
        self._chosen: dict[tuple[int, int], int] = {}
        self._places: list[list[tuple[int, int]]] = []
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
            box.setStyleSheet(_sheet(colours) if colours is not None else "")

    def _make(self, severities: list[Row], frequencies: list[Row], levels: list[Row]) -> None:
        clear_layout(self._grid)
        self._boxes = {}
        self._places = [[(severity.key, frequency.key) for severity in severities] for frequency in frequencies]
        for x, severity in enumerate(severities, 1):
            self._grid.addWidget(Label(" ".join(severity.texts[:2])), 0, x)
        for y, frequency in enumerate(frequencies, 1):
            self._grid.addWidget(Label(" ".join(frequency.texts[:2])), y, 0)
            for x, severity in enumerate(severities, 1):
                place = (severity.key, frequency.key)
                box = self._boxes[place] = Combo()
                box.setAccessibleName(single_line(f"Level of {severity.texts[0]}{frequency.texts[0]}"))
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if x == y == 1 else Qt.FocusPolicy.ClickFocus)
                box.installEventFilter(self)
                box.addItem("", 0)
                for level in levels:
                    box.addItem(single_line(level.texts[0]), level.key)
                box.activated.connect(lambda _index, place=place: self._choose(place))
                self._grid.addWidget(box, y, x)
        self._grid.setRowStretch(len(frequencies) + 1, 1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            for box in self._boxes.values():
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box is watched else Qt.FocusPolicy.ClickFocus)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, Combo):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.NoModifier and event.key() in _STEPS:
                self._walk(watched, *_STEPS[event.key()])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.showPopup()
                return True
        return super().eventFilter(watched, event)

    def _walk(self, box: Combo, across: int, down: int) -> None:
        """Give the keyboard to the cell beside one, where there is one."""
        for y, row in enumerate(self._places):
            for x, place in enumerate(row):
                if self._boxes[place] is box and 0 <= y + down < len(self._places):
                    beside = min(max(x + across, 0), len(row) - 1)
                    found = self._boxes[self._places[y + down][beside]]
                    found.setFocus(Qt.FocusReason.OtherFocusReason)
                    self.reached.emit(found)
                    return

    def _choose(self, place: tuple[int, int]) -> None:
        self._chosen[place] = self._boxes[place].currentData()
        self.changed.emit()


def _sheet(colours: RiskColours) -> str:
    """A cell in the colours of its level; the arrow is the one of the theme whose text is as dark or light."""
    shade = "light" if QColor(colours.text).lightness() < _MIDDLE else "dark"
    arrow = resource("icons", "fixed", f"chevron-down-{shade}.svg").as_posix()
    return (
        f"QComboBox {{ background: {colours.fill}; color: {colours.text}; }}"
        f"QComboBox:focus {{ border: 2px solid {colours.text}; padding: 2px 6px; }}"
        f"QComboBox::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}"
    )


def _paint_items(box: QComboBox, inks: Mapping[int, RiskColours]) -> None:
    for row in range(box.count()):
        colours = inks.get(box.itemData(row))
        if colours is not None:
            box.setItemData(row, QBrush(QColor(colours.fill)), Qt.ItemDataRole.BackgroundRole)
            box.setItemData(row, QBrush(QColor(colours.text)), Qt.ItemDataRole.ForegroundRole)

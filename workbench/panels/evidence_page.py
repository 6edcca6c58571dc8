"""One page of the evidence dock: its chips, its table, and what it says where nothing is shown."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStackedWidget, QToolButton, QWidget
from typing_extensions import override

from workbench.analysis.claims import searchable
from workbench.panels.common import EmptyState, button, column
from workbench.panels.evidence_filter import Chip, counted
from workbench.panels.evidence_grid import Grid
from workbench.panels.icons import icon
from workbench.panels.run_rows import RunSource

R = TypeVar("R")
_GAP: Final = 5
_MORE: Final = 26
_HIGH: Final = 24


class ChipRow(QWidget):
    """Chips of which one is on, in one line; those without room are in the menu of the last button.

    Attributes:
        chosen: emits the chip that was pressed.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, QPushButton] = {}
        self._wanted: dict[str, str] = {}
        self._on = ""
        self._more = QToolButton(self)
        self._more.setIcon(icon("more"))
        self._more.setAccessibleName("More filters")
        self._more.setToolTip("More filters")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._show_more)

    def add(self, id: str, tip: str) -> None:
        """One chip more."""
        made = button("", partial(self.chosen.emit, id), look="pill", tip=tip)
        made.setParent(self)
        made.setCheckable(True)
        made.hide()
        self._buttons[id] = made

    def show_counts(self, texts: dict[str, str], on: str) -> None:
        """Show chips with their texts, in that order; those without one are away."""
        if (texts, on) == (self._wanted, self._on):
            self._buttons[on].setChecked(True)
            return
        self._wanted, self._on = texts, on
        for id, made in self._buttons.items():
            made.setText(texts.get(id, ""))
            made.setAccessibleName(texts.get(id, ""))
            made.setChecked(id == on)
        self._arrange()

    def hidden_ids(self) -> list[str]:
        """The chips without room."""
        return [id for id in self._wanted if not self._buttons[id].isVisibleTo(self)]

    def _arrange(self) -> None:
        room = self.width()
        widths = {id: self._buttons[id].sizeHint().width() for id in self._wanted}
        fits = sum(widths.values()) + _GAP * (len(widths) - 1) <= room
        left = room if fits else room - _MORE - _GAP - widths.get(self._on, 0) - _GAP
        shown: list[str] = []
        for id, width in widths.items():
            if id == self._on and not fits:
                shown.append(id)  # the one that is on is always seen
            elif left >= width:
                shown.append(id)
                left -= width + _GAP
            elif not fits:
                left = 0
        x = 0
        for id, made in self._buttons.items():
            made.setVisible(id in shown)
        for id in shown:
            self._buttons[id].setGeometry(x, (self.height() - _HIGH) // 2, widths[id], _HIGH)
            x += widths[id] + _GAP
        self._more.setVisible(not fits)
        self._more.setGeometry(min(x, max(0, room - _MORE)), (self.height() - _HIGH) // 2, _MORE, _HIGH)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id in self.hidden_ids():
            menu.addAction(self._wanted[id], partial(self.chosen.emit, id))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 26)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, 26)


class ListPage(QWidget, Generic[R]):
    """Rows of one kind under a text and a chip.

    Attributes:
        clear_asked: the user wants to see everything again.
        filtered: other rows are shown.
    """

    clear_asked = Signal()
    filtered = Signal()

    def __init__(
        self,
        table: Grid[R],
        chips: Sequence[Chip[R]],
        found_by: Callable[[R], str],
        source_of: Callable[[R], RunSource],
        words: tuple[str, str],
        parent: QWidget | None = None,
        *,
        alike: Callable[[R], Hashable] = id,
    ) -> None:
        """Put a table on a page.

        Args:
            words: name one row and several, such as "claim" and "claims".
            alike: the same for rows that no chip tells apart, of which there may be many thousand.
        """
        super().__init__(parent)
        self.table = table
        self.rows: list[R] = []
        self.chip = ""
        self._text = ""
        self._counts: dict[str, int] = {}
        self._alike = alike
        self._kinds: list[Hashable] = []
        self._one_of: dict[Hashable, R] = {}
        self._all = tuple(chips)
        self._found_by = found_by
        self._source_of = source_of
        self._words = words
        self.chips = ChipRow(f"Show which {words[1]}")
        for chip in chips:
            self.chips.add(chip.id, chip.tip)
        self.chips.chosen.connect(self.set_chip)
        layout = column(self, 0, 0)
        self.stack = QStackedWidget()
        self.stack.addWidget(table)
        sentence = f"No {words[0]} matches. Search and chips only hide {words[1]}; none is gone."
        self._nothing = EmptyState(sentence, f"Show all {words[1]}")
        self._nothing.pressed.connect(self.clear_asked)
        self.stack.addWidget(self._nothing)
        self._none = QWidget()
        self.stack.addWidget(self._none)
        layout.addWidget(self.stack)

    def set_empty(self, empty: QWidget) -> None:
        """What is shown where there is no row at all."""
        self.stack.removeWidget(self._none)
        self._none = empty
        self.stack.addWidget(empty)

    def take_rows(self, rows: list[R]) -> None:
        """Show other rows through the filter as it is."""
        self.rows = rows
        self.recount()

    def recount(self) -> None:
        """The rows, or the states of their files, are others: count anew what each chip lets through."""
        self._kinds = list(map(self._alike, self.rows))
        self._one_of = dict(zip(self._kinds, self.rows, strict=True))
        times = Counter(self._kinds)
        told = ((row, self._source_of(row), times[kind]) for kind, row in self._one_of.items())
        self._counts = counted(self._all, told)
        self.filter()

    def search(self, text: str) -> None:
        """Show only rows that hold a text."""
        if text != self._text:
            self._text = text
            self.filter()

    def set_chip(self, id: str) -> None:
        """Show only rows that one chip lets through; empty: all."""
        self.chip = id
        self.filter()

    def filter(self) -> None:
        """Let text and chip decide again what is shown."""
        counts = self._counts
        texts = {
            chip.id: f"{chip.name} {counts.get(chip.id, 0):,}"
            for chip in self._all
            if chip.always or counts.get(chip.id) or chip.id == self.chip
        }
        self.chips.show_counts(texts, self.chip)
        keep = next(chip for chip in self._all if chip.id == self.chip).keep
        passing = {kind for kind, row in self._one_of.items() if keep(row, self._source_of(row))}
        shown = [row for row, kind in zip(self.rows, self._kinds, strict=True) if kind in passing]
        wanted = searchable(self._text).split()
        if wanted:
            shown = [row for row in shown if all(part in self._found_by(row) for part in wanted)]
        self.table.show_rows(shown)
        hides = self.chip or wanted
        self.stack.setCurrentIndex(0 if shown else 1 if self.rows and hides else 2)
        self.filtered.emit()

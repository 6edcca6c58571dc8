"""The bar over the evidence tables: which list, the search both share, the chips, and what the table offers."""

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from workbench.panels.common import Label, button, column
from workbench.panels.icons import icon

Which = Literal["claims", "runs"]
_LISTS: Final[dict[Which, str]] = {
    "claims": "What is claimed, and how it stands",
    "runs": "Every run of the project",
}
_HIGH: Final = 26
_SEARCH, _ANY = 190, 16_777_215


class EvidenceBar(QWidget):
    """The bar; in a narrow dock its chips stand in a row of their own.

    Attributes:
        list_chosen: emits ``claims`` or ``runs``.
        left: the user goes on from the search to the rows.
        columns_asked, add_asked: a button was pressed.
    """

    list_chosen = Signal(str)
    left = Signal()
    columns_asked = Signal()
    add_asked = Signal()

    def __init__(self, chips: dict[Which, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = column(self, 0, 6)
        bar = self._bar = QHBoxLayout()
        bar.setSpacing(6)
        self._rows.addLayout(bar)
        self._group = QButtonGroup(self)
        self.switch: dict[Which, QToolButton] = {}
        for which, tip in _LISTS.items():
            made = QToolButton()
            made.setText(which.capitalize())
            made.setToolTip(tip)
            made.setCheckable(True)
            made.setFixedHeight(_HIGH)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(partial(self.list_chosen.emit, which))
            self._group.addButton(made)
            self.switch[which] = made
            bar.addWidget(made)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search claims and runs")
        self.search.setAccessibleName("Search claims and runs")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(90)
        self.search.setMaximumWidth(_SEARCH)
        self.search.setFixedHeight(_HIGH)
        self.search.installEventFilter(self)
        bar.addWidget(self.search, 2)
        self._chips = QWidget()
        self._by_list = chips
        both = column(self._chips)
        for row in chips.values():
            both.addWidget(row)
        bar.addWidget(self._chips, 5)
        self.progress = Label("", dim=True)
        self.progress.hide()
        bar.addWidget(self.progress)
        self.columns = QToolButton()
        self.columns.setIcon(icon("columns"))
        self.columns.setAccessibleName("Sort and columns")
        self.columns.setToolTip("Sort and columns")
        self.columns.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.columns.setFixedSize(_HIGH, _HIGH)
        self.columns.clicked.connect(self.columns_asked)
        bar.addWidget(self.columns)
        self.add = button("Add run…", self.add_asked.emit, tip="Add an evaluation run")
        self.add.setIcon(icon("plus"))
        self.add.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.add)
        self.show_list("claims")

    def show_list(self, which: Which) -> None:
        """Mark the list that is shown and show its chips."""
        self.switch[which].setChecked(True)
        for name, row in self._by_list.items():
            row.setVisible(name == which)

    def show_count(self, which: Which, count: int) -> None:
        """Say how many rows a list has."""
        self.switch[which].setText(f"{which.capitalize()} {count:,}")

    def show_progress(self, done: int, total: int) -> None:
        """Say how many claims have been judged; all of them: nothing."""
        self.progress.setText(f"Judging {done:,} of {total:,}…")
        self.progress.setVisible(done < total)

    def make_narrow(self, *, narrow: bool) -> None:
        """The chips stand in the bar, or below it where it is short."""
        self.add.setText("" if narrow else "Add run…")
        self.search.setMaximumWidth(_ANY if narrow else _SEARCH)
        within = self._bar.indexOf(self._chips) >= 0
        if narrow and within:
            self._bar.removeWidget(self._chips)
            self._rows.addWidget(self._chips)
        elif not narrow and not within:
            self._rows.removeWidget(self._chips)
            self._bar.insertWidget(3, self._chips, 5)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter in the search field go to the rows, Esc empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

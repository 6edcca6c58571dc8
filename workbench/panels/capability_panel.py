"""The capability view as a page of the window: an empty state that teaches, or the grids of the project."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from workbench.model.base import Record
from workbench.model.elements import Element
from workbench.model.judgement import CapabilityCell, CapabilityGrid, Project, SweepPoint
from workbench.model.runs import Metric, Run
from workbench.panels.capability_body import CapabilityBody
from workbench.panels.common import EmptyState, Panel, column
from workbench.session.session import Session
from workbench.store.diff import Change

_EMPTY = (
    "A capability grid holds what a model can do, by attribute of the specification and level of abstraction, beside "
    "what people achieve. Each cell rests on a run; causes and hazards lean on cells."
)
_READABLE = 620
_MINE: tuple[type[Record], ...] = (CapabilityGrid, CapabilityCell, SweepPoint, Metric, Run, Project, Element)


class CapabilityPanel(Panel):
    """Fills the place of the diagram while it is shown.

    Attributes:
        closed: the user wants the diagram back.
        do: emits the id of an action that was asked for.
        reveal_asked: emits the id of an element to be shown on its diagram; ``run_asked``: that of a run.
    """

    closed = Signal()
    do = Signal(str)
    reveal_asked = Signal(str)
    run_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Capability grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = column(self, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 1)
        empty = EmptyState(_EMPTY, "New capability grid…")
        empty.pressed.connect(lambda: self.do.emit("capability.new"))
        empty.setMaximumWidth(_READABLE)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.addWidget(empty)
        self._stack.addWidget(middle)
        self.body = CapabilityBody(session)
        self.body.do.connect(self.do)
        self.body.reveal_asked.connect(self.reveal_asked)
        self.body.run_asked.connect(self.run_asked)
        self.body.closed.connect(self.closed)
        self._stack.addWidget(self.body)

    @override
    def on_change(self, change: Change) -> None:
        for _, before, after in change.diff.before_and_after():
            record = after if after is not None else before
            if isinstance(record, _MINE):
                self.later()
                return

    @override
    def refresh(self) -> None:
        something = bool(self.store.count("capability_grid"))
        if something:
            self.body.refresh()
        self._stack.setCurrentIndex(1 if something else 0)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the cells."""
        super().focusInEvent(event)
        if self._stack.currentIndex() == 1:
            self.body.take_focus()
        else:
            self.focusNextChild()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1200, 700)

    @property
    def grid(self) -> str:
        """Id of the grid shown; empty where there is none."""
        self.flush()
        return self.body.grid if self.store.count("capability_grid") else ""

    def show_grid(self, id: str) -> None:
        """Show a grid."""
        self.flush()
        self.body.show_grid(id)

    def show_cell(self, id: str) -> None:
        """Show a cell in its grid."""
        self.flush()
        cell = self.store.find(id, CapabilityCell)
        if cell is not None:
            self.body.show_cell(cell)

    def points(self) -> list[Any]:
        """The points of the sweep shown: number of blocks and series."""
        return self.body.plot.points()

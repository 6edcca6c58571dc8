"""The capability view as a page of the window: an empty state that teaches, or the grids of the project."""

from typing import Any

from PySide6.QtCore import Signal
from typing_extensions import override

from workbench.model.base import Record
from workbench.model.elements import Element
from workbench.model.judgement import CapabilityCell, CapabilityGrid, Project, SweepPoint
from workbench.model.runs import Metric, Run
from workbench.panels.capability_body import CapabilityBody
from workbench.panels.place_page import PlacePage
from workbench.session.session import Session
from workbench.store.diff import Change

_EMPTY = (
    "A capability grid holds what a model can do, by attribute of the specification and level of abstraction, beside "
    "what people achieve. Each cell rests on a run; causes and hazards lean on cells."
)
_MINE: tuple[type[Record], ...] = (CapabilityGrid, CapabilityCell, SweepPoint, Metric, Run, Project, Element)


class CapabilityPanel(PlacePage):
    """Fills the place of the diagram while it is shown.

    Attributes:
        run_asked: emits the id of a run to be shown in the evidence dock.
    """

    run_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Capability grid", _EMPTY, "New capability grid…", "capability.new")
        self.body = CapabilityBody(session)
        self.body.do.connect(self.do)
        self.body.reveal_asked.connect(self.reveal_asked)
        self.body.run_asked.connect(self.run_asked)
        self.body.closed.connect(self.closed)
        self.add_content(self.body)

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
        self.show_content(something)

    @override
    def focus_content(self) -> None:
        self.body.take_focus()

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

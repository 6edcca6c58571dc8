"""What stands in the docks: made together, once the diagram has been shown; the hazard log when it is first seen."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.findings_panel import FindingsPanel
from workbench.panels.history_panel import HistoryPanel
from workbench.panels.inspector import Inspector
from workbench.panels.outline import Outline
from workbench.panels.palette_panel import PalettePanel
from workbench.panels.risk_panel import RiskPanel
from workbench.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.panels.log_panel import LogPanel
    from workbench.panels.review_panel import ReviewPanel
    from workbench.panels.revisions_panel import RevisionsPanel
    from workbench.panels.stops_panel import StopsPanel


class DockContents:
    """The panels of one window.

    Attributes:
        log_made: told of the hazard log once it is there; whoever wires the docks sets it.
        make_revisions: makes the revisions; set as above. ``make_route`` makes the route.
        review_made: told of the actions and comments once they are there; set as above.
    """

    def __init__(self, session: Session) -> None:
        """Make the panels; each follows the session from now on."""
        self._session = session
        self.log_made: Callable[[LogPanel], None] = lambda _panel: None
        self.make_revisions: Callable[[], RevisionsPanel]
        self.make_route: Callable[[], StopsPanel]
        self.review_made: Callable[[ReviewPanel], None] = lambda _panel: None
        self.palette = PalettePanel(session)
        self.outline = Outline(session)
        self.inspector = Inspector(session)
        self.evidence = EvidencePanel(session)
        self.findings = FindingsPanel(session)
        self.risk = RiskPanel(session)
        self.history = HistoryPanel(session)

    @cached_property
    def log(self) -> "LogPanel":
        """The hazard log, the largest of them; made when first asked for."""
        from workbench.panels.log_panel import LogPanel  # noqa: PLC0415 - as late as its table

        panel = LogPanel(self._session)
        self.log_made(panel)
        return panel

    @cached_property
    def revisions(self) -> "RevisionsPanel":
        """The revisions; made when first asked for."""
        return self.make_revisions()

    @cached_property
    def route(self) -> "StopsPanel":
        """The route of a presentation; made when first asked for."""
        return self.make_route()

    @cached_property
    def review(self) -> "ReviewPanel":
        """Actions and comments; made when first asked for."""
        from workbench.panels.review_panel import ReviewPanel  # noqa: PLC0415 - as late as its table

        panel = ReviewPanel(self._session)
        self.review_made(panel)
        return panel

    def late(self, name: str) -> QWidget:
        """A panel that is made when its dock is first seen."""
        if name == "review":
            return self.review
        if name == "route":
            return self.route
        return self.log if name == "log" else self.revisions

    def by_name(self) -> dict[str, QWidget]:
        """The panels that are always there, by the names of their docks."""
        return {
            "palette": self.palette,
            "outline": self.outline,
            "inspector": self.inspector,
            "evidence": self.evidence,
            "findings": self.findings,
            "risk": self.risk,
            "history": self.history,
        }

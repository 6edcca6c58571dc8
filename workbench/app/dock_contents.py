"""What stands in the docks: made together, once the diagram has been shown."""

from PySide6.QtWidgets import QWidget

from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.findings_panel import FindingsPanel
from workbench.panels.history_panel import HistoryPanel
from workbench.panels.inspector import Inspector
from workbench.panels.log_panel import LogPanel
from workbench.panels.outline import Outline
from workbench.panels.palette_panel import PalettePanel
from workbench.panels.risk_panel import RiskPanel
from workbench.session.session import Session


class DockContents:
    """The panels of one window."""

    def __init__(self, session: Session) -> None:
        """Make every panel; each follows the session from now on."""
        self.palette = PalettePanel(session)
        self.outline = Outline(session)
        self.inspector = Inspector(session)
        self.evidence = EvidencePanel(session)
        self.findings = FindingsPanel(session)
        self.risk = RiskPanel(session)
        self.log = LogPanel(session)
        self.history = HistoryPanel(session)

    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {
            "palette": self.palette,
            "outline": self.outline,
            "inspector": self.inspector,
            "evidence": self.evidence,
            "findings": self.findings,
            "risk": self.risk,
            "log": self.log,
            "history": self.history,
        }

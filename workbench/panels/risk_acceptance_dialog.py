"""Acceptance of a residual risk: level, authority, name, day, expiry, conditions."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.commands.risk import check_period
from workbench.model.judgement import RiskAcceptance
from workbench.panels.attach_base import DAY_HINT, AskDialog, form_grid, labelled


class AcceptanceDialog(AskDialog):
    """Asks who accepted the risk of what, since when, until when and on which conditions."""

    def __init__(
        self,
        subject: str,
        levels: Sequence[str],
        level: str,
        author: str,
        today: str,
        parent: QWidget | None = None,
        known: RiskAcceptance | None = None,
    ) -> None:
        super().__init__("Accept residual risk", "Accept" if known is None else "Change", parent)
        self.setMinimumWidth(520)
        self.add_head(f"Residual risk of {subject}", "Who takes it on, with which authority, and until when.")
        grid = form_grid()
        chosen = known.level if known is not None and known.level in levels else level
        self.level = self.choice("Level", [(name, name) for name in levels], chosen=chosen or None)
        self.authority = self.line("Authority", "Such as Head of product safety", known.authority if known else "")
        self.name = self.line("Name", "Who signs", known.name if known else author)
        self.date = self.line("Accepted on", DAY_HINT, known.date if known else today)
        self.expires = self.line("Until, the last day", f"{DAY_HINT}; empty for none", known.expires if known else "")
        self.conditions = self.text_box("Conditions", "What must hold for the acceptance to count", lines=3)
        if known is not None:
            self.conditions.setPlainText(known.conditions)
        labelled(grid, 0, 0, "Level", self.level)
        labelled(grid, 0, 1, "Authority", self.authority)
        labelled(grid, 1, 0, "Name", self.name, 2)
        labelled(grid, 2, 0, "Accepted on", self.date)
        labelled(grid, 2, 1, "Until, the last day", self.expires)
        labelled(grid, 3, 0, "Conditions", self.conditions, 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.authority.setFocus()
        self.refresh()

    @override
    def read(self) -> dict[str, str]:
        """The fields of the acceptance, by name."""
        if not self.level.is_chosen:
            raise CommandError("Say which level is accepted.")
        if not self.name.text().strip() and not self.authority.text().strip():
            raise CommandError("Say who accepted the risk: a name, or the authority.")
        if not self.date.text().strip():
            raise CommandError("Say on which day the risk was accepted.")
        check_period(self.date.text(), self.expires.text())
        return {
            "level": str(self.level.value()),
            "authority": self.authority.text(),
            "name": self.name.text(),
            "date": self.date.text(),
            "expires": self.expires.text(),
            "conditions": self.conditions.toPlainText(),
        }

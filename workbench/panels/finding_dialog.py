"""Asking why: an answer to the linter is kept with its reason."""

from typing import Literal

from PySide6.QtWidgets import QWidget

from workbench.analysis.findings import Rule
from workbench.commands.errors import CommandError
from workbench.panels.attach_base import AskDialog

_TITLE = {"yes": "Answer yes", "no": "Answer no", "suppressed": "Suppress finding"}
_VERB = {"yes": "Answer yes", "no": "Answer no", "suppressed": "Suppress"}


class ReasonDialog(AskDialog):
    """Asks for the reason of an answer or a suppression; the answer is the reason."""

    def __init__(
        self,
        rule: Rule,
        message: str,
        answer: Literal["yes", "no", "suppressed"],
        author: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_TITLE[answer], _VERB[answer], parent)
        below = message if answer == "suppressed" else rule.question
        self.add_head(rule.title, f"{below} {rule.no}" if answer == "no" else below)
        who = f"Kept with the project, with the name {author} and the time" if author else "Kept with the project"
        self.why = self.text_box("Why", who, lines=4)
        self.body.addWidget(self.why)
        self.setMinimumWidth(460)
        self.why.setFocus()

    def read(self) -> str:
        """The reason.

        Raises:
            CommandError: none was given.
        """
        reason = self.why.toPlainText().strip()
        if not reason:
            raise CommandError("Say why.")
        return reason

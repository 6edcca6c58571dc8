"""Asking why a revision is kept, who keeps it, and what people will know it by."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.files.revisions import MAX_MESSAGE
from workbench.panels.attach_base import AskDialog, WrongField, form_grid, labelled
from workbench.values import value_type

_MOST_NAME = 200


@value_type(frozen=True, slots=True)
class Wanted:
    """What was said."""

    message: str
    author: str
    baseline: str


class RevisionDialog(AskDialog):
    """Asks for the message of a revision; the answer is a ``Wanted``."""

    def __init__(self, author: str, taken: frozenset[str], parent: QWidget | None = None) -> None:
        """Suggest an author; ``taken``: baselines that other revisions have."""
        super().__init__("Save revision", "Save revision", parent)
        self._taken = taken
        self.add_head("Keep the project as it is in this window", "The file itself is not saved by this.")
        grid = form_grid()
        self.message = self.text_box("Message", "Why this state is worth keeping", lines=3)
        labelled(grid, 0, 0, "Message", self.message, 2)
        self.author = self.line("Author", "Your name", author)
        self.baseline = self.line("Baseline", "Optional, such as Review May 2026")
        labelled(grid, 1, 0, "Author", self.author)
        labelled(grid, 1, 1, "Baseline", self.baseline)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.setMinimumWidth(480)
        self.message.setFocus()

    @override
    def read(self) -> Wanted:
        """The message, the author, and the name where there is one.

        Raises:
            CommandError: no message was given. WrongField: the name is taken, or something is too long.
        """
        message = self.message.toPlainText().strip()
        baseline = " ".join(self.baseline.text().split())
        if not message:
            raise CommandError("Say in a few words why this state is kept.")
        if len(message) > MAX_MESSAGE:
            raise WrongField(self.message, f"A message has at most {MAX_MESSAGE:,} characters.")
        if baseline in self._taken:
            raise WrongField(self.baseline, f"Another revision is called {baseline[:80]} already.")
        if len(baseline) > _MOST_NAME:
            raise WrongField(self.baseline, f"A name has at most {_MOST_NAME} characters.")
        return Wanted(message, self.author.text().strip(), baseline)

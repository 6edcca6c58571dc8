"""Asking for the title of a meeting and who is there."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.panels.attach_base import AskDialog, form_grid, labelled
from workbench.panels.common import Label
from workbench.values import value_type

_MOST_TITLE: Final = 2_000
_BETWEEN: Final = re.compile(r"[,;\n]")


@value_type(frozen=True, slots=True)
class Wanted:
    """What was said."""

    title: str
    attendees: tuple[str, ...]


class MeetingDialog(AskDialog):
    """Asks for title and attendees of a meeting; the answer is a ``Wanted``."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        title: str = "",
        attendees: Sequence[str] = (),
        new: bool = True,
        below: str = "",
    ) -> None:
        """Suggest what is known.

        Args:
            parent: the window.
            title: of the meeting.
            attendees: who is there, or was the last time.
            new: the meeting is to begin; else what is said of it is changed.
            below: what else will happen, in a sentence.
        """
        super().__init__("Start meeting" if new else "Title and attendees", "Start" if new else "Change", parent)
        if below:
            self.body.addWidget(Label(below, dim=True, wrap=True))
        grid = form_grid()
        self.title = self.line("Title", "Such as Residual risk review", title, longest=_MOST_TITLE)
        labelled(grid, 0, 0, "Title", self.title, 2)
        self.attendees = self.text_box(
            "Attendees", "A name a line, or names with commas between", "\n".join(attendees), lines=6
        )
        labelled(grid, 1, 0, "Attendees", self.attendees, 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.setMinimumWidth(460)
        self.title.setFocus()
        self.title.selectAll()

    @override
    def read(self) -> Wanted:
        """Title and attendees.

        Raises:
            CommandError: there is no title.
        """
        title = " ".join(self.title.text().split())
        if not title:
            raise CommandError("Give the meeting a title; the minutes are called by it.")
        names = [" ".join(name.split()) for name in _BETWEEN.split(self.attendees.toPlainText())]
        once: dict[str, str] = {}
        for name in filter(None, names):
            once.setdefault(name.casefold(), name)
        return Wanted(title, tuple(once.values()))

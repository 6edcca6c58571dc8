"""One conflict of a merge: what it is about, the three values, and what can be done."""

from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.analysis.conflicts import Told
from workbench.panels.common import ElidedLabel, Label, allow_change, button, column
from workbench.panels.merge_values import MergeValues
from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import brief

Taken = Literal["ours", "theirs", "both", "own"]
TAKEN_WORD: Final[dict[Taken, str]] = {
    "ours": "ours kept",
    "theirs": "theirs taken",
    "both": "both kept",
    "own": "other words",
}
_CHOICES: Final[tuple[tuple[Taken, str, str], ...]] = (
    ("ours", "1  Keep ours", "What stands in the project now stays (key 1)"),
    ("theirs", "2  Take theirs", "What the other version says takes its place (key 2)"),
    ("both", "3  Keep both", "Ours first, then what theirs has beyond it (key 3)"),
    ("own", "E  Edit…", "Say it in words of your own (key E)"),
)


class MergeCard(QWidget):
    """The conflict the user is on.

    Attributes:
        chosen: emits ``ours``, ``theirs``, ``both`` or ``own``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 0, 6)
        self.title = ElidedLabel("", font=ui_font(TITLE_PX, strong=True))
        layout.addWidget(self.title)
        self.why = Label("", dim=True, wrap=True)
        layout.addWidget(self.why)
        self.values = MergeValues()
        layout.addWidget(self.values, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons: dict[Taken, QPushButton] = {}
        for taken, words, tip in _CHOICES:
            made = button(words, lambda taken=taken: self.chosen.emit(taken), tip=tip)  # type: ignore[misc]
            made.setAccessibleName(brief(words[3:]))
            self.buttons[taken] = made
            row.addWidget(made)
        self.state = Label("", dim=True, wrap=True)
        row.addWidget(self.state, 1)
        layout.addLayout(row)

    def show_conflict(self, told: Told, taken: Taken | None, place: str, read_only: str) -> None:
        """Show another conflict, or how one was settled.

        Args:
            told: the conflict in words.
            taken: how it was settled; None while it is not.
            place: where of all it stands, such as ``Conflict 2 of 9``.
            read_only: why nothing may be changed; empty where it may.
        """
        self.title.set_text(f"{told.name}: {told.what}")
        self.why.setText(f"{place}. {told.why}")
        self.values.show_values(told, taken or "")
        self.buttons["both"].setVisible(told.both)
        self.buttons["own"].setVisible(told.text)
        for made in self.buttons.values():
            allow_change(made, read_only, when=taken is None)
        self.state.setText(f"Settled: {TAKEN_WORD[taken]}. Undo (Ctrl+Z) asks again." if taken is not None else "")

"""Asking for the wording that settles a conflict between two texts."""

from PySide6.QtWidgets import QWidget

from workbench.analysis.conflicts import Told
from workbench.panels.attach_base import AskDialog
from workbench.panels.common import Label
from workbench.panels.merge_values import MergeValues


class WordingDialog(AskDialog):
    """Shows the three texts and asks for one to stand in their place; the answer is that text."""

    def __init__(self, told: Told, ours: str, parent: QWidget | None = None) -> None:
        super().__init__("Edit", "Use this text", parent)
        self.add_head(f"{told.name}: {told.what}"[:300])
        values = MergeValues()
        values.show_values(told, "")
        values.setMinimumHeight(150)
        self.body.addWidget(values, 1)
        label = Label("What shall stand")
        self.body.addWidget(label)
        self.wording = self.text_box("What shall stand", "Begins with ours", ours, lines=6)
        label.setBuddy(self.wording)
        self.body.addWidget(self.wording)
        self.setMinimumWidth(760)
        self.wording.setFocus()
        self.wording.selectAll()

    def read(self) -> str:
        """The text."""
        return self.wording.toPlainText()

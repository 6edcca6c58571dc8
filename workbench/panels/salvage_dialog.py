"""What can be saved of a damaged project, and what cannot, before a copy of it is opened."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from workbench.files.salvage import Salvaged
from workbench.panels.common import Label, column
from workbench.panels.style import TITLE_PX, ui_font

_WIDTH, _HEIGHT = 720, 460


class SalvageDialog(QDialog):
    """Why a file does not open, how much of it is left, and a list of what is missing."""

    def __init__(self, name: str, problem: str, saved: Salvaged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Damaged project")
        self.resize(_WIDTH, _HEIGHT)
        outer = column(self, 16, 10)
        head = Label(f"{name} is damaged. {saved.summary}", wrap=True)
        head.setFont(ui_font(TITLE_PX, strong=True))
        outer.addWidget(head)
        outer.addWidget(Label(problem, dim=True, wrap=True))
        self.list = QPlainTextEdit("\n".join(saved.as_lines()))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName("What is missing or not as it was")
        outer.addWidget(self.list, 1)
        what = f"What can be saved opens as a copy. {name} stays as it is."
        outer.addWidget(Label(what, wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Open copy")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        outer.addWidget(buttons)
        self.ok.setFocus()

"""What was taken from a file, and what was not, row by row: a list that scrolls and can be copied."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from workbench.panels.common import Label, column
from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import brief

_SIZE = QSize(640, 420)
_FRAME = QSize(48, 48)
"""Room that a window's frame takes from the screen, logical pixels."""
_LONGEST = 400


class RemarksDialog(QDialog):
    """One sentence, all remarks below it, and a button that ends it."""

    def __init__(self, title: str, said: str, remarks: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        outer = column(self, 16, 10)
        head = Label(said, wrap=True)
        head.setFont(ui_font(TITLE_PX, strong=True))
        outer.addWidget(head)
        self.list = QPlainTextEdit("\n".join(brief(line[:1].upper() + line[1:], _LONGEST) for line in remarks))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName("What was not taken, or not as it stands")
        outer.addWidget(self.list, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        outer.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() - _FRAME))


def show_remarks(parent: QWidget | None, title: str, said: str, remarks: Sequence[str]) -> None:
    """Show remarks; the user reads them and goes on."""
    dialog = RemarksDialog(title, said, remarks, parent)
    dialog.exec()
    dialog.deleteLater()

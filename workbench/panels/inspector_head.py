"""The head of the inspector: what is selected, and its code."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from workbench.panels.common import ElidedLabel, plain_tip
from workbench.panels.style import SMALL_PX, TITLE_PX, ui_font

MARGIN: Final = 12
_CODE: Final = 64
_AROUND: Final = 14
"""Border and padding of the code at both sides."""


class InspectorHead(QWidget):
    """Kind sign, kind word, code and, for a control on a line, the line.

    Attributes:
        code_edited: emits another code once it has been typed in full.
    """

    code_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 10, MARGIN, 6)
        layout.setSpacing(8)
        self._icon = QLabel()
        self._icon.setFixedSize(24, 20)
        layout.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._kind = ElidedLabel(font=ui_font(TITLE_PX, strong=True))
        self._line = ElidedLabel(font=ui_font(SMALL_PX))
        words.addWidget(self._kind)
        words.addWidget(self._line)
        layout.addLayout(words, 1)
        self.code = QLineEdit()
        self.code.setProperty("bare", True)
        self.code.setAccessibleName("Code")
        self.code.setToolTip("Code")
        self.code.setFixedWidth(_CODE)
        self.code.textChanged.connect(self._fit_code)
        self.code.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.code.editingFinished.connect(self.settle)
        layout.addWidget(self.code)

    def _fit_code(self, text: str) -> None:
        """As wide as the code, up to half of the head; the tooltip has one that is longer."""
        wanted = self.code.fontMetrics().horizontalAdvance(text) + _AROUND
        self.code.setFixedWidth(max(_CODE, min(wanted, 2 * _CODE)))
        self.code.setToolTip(plain_tip(f"Code {text}") if wanted > 2 * _CODE else "Code")

    def settle(self) -> None:
        """Take over the code being typed."""
        if self.code.isModified():
            self.code.setModified(False)
            self.code_edited.emit(self.code.text())

    def show_record(self, kind: str, line: str, code: str, icon: QIcon | None, *, editable: bool = True) -> None:
        """Show what is selected; a code that is being typed stays."""
        self._kind.set_text(kind)
        self._line.set_text(line)
        self._line.setVisible(bool(line))
        self._icon.setVisible(icon is not None)
        if icon is not None:
            self._icon.setPixmap(icon.pixmap(QSize(24, 16), self.devicePixelRatio()))
        if self.code.text() != code and not self.code.isModified():
            self.code.setText(code)
        self.code.setVisible(bool(code) or self.code.hasFocus())
        self.code.setReadOnly(not editable)

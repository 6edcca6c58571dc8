"""A bar over the diagram that says something happened and offers what can be done about it; nobody has to answer."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workbench.panels.common import Label, button, column
from workbench.panels.icons import icon

_ICON: Final = 16


class NoticeBar(QWidget):
    """Hidden until something is said.

    Attributes:
        answered: emits the verb of the button pressed; empty where the user wants to see it no more.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panelTitle", True)
        outer = column(self, 0, 0)
        self._body: QWidget | None = None
        self._outer = outer
        self.hide()

    def say(self, sentence: str, answers: Sequence[tuple[str, str]]) -> None:
        """Show a sentence and what can be answered, each as its verb and what it does."""
        if self._body is not None:
            self._body.deleteLater()
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(8, 5, 8, 5)
        sign = QLabel()
        sign.setPixmap(icon("warning").pixmap(_ICON, _ICON))
        row.addWidget(sign)
        row.addWidget(Label(sentence, wrap=True), 1)
        for verb, what in answers:
            row.addWidget(button(verb, partial(self.answered.emit, verb), tip=what))
        row.addWidget(button("Not now", partial(self.answered.emit, ""), look="flat"))
        self._outer.addWidget(self._body)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

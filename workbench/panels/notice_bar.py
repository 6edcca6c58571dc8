"""A bar over the diagram that says something happened and offers what can be done about it; nobody has to answer."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from workbench.panels.common import Label, button, column
from workbench.panels.icons import icon

_ICON: Final = 16
_SENTENCE: Final = 320
"""Logical pixels a sentence needs beside the buttons."""


class NoticeBar(QWidget):
    """Hidden until something is said.

    Attributes:
        answered: emits the verb of the button pressed; empty where the user wants to see it no more.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panelTitle", True)
        self._body: QWidget | None = None
        self._buttons: QWidget | None = None
        self._grid: QGridLayout | None = None
        self._outer = column(self, 0, 0)
        self.hide()

    def say(self, sentence: str, answers: Sequence[tuple[str, str]]) -> None:
        """Show a sentence and what can be answered, each as its verb and what it does."""
        if self._body is not None:
            self._body.deleteLater()
        self._body = QWidget()
        grid = self._grid = QGridLayout(self._body)
        grid.setContentsMargins(8, 5, 8, 5)
        grid.setColumnStretch(1, 1)
        sign = QLabel()
        sign.setPixmap(icon("warning").pixmap(_ICON, _ICON))
        grid.addWidget(sign, 0, 0)
        grid.addWidget(Label(sentence, wrap=True), 0, 1)
        buttons = self._buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for verb, what in answers:
            row.addWidget(button(verb, partial(self.answered.emit, verb), tip=what))
        row.addWidget(button("Not now", partial(self.answered.emit, ""), look="flat"))
        self._outer.addWidget(self._body)
        self._arrange()
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _arrange(self) -> None:
        """The buttons stand beside the sentence where that can be read there, else below it."""
        if self._grid is None or self._buttons is None:
            return
        beside = self.width() - self._buttons.sizeHint().width() >= _SENTENCE
        place = (0, 2, Qt.AlignmentFlag.AlignVCenter) if beside else (1, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._buttons, *place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the buttons."""
        least = self._buttons.minimumSizeHint().width() if self._buttons is not None else 0
        return QSize(least + 48, super().minimumSizeHint().height())

"""The button at the right end of the toolbar that looks like a search field and opens the command palette."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton
from typing_extensions import override

from workbench.panels.icons import icon

_WORDS: Final = ("Search or run an action   Ctrl+K", "Search   Ctrl+K", "")
_WIDTH, _SIGN = 250, 40
"""Width it asks for, and that of its sign with the margins around it, logical pixels."""


class SearchBox(QToolButton):
    """Says as much as there is room for; in a narrow toolbar its sign stands alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search-box")
        self.setIcon(icon("search"))
        self.setText(_WORDS[0])
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAccessibleName("Search or run an action")
        self.setToolTip("Search or run an action (Ctrl+K)")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_SIGN, super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _SIGN
        measure = self.fontMetrics().horizontalAdvance
        self.setText(next(words for words in _WORDS if not words or measure(words) <= room))

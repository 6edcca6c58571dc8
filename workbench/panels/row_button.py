"""A button as wide as its list, whose words end in an ellipsis where they do not fit."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.render.characters import brief, visible

_GAP = 4
"""What the style leaves between icon and words."""


class RowButton(QPushButton):
    """One row of a list; its tooltip and its accessible name say all of it."""

    def __init__(self, text: str, slot: Callable[[], object], *, tip: str = "") -> None:
        """Make the row.

        Args:
            text: all of its words.
            slot: called when pressed.
            tip: said instead of the words, where there is more to say.
        """
        super().__init__()
        self._whole = " ".join(visible(text[:2_000]).split())
        self.setAccessibleName(brief(self._whole))
        self.setToolTip(plain_tip(tip or self._whole))
        self.setAutoDefault(False)
        self.setProperty("row", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: slot())
        self.setText(self._whole.replace("&", "&&"))

    def whole(self) -> str:
        """All of its words."""
        return self._whole

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        icon = 0 if self.icon().isNull() else self.iconSize().width() + _GAP
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, inner.width() - icon)
        self.setText(shown.replace("&", "&&"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(24, super().sizeHint().height())

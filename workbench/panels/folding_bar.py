"""A row of buttons that fits a narrow place: where the words do not fit, signs and short words stand for them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip


class FoldingBar(QWidget):
    """A row whose buttons have long and short words; it never asks for more width than the short ones need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 8, 12, 8)
        self.row.setSpacing(6)
        self._words: dict[QAbstractButton, tuple[str, str]] = {}
        self._folded = False

    def set_words(self, button: QAbstractButton, long: str, short: str = "") -> None:
        """Give a button of the row its words; without short ones its icon stands alone."""
        self._words[button] = (long, short)
        button.setToolTip(plain_tip(long))
        button.setText(short if self._folded else long)
        self.updateGeometry()
        self._fold()

    def _difference(self) -> int:
        """Width that the long words take more than the short ones."""
        measure = self.fontMetrics().horizontalAdvance
        return sum(measure(long) - measure(short) + (0 if short else 6) for long, short in self._words.values())

    def _fold(self) -> None:
        folded = self.width() < self.sizeHint().width()
        if folded != self._folded:
            self._folded = folded
            for button, words in self._words.items():
                button.setText(words[folded])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def sizeHint(self) -> QSize:
        hint = self.row.sizeHint()
        return QSize(hint.width() + (self._difference() if self._folded else 0), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.row.minimumSize()
        return QSize(least.width() - (0 if self._folded else self._difference()), least.height())

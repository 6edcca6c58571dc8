"""Waiting for the first picture of a widget: what need not be there for it is made after it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

_FLUSH_MS: Final = 1
"""Time for the picture to reach the screen: a timer of 0 would come before it does."""

_PATIENCE_MS: Final = 400
"""A widget that lies behind another page is not painted; then the work is done all the same."""


class FirstPaint(QObject):
    """Calls ``then`` once, after the widget's first picture, or after a while where there is none."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        """Watch ``widget``, which becomes the parent."""
        super().__init__(widget)
        self._then: Callable[[], object] | None = then
        widget.installEventFilter(self)
        QTimer.singleShot(_PATIENCE_MS, self, self._now)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(_FLUSH_MS, self, self._now)
        return False

    def _now(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
            if isValid(self):  # the widget may have gone meanwhile
                self.deleteLater()

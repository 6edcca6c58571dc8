"""The editor of a text without line breaks that may be long, such as a title: it wraps, so that all of it is seen."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.panels.forms import Field
from workbench.panels.text_editor import TextBox, TextEditor


class _ProseBox(TextBox):
    """A text box that takes no line breaks."""

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop; the lines of what comes become one."""
        self.insertPlainText(" ".join(source.text().splitlines()))


class ProseEditor(TextEditor):
    """One text that wraps. Enter ends an edit and stays, as in a line."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent, box=_ProseBox(least=1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.control
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

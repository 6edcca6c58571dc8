"""The editor of one line. Words go to the document as they are typed; a figure only once it is complete.

The first digit of 15 is a valid probability. A figure that went to the document digit by digit would leave a wrong one
there when its end is refused. So figures, dates and criteria wait for Enter or for the keyboard to go elsewhere.
"""

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolTip, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.panels.fields import MIXED, FieldEditor, is_undo
from workbench.panels.forms import Field
from workbench.panels.parsing import BadValueError, display, parse

_SAID: Final = 24
"""Longest part of a refused text that is said again."""


_INSET: Final = 2
"""What Qt leaves between a line's contents and its text, at either side."""


class _Line(QLineEdit):
    """One line whose undo is the document's, except for a text that is not there yet.

    A text wider than the line ends in an ellipsis while nobody types in it, and the tooltip has all of it.

    Attributes:
        kept: what the document has, as text; None where every keystroke goes there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kept: str | None = None
        self._measured = ""

    def room(self) -> int:
        """Width that shows the text in full, in logical pixels; while it is typed in, the text of before."""
        if not self.hasFocus():
            self._measured = self.text()
        return self.fontMetrics().horizontalAdvance(self._measured or self.placeholderText()) + self._chrome()

    def _chrome(self) -> int:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return self.width() - inner.width() + 2 * _INSET

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) + self._chrome() > self.width()

    def waiting(self) -> bool:
        """Whether a text stands here that the document does not have."""
        return self.kept is not None and self.text() != self.kept

    @override
    def event(self, event: QEvent) -> bool:
        if is_undo(event) and not self.waiting():
            event.ignore()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._is_cut():
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or not self._is_cut():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        inner.adjust(_INSET, 0, -_INSET, 0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | self.alignment(), shown)


class LineEditor(FieldEditor):
    """One line: text, a number, a probability, or a list separated by commas."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self._line = _Line()
        self._line.setPlaceholderText(field.hint)
        super().__init__(field, self._line, parent)
        self._settling = False
        if field.waits:
            self._line.kept = ""
            self._line.returnPressed.connect(self._entered)
        self._line.textEdited.connect(self._typed)

    @override
    def show_value(self, value: Any, *, mixed: bool) -> None:
        text = display(self.field.editor, value)
        self._line.setPlaceholderText(MIXED if mixed else self.field.hint)
        if self.field.waits:
            self._line.kept = text
        if self._line.text() != text:
            self._line.setText(text)
            if not self._line.hasFocus():
                self._line.setCursorPosition(0)

    @override
    def committed(self, value: Any) -> None:
        super().committed(value)
        if self.field.waits:
            self._line.kept = self._line.text()

    def _typed(self, text: str) -> None:
        try:
            value = parse(self.field.editor, text, optional=self.field.optional)
        except BadValueError as bad:
            self.set_error(str(bad) if self._line.kept is None or self._line.waiting() else "")
        else:
            if self.field.waits:
                self.set_error("")
            else:
                self.edited.emit(value)

    @override
    def settle(self, *, leaving: bool = False) -> None:
        kept = self._line.kept
        if kept is None or self._settling or not self._line.waiting():
            return
        self._settling = True
        text = self._line.text()
        try:
            value = parse(self.field.editor, text, optional=self.field.optional)
        except BadValueError as bad:
            self.set_error(str(bad))
        else:
            self.edited.emit(value)
        self._settling = False
        if leaving and self.error:
            reason = self.error
            self._line.setText(kept)
            self.set_error(f"“{text if len(text) <= _SAID else text[:_SAID] + '…'}” was not taken. {reason}")

    @override
    def room(self) -> int:
        return self._line.room()

    def _entered(self) -> None:
        self.settle()
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape drops what is typed; Enter stays where it was refused. The line passes on both."""
        if event.key() == Qt.Key.Key_Escape and self._line.kept is not None and self._line.waiting():
            self._line.setText(self._line.kept)
            self.set_error("")
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.error:
            super().keyPressEvent(event)

    @override
    def draft(self) -> str | None:
        return self._line.text() if self.error and (self._line.kept is None or self._line.waiting()) else None

    @override
    def restore(self, draft: str) -> None:
        self._line.setText(draft)
        self._typed(draft)

    @override
    def set_read_only(self, on: bool) -> None:
        self._line.setReadOnly(on)

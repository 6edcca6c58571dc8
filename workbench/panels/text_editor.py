"""The editor of several lines of text, in a box as high as what it holds."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from workbench.panels.fields import MIXED, FieldEditor, is_undo, restyle
from workbench.panels.forms import Field
from workbench.panels.parsing import display, parse

_MOST_LINES: Final = 8
_AROUND: Final = 11
"""Height of a text box above and below its lines: border, padding and margin."""


class TextBox(QPlainTextEdit):
    """A plain text box as high as its text, up to eight lines; Tab leaves it."""

    def __init__(self, least: int = 2) -> None:
        """Make an empty box of ``least`` lines."""
        super().__init__()
        self._least = least
        self.document().setDocumentMargin(1)  # its text begins where that of a line does
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lines = least
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    @override
    def event(self, event: QEvent) -> bool:
        if is_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def _fit(self, *_: object) -> None:
        held = round(self.document().size().height())
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(on if held > _MOST_LINES else off)  # none while the box is growing
        lines = max(self._least, min(_MOST_LINES, held))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self._lines * self.fontMetrics().lineSpacing() + _AROUND)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())


class TextEditor(FieldEditor):
    """Several lines: a text, or a list with one entry a line."""

    def __init__(self, field: Field, parent: QWidget | None = None, *, box: TextBox | None = None) -> None:
        self._box = box or TextBox()
        self._box.setPlaceholderText(field.hint)
        super().__init__(field, self._box, parent)
        self._quiet = False
        self._box.textChanged.connect(self._typed)

    @override
    def show_value(self, value: Any, *, mixed: bool) -> None:
        text = display(self.field.editor, value)
        self._box.setPlaceholderText(MIXED if mixed else self.field.hint)
        if self._box.toPlainText() != text:
            self._quiet = True
            self._box.setPlainText(text)
            self._quiet = False

    def _typed(self) -> None:
        if not self._quiet:
            self.edited.emit(parse(self.field.editor, self._box.toPlainText()))

    @override
    def draft(self) -> str | None:
        return self._box.toPlainText() if self.error else None

    @override
    def restore(self, draft: str) -> None:
        self._box.setPlainText(draft)

    @override
    def set_read_only(self, on: bool) -> None:
        self._box.setReadOnly(on)
        restyle(self._box)

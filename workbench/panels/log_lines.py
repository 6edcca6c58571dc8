"""The editor of a cell that lists entries: one a line, and those that exist are offered while one is typed."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

_SHOWN: Final = 8
_WIDE: Final = 320
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesEditor(QPlainTextEdit):
    """Enter begins a line, Ctrl+Enter is done; Down and Enter take an offered entry, Ctrl+Space offers all.

    Attributes:
        finished: what was written should be kept.
    """

    finished = Signal()

    def __init__(self, offers: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._offers = tuple(offers)
        self._model = QStringListModel(self)
        self.completer = _completer(self._model, self)
        self.completer.activated[str].connect(self._take)  # type: ignore[index]  # the stubs know no overloads

    @property
    def _popup(self) -> QAbstractItemView:
        return _popup_of(self.completer)

    @property
    def offering(self) -> bool:
        """Whether entries are offered now."""
        return self._popup.isVisible()

    def _offer(self, *, everything: bool = False) -> None:
        """Offer what holds the words of the line, but for what stands in the cell already."""
        cursor = self.textCursor()
        line = cursor.block().text().strip()
        others = {text.strip() for text in self.toPlainText().split("\n")} - {line}
        wanted = [offer for offer in self._offers if offer not in others]
        if not (line or everything) or line in wanted:
            self._popup.hide()
            return
        self._model.setStringList(wanted)
        self.completer.setCompletionPrefix("" if everything else line)
        if not self.completer.completionCount():
            self._popup.hide()
            return
        area = self.cursorRect()
        area.setLeft(0)
        area.setWidth(max(_WIDE, self.width()))
        self.completer.complete(area)

    def _take(self, text: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list of offers takes the focus for a moment: it must see that before the table does, who would close."""
        super().focusInEvent(event)
        self.completer.setWidget(self)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.offering:
            done = event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if done or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._popup.hide()
                return QApplication.sendEvent(self, event)  # now as without offers: to whoever watches the editor
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.offering and (key == Qt.Key.Key_Escape or (key in ENTER and self._popup.currentIndex().isValid())):
            event.ignore()  # the list of offers knows what to do
        elif key in ENTER and control:
            self.finished.emit()
        elif key in ENTER:
            self._popup.hide()
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif key == Qt.Key.Key_Space and control:
            self._offer(everything=True)
        else:
            before = self.toPlainText()
            super().keyPressEvent(event)
            if self.toPlainText() != before:
                self._offer()
            elif self.offering:
                self._popup.hide()

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString():
            self._offer()


def offer_in(line: QLineEdit, offers: Iterable[str]) -> None:
    """Offer texts while one is typed into a line."""
    line.setCompleter(_completer(QStringListModel(list(offers), line), line))


def _completer(model: QStringListModel, parent: QWidget) -> QCompleter:
    made = QCompleter(model, parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setMaxVisibleItems(_SHOWN)
    popup = _popup_of(made)
    popup.setAccessibleName("Entries that exist already")
    popup.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def _popup_of(completer: QCompleter) -> QAbstractItemView:
    popup = completer.popup()
    assert popup is not None
    return popup

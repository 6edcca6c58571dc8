"""Editing a title where it is drawn: a text field over the element, with offers of elements that exist already."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from workbench.canvas.offer import Offer, Offers
from workbench.render.characters import single_line
from workbench.render.theme import Theme

LONGEST_TITLE = 2_000
_LEAST_WIDTH, _LEAST_HEIGHT = 132, 32
_ROW = 26
_STAY = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class TitleEditor(QPlainTextEdit):
    """One line or a few of plain text. Enter commits, Shift+Enter breaks the line, Esc gives up.

    Signals:
        committed: the id and the text to keep.
        given_up: nothing is to be kept.
        chosen: the id edited and the id of the existing element taken instead.
        shortened: the text was longer than a title may be; how many characters were left out.
    """

    committed = Signal(str, str)
    given_up = Signal()
    chosen = Signal(str, str)
    shortened = Signal(int)

    def __init__(self, parent: QWidget, subject: str, text: str, *, select: bool, offers: Offers | None) -> None:
        """Start with a text, all of it selected unless it is what was typed to begin."""
        super().__init__(parent)
        self._view = parent
        self.subject = subject
        self._done = False
        self._offers = offers
        self._list: QListWidget | None = None
        self._anchor = QRect()
        self._list_style = ""
        self.setObjectName("title-editor")
        self.setAccessibleName("Title")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(5)
        self.setPlainText(text)
        if select:
            self.selectAll()
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def dress(self, theme: Theme, font: QFont, *, centred: bool) -> None:
        """Take colours, the font in its size on screen, and the way the title stands in its box."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.surface.input)
        palette.setColor(QPalette.ColorRole.Text, theme.text.primary)
        palette.setColor(QPalette.ColorRole.Highlight, theme.accent.base)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.accent.on)
        self.setPalette(palette)
        self.setStyleSheet(f"#title-editor {{ border: 2px solid {theme.accent.base}; border-radius: 4px; }}")
        self.setFont(font)
        self._list_style = (
            f"#title-offers {{ border: 1px solid {theme.border.strong}; background: {theme.surface.overlay}; }}"
        )
        option = self.document().defaultTextOption()
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
        self.document().setDefaultTextOption(option)
        self._grow()

    def stand_over(self, rect: QRect) -> None:
        """Cover a rectangle of the view, growing downwards with the text."""
        self._anchor = rect
        self._grow()

    def _grow(self) -> None:
        width = max(self._anchor.width(), _LEAST_WIDTH)
        margin = round(self.document().documentMargin())
        needed = self._text_height(width - 2 * margin - 4) + 2 * margin + 6
        height = max(min(needed, 240), min(self._anchor.height(), 120), _LEAST_HEIGHT)
        left = self._anchor.center().x() - width // 2
        top = self._anchor.center().y() - height // 2
        area = self._view.rect()
        left = max(2, min(left, area.width() - width - 2))
        top = max(2, min(top, area.height() - height - 2))
        self.setGeometry(left, top, width, height)
        if height >= needed:
            self.verticalScrollBar().setValue(0)  # a line that had no room a moment ago has scrolled it
        self._place_list()

    def _text_height(self, width: int) -> int:
        """Height of the text broken to a width; the document itself breaks it only once it is seen."""
        room = QRect(0, 0, width, 10_000)
        text = self.toPlainText()[:LONGEST_TITLE]
        measured = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
        lines = max(1, round(self.document().size().height()), text.count("\n") + 1)
        return max(measured, lines * self.fontMetrics().lineSpacing())

    # offers

    def _changed(self) -> None:
        text = self.toPlainText()
        if len(text) > LONGEST_TITLE:
            cursor = self.textCursor()
            place = min(cursor.position(), LONGEST_TITLE)
            self.setPlainText(text[:LONGEST_TITLE])
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
            self.shortened.emit(len(text) - LONGEST_TITLE)
            return
        self._show_offers(self._offers(text) if self._offers is not None else ())

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        if not offers:
            self._drop_list()
            return
        if self._list is None:
            self._list = QListWidget(self._view)
            self._list.setObjectName("title-offers")
            self._list.setAccessibleName("Existing elements with this title")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.itemClicked.connect(self._clicked)
            self._list.setPalette(self.palette())
            self._list.setStyleSheet(self._list_style)
            self._list.setFont(self._view.font())
        self._list.clear()
        for offer in offers:
            item = QListWidgetItem(single_line(f"Use existing: {offer.text}"))
            item.setData(Qt.ItemDataRole.UserRole, offer.id)
            item.setSizeHint(QSize(0, _ROW))
            self._list.addItem(item)
        self._place_list()
        self._list.show()
        self._list.raise_()

    def _place_list(self) -> None:
        if self._list is None:
            return
        rows = min(self._list.count(), 6)
        height = rows * _ROW + 2 * self._list.frameWidth()
        widest = max(
            (self._list.fontMetrics().horizontalAdvance(self._list.item(i).text()) for i in range(rows)), default=0
        )
        width = max(self.width(), min(widest + 28, 420))
        area = self._view.rect()
        left = max(2, min(self.x(), area.width() - width - 2))
        below = self.geometry().bottom() + 3
        top = below if below + height <= area.height() else max(2, self.y() - height - 3)
        self._list.setGeometry(left, top, width, height)

    def _drop_list(self) -> None:
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _clicked(self, item: QListWidgetItem) -> None:
        self._finish()
        self.chosen.emit(self.subject, item.data(Qt.ItemDataRole.UserRole))

    # ending

    def commit(self) -> None:
        """Keep the text."""
        if self._finish():
            self.committed.emit(self.subject, self.toPlainText())

    def give_up(self) -> None:
        """Keep what was there before."""
        if self._finish():
            self.given_up.emit()

    def _finish(self) -> bool:
        if self._done:
            return False
        self._done = True
        self._drop_list()
        if self.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands the focus to some neighbour
        self.hide()
        self.deleteLater()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that end the edit, and the way into the list of offers."""
        key = event.key()
        row = self._list.currentRow() if self._list is not None else -1
        if key == Qt.Key.Key_Escape:
            self.give_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            elif self._list is not None and row >= 0:
                self._clicked(self._list.item(row))
            else:
                self.commit()
        elif self._list is not None and key == Qt.Key.Key_Down:
            self._list.setCurrentRow(min(row + 1, self._list.count() - 1))
        elif self._list is not None and key == Qt.Key.Key_Up and row >= 0:
            self._list.setCurrentRow(row - 1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps the text; a menu or another window does not end the edit."""
        super().focusOutEvent(event)
        if event.reason() not in _STAY:
            self.commit()

    def event(self, event: QEvent) -> bool:
        """Keys that are shortcuts of the program type here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press here is none on the canvas."""
        super().mousePressEvent(event)
        event.accept()

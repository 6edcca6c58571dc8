"""Asks what kind of element to make: a small list beside the pointer, for mouse and keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.model.kinds import CODE_LETTER, label
from workbench.render.icons import GRID, icon_ops
from workbench.render.paint import compile_ops, paint
from workbench.render.theme import Theme

_ICON = 18
_PICTURED = {"control": "preventive_control"}


def kind_icon(kind: str, theme: Theme, ratio: float) -> QIcon:
    """The glyph of a kind in its own colour."""
    name = _PICTURED.get(kind, kind)
    pixmap = QPixmap(round(_ICON * ratio), round(_ICON * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.kind[name]
    colour = colours.fill if name.endswith("_control") else colours.icon
    inset = (_ICON - GRID) / 2
    paint(painter, compile_ops(icon_ops(name, inset, inset, colour), cosmetic=False))
    painter.end()
    return QIcon(pixmap)


class _RowDelegate(QStyledItemDelegate):
    """A row as usual, with the kind's letter pale at its right end."""

    def __init__(self, parent: QWidget, colour: str) -> None:
        super().__init__(parent)
        self._colour = QColor(colour)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row, then the letter."""
        super().paint(painter, option, index)
        painter.setPen(self._colour)
        room = option.rect.adjusted(0, 0, -8, 0)
        letter = CODE_LETTER[index.data(Qt.ItemDataRole.UserRole)]
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), letter)


class KindChooser(QFrame):
    """A list of kinds. A letter, Enter or a click takes one; Esc, or a press elsewhere, none.

    A letter that is no kind's begins a title: it takes the current kind and is written where the title is edited.
    """

    def __init__(self, parent: QWidget, kinds: Sequence[str], theme: Theme, chosen: Callable[[str], None]) -> None:
        """List the kinds in the order given, the first one current."""
        super().__init__(parent)
        self._view = parent
        self._open = True
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setObjectName("kind-chooser")
        self.setAccessibleName("What kind?")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._chosen = chosen
        self._theme = theme
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setAccessibleName("What kind?")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        palette = self.palette()
        for role, colour in (
            (QPalette.ColorRole.Window, theme.surface.overlay),
            (QPalette.ColorRole.Base, theme.surface.overlay),
            (QPalette.ColorRole.Text, theme.text.primary),
            (QPalette.ColorRole.Highlight, theme.selection.row),
            (QPalette.ColorRole.HighlightedText, theme.selection.text),
        ):
            palette.setColor(role, colour)
        self.setPalette(palette)
        self.list.setPalette(palette)
        self.list.setItemDelegate(_RowDelegate(self.list, theme.text.secondary))
        self._kinds = tuple(kinds)
        for kind in kinds:
            item = QListWidgetItem(kind_icon(kind, theme, self.devicePixelRatioF()), label(kind))
            item.setData(Qt.ItemDataRole.UserRole, kind)
            item.setSizeHint(QSize(0, 28))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemClicked.connect(self._take)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        widest = max(self.list.fontMetrics().horizontalAdvance(self.list.item(i).text()) for i in range(len(kinds)))
        self.resize(widest + 92, 28 * len(kinds) + 12)

    def open_at(self, at: QPoint) -> None:
        """Open with the first row beside a point of the parent, wholly inside it."""
        room = self._view.rect()
        x = max(0, min(at.x() + 6, room.width() - self.width()))
        y = max(0, min(at.y() - 18, room.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_down(self) -> None:
        """Go away; the canvas has the keyboard again."""
        if not self._open:
            return
        self._open = False
        if self.list.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        kind = str(item.data(Qt.ItemDataRole.UserRole))
        chosen = self._chosen
        self.close_down()
        chosen(kind)

    def _write(self, event: QKeyEvent) -> None:
        """Take the current kind, and give a letter of its title to the field that edits it."""
        window = self.window()
        self._take(self.list.currentItem())
        field = window.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
            QApplication.sendEvent(field, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the current row, a kind's letter takes that kind, Esc or a press elsewhere none."""
        if event.type() == QEvent.Type.FocusOut:
            self.close_down()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # letters choose here; elsewhere on the canvas they are shortcuts
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()
            return True
        letter = event.text().upper()
        for row, kind in enumerate(self._kinds):
            if letter and CODE_LETTER[kind] == letter:
                self._take(self.list.item(row))
                return True
        if letter.isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._write(event)
            return True
        return super().eventFilter(watched, event)

"""What lies over the screen for a moment: the list of stops, the list of keys, the choice of a rating. Never modal."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from workbench.panels.common import Label, column
from workbench.panels.style import palette_of, ui_font
from workbench.panels.stylesheet import style_sheet
from workbench.render.theme import Theme

_LONGEST: Final = 120


def stage_sheet(theme: Theme) -> str:
    """The program's style sheet in the colours of a theme that is not the application's own."""
    return f"QWidget {{ color: {theme.text.primary}; }}\n{style_sheet(theme)}"


class Sheet(QFrame):
    """A panel over the screen that keys work on until it is closed.

    Signals:
        closed: it went away; whoever opened it gets the keyboard back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, title: str, pixels: int) -> None:
        """Start hidden.

        Args:
            parent: the screen.
            title: said above, and to those who hear it.
            pixels: height of its letters.
        """
        super().__init__(parent)
        self.pixels = pixels
        self._over = parent
        self.setAccessibleName(title)
        self.setObjectName("sheet")
        self.setPalette(palette_of(theme))
        border, ground = theme.border.strong, theme.surface.overlay
        row = f"background: {theme.selection.row}; color: {theme.selection.text};"
        self.setStyleSheet(
            f"{stage_sheet(theme)}\n#sheet {{ background: {ground}; border: 1px solid {border}; border-radius: 8px; }}"
            f"\n#sheet QListWidget {{ background: {ground}; color: {theme.text.primary}; border: none; }}"
            f"\n#sheet QListWidget::item:selected {{ {row} }}"
        )
        self.body = column(self, pixels, pixels // 2)
        head = Label(title)
        head.setFont(ui_font(round(pixels * 1.2), strong=True))
        self.body.addWidget(head)
        self.hide()

    def open(self) -> None:
        """Show it in the middle of the screen, with the keyboard."""
        room = self._over.size()
        self.adjustSize()
        wide = min(self.width(), room.width() - 2 * self.pixels)
        high = min(self.height(), room.height() - 2 * self.pixels)
        self.setGeometry((room.width() - wide) // 2, (room.height() - high) // 2, wide, high)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_down(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self.closed.emit()
        self.deleteLater()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open, keys are its own
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()
        event.accept()


class ListSheet(Sheet):
    """Rows to choose one of, by arrows, by the first letters, by a click; Esc takes none.

    Signals:
        chosen: index of the row taken.
    """

    chosen = Signal(int)

    def __init__(
        self, parent: QWidget, theme: Theme, title: str, rows: Sequence[str], pixels: int, *, at: int = 0
    ) -> None:
        """List rows, with one of them current."""
        super().__init__(parent, theme, title, pixels)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFont(ui_font(pixels))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for row in rows:
            self.list.addItem(QListWidgetItem(" ".join(row.split())[:_LONGEST]))
        self.list.setCurrentRow(max(0, min(at, len(rows) - 1)))
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.list.installEventFilter(self)
        metrics = self.list.fontMetrics()
        widest = max((metrics.horizontalAdvance(self.list.item(i).text()) for i in range(len(rows))), default=0)
        self.list.setMinimumWidth(min(widest + 3 * pixels, round(parent.width() * 0.7)))
        tall = self.list.sizeHintForRow(0) if rows else pixels
        self.list.setMinimumHeight(min(tall * len(rows) + pixels // 2, round(parent.height() * 0.8)))
        self.body.addWidget(self.list)
        self.setFocusProxy(self.list)

    def _take(self, row: int) -> None:
        self.close_down()
        if row >= 0:
            self.chosen.emit(row)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._take(self.list.currentRow())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_down()
                return True
        return super().eventFilter(watched, event)


class KeySheet(Sheet):
    """What every key does, in columns; any key closes it."""

    def __init__(self, parent: QWidget, theme: Theme, groups: Sequence[Sequence[tuple[str, str]]], pixels: int) -> None:
        """List groups of (keys, what they do)."""
        super().__init__(parent, theme, "Keys of the presentation", pixels)
        grid = QGridLayout()
        grid.setHorizontalSpacing(pixels)
        grid.setVerticalSpacing(max(2, pixels // 6))
        rows = [pair for group in groups for pair in (*group, ("", ""))][:-1]
        half = (len(rows) + 1) // 2
        for i, (keys, title) in enumerate(rows):
            line, side = i % half, i // half * 3
            for place, text in enumerate((keys, title)):
                label = Label(text)
                label.setFont(ui_font(round(pixels * 0.8), strong=place == 0))
                grid.addWidget(label, line, side + place)
        grid.setColumnMinimumWidth(2, pixels * 2)
        self.body.addLayout(grid)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            self.close_down()
        event.accept()

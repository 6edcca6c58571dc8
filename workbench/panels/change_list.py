"""The list of changes: sign, title, and old → new for each field, painted row by row."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.analysis.change_rows import Row
from workbench.panels.picture_list import paint_ground
from workbench.panels.row_model import Index, RowModel
from workbench.panels.style import BODY_PX, SMALL_PX, current_theme, ui_font
from workbench.render.change_layer import tag_ops
from workbench.render.characters import brief
from workbench.render.paint import compile_ops, paint

_LEFT: Final = 40
_RIGHT: Final = 12
_PAD: Final = 8
_WRAPPED: Final = 600
"""Rows up to which long texts are wrapped; of more, each has its title and two lines, so that heights cost nothing."""
_MOST_LINES: Final = 6
_FEW_LINES: Final = 2
_WRAP: Final = Qt.TextFlag.TextWordWrap


class ChangeRows(RowModel[Row]):
    """Rows of a comparison for Qt."""

    @override
    def tip(self, row: Row) -> tuple[str, ...]:
        return row.title, *row.lines


class ChangeList(QListView):
    """The list. Letters and figures are the page's keys, not a search.

    Signals:
        chosen: number of the row that is to be shown.
        opened: number of the row that is to be read in full.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Changes")
        self.rows = ChangeRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows, the first one current."""
        self.setUniformItemSizes(len(rows) > _WRAPPED)
        self.rows.show(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0))

    def current(self) -> Row | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def go(self, number: int) -> None:
        """Put the keyboard on a row and show it."""
        self.setCurrentIndex(self.rows.index(number))
        self.scrollTo(self.rows.index(number))
        self.chosen.emit(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.chosen.emit(row)
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self.chosen.emit(row)
        elif event.text().isprintable() and event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and len(self.rows.rows) <= _WRAPPED:
            self.scheduleDelayedItemsLayout()


class _Painter(QStyledItemDelegate):
    """Paints a row; its height follows from its texts."""

    def __init__(self, view: ChangeList) -> None:
        super().__init__(view)
        self._view = view
        self._title, self._text = ui_font(BODY_PX, strong=True), ui_font(SMALL_PX)
        self._title_size, self._text_size = QFontMetrics(self._title), QFontMetrics(self._text)

    def _wraps(self) -> bool:
        return len(self._view.rows.rows) <= _WRAPPED

    def _room(self) -> int:
        return max(60, self._view.viewport().width() - _LEFT - _RIGHT)

    def _parts(self, row: Row) -> list[tuple[str, QFontMetrics, int]]:
        """Texts of a row with their fonts and heights."""
        wraps = self._wraps()
        shown = row.lines[: _MOST_LINES if wraps else _FEW_LINES]
        if len(row.lines) > len(shown):
            shown = (*shown[: _MOST_LINES - 1 if wraps else 1], f"and {len(row.lines) - len(shown) + 1} more")
        texts = [(row.title, self._title_size), *((line, self._text_size) for line in shown)]
        if not wraps:
            return [(text, metrics, metrics.height()) for text, metrics in texts]
        room = QRect(0, 0, self._room(), 10_000)
        return [(text, metrics, metrics.boundingRect(room, _WRAP, text).height()) for text, metrics in texts]

    @override
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if not self._wraps():
            return QSize(_LEFT, 2 * _PAD + self._title_size.height() + _FEW_LINES * self._text_size.height())
        row = self._view.rows.rows[index.row()]
        return QSize(_LEFT, 2 * _PAD + sum(height for _, _, height in self._parts(row)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme = self._view.rows.rows[index.row()], current_theme()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, compile_ops(tag_ops(row.mark, theme, 0.0, 0.0)), rect.left() + 22.0, rect.top() + _PAD + 9.0)
        painter.restore()
        painter.setPen(QColor(theme.border.subtle))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        y, wraps = rect.top() + _PAD, self._wraps()
        ink = QColor(theme.selection.text if selected else theme.text.primary)
        faint = ink if selected else QColor(theme.text.secondary)
        for number, (text, metrics, height) in enumerate(self._parts(row)):
            painter.setFont(self._text if number else self._title)
            painter.setPen(faint if number else ink)
            shown = text if wraps else metrics.elidedText(brief(text, 600), Qt.TextElideMode.ElideRight, self._room())
            flags = _WRAP if wraps else Qt.TextFlag.TextSingleLine
            painter.drawText(QRect(rect.left() + _LEFT, y, self._room(), height), flags, shown)
            y += height

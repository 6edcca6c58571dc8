"""The list of revisions: a picture of each, what it is called, why it was kept, by whom and when."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.panels.revision_rows import RevisionRow
from workbench.panels.style import SMALL_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line

if TYPE_CHECKING:
    from collections.abc import Callable

Index = QModelIndex | QPersistentModelIndex

PICTURE: Final = QSize(120, 74)
"""Room for the picture of a revision, logical pixels."""
_PAD: Final = 6
_LEAST: Final = 320
"""Width from which another column stands beside the first."""


class RevisionModel(QAbstractListModel):
    """Revisions for Qt."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RevisionRow] = []

    def show(self, rows: list[RevisionRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return single_line(row.title)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return brief(row.spoken())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (row.title, row.message, row.by) if part)[:2_000])
        return None


class RevisionList(QListView):
    """The list; one revision may be chosen, or two to compare.

    Signals:
        compare_asked: Enter, or a double click.
        chosen_changed: others are chosen.

    Attributes:
        picture: gives the picture of a revision by its name; None while there is none yet, or none at all.
        menu: makes the context menu.
    """

    compare_asked = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Revisions")
        self.picture: Callable[[str], QPixmap | None] = lambda _name: None
        self.menu: Callable[[QWidget], QMenu] | None = None
        self.model_ = RevisionModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda _index: self.compare_asked.emit())

    def show_rows(self, rows: list[RevisionRow]) -> None:
        """Show other rows; who was chosen stays chosen, else the newest is."""
        chosen = set(self.chosen())
        self.model_.show(rows)
        wanted = [number for number, row in enumerate(rows) if row.name in chosen] or ([0] if rows else [])
        for number in wanted:
            self.selectionModel().select(self.model_.index(number), self.selectionModel().SelectionFlag.Select)
        if wanted:
            self.selectionModel().setCurrentIndex(
                self.model_.index(wanted[0]), self.selectionModel().SelectionFlag.NoUpdate
            )
        self.chosen_changed.emit()

    def chosen(self) -> list[str]:
        """Names of the revisions chosen, the newest first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.model_.rows[row].name for row in rows if row < len(self.model_.rows)]

    def column_width(self) -> int:
        """Width of a column: as many as fit side by side, so that a low dock shows more than one revision."""
        room = self.viewport().width() - 1
        return room // max(1, room // _LEAST)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.compare_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is not None and self.chosen():
            at = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
            self.menu(self).popup(at)


class _Painter(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, view: RevisionList) -> None:
        super().__init__(view)
        self._view = view
        self._strong, self._small = ui_font(strong=True), ui_font(SMALL_PX)

    @override
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.column_width(), PICTURE.height() + 2 * _PAD)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme, rect = self._view.model_.rows[index.row()], current_theme(), QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(theme.selection.row))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.surface.header))
        frame = QRect(rect.left() + 8, rect.top() + _PAD, PICTURE.width(), PICTURE.height())
        painter.fillRect(frame, QColor(theme.surface.canvas))
        pixmap = self._view.picture(row.name)
        if pixmap is not None:
            size = pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap(frame.center() - QRect(0, 0, size.width(), size.height()).center(), pixmap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.border.base))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        self._texts(painter, row, rect.adjusted(PICTURE.width() + 20, _PAD, -10, -_PAD), selected=selected)

    def _texts(self, painter: QPainter, row: RevisionRow, room: QRect, *, selected: bool) -> None:
        theme = current_theme()
        ink = QColor(theme.selection.text if selected else theme.text.primary)
        faint = ink if selected else QColor(theme.text.secondary)
        painter.setFont(self._strong)
        metrics = QFontMetrics(self._strong)
        painter.setPen(ink)
        y = room.top() + metrics.ascent() + 2
        title = metrics.elidedText(single_line(row.title), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), y, title)
        self._baselines(painter, row, room, room.left() + metrics.horizontalAdvance(title) + 10, y)
        painter.setFont(self._small)
        small = QFontMetrics(self._small)
        painter.setPen(ink)
        lines = QRect(room.left(), y + 6, room.width(), 2 * small.lineSpacing())
        painter.drawText(lines, Qt.TextFlag.TextWordWrap, _two_lines(row.message or "No message", small, room.width()))
        painter.setPen(faint)
        by = small.elidedText(single_line(row.by), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.bottom() - small.descent(), by)

    def _baselines(self, painter: QPainter, row: RevisionRow, room: QRect, x: int, y: int) -> None:
        theme = current_theme()
        painter.setFont(self._small)
        small = QFontMetrics(self._small)
        for name in row.baselines:
            most = max(0, min(220, room.right() - x - 14))
            text = small.elidedText(single_line(name), Qt.TextElideMode.ElideRight, most)
            wide = small.horizontalAdvance(text) + 14
            if x + wide > room.right():
                return
            box = QRect(x, y - small.ascent() - 2, wide, small.height() + 4)
            painter.setPen(QColor(theme.accent.base))
            painter.setBrush(QColor(theme.accent.tint))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(theme.text.primary))
            painter.drawText(x + 7, y, text)
            x += wide + 6


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """As much of a text as two lines hold."""
    return metrics.elidedText(single_line(text), Qt.TextElideMode.ElideRight, max(40, 2 * width - 60))

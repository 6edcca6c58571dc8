"""The list of stops: a picture of each with its number and title; put in order by dragging, or Alt and arrows."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.panels.common import plain_tip
from workbench.panels.stop_rows import StopRow
from workbench.panels.style import SMALL_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line

Index = QModelIndex | QPersistentModelIndex

PICTURE: Final = QSize(112, 63)
"""Room for the picture of a stop, logical pixels."""
_PAD: Final = 5
_NUMBER: Final = 30
_LEAST: Final = 330
"""Width from which another column stands beside the first."""
_SMALL: Final = "Overview: some of its text is too small to be read from afar"
_MIME: Final = "application/x-hazard-workbench-stops"


class StopModel(QAbstractListModel):
    """Stops for Qt.

    Signals:
        moved: ids that were dragged, and the place among the others where they were let go.

    Attributes:
        fixed: the document cannot be changed, so nothing can be dragged.
        overview: whether a stop, by its id, has text too small to be read from afar, as far as that is known.
    """

    moved = Signal(list, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[StopRow] = []
        self.fixed = False
        self.overview: Callable[[str], bool] = lambda _id: False

    def show(self, rows: list[StopRow]) -> None:
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
            return brief(f"{row.spoken()}. {_SMALL}" if self.overview(row.id) else row.spoken())
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (row.title, row.about, _SMALL if self.overview(row.id) else "", row.notes)
            return plain_tip("\n".join(part for part in told if part)[:2_000])
        return None

    def about(self, row: StopRow) -> str:
        """What a stop shows, and whether it is an overview."""
        return f"{row.about}, overview" if self.overview(row.id) else row.about

    # dragging

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.fixed:
            return flags
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [self.rows[index.row()].id for index in sorted(indexes, key=lambda index: index.row())]
        data.setData(_MIME, QByteArray("\n".join(ids).encode()))
        return data

    @override
    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        ids = bytes(data.data(_MIME).data()).decode().split("\n") if data.hasFormat(_MIME) else []
        if not ids or self.fixed:
            return False
        at = row if row >= 0 else (parent.row() if parent.isValid() else len(self.rows))
        self.moved.emit(ids, sum(1 for one in self.rows[:at] if one.id not in ids))
        return False  # the document moves them, and the list follows it; Qt must not take the rows out


class StopList(QListView):
    """The list; several stops may be chosen.

    Signals:
        chosen_changed: others are chosen.
        shift_asked: the stops chosen should go up (-1) or down (1) by one.
        go_asked: Enter, or a double click.
        remove_asked: Delete.
        retitle_asked: F2.

    Attributes:
        picture: gives the picture of a stop by its id; None while there is none yet.
        menu: makes the context menu.
    """

    chosen_changed = Signal()
    shift_asked = Signal(int)
    go_asked = Signal()
    remove_asked = Signal()
    retitle_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Stops of the route")
        self.setAccessibleDescription("Enter shows a stop on the canvas, Alt with Up or Down moves it, F2 renames it")
        self.picture: Callable[[str], QPixmap | None] = lambda _id: None
        self.menu: Callable[[QWidget], QMenu] | None = None
        self.model_ = StopModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda _index: self.go_asked.emit())

    def show_rows(self, rows: list[StopRow]) -> None:
        """Show other rows; what was chosen stays chosen, else what took its place is."""
        if rows == self.model_.rows:
            return
        chosen, current, top = set(self.chosen()), self.currentIndex().row(), self.verticalScrollBar().value()
        now = self.model_.rows[current].id if 0 <= current < len(self.model_.rows) else ""
        self.model_.show(rows)
        places = [place for place, row in enumerate(rows) if row.id in chosen]
        if not places and rows:
            places = [max(0, min(current, len(rows) - 1))]
        here = next((place for place, row in enumerate(rows) if row.id == now), places[0] if places else -1)
        self._choose(places, here)
        self.verticalScrollBar().setValue(top)
        self.chosen_changed.emit()

    def choose(self, ids: Sequence[str]) -> None:
        """Choose some stops."""
        places = [place for place, row in enumerate(self.model_.rows) if row.id in ids]
        if places:
            self._choose(places, places[0])
            self.scrollTo(self.model_.index(places[-1]))

    def _choose(self, places: list[int], current: int) -> None:
        chooser, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        chooser.clearSelection()
        for place in places:
            chooser.select(self.model_.index(place), flag.Select)
        if current >= 0:
            chooser.setCurrentIndex(self.model_.index(current), flag.NoUpdate)

    def chosen(self) -> list[str]:
        """Ids of the stops chosen, in the order of the route."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.model_.rows[row].id for row in rows if row < len(self.model_.rows)]

    def column_width(self) -> int:
        """Width of a column: as many as fit side by side, so that a low dock shows more than one stop."""
        room = self.viewport().width() - 1
        return max(80, room // max(1, room // _LEAST))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.retitle_asked.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is not None:
            at = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
            self.menu(self).popup(at)


class _Painter(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, view: StopList) -> None:
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
        ink = QColor(theme.selection.text if selected else theme.text.primary)
        faint = ink if selected else QColor(theme.text.secondary)
        painter.setFont(self._strong)
        painter.setPen(faint)
        number = QRect(rect.left(), rect.top(), _NUMBER, rect.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row.number))
        frame = QRect(rect.left() + _NUMBER, rect.top() + _PAD, PICTURE.width(), PICTURE.height())
        painter.fillRect(frame, QColor(theme.surface.canvas))
        pixmap = self._view.picture(row.id)
        if pixmap is not None:
            painter.drawPixmap(frame, pixmap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.border.base))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        self._texts(painter, row, QRect(rect).adjusted(_NUMBER + PICTURE.width() + 12, _PAD, -8, -_PAD), ink, faint)

    def _texts(self, painter: QPainter, row: StopRow, room: QRect, ink: QColor, faint: QColor) -> None:
        if room.width() < 24:
            return
        elide, small = Qt.TextElideMode.ElideRight, QFontMetrics(self._small)
        painter.setFont(self._strong)
        metrics = QFontMetrics(self._strong)
        painter.setPen(ink)
        y = room.top() + metrics.ascent() + 2
        painter.drawText(room.left(), y, metrics.elidedText(single_line(row.title), elide, room.width()))
        painter.setFont(self._small)
        painter.setPen(faint)
        y += small.lineSpacing() + 2
        painter.drawText(
            room.left(), y, small.elidedText(single_line(self._view.model_.about(row)), elide, room.width())
        )
        painter.setPen(ink)
        y += small.lineSpacing() + 1
        painter.drawText(room.left(), y, small.elidedText(single_line(row.notes), elide, room.width()))

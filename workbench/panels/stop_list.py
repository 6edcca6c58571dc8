"""The list of stops: a picture of each with its number and title; put in order by dragging, or Alt and arrows."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from workbench.panels.picture_list import PictureList, PicturePainter
from workbench.panels.row_model import Index, RowModel
from workbench.panels.stop_rows import StopRow
from workbench.render.characters import single_line

PICTURE: Final = QSize(112, 63)
"""Room for the picture of a stop, logical pixels."""
_SMALL: Final = "Overview: some of its text is too small to be read from afar"
_MIME: Final = "application/x-hazard-workbench-stops"


class StopModel(RowModel[StopRow]):
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
        self.fixed = False
        self.overview: Callable[[str], bool] = lambda _id: False

    @override
    def spoken(self, row: StopRow) -> str:
        return f"{row.spoken()}. {_SMALL}" if self.overview(row.id) else row.spoken()

    @override
    def tip(self, row: StopRow) -> tuple[str, ...]:
        return row.title, row.about, _SMALL if self.overview(row.id) else "", row.notes

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


class StopList(PictureList[StopRow]):
    """The list; several stops may be chosen. A row's key is the id of its stop.

    Signals:
        shift_asked: the stops chosen should go up (-1) or down (1) by one.
        go_asked: Enter, or a double click.
        remove_asked: Delete.
        retitle_asked: F2.
    """

    least = 330

    shift_asked = Signal(int)
    go_asked = Signal()
    remove_asked = Signal()
    retitle_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.stops = StopModel()
        super().__init__(self.stops, lambda row: row.id, parent)
        self.setAccessibleName("Stops of the route")
        self.setAccessibleDescription("Enter shows a stop on the canvas, Alt with Up or Down moves it, F2 renames it")
        self.setItemDelegate(_Painter(self, self.stops))
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(lambda _index: self.go_asked.emit())

    def show_rows(self, rows: list[StopRow]) -> None:
        """Show other rows; what was chosen stays chosen, else what took its place is."""
        if rows == self.rows_model.rows:
            return
        chosen, current, top = set(self.chosen()), self.currentIndex().row(), self.verticalScrollBar().value()
        now = self.rows_model.rows[current].id if 0 <= current < len(self.rows_model.rows) else ""
        self.rows_model.show(rows)
        places = [place for place, row in enumerate(rows) if row.id in chosen]
        if not places and rows:
            places = [max(0, min(current, len(rows) - 1))]
        here = next((place for place, row in enumerate(rows) if row.id == now), places[0] if places else -1)
        self.choose_places(places, here)
        self.verticalScrollBar().setValue(top)
        self.chosen_changed.emit()

    def choose(self, ids: Sequence[str]) -> None:
        """Choose some stops."""
        places = [place for place, row in enumerate(self.rows_model.rows) if row.id in ids]
        if places:
            self.choose_places(places, places[0])
            self.scrollTo(self.rows_model.index(places[-1]))

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


class _Painter(PicturePainter[StopRow]):
    """Number, title, what it shows, and the beginning of its notes."""

    size, left, pad = PICTURE, 30, 5

    def __init__(self, view: StopList, stops: StopModel) -> None:
        super().__init__(view)
        self._stops = stops

    @override
    def paint_before(self, painter: QPainter, row: StopRow, room: QRect, faint: QColor) -> None:
        painter.setFont(self.strong)
        painter.setPen(faint)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(row.number))

    @override
    def paint_words(self, painter: QPainter, row: StopRow, room: QRect, ink: QColor, faint: QColor) -> None:
        _, y = self.paint_title(painter, row, room, ink)
        painter.setFont(self.small)
        small = QFontMetrics(self.small)
        for text, colour, above in ((self._stops.about(row), faint, 2), (row.notes, ink, 1)):
            y += small.lineSpacing() + above
            painter.setPen(colour)
            shown = small.elidedText(single_line(text), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.left(), y, shown)

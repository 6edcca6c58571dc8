"""The table both lists of the evidence dock are made of: sorting, columns and dragging, by mouse and by keyboard."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from workbench.panels.evidence_model import RowsModel
from workbench.panels.focus import draw_focus
from workbench.panels.outline_model import Index
from workbench.panels.style import current_theme, ui_font

R = TypeVar("R")
ROW_HEIGHT: Final = 24
_DRAG_TEXT: Final = 48
_WIDE: Final = 1_040
"""Room in which every column has its full width."""
_NARROWEST: Final = 0.5
_WORD: Final = 130
"""Columns up to this width hold a word or a figure and are never made narrower."""
_LEAST_STRETCHED: Final = 150


class SortHeader(QHeaderView):
    """Headings that take the keyboard: arrows go along them, Enter or Space sorts, the menu key offers columns."""

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setMinimumSectionSize(40)
        self.setAccessibleName("Headings: arrows choose a column, Enter sorts by it")

    def shown_sections(self) -> list[int]:
        """The columns that are there, from left to right."""
        return [place for place in range(self.count()) if not self.isSectionHidden(place)]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.shown_sections()
        here = shown.index(self.at) if self.at in shown else 0
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and shown:
            self.at = shown[max(0, min(len(shown) - 1, here + step))]
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and shown:
            self.sectionClicked.emit(shown[here])
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = QPoint(self.sectionViewportPosition(self.at) + 8, self.height())
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(self.mapToGlobal(at) if keyboard else event.globalPos())
        event.accept()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self.hasFocus() and logicalIndex == self.at:
            draw_focus(painter, QRectF(rect).adjusted(2, 2, -3, -3), 0)


class Grid(QTableView, Generic[R]):
    """Rows of one kind.

    Attributes:
        chosen: emits the id of the row under the cursor.
        opened: emits the id of a row that was double-clicked, or entered with Enter.
        menu_asked: emits where the context menu of the rows chosen should open.
        columns_asked: emits where the menu of columns should open.
        sorted: the order changed.
        stretched: the column that takes the room the others leave.
        dropped: columns that go first where the table is narrow.
    """

    stretched: ClassVar[int] = 1
    dropped: ClassVar[tuple[int, ...]] = ()
    chosen = Signal(str)
    opened = Signal(str)
    menu_asked = Signal(QPoint)
    columns_asked = Signal(QPoint)
    sorted = Signal()

    def __init__(self, model: RowsModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        model.setParent(self)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(31, 16))
        self.setDragEnabled(model.mime is not None)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.make_header()
        self.setHorizontalHeader(header)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self.sort_clicked)
        header.menu_asked.connect(self.columns_asked)
        self._off = {place for place, column in enumerate(model.columns) if not column.shown}
        self._fit()
        self.selectionModel().currentRowChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))
        self.setTabOrder(header, self)

    def _fit(self) -> None:
        """Give each column its width; a narrow table leaves some away, so that the others stay readable."""
        columns = self.rows_model.columns
        room = self.viewport().width()
        share = max(_NARROWEST, min(1.0, room / _WIDE))
        widths = {
            i: round(c.width * share) if c.width > _WORD else self.width_of(i)
            for i, c in enumerate(columns)
            if i not in self._off
        }
        widths.pop(self.stretched, None)
        for place in self.dropped:
            if sum(widths.values()) + _LEAST_STRETCHED > room:
                widths.pop(place, None)
        widths[self.stretched] = max(_LEAST_STRETCHED, room - sum(widths.values()))
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in widths)
            if place in widths:
                self.setColumnWidth(place, widths[place])

    def width_of(self, place: int) -> int:
        """The width of a column that is never made narrower."""
        return self.rows_model.columns[place].width

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def make_header(self) -> SortHeader:
        """The headings."""
        return SortHeader(self)

    # rows

    def show_rows(self, rows: list[R]) -> None:
        """Show other rows and keep the cursor, and what is chosen, on the same ones where they are still there."""
        kept = self.chosen_ids()
        current = self.current_id()
        if self.rows_model.show_rows(rows) and current:
            self.go_to(current)
            self._choose_also(kept)

    def _choose_also(self, ids: list[str]) -> None:
        places = [place for place in map(self.rows_model.place_of, ids) if place >= 0]
        if len(places) > 1:
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for place in places:
                self.selectionModel().select(self.rows_model.index(place, 0), flags)

    def current_id(self) -> str:
        """The id of the row under the cursor; empty where there is none."""
        return self.rows_model.id_at(self.currentIndex().row())

    def current(self) -> R | None:
        """The row under the cursor."""
        place = self.currentIndex().row()
        return self.rows_model.rows[place] if 0 <= place < len(self.rows_model.rows) else None

    def chosen_ids(self) -> list[str]:
        """The ids of the rows chosen, from top to bottom."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows_model.id_at(place) for place in places]

    def go_to(self, id: str) -> bool:
        """Put the cursor on a row; whether it is shown."""
        place = self.rows_model.place_of(id)
        if place < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.rows_model.index(place, self._first_shown())
        self.selectionModel().setCurrentIndex(index, flags)  # the view's own way would heed keys that are held
        self.scrollTo(index)
        return True

    def _first_shown(self) -> int:
        hidden = (place for place in range(len(self.rows_model.columns)) if not self.isColumnHidden(place))
        return next(hidden, 0)

    def _current(self, now: Index, _before: Index) -> None:
        self.chosen.emit(self.rows_model.id_at(now.row()))

    # order and columns

    def sort_clicked(self, place: int) -> None:
        """Sort by a column; by the same once more: the other way round; a third time: as it was."""
        column = self.rows_model.columns[place]
        first = Qt.SortOrder.DescendingOrder if column.falling else Qt.SortOrder.AscendingOrder
        second = Qt.SortOrder.AscendingOrder if column.falling else Qt.SortOrder.DescendingOrder
        now = self.rows_model.sorted_by
        if now is None or now[0] != place:
            self.sort_by(place, first)
        elif now[1] == first:
            self.sort_by(place, second)
        else:
            self.sort_by(-1, first)

    def sort_by(self, place: int, order: Qt.SortOrder) -> None:
        """Sort by a column; -1: the natural order."""
        self.rows_model.sort(place, order)
        header = self.horizontalHeader()
        header.setSortIndicator(place, order)
        header.setSortIndicatorShown(place >= 0)
        header.viewport().update()
        self.setAccessibleDescription(self.order_words())
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.sorted.emit()

    def order_words(self) -> str:
        """The order in words."""
        now = self.rows_model.sorted_by
        if now is None:
            return "In the usual order"
        way = "descending" if now[1] == Qt.SortOrder.DescendingOrder else "ascending"
        return f"Sorted by {self.rows_model.columns[now[0]].name.lower()}, {way}"

    def columns_menu(self, parent: QWidget) -> QMenu:
        """What the table can be sorted by and which columns it shows."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sorting = menu.addMenu("Sort by")
        now = self.rows_model.sorted_by
        usual = sorting.addAction("Usual order")
        usual.setCheckable(True)
        usual.setChecked(now is None)
        usual.triggered.connect(lambda: self.sort_by(-1, Qt.SortOrder.AscendingOrder))
        sorting.addSeparator()
        for place, column in enumerate(self.rows_model.columns):
            entry = sorting.addAction(column.name)
            entry.setCheckable(True)
            entry.setChecked(now is not None and now[0] == place)
            entry.triggered.connect(lambda _on=False, place=place: self.sort_clicked(place))
        menu.addSeparator()
        for place, column in enumerate(self.rows_model.columns):
            entry = QAction(column.name, menu)
            entry.setCheckable(True)
            entry.setChecked(place not in self._off)
            entry.setEnabled(place > 1)  # what a row is called stays
            entry.triggered.connect(lambda on, place=place: self.show_column(place, on=on))
            menu.addAction(entry)
        return menu

    def show_column(self, place: int, *, on: bool) -> None:
        """Show or hide a column."""
        (self._off.discard if on else self._off.add)(place)
        self._fit()
        self.sorted.emit()

    def view_state(self) -> dict[str, Any]:
        """Order and columns, for the settings."""
        columns = self.rows_model.columns
        now = self.rows_model.sorted_by
        order = [columns[now[0]].id, now[1] == Qt.SortOrder.DescendingOrder] if now is not None else None
        changed = {c.id: i not in self._off for i, c in enumerate(columns) if (i in self._off) == c.shown}
        return {"sort": order, "columns": changed}

    def take_view_state(self, state: Mapping[str, Any]) -> None:
        """Order and columns as they were; what is not understood is left as it is."""
        places = {column.id: place for place, column in enumerate(self.rows_model.columns)}
        match state.get("sort"):
            case [str(id), bool(falling)] if id in places:
                order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
                self.sort_by(places[id], order)
        chosen = state.get("columns")
        for id, on in chosen.items() if isinstance(chosen, dict) else ():
            if isinstance(on, bool) and places.get(id, 0) > 1:
                (self._off.discard if on else self._off.add)(places[id])
        self._fit()

    # keys, menu, drag

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.current_id():
            return
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(QPoint(box.left() + 24, box.bottom()))
        self.menu_asked.emit(at)
        event.accept()

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        ids = self.chosen_ids()
        if not ids or self.rows_model.mime is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.rows_model.mime(ids))
        drag.setPixmap(self._drag_picture(ids))
        drag.setHotSpot(QPoint(12, 30))
        drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)

    def _drag_picture(self, ids: list[str]) -> QPixmap:
        """The name of what is dragged, on a small card."""
        theme = current_theme()
        index = self.rows_model.index(self.rows_model.place_of(ids[0]), 1)
        text = str(index.data() or "")
        text = text if len(text) <= _DRAG_TEXT else text[: _DRAG_TEXT - 1] + "…"
        if len(ids) > 1:
            text += f" and {len(ids) - 1} more"
        ratio = self.devicePixelRatioF()
        width = self.fontMetrics().horizontalAdvance(text) + 24
        picture = QPixmap(QSize(round(width * ratio), round(26 * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent.base), 1))
        painter.setBrush(QColor(theme.surface.overlay))
        painter.drawRoundedRect(1, 1, width - 2, 24, 5, 5)
        painter.setPen(QColor(theme.text.primary))
        painter.setFont(ui_font(strong=True))
        painter.drawText(QRect(0, 0, width, 26), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return picture

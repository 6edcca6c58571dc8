"""The table of the live hazard log: its keys, its headings, and the lines above groups."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from workbench.analysis.hazard_log import GROUP_OF
from workbench.panels.evidence_grid import SortHeader
from workbench.panels.log_cells import SEEN
from workbench.panels.log_model import COLUMN_IDS, GroupHead, LogModel
from workbench.panels.row_menu import menu_spot

if TYPE_CHECKING:
    from workbench.panels.outline_model import Index

_HEAD_HEIGHT: Final = 28
_WIDTHS: Final[dict[str, int]] = {
    "id": 56, "title": 190, "source": 130, "description": 240, "trigger_event": 220, "effects": 220,
    "mitigations": 240, "hri": 100, "hri_post": 100, "status": 90, "dimensions": 110, "owner": 120,
    "hri_rated": 160, "hri_post_rated": 170,
}  # fmt: skip
_WIDTH: Final = 150
_OWN_KEYS: Final = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Heading(SortHeader):
    """Headings above the rows: Down goes back to them."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        table = self.parentWidget()
        if event.key() == Qt.Key.Key_Down and table is not None:
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


class LogTable(QTableView):
    """The table: F2, Enter or typing edits a cell, Tab goes to the next, Esc leaves it as it was.

    Attributes:
        pick_asked: emits the index of a cell whose ODD entries are to be picked.
        menu_asked: emits where the menu of the hazard should open.
        arriving: the focus comes, and with it the cursor where there was none: nobody chose that row.
    """

    pick_asked = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arriving = False
        self.log_model = model
        self.setModel(model)
        self.setAccessibleName("Hazard log")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked | triggers.AnyKeyPressed)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.row_height = SEEN * self.fontMetrics().lineSpacing() + 4
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.heading = _Heading(self)
        self.setHorizontalHeader(self.heading)
        self.heading.setSortIndicatorShown(False)
        self.heading.sectionClicked.connect(self._sort)
        for place, name in enumerate(COLUMN_IDS):
            self.setColumnWidth(place, _WIDTHS.get(name, _WIDTH))
        model.modelReset.connect(self._span_heads)

    def _sort(self, place: int) -> None:
        header = self.heading
        rising = Qt.SortOrder.AscendingOrder
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == place
        order = Qt.SortOrder.DescendingOrder if again and header.sortIndicatorOrder() == rising else rising
        header.setSortIndicatorShown(True)
        header.setSortIndicator(place, order)
        self.log_model.sort(place, order)

    def _span_heads(self) -> None:
        self.clearSpans()
        for place, row in enumerate(self.log_model.rows):
            if isinstance(row, GroupHead):
                self.setSpan(place, 0, 1, len(COLUMN_IDS))
                self.setRowHeight(place, _HEAD_HEIGHT)
            elif self.rowHeight(place) != self.row_height:
                self.setRowHeight(place, self.row_height)

    @override
    def edit(self, index: "Index", *args: Any) -> Any:
        if args and COLUMN_IDS[index.column()] in GROUP_OF and self.log_model.row_at(index.row()) is not None:
            trigger = args[0]
            if trigger in (QAbstractItemView.EditTrigger.EditKeyPressed, QAbstractItemView.EditTrigger.DoubleClicked):
                self.pick_asked.emit(index)
            return False
        return super().edit(index, *args)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = menu_spot(self, event)
        if spot is not None and self.log_model.row_at(self.currentIndex().row()) is not None:
            self.menu_asked.emit(spot)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.arriving = True
        super().focusInEvent(event)
        self.arriving = False

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and (event.key() in _OWN_KEYS or (event.text() and event.text().isprintable())):
                event.accept()  # else F2 would edit the title on the canvas, and letters choose its tools
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.heading.at = max(0, self.currentIndex().column())
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        open_keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in open_keys and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, event)
            event.accept()
            return
        super().keyPressEvent(event)

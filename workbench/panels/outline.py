"""The outline: the model as a tree, bound to the canvas by selection both ways."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.words import count_words
from workbench.commands.edit import rename
from workbench.commands.errors import CommandError
from workbench.model.base import record_type
from workbench.model.drawing import Diagram
from workbench.model.kinds import LABEL, PLURAL
from workbench.panels.common import LEAST, Panel, column
from workbench.panels.icons import icon
from workbench.panels.outline_model import SHARED, Index, OutlineModel
from workbench.panels.outline_tree import is_heading
from workbench.panels.row_menu import menu_spot
from workbench.panels.style import CAPTION_PX, ui_font
from workbench.session.session import Session
from workbench.session.turning import turn_to
from workbench.store.diff import Change, Diff

_LONGEST_SELECTION: Final = 200


class Outline(Panel):
    """Tree of the model with a filter.

    Attributes:
        delete_requested: emits ids that the user wants deleted; the window decides how.
        counts_changed: emits "6 hazards" for the title.
        menu_asked: emits where the menu of what is selected should open.
    """

    delete_requested = Signal(tuple)
    counts_changed = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Outline")
        self._following = False
        self._diffs: list[Diff] = []
        layout = column(self, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 6)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter elements")
        self.filter.setAccessibleName("Filter elements")
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.textChanged.connect(self._filter)
        self.filter.installEventFilter(self)
        top.addWidget(self.filter, 1)
        self.grouped = QToolButton()
        self.grouped.setIcon(icon("group"))
        self.grouped.setCheckable(True)
        self.grouped.setAccessibleName("Group by impact dimension")
        self.grouped.setToolTip("Group by impact dimension")
        self.grouped.clicked.connect(session.set_grouped)
        top.addWidget(self.grouped)
        layout.addLayout(top)
        self.model = OutlineModel(self.store, self)
        self.model.renamed.connect(self._rename)
        self.tree = _Tree()
        self.tree.setModel(self.model)
        self.tree.confirmed.connect(self._edit)
        self.tree.deleted.connect(self._delete)
        self.tree.menu_asked.connect(self.menu_asked)
        self.tree.doubleClicked.connect(self._reveal)
        self.tree.selectionModel().selectionChanged.connect(self._selected)
        layout.addWidget(self.tree, 1)
        self.setMinimumWidth(180)
        session.grouping_changed.connect(self._group)
        self.destroyed.connect(lambda: session.grouping_changed.disconnect(self._group, missing_ok=True))
        self._group(session.grouped)
        self._say_counts()
        if self.model.rowCount() == 1:
            self.tree.expand(self.model.index(0, 0))

    @override
    def on_change(self, change: Change) -> None:
        self._diffs.append(change.diff)
        self.later()

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if not self._following:
            self.later()

    @override
    def on_theme(self) -> None:
        self.tree.viewport().update()

    @override
    def focus_target(self) -> QWidget:
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        return self.tree

    @override
    def refresh(self) -> None:
        diffs, self._diffs = self._diffs, []
        self._following = True
        try:
            if diffs:
                self.model.follow(diffs)
                self.tree.viewport().update()
            if not self.filter.text():
                self._say_counts()
            self._show_selection()
        finally:
            self._following = False

    def counts(self) -> str:
        """How many hazards there are, in words."""
        count = self.store.count("hazard")
        return count_words(count, LABEL["hazard"].lower(), PLURAL["hazard"].lower())

    def _say_counts(self) -> None:
        self.counts_changed.emit(self.counts())

    def _group(self, on: bool) -> None:
        """Let hazards stand under their impact dimensions, opened, or by themselves."""
        self.grouped.setChecked(on)
        self._following = True
        try:
            self.model.set_grouped(on)
            for group in self.model.groups():
                self.tree.expand(group)
        finally:
            self._following = False
        self.later()

    # selection

    def _ids(self) -> list[str]:
        rows = (self.model.row_at(index) for index in self.tree.selectionModel().selectedIndexes())
        return list(dict.fromkeys(row.id for row in rows if row is not None and not is_heading(row.id)))

    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if self._following:
            return
        self._following = True
        try:
            sheets = [id for id in self._ids() if isinstance(self.store.get(id), Diagram)]
            if not sheets:
                self.session.select(self._ids())
        finally:
            self._following = False

    def _show_selection(self) -> None:
        wanted = self.session.selection[:_LONGEST_SELECTION]
        if list(wanted) == self._ids():
            return
        chosen = QItemSelection()
        last = QModelIndex()
        for id in wanted:
            index = self.model.locate(id)
            if index.isValid():
                chosen.select(index, index)
                last = index
        marks = self.tree.selectionModel()
        marks.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if last.isValid():
            marks.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.tree.scrollTo(last)

    # what keys and clicks do

    def _reveal(self, index: Index) -> None:
        row = self.model.row_at(index)
        if row is None or is_heading(row.id):
            return
        if isinstance(self.store.get(row.id), Diagram):
            self.session.set_diagram(row.id)
        else:
            turn_to(self.session, [row.id])
            self.session.reveal.emit((row.id,))

    def _edit(self, index: Index) -> None:
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.tree.edit(self.tree.currentIndex())

    def _delete(self) -> None:
        ids = tuple(self._ids())
        if ids and not self.store.read_only:
            self.delete_requested.emit(ids)

    def _rename(self, id: str, title: str) -> None:
        record = self.store.get(id)
        if record is None:
            return
        try:
            with self.store.transaction(f"Rename {LABEL.get(record_type(record), 'element').lower()}") as tx:
                rename(tx, id, title)
        except (CommandError, ValueError) as error:
            self.session.notice.emit(str(error).splitlines()[0])

    def _filter(self, text: str) -> None:
        self._following = True
        try:
            self.model.set_filter(text)
        finally:
            self._following = False
        if text:
            found = self.model.rowCount()
            self.counts_changed.emit(count_words(found, "match", "matches"))
        else:
            self._say_counts()
            self.later()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
                self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.tree.setCurrentIndex(self.model.index(0, 0))
                return True
        return False


class _Tree(QTreeView):
    """The view: Enter edits, Delete asks, drag takes elements out."""

    confirmed = Signal(QModelIndex)
    deleted = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Outline")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(_SharedDelegate(self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(self.currentIndex())
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = menu_spot(self, event)
        if spot is not None:
            self.menu_asked.emit(spot)


class _SharedDelegate(QStyledItemDelegate):
    """A row with, at its right end, how many places share the element."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), LEAST)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        count = index.data(SHARED) or 0
        if not count:
            super().paint(painter, option, index)
            return
        text = f"‖ {count:,}"
        font = ui_font(CAPTION_PX)
        painter.save()
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 10
        painter.restore()
        rect = QRect(option.rect)
        narrow = QStyleOptionViewItem(option)
        narrow.rect = rect.adjusted(0, 0, -width, 0)
        super().paint(painter, narrow, index)
        box = QRect(rect.right() - width + 1, rect.top(), width, rect.height())
        painter.save()
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Highlight))
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

"""The taxonomy as a tree: every entry with its state, its hazards as chips, the reason, and who said so."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.fuzzy import fold
from workbench.analysis.odd_coverage import (
    DIMENSION_GROUP,
    STATE_WORD,
    Coverage,
    Dimension,
    Entry,
    Found,
    Group,
    Verdict,
)
from workbench.commands.odd import Spot
from workbench.export.odd_signs import state_ink
from workbench.panels.common import plain_tip
from workbench.panels.odd_keys import OddKeys
from workbench.panels.odd_signs import chip_boxes, draw_chip, spoken, state_icon
from workbench.panels.style import current_theme, ui_font
from workbench.render.characters import brief, single_line

NAME, STATE, HAZARDS, REASON, BY = range(5)
_KEY: Final = Qt.ItemDataRole.UserRole
_VERDICT: Final = Qt.ItemDataRole.UserRole + 1
_ROW: Final = 26
_WIDE: Final = (300, 210)
_NARROW: Final = (236, 168)
"""Widths of names and hazards where there is much room, and where there is little."""
_ENOUGH: Final = 1_000
ORDERS: Final = (
    ("Not yet considered first", "open_first"),
    ("In the order of the taxonomy", "taxonomy"),
    ("Only not yet considered", "open"),
    ("Only contradictions", "conflicts"),
)

Key = tuple[str, str]
"""What a row is: ``group``, ``entry`` or ``dimension``, and its name or id."""


class OddTree(QTreeWidget):
    """Arrows walk the entries.

    Attributes:
        keys: tells of decisions and of what is asked for.
        hazard_asked: emits the id of a hazard whose chip was clicked.
        moved: another row is current, or others are selected.
    """

    hazard_asked = Signal(str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Coverage of the operational design domain")
        self.setColumnCount(5)
        self.setHeaderLabels(["Entry", "State", "Hazards", "Reason", "By"])
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(_Rows(self))
        header = self.header()
        header.setStretchLastSection(False)
        for place, width in ((NAME, _WIDE[0]), (STATE, 200), (HAZARDS, _WIDE[1]), (BY, 130)):
            header.resizeSection(place, width)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(72)
        self._items: dict[Key, QTreeWidgetItem] = {}
        self._filling = False
        self.keys = OddKeys(self)
        self.itemSelectionChanged.connect(self._tell)
        self.currentItemChanged.connect(lambda _new, _old: self._tell())

    def _tell(self) -> None:
        if not self._filling:
            self.moved.emit()

    # showing

    def show_coverage(self, whole: Coverage, order: str, wanted: str) -> None:
        """Show every entry that passes the filter; the current row and the selection stay.

        Args:
            whole: what to show.
            order: one of ``ORDERS``.
            wanted: text that name, reason or a hazard must hold.
        """
        current = self.key()
        selected = [item.data(NAME, _KEY) for item in self.selectedItems()]
        folded = [key for key, item in self._items.items() if item.childCount() and not item.isExpanded()]
        scrolled = self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        self._items = {}
        groups = list(whole.groups)
        if order == "open_first":
            groups.sort(key=lambda group: group.considered == len(group.entries))
        for group in groups:
            self._add_group(group, order, fold(wanted.strip()), current)
        self._add_dimensions(whole.dimensions, order, fold(wanted.strip()))
        self.expandAll()
        for key in folded:
            if key in self._items:
                self._items[key].setExpanded(False)
        top = self.topLevelItem(0)
        chosen = self._items.get(current or ("", "")) or (top.child(0) if top is not None else None)
        if chosen is not None:
            self.setCurrentIndex(self.indexFromItem(chosen))
        for key in selected:
            if key in self._items:
                self._items[key].setSelected(True)
        self.verticalScrollBar().setValue(scrolled)
        if chosen is not None:
            self.scrollToItem(chosen)
        self._filling = False

    def _add_group(self, group: Group, order: str, wanted: str, current: Key | None) -> None:
        kept = [entry for entry in group.entries if ("entry", entry.id) == current or _passes(entry, order, wanted)]
        if not kept:
            return
        count = f"{group.considered} of {len(group.entries)}"
        top = self._heading(group.name, count, done=group.considered == len(group.entries))
        above: list[tuple[int, QTreeWidgetItem]] = []
        children: dict[int, list[QTreeWidgetItem]] = {}
        for entry in kept:
            while above and above[-1][0] >= entry.depth:
                above.pop()
            parent = above[-1][1] if above else top
            item = self._row(("entry", entry.id), entry.name, entry.path, entry.verdict)
            above.append((entry.depth, item))
            children.setdefault(id(parent), []).append(item)
            parent.addChild(item)
        if order == "open_first":
            _open_first(top)

    def _add_dimensions(self, dimensions: tuple[Dimension, ...], order: str, wanted: str) -> None:
        rows = []
        for dimension in dimensions:
            state: Any = "hazard_found" if dimension.considered else "not_considered"
            reason = "" if dimension.considered else "No hazard and no rating names this dimension."
            verdict = Verdict(state, False, dimension.hazards, reason)
            hidden = order == "conflicts" or (order == "open" and dimension.considered)
            if not hidden and wanted in fold(dimension.name):
                rows.append((dimension.name, verdict))
        if rows:
            done = sum(dimension.considered for dimension in dimensions)
            top = self._heading(DIMENSION_GROUP, f"{done} of {len(dimensions)}", done=done == len(dimensions))
            for name, verdict in rows:
                top.addChild(self._row(("dimension", name), name.capitalize(), name.capitalize(), verdict))

    def _heading(self, name: str, count: str, *, done: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([single_line(name), f"{count} considered"])
        item.setData(NAME, _KEY, ("group", name))
        item.setFont(NAME, ui_font(strong=True))
        ink = current_theme().text.secondary if done else state_ink("not_considered", current_theme())
        item.setForeground(STATE, QColor(ink))
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, brief(f"{name}, {count} considered"))
        item.setToolTip(NAME, plain_tip(name))
        self._items["group", name] = item
        self.addTopLevelItem(item)
        return item

    def _row(self, key: Key, name: str, path: str, verdict: Verdict) -> QTreeWidgetItem:
        theme = current_theme()
        word = STATE_WORD[verdict.state]
        shown = f"{word}, contradicted" if verdict.conflict else word
        item = QTreeWidgetItem([single_line(name), shown, "", single_line(verdict.reason), single_line(verdict.by)])
        item.setData(NAME, _KEY, key)
        item.setData(NAME, _VERDICT, verdict)
        item.setIcon(STATE, state_icon(verdict.state, theme))
        item.setForeground(
            STATE, QColor(theme.verdict["refutes"].text if verdict.conflict else state_ink(verdict.state, theme))
        )
        item.setForeground(REASON, QColor(theme.text.secondary))
        item.setForeground(BY, QColor(theme.text.secondary))
        said = spoken(path, verdict)
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, brief(said))
        hazards = "; ".join(f"{hazard.code} {hazard.title[:120]}".strip() for hazard in verdict.hazards[:12])
        tips = (path, verdict.conflict or shown, hazards, verdict.reason[:1_000], f"{verdict.by} {verdict.at}".strip())
        for place, tip in enumerate(tips):
            item.setToolTip(place, plain_tip(tip))
        self._items[key] = item
        return item

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the reason keeps its room: who decided stands below the table too."""
        narrow = event.size().width() < _ENOUGH
        if narrow != self.isColumnHidden(BY):
            self.setColumnHidden(BY, narrow)
            for place, width in zip((NAME, HAZARDS), _NARROW if narrow else _WIDE, strict=True):
                self.header().resizeSection(place, width)
        super().resizeEvent(event)

    # where the user is

    def key(self) -> Key | None:
        """What the current row is."""
        item = self.currentItem()
        return item.data(NAME, _KEY) if item is not None else None

    def entry(self) -> str:
        """Id of the current entry; empty on a heading or a dimension."""
        key = self.key()
        return key[1] if key is not None and key[0] == "entry" else ""

    def verdict(self) -> Verdict | None:
        """What is known of the current row; None on a heading."""
        item = self.currentItem()
        return item.data(NAME, _VERDICT) if item is not None else None

    def spots(self) -> tuple[Spot, ...]:
        """The entries selected, else the current one."""
        keys = [item.data(NAME, _KEY) for item in self.selectedItems()]
        found = tuple((id, None) for kind, id in keys if kind == "entry")
        return found or (((self.entry(), None),) if self.entry() else ())

    def go_to(self, id: str) -> bool:
        """Make an entry current and the only one selected; whether it is shown."""
        item = self._items.get(("entry", id))
        if item is None:
            return False
        self.setCurrentIndex(self.indexFromItem(item))  # a selection by Shift begins here
        self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    # pointer

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or index.column() != HAZARDS:
            return
        verdict = index.siblingAtColumn(NAME).data(_VERDICT)
        room = QRectF(self.visualRect(index))
        for hazard, _, box in chip_boxes(verdict.hazards, room) if verdict is not None else ():
            if box.contains(event.position()):
                if hazard is None:
                    self.keys.hazards_asked.emit(self.viewport().mapToGlobal(box.bottomLeft().toPoint()))
                else:
                    self.hazard_asked.emit(hazard.id)
                return


class _Rows(QStyledItemDelegate):
    """Rows of one height; hazards as chips."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if index.column() != HAZARDS:
            return
        verdict = index.sibling(index.row(), NAME).data(_VERDICT)
        if verdict is not None and verdict.hazards and option.state & QStyle.StateFlag.State_Enabled:
            theme = current_theme()
            for _, text, box in chip_boxes(verdict.hazards, QRectF(option.rect)):
                draw_chip(painter, text, box, theme)


def _passes(entry: Entry, order: str, wanted: str) -> bool:
    verdict = entry.verdict
    if order == "open" and verdict.considered:
        return False
    if order == "conflicts" and not verdict.conflict:
        return False
    texts = (entry.group, entry.path, verdict.reason, *(f"{hazard.code} {hazard.title}" for hazard in verdict.hazards))
    return not wanted or any(wanted in fold(text) for text in texts)


def _open_first(parent: QTreeWidgetItem) -> bool:
    """Put children that hold something not yet considered before the others; whether this one does."""
    children = parent.takeChildren()
    still = [(_open_first(child), child) for child in children]
    parent.addChildren([child for _, child in sorted(still, key=lambda pair: not pair[0])])
    verdict = parent.data(NAME, _VERDICT)
    own = verdict is not None and not verdict.considered
    return own or any(found for found, _ in still)


def names(hazards: tuple[Found, ...]) -> list[tuple[str, str]]:
    """Id and words of each hazard, for a menu."""
    return [(hazard.id, f"{hazard.code} {' '.join(hazard.title.split())[:80]}".strip()) for hazard in hazards]

"""Two groups of the operational design domain crossed: a table of pairs, each to be walked through."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from workbench.analysis.odd_coverage import Crossing, Verdict
from workbench.commands.odd import Spot
from workbench.export.odd_signs import state_ink
from workbench.panels.common import plain_tip
from workbench.panels.odd_keys import OddKeys
from workbench.panels.odd_signs import spoken, state_icon
from workbench.panels.style import current_theme, ui_font
from workbench.render.characters import brief, single_line

_CELL: Final = 44
_ROW: Final = 26
_NAMES: Final = 240
_HEAD: Final = 190


class _Slanted(QHeaderView):
    """Column names written upwards, so that many narrow columns stand side by side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        model = self.model()
        count = model.columnCount() if model is not None else 0
        widths = [metrics.horizontalAdvance(str(model.headerData(i, self.orientation()))) for i in range(count)]
        return QSize(super().sizeHint().width(), min(_HEAD, max(widths, default=40) + 16))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, QColor(theme.surface.header))
        painter.setPen(QColor(theme.border.subtle))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        room = QRectF(6, 0, rect.height() - 10, rect.width())
        painter.setFont(ui_font())
        painter.setPen(QColor(theme.text.primary))
        name = str(self.model().headerData(logicalIndex, self.orientation()))
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class OddCross(QTableWidget):
    """Arrows walk the pairs.

    Attributes:
        keys: tells of decisions and of what is asked for.
        moved: another pair is current, or others are selected.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pairs of categories")
        self.setHorizontalHeader(_Slanted(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setDefaultSectionSize(_CELL)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setFixedWidth(_NAMES)
        self._crossing = Crossing((), (), {})
        self._filling = False
        self.keys = OddKeys(self)
        self.itemSelectionChanged.connect(self._tell)
        self.currentCellChanged.connect(lambda *_: self._tell())

    def _tell(self) -> None:
        if not self._filling:
            self.moved.emit()

    def show_crossing(self, crossing: Crossing) -> None:
        """Show the pairs; the place of the cursor stays."""
        same = (self._crossing.rows, self._crossing.columns) != ((), ())
        at = (max(0, self.currentRow()), max(0, self.currentColumn())) if same else (0, 0)
        self._filling = True
        self._crossing = crossing
        self.clear()
        cells = bool(crossing.cells)
        self.setRowCount(len(crossing.rows) if cells else 0)
        self.setColumnCount(len(crossing.columns) if cells else 0)
        theme = current_theme()
        self.setStyleSheet(f"QTableCornerButton::section {{ background: {theme.surface.header}; border: none; }}")
        for row, entry in enumerate(crossing.rows if cells else ()):
            head = QTableWidgetItem("   " * entry.depth + single_line(entry.name))
            head.setToolTip(plain_tip(entry.path))
            self.setVerticalHeaderItem(row, head)
            for column, other in enumerate(crossing.columns):
                verdict = crossing.cells[entry.id, other.id]
                item = QTableWidgetItem(str(len(verdict.hazards)) if verdict.hazards else "")
                item.setIcon(state_icon(verdict.state, theme))
                ink = theme.verdict["refutes"].text if verdict.conflict else state_ink(verdict.state, theme)
                item.setForeground(QColor(ink))
                if verdict.conflict:
                    item.setText(f"{len(verdict.hazards)}!")
                said = spoken(f"{entry.path} with {other.path}", verdict)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, brief(said))
                item.setToolTip(plain_tip(said[:1_000]))
                self.setItem(row, column, item)
        for column, other in enumerate(crossing.columns if cells else ()):
            head = QTableWidgetItem(("› " if other.depth else "") + single_line(other.name))
            head.setToolTip(plain_tip(other.path))
            self.setHorizontalHeaderItem(column, head)
        if cells:
            self.setCurrentCell(min(at[0], self.rowCount() - 1), min(at[1], self.columnCount() - 1))
        self._filling = False

    # where the user is

    def place(self) -> tuple[str, str] | None:
        """Ids of row and column of the current pair."""
        row, column = self.currentRow(), self.currentColumn()
        if row < 0 or column < 0 or not self._crossing.cells:
            return None
        return self._crossing.rows[row].id, self._crossing.columns[column].id

    def name(self) -> str:
        """The current pair in words."""
        row, column = self.currentRow(), self.currentColumn()
        if self.place() is None:
            return ""
        return f"{self._crossing.rows[row].path} with {self._crossing.columns[column].path}"

    def verdict(self) -> Verdict | None:
        """What is known of the current pair."""
        place = self.place()
        return self._crossing.cells.get(place) if place is not None else None

    def spots(self) -> tuple[Spot, ...]:
        """The pairs selected, else the current one."""
        rows, columns = self._crossing.rows, self._crossing.columns
        found = tuple((rows[item.row()].id, columns[item.column()].id) for item in self.selectedItems())
        place = self.place()
        return found or ((place,) if place is not None else ())

    def go_to(self, place: tuple[str, str]) -> None:
        """Make a pair current."""
        rows = [entry.id for entry in self._crossing.rows]
        columns = [entry.id for entry in self._crossing.columns]
        self.setCurrentCell(rows.index(place[0]), columns.index(place[1]))
        self.scrollToItem(self.currentItem())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.place() is not None:
            self.keys.ask_hazards()

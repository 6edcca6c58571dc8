"""The table of claims: a forest plot with one shared axis, worst first."""

from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from workbench.panels.claims import ClaimRow
from workbench.panels.common import plain_tip
from workbench.panels.outline_model import Index
from workbench.panels.plots import draw_grid, draw_interval, draw_pass_zone
from workbench.panels.signs import VERDICT_WORD, badge_icon
from workbench.panels.style import SMALL_PX, current_theme, figure_font, ui_font
from workbench.panels.words import percent, short_percent

COLUMNS: Final = (
    "Verdict",
    "Claim",
    "Criterion",
    "On",
    "Estimate",
    "Interval",
    "n",
    "Run",
    "Age",
)
VERDICT, CLAIM, CRITERION, ON, ESTIMATE, INTERVAL, COUNT, RUN, AGE = range(9)
_WIDTHS: Final = {VERDICT: 112, CLAIM: 220, CRITERION: 68, ON: 52, ESTIMATE: 72, INTERVAL: 260, COUNT: 76, RUN: 140}
ROW_HEIGHT: Final = 24


class ClaimModel(QAbstractTableModel):
    """The rows that pass the filter, for Qt's table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ClaimRow] = []
        self.today: date = datetime.now(tz=UTC).date()

    def show_rows(self, rows: list[ClaimRow]) -> bool:
        """Show other rows; whether anything changed."""
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def text(self, row: ClaimRow, column: int) -> str:
        """What a cell says."""
        return (
            VERDICT_WORD.get(row.sign, ""),
            row.claim,
            row.criterion or "–",
            row.on,
            row.estimate,
            "",
            row.n,
            row.run,
            row.age(self.today),
        )[column]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column != INTERVAL:
                return f"{COLUMNS[column]}: {self.text(row, column)}"
            return f"Interval {interval_words(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(interval_words(row) if column == INTERVAL else f"{row.claim}. {row.reason}"[:1_000])
        if column == VERDICT:
            return self._verdict(row, role)
        if role == Qt.ItemDataRole.FontRole and column in (ON, ESTIMATE, COUNT, CRITERION):
            font = figure_font(strong=column in (ON, ESTIMATE))
            font.setStrikeOut(column == ESTIMATE and row.sign == "stale")
            return font
        return None

    def _verdict(self, row: ClaimRow, role: int) -> Any:
        theme = current_theme()
        if role == Qt.ItemDataRole.DecorationRole:
            return badge_icon(row.sign, theme)
        if role == Qt.ItemDataRole.FontRole:
            return ui_font(strong=True)
        if role == Qt.ItemDataRole.ForegroundRole and row.sign in theme.verdict:
            return QColor(theme.verdict[row.sign].text)
        return None


def interval_words(row: ClaimRow) -> str:
    """The interval as words, such as "84.6 % to 93.0 % at 95 %"."""
    if row.low is None or row.high is None:
        return "not known"
    shown = (percent(v) if row.unit == "proportion" else f"{v:.4g}" for v in (row.low, row.high))
    return f"{' to '.join(shown)} at {short_percent(row.level)}"


class _IntervalDelegate(QStyledItemDelegate):
    """Draws the interval on the shared axis."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ClaimRow = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection.row))
        box = rect.adjusted(10, 3, -10, -3)
        draw_pass_zone(painter, row, theme, box)
        draw_grid(painter, theme, box)
        if row.unit == "proportion":
            draw_interval(painter, row, theme, box)
        else:
            painter.setPen(QColor(theme.text.secondary))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, interval_words(row))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTHS[INTERVAL], ROW_HEIGHT)


class _AxisHeader(QHeaderView):
    """Headings; over the interval column, the ends of the shared axis."""

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != INTERVAL:
            return
        painter.save()
        painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(current_theme().surface.header))
        painter.setFont(figure_font(SMALL_PX))
        painter.setPen(QColor(current_theme().text.secondary))
        box = rect.adjusted(8, 0, -8, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "0 %")
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Interval")
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "100 %")
        painter.restore()


class ClaimTable(QTableView):
    """The table itself; ``chosen`` emits the id of the claim under the cursor."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Claims")
        self.claims = ClaimModel(self)
        self.setModel(self.claims)
        self.setItemDelegateForColumn(INTERVAL, _IntervalDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(16, 16))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = _AxisHeader(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setHighlightSections(False)
        header.setSectionResizeMode(CLAIM, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            if column != CLAIM:
                self.setColumnWidth(column, width)
        self.setColumnWidth(AGE, 64)
        header.setMinimumSectionSize(44)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.claims.rows[index.row()].id))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows take from plot and run first, so that claims stay readable."""
        room = self.viewport().width()
        self.setColumnWidth(INTERVAL, max(140, min(_WIDTHS[INTERVAL], room // 5)))
        self.setColumnWidth(RUN, max(80, min(_WIDTHS[RUN], room // 9)))
        super().resizeEvent(event)

    def show_rows(self, rows: list[ClaimRow]) -> None:
        """Show other rows and keep the cursor on the same claim where it is still there."""
        current = self.current()
        if self.claims.show_rows(rows) and current is not None:
            self.show_claim(current.id)

    def current(self) -> ClaimRow | None:
        """The claim under the cursor."""
        row = self.currentIndex().row()
        return self.claims.rows[row] if 0 <= row < len(self.claims.rows) else None

    def show_claim(self, id: str) -> bool:
        """Put the cursor on a claim; whether it is among the rows."""
        for place, row in enumerate(self.claims.rows):
            if row.id == id:
                self.setCurrentIndex(self.claims.index(place, 0))
                return True
        return False

    def _current(self, now: Index, _before: Index) -> None:
        if 0 <= now.row() < len(self.claims.rows):
            self.chosen.emit(self.claims.rows[now.row()].id)

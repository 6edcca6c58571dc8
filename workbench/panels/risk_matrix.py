"""The risk matrix as a widget: the picture files are made of, with a cell in hand. Arrows go from cell to cell."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from workbench.analysis.risk_matrix import Cell, MatrixView, spoken_cell
from workbench.export.risk_matrix_ops import (
    MOST_ARROWS,
    Mark,
    MatrixLayout,
    least_size,
    matrix_layout,
    matrix_ops,
    ways,
)
from workbench.panels.accessible_cells import CellTable
from workbench.panels.common import plain_tip
from workbench.panels.focus import draw_focus
from workbench.panels.style import current_theme
from workbench.render.characters import brief
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint

_MARGIN: Final = 5


class MatrixWidget(CellTable):
    """Cells and marks. Click or Enter chooses what stands in a cell, a click on a mark its hazards alone.

    Attributes:
        chosen: emits the ids of the hazards somebody chose; empty for an empty cell.
        opened: emits the id of a hazard that should be shown on its diagram.
        let_go: nothing is chosen any more (Escape).
        reached: emits where the cell in hand lies.
        menu_asked: emits where a menu of the hazards may open, and their ids.
    """

    chosen = Signal(list)
    opened = Signal(str)
    let_go = Signal()
    reached = Signal(QRect)
    menu_asked = Signal(QPoint, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: MatrixView | None = None
        self.layout_: MatrixLayout | None = None
        self._lit: frozenset[str] = frozenset()
        self._hazards: frozenset[str] = frozenset()
        self._ops = Compiled()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName("Risk matrix")

    # what is shown

    def show_matrix(self, view: MatrixView, lit: frozenset[str]) -> None:
        """Show a matrix; ``lit`` hazards are ringed. The cell in hand stays where the scheme still has it."""
        self.view, self._hazards = view, frozenset(entry.hazard for entry in view.entries)
        self._lit = lit & self._hazards
        cells = self.places()
        if self.current not in cells:
            self.current = cells[0] if cells else None
        least = least_size(view)
        self.setMinimumSize(round(least[0]) + 2 * _MARGIN, round(least[1]) + 2 * _MARGIN)
        self.redraw()

    def light(self, lit: frozenset[str]) -> None:
        """Ring other hazards; whatever else is selected changes nothing here."""
        lit &= self._hazards
        if lit != self._lit:
            self._lit = lit
            self.redraw()

    def redraw(self) -> None:
        """Lay out and draw for the size and theme at hand."""
        if self.view is None:
            return
        measure = qt_measure()
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        self.layout_ = matrix_layout(self.view, width, height, measure)
        ops = matrix_ops(self.view, self.layout_, current_theme(), measure, lit=self._lit)
        self._ops = compile_ops(ops, cosmetic=False)
        self._tell()
        self.update()

    @property
    def tangled(self) -> bool:
        """Whether there are more arrows than are drawn."""
        both = self.view is not None and self.view.shown == "both"
        return both and self.layout_ is not None and len(ways(self.layout_)) > MOST_ARROWS

    @override
    def places(self) -> list[Cell]:
        """Every cell, row by row."""
        if self.view is None:
            return []
        return [(s.code, f.code) for f in self.view.frequencies for s in self.view.severities]

    def _tell(self) -> None:
        said = self.spoken(self.current) if self.current is not None else "Empty"
        name = brief(f"Risk matrix. {said}")
        if self.accessibleName() != name:
            self.setAccessibleName(name)
            self.setAccessibleDescription(brief(said))
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    @override
    def spoken(self, place: Cell) -> str:
        """A cell in sentences."""
        return spoken_cell(self.view, place) if self.view is not None else ""

    @override
    def rect_of(self, place: Cell) -> QRect:
        """Where a cell stands in the widget."""
        if self.layout_ is None or place not in self.layout_.boxes:
            return QRect()
        x, y, w, h = self.layout_.boxes[place]
        return QRectF(x + _MARGIN, y + _MARGIN, w, h).toRect()

    # choosing

    def go(self, cell: Cell) -> None:
        """Take another cell in hand."""
        if cell != self.current:
            self.current = cell
            self._tell()
            self.update()
            self.reached.emit(self.rect_of(cell))

    def _step(self, down: int, right: int) -> None:
        if self.view is None or self.current is None:
            return
        rows, columns = [f.code for f in self.view.frequencies], [s.code for s in self.view.severities]
        row = max(0, min(len(rows) - 1, rows.index(self.current[1]) + down))
        column = max(0, min(len(columns) - 1, columns.index(self.current[0]) + right))
        self.go((columns[column], rows[row]))

    def _choose(self) -> None:
        if self.view is not None and self.current is not None:
            self.chosen.emit(self.view.hazards(self.current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        far = 10_000
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -far),
            Qt.Key.Key_End: (0, far),
            Qt.Key.Key_PageUp: (-far, 0),
            Qt.Key.Key_PageDown: (far, 0),
        }
        if event.key() in steps:
            self._step(*steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.let_go.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The hazards of the mark under the pointer, else of the cell."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        mark = None if by_key else self.mark_at(QPointF(event.pos()))
        cell = self.current if by_key else self.place_at(event.pos())
        if self.view is None or cell is None:
            return
        self.go(cell)
        at = self.mapToGlobal(self.rect_of(cell).center()) if by_key else event.globalPos()
        hazards = [entry.hazard for entry in mark.entries] if mark is not None else self.view.hazards(cell)
        self.menu_asked.emit(at, hazards)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point of the widget."""
        return self.layout_.mark_at(point.x() - _MARGIN, point.y() - _MARGIN) if self.layout_ is not None else None

    @override
    def place_at(self, point: QPoint) -> Cell | None:
        """The cell under a point of the widget."""
        return self.layout_.at(point.x() - _MARGIN, point.y() - _MARGIN) if self.layout_ is not None else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        cell = self.place_at(event.position().toPoint())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.go(cell)
        mark = self.mark_at(event.position())
        if mark is not None:
            self.chosen.emit([entry.hazard for entry in mark.entries])
        else:
            self._choose()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark is not None:
            self.opened.emit(mark.entries[0].hazard)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.view is not None:
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _tip(self, point: QPointF) -> str:
        """The hazards of a mark, else the cell, else what a category means."""
        mark, cell = self.mark_at(point), self.place_at(point.toPoint())
        if self.view is None or self.layout_ is None:
            return ""
        if mark is not None:
            return "\n".join(f"{entry.code} {entry.title}".strip() for entry in mark.entries[:20])
        if cell is not None:
            return spoken_cell(self.view, cell)
        x, y = point.x() - _MARGIN, point.y() - _MARGIN
        for category in self.view.severities:
            left, wide = self.layout_.columns[category.code]
            if left <= x < left + wide:
                return f"{category.code} {category.name}: {category.definition}"
        for category in self.view.frequencies:
            top, tall = self.layout_.rows[category.code]
            if top <= y < top + tall:
                return f"{category.code} {category.name}: {category.definition}"
        return ""

    # showing

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._ops, _MARGIN, _MARGIN)
        if self.current is None or not self.hasFocus():
            return
        theme, box = current_theme(), QRectF(self.rect_of(self.current))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.surface.panel), 4.0))
        painter.drawRoundedRect(box.adjusted(1.0, 1.0, -1.0, -1.0), 4, 4)
        draw_focus(painter, box)

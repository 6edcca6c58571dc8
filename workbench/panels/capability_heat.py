"""The heat map of a capability grid as a widget: pyqtgraph's view shows the ops that files are made of.

pyqtgraph and numpy are loaded when the widget is first shown.
"""

from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QSizePolicy, QStyleOptionGraphicsItem, QToolTip, QWidget
from typing_extensions import override

from workbench.analysis.capability import GridView
from workbench.analysis.capability_cell import CellView
from workbench.analysis.capability_standard import about
from workbench.analysis.capability_words import ASPECT_WORD, spoken
from workbench.export.capability_heat import HeatLayout, heat_layout, heat_ops, least_width
from workbench.model.judgement import Aspect
from workbench.panels.accessible_cells import CellTable
from workbench.panels.common import plain_tip
from workbench.panels.focus import draw_focus
from workbench.panels.style import current_theme
from workbench.render.characters import brief
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint

_MARGIN: Final = 12
_LARGEST: Final = 2.5
_NOTCH: Final = 1.15


class HeatView(CellTable):
    """Cells of one aspect; arrows go from cell to cell, Enter edits, Delete clears, + and - change the size.

    Attributes:
        moved: emits row and column of the cell that is current now.
        edit_asked: the current cell should be edited; ``clear_asked``: emptied.
        menu_asked: emits where the context menu should open.
        shown_asked: emits the rectangle that should be in view.
    """

    moved = Signal(str, str)
    edit_asked = Signal()
    clear_asked = Signal()
    menu_asked = Signal(QPoint)
    shown_asked = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: GridView | None = None
        self.aspect: Aspect = "execution"
        self.zoom = 1.0
        self.layout_: HeatLayout | None = None
        self._stage: Any = None
        self._picture = _Picture(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Capability grid")

    # what is shown

    def show_grid(self, view: GridView, aspect: Aspect, current: tuple[str, str] | None) -> None:
        """Show the cells of one aspect; the current one is ringed, the first where it is gone."""
        self.view, self.aspect = view, aspect
        places = self.places()
        self.current = current if current in places else places[0] if places else None
        self.redraw()

    @override
    def places(self) -> list[tuple[str, str]]:
        """Row and column of every cell, row by row."""
        return [(row, column) for row in self.view.rows for column in self.view.columns] if self.view else []

    @override
    def spoken(self, place: tuple[str, str]) -> str:
        """A cell in sentences."""
        return spoken(self.view.cells[(*place, self.aspect)]) if self.view is not None else ""

    def cell(self) -> CellView | None:
        """The current cell."""
        if self.view is None or self.current is None:
            return None
        return self.view.cells[(*self.current, self.aspect)]

    def redraw(self) -> None:
        """Lay out and draw for the width and theme at hand."""
        if self.view is None:
            return
        least = round(least_width(self.view) * self.zoom) + 2 * _MARGIN
        self.setMinimumWidth(least)
        width = (max(self.width(), least) - 2 * _MARGIN) / self.zoom
        self.layout_ = heat_layout(self.view, self.aspect, width)
        self.setFixedHeight(round(self.layout_.height * self.zoom) + 2 * _MARGIN)
        if self._stage is not None:
            self._stage.setBackground(current_theme().surface.panel)
        ops = heat_ops(self.view, self.aspect, self.layout_, current_theme(), qt_measure())
        self._picture.show_ops(compile_ops(ops, cosmetic=False), self.layout_, self.zoom)
        self._tell()

    def _tell(self) -> None:
        cell = self.cell()
        name = f"Capability grid, {ASPECT_WORD[self.aspect].lower()}"
        said = brief(spoken(cell)) if cell is not None else "No cells"
        if (self.accessibleName(), self.accessibleDescription()) == (f"{name}. {said}", said):
            return
        self.setAccessibleName(f"{name}. {said}")
        self.setAccessibleDescription(said)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    @override
    def rect_of(self, place: tuple[str, str]) -> QRect:
        """Where a cell stands in the widget."""
        if self.layout_ is None or place not in self.layout_.boxes:
            return QRect()
        x, y, w, h = (part * self.zoom for part in self.layout_.boxes[place])
        return QRectF(x + _MARGIN, y + _MARGIN, w, h).toRect()

    # moving

    def go(self, place: tuple[str, str]) -> None:
        """Make another cell the current one."""
        if self.view is None or place == self.current:
            return
        self.current = place
        self._picture.update()
        self._tell()
        self.shown_asked.emit(self.rect_of(place).adjusted(-8, -40, 8, 8))
        self.moved.emit(*place)

    def _step(self, down: int, right: int) -> None:
        if self.view is None or self.current is None:
            return
        rows, columns = self.view.rows, self.view.columns
        row = max(0, min(len(rows) - 1, rows.index(self.current[0]) + down))
        column = max(0, min(len(columns) - 1, columns.index(self.current[1]) + right))
        self.go((rows[row], columns[column]))

    def set_zoom(self, zoom: float) -> None:
        """Show the grid larger or smaller."""
        zoom = max(1.0, min(_LARGEST, zoom))
        if zoom != self.zoom:
            self.zoom = zoom
            self.redraw()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        far, key = 10_000, event.key()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (-far if ctrl else 0, -far),
            Qt.Key.Key_End: (far if ctrl else 0, far),
            Qt.Key.Key_PageUp: (-far, 0),
            Qt.Key.Key_PageDown: (far, 0),
        }
        if key in steps:
            self._step(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_asked.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_asked.emit()
        elif event.text() in ("+", "=", "-"):
            self.set_zoom(self.zoom * (1 / _NOTCH if event.text() == "-" else _NOTCH))
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is not None:
            self.go(place)
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.place_at(event.position().toPoint()) is not None:
            self.edit_asked.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * _NOTCH ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            event.ignore()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current is not None:
            self.menu_asked.emit(self.mapToGlobal(self.rect_of(self.current).center()))
            return
        place = self.place_at(event.pos())
        if place is not None:
            self.go(place)
            self.menu_asked.emit(event.globalPos())

    @override
    def place_at(self, point: QPoint) -> tuple[str, str] | None:
        """Row and column of the cell under a point of the widget."""
        if self.layout_ is None:
            return None
        return self.layout_.at((point.x() - _MARGIN) / self.zoom, (point.y() - _MARGIN) / self.zoom)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.view is not None:
            place = self.place_at(event.pos())
            text = spoken(self.view.cells[(*place, self.aspect)]) if place is not None else self._name_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)

    def _name_at(self, point: QPoint) -> str:
        """What the row or column under a point means."""
        if self.layout_ is None:
            return ""
        x, y = (point.x() - _MARGIN) / self.zoom, (point.y() - _MARGIN) / self.zoom
        for name, (top, height) in self.layout_.rows.items():
            if x < self.layout_.names and top <= y < top + height:
                return about(name) or name
        for name, (left, width) in self.layout_.columns.items():
            if y < 40 and left <= x < left + width:
                return about(name) or name
        return ""

    # showing

    @override
    def sizeHint(self) -> QSize:
        return QSize(860, self.minimumHeight())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._stage is None:
            self._make_stage()
        super().showEvent(event)

    def _make_stage(self) -> None:
        """Pyqtgraph's view of the picture; keys and pointer stay with this widget."""
        import pyqtgraph as pg

        self._stage = pg.GraphicsView(self, background=None)
        self._stage.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stage.setBackground(current_theme().surface.panel)
        self._stage.setGeometry(self.rect())
        self._stage.addItem(self._picture)
        self._stage.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stage is not None:
            self._stage.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.redraw()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._picture.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._picture.update()


class _Picture(QGraphicsItem):
    """The ops of the heat map and the ring around the current cell."""

    def __init__(self, heat: HeatView) -> None:
        super().__init__()
        self._heat = heat
        self._ops = Compiled()
        self._size = (0.0, 0.0)
        self.setPos(_MARGIN, _MARGIN)

    def show_ops(self, ops: Compiled, layout: HeatLayout, zoom: float) -> None:
        """Show another picture."""
        self.prepareGeometryChange()
        self._ops, self._size = ops, (layout.width, layout.height)
        self.setScale(zoom)
        self.update()

    @override
    def boundingRect(self) -> QRectF:
        return QRectF(-8, -8, self._size[0] + 16, self._size[1] + 16)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._ops)
        heat, theme = self._heat, current_theme()
        if heat.current is None or heat.layout_ is None or heat.current not in heat.layout_.boxes:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(*heat.layout_.boxes[heat.current])
        painter.setPen(QPen(QColor(theme.surface.panel), 4.0))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
        painter.setPen(QPen(QColor(theme.selection.ring), 2.0))
        painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4)
        if heat.hasFocus():
            draw_focus(painter, box.adjusted(-4.5, -4.5, 4.5, 4.5), 6)

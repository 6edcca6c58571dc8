"""The capability view: a grid as a heat map, the sweep below it, and the card of what is chosen beside them."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.capability import GridView, SweepView, grid_view, grids, sweep_view
from workbench.analysis.capability_cell import CellView
from workbench.analysis.capability_words import ASPECT_WORD
from workbench.analysis.words import name_of
from workbench.commands import capability
from workbench.commands.capability import Spot
from workbench.export.capability_figure import legend_ops
from workbench.export.capability_sweep import sweep_remarks
from workbench.model.judgement import Aspect, CapabilityCell, CapabilityGrid
from workbench.panels.attach_base import Choice
from workbench.panels.capability_card import CellCard
from workbench.panels.capability_heat import HeatView
from workbench.panels.capability_sweep import SweepPlot
from workbench.panels.common import EmptyState, Label, allow_change, button, column
from workbench.panels.folding_bar import FoldingBar
from workbench.panels.icons import icon
from workbench.panels.style import TITLE_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.session.session import Session
from workbench.tools.intents import step

_SHOWN_FIRST: tuple[Aspect, ...] = ("execution", "understanding")
_NO_ROWS = "This grid has no rows or columns yet. Add the attributes and levels you judge the model by."
_NO_POINTS = (
    "No point yet. Fill the sweep from a run whose tasks chain 1, 2, 3 … building blocks, or add points by hand."
)


class CapabilityBody(QWidget):
    """What stands in the capability view once there is a grid.

    Attributes:
        do: emits the id of an action that was asked for.
        reveal_asked: emits the id of an element to be shown on its diagram; ``run_asked``: that of a run.
        closed: the user wants the diagram back.
    """

    closed = Signal()
    do = Signal(str)
    reveal_asked = Signal(str)
    run_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self.grid = ""
        self.aspect: Aspect = "execution"
        self.spot: Spot | None = None
        self._view: GridView | None = None
        self._sweep: SweepView | None = None
        self._changing: list[QWidget] = []
        outer = column(self, 0, 0)
        self.bar = self._bar()
        outer.addWidget(self.bar)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        outer.addWidget(split, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page_widget = self._page()
        self._area.setWidget(self._page_widget)
        split.addWidget(self._area)
        self.card = CellCard(session)
        self.card.left.connect(self._leave_card)
        self.card.reveal_asked.connect(self.reveal_asked)
        self.card.run_asked.connect(self.run_asked)
        split.addWidget(self.card)
        split.setStretchFactor(0, 1)
        split.setSizes([900, 300])

    # building

    def _bar(self) -> FoldingBar:
        folding = FoldingBar()
        bar = folding.row
        self.choice = Choice("Capability grid", ())
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.choice.setMaximumWidth(320)
        self.choice.activated.connect(lambda _index: self.show_grid(self.choice.value()))
        bar.addWidget(self.choice)
        self._group = QButtonGroup(self)
        self.aspects: dict[Aspect, QToolButton] = {}
        for aspect in _SHOWN_FIRST:
            made = QToolButton()
            made.setCheckable(True)
            made.setMinimumHeight(26)
            made.clicked.connect(partial(self.show_aspect, aspect))
            self._group.addButton(made)
            self.aspects[aspect] = made
            bar.addWidget(made)
        bar.addStretch(1)
        for text, action, sign in (
            ("Fill from run…", "capability.fill", "evidence"),
            ("Rows and columns…", "capability.frame", "grid"),
            ("Export figure…", "capability.export", "export"),
        ):
            pressed = button(text, partial(self.do.emit, action))
            pressed.setIcon(icon(sign))
            pressed.setAccessibleName(brief(text))
            bar.addWidget(pressed)
            folding.set_words(pressed, text)
            if action != "capability.export":
                self._changing.append(pressed)
        back = QToolButton()
        back.setIcon(icon("close"))
        back.setAutoRaise(True)
        back.setAccessibleName("Back to the diagram")
        back.setToolTip("Back to the diagram (Esc)")
        back.clicked.connect(self.closed)
        bar.addWidget(back)
        return folding

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("panel", True)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(page, 0, 0)
        layout.setContentsMargins(8, 0, 8, 12)
        self.heat = HeatView()
        self.heat.moved.connect(lambda row, name: self._choose((row, name, self.aspect)))
        self.heat.edit_asked.connect(self._edit)
        self.heat.clear_asked.connect(self._clear)
        self.heat.menu_asked.connect(self._menu)
        self.heat.shown_asked.connect(self._bring)
        layout.addWidget(self.heat)
        self._no_rows = EmptyState(_NO_ROWS, "Rows and columns…")
        self._no_rows.pressed.connect(lambda: self.do.emit("capability.frame"))
        layout.addWidget(self._no_rows)
        self.legend = _Legend()
        layout.addWidget(self.legend)
        head = QHBoxLayout()
        head.setContentsMargins(12, 18, 12, 4)
        head.setSpacing(10)
        title = Label("Complexity sweep")
        title.setFont(ui_font(TITLE_PX, strong=True))
        head.addWidget(title)
        self._sweep_note = Label("", dim=True)
        head.addWidget(self._sweep_note)
        head.addStretch(1)
        self.add_point = button("Add point…", partial(self.do.emit, "capability.point"), look="flat")
        head.addWidget(self.add_point)
        layout.addLayout(head)
        self.plot = SweepPlot()
        self.plot.moved.connect(lambda blocks, series: self._choose((blocks, series)))
        self.plot.edit_asked.connect(self._edit)
        self.plot.clear_asked.connect(self._clear)
        self.plot.menu_asked.connect(self._menu)
        layout.addWidget(self.plot)
        self._no_points = Label(_NO_POINTS, dim=True, wrap=True)
        self._no_points.setContentsMargins(12, 0, 12, 8)
        layout.addWidget(self._no_points)
        self._remarks = Label("", dim=True, wrap=True)
        self._remarks.setContentsMargins(12, 4, 12, 0)
        layout.addWidget(self._remarks)
        layout.addStretch(1)
        return page

    # showing

    def refresh(self) -> None:
        """Show the document as it is now."""
        found = grids(self.store)
        ids = [grid.id for grid in found]
        if self.grid not in ids:
            self.grid, self.spot = (ids[0] if ids else ""), None
        options = [(grid.title or "Untitled", grid.id) for grid in found]
        self.choice.set_options(options, chosen=self.grid)
        record = self.store.find(self.grid, CapabilityGrid)
        if record is None:
            return
        view = self._view = grid_view(self.store, record)
        sweep = self._sweep = sweep_view(self.store, record)
        total = len(view.rows) * len(view.columns)
        for aspect, made in self.aspects.items():
            self.bar.set_words(made, f"{ASPECT_WORD[aspect]}  {view.measured(aspect)} of {total}", ASPECT_WORD[aspect])
            made.setAccessibleName(brief(f"{ASPECT_WORD[aspect]}, {view.measured(aspect)} of {total} cells measured"))
            made.setChecked(aspect == self.aspect)
        place = self.spot[:2] if self.spot is not None and len(self.spot) == 3 else self.heat.current
        self.heat.show_grid(view, self.aspect, place)
        self.heat.setVisible(bool(total))
        self._no_rows.setVisible(not total)
        self.legend.setVisible(bool(total))
        self.legend.show_legend(view, sweep)
        point = self.spot if self.spot is not None and len(self.spot) == 2 else None
        self.plot.show_sweep(sweep, point)
        self.plot.setVisible(bool(sweep.levels))
        self._no_points.setVisible(not sweep.levels)
        self._sweep_note.setText("pass rate with 95 % intervals, by number of blocks" if sweep.levels else "")
        remarks = sweep_remarks(sweep)
        self._remarks.setText(" ".join(remarks))
        self._remarks.setVisible(bool(remarks))
        for changing in (*self._changing, self.add_point):
            allow_change(changing, self.store.read_only)
        if point is None and self.heat.current is not None:
            self.spot = (*self.heat.current, self.aspect)
        self._show_card()

    def _show_card(self) -> None:
        shown = self._shown()
        self.card.show_cell(self.grid, self.spot if shown is not None else None, shown or CellView("", "", "execution"))

    def _shown(self) -> CellView | None:
        """What is chosen; a point that is not in the document yet is empty."""
        spot = self.spot
        if spot is None or self._view is None or self._sweep is None:
            return None
        if len(spot) == 3:
            return self._view.cells.get(spot)
        for series in self._sweep.series:
            for point in series.points:
                if (point.blocks, series.name) == spot:
                    return point.shown
        return CellView(spot[1], str(spot[0]), "execution")

    def show_grid(self, id: str) -> None:
        """Show another grid."""
        if id != self.grid:
            self.grid, self.spot = id, None
            self.heat.current = None
            self.refresh()

    def show_aspect(self, aspect: Aspect) -> None:
        """Show understanding or execution."""
        self.aspect = aspect
        if self.spot is not None and len(self.spot) == 3:
            self.spot = (self.spot[0], self.spot[1], aspect)
        self.refresh()

    def show_cell(self, cell: CapabilityCell) -> None:
        """Show the grid of a cell with the cell chosen."""
        self.grid, self.aspect = cell.grid, cell.aspect
        self.spot = (cell.attribute, cell.level, cell.aspect)
        self.refresh()
        QTimer.singleShot(0, self, lambda: self._bring(self.heat.rect_of((cell.attribute, cell.level))))

    def show_point(self, blocks: int, series: str) -> None:
        """Choose a point, whether it has been entered or not, and let it be edited."""
        self.spot = (blocks, series)
        self.refresh()
        self.card.edit()

    def _choose(self, spot: Spot) -> None:
        self.spot = spot
        if len(spot) == 3:
            self.plot.leave()
        self._show_card()

    def _bring(self, rect: QRect) -> None:
        at = self.heat.mapTo(self._page_widget, rect.center())
        self._area.ensureVisible(at.x(), at.y(), rect.width() // 2 + 12, rect.height() // 2 + 12)

    # doing

    def take_focus(self) -> None:
        """The keyboard goes to the cells."""
        (self.heat if self.heat.isVisible() else self.plot).setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_card(self) -> None:
        point = self.spot is not None and len(self.spot) == 2
        (self.plot if point and self.plot.isVisible() else self.heat).setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self) -> None:
        if self.spot is not None:
            self.card.edit()

    def _clear(self) -> None:
        spot, grid = self.spot, self.grid
        if spot is None:
            return
        label = "Clear cell" if len(spot) == 3 else "Remove point"
        step(self.session, label, lambda tx: capability.clear(tx, grid, [spot]))

    def menu_for(self) -> QMenu:
        """The context menu of what is chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        shown, why = self._shown(), self.store.read_only
        allow_change(menu.addAction("Edit", self._edit), why)
        allow_change(menu.addAction("Fill from run…", partial(self.do.emit, "capability.fill")), why)
        allow_change(menu.addAction("Clear", self._clear), why, when=shown is not None and bool(shown.id))
        if shown is not None and shown.run:
            menu.addSeparator()
            menu.addAction("Show run", partial(self.run_asked.emit, shown.run))
        if shown is not None and shown.informs:
            menu.addSeparator()
            for id in shown.informs:
                name = name_of(self.store, id)[:60].replace("&", "&&")
                menu.addAction(single_line(f"Show {name} on its diagram"), partial(self.reveal_asked.emit, id))
        return menu

    def _menu(self, at: QPoint) -> None:
        self.menu_for().popup(at)


class _Legend(QWidget):
    """The scale and the signs in use."""

    def __init__(self) -> None:
        super().__init__()
        self._views: tuple[GridView, SweepView] | None = None
        self._ops = Compiled()
        self._at = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend")
        self.setFixedHeight(30)

    def show_legend(self, view: GridView, sweep: SweepView) -> None:
        """Show the signs of other cells."""
        self._views = (view, sweep)
        self.redraw()

    def redraw(self) -> None:
        """Lay out for the width and theme at hand."""
        if self._views is None:
            return
        ops, height = legend_ops(
            self._views[0], self.width() - 28.0, current_theme(), qt_measure(), sweep=self._views[1]
        )
        self._ops = compile_ops(ops, cosmetic=False)
        self.setFixedHeight(round(height) + 10)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._at != self.width():
            self._at = self.width()
            self.redraw()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._ops, 12.0, 4.0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

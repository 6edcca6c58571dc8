"""What stands in the risk matrix dock: switches for impact dimension and phase, the matrix, a filter of the diagram."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from workbench.analysis.risk import DIMENSIONS
from workbench.analysis.risk_matrix import Shown, matrix_view
from workbench.analysis.words import count_words, name_of, word
from workbench.model.elements import ImpactDimension
from workbench.panels.common import Label, allow_change, button, column
from workbench.panels.fields import Combo
from workbench.panels.risk_matrix import MatrixWidget
from workbench.render.characters import single_line
from workbench.session.session import Session
from workbench.session.turning import turn_to

SHOWN: Final[tuple[tuple[str, Shown], ...]] = (
    ("Initial → residual", "both"),
    ("Initial", "initial"),
    ("Residual", "residual"),
)
_LONGEST: Final = 60
_MOST: Final = 30
_NEAR: Final = 40
"""Room kept beside the cell that keys go to, logical pixels."""


class RiskBody(QWidget):
    """Matrix and switches.

    Attributes:
        do: emits the id of an action that was asked for.
        filter_asked: emits ids of hazards that the diagram should be reduced to; empty for everything.
    """

    do = Signal(str)
    filter_asked = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        outer = column(self, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(8)
        self.dimension = _switch("Impact dimension", ["All dimensions", *(word(name) for name in DIMENSIONS)])
        self.phase = _switch("Phase", [title for title, _ in SHOWN])
        for switch in (self.dimension, self.phase):
            switch.currentIndexChanged.connect(lambda _index: self.refresh())
            row.addWidget(switch)
        self.note = Label("", dim=True)
        row.addWidget(self.note, 1)
        scheme = button("Scheme…", lambda: self.do.emit("risk.scheme"), look="flat")
        allow_change(scheme, session.store.read_only)
        row.addWidget(scheme)
        row.addWidget(button("Export…", lambda: self.do.emit("risk.export"), look="flat"))
        outer.addLayout(row)
        self.matrix = MatrixWidget()
        self.matrix.chosen.connect(self._choose)
        self.matrix.opened.connect(self._open)
        self.matrix.let_go.connect(lambda: self.filter_asked.emit([]))
        scroll = self._scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.matrix)
        self.matrix.reached.connect(self._bring)
        self.matrix.menu_asked.connect(self._menu)
        scroll.viewport().setAutoFillBackground(False)
        self.matrix.setAutoFillBackground(False)
        outer.addWidget(scroll, 1)

    @property
    def shown_dimension(self) -> ImpactDimension | None:
        """The impact dimension chosen; null for all together."""
        index = self.dimension.currentIndex()
        return DIMENSIONS[index - 1] if index > 0 else None

    @property
    def shown_phase(self) -> Shown:
        """The phases chosen."""
        return SHOWN[max(0, self.phase.currentIndex())][1]

    def refresh(self) -> None:
        """Show the document as it is now."""
        view = matrix_view(self._session.store, dimension=self.shown_dimension, shown=self.shown_phase)
        if view is None:
            return
        self.matrix.show_matrix(view, frozenset(self._session.selection))
        unrated = len(view.unrated)
        said = f"{count_words(unrated, 'hazard', 'hazards')} not rated here" if unrated else ""
        fewer = "arrows of the selection, or those most hazards take" if self.matrix.tangled else ""
        parts = (" ".join(view.scheme.name.split())[:_LONGEST], said, fewer)
        self.note.setText(" · ".join(part for part in parts if part))

    def _choose(self, hazards: list[str]) -> None:
        """Select the hazards and dim all that does not belong to them; what the diagram shows of it comes into view."""
        self._session.select(hazards)
        if hazards:
            self._session.reveal.emit(tuple(hazards))
        self.filter_asked.emit(hazards)

    def _bring(self, cell: QRect) -> None:
        """Scroll to the cell that keys have gone to."""
        middle = cell.center()
        self._scroll.ensureVisible(middle.x(), middle.y(), _NEAR, cell.height())

    def _menu(self, at: QPoint, hazards: list[str]) -> None:
        """Each hazard of a cell by itself: chosen, it is shown on its diagram."""
        menu = QMenu(self)
        for hazard in hazards[:_MOST]:
            words = single_line(name_of(self._session.store, hazard)).replace("&", "&&")
            menu.addAction(words).triggered.connect(partial(self._open, hazard))
        if len(hazards) > _MOST:
            menu.addAction(f"and {len(hazards) - _MOST:,} more").setEnabled(False)
        if not hazards:
            menu.addAction("No hazard here").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    def _open(self, hazard: str, _checked: bool = False) -> None:
        self._session.select([hazard])
        turn_to(self._session, [hazard])
        self._session.reveal.emit((hazard,))


def _switch(name: str, options: list[str]) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.addItems(options)
    made.setMinimumContentsLength(max(map(len, options)))
    return made

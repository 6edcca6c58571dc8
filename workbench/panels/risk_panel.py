"""The risk matrix dock; the matrix is made when there is something in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from workbench.model.base import Record
from workbench.model.elements import Consequence, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment, Project, RiskScheme
from workbench.panels.common import EmptyState, Panel
from workbench.session.session import Session
from workbench.store.diff import Change

if TYPE_CHECKING:
    from workbench.panels.risk_body import RiskBody

_MINE: tuple[type[Record], ...] = (Assessment, RiskScheme, Project, Hazard, Consequence, Link, TopEvent)


class RiskPanel(Panel):
    """The dock.

    Attributes:
        do: emits the id of an action that was asked for.
        filter_asked: emits ids of hazards that the diagram should be reduced to; empty for everything.
    """

    do = Signal(str)
    filter_asked = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Risk matrix")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body: RiskBody | None = None
        self._stack = QStackedLayout(self)
        for sentence in ("Rate a hazard to see it here", "The ratings have no risk scheme to be read by"):
            empty = EmptyState(sentence, "Choose a risk scheme…")
            empty.pressed.connect(lambda: self.do.emit("risk.scheme"))
            empty.allow(session.store.read_only)
            self._stack.addWidget(empty)
        self.later()

    @property
    def filled(self) -> bool:
        """Whether the matrix has been made."""
        return self._body is not None

    @property
    def body(self) -> "RiskBody":
        """Matrix and switches; made now where they were not yet."""
        if self._body is None:
            from workbench.panels.risk_body import RiskBody  # noqa: PLC0415 - most windows open on another dock

            body = self._body = RiskBody(self.session)
            body.do.connect(self.do)
            body.filter_asked.connect(self.filter_asked)
            self._stack.addWidget(body)
        return self._body

    @override
    def on_change(self, change: Change) -> None:
        for _, before, after in change.diff.before_and_after():
            if isinstance(after if after is not None else before, _MINE):
                self.later()
                return

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if self._body is not None and self.isVisible():
            self._body.matrix.light(frozenset(ids))

    @override
    def refresh(self) -> None:
        rated, scheme = self.store.count("assessment") > 0, self.store.count("risk_scheme") > 0
        if rated and scheme:
            self.body.refresh()
            self._stack.setCurrentWidget(self.body)
        else:
            self._stack.setCurrentIndex(1 if rated else 0)

    @override
    def on_theme(self) -> None:
        if self._body is not None:
            self._body.matrix.redraw()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the cells."""
        super().focusInEvent(event)
        if self._body is not None and self._stack.currentWidget() is self._body:
            self._body.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextChild()

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 242)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 64)  # an evidence dock without claims, in the same place, is low

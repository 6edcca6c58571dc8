"""The evidence dock: every claim and every run of the project; its tables are made when there is something in them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from workbench.model.elements import Element
from workbench.model.judgement import Assessment, Project
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.common import EmptyState, Panel
from workbench.session.session import Session
from workbench.store.diff import Change

if TYPE_CHECKING:
    from workbench.panels.evidence_body import EvidenceBody


class EvidencePanel(Panel):
    """The dock.

    Attributes:
        add_requested: the user wants to add an evaluation run.
        count_changed: emits how many claims there are, for the tab.
        chosen: another claim or run is under the cursor, or others are chosen.
        menu_asked: emits where a context menu should open, and ``claim`` or ``run``.
    """

    follows_hidden: ClassVar[bool] = False
    add_requested = Signal()
    count_changed = Signal(int)
    chosen = Signal()
    menu_asked = Signal(QPoint, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Evidence")
        self._count = -1
        self._body: EvidenceBody | None = None
        self._state: Mapping[str, Any] = {}
        self._stack = QStackedLayout(self)
        empty = EmptyState("Add a run, or drop a result file on a node", "Add evaluation run…")
        empty.pressed.connect(self.add_requested)
        empty.allow(session.store.read_only)
        self._stack.addWidget(empty)
        QTimer.singleShot(0, self, self._tell_count)
        self.later()

    @property
    def filled(self) -> bool:
        """Whether the tables have been made."""
        return self._body is not None

    @property
    def body(self) -> "EvidenceBody":
        """The tables; made now where they were not yet."""
        if self._body is None:
            from workbench.panels.evidence_body import EvidenceBody  # noqa: PLC0415 - most projects open without it

            body = self._body = EvidenceBody(self.session)
            body.add_requested.connect(self.add_requested)
            body.chosen.connect(self.chosen)
            body.menu_asked.connect(self.menu_asked)
            body.take_view_state(self._state)
            self._stack.addWidget(body)
        return self._body

    @override
    def focus_search(self) -> bool:
        if self._body is None or not self.body.isVisible():
            return False
        self.body.search.setFocus()
        self.body.search.selectAll()
        return True

    def _tell_count(self) -> None:
        count = self.store.count("evidence")
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)

    @override
    def on_change(self, change: Change) -> None:
        self._tell_count()
        for _, before, after in change.diff.before_and_after():
            record = after if after is not None else before
            if isinstance(record, Evidence | Metric | Run | Project | Assessment):
                break
            if isinstance(record, Element) and getattr(before, "code", "") != getattr(after, "code", ""):
                break
        else:
            return
        self.later()

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if self._body is not None and self.isVisible():
            QTimer.singleShot(0, self._body, self._body.follow_selection)

    @override
    def refresh(self) -> None:
        something = self.store.count("evidence") or self.store.count("run")
        if something:
            self.body.refresh()
        elif self._body is not None:
            self._body.refresh()
        self._stack.setCurrentIndex(1 if something else 0)

    @override
    def on_theme(self) -> None:
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._body is not None:
            self._body.look_again()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the rows."""
        super().focusInEvent(event)
        if self._stack.currentIndex() == 1 and self._body is not None:
            self._body.take_focus()
        else:
            self.focusNextChild()

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 242)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 64 if self._stack.currentIndex() != 1 else 150)

    def count(self) -> int:
        """How many claims there are."""
        return self.store.count("evidence")

    def show_claim(self, id: str) -> None:
        """Show a claim in full, whatever the filter hid."""
        self.flush()
        self.body.show_claim(id)

    def show_claims_on(self, id: str) -> None:
        """Show the worst claim about an element, a guard or a line, if there is one."""
        self.flush()
        self.body.show_claims_on(id)

    def expect(self, id: str) -> None:
        """Show a claim that was made just now, as soon as it has been judged and the dock is seen."""
        self.body.expected = id
        self.later()

    def show_run(self, id: str) -> None:
        """Show where a run comes from."""
        self.flush()
        self.body.show_run(id)

    def view_state(self) -> dict[str, Any]:
        """How the tables were left, for the settings."""
        return self._body.view_state() if self._body is not None else dict(self._state)

    def take_view_state(self, state: Mapping[str, Any]) -> None:
        """How the tables were left."""
        self._state = state
        if self._body is not None:
            self._body.take_view_state(state)

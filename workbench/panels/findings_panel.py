"""The findings dock: what the linter says of the project, live as one edits."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from workbench.model.base import Record
from workbench.model.drawing import Diagram
from workbench.model.elements import Element
from workbench.model.review import Answer
from workbench.panels.common import EmptyState, Panel
from workbench.session.session import Session
from workbench.store.diff import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.analysis.lint.linter import Linter
    from workbench.analysis.lint.tally import Tallied
    from workbench.panels.findings_body import FindingsBody

_SLICE: Final = 0.006
"""Seconds a slice of checking may take, so that the window stays alive."""
_BETWEEN_MS: Final = 12
"""Time between slices once everything is known: nobody waits for what is left."""
_FIRST_MS: Final = 250
"""Time after the docks were filled until the first check begins."""
_SETTLE_MS: Final = 60
"""Time after which the table follows an edit; typing makes many."""


def _name(record: Record | None) -> str:
    """What the column *On* calls something by, or what that is made of."""
    return getattr(record, "code", "") or getattr(record, "title", "")


class FindingsPanel(Panel):
    """The dock.

    Attributes:
        count_changed: emits how many findings count, for the tab.
        checked: everything is checked, and something is other than before.
        author: gives the name that answers are kept with.
        requested: emits the id of an action that was asked for.
    """

    count_changed = Signal(int)
    checked = Signal()
    requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Findings")
        self.author: Callable[[], str] = str
        self._linter: Linter | None = None
        self._tallied: Tallied | None = None
        self._body: FindingsBody | None = None
        self._count = -1
        self._told = -1
        self._stack = QStackedLayout(self)
        self.empty = EmptyState("Checking the project…")
        self._stack.addWidget(self.empty)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._work)
        self._turn.start(_FIRST_MS)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.later)

    @property
    def linter(self) -> "Linter":
        """What checks the project; made when first needed."""
        if self._linter is None:
            from workbench.analysis.lint.linter import Linter  # noqa: PLC0415 - after the window stands
            from workbench.analysis.lint.tally import Tallied  # noqa: PLC0415 - as above

            self._linter = Linter(self.store)
            self._tallied = Tallied(self.store, self._linter)
        return self._linter

    @property
    def filled(self) -> bool:
        """Whether the table has been made."""
        return self._body is not None

    @property
    def body(self) -> "FindingsBody":
        """The table; made now where it was not yet."""
        if self._body is None:
            from workbench.panels.findings_body import FindingsBody  # noqa: PLC0415 - most windows open without it

            self._body = FindingsBody(self.session, self.linter)
            self._body.author = self._author_now
            self._body.requested.connect(self.requested)
            self._stack.addWidget(self._body)
        return self._body

    def _author_now(self) -> str:
        return self.author()

    def count(self) -> int:
        """How many findings count, as far as the project has been checked."""
        return max(0, self._count)

    @property
    def tallied(self) -> "Tallied | None":
        """Findings that count by where they are seen; None before everything was checked once."""
        return self._tallied if self._told >= 0 else None

    def show_only(self, id: str) -> None:
        """Show only the findings on one thing of the diagram; empty: all again."""
        if id or self._body is not None:
            self.body.show_only(id)

    def finish(self) -> None:
        """Check everything that waits, now."""
        self._turn.stop()
        self.linter.work()
        self._tell()
        self.flush()

    def _work(self) -> None:
        linter = self.linter
        if not linter.known:
            linter.work(_SLICE)
        if not linter.known:
            self._turn.start(0)
            self._show_progress()
            return
        if self._body is not None:
            self._body.show_progress(0)
        if self._told < 0 and self.isVisible() and not self.body.prepare(_SLICE):
            self._turn.start(0)  # the rows too are made in portions
            return
        if not linter.work(_SLICE):
            self._turn.start(_BETWEEN_MS)
        if self._tallied is not None and not self._tallied.follow(_SLICE):
            self._turn.start(0)
        elif linter.revision != self._told:
            self._tell()

    def _show_progress(self) -> None:
        if self._tallied is not None:
            self._tallied.follow(_SLICE)
        if self.isVisible():
            if self._stack.currentIndex() == 0:
                self.later()  # what is found by now is shown already
            if self._body is not None:
                self._body.show_progress(self.linter.waiting)

    def _tell(self) -> None:
        linter = self.linter
        if self._tallied is not None:
            self._tallied.follow()
        count = sum(linter.counts().values())
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)
        if linter.revision != self._told:
            self._told = linter.revision
            self._settle.start()
            self.checked.emit()
            self._dirty = True

    @override
    def on_change(self, change: Change) -> None:
        if self._linter is None:
            return  # the first check is still to come
        self._linter.follow(change.diff)
        if self._body is not None:
            for _, before, after in change.diff.before_and_after():
                if isinstance(after, Element | Diagram) and _name(before) != _name(after):
                    self._body.forget_names()
                    break
        if any(isinstance(before or after, Answer) for _, before, after in change.diff.before_and_after()):
            self.later()  # the answer has a row of its own, also where the rule finds nothing either way
        if self._linter.busy:
            self._turn.start(0)

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if self._body is not None and self.isVisible():
            QTimer.singleShot(0, self._body, self._body.follow_selection)

    @override
    def take_turn(self) -> None:
        if self._linter is not None and self._dirty and self._any() and not self.body.prepare(_SLICE):
            self._waiting = False
            self.later()  # what is shown stays until the rest is made
        else:
            self.flush()

    def _any(self) -> bool:
        """Whether there is anything to list."""
        return next(self.linter.everything(), None) is not None or next(self.store.all(Answer), None) is not None

    @override
    def refresh(self) -> None:
        if self._linter is None:
            return  # shown before the first check, which tells when it is done
        if self._any():
            self.body.refresh()
            self._stack.setCurrentIndex(1)
            if self.hasFocus():  # it was given while there were no rows yet
                self.body.take_focus()
        else:
            if self._body is not None:
                self._body.refresh()
            self.empty.say("Checking the project…" if self._told < 0 else "No findings. All rules checked.")
            self._stack.setCurrentIndex(0)

    @override
    def on_theme(self) -> None:
        if self._body is not None:
            self._body.table.viewport().update()
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the rows."""
        super().focusInEvent(event)
        self.flush()  # the rows may be waiting for the next turn
        if self._stack.currentIndex() == 1 and self._body is not None:
            self._body.take_focus()

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 242)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 64 if self._stack.currentIndex() != 1 else 150)

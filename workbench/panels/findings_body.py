"""What the findings dock shows once something was found: search, chips, the table, and the card of the one chosen."""

from datetime import UTC, datetime
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QToolButton, QWidget
from typing_extensions import override

from workbench.analysis.lint.linter import Linter
from workbench.analysis.lint.registry import BY_ID
from workbench.analysis.lint.tally import told_with
from workbench.analysis.words import short_name
from workbench.commands.answers import answer_of, answer_rule, options_of, set_options, switch_rule, withdraw_answer
from workbench.commands.delete import diagrams_drawing
from workbench.commands.lint_fix import Fix, apply_fix, fixes_for
from workbench.model.drawing import Diagram
from workbench.model.review import Conflict
from workbench.panels.common import EmptyState, Label, button, column
from workbench.panels.evidence_page import ListPage
from workbench.panels.finding_card import ACCEPT, ACCEPTED_BY, SETTLE, FindingCard
from workbench.panels.finding_dialog import ReasonDialog
from workbench.panels.finding_options import OptionsDialog
from workbench.panels.finding_rows import FINDING_CHIPS, FindingRow, FindingRows, found_by, no_source
from workbench.panels.finding_table import FindingTable
from workbench.panels.icons import icon
from workbench.render.characters import brief, single_line
from workbench.session.session import Session
from workbench.store.transaction import Transaction
from workbench.tools.intents import step

if TYPE_CHECKING:
    from collections.abc import Callable

_NARROW: Final = 720
_SEARCH: Final = 190
Declared = Literal["yes", "no", "suppressed"]


class FindingsBody(QWidget):
    """The table and the card.

    Attributes:
        author: gives the name that answers are kept with.
        requested: emits the id of an action that was asked for.
    """

    requested = Signal(str)

    def __init__(self, session: Session, linter: Linter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self.author: Callable[[], str] = str
        self._rows = FindingRows(self.store, linter)
        self._fixes: list[Fix] = []
        self._following = False
        self._only = ""
        outer = column(self, 8, 6)
        outer.setContentsMargins(8, 6, 8, 4)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search findings")
        self.search.setAccessibleName("Search findings by text, rule, kind or code")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(_SEARCH)
        bar.addWidget(self.search, 2)
        self.table = FindingTable()
        self.page = ListPage(
            self.table, FINDING_CHIPS, found_by, no_source, ("finding", "findings"), alike=attrgetter("alike")
        )
        bar.addWidget(self.page.chips, 5)
        self.only = button("", lambda: self.show_only(""), look="pill", tip="Show the findings on everything again")
        self.only.setIcon(icon("close"))
        self.only.hide()
        bar.addWidget(self.only)
        self.progress = Label("", dim=True)
        bar.addWidget(self.progress)
        self.options = QToolButton()
        self.options.setIcon(icon("settings"))
        self.options.setAccessibleName("Rules, words and thresholds")
        self.options.setToolTip("Rules, words and thresholds of this project")
        self.options.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.options.clicked.connect(self.ask_options)
        bar.addWidget(self.options)
        outer.addLayout(bar)
        self.card = FindingCard()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.page)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        outer.addWidget(self.splitter, 1)
        self.page.set_empty(EmptyState("No findings. All rules checked."))
        self.search.textChanged.connect(self.page.search)
        self.search.returnPressed.connect(self.take_focus)
        self.page.clear_asked.connect(self._clear_all)
        self.page.filtered.connect(self._show_card)
        self.table.chosen.connect(self._chosen)
        self.table.clicked.connect(lambda _: self._look())
        self.table.opened.connect(lambda _: self._reveal())
        self.table.menu_asked.connect(self._menu)
        self.card.answered.connect(lambda answer: self.declare(cast("Declared", answer)))
        self.card.taken_back.connect(self.take_back)
        self.card.fix_chosen.connect(self.fix)
        self.card.rule_left.connect(self.leave_rule_out)
        self.card.review_asked.connect(self._reveal)
        self.card.accept_asked.connect(self.accept_risk)

    # what is shown

    def prepare(self, seconds: float | None = None) -> bool:
        """Make ready for ``refresh`` what takes long, for about so long; whether that is done."""
        return self._rows.prepare(seconds)

    def refresh(self) -> None:
        """Show the findings as they are now."""
        place = self.table.currentIndex().row()
        self.page.take_rows(self._kept(self._rows.rows()))
        if self.table.current() is None and self.table.rows_model.rows:
            following = self.table.rows_model.rows[max(0, min(place, len(self.table.rows_model.rows) - 1))]
            self._following = True
            try:
                self.table.go_to(following.id)
            finally:
                self._following = False
        self._show_card()

    def _kept(self, rows: list[FindingRow]) -> list[FindingRow]:
        """The rows about the one thing that was asked for; all again, once nothing is found about it any more."""
        if self._only:
            places = told_with(self.store, self._only)
            kept = [row for row in rows if row.place in places]
            if any(not row.answered for row in kept):
                name = short_name(self.store, self._only) or "what is selected"
                self.only.setText(single_line(f"On {name}"))
                self.only.setAccessibleName(brief(f"Only findings on {name}; show all again"))
                self.only.show()
                return kept
            self._only = ""
        self.only.hide()
        return rows

    def show_only(self, id: str) -> None:
        """Show only the findings on an element, a line, or a control on a line; empty: on everything again."""
        if id == self._only:
            return
        self._only = id
        if id:
            self._clear()
        self.refresh()

    def show_progress(self, waiting: int) -> None:
        """Say how much waits to be checked."""
        number = f"{waiting:,}"
        self.progress.setText(f"Checking, {number} left" if waiting else "")
        self.progress.setVisible(bool(waiting))

    def forget_names(self) -> None:
        """Codes or titles changed."""
        self._rows.forget()

    def follow_selection(self) -> None:
        """Go to the first finding about what is selected, where it is shown."""
        chosen = self.session.primary
        current = self.table.current()
        if chosen is None or self._following or (current is not None and current.place == chosen):
            return
        row = next((row for row in self.table.rows_model.rows if row.place == chosen), None)
        if row is not None:
            self._following = True
            try:
                self.table.go_to(row.id)
            finally:
                self._following = False

    def take_focus(self) -> None:
        """The keyboard goes to the rows, else to the search."""
        if self.table.rows_model.rows:
            if self.table.current() is None:
                self.table.go_to(self.table.rows_model.rows[0].id)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, step: int) -> None:
        """To the next finding shown, or the one before, and to what it is about; answers are passed over."""
        shown = self.table.rows_model.rows
        places = [place for place, row in enumerate(shown) if not row.answered] or list(range(len(shown)))
        if places:
            here = self.table.currentIndex().row()
            at = places.index(here) if here in places else min(0, -step)
            self.table.go_to(shown[places[(at + step) % len(places)]].id)
            self._look()

    def _clear(self) -> None:
        self.search.clear()
        self.page.set_chip("")

    def _clear_all(self) -> None:
        self._clear()
        self.show_only("")

    def _chosen(self, _: str) -> None:
        self._show_card()
        if self.table.hasFocus() and not self._following:
            QTimer.singleShot(0, self, self._look)

    def _show_card(self) -> None:
        row = self.table.current()
        answer = answer_of(self.store, row.rule, row.element) if row is not None else None
        self._fixes = fixes_for(self.store, row.rule, row.element) if row is not None and not row.settled else []
        self.card.show_finding(row, self._fixes, answer, read_only=bool(self.store.read_only))

    def _look(self) -> None:
        """Select what the finding under the cursor is about."""
        row = self.table.current()
        if row is None or not row.place or self._following:
            return
        self._following = True
        try:
            if isinstance(self.store.get(row.place), Diagram):
                self.session.set_diagram(row.place)
            else:
                showing = diagrams_drawing(self.store, row.place)
                if showing and self.session.diagram not in showing:
                    self.session.set_diagram(showing[0])
                self.session.select([row.place])
                self.session.reveal.emit((row.place,))
        finally:
            self._following = False

    def _reveal(self) -> None:
        """Show what the finding is about; a merge conflict where it is settled."""
        row = self.table.current()
        if row is not None and isinstance(self.store.get(row.element), Conflict):
            self.session.reveal.emit((row.element,))
        else:
            self._look()

    # what is done

    def accept_risk(self) -> None:
        """Ask who accepts the residual risk that the finding is about."""
        row = self.table.current()
        if row is not None:
            self.session.select([row.element])
            self.requested.emit("risk.accept")

    def declare(self, answer: Declared) -> None:
        """Ask why, and keep the answer."""
        row = self.table.current()
        if row is None:
            return
        author = self.author().strip()
        reason: str | None = ReasonDialog(BY_ID[row.rule], row.message, answer, author, self.window()).show_modal()
        if reason is None:
            return
        now = datetime.now(tz=UTC).isoformat(timespec="seconds")
        label = "Suppress finding" if answer == "suppressed" else "Answer the linter"
        step(self.session, label, partial(_declare, row.rule, row.element, answer, reason, author, now))

    def take_back(self) -> None:
        """Take what was declared back."""
        row = self.table.current()
        if row is not None:
            step(self.session, "Take answer back", lambda tx: withdraw_answer(tx, row.rule, row.element))

    def fix(self, place: int) -> None:
        """Mend the finding by one of the ways offered; a control that is new asks for its title at once."""
        if 0 <= place < len(self._fixes):
            fix, made = self._fixes[place], list[str]()
            if step(self.session, fix.title, lambda tx: made.append(apply_fix(tx, fix))) and made[0]:
                self.session.select(made)
                self.session.reveal.emit((made[0],))
                self.requested.emit("edit.rename")

    def leave_rule_out(self) -> None:
        """Check the rule no more in this project."""
        row = self.table.current()
        if row is not None and step(self.session, "Leave rule out", lambda tx: switch_rule(tx, row.rule, on=False)):
            self.session.notice.emit(f"The rule {row.rule} is left out of this project; undo brings it back.")

    def ask_options(self) -> None:
        """Ask for the project's own rules, words and thresholds."""
        if self.store.read_only:
            self.session.notice.emit(self.store.read_only)
            return
        wanted: dict[str, Any] | None = OptionsDialog(options_of(self.store), self.window()).show_modal()
        if wanted is not None:
            step(self.session, "Change rules of the linter", lambda tx: set_options(tx, **wanted))

    def menu(self) -> QMenu:
        """What can be done about the finding under the cursor."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.table.current()
        if row is None:
            return menu
        asked = isinstance(self.store.get(row.element), Conflict)
        menu.addAction(SETTLE if asked else "Show what it is about", self._reveal).setEnabled(bool(row.place) or asked)
        if self.store.read_only:
            return menu
        menu.addSeparator()
        for place, fix in enumerate(self._fixes):
            menu.addAction(single_line(fix.title.replace("&", "&&")), partial(self.fix, place))
        if BY_ID[row.rule].question and not row.suppressed:
            menu.addAction("Answer yes…", partial(self.declare, "yes"))
            menu.addAction("Answer no…", partial(self.declare, "no"))
        if row.rule in ACCEPTED_BY and not row.settled:
            menu.addAction(ACCEPT, self.accept_risk)
        if not row.settled:
            menu.addAction("Suppress…", partial(self.declare, "suppressed"))
        if answer_of(self.store, row.rule, row.element) is not None:
            menu.addAction("Take answer back", self.take_back)
        menu.addSeparator()
        menu.addAction("Leave this rule out", self.leave_rule_out)
        return menu

    def _menu(self, at: QPoint) -> None:
        self.menu().popup(at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= _NARROW)


def _declare(rule: str, element: str, answer: Declared, reason: str, by: str, at: str, tx: Transaction) -> None:
    answer_rule(tx, rule, element, answer, reason=reason, by=by, at=at)

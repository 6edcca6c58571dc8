"""The dock "Actions and comments": what was noted, what is still to be done, changed in place with undo."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QStackedLayout, QWidget
from typing_extensions import override

from workbench.analysis.due_date import NoDayError, read_due
from workbench.analysis.meeting_log import KINDS, MANY, meetings
from workbench.analysis.words import short_name
from workbench.commands import meeting as log
from workbench.commands.delete import diagrams_drawing
from workbench.panels.common import EmptyState, Panel, button, column
from workbench.panels.evidence_page import ListPage
from workbench.panels.icons import icon
from workbench.panels.review_rows import (
    REVIEW_CHIPS,
    Filter,
    ReviewRow,
    found_by,
    is_diagram,
    leads_somewhere,
    named,
    no_source,
    review_rows,
)
from workbench.panels.review_table import DUE, TEXT, WHO, ReviewTable
from workbench.render.characters import single_line
from workbench.session.session import Session
from workbench.session.today import today_of
from workbench.tools.intents import step

_EMPTY: Final = (
    "Nothing noted yet. Note an action, a decision, a vote or a comment about what is selected; "
    "while presenting, the keys A, D, V and C do it."
)
_NEVER_DONE: Final = "A {} stands as it was noted; only actions and comments are done with."
_SEARCH: Final = 180


class ReviewPanel(Panel):
    """The dock.

    Attributes:
        requested: emits the id of an action that was asked for.
    """

    requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Actions and comments")
        self._only = ""
        self._following = False
        self._stack = QStackedLayout(self)
        self.empty = EmptyState(_EMPTY, "Note an action")
        self.empty.pressed.connect(lambda: self.requested.emit("review.action"))
        self._stack.addWidget(self.empty)
        body = QWidget()
        outer = column(body, 0, 0)
        self.table = ReviewTable()
        self.table.model_.write = self._write
        self.page = ListPage(self.table, REVIEW_CHIPS, found_by, no_source, ("line", "lines"))
        outer.addLayout(self._bar())
        outer.addWidget(self.page, 1)
        self._stack.addWidget(body)
        self.page.clear_asked.connect(self.show_all)
        self.table.chosen.connect(self._chosen)
        self.table.clicked.connect(lambda _: self._look())
        self.table.opened.connect(lambda _: self._look())
        self.table.toggled.connect(self.toggle_done)
        self.table.deleted.connect(self.delete)
        self.table.menu_asked.connect(self._menu)
        self.later()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search actions and comments")
        self.search.setAccessibleName("Search actions and comments")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(_SEARCH)
        self.search.textChanged.connect(self.page.search)
        self.search.returnPressed.connect(self.take_focus)
        bar.addWidget(self.search, 2)
        bar.addWidget(self.page.chips, 4)
        self.kind = self._choice("Which kind", "Every kind")
        for kind in KINDS:
            self.kind.addItem(MANY[kind].capitalize(), kind)
        self.who = self._choice("Whose", "Everybody")
        self.meeting = self._choice("Of which meeting", "Every meeting")
        for choice in (self.kind, self.who, self.meeting):
            bar.addWidget(choice, 1)
        self.only = button("", lambda: self.show_only(""), look="pill", tip="Show what is pinned anywhere again")
        self.only.setIcon(icon("close"))
        self.only.hide()
        bar.addWidget(self.only)
        return bar

    def _choice(self, name: str, every: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.addItem(every, "")
        made.setMinimumContentsLength(9)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.activated.connect(lambda _index: self.refresh())
        return made

    # what is shown

    @override
    def refresh(self) -> None:
        rows = review_rows(self.store, today_of(self.session))
        self._offer(self.who, [(single_line(name, 60), name) for name in named(rows)])
        known = [(single_line(one.title, 60) or "Untitled", one.id) for one in reversed(meetings(self.store))]
        self._offer(self.meeting, [*known, ("Outside of meetings", "-")] if known else [])
        shown = self._kept(rows)
        if self._only and not shown:
            self._only = ""
            shown = self._kept(rows)
        name = short_name(self.store, self._only) if self._only else ""
        self.only.setText(f"On {single_line(name, 60)}".replace("&", "&&"))
        self.only.setAccessibleName(f"Only what is pinned to {single_line(name)}; show all again")
        self.only.setVisible(bool(self._only))
        self.table.model_.read_only = bool(self.store.read_only)
        self.page.take_rows(shown)
        self.empty.allow(self.store.read_only)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _kept(self, rows: list[ReviewRow]) -> list[ReviewRow]:
        kind, who, meeting = (str(choice.currentData()) for choice in (self.kind, self.who, self.meeting))
        wanted = Filter(kind, who, meeting, self._only)
        return [row for row in rows if wanted.keeps(self.store, row)]

    def _offer(self, choice: QComboBox, options: list[tuple[str, str]]) -> None:
        """Let one be chosen among others than before; what is chosen stays while it is there."""
        before = [(choice.itemText(place), choice.itemData(place)) for place in range(1, choice.count())]
        if before == options:
            return
        chosen = choice.currentData()
        while choice.count() > 1:
            choice.removeItem(1)
        for text, value in options:
            choice.addItem(text, value)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))

    @property
    def meeting_chosen(self) -> str:
        """Id of the meeting whose lines alone are shown; empty where none is chosen."""
        return str(self.meeting.currentData()).removeprefix("-")

    def show_only(self, id: str) -> None:
        """Show only what is pinned to one thing; empty: to anything."""
        self._only = id
        if id:
            self._clear()
        self.refresh()

    def show_all(self) -> None:
        """Show everything again."""
        self._clear()
        self.show_only("")

    def _clear(self) -> None:
        self.search.clear()
        self.page.set_chip("")
        for choice in (self.kind, self.who, self.meeting):
            choice.setCurrentIndex(0)

    # going along

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if self.isVisible() and not self._following:
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """Go to the first line pinned to what is selected, where it is shown."""
        chosen, current = self.session.primary, self.table.current()
        if chosen is None or (current is not None and current.entry.subject == chosen):
            return
        row = next((row for row in self.table.rows_model.rows if row.entry.subject == chosen), None)
        if row is not None:
            self._quietly(lambda: self.table.go_to(row.id))

    def _quietly(self, step: Callable[[], object]) -> None:
        self._following = True
        try:
            step()
        finally:
            self._following = False

    def _chosen(self, _: str) -> None:
        if self.table.hasFocus() and not self._following:
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        """Select what the line under the cursor is pinned to."""
        row = self.table.current()
        if row is None or self._following or not leads_somewhere(self.store, row):
            return
        subject = row.entry.subject
        if is_diagram(self.store, row):
            self._quietly(lambda: self.session.set_diagram(subject))
            return
        showing = diagrams_drawing(self.store, subject)
        if showing and self.session.diagram not in showing:
            self._quietly(lambda: self.session.set_diagram(showing[0]))
        self._quietly(lambda: self.session.select([subject]))
        self._quietly(lambda: self.session.reveal.emit((subject,)))

    def take_focus(self) -> None:
        """The keyboard goes to the rows, else to the search."""
        rows = self.table.rows_model.rows
        if rows:
            if self.table.current() is None:
                self._quietly(lambda: self.table.go_to(rows[0].id))
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.flush()
        if self._stack.currentIndex() == 1:
            self.take_focus()
        else:
            self.empty.setFocus(event.reason())

    @override
    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # changing

    def _write(self, row: ReviewRow, place: str, typed: str) -> bool:
        """Keep what was written in a cell."""
        if place == "due":
            try:
                typed = read_due(typed, today_of(self.session))
            except NoDayError as problem:
                self.session.notice.emit(str(problem))
                return False
        field = {"text": "text", "who": "owner", "due": "due"}[place]
        wanted = " ".join(typed.split()) if field == "owner" else typed
        return step(self.session, f"Edit {row.entry.kind}", lambda tx: log.edit_noted(tx, row.id, **{field: wanted}))

    def toggle_done(self) -> None:
        """What is open is done; what is done is open again."""
        row = self.table.current()
        if row is None:
            return
        following = self.table.rows_model.id_at(self.table.currentIndex().row() + 1)
        self._toggle(row)
        self.flush()
        if following and self.table.rows_model.place_of(row.id) != self.table.rows_model.place_of(following) - 1:
            self._quietly(lambda: self.table.go_to(following))  # it went to others that are done: on with the next one

    def _toggle(self, row: ReviewRow) -> None:
        entry, at = row.entry, self.session.signature()[1]
        if entry.kind == "action":
            if entry.waits:
                step(self.session, "Action done", lambda tx: log.close_action(tx, entry.id, at=at))
            else:
                step(self.session, "Reopen action", lambda tx: log.reopen_action(tx, entry.id))
        elif entry.kind == "comment":
            step(
                self.session,
                "Resolve comment" if entry.waits else "Reopen comment",
                lambda tx: log.resolve_comment(tx, entry.id, resolved=entry.waits),
            )
        else:
            self.session.notice.emit(_NEVER_DONE.format(entry.kind))

    def drop(self) -> None:
        """The action under the cursor will not be done."""
        row = self.table.current()
        if row is not None and row.entry.kind == "action":
            at = self.session.signature()[1]
            step(self.session, "Drop action", lambda tx: log.close_action(tx, row.id, at=at, dropped=True))

    def delete(self) -> None:
        """Remove the lines chosen."""
        ids = self.table.chosen_ids()
        if ids:
            words = "1 line" if len(ids) == 1 else f"{len(ids)} lines"
            if step(self.session, "Delete from the log", lambda tx: log.delete_noted(tx, ids)):
                self.session.notice.emit(f"{words} deleted from the log; Ctrl+Z brings back.")

    def pin(self, subject: str | None) -> None:
        """Pin the line under the cursor to something else; None: to the project."""
        row = self.table.current()
        if row is not None:
            step(self.session, "Pin elsewhere", lambda tx: log.pin(tx, row.id, subject))

    # the menu

    def menu(self) -> QMenu:
        """What can be done about the line under the cursor."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.table.current()
        if row is None:
            return menu
        menu.addAction("Show what it is about\tEnter", self._look).setEnabled(leads_somewhere(self.store, row))
        if self.store.read_only:
            return menu
        entry = row.entry
        menu.addSeparator()
        if entry.kind in ("action", "comment"):
            done = "Mark as done" if entry.kind == "action" else "Resolve"
            menu.addAction(f"{done if entry.waits else 'Open again'}\tSpace", self.toggle_done)
        if entry.kind == "action" and entry.waits:
            menu.addAction("Drop: will not be done", self.drop)
        menu.addSeparator()
        menu.addAction("Reword\tF2", partial(self.table.edit_column, TEXT))
        if entry.kind == "action":
            menu.addAction("Change owner", partial(self.table.edit_column, WHO))
            menu.addAction("Change due day", partial(self.table.edit_column, DUE))
        menu.addSeparator()
        selected = self.session.primary
        if selected is not None and selected != entry.subject:
            name = single_line(short_name(self.store, selected), 60).replace("&", "&&")
            menu.addAction(f"Pin to {name}", partial(self.pin, selected))
        if leads_somewhere(self.store, row):
            menu.addAction("Pin to the whole project", partial(self.pin, None))
        menu.addSeparator()
        menu.addAction("Delete\tDel", self.delete)
        return menu

    def _menu(self, at: QPoint) -> None:
        self.menu().popup(at)

    @override
    def on_theme(self) -> None:
        self.table.viewport().update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 242)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 64 if self._stack.currentIndex() == 0 else 150)

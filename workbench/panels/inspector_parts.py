"""Lists in the inspector that are no fields: lines guarded, controls on a line, factors, claims, diagrams, ratings."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.claims import claims_on
from workbench.analysis.risk import scheme_of
from workbench.analysis.words import UNTITLED, name_of, sign_of, word
from workbench.commands.attach import detach_evidence
from workbench.commands.errors import CommandError
from workbench.commands.guards import guards_of, move_guard
from workbench.model.base import Record, record_type
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import DegradationFactor, Guard, Link
from workbench.model.judgement import PROJECT_ID
from workbench.panels.claim_card import ClaimCard
from workbench.panels.common import Label, allow_change, button, clear_layout, column, plain_tip
from workbench.panels.icons import glyph_icon, icon
from workbench.panels.rating_part import RatingForm
from workbench.panels.row_button import RowButton
from workbench.panels.style import current_theme
from workbench.session.session import Session, diagrams
from workbench.store.transaction import Transaction

LONGEST: Final = 60
"""Rows shown of one list; the rest is counted."""


class Part(QWidget):
    """One list about the selected record; its rows are made anew only when they would say something else.

    Attributes:
        requested: emits what the evidence dialogs should do, such as ``judge``, and to which claim, run or subject.
        action_requested: emits the id of an action that was asked for.
    """

    attach_requested = Signal(str)
    claim_opened = Signal(str)
    requested = Signal(str, str)
    action_requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.store = session.store
        self.subject = ""
        self._state: object = None
        self._layout = column(self, 0, 2)

    def add_to_head(self, head: QBoxLayout) -> None:
        """Put a button beside the heading."""

    def show_for(self, subject: str) -> None:
        """Show the list of this record."""
        self.subject = subject
        record = self.store.get(subject)
        content = self.content(record) if record is not None else []
        state = (subject, content, self.store.read_only, current_theme().name)
        if state != self._state:
            self._state = state
            clear_layout(self._layout)
            if record is not None:
                self.fill(content)

    def content(self, record: Record) -> list[Any]:
        """What the rows say; for most lists (id, text) each."""
        raise NotImplementedError

    def fill(self, content: list[Any]) -> None:
        """Make the rows."""
        self.add_rows(content)

    # rows

    def add_row(self, id: str, text: str, *, after: tuple[QWidget, ...] = ()) -> None:
        """A row that selects and reveals ``id`` when pressed."""
        record = self.store.get(id)
        sign = sign_of(self.store, record) if record is not None else "file"
        row = QHBoxLayout()
        row.setSpacing(2)
        pressed = RowButton(text, lambda: self._go(id))
        pressed.setIcon(glyph_icon(sign, current_theme()))
        row.addWidget(pressed, 1)
        for extra in after:
            row.addWidget(extra)
        self._layout.addLayout(row)

    def add_rows(self, rows: list[tuple[str, str]], nothing: str = "None") -> None:
        """Rows for (id, text), or one word where there are none."""
        if not rows:
            self._layout.addWidget(Label(nothing, dim=True))
        for id, text in rows[:LONGEST]:
            self.add_row(id, text)
        if len(rows) > LONGEST:
            self._layout.addWidget(Label(f"and {len(rows) - LONGEST} more", dim=True))

    def _go(self, id: str) -> None:
        record = self.store.get(id)
        if isinstance(record, Diagram):
            self.session.set_diagram(id)
        elif record is not None:
            self.session.select([id])
            self.session.reveal.emit((id,))

    def change(self, label: str, command: Callable[[Transaction], object]) -> None:
        """Carry out a command as one step; what refuses is said in the status bar."""
        try:
            with self.store.transaction(label) as tx:
                command(tx)
        except (CommandError, KeyError) as error:
            self.session.notice.emit(str(error) if isinstance(error, CommandError) else "This is gone already.")


def _control_of(record: Record) -> str:
    return record.control if isinstance(record, Guard) else record.id


def _line_end(part: Part, guard: Guard) -> str:
    """The end of a guard's line that tells it from the others: the outer one."""
    link = part.store.find(guard.subject, Link)
    if link is None:
        return name_of(part.store, guard.subject)
    source = part.store.get(link.source)
    inner = source is not None and record_type(source) in ("top_event", "hazard")
    return name_of(part.store, link.target if inner else link.source)


class Guarded(Part):
    """The lines a control guards."""

    @override
    def content(self, record: Record) -> list[Any]:
        guards = self.store.referrers(_control_of(record), Guard, "control")
        return sorted(((guard.id, _line_end(self, guard)) for guard in guards), key=lambda row: row[1])

    @override
    def fill(self, content: list[Any]) -> None:
        self.add_rows(content, "Stands on no line yet")


class Factors(Part):
    """What weakens a control: everywhere, or on this line only."""

    @override
    def content(self, record: Record) -> list[Any]:
        control = _control_of(record)
        rows = []
        for host in dict.fromkeys((control, record.id)):
            for link in self.store.referrers(host, Link, "target"):
                if self.store.find(link.source, DegradationFactor) is not None:
                    where = " (this line)" if host != control else ""
                    rows.append((link.source, name_of(self.store, link.source) + where))
        return rows


class Targets(Part):
    """What a degradation factor weakens."""

    @override
    def content(self, record: Record) -> list[Any]:
        links = [link for link in self.store.referrers(record.id, Link, "source") if link.kind == "degrades"]
        return [(link.target, name_of(self.store, link.target)) for link in links]

    @override
    def fill(self, content: list[Any]) -> None:
        self.add_rows(content, "Hangs under no control yet")


class Ends(Part):
    """The kind of a line and its two ends."""

    @override
    def content(self, record: Record) -> list[Any]:
        if not isinstance(record, Link):
            return []
        return [word(record.kind), *((end, name_of(self.store, end)) for end in (record.source, record.target))]

    @override
    def fill(self, content: list[Any]) -> None:
        if content:
            self._layout.addWidget(Label(content[0], dim=True))
            self.add_rows(content[1:])


class Bars(Part):
    """The controls on a line (or waiting on an element), in order, with buttons that move them."""

    @override
    def content(self, record: Record) -> list[Any]:
        return [(guard.id, name_of(self.store, guard.control)) for guard in guards_of(self.store, record.id)]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            self._layout.addWidget(Label("None", dim=True))
        for index, (guard, control) in enumerate(content):
            up = self._mover(guard, index - 1, f"Move {control} towards the start", "chevron-up")
            down = self._mover(guard, index + 1, f"Move {control} towards the end", "chevron-down")
            allow_change(up, self.store.read_only, when=index > 0)
            allow_change(down, self.store.read_only, when=index + 1 < len(content))
            self.add_row(guard, control, after=(up, down) if len(content) > 1 else ())

    def _mover(self, guard: str, index: int, tip: str, sign: str) -> QWidget:
        line = self.subject
        move = button(
            "", lambda: self.change("Reorder controls", lambda tx: move_guard(tx, guard, link=line, index=index))
        )
        move.setProperty("flat", True)
        move.setIcon(icon(sign))
        move.setToolTip(plain_tip(tip))
        move.setAccessibleName(tip)
        move.setFixedSize(24, 24)
        return move


class Shown(Part):
    """The diagrams an element stands on."""

    @override
    def content(self, record: Record) -> list[Any]:
        ids = {record.id}
        if isinstance(record, Guard):
            link = self.store.find(record.subject, Link)
            ids = {link.source, link.target} if link is not None else {record.subject}
        sheets: list[set[str]] = [
            {placement.diagram for placement in self.store.referrers(key, Placement, "subject")} for key in ids
        ]
        common = set.intersection(*sheets)
        return [(sheet.id, sheet.title or UNTITLED) for sheet in diagrams(self.store) if sheet.id in common]

    @override
    def fill(self, content: list[Any]) -> None:
        self.add_rows(content, "On no diagram")


class Claims(Part):
    """The claims about the selected record, a card each, and the button that attaches another."""

    @override
    def add_to_head(self, head: QBoxLayout) -> None:
        self._attach = button("Attach…", lambda: self.attach_requested.emit(self.subject), look="flat")
        self._attach.setAccessibleName("Attach evidence")
        head.addWidget(self._attach)

    @override
    def show_for(self, subject: str) -> None:
        super().show_for(subject)
        allow_change(self._attach, self.store.read_only)

    @override
    def content(self, record: Record) -> list[Any]:
        rows = claims_on(self.store, record.id)
        return rows + claims_on(self.store, record.control) if isinstance(record, Guard) else rows

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            self._layout.addWidget(Label("Add a run, or drop a result file on the node", dim=True, wrap=True))
        for row in content[:LONGEST]:
            card = ClaimCard(row, read_only=self.store.read_only)
            card.opened.connect(self.claim_opened)
            card.removed.connect(self._remove)
            card.edit_asked.connect(partial(self.requested.emit, "edit"))
            self._layout.addWidget(card)
            self._layout.addSpacing(4)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        for words, verb in (("Type in a run…", "type_in"), ("Add document…", "document")):
            made = button(words, partial(self.requested.emit, verb, self.subject), look="flat")
            allow_change(made, self.store.read_only)
            foot.addWidget(made)
        foot.addStretch(1)
        self._layout.addLayout(foot)

    def _remove(self, claim: str) -> None:
        self.change("Remove evidence", lambda tx: detach_evidence(tx, claim))


class Ratings(Part):
    """Initial and residual risk of a hazard or consequence."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._form = RatingForm(session)
        self._form.requested.connect(self.action_requested)
        self._layout.addWidget(self._form)

    @override
    def show_for(self, subject: str) -> None:
        self.subject = subject
        self._form.show_for(subject)
        self._form.setEnabled(not self.store.read_only)


class Scheme(Part):
    """The scheme the project rates by; another one re-maps the ratings, so it is chosen in a dialog."""

    @override
    def show_for(self, subject: str) -> None:
        super().show_for(PROJECT_ID)

    @override
    def content(self, record: Record) -> list[Any]:
        scheme = scheme_of(self.store)
        return [scheme.name or UNTITLED] if scheme is not None else ["None"]

    @override
    def fill(self, content: list[Any]) -> None:
        self._layout.addWidget(Label(content[0], wrap=True))
        change = button("Risk scheme…", lambda: self.action_requested.emit("risk.scheme"), look="flat")
        allow_change(change, self.store.read_only)
        self._layout.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)


PARTS: Final[dict[str, type[Part]]] = {
    "ratings": Ratings,
    "scheme": Scheme,
    "guarded": Guarded,
    "factors": Factors,
    "bars": Bars,
    "claims": Claims,
    "ends": Ends,
    "shown": Shown,
    "targets": Targets,
}
"""The list for each ``extra`` of a form's section."""

"""Lists in the inspector that are no fields: lines guarded, controls on a line, factors, claims, diagrams, ratings."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from workbench.commands.attach import detach_evidence
from workbench.commands.errors import CommandError
from workbench.commands.guards import guards_of, move_guard
from workbench.model.base import Record, record_type
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import DegradationFactor, Guard, Link
from workbench.panels.claim_card import ClaimCard
from workbench.panels.claims import claims_on
from workbench.panels.common import Label, button, clear_layout, column
from workbench.panels.icons import glyph_icon, icon
from workbench.panels.rating_part import RatingForm
from workbench.panels.style import current_theme
from workbench.panels.words import name_of, sign_of, word
from workbench.session.session import Session, diagrams
from workbench.store.transaction import Transaction

LONGEST: Final = 60
"""Rows shown of one list; the rest is counted."""


class Part(QWidget):
    """One list about the selected record."""

    attach_requested = Signal(str)
    claim_opened = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.store = session.store
        self.subject = ""
        self._read_only = False
        self._layout = column(self, 0, 2)

    def add_to_head(self, head: QBoxLayout) -> None:
        """Put a button beside the heading."""

    def show_for(self, subject: str) -> None:
        """Show the list of this record."""
        self.subject = subject
        record = self.store.get(subject)
        clear_layout(self._layout)
        if record is not None:
            self.fill(record)

    def fill(self, record: Record) -> None:
        """Make the rows."""
        raise NotImplementedError

    def set_read_only(self, on: bool) -> None:
        """Allow looking only."""
        self._read_only = on

    # rows

    def add_row(self, id: str, text: str, *, after: tuple[QWidget, ...] = ()) -> None:
        """A row that selects and reveals ``id`` when pressed."""
        record = self.store.get(id)
        sign = sign_of(self.store, record) if record is not None else "file"
        row = QHBoxLayout()
        row.setSpacing(2)
        pressed = button(_clipped(text), lambda: self._go(id), look="row", tip=text)
        pressed.setIcon(glyph_icon(sign, current_theme()))
        pressed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
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


def _clipped(text: str, longest: int = 34) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip()}…"


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
    def fill(self, record: Record) -> None:
        guards = self.store.referrers(_control_of(record), Guard, "control")
        rows = [(guard.id, _line_end(self, guard)) for guard in guards]
        self.add_rows(sorted(rows, key=lambda row: row[1]), "Stands on no line yet")


class Factors(Part):
    """What weakens a control: everywhere, or on this line only."""

    @override
    def fill(self, record: Record) -> None:
        control = _control_of(record)
        rows = []
        for host in dict.fromkeys((control, record.id)):
            for link in self.store.referrers(host, Link, "target"):
                if self.store.find(link.source, DegradationFactor) is not None:
                    where = " (this line)" if host != control else ""
                    rows.append((link.source, name_of(self.store, link.source) + where))
        self.add_rows(rows)


class Targets(Part):
    """What a degradation factor weakens."""

    @override
    def fill(self, record: Record) -> None:
        links = [link for link in self.store.referrers(record.id, Link, "source") if link.kind == "degrades"]
        self.add_rows([(link.target, name_of(self.store, link.target)) for link in links], "Hangs under no control yet")


class Ends(Part):
    """The two ends of a line."""

    @override
    def fill(self, record: Record) -> None:
        if isinstance(record, Link):
            self._layout.addWidget(Label(word(record.kind), dim=True))
            self.add_rows([(record.source, name_of(self.store, record.source))])
            self.add_rows([(record.target, name_of(self.store, record.target))])


class Bars(Part):
    """The controls on a line (or waiting on an element), in order, with buttons that move them."""

    @override
    def fill(self, record: Record) -> None:
        guards = guards_of(self.store, record.id)
        if not guards:
            self._layout.addWidget(Label("None", dim=True))
        for index, guard in enumerate(guards):
            control = name_of(self.store, guard.control)
            buttons = (
                self._mover(guard.id, index - 1, f"Move {control} towards the start", "chevron-up", index > 0),
                self._mover(
                    guard.id, index + 1, f"Move {control} towards the end", "chevron-down", index + 1 < len(guards)
                ),
            )
            self.add_row(guard.id, control, after=buttons if len(guards) > 1 else ())

    def _mover(self, guard: str, index: int, tip: str, sign: str, possible: bool) -> QWidget:
        line = self.subject
        move = button(
            "", lambda: self.change("Reorder controls", lambda tx: move_guard(tx, guard, link=line, index=index))
        )
        move.setProperty("flat", True)
        move.setIcon(icon(sign))
        move.setToolTip(tip)
        move.setAccessibleName(tip)
        move.setFixedSize(24, 24)
        move.setEnabled(possible and not self.store.read_only)
        return move


class Shown(Part):
    """The diagrams an element stands on."""

    @override
    def fill(self, record: Record) -> None:
        ids = {record.id}
        if isinstance(record, Guard):
            link = self.store.find(record.subject, Link)
            ids = {link.source, link.target} if link is not None else {record.subject}
        sheets: list[set[str]] = [
            {placement.diagram for placement in self.store.referrers(key, Placement, "subject")} for key in ids
        ]
        common = set.intersection(*sheets)
        rows = [(sheet.id, sheet.title or "(no title)") for sheet in diagrams(self.store) if sheet.id in common]
        self.add_rows(rows, "On no diagram")


class Claims(Part):
    """The claims about the selected record, a card each, and the button that attaches another."""

    @override
    def add_to_head(self, head: QBoxLayout) -> None:
        self._attach = button("Attach…", lambda: self.attach_requested.emit(self.subject), look="flat")
        self._attach.setAccessibleName("Attach evidence")
        head.addWidget(self._attach)

    @override
    def fill(self, record: Record) -> None:
        rows = claims_on(self.store, record.id)
        if isinstance(record, Guard):
            rows += claims_on(self.store, record.control)
        if not rows:
            self._layout.addWidget(Label("Add a run, or drop a result file on the node", dim=True, wrap=True))
        for row in rows[:LONGEST]:
            card = ClaimCard(row, removable=not self.store.read_only)
            card.opened.connect(self.claim_opened)
            card.removed.connect(self._remove)
            self._layout.addWidget(card)
            self._layout.addSpacing(4)

    def _remove(self, claim: str) -> None:
        self.change("Remove evidence", lambda tx: detach_evidence(tx, claim))

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self._attach.setEnabled(not on)


class Ratings(Part):
    """Initial and residual risk of a hazard or consequence."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._form = RatingForm(session)
        self._layout.addWidget(self._form)

    @override
    def show_for(self, subject: str) -> None:
        self.subject = subject
        self._form.show_for(subject)

    @override
    def set_read_only(self, on: bool) -> None:
        self._form.setEnabled(not on)


PARTS: Final[dict[str, type[Part]]] = {
    "ratings": Ratings,
    "guarded": Guarded,
    "factors": Factors,
    "bars": Bars,
    "claims": Claims,
    "ends": Ends,
    "shown": Shown,
    "targets": Targets,
}
"""The list for each ``extra`` of a form's section."""

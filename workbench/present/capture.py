"""The strip that notes an action, a decision, a vote or a comment, by keys alone and without getting in the way."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from workbench.analysis.due_date import NoDayError
from workbench.analysis.meeting_log import CLASS, WORD, Entry, Kind, entry, line_of, people, running
from workbench.commands import meeting as log
from workbench.commands.errors import CommandError
from workbench.panels.common import Label, column, rule
from workbench.panels.icons import icon
from workbench.panels.style import BODY_PX, SMALL_PX, ui_font
from workbench.present.capture_fields import DueField, HandCount, NameField, PinField, in_order, text_field
from workbench.render.characters import single_line
from workbench.session.session import Session
from workbench.session.today import today_of
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction

_HINT: Final[dict[Kind, str]] = {
    "action": "What is to be done?",
    "decision": "What was decided?",
    "vote": "What is voted on?",
    "comment": "What is to be said?",
}
_KEYS: Final = "Enter keeps it · Ctrl+Enter and another one · Tab next field · Esc drops it"
_LABEL: Final[dict[Kind, str]] = {
    "action": "Note action", "decision": "Record decision", "vote": "Record vote", "comment": "Comment",
}  # fmt: skip
_MOST: Final = 20_000


class CaptureStrip(QWidget):
    """Fields in a row; each line kept is one undoable step.

    Attributes:
        kept: emits the id of each line kept.
        done: the last line was kept; the strip is not needed any more. Emits its id.
        cancelled: the user dropped what was typed.
    """

    kept = Signal(str)
    done = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        session: Session,
        kind: Kind,
        subjects: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        pixels: int = BODY_PX,
    ) -> None:
        """Offer to note something.

        Args:
            session: its document gets the line; its signature says who noted it and when.
            kind: of the line.
            subjects: ids of what it may be pinned to, the likeliest first; the project is offered too.
            parent: the window it lies in.
            pixels: height of its letters.
        """
        super().__init__(parent)
        self.session = session
        self.kind: Kind = kind
        self._store = session.store
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_LABEL[kind])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._build(pixels)
        self.pin_to(subjects)

    def _build(self, pixels: int) -> None:
        self.text = text_field(_HINT[self.kind], _HINT[self.kind], _MOST)
        self.owner = NameField("Owner", "Owner")
        self.due = DueField(today_of(self.session))
        self.counts = tuple(HandCount(word) for word in ("Agree", "Disagree", "Abstain"))
        self.pinned = PinField(self._store)
        extra: tuple[QWidget, ...] = ()
        if self.kind == "action":
            extra = (self.owner, self.due)
            self.owner.offer(people(self._store))
        elif self.kind == "vote":
            extra = self.counts
        self._fields: tuple[QWidget, ...] = (self.text, *extra, self.pinned)
        outer = column(self, 0, 0)
        outer.addWidget(rule())
        body = QWidget()
        lines = column(body, 0, max(4, pixels // 4))
        side = max(12, pixels)
        lines.setContentsMargins(side, pixels // 2, side, pixels // 2)
        row = QHBoxLayout()
        row.setSpacing(max(8, pixels // 2))
        sign = Label()
        sign.setPixmap(icon(self.kind).pixmap(QSize(pixels + 7, pixels + 7), self.devicePixelRatioF()))
        row.addWidget(sign)
        word = Label(WORD[self.kind])
        word.setFont(ui_font(pixels, strong=True))
        row.addWidget(word)
        row.addWidget(self.text, 6)
        for field in extra:
            row.addWidget(field, 2 if self.kind == "action" else 1)
        on = Label("on", dim=True)
        on.setFont(ui_font(pixels))
        row.addWidget(on)
        row.addWidget(self.pinned, 3)
        lines.addLayout(row)
        meeting = running(self._store)
        title = single_line(meeting.title, 60) if meeting is not None else ""
        self._keys = f"Meeting “{title}” · {_KEYS}" if title else _KEYS
        self._said = Label(self._keys, dim=True)
        self._said.setFont(ui_font(max(SMALL_PX, round(pixels * 0.75))))
        lines.addWidget(self._said)
        outer.addWidget(body)
        for field in self._fields:
            field.setFont(ui_font(pixels))
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self._show_hint)
        for count in self.counts:
            count.refused.connect(partial(self._say, wrong=True))
        self.setFocusProxy(self.text)

    def begin(self) -> None:
        """Show the strip and let the keyboard write in it."""
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def pin_to(self, subjects: Sequence[str]) -> None:
        """Offer other things to pin the line to, the first of them chosen."""
        self.pinned.offer(subjects)

    def typed(self) -> bool:
        """Whether anything was typed that closing would lose."""
        return bool(self.text.text().strip())

    # keeping

    def keep(self, *, another: bool = False) -> bool:
        """Put the line into the log, as Enter does; with ``another``, go on with an empty strip.

        Returns:
            Whether it was kept; if not, the strip says why.
        """
        try:
            due = self.due.day()
            with self._store.transaction(_LABEL[self.kind]) as tx:
                made = self._note(tx, due)
        except NoDayError as problem:
            self._refuse(self.due, str(problem))
            return False
        except (CommandError, ReadOnlyError) as problem:
            self._refuse(self.text, str(problem))
            return False
        said = self._entry(made)
        self.session.notice.emit(f"Kept. {line_of(said)}")
        self.kept.emit(made)
        if another:
            self._clear(said)
        else:
            self.done.emit(made)
        return True

    def _note(self, tx: Transaction, due: str) -> str:
        by, at = self.session.signature()
        subject, text = self.pinned.subject(), self.text.text()
        if self.kind == "action":
            return log.capture_action(tx, subject, text, owner=self.owner.name(), due=due, at=at)
        if self.kind == "vote":
            agree, disagree, abstain = (count.value() for count in self.counts)
            return log.vote(tx, subject, text, (agree, disagree, abstain), by=by, at=at)
        return (log.decide if self.kind == "decision" else log.comment)(tx, subject, text, by=by, at=at)

    def _entry(self, id: str) -> Entry:
        return next(entry(record, None) for record in self._store.all(CLASS[self.kind]) if record.id == id)

    def _clear(self, kept: Entry) -> None:
        """Ready for the next one; the day of the last action stays, since meetings give one day to many."""
        self.text.clear()
        self.owner.offer(people(self._store))
        self.owner.clear()
        for count in self.counts:
            count.set_value(0)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(f"Kept: {line_of(kept)}")

    def _refuse(self, field: QWidget, why: str) -> None:
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(why, wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._said.setText(text[:300])
        self._said.setAccessibleName(text[:300])
        self._said.setProperty("wrong", wrong)
        self._said.setProperty("dim", not wrong)
        self._said.style().polish(self._said)

    def _show_hint(self) -> None:
        hint, meant = "", self.due.meant()
        if self.owner.hasFocus():
            hint = " or ".join(single_line(name, 40) for name in self.owner.choices()[:2])
            hint = hint and f"Down: {hint}"
        elif meant:
            hint = f"Due {meant}"
        self._say(f"{hint} · {self._keys}" if hint else self._keys)

    def said(self) -> str:
        """What the line under the fields says."""
        return self._said.text()

    # keys

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round the fields of the strip."""
        in_order(self._fields, self.focusWidget(), 1 if next else -1).setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        self._show_hint()
        return True

    @override
    def event(self, event: QEvent) -> bool:
        """Plain keys belong to the strip while one types; keys of the presentation must not answer them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep(another=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not _own(event):
            super().keyPressEvent(event)


def _own(event: QKeyEvent) -> bool:
    """Whether a key is typing, or one of the strip's own; those of the program go by Ctrl, Alt or a function key."""
    key, held = event.key(), event.modifiers()
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
        return True
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return False
    return not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)

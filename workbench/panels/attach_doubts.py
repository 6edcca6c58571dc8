"""Doubts about a claim and gaps in knowledge behind it: the four asked for by name, and any others."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.words import word
from workbench.commands.errors import CommandError
from workbench.evidence.doubts import PROMPTS
from workbench.model.runs import Defeater, Deficit, DoubtKind, Evidence
from workbench.panels.attach_base import AskDialog, Choice, form_grid, scrolled
from workbench.panels.common import Label, button, column
from workbench.panels.style import SMALL_PX, ui_font

KIND_WORD: Final[dict[DoubtKind, str]] = {
    "proxy_gap": "Proxy gap",
    "under_elicited": "Under-elicited",
    "sandbagging": "Sandbagging",
    "contaminated": "Contaminated",
    "other": "Another doubt",
}
_UNASKED: Final = "unasked"
_STATES: Final = (
    ("Open: it may well be so", "open"),
    ("Ruled out", "ruled_out"),
    ("Answered", "answered"),
    ("Accepted as it is", "accepted"),
)
_HANDLINGS: Final = (
    ("Open: nobody has decided", "open"),
    ("Redesign", "redesign"),
    ("Restriction of use", "restriction"),
    ("More information will be sought", "more_information"),
    ("Accepted as it is", "accepted"),
)


class _Card(QFrame):
    """One doubt or gap: what it is, how it stands, and why."""

    def __init__(self, heading: str, question: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._changed = changed
        self.layout_ = column(self, 10, 4)
        head = QHBoxLayout()
        title = Label(heading)
        title.setFont(ui_font(strong=True))
        head.addWidget(title)
        head.addStretch(1)
        self.head = head
        self.layout_.addLayout(head)
        if question:
            said = Label(question, dim=True, wrap=True)
            said.setFont(ui_font(SMALL_PX))
            self.layout_.addWidget(said)

    def box(self, name: str, hint: str, text: str) -> QPlainTextEdit:
        """A text of two lines."""
        made = QPlainTextEdit(text)
        made.setTabChangesFocus(True)
        made.setPlaceholderText(hint)
        made.setAccessibleName(name)
        made.setFixedHeight(2 * made.fontMetrics().lineSpacing() + 18)
        made.textChanged.connect(self._changed)
        return made

    def state(self, name: str, options: tuple[tuple[str, str], ...], chosen: str | None) -> Choice:
        """How it stands."""
        made = Choice(name, options, chosen=chosen)
        made.changed.connect(self._changed)
        return made


class DoubtCard(_Card):
    """One doubt."""

    def __init__(
        self, kind: DoubtKind, defeater: Defeater | None, changed: Callable[[], None], remove: Callable[[], None] | None
    ) -> None:
        name = KIND_WORD[kind]
        super().__init__(name, PROMPTS.get(kind, ""), changed)
        self.kind = kind
        self._before = defeater
        options: tuple[tuple[str, str], ...] = _STATES
        if kind != "other":
            options = (("Not considered yet", _UNASKED), *_STATES)
        chosen = defeater.state if defeater is not None else _UNASKED
        self.choice = self.state(f"{name}: how it stands", options, chosen if kind != "other" or defeater else "open")
        self.choice.setMinimumWidth(190)
        self.head.addWidget(self.choice)
        if remove is not None:
            drop = button("Remove", remove, look="flat")
            drop.setAccessibleName("Remove this doubt")
            self.head.addWidget(drop)
        texts = form_grid()
        self.text = self.box(f"{name}: what is in doubt", "What is in doubt here", defeater.text if defeater else "")
        self.answer = self.box(f"{name}: why", "Why it is settled so", defeater.answer if defeater else "")
        texts.addWidget(self.text, 0, 0)
        texts.addWidget(self.answer, 0, 1)
        self.layout_.addLayout(texts)
        self.follow()

    def follow(self) -> None:
        """Ask for texts only where they say something."""
        state = self.choice.value()
        self.text.setVisible(state != _UNASKED)
        self.answer.setVisible(state not in (_UNASKED, "open"))

    def defeater(self, by: str, at: str) -> Defeater | None:
        """The doubt; None where nobody has considered it.

        Raises:
            CommandError: its text or its reason is missing.
        """
        state = self.choice.value()
        if state == _UNASKED:
            return None
        text, answer = self.text.toPlainText().strip(), self.answer.toPlainText().strip()
        if self.kind == "other" and not text:
            raise CommandError("Say what is in doubt.")
        if state != "open" and not answer:
            raise CommandError(f"{KIND_WORD[self.kind]}: say why it is {word(state).lower()}.")
        old = self._before
        answer = "" if state == "open" else answer
        if old is not None and (old.state, old.text, old.answer) == (state, text, answer):
            return old
        return Defeater(kind=self.kind, text=text, state=state, answer=answer, by=by, at=at)


class GapCard(_Card):
    """One gap in knowledge."""

    def __init__(self, deficit: Deficit | None, changed: Callable[[], None], remove: Callable[[], None]) -> None:
        super().__init__("Gap in knowledge", "", changed)
        self._before = deficit
        self.choice = self.state("How the gap is handled", _HANDLINGS, deficit.handling if deficit else "open")
        self.choice.setMinimumWidth(190)
        self.head.addWidget(self.choice)
        drop = button("Remove", remove, look="flat")
        drop.setAccessibleName("Remove this gap")
        self.head.addWidget(drop)
        texts = form_grid()
        self.text = self.box("What is not known", "What is not known", deficit.text if deficit else "")
        self.answer = self.box("How it is handled", "What is done about it, and why", deficit.reason if deficit else "")
        texts.addWidget(self.text, 0, 0)
        texts.addWidget(self.answer, 0, 1)
        self.layout_.addLayout(texts)
        self.follow()

    def follow(self) -> None:
        """Ask for a reason only where the gap is handled."""
        self.answer.setVisible(self.choice.value() != "open")

    def deficit(self, by: str, at: str) -> Deficit:
        """The gap.

        Raises:
            CommandError: its text or its handling is missing.
        """
        handling = self.choice.value()
        text, reason = self.text.toPlainText().strip(), self.answer.toPlainText().strip()
        if not text:
            raise CommandError("Say what is not known.")
        if handling != "open" and not reason:
            raise CommandError("Say how the gap is handled.")
        old = self._before
        reason = "" if handling == "open" else reason
        if old is not None and (old.handling, old.text, old.reason) == (handling, text, reason):
            return old
        return Deficit(text=text, handling=handling, reason=reason, by=by, at=at)


class DoubtsDialog(AskDialog):
    """Everything that speaks against leaning on a claim, and how each stands."""

    def __init__(self, claim: Evidence, name: str, author: str, now: str, parent: QWidget | None = None) -> None:
        super().__init__("Doubts and gaps", "Keep", parent)
        self._author, self._now = author, now
        self.resize(640, 640)
        self.add_head(name, "A claim is as good as the doubts that were ruled out.")
        holder = QWidget()
        self._cards = QVBoxLayout(holder)
        self._cards.setContentsMargins(0, 0, 8, 0)
        self._cards.setSpacing(8)
        scroll = self._scroll = scrolled(holder)
        self.body.addWidget(scroll, 1)
        self.doubts: list[DoubtCard] = []
        self.gaps: list[GapCard] = []
        known: dict[DoubtKind, Defeater] = {}
        known |= {defeater.kind: defeater for defeater in reversed(claim.defeaters) if defeater.kind != "other"}
        for kind in PROMPTS:
            self._put(self.doubts, DoubtCard(kind, known.get(kind), self.refresh, None))
        for defeater in claim.defeaters:
            if known.get(defeater.kind) is not defeater:
                self._other(defeater)
        for deficit in claim.deficits:
            self._gap(deficit)
        self._cards.addStretch(1)
        more = QHBoxLayout()
        more.addWidget(button("Add another doubt", lambda: self._reveal(self._other(None))))
        more.addWidget(button("Add a gap in knowledge", lambda: self._reveal(self._gap(None))))
        more.addStretch(1)
        self.body.addLayout(more)
        self.doubts[0].choice.setFocus()
        self.refresh()

    def _put(self, cards: list[Any], card: "DoubtCard | GapCard") -> None:
        place = len(self.doubts) if isinstance(card, DoubtCard) else len(self.doubts) + len(self.gaps)
        cards.append(card)
        self._cards.insertWidget(place, card)

    def _other(self, defeater: Defeater | None) -> DoubtCard:
        made: list[DoubtCard] = []
        kind = defeater.kind if defeater is not None else "other"
        made.append(DoubtCard(kind, defeater, self.refresh, lambda: self._drop(self.doubts, made[0])))
        self._put(self.doubts, made[0])
        return made[0]

    def _gap(self, deficit: Deficit | None) -> GapCard:
        made: list[GapCard] = []
        made.append(GapCard(deficit, self.refresh, lambda: self._drop(self.gaps, made[0])))
        self._put(self.gaps, made[0])
        return made[0]

    def _reveal(self, card: "DoubtCard | GapCard") -> None:
        self.refresh()
        card.text.setFocus()
        self._scroll.ensureWidgetVisible(card)

    def _drop(self, cards: list[Any], card: "DoubtCard | GapCard") -> None:
        cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.refresh()

    @override
    def read(self) -> tuple[tuple[Defeater, ...], tuple[Deficit, ...]]:
        """Doubts that were considered, and gaps."""
        found = [card.defeater(self._author, self._now) for card in self.doubts]
        gaps = tuple(card.deficit(self._author, self._now) for card in self.gaps)
        return tuple(defeater for defeater in found if defeater is not None), gaps

    @override
    def refresh(self) -> None:
        for doubt in self.doubts:
            doubt.follow()
        for gap in self.gaps:
            gap.follow()
        super().refresh()

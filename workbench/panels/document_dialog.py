"""Evidence that is no measurement: a document, an incident, expert judgement, a human study; and verdicts by hand."""

from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.analysis.words import VERDICT_WORD
from workbench.commands.errors import CommandError
from workbench.commands.evidence_edit import check_day
from workbench.model.runs import EvidenceKind, Verdict
from workbench.panels.attach_base import DAY_HINT, AskDialog, Choice, VerdictBox, form_grid, labelled
from workbench.panels.common import Label, rule
from workbench.panels.style import SMALL_PX, ui_font
from workbench.values import value_type

KINDS: Final[tuple[tuple[str, EvidenceKind], ...]] = (
    ("A document", "document"),
    ("An incident", "incident"),
    ("Expert judgement", "judgement"),
    ("A human study", "human_study"),
    ("A test report", "test_report"),
    ("A red-team exercise", "red_team"),
    ("Static analysis", "static_analysis"),
)
_NONE: Final = "none"
VERDICTS: Final[tuple[tuple[str, str], ...]] = (
    ("Supports", "supports"),
    ("Refutes", "refutes"),
    ("Inconclusive", "inconclusive"),
)


@value_type(frozen=True, slots=True)
class Document:
    """What was entered.

    Attributes:
        verdict: None where nobody has judged it yet; else by whom, when and why.
    """

    kind: EvidenceKind
    title: str
    link: str = ""
    quotation: str = ""
    date: str = ""
    note: str = ""
    verdict: Verdict | None = None
    reason: str = ""
    reviewed_by: str = ""
    reviewed_at: str = ""


class DocumentDialog(AskDialog):
    """Kind, claim, where it stands, the passage, its day, and what a person says it shows."""

    def __init__(
        self, subject: str, author: str, today: str, parent: QWidget | None = None, *, kind: EvidenceKind | None = None
    ) -> None:
        super().__init__("Add document or judgement", "Attach", parent)
        self.setMinimumWidth(560)
        self.add_head(f"Evidence on {subject}", "For evidence that is no measurement.")
        grid = form_grid()
        self.kind = self.choice("What it is", KINDS, chosen=kind)
        self.date = self.line("Its day", DAY_HINT)
        self.title = self.line("Claim", "What it shows, in a few words", longest=2_000)
        self.link = self.line("Link or reference", "Such as an address, a report and its page")
        self.quotation = self.text_box("Quotation", "The passage leaned on, word for word", lines=3)
        self.note = self.text_box("Note", "Anything else a reader should know", lines=2)
        labelled(grid, 0, 0, "What it is", self.kind)
        labelled(grid, 0, 1, "Its day", self.date)
        labelled(grid, 1, 0, "Claim", self.title, 2)
        labelled(grid, 2, 0, "Link or reference", self.link, 2)
        labelled(grid, 3, 0, "Quotation", self.quotation, 2)
        labelled(grid, 4, 0, "Note", self.note, 2)
        self.body.addLayout(grid)
        self.body.addWidget(rule())
        judged = form_grid()
        self.verdict = self.choice("Verdict", (("Not judged yet", _NONE), *VERDICTS))
        self.by = self.line("Judged by", "Name or role", author)
        self.at = self.line("On", DAY_HINT, today)
        self.why = self.text_box("Reason", "Why it shows that", lines=2)
        labelled(judged, 0, 0, "What does it show?", self.verdict, 2)
        labelled(judged, 1, 0, "Judged by", self.by)
        labelled(judged, 1, 1, "On", self.at)
        labelled(judged, 2, 0, "Reason", self.why, 2)
        self.body.addLayout(judged)
        self.body.addStretch(1)
        (self.title if kind else self.kind).setFocus()
        self.refresh()

    @override
    def read(self) -> Document:
        """What was entered."""
        if not self.kind.is_chosen:
            raise CommandError("Say what it is.")
        title, link = self.title.text().strip(), self.link.text().strip()
        quotation, note = self.quotation.toPlainText().strip(), self.note.toPlainText().strip()
        if not title:
            raise CommandError("Say in a few words what the evidence shows.")
        if not (link or quotation or note):
            raise CommandError("Give a link, a quotation or a note, so that others can follow it.")
        check_day(self.date.text())
        if not self.verdict.is_chosen:
            raise CommandError("Say what it shows, or that nobody has judged it yet.")
        made = Document(self.kind.value(), title, link, quotation, self.date.text().strip(), note)
        if self.verdict.value() == _NONE:
            return made
        by, at, why = judged_by(self.by.text(), self.at.text(), self.why.toPlainText())
        return Document(made.kind, title, link, quotation, made.date, note, self.verdict.value(), why, by, at)

    @override
    def refresh(self) -> None:
        judged = self.verdict.value() not in (None, _NONE)
        for field in (self.by, self.at, self.why):
            field.setEnabled(judged)
        super().refresh()


def judged_by(by: str, at: str, why: str) -> tuple[str, str, str]:
    """Name, day and reason of a judgement, all of them said.

    Raises:
        CommandError: one is missing, or the day is none.
    """
    if not by.strip():
        raise CommandError("Say who judges.")
    if not at.strip():
        raise CommandError("Say on which day.")
    check_day(at, what="day of the judgement")
    if not why.strip():
        raise CommandError("Say why.")
    return by.strip(), at.strip(), why.strip()


class VerdictDialog(AskDialog):
    """A person's verdict on a claim, beside the computed one."""

    def __init__(
        self,
        claim: str,
        computed: Verdict | None,
        sentence: str,
        author: str,
        today: str,
        parent: QWidget | None = None,
        *,
        suspended: str = "",
        now: Verdict | None = None,
        reason: str = "",
        by: str = "",
        at: str = "",
    ) -> None:
        """Ask; the reason begins empty, for what somebody wrote before is that person's word.

        Args:
            claim: in words.
            computed: what the figures say; None where nothing is computed.
            sentence: why.
            author: who is at the keyboard; ``today``: the day, ISO 8601.
            parent: the window.
            suspended: why the claim does not count, where it is stale.
            now: the verdict by hand as it stands; ``reason``: why; ``by`` and ``at``: whose it is, and since when.
        """
        super().__init__("Judge a claim", "Judge", parent)
        self._computed = computed
        self.setMinimumWidth(460)
        self.add_head(claim)
        box = VerdictBox()
        said = "The figures give no verdict" if computed is None else f"Computed: {VERDICT_WORD[computed].lower()}"
        more = f"Suspended. {suspended}" if suspended else ""
        box.show_verdict("stale" if suspended else computed or "none", f"{said}. {sentence}".strip(), more)
        self.body.addWidget(box)
        grid = form_grid()
        options = (("The computed verdict stands" if computed else "Nobody has judged it", _NONE), *VERDICTS)
        self.verdict: Choice = self.choice("Your verdict", options, chosen=now)
        self.by = self.line("Judged by", "Name or role", author)
        self.at = self.line("On", DAY_HINT, today)
        self.why = self.text_box("Reason", "Asked for where it differs from the computed one", lines=3)
        labelled(grid, 0, 0, "Your verdict", self.verdict, 2)
        labelled(grid, 1, 0, "Judged by", self.by)
        labelled(grid, 1, 1, "On", self.at)
        labelled(grid, 2, 0, "Reason", self.why, 2)
        self.body.addLayout(grid)
        if now is not None:
            who = ", ".join(part for part in (by or "nobody named", at) if part)
            earlier = Label(f"So far: {VERDICT_WORD[now].lower()} ({who}). {reason or 'No reason given.'}", wrap=True)
            self.body.addWidget(earlier)
        note = Label("Both verdicts stay visible; yours is marked with a person.", dim=True, wrap=True)
        note.setFont(ui_font(SMALL_PX))
        self.body.addWidget(note)
        self.body.addStretch(1)
        self.verdict.setFocus()
        self.refresh()

    @override
    def read(self) -> tuple[Verdict | None, str, str, str]:
        """Verdict (None: none by hand), name, day and reason."""
        if not self.verdict.is_chosen:
            raise CommandError("Choose a verdict.")
        verdict = self.verdict.value()
        if verdict == _NONE:
            return None, "", "", ""
        if verdict == self._computed:
            check_day(self.at.text(), what="day of the judgement")
            return verdict, self.by.text().strip(), self.at.text().strip(), self.why.toPlainText().strip()
        return verdict, *judged_by(self.by.text(), self.at.text(), self.why.toPlainText())

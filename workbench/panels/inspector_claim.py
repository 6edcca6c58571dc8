"""The parts of the inspector about one claim: what it rests on, says, and is held against."""

from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout
from typing_extensions import override

from workbench.analysis.claims import former_lines, row_of
from workbench.analysis.words import count_words, name_of, number, percent, word
from workbench.evidence.criterion import format_criterion
from workbench.evidence.doubts import unasked
from workbench.evidence.standing import subject_verdicts
from workbench.model.base import Record
from workbench.model.runs import Evidence, Metric
from workbench.panels.claim_card import ClaimCard, verdict_label
from workbench.panels.common import Label, allow_change, button
from workbench.panels.inspector_parts import Part
from workbench.panels.style import SMALL_PX, ui_font
from workbench.render.characters import brief

_DOUBT_WORD: Final = {
    "proxy_gap": "Proxy gap",
    "under_elicited": "Under-elicited",
    "sandbagging": "Sandbagging",
    "contaminated": "Contaminated",
    "other": "Doubt",
}
_STATE_WORD: Final = {"open": "open", "answered": "answered", "accepted": "accepted", "ruled_out": "ruled out"}
_BASELINE_WORD: Final = {
    "human": "People",
    "model": "Another model",
    "previous_run": "An earlier run",
    "constant": "Constant",
}


class ClaimPart(Part):
    """A part about one claim, with a button that asks for a dialog."""

    verb = ""
    words = ""
    spoken = ""

    @override
    def add_to_head(self, head: QBoxLayout) -> None:
        self._ask = button(self.words, lambda: self.requested.emit(self.verb, self.subject), look="flat")
        self._ask.setAccessibleName(brief(self.spoken))
        head.addWidget(self._ask)

    @override
    def show_for(self, subject: str) -> None:
        super().show_for(subject)
        allow_change(self._ask, self.store.read_only)

    def add_line(self, text: str, *, dim: bool = False, strong: bool = False, struck: bool = False) -> None:
        """A line of text."""
        line = Label(text, dim=dim, wrap=True)
        font = ui_font(strong=strong)
        font.setStrikeOut(struck)
        line.setFont(font)
        self._layout.addWidget(line)


class About(Part):
    """What a claim is about, what it rests on, and what it says."""

    @override
    def content(self, record: Record) -> list[Any]:
        if not isinstance(record, Evidence):
            return []
        claim = next((c for c in subject_verdicts(self.store, record.subject) if c.evidence.id == record.id), None)
        if claim is None:
            return []
        return [row_of(self.store, claim), name_of(self.store, record.subject), claim.doubts]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            return
        row, on, doubts = content
        self.add_row(row.subject, on)
        card = ClaimCard(row, read_only=self.store.read_only, editable=False)
        card.opened.connect(self.claim_opened)
        card.removed.connect(lambda claim: self.requested.emit("detach", claim))
        self._layout.addSpacing(4)
        self._layout.addWidget(card)
        for doubt in doubts:
            said = Label(f"Doubt: {doubt}", dim=True, wrap=True)
            said.setFont(ui_font(SMALL_PX))
            self._layout.addWidget(said)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        for words, verb in (("Move…", "move"), ("Copy to…", "copy")):
            made = button(words, partial(self.requested.emit, verb, self.subject), look="flat")
            allow_change(made, self.store.read_only)
            foot.addWidget(made)
        foot.addStretch(1)
        self._layout.addLayout(foot)


class CriterionPart(ClaimPart):
    """The criterion of a claim, and the one it was first seen with."""

    verb, words, spoken = "criterion", "Change…", "Change criterion"

    @override
    def content(self, record: Record) -> list[Any]:
        if not isinstance(record, Evidence):
            return []
        metric = self.store.find(record.metric, Metric)
        unit = metric.unit if metric is not None else "other"
        return [record.criterion, record.first_criterion, record.criterion_reason, unit, former_lines(record, unit)]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            return
        now, first, reason, unit, former = content
        if now is None:
            self.add_line("None set: no verdict is computed.", dim=True)
        else:
            self.add_line(format_criterion(now, unit), strong=True)
            more = []
            if now.min_n is not None:
                more.append(f"at least {count_words(now.min_n, 'item', 'items')}")
            if now.max_error_rate is not None:
                more.append(f"at most {percent(now.max_error_rate)} missing")
            if now.max_age_days is not None:
                more.append(f"at most {count_words(now.max_age_days, 'day', 'days')} old")
            if more:
                self.add_line(", ".join(more))
            said = {True: "Set before the results were seen", False: "Set after the results were seen"}
            self.add_line(said.get(now.set_before_results, "Not said whether it was set before the results"), dim=True)
        if first is not None:
            self.add_line("At first, when the result was seen:", dim=True)
            self.add_line(format_criterion(first, unit), struck=True)
            self.add_line(f"Changed because: {reason}" if reason else "Changed without a reason: suspended.", dim=True)
        for line in former:
            self.add_line(line, dim=True)


class JudgedPart(ClaimPart):
    """The analyst's verdict beside the computed one."""

    verb, words, spoken = "judge", "Judge…", "Judge claim"

    @override
    def content(self, record: Record) -> list[Any]:
        if not isinstance(record, Evidence):
            return []
        claim = next((c for c in subject_verdicts(self.store, record.subject) if c.evidence.id == record.id), None)
        computed = claim.judgement.verdict if claim is not None and claim.judgement is not None else None
        return [computed, record.analyst_verdict, record.analyst_reason, record.reviewed_by, record.reviewed_at]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            return
        computed, verdict, reason, by, at = content
        for words, sign in (("Computed", computed), ("By a person", verdict)):
            row = QHBoxLayout()
            row.addWidget(Label(words, dim=True))
            row.addStretch(1)
            row.addWidget(verdict_label(sign or "none", 13))
            self._layout.addLayout(row)
        if verdict is not None:
            self.add_line(reason or "No reason given.")
            self.add_line(", ".join(part for part in (by or "nobody named", at) if part), dim=True)


class DoubtsPart(ClaimPart):
    """Doubts and gaps, and which of the four nobody has considered."""

    verb, words, spoken = "doubts", "Answer…", "Doubts and gaps"

    @override
    def content(self, record: Record) -> list[Any]:
        if not isinstance(record, Evidence):
            return []
        return [record.defeaters, record.deficits, unasked(record)]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            return
        defeaters, deficits, missing = content
        for defeater in defeaters:
            self.add_line(f"{_DOUBT_WORD[defeater.kind]}: {_STATE_WORD[defeater.state]}", strong=True)
            said = " ".join((defeater.answer or defeater.text).split())
            if said:
                self.add_line(said, dim=True)
        for deficit in deficits:
            self.add_line(f"Gap: {word(deficit.handling).lower()}", strong=True)
            self.add_line(" ".join(deficit.text.split()), dim=True)
        if missing:
            names = ", ".join(_DOUBT_WORD[kind].lower() for kind in missing)
            self.add_line(f"Not considered yet: {names}.", dim=True)


class BaselinesPart(ClaimPart):
    """What the claim's metric is held against."""

    verb, words, spoken = "baselines", "Edit…", "Edit baselines"

    @override
    def content(self, record: Record) -> list[Any]:
        metric = self.store.find(record.metric, Metric) if isinstance(record, Evidence) else None
        return [metric.baselines, metric.unit] if metric is not None else []

    @override
    def fill(self, content: list[Any]) -> None:
        baselines, unit = content or ((), "other")
        if not baselines:
            self.add_line("None", dim=True)
        for baseline in baselines:
            value = number(baseline.value, unit) if baseline.value is not None else "no value"
            size = f"n = {baseline.n:,}" if baseline.n is not None else "a constant"
            self.add_line(f"{_BASELINE_WORD[baseline.kind]}: {value} ({size})")
            self.add_line(baseline.source, dim=True)

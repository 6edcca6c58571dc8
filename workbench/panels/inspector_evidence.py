"""The parts of the inspector about evidence: what a claim rests on, and figures that follow from claims."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout
from typing_extensions import override

from workbench.commands.evidence_edit import derive_from
from workbench.evidence.criterion import format_criterion
from workbench.evidence.derived import Derived, derived_effectiveness, derived_likelihood
from workbench.evidence.doubts import unasked
from workbench.evidence.labels import number as plain_number
from workbench.evidence.standing import subject_verdicts
from workbench.model.base import Record
from workbench.model.elements import Cause, Control, EffectivenessIs, Guard
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.claim_card import ClaimCard, verdict_label
from workbench.panels.claims import claims_on, former_lines, row_of, run_name
from workbench.panels.common import Label, allow_change, button
from workbench.panels.fields import ChoiceEditor
from workbench.panels.forms import Field
from workbench.panels.inspector_parts import Part
from workbench.panels.style import DISPLAY_PX, SMALL_PX, figure_font, ui_font
from workbench.panels.words import count_words, name_of, number, percent, short_name, word
from workbench.session.session import Session

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
        self._ask.setAccessibleName(self.spoken)
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
        card = ClaimCard(row, removable=not self.store.read_only, editable=False)
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


class RunPart(Part):
    """The run a claim rests on: who made it, where it comes from, and what can be done with it."""

    @override
    def content(self, record: Record) -> list[Any]:
        metric = self.store.find(record.metric, Metric) if isinstance(record, Evidence) else None
        run = self.store.find(metric.run, Run) if metric is not None else None
        if run is None:
            return []
        later = self.store.find(run.superseded_by, Run)
        return [run, run_name(later)]

    @override
    def fill(self, content: list[Any]) -> None:
        if not content:
            self._layout.addWidget(Label("None: this is no measurement", dim=True))
            return
        run, later = content
        self._layout.addWidget(Label(run_name(run), wrap=True))
        where = "typed in, no file" if run.origin == "typed" else run.source.path
        lines = [run.completed_at[:10] or "No date", where]
        if run.copied_to:
            lines.append(f"Copied to {run.copied_to}")
        if run.withdrawn is not None:
            lines.append(f"Withdrawn: {run.withdrawn.reason}")
        if later:
            lines.append(f"Superseded by {later}")
        for line in lines:
            said = Label(line, dim=True, wrap=True)
            said.setFont(ui_font(SMALL_PX))
            self._layout.addWidget(said)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        withdrawn = run.withdrawn is not None
        offers = [("Replace…", "replace"), ("Reinstate", "reinstate") if withdrawn else ("Withdraw…", "withdraw")]
        for words, verb in offers:
            made = button(words, partial(self.requested.emit, verb, run.id), look="flat")
            allow_change(made, self.store.read_only)
            foot.addWidget(made)
        foot.addStretch(1)
        self._layout.addLayout(foot)


class RatingClaims(Part):
    """Claims on the ratings of an element, and buttons that attach more; nothing until it is rated."""

    @override
    def content(self, record: Record) -> list[Any]:
        ratings = self.store.referrers(record.id, Assessment, "subject")
        rows = [(rating.id, _rating_words(rating), claims_on(self.store, rating.id)) for rating in ratings]
        return sorted(rows, key=lambda row: row[1])

    @override
    def fill(self, content: list[Any]) -> None:
        for _, words, claims in content:
            if claims:
                said = Label(f"Evidence on the {words}", dim=True)
                said.setFont(ui_font(SMALL_PX))
                self._layout.addWidget(said)
            for row in claims:
                card = ClaimCard(row, removable=not self.store.read_only)
                card.opened.connect(self.claim_opened)
                card.edit_asked.connect(partial(self.requested.emit, "edit"))
                card.removed.connect(partial(self.requested.emit, "detach"))
                self._layout.addWidget(card)
        for id, words, _ in content:
            made = button(f"Attach to the {words}…", partial(self.attach_requested.emit, id), look="flat")
            allow_change(made, self.store.read_only)
            self._layout.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


def _rating_words(rating: Assessment) -> str:
    return f"{rating.phase} rating" + (f" ({rating.dimension})" if rating.dimension is not None else "")


class DerivedPart(Part):
    """A likelihood or an effectiveness that follows from a claim, with interval, claim and exposure."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._claim = ChoiceEditor(Field("from", "Follows from the claim", "reference"))
        self._counts = ChoiceEditor(Field("is", "The claim’s rate counts", "choice", ("failures", "successes")))
        self._counts.set_options([("Times it failed", "failures"), ("Times it worked", "successes")])
        self._figure = Label("", wrap=True)
        self._interval = Label("", wrap=True)
        self._why = Label("", dim=True, wrap=True)
        self._why.setFont(ui_font(SMALL_PX))
        self._open = button("Show the claim", self._show, look="flat")
        self._layout.setSpacing(6)
        for widget in (self._claim, self._counts, self._figure, self._interval, self._why):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self._claim.edited.connect(lambda value: self._commit(value, None))
        self._counts.edited.connect(lambda value: self._commit(self._linked(), value))

    @override
    def show_for(self, subject: str) -> None:
        changed = subject != self.subject
        self.subject = subject
        record = self.store.get(subject)
        if not isinstance(record, Cause | Control | Guard):
            return
        if changed:
            self._claim.forget()
            self._counts.forget()
        barrier = not isinstance(record, Cause)
        linked = self._linked()
        self._claim.set_options(self._offered(record, linked))
        self._claim.set_value(linked)
        self._counts.setVisible(barrier and linked is not None)
        if not isinstance(record, Cause):
            self._counts.set_value(record.effectiveness_is)
        for editor in (self._claim, self._counts):
            editor.set_read_only(bool(self.store.read_only))
        derived = (
            derived_likelihood(self.store, record)
            if isinstance(record, Cause)
            else derived_effectiveness(self.store, record)
        )
        self._show_figure(derived, own=linked is not None)

    def _linked(self) -> str | None:
        record = self.store.get(self.subject)
        if isinstance(record, Cause):
            return record.likelihood_from
        return record.effectiveness_from if isinstance(record, Control | Guard) else None

    def _offered(self, record: Cause | Control | Guard, linked: str | None) -> list[tuple[str, Any]]:
        """The claims with a rate about this, and for controls about it on its lines."""
        about = [record.id]
        if isinstance(record, Guard):
            about.append(record.control)
        elif isinstance(record, Control):
            about += [guard.id for guard in self.store.referrers(record.id, Guard, "control")]
        options: list[tuple[str, Any]] = [("None: as judged by a person", None)]
        found = [claim for subject in about for claim in self.store.referrers(subject, Evidence, "subject")]
        other = self.store.find(linked, Evidence)
        if other is not None and other not in found:
            found.append(other)
        for claim in found:
            metric = self.store.find(claim.metric, Metric)
            if metric is None or (metric.unit != "proportion" and claim.id != linked):
                continue
            value = number(metric.value, metric.unit) if metric.value is not None else "no value"
            where = f" · {short_name(self.store, claim.subject)}" if claim.subject != record.id else ""
            options.append((f"{' '.join(claim.title.split()) or metric.name} · {value}{where}", claim.id))
        return options

    def _show_figure(self, derived: Derived | None, *, own: bool) -> None:
        for widget in (self._figure, self._interval, self._why, self._open):
            widget.setVisible(derived is not None)
        if derived is None:
            return
        font = figure_font(DISPLAY_PX - 8, strong=True)
        font.setStrikeOut(derived.suspended)
        self._figure.setFont(font)
        works = "Works in " if derived.unit == "probability" else ""
        figure = f"{works}{_amount(derived.value, derived.unit)}" if derived.value is not None else "No figure"
        self._figure.setText(figure)
        bounds = [_amount(end, derived.unit) for end in (derived.low, derived.high) if end is not None]
        self._interval.setVisible(len(bounds) == 2)
        self._interval.setText(f"{bounds[0]} to {bounds[1]}" if len(bounds) == 2 else "")
        self._why.setText(derived.why if own else f"{derived.why} Taken from the control.")
        self._open.setProperty("claim", derived.evidence)

    def _show(self) -> None:
        claim = str(self._open.property("claim") or "")
        if claim:
            self.claim_opened.emit(claim)

    def _commit(self, claim: str | None, rate_is: EffectivenessIs | None) -> None:
        subject = self.subject
        if subject in self.store:
            self.change("Derive from evidence", lambda tx: derive_from(tx, subject, claim, rate_is=rate_is))
            self.show_for(subject)


def _amount(value: float, unit: str) -> str:
    if unit == "per_year":
        return f"{plain_number(value)} a year"
    return f"{percent(value)} per attempt" if unit == "per_use" else percent(value)


EVIDENCE_PARTS: Final[dict[str, type[Part]]] = {
    "about_claim": About,
    "criterion": CriterionPart,
    "judged": JudgedPart,
    "doubts": DoubtsPart,
    "baselines": BaselinesPart,
    "rests_on": RunPart,
    "derived": DerivedPart,
    "rating_claims": RatingClaims,
}
"""The part for each ``extra`` of a section about evidence."""

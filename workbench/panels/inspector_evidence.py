"""The parts of the inspector about evidence: of one claim, of its run, of ratings, and of figures that follow."""

from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from workbench.analysis.addresses import addresses_of
from workbench.analysis.claims import claims_on, run_name
from workbench.model.base import Record
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.claim_card import ClaimCard
from workbench.panels.common import Label, allow_change, button
from workbench.panels.inspector_claim import About, BaselinesPart, CriterionPart, DoubtsPart, JudgedPart
from workbench.panels.inspector_derived import DerivedPart
from workbench.panels.inspector_links import OPEN_LINK
from workbench.panels.inspector_parts import Part
from workbench.panels.row_button import RowButton
from workbench.panels.style import SMALL_PX, ui_font


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
        if addresses_of(self.store, [run.id]):
            foot.addWidget(button("Open link…", partial(self.action_requested.emit, OPEN_LINK), look="flat"))
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
                card = ClaimCard(row, read_only=self.store.read_only)
                card.opened.connect(self.claim_opened)
                card.edit_asked.connect(partial(self.requested.emit, "edit"))
                card.removed.connect(partial(self.requested.emit, "detach"))
                self._layout.addWidget(card)
        for id, words, _ in content:
            made = RowButton(f"Attach to {words}…", partial(self.attach_requested.emit, id))
            allow_change(made, self.store.read_only)
            self._layout.addWidget(made)


def _rating_words(rating: Assessment) -> str:
    return f"{rating.phase} rating" + (f" ({rating.dimension})" if rating.dimension is not None else "")


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

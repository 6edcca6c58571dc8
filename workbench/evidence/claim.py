"""One piece of evidence with what it leans on, what it says, and what weakens it."""

from typing import NamedTuple

from workbench.evidence.staleness import Reason
from workbench.evidence.verdict import Judgement
from workbench.model.runs import Evidence, Metric, Run, Verdict


class Claim(NamedTuple):
    """One piece of evidence with what it leans on.

    Attributes:
        judgement: null where there is nothing to compute: no metric, or no criterion.
        reasons: why the claim is suspended; empty where it is not.
        doubts: what weakens it without suspending it, one sentence each.
    """

    evidence: Evidence
    metric: Metric | None
    run: Run | None
    judgement: Judgement | None
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The analyst's verdict where there is one, else the computed one."""
        if self.evidence.analyst_verdict is not None:
            return self.evidence.analyst_verdict
        return self.judgement.verdict if self.judgement is not None else None

    @property
    def stale(self) -> tuple[str, ...]:
        """Why the claim is suspended, one sentence each."""
        return tuple(reason.text for reason in self.reasons)

    @property
    def suspended(self) -> bool:
        """Whether the evidence is stale: its verdict is kept but does not count."""
        return bool(self.reasons)

    @property
    def analyst_differs(self) -> bool:
        """Whether a person's verdict stands in place of another, computed one."""
        chosen = self.evidence.analyst_verdict
        return chosen is not None and self.judgement is not None and chosen != self.judgement.verdict

    @property
    def by_hand(self) -> bool:
        """Whether a person judged where nothing is computed."""
        return self.evidence.analyst_verdict is not None and self.judgement is None

    @property
    def reason(self) -> str:
        """Why the verdict is what it is, or why there is none, one sentence; the analyst's first."""
        evidence = self.evidence
        if evidence.analyst_verdict is not None and evidence.analyst_reason.strip():
            return evidence.analyst_reason
        if self.judgement is not None:
            return self.judgement.reason
        if evidence.analyst_verdict is not None:
            return "Judged by a person, who gave no reason."
        if self.metric is None:
            return "No verdict yet: nothing was measured, so a person has to judge it."
        return "No verdict yet: no criterion is set."

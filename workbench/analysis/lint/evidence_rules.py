"""Rules about evidence: what refutes, what is suspended, and what says nothing."""

from collections.abc import Iterable
from typing import Final

from workbench.analysis.findings import Rule, called, said
from workbench.analysis.lint.context import Context
from workbench.evidence.claim import Claim
from workbench.evidence.staleness import OUTLIVED
from workbench.evidence.standing import subject_verdicts
from workbench.model.elements import Element, Guard, Link
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence

_LONGEST: Final = 60


def _claim(ctx: Context, evidence: Evidence) -> Claim | None:
    return ctx.once(_claims, evidence.subject).get(evidence.id)


def _claims(ctx: Context, subject: str) -> dict[str, Claim]:
    """The claims on something, by the id of the evidence."""
    criteria = [one.criterion for one in ctx.referrers(subject, Evidence, "subject")]
    day = ctx.day if any(one is not None and one.max_age_days is not None for one in criteria) else None
    return {claim.evidence.id: claim for claim in subject_verdicts(ctx, subject, as_of=day, doubts=False)}


def _about(ctx: Context, evidence: Evidence) -> str:
    """A claim and what it speaks of, in a sentence."""
    title = " ".join(evidence.title[:400].split())
    title = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    subject = ctx.get(evidence.subject)
    if isinstance(subject, Guard):
        where = called(ctx.get(subject.control))
    elif isinstance(subject, Assessment):
        where = f"the {subject.phase} rating of {called(ctx.get(subject.subject))}"
    elif isinstance(subject, Link):
        where = f"the line from {called(ctx.get(subject.source))} to {called(ctx.get(subject.target))}"
    else:
        where = called(subject) if isinstance(subject, Element) else "something that cannot be judged"
    return f"claim “{title}” on {where}" if title else f"claim on {where}"


def _refuted(ctx: Context, evidence: Evidence) -> Iterable[str]:
    claim = _claim(ctx, evidence)
    if claim is None or claim.verdict != "refutes" or claim.suspended:
        return ()
    return said(f"The {_about(ctx, evidence)} is refuted: {claim.reason.strip()[:300].rstrip('.')}.")


def _stale(ctx: Context, evidence: Evidence) -> Iterable[str]:
    claim = _claim(ctx, evidence)
    if claim is None or claim.verdict is None or not claim.suspended:
        return ()
    if all(reason.kind in OUTLIVED for reason in claim.reasons):
        return ()  # another run speaks in its place
    return said(f"The {_about(ctx, evidence)} is suspended: {claim.reasons[0].text.strip()[:300]}")


def _unjudged(ctx: Context, evidence: Evidence) -> Iterable[str]:
    if evidence.criterion is not None or evidence.analyst_verdict is not None:
        return ()
    return said(f"The {_about(ctx, evidence)} has no verdict; set a criterion, or judge it.")


EVIDENCE_RULES: Final[tuple[Rule, ...]] = (
    Rule("evidence-refuted", "warning", "No claim is refuted", (Evidence,), _refuted, "structural",
         "The evidence says that what is claimed does not hold. The analysis must not go on as if it did.",
         "Rule of the program: a verdict follows from the criterion and the interval."),
    Rule("evidence-stale", "warning", "No claim is suspended", (Evidence,), _stale, "structural",
         "Evidence of another model or version, too old, withdrawn or edited says nothing about the system now.",
         "Rule of the program: stale evidence is kept but does not count."),
    Rule("evidence-unjudged", "note", "Every claim has a verdict", (Evidence,), _unjudged, "structural",
         "A figure without a criterion supports nothing and refutes nothing.",
         "Rule of the program: the criterion says which side is acceptable."),
)  # fmt: skip

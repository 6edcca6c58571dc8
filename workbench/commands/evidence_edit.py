"""Changing claims: criteria, verdicts by hand, doubts, gaps in knowledge, and what a claim is about."""

from typing import Final

from workbench.commands.attach import check_subject
from workbench.commands.errors import CommandError
from workbench.evidence.criterion import CriterionProblem, check_meant
from workbench.evidence.dates import day_of
from workbench.evidence.standing import subject_verdicts
from workbench.model.elements import Cause, Control, EffectivenessIs, Guard
from workbench.model.ids import new_id
from workbench.model.runs import (
    Criterion,
    Defeater,
    Deficit,
    Evidence,
    EvidenceKind,
    FormerCriterion,
    Metric,
    Verdict,
)
from workbench.store.transaction import Transaction

_GONE: Final = "This claim does not exist any more."


def claim_of(tx: Transaction, evidence: str) -> Evidence:
    """The claim with this id.

    Raises:
        CommandError: there is none.
    """
    record = tx.find(evidence, Evidence)
    if record is None:
        raise CommandError(_GONE)
    return record


def attach_document(
    tx: Transaction,
    subject: str,
    kind: EvidenceKind,
    title: str,
    *,
    link: str = "",
    quotation: str = "",
    date: str = "",
    note: str = "",
    verdict: Verdict | None = None,
    reason: str = "",
    reviewed_by: str = "",
    reviewed_at: str = "",
    by: str = "",
    at: str = "",
) -> str:
    """Attach evidence that is no measurement: a document, an incident, expert judgement, a human study.

    Args:
        tx: the change under way.
        subject: what it speaks of.
        kind: what it is; any but an evaluation run.
        title: the claim in words.
        link: where it can be found, as typed; never followed.
        quotation: the passage leaned on.
        date: day of the document or event, ISO 8601; empty where not known.
        note: anything else.
        verdict: what a person says it shows; needs ``reviewed_by``, ``reviewed_at`` and ``reason``.
        reason: why.
        reviewed_by: who judged it; ``reviewed_at``: the day.
        by: who attaches it; ``at``: when, ISO 8601.

    Raises:
        CommandError: the subject cannot carry evidence, or something that is needed is missing.
    """
    check_subject(tx, subject)
    if kind == "eval_run":
        raise CommandError("An evaluation run is attached with its figures; read its file or type them in.")
    if not title.strip():
        raise CommandError("Say in a few words what the evidence shows.")
    if not (link.strip() or quotation.strip() or note.strip()):
        raise CommandError("Give a link, a quotation or a note, so that others can follow it.")
    check_day(date)
    evidence = Evidence(
        id=new_id("evidence"),
        subject=subject,
        kind=kind,
        title=title.strip(),
        link=link.strip(),
        quotation=quotation.strip(),
        date=date.strip(),
        note=note.strip(),
        attached_by=by,
        attached_at=at,
    )
    tx.put(evidence)
    if verdict is not None:
        set_analyst_verdict(tx, evidence.id, verdict, by=reviewed_by, at=reviewed_at, reason=reason)
    return evidence.id


def check_day(text: str, *, what: str = "date") -> None:
    """See that a text is a day or empty.

    Raises:
        CommandError: it is neither.
    """
    if text.strip() and day_of(text.strip()) is None:
        raise CommandError(f"The {what} {text.strip()[:40]!r} is no day; write it like 2026-03-31.")


def computed_verdict(tx: Transaction, claim: Evidence) -> Verdict | None:
    """What the figures say, whatever a person judged; None where there is nothing to compute."""
    for standing in subject_verdicts(tx, claim.subject, doubts=False):
        if standing.evidence.id == claim.id:
            return standing.judgement.verdict if standing.judgement is not None else None
    return None


def set_analyst_verdict(
    tx: Transaction, evidence: str, verdict: Verdict | None, *, by: str = "", at: str = "", reason: str = ""
) -> None:
    """Set what a person judged; None takes the judgement away. The computed verdict stays visible beside it.

    Raises:
        CommandError: it differs from the computed verdict, and name, day or reason is missing.
    """
    claim = claim_of(tx, evidence)
    if verdict is None:
        tx.patch(evidence, analyst_verdict=None, analyst_reason="", reviewed_by="", reviewed_at="")
        return
    check_day(at, what="day of the judgement")
    if verdict != computed_verdict(tx, claim):
        missing = [
            name
            for name, text in (("who judged", by), ("on which day", at), ("for what reason", reason))
            if not text.strip()
        ]
        if missing:
            listed = " and ".join(part for part in (", ".join(missing[:-1]), missing[-1]) if part)
            raise CommandError(f"A verdict that the figures do not give needs a person behind it: say {listed}.")
    tx.patch(
        evidence,
        analyst_verdict=verdict,
        analyst_reason=reason.strip(),
        reviewed_by=by.strip(),
        reviewed_at=at.strip(),
    )


def same_demand(one: Criterion | None, other: Criterion | None) -> bool:
    """Whether two criteria ask for the same; when they were set does not matter."""
    if one is None or other is None:
        return one is other
    return one.model_copy(update={"set_before_results": None}) == other.model_copy(update={"set_before_results": None})


def set_criterion(
    tx: Transaction,
    evidence: str,
    criterion: Criterion | None,
    *,
    reason: str = "",
    stood_before: bool = False,
    by: str = "",
    at: str = "",
) -> None:
    """Set what the metric must show; every criterion the result was seen with is kept, with why it was left.

    A criterion that takes another's place was set after the results were seen. Back to the first one the claim is no
    longer suspended, and its own word on when it was set counts again.

    Args:
        tx: the change under way.
        evidence: the claim.
        criterion: None to ask for nothing.
        reason: why it changed after the result was seen; without it the claim stays suspended.
        stood_before: the analyst says, and gives the reason, that this criterion too stood before the results.
        by: who changes it; ``at``: when, ISO 8601.

    Raises:
        CommandError: nothing was measured, or the threshold lies where the metric never can.
    """
    claim = claim_of(tx, evidence)
    metric = tx.find(claim.metric, Metric)
    if metric is None:
        raise CommandError("Nothing was measured here, so there is no criterion; judge it by hand.")
    if criterion is not None:
        try:
            check_meant(criterion, metric)
        except CriterionProblem as problem:
            raise CommandError(str(problem)) from None
    first = claim.first_criterion or claim.criterion
    before = claim.criteria_before
    if first is not None and not same_demand(criterion, claim.criterion):
        before = (*before, FormerCriterion(criterion=claim.criterion, reason=reason.strip(), by=by, at=at))
    changed = first is not None and not same_demand(criterion, first)
    if criterion is not None and first is not None:
        said = criterion.set_before_results
        if changed and not (stood_before and reason.strip()):
            said = False
        elif not changed and not same_demand(criterion, claim.criterion):
            said = first.set_before_results
        criterion = criterion.model_copy(update={"set_before_results": said})
    why = reason.strip() or (claim.criterion_reason if same_demand(criterion, claim.criterion) else "")
    tx.patch(
        evidence,
        criterion=criterion,
        first_criterion=first if changed else None,
        criterion_reason=why if changed else "",
        criteria_before=before,
    )


# doubts and gaps


def set_doubts(tx: Transaction, evidence: str, defeaters: tuple[Defeater, ...], deficits: tuple[Deficit, ...]) -> None:
    """Set all doubts and gaps of a claim at once, as a dialog hands them over.

    Raises:
        CommandError: one of them is handled without a reason, or says nothing.
    """
    claim_of(tx, evidence)
    for defeater in defeaters:
        if defeater.kind == "other" and not defeater.text.strip():
            raise CommandError("Say what is in doubt.")
        if defeater.state != "open" and not defeater.answer.strip():
            raise CommandError("Say why the doubt does not stand, or why it is accepted.")
    for deficit in deficits:
        if not deficit.text.strip():
            raise CommandError("Say what is not known.")
        if deficit.handling != "open" and not deficit.reason.strip():
            raise CommandError("Say how the gap is handled.")
    tx.patch(evidence, defeaters=defeaters, deficits=deficits)


# what a claim is about


def move_claim(tx: Transaction, evidence: str, subject: str) -> None:
    """Let a claim speak of something else.

    Raises:
        CommandError: the other thing cannot carry evidence.
    """
    claim_of(tx, evidence)
    check_subject(tx, subject)
    tx.patch(evidence, subject=subject)


def copy_claim(tx: Transaction, evidence: str, subject: str, *, by: str = "", at: str = "") -> str:
    """Let the same figures speak of something else too. A person's verdict does not come along: it was on the other.

    Returns:
        Id of the new claim.

    Raises:
        CommandError: the other thing cannot carry evidence.
    """
    claim = claim_of(tx, evidence)
    check_subject(tx, subject)
    made = claim.replace(
        id=new_id("evidence"),
        subject=subject,
        analyst_verdict=None,
        analyst_reason="",
        reviewed_by="",
        reviewed_at="",
        attached_by=by or claim.attached_by,
        attached_at=at or claim.attached_at,
    )
    return tx.put(made).id


def derive_from(tx: Transaction, id: str, evidence: str | None, *, rate_is: EffectivenessIs | None = None) -> None:
    """Let a cause's likelihood, or a control's effectiveness, follow from a claim's rate; None undoes that.

    Args:
        tx: the change under way.
        id: a cause, a control, or a control on a line.
        evidence: the claim.
        rate_is: for controls, whether the rate counts failures or successes of the control.

    Raises:
        CommandError: the thing has no such figure, or the claim measures no rate.
    """
    record = tx.get(id)
    if not isinstance(record, Cause | Control | Guard):
        raise CommandError("Only the likelihood of a cause and the effectiveness of a control follow from a claim.")
    if evidence is not None:
        metric = tx.find(claim_of(tx, evidence).metric, Metric)
        if metric is None or metric.unit != "proportion":
            raise CommandError("This claim measures no rate; a likelihood or an effectiveness follows only from one.")
    if isinstance(record, Cause):
        tx.patch(id, likelihood_from=evidence)
        return
    tx.patch(id, effectiveness_from=evidence, effectiveness_is=rate_is or record.effectiveness_is)

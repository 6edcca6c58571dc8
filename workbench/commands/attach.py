"""Attaching evidence: a metric of a run, held against a criterion, says something about a subject."""

from collections.abc import Iterable
from typing import Final

from workbench.commands.errors import CommandError
from workbench.model.base import Record, record_type
from workbench.model.elements import Element, Guard, Link
from workbench.model.ids import new_id
from workbench.model.judgement import Assessment
from workbench.model.runs import Baseline, Criterion, Evidence, EvidenceKind, Metric, Run
from workbench.store.transaction import Transaction

_KIND_OF_FORMAT: Final[dict[str, EvidenceKind]] = {
    "sarif": "static_analysis",
    "bandit": "static_analysis",
    "junit": "test_report",
    "garak": "red_team",
}


def carries_evidence(record: Record | None) -> bool:
    """Whether evidence can be attached to a record; a note is no part of the argument."""
    return isinstance(record, Element | Guard | Link | Assessment) and record_type(record) != "note"


def check_subject(tx: Transaction, subject: str) -> None:
    """See that something can carry evidence.

    Raises:
        CommandError: it cannot.
    """
    target = tx.get(subject)
    if carries_evidence(target):
        return
    if target is not None and record_type(target) == "note":
        raise CommandError("A note is no part of the argument; attach the evidence to what it speaks of.")
    raise CommandError("Evidence is attached to an element, a control on a line, a line or a rating.")


def enter_run(tx: Transaction, records: Iterable[Record]) -> None:
    """Enter a run with its metrics; one that is in the project already (same id) is not entered twice."""
    for record in records:
        if isinstance(record, Run | Metric) and record.id not in tx.records:
            tx.put(record)


def attach_evidence(
    tx: Transaction,
    subject: str,
    records: Iterable[Record],
    metric: str,
    criterion: Criterion | None,
    *,
    title: str = "",
    by: str = "",
    at: str = "",
    baselines: tuple[Baseline, ...] = (),
) -> str:
    """Enter a run with its metrics and the claim that leans on one of them.

    Args:
        tx: the change under way.
        subject: what the claim is about.
        records: the run and its metrics, as an importer made them; may be empty where they are in the project.
        metric: id of the metric the claim leans on.
        criterion: None to attach without a verdict.
        title: the claim in words; else the metric's name.
        by: who attaches it; ``at``: when, ISO 8601.
        baselines: what the metric may be held against, added to those it has.

    Returns:
        Id of the evidence.

    Raises:
        CommandError: the subject cannot carry evidence, or the metric is not among the records.
    """
    check_subject(tx, subject)
    enter_run(tx, records)
    chosen = tx.find(metric, Metric)
    if chosen is None:
        raise CommandError("This metric is not part of the run.")
    new = tuple(baseline for baseline in baselines if baseline not in chosen.baselines)
    if new:
        chosen = tx.put(chosen.replace(baselines=(*chosen.baselines, *new)))
    run = tx.find(chosen.run, Run)
    evidence = Evidence(
        id=new_id("evidence"),
        subject=subject,
        metric=metric,
        kind=_KIND_OF_FORMAT.get(run.format, "eval_run") if run is not None else "eval_run",
        title=title or chosen.name,
        criterion=criterion,
        attached_by=by,
        attached_at=at,
    )
    return tx.put(evidence).id


def detach_evidence(tx: Transaction, evidence: str) -> None:
    """Remove a claim, and the run it leaned on where no other claim leans on it."""
    record = tx.expect(evidence, Evidence)
    metric = tx.find(record.metric, Metric)
    tx.remove(evidence)
    if metric is not None:
        remove_unused_run(tx, metric.run)


def remove_unused_run(tx: Transaction, run: str) -> None:
    """Remove a run that nothing leans on: no claim, no cell of a capability grid."""
    siblings = tx.referrers(run, Metric, "run")
    if not any(tx.referrers(sibling.id, Record) for sibling in siblings):
        tx.remove(run)

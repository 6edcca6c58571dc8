"""Attaching evidence: a metric of a run, held against a criterion, says something about a subject."""

from collections.abc import Iterable

from workbench.commands.errors import CommandError
from workbench.model.base import Record, record_type
from workbench.model.elements import Element, Guard, Link
from workbench.model.ids import new_id
from workbench.model.judgement import Assessment
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.store.transaction import Transaction


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
) -> str:
    """Enter a run with its metrics and the claim that leans on one of them.

    A run that is in the project already (same id) is not entered twice.

    Args:
        records: the run and its metrics, as an importer made them.
        metric: id of the metric the claim leans on.
        by: who attaches it; ``at``: when, ISO 8601.

    Returns:
        Id of the evidence.

    Raises:
        CommandError: the subject cannot carry evidence, or the metric is not among the records.
    """
    target = tx.get(subject)
    if not isinstance(target, Element | Guard | Link | Assessment):
        raise CommandError("Evidence is attached to an element, a control on a line, a line or a rating.")
    if isinstance(target, Element) and record_type(target) == "note":
        raise CommandError("A note is no part of the argument; attach the evidence to what it speaks of.")
    for record in records:
        if isinstance(record, Run | Metric) and record.id not in tx.records:
            tx.put(record)
    chosen = tx.find(metric, Metric)
    if chosen is None:
        raise CommandError("This metric is not part of the run.")
    evidence = Evidence(
        id=new_id("evidence"),
        subject=subject,
        metric=metric,
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
    if metric is None:
        return
    siblings = tx.referrers(metric.run, Metric, "run")
    if not any(tx.referrers(sibling.id, Evidence, "metric") for sibling in siblings):
        tx.remove(metric.run)

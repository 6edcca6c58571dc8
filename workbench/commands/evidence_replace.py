"""Putting one run in another's place: "what if we deploy the new model?", in one step."""

from contextlib import suppress
from typing import Final

from workbench.commands.attach import enter_run
from workbench.commands.capability import follow
from workbench.commands.errors import CommandError
from workbench.commands.evidence_runs import run_of, supersede_run
from workbench.evidence.claim import Claim
from workbench.evidence.imported import ImportedRun, records_for
from workbench.evidence.labels import metric_label
from workbench.evidence.made import remade
from workbench.evidence.standing import subject_verdicts
from workbench.model.judgement import PROJECT_ID, CapabilityCell, Project, SweepPoint
from workbench.model.runs import Evidence, Metric, Run, Verdict
from workbench.store.reader import Reader
from workbench.store.store import Store
from workbench.store.transaction import Transaction
from workbench.values import value_type

Key = tuple[str, str, str, int | None, tuple[tuple[str, str], ...]]


@value_type(frozen=True, slots=True)
class VerdictChange:
    """What the replacement did to one claim.

    Attributes:
        evidence: id of the claim; ``subject``: id of what it speaks of.
        metric: label of the metric it leans on now.
        before, after: the verdict that stands; None where there is none.
        was_suspended, suspended: whether it counted.
        value_before, value_after: the metric's value.
        reason: why the verdict after is what it is.
        left: no metric of the new run is the counterpart; the claim still leans on the old run.
    """

    evidence: str
    subject: str
    title: str
    metric: str
    unit: str
    before: Verdict | None
    after: Verdict | None
    was_suspended: bool
    suspended: bool
    value_before: float | None
    value_after: float | None
    reason: str
    left: bool = False

    @property
    def changed(self) -> bool:
        """Whether what the claim says, or whether it counts, is different now."""
        return self.before != self.after or self.was_suspended != self.suspended


class _TryoutError(Exception):
    """Ends a transaction that was only made to look."""


_NO_COUNTERPART: Final = "The new run has no such metric; the claim stays with the old one."


def metric_key(metric: Metric) -> Key:
    """What makes metrics of two runs counterparts: name, scorer, reducer, k and stratum."""
    return (metric.name, metric.scorer, metric.reducer, metric.k, tuple(sorted(metric.strata.items())))


def stored_run(reader: Reader, run: str) -> ImportedRun:
    """A run of the project as an importer would hand it over; without its items.

    Raises:
        CommandError: there is none.
    """
    record = reader.find(run, Run)
    if record is None:
        raise CommandError("This run does not exist any more.")
    return ImportedRun(record, tuple(reader.referrers(run, Metric, "run")))


def claims_of_run(reader: Reader, run: str) -> list[Evidence]:
    """Every claim that leans on a metric of a run."""
    metrics = reader.referrers(run, Metric, "run")
    return [claim for metric in metrics for claim in reader.referrers(metric.id, Evidence, "metric")]


def replace_run(
    tx: Transaction,
    old: str,
    imported: ImportedRun,
    *,
    at: str = "",
    system_follows: bool = False,
    supersede: bool = False,
) -> list[VerdictChange]:
    """Let every claim on a run, and every cell of a capability grid, lean on the same metric of another run.

    A claim whose metric has no counterpart is left as it is and told. Baselines of a metric go with the claim where
    the new metric has none. A person's verdict was about the old results, so it does not come along.

    Args:
        tx: the change under way.
        old: id of the run to replace.
        imported: the run in its place, as read or as ``stored_run`` gives it.
        at: time of import, where it is new.
        system_follows: the system under analysis becomes the new run's model.
        supersede: mark the old run as superseded, so that claims left on it are suspended.

    Returns:
        One entry for each claim on the old run, and for any other whose verdict changed.

    Raises:
        CommandError: the runs are the same, nothing leans on the old one, or nothing has a counterpart.
    """
    run_of(tx, old)
    if imported.run.id == old:
        raise CommandError("This is the same run; choose another one.")
    moved = claims_of_run(tx, old)
    measured = [metric for metric in tx.referrers(old, Metric, "run") if _in_a_grid(tx, metric)]
    if not moved and not measured:
        raise CommandError("Neither a claim nor a capability grid leans on this run, so there is nothing to move.")
    before = _standing(tx)
    counterparts = _counterparts(tx, old, imported)
    pairs = [(claim, tx.expect(claim.metric or "", Metric)) for claim in moved]
    taken = [counterparts[m.id] for m in (*(metric for _, metric in pairs), *measured) if m.id in counterparts]
    if not taken:
        raise CommandError("The new run has none of the metrics that anything leans on; nothing was changed.")
    enter_run(tx, records_for(imported, imported_at=at))
    enter_run(tx, taken)
    left, dropped = set(), set()
    for claim, metric in pairs:
        counterpart = counterparts.get(metric.id)
        if counterpart is None:
            left.add(claim.id)
            continue
        _repoint(tx, claim, metric, counterpart.id)
        if claim.analyst_verdict is not None:
            dropped.add(claim.id)
    follow(tx, {metric.id: counterparts[metric.id].id for metric in measured if metric.id in counterparts})
    if supersede:
        supersede_run(tx, old, imported.run.id)
    if system_follows:
        _follow(tx, imported.run)
    after = _standing(tx)
    involved = {claim.id for claim in moved}
    changes = [
        _change(before[id], after[id], left=id in left, dropped=id in dropped)
        for id in after
        if id in involved or _says(before[id]) != _says(after[id])
    ]
    return sorted(changes, key=lambda change: (not change.changed, change.left, change.title))


def _counterparts(tx: Transaction, old: str, imported: ImportedRun) -> dict[str, Metric]:
    """What takes the place of each metric of the old run, by its id; the program's own figures are made again."""
    named = {metric_key(metric): metric for metric in imported.metrics}
    metrics = tx.referrers(old, Metric, "run")
    found = {metric.id: named[metric_key(metric)] for metric in metrics if metric_key(metric) in named}
    items = {id: imported.items[metric.id] for id, metric in found.items() if metric.id in imported.items}
    return remade((metric for metric in metrics if metric.id not in found), found, items) | found


def _in_a_grid(tx: Transaction, metric: Metric) -> bool:
    return bool(tx.referrers(metric.id, CapabilityCell, "metric") or tx.referrers(metric.id, SweepPoint, "metric"))


def try_replacement(
    store: Store, old: str, imported: ImportedRun, *, system_follows: bool = False, supersede: bool = False
) -> list[VerdictChange]:
    """What ``replace_run`` would do; the document stays as it is, and nobody is told of a change.

    Raises:
        CommandError: it could not be done.
        ReadOnlyError: the document may not be changed.
    """
    changes: list[VerdictChange] = []
    with suppress(_TryoutError), store.transaction("Try") as tx:
        changes = replace_run(tx, old, imported, system_follows=system_follows, supersede=supersede)
        raise _TryoutError
    return changes


def _repoint(tx: Transaction, claim: Evidence, metric: Metric, counterpart: str) -> None:
    new = tx.expect(counterpart, Metric)
    if metric.baselines and not new.baselines:
        tx.put(new.replace(baselines=metric.baselines))
    changes: dict[str, object] = {"metric": counterpart}
    if claim.analyst_verdict is not None:
        changes |= {"analyst_verdict": None, "analyst_reason": "", "reviewed_by": "", "reviewed_at": ""}
    tx.patch(claim.id, **changes)


def _follow(tx: Transaction, run: Run) -> None:
    project = tx.find(PROJECT_ID, Project)
    if project is None or not run.model.name:
        raise CommandError("The new run names no model, so the system under analysis cannot follow it.")
    system = project.system.model_copy(update={"model": run.model.name, "version": run.model.version})
    tx.put(project.replace(system=system))


def _standing(tx: Transaction) -> dict[str, Claim]:
    subjects = dict.fromkeys(claim.subject for claim in tx.all(Evidence))
    return {claim.evidence.id: claim for subject in subjects for claim in subject_verdicts(tx, subject, doubts=False)}


def _says(claim: Claim) -> tuple[Verdict | None, bool]:
    return claim.verdict, claim.suspended


def _change(before: Claim, after: Claim, *, left: bool, dropped: bool) -> VerdictChange:
    metric = after.metric
    judged = after.judgement
    reasons = []
    if left:
        reasons.append(_NO_COUNTERPART)
    reasons += after.stale
    if judged is not None:
        reasons.append(judged.reason)
    if dropped:
        who = before.evidence.reviewed_by
        reasons.append(f"The verdict of {who or 'a person'} was about the old results and was taken away.")
    return VerdictChange(
        evidence=after.evidence.id,
        subject=after.evidence.subject,
        title=after.evidence.title or (metric_label(metric) if metric is not None else ""),
        metric=metric_label(metric) if metric is not None else "",
        unit=metric.unit if metric is not None else "other",
        before=before.verdict,
        after=after.verdict,
        was_suspended=before.suspended,
        suspended=after.suspended,
        value_before=before.metric.value if before.metric is not None else None,
        value_after=metric.value if metric is not None else None,
        reason=" ".join(reasons),
        left=left,
    )

"""Runs read again: what their files say now, and which verdicts that changes."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from workbench.evidence.claim import Claim
from workbench.evidence.dates import newest_day
from workbench.evidence.imported import ImportedRun, options_of
from workbench.evidence.labels import amount, metric_label, number
from workbench.evidence.made import remade
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.standing import SourceState, source_paths, source_state, subject_verdicts
from workbench.evidence.verdict import Judgement, judge
from workbench.model.base import Record
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction
from workbench.values import value_type

RereadState = Literal["same", "changed", "not at hand", "unreadable", "typed"]
_KEPT_OF_RUN: Final = frozenset(
    {"id", "title", "imported_at", "note", "origin", "withdrawn", "superseded_by", "copied_to", "source"}
)
_DEEPEST: Final = 4
"""Folders below its main file that a run may be spread over."""
_KEPT_OF_METRIC: Final = frozenset({"id", "run", "baselines"})


@value_type(frozen=True, slots=True)
class Reread:
    """One run, read again.

    Attributes:
        run: as the project has it.
        source: the state of the file, as staleness knows it.
        path: the file that was read; None where none was.
        now: the run as it would be stored, under the id it has; None where there is nothing new to store.
        metrics: its metrics as they would be stored, by id; those the project has keep theirs.
        gone: ids of metrics that are no longer in the file.
        problem: why the file could not be taken, one sentence.
        differences: what differs from the stored summary, one sentence each.
    """

    run: Run
    state: RereadState
    source: SourceState = "not at hand"
    path: Path | None = None
    now: Run | None = None
    metrics: Mapping[str, Metric] | None = None
    gone: tuple[str, ...] = ()
    problem: str = ""
    differences: tuple[str, ...] = ()


@value_type(frozen=True, slots=True)
class VerdictChange:
    """A claim whose computed verdict is no longer what it was.

    Attributes:
        before, after: what the stored summary gives, and what the file gives now.
        reasons: what changed in the file, and the new verdict's own reason.
    """

    claim: Claim
    before: Judgement
    after: Judgement
    reasons: tuple[str, ...]


class LastRead:
    """Reads files as ``read_run`` does, and keeps what came of the last one for the other runs that it holds."""

    def __init__(self) -> None:
        self._asked: tuple[Path, tuple[Path, ...], dict[str, Any]] | None = None
        self._found: list[ImportedRun] = []

    def __call__(self, path: Path, beside: tuple[Path, ...], options: dict[str, Any]) -> list[ImportedRun]:
        """The runs of a file.

        Raises:
            ImportProblem: see ``read_run``.
        """
        asked = (path, beside, options)
        if asked != self._asked:
            self._asked, self._found = None, []  # never the runs of two files in memory
            self._found = read_run(path, beside=beside, **options)
            self._asked = asked
        return self._found


def reread_all(store: Reader, folder: Path | None) -> list[Reread]:
    """Read the file of every run of a project again, each file once; in the order of the runs.

    Args:
        store: the document; it is not changed.
        folder: where the project lies; relative paths are looked for there.
    """
    runs, read = list(store.all(Run)), LastRead()
    by_file = sorted(runs, key=lambda run: (run.source.path, [companion.path for companion in run.companions]))
    found = {run.id: reread(store, run, folder, read) for run in by_file}
    return [found[run.id] for run in runs]


def reread(store: Reader, run: Run, folder: Path | None, read: LastRead | None = None) -> Reread:
    """Read the file of a run again, as it was read before; the project is not changed.

    Args:
        store: the document.
        run: one of its runs.
        folder: where the project lies; relative paths are looked for there.
        read: reads the file; else a reader for this run alone.
    """
    if run.origin == "typed" or not (run.source.path or run.copied_to):
        return Reread(run, "typed")
    path = next((path for path in source_paths(run, folder) if _is_file(path)), None)
    if path is None:
        return Reread(run, "not at hand")
    options = options_of(run)
    problem = "What the reader was told is not kept; replace the run by hand."
    same = None
    if options is not None:
        try:
            same = _same_run(run, (read or LastRead())(path, _beside(run, path), options))
            problem = f"The run is no longer in {path.name}."
        except ImportProblem as unread:
            problem = str(unread)
    if same is None:
        return Reread(run, "unreadable", source_state(run, folder, check_hash=True), path, problem=problem)
    return _compared(store, run, path, same)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _beside(run: Run, path: Path) -> tuple[Path, ...]:
    """The other files a run was read from: where they were, else where they would lie had all been moved together."""
    found = []
    for companion in run.companions:
        there = Path(companion.path)
        parts = there.parts[-_DEEPEST:]
        moved = [base.joinpath(*parts[at:]) for at in range(len(parts)) for base in (path.parent, path.parent.parent)]
        found += [place for place in (there, *moved) if place != path and _is_file(place)][:1]
    return tuple(found)


def _same_run(run: Run, found: list[ImportedRun]) -> ImportedRun | None:
    """The run that was read before, among those a file holds now; None where that is not plain."""
    tests: tuple[Callable[[Run], object], ...] = (
        lambda other: other.id,
        lambda other: (other.format, other.run_id) if other.run_id else None,
        lambda other: (other.format, tuple(sorted(other.provenance.settings.items()))),
        lambda other: (other.format, other.task.name, other.dataset.name, other.model.name),
    )
    for told in tests:
        wanted = told(run)
        matches = [imported for imported in found if wanted is not None and told(imported.run) == wanted]
        if len(matches) == 1:
            return matches[0]
    return found[0] if len(found) == 1 and found[0].run.format == run.format else None


_Name = tuple[str, str, str, int | None, tuple[tuple[str, str], ...]]


def _name(metric: Metric) -> _Name:
    return metric.name, metric.scorer, metric.reducer, metric.k, tuple(sorted(metric.strata.items()))


def _compared(store: Reader, run: Run, path: Path, imported: ImportedRun) -> Reread:
    read = imported.run
    source = run.source.model_copy(update={"sha256": read.source.sha256, "bytes": read.source.bytes})
    now = run.replace(source=source, **_fields(read, _KEPT_OF_RUN | _judged_by_hand(run, read)))
    stored = {_name(metric): metric for metric in store.referrers(run.id, Metric, "run")}
    metrics: dict[str, Metric] = {}
    ids: dict[str, str] = {}
    pairs: list[tuple[Metric, Metric]] = []
    for metric in imported.metrics:
        old = stored.pop(_name(metric), None)
        if old is None:
            metrics[metric.id] = metric.replace(run=run.id)
        else:
            metrics[old.id] = old.replace(**_fields(metric, _KEPT_OF_METRIC))
            ids[old.id] = metric.id
            pairs.append((old, metrics[old.id]))
    items = {kept: imported.items[id] for kept, id in ids.items() if id in imported.items}
    made = remade(stored.values(), metrics, items)
    for old in [metric for metric in stored.values() if metric.id in made]:
        metrics[old.id] = old.replace(**_fields(made[old.id], _KEPT_OF_METRIC))
        pairs.append((stored.pop(_name(old)), metrics[old.id]))
    differences = _run_differences(run, now)
    differences += [
        f"{metric_label(old)}: {_said(old)} is now {_said(new)}."
        for old, new in pairs
        if _figures(new) != _figures(old)
    ]
    gone = tuple(metric.id for metric in stored.values())
    differences += [f"{metric_label(metric)} is no longer in the file." for metric in stored.values()]
    digests = [companion.sha256 for companion in run.companions], [companion.sha256 for companion in read.companions]
    touched = (bool(run.source.sha256) and source.sha256 != run.source.sha256) or digests[0] != digests[1]
    state: RereadState = "changed" if touched else "same"
    file: SourceState = "changed" if touched else "at hand"
    if not touched and not differences:
        return Reread(run, state, file, path)
    problem = ""
    held = [id for id in gone if store.referrers(id, Record)]
    if held:
        problem = f"{len(held)} of the figures that something leans on are no longer in the file."
    return Reread(run, state, file, path, now, metrics, gone, problem, tuple(differences))


def _fields(record: Record, but: frozenset[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields if name not in but}


def _judged_by_hand(run: Run, read: Run) -> frozenset[str]:
    """What a person may have entered about a run and no file says."""
    named = ("model", "task", "dataset")
    kept = {name for name in named if getattr(run, name).name and not getattr(read, name).name}
    return frozenset(kept | ({"relationship"} if run.relationship != "unknown" else set()))


def _figures(metric: Metric) -> tuple[object, ...]:
    interval = (metric.estimate.low, metric.estimate.high) if metric.estimate is not None else None
    return (metric.value, metric.n, metric.successes, metric.clusters, metric.missing, metric.unit, interval)


def _said(metric: Metric) -> str:
    value = "no value" if metric.value is None else amount(metric.value, metric.unit)
    if metric.n is None:
        return value
    counted = f"{metric.n:,}" if metric.successes is None else f"{number(metric.successes, 10)} of {metric.n:,}"
    lost = f", {metric.missing:,} missing" if metric.missing else ""
    return f"{value} ({counted}{lost})"


def _run_differences(old: Run, new: Run) -> list[str]:
    told = []
    for what, before, after in (
        ("The status", old.status, new.status),
        ("The model", f"{old.model.name} {old.model.version}".strip(), f"{new.model.name} {new.model.version}".strip()),
        ("Whether the run is marked as invalid", str(old.invalidated), str(new.invalidated)),
    ):
        if before != after:
            told.append(f"{what}: {before or 'not known'} is now {after or 'not known'}.")
    return told


def verdict_changes(store: Reader, found: Reread, *, as_of: date | None = None) -> list[VerdictChange]:
    """The claims on a run whose computed verdict is another one by the file as it is now."""
    if found.now is None or found.metrics is None:
        return []
    project = store.find(PROJECT_ID, Project)
    system = project.system if project is not None else None
    changes = []
    for metric in store.referrers(found.run.id, Metric, "run"):
        new = found.metrics.get(metric.id)
        for evidence in store.referrers(metric.id, Evidence, "metric") if new is not None else ():
            criterion = evidence.criterion
            if criterion is None or new is None:
                continue
            before = judge(metric, found.run, criterion, as_of=as_of, system=system)
            after = judge(new, found.now, criterion, as_of=as_of, system=system)
            if before.verdict != after.verdict:
                claim = Claim(evidence, metric, found.run, before)
                changes.append(VerdictChange(claim, before, after, (*found.differences, after.reason)))
    return changes


def store_reread(tx: Transaction, found: Reread, *, at: str) -> bool:
    """Enter what a file says now in place of the stored summary; ids stay, so claims stay attached.

    A run of which something leans on a figure that is gone is left as it is, and so stays suspended.

    Args:
        at: when it was read, ISO 8601.

    Returns:
        Whether anything was stored.
    """
    if found.now is None or found.metrics is None or found.problem:
        return False
    tx.put(found.now.replace(imported_at=at))
    for metric in found.metrics.values():
        tx.put(metric)
    for id in found.gone:
        tx.remove(id)
    return True


def stale_claims(
    store: Reader, sources: Mapping[str, SourceState] | None = None, *, as_of: date | None = None
) -> list[Claim]:
    """Every suspended claim of a project, in order of entry.

    Args:
        sources: state of the source file by id of the run.
    """
    day = as_of or newest_day(store)
    subjects = dict.fromkeys(evidence.subject for evidence in store.all(Evidence))
    claims = (
        claim
        for subject in subjects
        for claim in subject_verdicts(store, subject, as_of=day, sources=sources, doubts=False)
    )
    return [claim for claim in claims if claim.suspended]

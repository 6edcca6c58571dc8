"""Why evidence is suspended: a list of reasons, never a flag."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from workbench.evidence.dates import ZONES, day_of, parse_time
from workbench.model.judgement import SystemUnderAnalysis
from workbench.model.runs import Criterion, Evidence, Metric, Named, Run
from workbench.store.reader import Reader

SourceState = Literal["at hand", "changed", "not at hand"]
ReasonKind = Literal[
    "age",
    "model",
    "task",
    "dataset",
    "source",
    "withdrawn",
    "superseded",
    "newer",
    "criterion",
    "invalidated",
    "edited",
]
EDITED: Final = "scores edited"
"""Setting of a run's provenance in which an importer says that the log was changed after the run, and where."""

OUTLIVED: Final[frozenset[ReasonKind]] = frozenset({"superseded", "newer"})
"""Reasons that say another run speaks, not that nothing does."""


class Reason(NamedTuple):
    """One reason why a claim is suspended.

    Attributes:
        text: one sentence.
    """

    kind: ReasonKind
    text: str


def time_of(run: Run) -> datetime | None:
    """When a run was made; None where it does not say. The time of import says nothing about it."""
    return parse_time(run.completed_at) or parse_time(run.started_at)


def run_reasons(
    run: Run,
    criterion: Criterion | None,
    *,
    as_of: date | None = None,
    system: SystemUnderAnalysis | None = None,
) -> list[Reason]:
    """What stands against a run itself, whatever it is evidence for.

    Args:
        criterion: gives the greatest age.
        as_of: the day by which age is reckoned; without it age is not checked.
        system: the system under analysis, with the versions of tasks and data sets that count.
    """
    reasons = []
    if criterion is not None:
        time = time_of(run)
        reasons += _age("run", time.date() if time is not None else None, criterion, as_of)
    if system is not None:
        if run.model.name and system.model and not _same_model(run, system):
            version = f" {system.version}" if system.version else ""
            text = f"It was measured on {run.model.name}; the system under analysis is {system.model}{version}."
            reasons.append(Reason("model", text))
        wanted = {name.casefold(): version for name, version in system.versions.items() if version}
        reasons += _version("task", run.task, wanted)
        reasons += _version("dataset", run.dataset, wanted)
    if run.withdrawn is not None:
        reasons.append(Reason("withdrawn", _withdrawn(run)))
    if run.invalidated:
        reasons.append(Reason("invalidated", "The run was marked as invalid."))
    return reasons


def _age(what: str, day: date | None, criterion: Criterion, as_of: date | None) -> list[Reason]:
    allowed = criterion.max_age_days
    if allowed is None or as_of is None:
        return []
    if day is None:
        return [Reason("age", f"The {what} has no date; the criterion allows {allowed:,} days.")]
    age = (as_of - day).days
    if age < -ZONES:
        text = (
            f"The {what} is dated {day}, after {as_of}, so its age is not known; the criterion allows {allowed:,} days."
        )
        return [Reason("age", text)]
    if age <= allowed:
        return []
    return [Reason("age", f"The {what} is {age:,} days old on {as_of}; the criterion allows {allowed:,}.")]


def _same_model(run: Run, system: SystemUnderAnalysis) -> bool:
    """Whether names mean one model."""
    measured = {plain_name(run.model.name), plain_name(run.model.name, run.model.version)}
    if plain_name(system.model, system.version) in measured:
        return True
    both = bool(system.version and run.model.version)
    contradicts = both and plain_name(system.version) != plain_name(run.model.version)
    return plain_name(system.model) in measured and not contradicts


def plain_name(*parts: str) -> str:
    """Letters and digits of a model's name; what stands before the last slash (the provider) is no part of it."""
    text = " ".join(part.rsplit("/", 1)[-1] for part in parts if part).casefold()
    return "".join(ch for ch in text if ch.isalnum())


def _version(kind: Literal["task", "dataset"], named: Named, wanted: dict[str, str]) -> list[Reason]:
    """Whether a task or data set is of another version than the one that counts now."""
    version = wanted.get(named.name.casefold()) if named.name else None
    if version is None or not named.version or named.version.strip().casefold() == version.strip().casefold():
        return []
    what = "task" if kind == "task" else "data set"
    text = f"The {what} {named.name} was version {named.version}; version {version} counts now."
    return [Reason(kind, text)]


def _withdrawn(run: Run) -> str:
    said = run.withdrawn
    assert said is not None
    day = day_of(said.at)
    who = (f" by {said.by}" if said.by else "") + (f" on {day}" if day is not None else "")
    why = f": {said.reason.strip().rstrip('.')}" if said.reason.strip() else ""
    return f"The run was withdrawn{who}{why}."


def claim_reasons(
    reader: Reader,
    evidence: Evidence,
    run: Run | None,
    *,
    as_of: date | None = None,
    source: SourceState | None = None,
) -> list[Reason]:
    """What stands against one claim, beside what stands against its run.

    Args:
        source: whether the file of the run is as it was; *not at hand* says nothing against it.
    """
    reasons = []
    if run is None and evidence.criterion is not None and evidence.metric is None:
        reasons += _age(evidence.kind.replace("_", " "), day_of(evidence.date), evidence.criterion, as_of)
    if source == "changed":
        reasons.append(Reason("source", "The source file is no longer the one that was read."))
    if run is not None:
        if run.superseded_by is not None:
            later = reader.find(run.superseded_by, Run)
            reasons.append(Reason("superseded", f"Superseded: {called(later)} speaks in its place."))
        edited = run.provenance.settings.get(EDITED)
        if edited and evidence.analyst_verdict is None:
            reasons.append(Reason("edited", f"The log was edited after the run: {edited}; somebody has to judge it."))
    first = evidence.first_criterion
    if first is not None and not evidence.criterion_reason.strip() and demands_differ(first, evidence.criterion):
        text = "The criterion was changed after the result was seen, and no reason is given."
        reasons.append(Reason("criterion", text))
    return reasons


def demands_differ(first: Criterion, now: Criterion | None) -> bool:
    """Whether another result would pass; when the threshold was set is no part of that."""
    if now is None:
        return True
    same = {"set_before_results": None}
    return first.model_copy(update=same) != now.model_copy(update=same)


def called(run: Run | None) -> str:
    """A run in a sentence: its title and day."""
    if run is None:
        return "a later run"
    time = time_of(run)
    name = " ".join(run.title.split()) or run.task.name or run.model.name
    name = f"“{name}”" if name else "a run"
    return f"{name} of {time.date()}" if time is not None else name


Measurement = tuple[str, ...]


def measurement_of(metric: Metric, run: Run) -> Measurement | None:
    """What was measured on which model, so that runs over time can be told to be of one thing; None: not known."""
    task, dataset, model = run.task.name.casefold(), run.dataset.name.casefold(), plain_name(run.model.name)
    if not model or not (task or dataset):
        return None
    strata = tuple(part for pair in sorted(metric.strata.items()) for part in pair)
    model = plain_name(run.model.name, run.model.version)
    return (task or dataset, model, metric.name, metric.scorer, metric.reducer, str(metric.k or ""), *strata)


def newest(runs: Iterable[Run]) -> Run | None:
    """The newest run on which something can rest; None where none says when it was made."""
    timed = [(time, run) for run in runs if (time := time_of(run)) is not None and _valid(run)]
    return max(timed, key=lambda pair: pair[0])[1] if timed else None


def _valid(run: Run) -> bool:
    ended = run.status in ("success", "unknown")
    return ended and not run.invalidated and run.withdrawn is None and run.superseded_by is None


def outlived(run: Run, speaker: Run) -> Reason | None:
    """Why a run does not speak where a newer one of the same thing does; None where it is not older."""
    time, latest = time_of(run), time_of(speaker)
    if run.id == speaker.id or time is None or latest is None or time >= latest:
        return None
    text = f"A newer run of the same task, metric and model speaks on this subject: {called(speaker)}."
    return Reason("newer", text)

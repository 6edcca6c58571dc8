"""What weakens a claim without suspending it, and what its author should be asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.evidence.claim import Claim
from workbench.evidence.criterion import format_criterion
from workbench.evidence.dates import dated_ahead, day_of
from workbench.evidence.intervals import p_value_of
from workbench.evidence.labels import percent
from workbench.evidence.staleness import Measurement, called, demands_differ, measurement_of, time_of
from workbench.evidence.statistics import FEW_CLUSTERS
from workbench.evidence.statistics_compare import holm
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.runs import Criterion, DoubtKind, Evidence, Metric, Run
from workbench.store.reader import Reader

PROMPTS: Final[Mapping[DoubtKind, str]] = {
    "proxy_gap": "Does the task stand for the risk, or for something easier to measure?",
    "under_elicited": "Could the model do more than it was made to show (prompts, tools, attempts, fine-tuning)?",
    "sandbagging": "Could the model have held back because it noticed the test?",
    "contaminated": "Could the model have seen the items before, in training or in the prompt?",
}
"""What is asked of whoever leans on a run, by kind of defeater."""

_LOW_SCORE: Final[tuple[DoubtKind, ...]] = ("under_elicited", "sandbagging")
_SAID_ONLY_IF_MANY: Final = 3
_MOST_SIBLINGS: Final = 1_000
"""Figures of one run that are looked through for the same criterion; of more, only the claims on the subject count."""
ADDING_SAMPLES: Final = (
    "Say beforehand how many samples there will be: adding samples until a claim passes makes a wrong pass likely."
)


def unasked(evidence: Evidence) -> tuple[DoubtKind, ...]:
    """Kinds of doubt nobody has recorded on a claim yet, neither as open nor as answered."""
    known = {defeater.kind for defeater in evidence.defeaters}
    return tuple(kind for kind in PROMPTS if kind not in known)


def doubts_about(reader: Reader, claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    """The doubts on each of the claims on one subject."""
    if not claims:
        return []
    many = _many(reader, claims)
    alike: dict[Measurement, list[Claim]] = defaultdict(list)
    for claim in claims:
        measured = _measured(claim)
        if measured is not None:
            alike[measured].append(claim)
    project = reader.find(PROJECT_ID, Project)
    versions = project.system.versions if project is not None else {}
    return [
        (
            *_criterion(claim),
            *_recorded(claim.evidence),
            *_versions(claim.run, versions),
            *dated_wrong(claim.run, claim.run.imported_at if claim.run is not None else ""),
            *_few(claim),
            *_low_score(claim),
            *([many[claim.evidence.id]] if claim.evidence.id in many else []),
            *_grown(reader, claim, alike.get(_measured(claim) or (), ())),
        )
        for claim in claims
    ]


def dated_wrong(run: Run | None, read_at: str) -> list[str]:
    """Doubt about a run that says it was made after it was read."""
    when = (run.completed_at or run.started_at) if run is not None else ""
    if not dated_ahead(when, read_at):
        return []
    return [f"It says that it was made on {day_of(when)}, which is after it was read ({day_of(read_at)})."]


def _measured(claim: Claim) -> Measurement | None:
    return measurement_of(claim.metric, claim.run) if claim.metric is not None and claim.run is not None else None


def _criterion(claim: Claim) -> list[str]:
    criterion, first = claim.evidence.criterion, claim.evidence.first_criterion
    if claim.metric is None:
        return []
    if first is not None and demands_differ(first, criterion):
        then = format_criterion(first, claim.metric.unit)
        return [_with_text(f"The criterion was changed after the result was seen (first {then})", _why(claim.evidence))]
    if criterion is None:
        return []
    if criterion.set_before_results is None:
        return ["Nobody has said whether the criterion was set before the results were seen."]
    return [] if criterion.set_before_results else ["The criterion was set after the results were seen."]


def _why(evidence: Evidence) -> str:
    return evidence.criterion_reason.strip() or "no reason is given"


def _recorded(evidence: Evidence) -> list[str]:
    """Defeaters and deficits nobody has dealt with."""
    said = []
    for defeater in evidence.defeaters:
        if defeater.state == "open":
            kind = defeater.kind.replace("_", "-" if defeater.kind == "under_elicited" else " ")
            said.append(_with_text("Open defeater" if kind == "other" else f"Open defeater, {kind}", defeater.text))
    said += [_with_text("Open gap in knowledge", gap.text) for gap in evidence.deficits if gap.handling == "open"]
    return said


def _versions(run: Run | None, wanted: Mapping[str, str]) -> list[str]:
    """A version that counts now and that the run does not tell suspends nothing, but is said."""
    if run is None or not wanted:
        return []
    names = {name.casefold(): version for name, version in wanted.items() if version}
    said = []
    for what, named in (("task", run.task), ("data set", run.dataset)):
        version = names.get(named.name.casefold()) if named.name else None
        if version and not named.version:
            said.append(f"Version {version} of the {what} {named.name} counts now; the run does not tell its version.")
    return said


def _few(claim: Claim) -> list[str]:
    metric, judged = claim.metric, claim.judgement
    if metric is None or judged is None or metric.clusters is None or not 1 <= metric.clusters < FEW_CLUSTERS:
        return []
    only = f"Only {metric.clusters} distinct items are behind it" if metric.clusters > 1 else "One item is behind it"
    return [f"{only}, sampled again and again: its interval leans on Student's t and may still be too narrow."]


def _with_text(label: str, text: str) -> str:
    plain = " ".join(text.split())[:300].rstrip(".")
    return f"{label}: {plain}." if plain else f"{label}."


def _low_score(claim: Claim) -> list[str]:
    """A low score reassures only where the model was made to show what it can do."""
    criterion = claim.evidence.criterion
    if claim.verdict != "supports" or criterion is None or criterion.comparator not in ("<=", "<"):
        return []
    known = {defeater.kind for defeater in claim.evidence.defeaters}
    missing = [kind for kind in _LOW_SCORE if kind not in known]
    if not missing:
        return []
    asked = " and ".join("under-elicited" if kind == "under_elicited" else kind for kind in missing)
    return [f"A low score reassures only if the model was made to show what it can do: not answered yet ({asked})."]


def _many(reader: Reader, claims: Sequence[Claim]) -> dict[str, str]:
    """What Holm's correction leaves of claims that were tried together, by the id of the evidence."""
    own: dict[_Test, float] = {}
    for claim in claims:
        p_value = _p_value(claim)
        if p_value is not None:
            own[_test_of(claim)] = p_value
    families: dict[tuple[str, str, float], tuple[dict[_Test, float], dict[_Test, float]]] = {}
    said = {}
    for claim in claims:
        criterion, judged, metric = claim.evidence.criterion, claim.judgement, claim.metric
        if criterion is None or judged is None or metric is None or judged.verdict == "inconclusive":
            continue
        mine, together = _test_of(claim), (metric.run, criterion.comparator, criterion.threshold)
        if mine not in own:
            continue
        if together not in families:
            family = _on_the_run(reader, metric, criterion) | own
            families[together] = (family, dict(zip(family, holm(list(family.values())), strict=True)))
        family, corrected = families[together]
        count, adjusted = len(family), corrected[mine]
        level = percent(criterion.level, 4)
        tried = f"One of {count} comparisons on this subject or with this criterion on this run"
        if count > 1 and adjusted >= 1 - criterion.level:
            said[claim.evidence.id] = (
                f"{tried}: by Holm's correction it does not decide at {level} "
                f"(p {own[mine]:.2g}, adjusted {adjusted:.2g})."
            )
        elif count >= _SAID_ONLY_IF_MANY:
            said[claim.evidence.id] = f"{tried}: by Holm's correction it still decides at {level} ({adjusted:.2g})."
    return said


_Test = tuple[str, str, float]
"""A metric held against a threshold in one direction; the same test twice is one comparison."""


def _test_of(claim: Claim) -> _Test:
    assert claim.metric is not None
    assert claim.evidence.criterion is not None
    return _test(claim.metric, claim.evidence.criterion)


def _test(metric: Metric, criterion: Criterion) -> _Test:
    return metric.id, criterion.comparator[0], criterion.threshold


def _p_value(claim: Claim) -> float | None:
    if claim.metric is None or claim.judgement is None or claim.evidence.criterion is None:
        return None
    return p_value_of(claim.metric, claim.evidence.criterion)


def _on_the_run(reader: Reader, metric: Metric, criterion: Criterion) -> dict[_Test, float]:
    """The same criterion tried on other figures of the run, by whatever claim."""
    siblings = reader.referrers(metric.run, Metric, "run")
    found: dict[_Test, float] = {}
    for sibling in siblings if len(siblings) <= _MOST_SIBLINGS else ():
        for evidence in reader.referrers(sibling.id, Evidence, "metric"):
            tried = evidence.criterion
            if tried is not None and (tried.comparator, tried.threshold) == (criterion.comparator, criterion.threshold):
                p_value = p_value_of(sibling, tried)
                if p_value is not None:
                    found[_test(sibling, tried)] = p_value
    return found


def _grown(reader: Reader, claim: Claim, alike: Sequence[Claim]) -> list[str]:
    """Whether a claim rests on a run that took the place of a smaller one of the same thing.

    Args:
        alike: the claims on the subject that are of the same task, metric and model.
    """
    metric, run, judged = claim.metric, claim.run, claim.judgement
    if metric is None or run is None or judged is None or metric.n is None:
        return []
    if judged.verdict == "inconclusive":
        return [ADDING_SAMPLES] if judged.needed is not None else []
    time = time_of(run)
    smaller: dict[str, tuple[Run, int]] = {}
    for other in alike:
        if other.run is None or other.metric is None or other.run.id == run.id:
            continue
        then, n = time_of(other.run), other.metric.n
        if time is not None and then is not None and then < time and n is not None and n < metric.n:
            smaller[other.run.id] = (other.run, n)
    for old in reader.referrers(run.id, Run, "superseded_by"):
        for former in reader.referrers(old.id, Metric, "run"):
            same = (former.name, former.scorer, former.reducer) == (metric.name, metric.scorer, metric.reducer)
            if same and former.strata == metric.strata and former.n is not None and former.n < metric.n:
                smaller[old.id] = (old, former.n)
    if not smaller:
        return []
    old, n = max(smaller.values(), key=lambda pair: pair[1])
    others = f" (and {len(smaller) - 1} more)" if len(smaller) > 1 else ""
    shown = f"{called(old)}, {n:,} items; now {metric.n:,}"
    return [f"A smaller run of the same thing came before{others}: {shown}. {ADDING_SAMPLES}"]

"""Claims as rows of the evidence table: computed from the document, kept as long as what they rest on. No Qt."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, Final

from workbench.analysis.fuzzy import fold
from workbench.analysis.words import SIGN, UNTITLED, guard_name, number, short_name, short_percent, word
from workbench.evidence.criterion import format_criterion
from workbench.evidence.labels import amount, metric_label
from workbench.evidence.shown import between, interval_of, with_missing
from workbench.evidence.standing import Claim, SourceState, newest_day, subject_verdicts
from workbench.evidence.verdict import day_of
from workbench.model.elements import Guard
from workbench.model.judgement import Assessment, Project, SystemUnderAnalysis
from workbench.model.runs import Baseline, Comparator, Evidence, Metric, Named, Run, Verdict
from workbench.store.store import Store
from workbench.values import value_type

WORST_FIRST: Final = ("refutes", "stale", "inconclusive", "none", "supports")


@value_type(frozen=True, slots=True)
class ClaimRow:
    """One claim, ready to show.

    Attributes:
        sign: verdict to show: ``supports``, ``refutes``, ``inconclusive``, ``stale`` or ``none``.
        reason: the sentence that names the deciding bound, or why there is no verdict.
        low, high: interval for display in the metric's unit: of the scored items, or with the missing ones where there
            is no value; null where there is none.
        with_missing: bounds that allow for every outcome of the missing items, in words; empty where none are missing.
        day: day of the run; null where not known.
        analyst: a person's verdict stands, in place of another computed one (``differs``) or where nothing is computed;
            ``by`` names the person.
        verdict: the verdict in force, also where it is suspended; ``computed`` is the program's own.
        decides: the interval that decides, and ``decided_by`` how it was made.
        stale: why the verdict is suspended, one sentence each.
        found_by: everything the search looks through, folded.
    """

    id: str
    subject: str
    on: str
    claim: str
    sign: str
    reason: str
    criterion: str = ""
    criterion_in_full: str = ""
    comparator: Comparator | None = None
    threshold: float | None = None
    unit: str = "proportion"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    with_missing: str = ""
    level: float = 0.95
    method: str = ""
    n: str = ""
    counts: str = ""
    run: str = ""
    run_id: str = ""
    day: date | None = None
    analyst: bool = False
    differs: bool = False
    by: str = ""
    verdict: Verdict | None = None
    computed: Verdict | None = None
    decides: tuple[float, float] | None = None
    decided_by: str = ""
    stale: tuple[str, ...] = ()
    metric_id: str = ""
    count: int | None = None
    model: str = ""
    dataset: str = ""
    baselines: tuple[Baseline, ...] = ()
    found_by: str = ""

    @property
    def estimate(self) -> str:
        """The value in words; a dash where there is none."""
        return number(self.value, self.unit) if self.value is not None else "–"

    @property
    def interval(self) -> str:
        """The interval in words, and beside it what the missing items could make of it; empty where there is none."""
        level = f"{self.level * 100:g} % interval"
        if self.value is None and self.with_missing:
            return f"{level} {self.with_missing}"
        if self.low is None or self.high is None:
            return self.with_missing
        shown = f"{level} {amount(self.low, self.unit)} to {amount(self.high, self.unit)}"
        return f"{shown}; {self.with_missing}" if self.with_missing else shown

    @property
    def on_axis(self) -> bool:
        """Whether value, or the interval alone, can stand on the axis from 0 to 100 %."""
        marks = [mark for mark in (self.value, self.low, self.high) if mark is not None]
        return self.unit == "proportion" and bool(marks) and 0 <= marks[0] <= 1

    def age(self, today: date) -> str:
        """How old the run is, in days."""
        return f"{(today - self.day).days:,} d" if self.day is not None else "–"


def _n(metric: Metric | None) -> str:
    if metric is None or metric.n is None:
        return "–"
    clusters = metric.clusters
    if clusters and clusters < metric.n and metric.n % clusters == 0:
        return f"{clusters:,} × {metric.n // clusters}"
    return f"{metric.n:,}"


def _counts(metric: Metric | None) -> str:
    if metric is None or metric.n is None:
        return ""
    if metric.value is None and metric.missing:
        return f"{metric.n} of {metric.n + metric.missing} scored, {metric.missing} missing"
    some = f"{metric.successes:g} of {metric.n}" if metric.successes is not None else f"n = {metric.n}"
    if metric.clusters is not None and metric.clusters < metric.n:
        some += f", {metric.clusters} distinct items"
    return f"{some}, {metric.missing} missing" if metric.missing else some


def run_name(run: Run | None) -> str:
    """What people call a run: its title, else task and model, else its format."""
    if run is None:
        return ""
    if run.title:
        return run.title
    return " · ".join(part for part in (run.task.name or run.dataset.name, run.model.name) if part) or run.format


def told_apart(runs: Iterable[Run]) -> dict[str, str]:
    """What to call each run, by id; of several called the same also what differs: model, else file, else day."""
    alike: dict[str, list[Run]] = {}
    for run in runs:
        alike.setdefault(run_name(run), []).append(run)
    names = {}
    for name, same in alike.items():
        for run in same:
            more = next((tell(run) for tell in _TELLING if _only(run, same, tell)), "") if len(same) > 1 else ""
            if len(same) > 1 and not more:
                more = ", ".join(part for part in (tell(run) for tell in _TELLING) if part)
            names[run.id] = f"{name} ({more})" if more and more not in name else name
    return names


def _only(run: Run, same: list[Run], tell: Callable[[Run], str]) -> bool:
    return bool(tell(run)) and all(other is run or tell(other) != tell(run) for other in same)


def named(thing: Named) -> str:
    """A model, task or data set with its version."""
    return f"{thing.name} {thing.version}".strip()


_TELLING: Final[tuple[Callable[[Run], str], ...]] = (
    lambda run: named(run.model),
    lambda run: PurePath(run.source.path.replace("\\", "/")).name,
    lambda run: (run.completed_at or run.started_at)[:10],
)
"""What tells runs of one name apart, in the order in which it is tried."""


def row_of(store: Store, claim: Claim, names: Mapping[str, str] | None = None) -> ClaimRow:
    """The row for one claim; ``names`` tells runs of the same name apart."""
    evidence, metric, run, judged = claim.evidence, claim.metric, claim.run, claim.judgement
    sign = "stale" if claim.suspended else claim.verdict or "none"
    reasons = list(claim.stale)
    if claim.analyst_differs or claim.by_hand:
        who = f" ({evidence.reviewed_by})" if evidence.reviewed_by else ""
        reasons.append(f"Judged by a person{who}: {evidence.analyst_reason or 'no reason given.'}")
    if judged is not None:
        reasons.append(judged.reason)
    elif evidence.analyst_verdict is None:
        reasons.append("No criterion is set." if metric is not None else "Nothing was measured.")
    criterion = evidence.criterion
    unit = metric.unit if metric is not None else "other"
    fields: dict[str, Any] = {}
    if criterion is not None:
        limit = short_percent(criterion.threshold) if unit == "proportion" else f"{criterion.threshold:g}"
        fields |= {
            "criterion": f"{SIGN[criterion.comparator]} {limit}",
            "criterion_in_full": format_criterion(criterion, unit),
            "comparator": criterion.comparator,
            "threshold": criterion.threshold,
            "level": criterion.level,
        }
    if judged is not None:
        fields |= {"decides": judged.interval, "decided_by": judged.method, "computed": judged.verdict}
    if judged is not None and judged.shown is not None:
        fields |= {"low": judged.shown[0], "high": judged.shown[1]}
    elif judged is None and metric is not None and (shown := interval_of(metric)) is not None:
        fields |= {"low": shown.low, "high": shown.high, "level": shown.level}
    if metric is not None and metric.missing:
        bounds = judged.interval if judged is not None else with_missing(metric)
        fields["with_missing"] = f"with the missing {between(metric, bounds)}" if bounds is not None else ""
    day = (day_of(run.completed_at) or day_of(run.started_at)) if run is not None else day_of(evidence.date)
    if run is not None:
        fields |= {"run_id": run.id, "model": named(run.model), "dataset": named(run.dataset)}
    if metric is not None:
        fields |= {"metric_id": metric.id, "value": metric.value, "count": metric.n, "baselines": metric.baselines}
    on = _on(store, evidence.subject)
    title = " ".join(evidence.title.split()) or (metric_label(metric) if metric is not None else UNTITLED)
    origin = (names or {}).get(run.id, "") if run is not None else ""
    origin = origin or run_name(run) or word(evidence.kind)
    words = (title, on, origin, fields.get("criterion", ""), sign, claim.verdict or "", evidence.reviewed_by)
    more = (fields.get("model", ""), fields.get("dataset", ""), run.format if run is not None else "", *reasons)
    files = (run.source.path, run.source.repository_path, run.copied_to) if run is not None else ()
    return ClaimRow(
        id=evidence.id,
        subject=evidence.subject,
        on=on,
        claim=title,
        sign=sign,
        reason=" ".join(reasons),
        unit=unit,
        method=judged.method if judged is not None else "",
        n=_n(metric),
        counts=_counts(metric),
        run=origin,
        day=day,
        analyst=claim.analyst_differs or claim.by_hand,
        differs=claim.analyst_differs,
        by=evidence.reviewed_by,
        verdict=claim.verdict,
        stale=claim.stale,
        found_by=searchable("\n".join((*words, *more, *files))),
        **fields,
    )


def _on(store: Store, subject: str) -> str:
    rating = store.find(subject, Assessment)
    guard = store.find(subject, Guard)
    if guard is not None:
        return guard_name(store, guard, "{}@{}")
    return short_name(store, rating.subject if rating is not None else subject)


def claims_on(store: Store, subject: str) -> list[ClaimRow]:
    """The claims about one record, worst first."""
    names = told_apart(store.all(Run))
    rows = [row_of(store, claim, names) for claim in subject_verdicts(store, subject)]
    return sorted(rows, key=lambda row: WORST_FIRST.index(row.sign))


def former_lines(claim: Evidence, unit: str) -> list[str]:
    """The criteria a claim was held against before, oldest first, each with why it was left."""
    lines = []
    for former in claim.criteria_before:
        said = format_criterion(former.criterion, unit) if former.criterion is not None else "none"
        who = ", ".join(part for part in (former.by, former.at[:10]) if part)
        lines.append(f"Before: {said}{f' ({who})' if who else ''}. Left because: {former.reason or 'no reason given'}")
    return lines


class ClaimRows:
    """Every claim of a document; what did not change is not judged again.

    Attributes:
        sources: whether the files of runs are at hand, by run, where somebody has looked.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sources: Mapping[str, SourceState] = {}
        self._kept: dict[str, tuple[tuple[object, ...], list[ClaimRow]]] = {}

    def all(self) -> list[ClaimRow]:
        """The rows as the document is now, worst first."""
        for _ in self.steps():
            pass
        return self.rows()

    def rows(self) -> list[ClaimRow]:
        """The rows judged so far, worst first."""
        rows = [row for _, group in self._kept.values() for row in group]
        rows.sort(key=worst_first)
        return rows

    def steps(self) -> Iterator[int]:
        """Bring the rows up to date, one subject a step; yields how many claims are done.

        A first look at ten thousand claims takes seconds: whoever shows them goes on between steps. The document must
        not change between two steps of one round.
        """
        store = self._store
        project = store.find("project", Project)
        system = project.system if project is not None else None
        by_subject: dict[str, list[Evidence]] = {}
        for evidence in store.all(Evidence):
            by_subject.setdefault(evidence.subject, []).append(evidence)
        aged = any(e.criterion is not None and e.criterion.max_age_days for e in store.all(Evidence))
        today = newest_day(store) if aged else None
        for gone in self._kept.keys() - by_subject.keys():
            del self._kept[gone]
        names = told_apart(store.all(Run))
        done = 0
        for subject, found in by_subject.items():
            done += len(found)
            basis = self._basis(subject, found, system, today, names)
            old = self._kept.get(subject)
            if old is None or not _same(old[0], basis):
                claims = subject_verdicts(store, subject, as_of=today, sources=self.sources, doubts=False)
                self._kept[subject] = (basis, [row_of(store, claim, names) for claim in claims])
                yield done

    def _basis(
        self,
        subject: str,
        found: list[Evidence],
        system: SystemUnderAnalysis | None,
        today: date | None,
        names: Mapping[str, str],
    ) -> tuple[object, ...]:
        """Everything the rows of one subject rest on."""
        parts: list[object] = [system, today, _on(self._store, subject)]
        for evidence in found:
            metric = self._store.find(evidence.metric, Metric)
            run = metric.run if metric is not None else None
            parts += [evidence, metric, self._store.find(run, Run), self.sources.get(run or "", "")]
            parts.append(names.get(run or "", ""))
        return tuple(parts)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (isinstance(a, str | date) and a == b) for a, b in zip(one, other, strict=True)
    )


_PLAIN: Final = str.maketrans({"\u202f": " ", "\xa0": " ", "≤": "<=", "≥": ">=", "–": "-", "’": "'", "×": "x"})


def searchable(text: str) -> str:
    """A text as the search compares it: folded, with the signs of the program's own words as people type them."""
    return fold(text.translate(_PLAIN))


def worst_first(row: ClaimRow) -> tuple[int, str, str]:
    """The order in which claims want to be looked at."""
    return (WORST_FIRST.index(row.sign), row.on, row.claim)


def matches(row: ClaimRow, text: str) -> bool:
    """Whether a row holds every word of a text, whatever the case."""
    return all(wanted in row.found_by for wanted in searchable(text).split())

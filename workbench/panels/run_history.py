"""The history of one metric: the same figure of the same task in every run of the project. No Qt.

Runs are listed, never averaged: two versions of a model are two points, each with the model's name.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from workbench.analysis.claims import named, run_name, told_apart
from workbench.evidence.labels import amount, metric_label
from workbench.evidence.shown import interval_of
from workbench.evidence.verdict import day_of
from workbench.model.runs import Evidence, Metric, MetricUnit, Run
from workbench.panels.run_facts import count_words, strata_words
from workbench.panels.run_rows import STANDING_WORD, Standing, standing_of
from workbench.store.store import Store
from workbench.values import value_type

SPEAKING: Final = ("stands", "typed", "unverified")


@value_type(frozen=True, slots=True)
class Point:
    """One run's figure.

    Attributes:
        model: the model with its version; of runs that name none, the run.
        day: null where the run has no date.
        speaks: it is the newest of its model that stands; older ones stay visible.
    """

    run: str
    metric: str
    model: str
    name: str
    value: float
    n: str
    day: date | None = None
    low: float | None = None
    high: float | None = None
    standing: Standing = "stands"
    speaks: bool = False


@value_type(frozen=True, slots=True)
class History:
    """Figures of one kind, oldest first, those without a date at the end.

    Attributes:
        threshold: where the claims on these metrics draw the line; null where they differ or there is none.
    """

    title: str
    unit: MetricUnit = "proportion"
    points: tuple[Point, ...] = ()
    threshold: float | None = None
    upward: bool = False
    without_value: int = 0


def _key(run: Run, metric: Metric) -> tuple[object, ...]:
    task = run.task.name or run.dataset.name
    return (
        task.casefold(),
        metric_label(metric).casefold(),
        metric.k,
        metric.unit,
        tuple(sorted(metric.strata.items())),
    )


def history_of(store: Store, metric_id: str) -> History:
    """The history of the figure that a metric is one reading of; a run of no task and no data set stands alone."""
    asked = store.find(metric_id, Metric)
    run = store.find(asked.run, Run) if asked is not None else None
    if asked is None or run is None:
        return History("")
    key = _key(run, asked)
    found = [(run, asked)]
    if key[0]:
        found = []
        for metric in store.all(Metric):
            if metric.name.casefold() != asked.name.casefold():
                continue
            owner = store.find(metric.run, Run)
            if owner is not None and _key(owner, metric) == key:
                found.append((owner, metric))
    names = told_apart(store.all(Run))
    points = [_point(store, owner, metric, names[owner.id]) for owner, metric in found if metric.value is not None]
    points.sort(key=lambda point: (point.day is None, point.day or date.min, point.model, point.name))
    newest = {point.model: place for place, point in enumerate(points) if point.standing in SPEAKING}
    speaking = {points[place].metric for place in newest.values()}
    thresholds = {
        (e.criterion.threshold, e.criterion.comparator in (">=", ">"))
        for _, metric in found
        for e in store.referrers(metric.id, Evidence, "metric")
        if e.criterion is not None
    }
    line = thresholds.pop() if len(thresholds) == 1 else None
    parts = (named(run.task) or named(run.dataset), metric_label(asked), strata_words(asked))
    return History(
        " · ".join(part for part in parts if part),
        asked.unit,
        tuple(replace(point, speaks=point.metric in speaking) for point in points),
        line[0] if line is not None else None,
        line is not None and line[1],
        len(found) - len(points),
    )


def _point(store: Store, run: Run, metric: Metric, name: str) -> Point:
    interval = interval_of(metric)
    standing, _ = standing_of(store, run)
    return Point(
        run=run.id,
        metric=metric.id,
        model=named(run.model) or run_name(run),
        name=name,
        value=metric.value or 0.0,
        n=count_words(metric),
        day=day_of(run.completed_at) or day_of(run.started_at),
        low=interval.low if interval is not None else None,
        high=interval.high if interval is not None else None,
        standing=standing,
    )


def point_words(point: Point, unit: str) -> str:
    """One point in words: the same figures as the plot shows."""
    parts = [point.day.isoformat() if point.day is not None else "no date", point.model, amount(point.value, unit)]
    if point.low is not None and point.high is not None:
        parts.append(f"{amount(point.low, unit)} to {amount(point.high, unit)} at 95 %")
    parts.append(f"n {point.n}")
    if point.standing != "stands":
        parts.append(STANDING_WORD[point.standing].lower())
    elif point.speaks:
        parts.append("newest of this model")
    return ", ".join(parts)


def history_words(history: History, most: int = 40) -> str:
    """The whole history in words, for screen readers and the clipboard."""
    lines = [history.title, *(point_words(point, history.unit) for point in history.points[:most])]
    if len(history.points) > most:
        lines.append(f"and {len(history.points) - most} more runs")
    if history.threshold is not None:
        side = "at least" if history.upward else "at most"
        lines.append(f"Criterion: {side} {amount(history.threshold, history.unit)}")
    return "\n".join(lines)

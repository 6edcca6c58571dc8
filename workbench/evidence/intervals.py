"""The interval of a stored metric at any level: the one that is shown, and the one that decides."""

from functools import lru_cache
from typing import Final

from workbench.evidence.statistics import (
    FEW_CLUSTERS,
    Interval,
    clopper_pearson,
    clopper_pearson_clustered,
    design_adjusted_size,
    t_interval,
    wilson,
)
from workbench.evidence.statistics_compare import binomial_probability, t_probability
from workbench.model.runs import Criterion, Metric
from workbench.values import value_type

_NO_SPREAD: Final = "its spread cannot be estimated"


@value_type(frozen=True, slots=True)
class Decision:
    """What a metric allows to be said about the true value.

    Attributes:
        interval: two-sided; with missing items, from the lower bound if all of them failed to the upper bound if all
            of them passed. None where none can be given.
        scored: the same from the scored items alone.
        method: how it was computed.
        problem: why there is no interval, as a clause.
    """

    interval: Interval | None
    scored: Interval | None = None
    method: str = ""
    problem: str = ""


def successes_of(metric: Metric) -> float | None:
    """Items that count towards a rate, or None where the metric is no rate."""
    if not metric.n or metric.unit != "proportion":
        return None
    if metric.successes is not None:
        return metric.successes if 0 <= metric.successes <= metric.n else None
    if metric.kind == "proportion" and metric.value is not None and 0 <= metric.value <= 1:
        return metric.value * metric.n
    return None


def effective_size(metric: Metric) -> float:
    """Size of a simple random sample that would tell as much as the metric's scored items."""
    n = float(metric.n or 0)
    known = metric.estimate.n_effective if metric.estimate is not None else None
    if metric.clusters is None or known is None:
        return n
    return min(n, known)


def deciding_interval(metric: Metric, level: float) -> Decision:
    """The interval a verdict rests on: Clopper-Pearson for rates, Student's t for means."""
    if metric.value is None and metric.successes is None and metric.reported.value is not None:
        return Decision(None, problem="only the tool's own figure is known, which could not be recomputed")
    if metric.n is None:
        return Decision(None, problem="how many items are behind it is not known")
    if metric.n == 0:
        return Decision(None, problem="nothing was scored")
    successes = successes_of(metric)
    if successes is not None:
        return _rate(metric, successes, level)
    return _mean(metric, level)


def shown_interval(metric: Metric, level: float) -> Interval | None:
    """The interval for display: of the scored items alone, Wilson for rates, Student's t for means.

    Where there is no value because the scored items alone say nothing, it allows for every outcome of the missing ones.
    """
    successes = successes_of(metric)
    if metric.value is None:
        return deciding_interval(metric, level).interval
    if successes is None or not metric.n:
        decision = deciding_interval(metric, level)
        groups = metric.clusters if metric.clusters is not None else metric.n
        if decision.scored is not None and groups and decision.method.startswith("clopper"):
            return wilson(metric.value * groups, groups, level)
        return decision.scored
    size = effective_size(metric)
    few = metric.clusters is not None and 2 <= metric.clusters < FEW_CLUSTERS and 0 < successes < metric.n
    degrees = metric.clusters - 1 if few and metric.clusters is not None else None
    return wilson(successes / metric.n * size, size, level, degrees=degrees)


@lru_cache(maxsize=16_384)
def _exact(successes: float, n: float, size: float, clusters: int | None, level: float) -> Interval:
    if clusters is None:
        return clopper_pearson(successes, n, level)
    return clopper_pearson_clustered(successes / n, size, n, clusters, level)


def _rate(metric: Metric, successes: float, level: float) -> Decision:
    n = float(metric.n or 0)
    missing = metric.missing or 0
    size = effective_size(metric)
    if size <= 0:
        return Decision(None, problem=_NO_SPREAD)
    clusters = metric.clusters
    scored = _exact(successes, n, size, clusters, level)
    method = "clopper-pearson" if clusters is None else "clopper-pearson-clustered"
    if not missing:
        return Decision(scored, scored, method)
    total = n + missing
    share = size / n  # missing items are taken to be as much alike as the scored ones
    groups = None if clusters is None else max(clusters, round(clusters * total / n))
    worst = _exact(successes, total, total * share, groups, level)
    best = _exact(successes + missing, total, total * share, groups, level)
    return Decision((worst[0], best[1]), scored, f"{method}, missing items bounded")


def _mean(metric: Metric, level: float) -> Decision:
    """Student's interval; missing values of a bounded mean may lie anywhere between 0 and 1.

    Source of the mixture with the bounds: Horowitz and Manski, Journal of the American Statistical Association 95
    (2000) 77-84.
    """
    n, value, estimate = metric.n or 0, metric.value, metric.estimate
    missing = metric.missing or 0
    bounded = metric.unit == "proportion"
    if value is None:
        return Decision(None, problem="it could not be recomputed from the items")
    groups = metric.clusters if metric.clusters is not None else n
    error = estimate.standard_error if estimate is not None else None
    if error is not None and error > 0 and groups > 1:
        scored = t_interval(value, error, groups - 1, level)
        method = "t" if metric.clusters is None else "t-clustered"
    elif bounded and value in (0.0, 1.0) and groups:
        scored = clopper_pearson(value * groups, groups, level)
        method = "clopper-pearson"
    else:
        return Decision(None, problem=_NO_SPREAD)
    if bounded:
        scored = (max(0.0, scored[0]), min(1.0, scored[1]))
    if not missing:
        return Decision(scored, scored, method)
    if not bounded:
        return Decision(None, scored, method, f"{missing:,} values are missing and could be anything")
    total = n + missing
    mixed = (scored[0] * n / total, (scored[1] * n + missing) / total)
    return Decision(mixed, scored, f"{method}, missing items bounded")


@lru_cache(maxsize=16_384)
def _probability(successes: float, n: float, rate: float) -> float:
    return binomial_probability(successes, n, rate)


def p_value_of(metric: Metric, criterion: Criterion) -> float | None:
    """How unlikely a metric would be, either way, were the true value just at the threshold; None: cannot be said.

    It is below 1 - level exactly where the deciding interval at the criterion's level leaves the threshold out. Missing
    items count against whatever the scored ones say.
    """
    decision = deciding_interval(metric, criterion.level)
    if decision.interval is None or not metric.n:
        return None
    threshold, level = criterion.threshold, criterion.level
    missing = metric.missing or 0
    total = metric.n + missing
    successes = successes_of(metric)
    if successes is None:
        return _p_of_mean(metric, criterion, decision.interval)
    if successes / total <= threshold <= (successes + missing) / total:
        return 1.0
    counted = successes if threshold < successes / total else successes + missing
    if metric.clusters is None:
        return _probability(counted, total, threshold)
    share = effective_size(metric) / metric.n
    groups = max(metric.clusters, round(metric.clusters * total / metric.n))
    size = design_adjusted_size(counted / total, total * share, total, groups, level)
    return _probability(counted / total * size, size, threshold) if size else 1.0


def _p_of_mean(metric: Metric, criterion: Criterion, interval: Interval) -> float | None:
    """By Student's t; where values are missing only what the bounded interval decides at its own level."""
    error = metric.estimate.standard_error if metric.estimate is not None else None
    groups = metric.clusters if metric.clusters is not None else metric.n or 0
    if metric.missing:
        outside = not interval[0] <= criterion.threshold <= interval[1]
        return None if outside else 1.0
    if metric.value is None or not error or groups < 2:
        return None
    return t_probability((metric.value - criterion.threshold) / error, groups - 1)

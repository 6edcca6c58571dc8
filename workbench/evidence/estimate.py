"""From scored items to a metric's value, its standard error and the interval that is shown."""

from collections.abc import Hashable, Sequence
from typing import Any, Final

from workbench.evidence.statistics import (
    FEW_CLUSTERS,
    Interval,
    clustered_mean,
    effective_n,
    t_interval,
    wilson,
)

LEVEL: Final = 0.95
"""Level of the intervals stored with a metric; a verdict uses the level of its criterion."""


def _clip(interval: Interval, bounded: bool) -> Interval:
    return (max(0.0, interval[0]), min(1.0, interval[1])) if bounded else interval


def of_rate(values: Sequence[float], items: Sequence[Hashable]) -> dict[str, Any]:
    """Fields of a metric for values that are all 0 or 1.

    Args:
        values: one for each scored sample.
        items: which item each sample belongs to; samples of one item are one cluster.
    """
    n = len(values)
    fields: dict[str, Any] = {"kind": "proportion", "unit": "proportion", "n": n}
    if not n:
        return fields
    successes = int(sum(values))
    fields |= {"value": successes / n, "successes": successes}
    clusters = len(set(items))
    if clusters == n:
        low, high = wilson(successes, n, LEVEL)
        fields["estimate"] = {"low": low, "high": high, "level": LEVEL, "method": "wilson", "n_effective": n}
        return fields
    spread = clustered_mean(values, items)
    size = effective_n(successes / n, spread.standard_error, n, clusters)
    few = 2 <= clusters < FEW_CLUSTERS and 0 < successes < n
    low, high = wilson(successes / n * size, size, LEVEL, degrees=clusters - 1 if few else None)
    fields["clusters"] = clusters
    fields["estimate"] = {
        "low": low,
        "high": high,
        "level": LEVEL,
        "method": "wilson-clustered",
        "standard_error": spread.standard_error,
        "n_effective": size,
    }
    return fields


def of_mean(values: Sequence[float], items: Sequence[Hashable], *, bounded: bool) -> dict[str, Any]:
    """Fields of a metric for values of any kind.

    Args:
        values: one for each scored sample.
        items: which item each sample belongs to.
        bounded: whether no value can lie outside 0 to 1.
    """
    n = len(values)
    fields: dict[str, Any] = {"kind": "mean", "unit": "proportion" if bounded else "other", "n": n}
    if not n:
        return fields
    spread = clustered_mean(values, items)
    clustered = spread.clusters < n
    fields["value"] = spread.mean
    if clustered:
        fields["clusters"] = spread.clusters
    if spread.standard_error is not None and spread.standard_error > 0:
        low, high = _clip(t_interval(spread.mean, spread.standard_error, spread.clusters - 1, LEVEL), bounded)
        fields["estimate"] = {
            "low": low,
            "high": high,
            "level": LEVEL,
            "method": "t-clustered" if clustered else "t",
            "standard_error": spread.standard_error,
            "n_effective": spread.clusters,
        }
    elif bounded and spread.mean in (0.0, 1.0):
        low, high = wilson(spread.mean * spread.clusters, spread.clusters, LEVEL)
        fields["estimate"] = {
            "low": low,
            "high": high,
            "level": LEVEL,
            "method": "wilson",
            "n_effective": spread.clusters,
        }
    return fields


def of_values(values: Sequence[float], items: Sequence[Hashable], *, bounded: bool) -> dict[str, Any]:
    """Fields of a metric: a rate where every value is 0 or 1, else a mean."""
    if all(value in (0.0, 1.0) for value in values):
        return of_rate(values, items)
    return of_mean(values, items, bounded=bounded)

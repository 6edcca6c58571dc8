"""The 95 % interval of a metric as it is shown, the same in the window, on the command line and in reports.

It is of the scored items alone; what the missing ones could make of it stands beside it, said to be so. Where a value
is left blank because the scored items alone would say nothing, it is the one that allows for the missing ones.
"""

from typing import Final

from workbench.evidence.estimate import LEVEL
from workbench.evidence.intervals import deciding_interval, shown_interval
from workbench.evidence.labels import NOT_KNOWN, amount
from workbench.evidence.statistics import Interval
from workbench.model.runs import Metric
from workbench.values import value_type

WITH_MISSING: Final = "With the missing"
"""Heading over the bounds that allow for missing items."""


@value_type(frozen=True, slots=True)
class Shown:
    """An interval for display.

    Attributes:
        low, high: its ends, in the metric's unit.
        level: of confidence; 0.95 but for figures whose tool chose another.
        method: how it was made, where that is kept.
    """

    low: float
    high: float
    level: float
    method: str


def interval_of(metric: Metric) -> Shown | None:
    """The interval of the scored items, or with the missing ones where no value is given; None where there is none."""
    bounds = with_missing(metric) if metric.value is None else None
    if bounds is not None:
        return Shown(*bounds, LEVEL, "bounds")
    estimate = metric.estimate
    known = estimate is not None and estimate.low is not None and estimate.high is not None
    if estimate is None or not known or estimate.level != LEVEL:
        computed = shown_interval(metric, LEVEL)
        if computed is not None:
            return Shown(*computed, LEVEL, "")
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return Shown(estimate.low, estimate.high, estimate.level, estimate.method)


def interval_words(metric: Metric, nothing: str = NOT_KNOWN) -> str:
    """The interval as words, such as ``51 % to 82.3 %``."""
    shown = interval_of(metric)
    if shown is None:
        return nothing
    at = "" if shown.level == LEVEL else f" (at {shown.level * 100:g} %)"
    return f"{between(metric, (shown.low, shown.high))}{at}"


def with_missing(metric: Metric) -> Interval | None:
    """From the lower bound if all missing items failed to the upper bound if all passed; None without missing ones."""
    return deciding_interval(metric, LEVEL).interval if metric.missing else None


def missing_words(metric: Metric) -> str:
    """The same with the number of missing items: ``14 missing: 32.9 % to 70.2 %``; empty without missing ones."""
    bounds = with_missing(metric)
    return f"{metric.missing:,} missing: {between(metric, bounds)}" if bounds is not None else ""


def between(metric: Metric, ends: Interval) -> str:
    """An interval in the metric's unit."""
    return " to ".join(amount(end, metric.unit) for end in ends)

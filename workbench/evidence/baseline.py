"""A figure of a run against a baseline, such as what people achieve, with the uncertainty of both."""

import math
from typing import Final

from workbench.evidence.intervals import shown_interval, successes_of
from workbench.evidence.labels import percent
from workbench.evidence.statistics import Interval, wilson
from workbench.evidence.statistics_compare import recovered, welch
from workbench.model.judgement import HumanBaseline, Measured
from workbench.model.runs import Baseline, Metric
from workbench.values import value_type

_ASSUMED_LEVEL: Final = 0.95


@value_type(frozen=True, slots=True)
class Gap:
    """How far a metric lies from a baseline: the metric less the baseline, in the metric's unit.

    Attributes:
        low, high: two-sided interval; null where none can be given.
        constant: the baseline's own uncertainty is not known, so the interval is the metric's alone.
        method: how the interval was computed.
        how: what an analyst must know to read the figure, one sentence.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    constant: bool = False
    method: str = ""
    how: str = ""

    @property
    def decided(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def baseline_of(human: HumanBaseline) -> Baseline:
    """The human baseline of a capability cell in the shape of a run's baselines."""
    return Baseline(kind="human", value=human.value, low=human.low, high=human.high, n=human.n, source=human.source)


def metric_of_typed(measured: Measured, name: str = "") -> Metric:
    """A result typed in, as a metric that is stored nowhere."""
    fields = {"id": "typed", "run": "typed", "name": name, "kind": "proportion", "value": measured.value}
    return Metric.model_validate({**fields, "n": measured.n})


def difference_to_baseline(metric: Metric, baseline: Baseline, level: float = 0.95) -> Gap:
    """The metric less the baseline, with the uncertainties of both where they are known.

    Two rates: Newcombe's method 10 from effective sizes. A mean against a rate with n: Welch. A baseline of which only
    an interval is known: both intervals are put together by variance recovery. A baseline with neither is a constant.
    Missing items widen the interval to what it is with all of them failed, and with all of them passed.
    """
    value, against = metric.value, baseline.value
    if against is None and baseline.successes is not None and baseline.n:
        against = baseline.successes / baseline.n
    if against is None:
        return Gap(None, how="The baseline has no value.")
    if value is None:
        return Gap(None, how="The metric has no value.")
    gap = value - against
    if metric.missing and metric.unit == "proportion" and metric.n:
        worst, best = (_interval(_counted(metric, passed=passed), against, baseline, level) for passed in (False, True))
        one, other = worst[0], best[0]
        interval = (one[0], other[1]) if one is not None and other is not None else None
        constant, method, how = best[1:]
        how += f" {metric.missing:,} missing items are bounded: all failed, all passed."
    else:
        interval, constant, method, how = _interval(metric, against, baseline, level)
    low, high = interval if interval is not None else (None, None)
    return Gap(gap, low, high, constant, method, how)


def _counted(metric: Metric, *, passed: bool) -> Metric:
    """The metric with its missing items counted one way."""
    n, missing, value = metric.n or 0, metric.missing or 0, metric.value or 0.0
    total = n + missing
    changes: dict[str, object] = {"n": total, "missing": 0, "value": (value * n + missing * passed) / total}
    if metric.successes is not None:
        changes["successes"] = metric.successes + missing * passed
    if metric.estimate is not None and metric.estimate.n_effective is not None and metric.clusters is not None:
        grown = metric.estimate.n_effective * total / n
        changes["estimate"] = metric.estimate.model_copy(update={"n_effective": grown})
    return metric.model_copy(update=changes)


def _spread(metric: Metric) -> tuple[float, float] | None:
    """Standard error of a mean and the degrees of freedom behind it."""
    error = metric.estimate.standard_error if metric.estimate is not None else None
    groups = metric.clusters if metric.clusters is not None else metric.n
    return (error, groups - 1.0) if error and groups and groups > 1 else None


_Result = tuple[Interval | None, bool, str, str]


def _interval(metric: Metric, against: float, baseline: Baseline, level: float) -> _Result:
    value = metric.value or 0.0
    own = shown_interval(metric.model_copy(update={"missing": 0}), level)
    if own is None:
        return None, False, "", "The metric's own spread cannot be estimated, so the gap has no interval."
    n, fraction = baseline.n, metric.unit == "proportion" and 0 <= against <= 1
    if n and fraction:
        spread = _spread(metric) if successes_of(metric) is None else None
        if spread is not None and 0 < against < 1 and n > 1:
            error = math.sqrt(against * (1 - against) / (n - 1))
            how = f"Welch's interval; the baseline's spread is that of a rate over {n:,}."
            return welch(value, *spread, against, error, n - 1, level), False, "welch", how
        theirs = wilson(against * n, n, level)
        how = f"Newcombe's interval; the baseline rests on {n:,}."
        return recovered(value, own, against, theirs), False, "newcombe", how
    if baseline.low is not None and baseline.high is not None and baseline.low <= against <= baseline.high:
        how = f"The baseline's interval is taken as published, at {percent(_ASSUMED_LEVEL)}; its n is not known."
        return recovered(value, own, against, (baseline.low, baseline.high)), False, "recovered", how
    alone = "the baseline has no n" if not n else "the baseline's spread is not known"
    how = f"Against a constant: {alone}, so only the metric's own uncertainty is shown."
    return (own[0] - against, own[1] - against), True, "constant", how

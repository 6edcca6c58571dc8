"""What a metric says about a criterion, and why: computed each time, never stored."""

import math
from datetime import date
from functools import lru_cache
from typing import Final

from workbench.evidence.criterion import holds
from workbench.evidence.dates import day_of
from workbench.evidence.intervals import (
    Decision,
    deciding_interval,
    effective_size,
    shown_interval,
    successes_of,
)
from workbench.evidence.labels import amount, apart_from, number, percent
from workbench.evidence.special import beta_cdf
from workbench.evidence.staleness import run_reasons
from workbench.evidence.statistics import Interval, clopper_pearson, design_adjusted_size
from workbench.model.judgement import SystemUnderAnalysis
from workbench.model.runs import Criterion, Metric, Run, Verdict
from workbench.values import value_type

__all__ = ["Judgement", "amount_exact", "day_of", "decisive_n", "judge", "needed_n"]

_MOST_NEEDED: Final = 1_000_000
_UNFINISHED: Final = {
    "error": "The run ended with an error",
    "cancelled": "The run was cancelled",
    "started": "The run did not end",
}


@value_type(frozen=True, slots=True)
class Judgement:
    """The computed verdict of one claim.

    Attributes:
        reason: one sentence that names the deciding bound.
        value: the metric's value; null where none can honestly be given.
        n: scored items behind it.
        interval: the interval that decides, with missing items bounded; null where there is none.
        method: how the interval was computed.
        shown: the interval for display (Wilson for rates).
        needed: samples that would decide, if the rate stays as seen; null where none would or the verdict stands.
        stale: what suspends the run itself, one sentence each; a claim may have more reasons.
    """

    verdict: Verdict
    reason: str
    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    method: str = ""
    shown: Interval | None = None
    stale: tuple[str, ...] = ()
    needed: int | None = None


def judge(
    metric: Metric,
    run: Run,
    criterion: Criterion,
    *,
    as_of: date | None = None,
    system: SystemUnderAnalysis | None = None,
) -> Judgement:
    """Hold a metric against a criterion.

    The interval wholly on the acceptable side supports, wholly on the other refutes; anything else is inconclusive,
    as is a run that did not end well or of which too little is known.

    Args:
        metric: what was measured.
        run: the run it belongs to.
        criterion: what it must show; its comparator is the direction.
        as_of: the day by which age is reckoned; without it age is not checked.
        system: the system under analysis; evidence from another model is suspended.
    """
    decision = deciding_interval(metric, criterion.level)
    obstacle = _obstacle(metric, run, criterion)
    needed = None
    if obstacle:
        verdict: Verdict = "inconclusive"
        reason = obstacle
    elif decision.interval is None:
        verdict, reason = "inconclusive", f"No interval can be given: {decision.problem}."
    else:
        verdict = _compare(decision.interval, criterion)
        needed = needed_n(metric, criterion) if verdict == "inconclusive" else None
        reason = _reason(verdict, metric, criterion, decision, decision.interval, needed)
    return Judgement(
        verdict=verdict,
        reason=reason,
        value=metric.value,
        n=metric.n,
        interval=decision.interval,
        method=decision.method,
        shown=shown_interval(metric, criterion.level),
        stale=tuple(reason.text for reason in run_reasons(run, criterion, as_of=as_of, system=system)),
        needed=needed,
    )


def _compare(interval: Interval, criterion: Criterion) -> Verdict:
    low, high = (holds(edge, criterion) for edge in interval)
    if low and high:
        return "supports"
    return "inconclusive" if low or high else "refutes"


def _obstacle(metric: Metric, run: Run, criterion: Criterion) -> str:
    """Why no verdict can rest on the run, whatever its figures; empty where one can."""
    if run.invalidated:
        return "The run was marked as invalid, so nothing can rest on it."
    if run.status in _UNFINISHED:
        return f"{_UNFINISHED[run.status]}, so nothing can rest on it."
    if criterion.min_n is not None and metric.n is not None:
        size = effective_size(metric)
        if size < criterion.min_n:
            counted = f"{metric.n:,}" if size == metric.n else f"{metric.n:,} (worth {size:,.0f} independent ones)"
            return f"{counted} items were scored; the criterion asks for {criterion.min_n:,}."
    if criterion.max_error_rate is not None:
        if metric.missing is None or metric.n is None:
            return "How many items are missing is not known; the criterion limits them."
        total = metric.n + metric.missing
        if total and metric.missing / total > criterion.max_error_rate:
            allowed = percent(criterion.max_error_rate)
            return f"{metric.missing:,} of {total:,} items are missing; the criterion allows {allowed}."
    return ""


def _reason(
    verdict: Verdict,
    metric: Metric,
    criterion: Criterion,
    decision: Decision,
    interval: Interval,
    needed: int | None,
) -> str:
    upward = criterion.comparator in (">=", ">")
    threshold, unit = criterion.threshold, metric.unit
    limit = amount_exact(threshold, unit)
    low, high = (apart_from(edge, threshold, unit) for edge in interval)
    seen = _seen(metric, criterion)
    if verdict == "inconclusive":
        if metric.missing and decision.scored is not None and _compare(decision.scored, criterion) != "inconclusive":
            total = (metric.n or 0) + metric.missing
            return (
                f"{metric.missing:,} of {total:,} items are missing: with all of them failed or passed the bounds are "
                f"{low} and {high}, on both sides of {limit} ({seen})."
            )
        best_guess = metric.value
        if best_guess is None or metric.missing or not holds(best_guess, criterion):
            return f"{seen}: the interval from {low} to {high} spans {limit}."
        bound = f"the lower bound {low} is below" if upward else f"the upper bound {high} is above"
        if (interval[0] if upward else interval[1]) == threshold:
            bound = f"the bound {limit} is not beyond"
        return f"{seen}: {bound} {limit}{_would_decide(metric, criterion, needed)}."
    names_lower = upward == (verdict == "supports")
    edge = interval[0] if names_lower else interval[1]
    name = f"the lower bound {low}" if names_lower else f"the upper bound {high}"
    if edge == threshold:
        return f"{seen}: {name} just meets {limit}."
    return f"{seen}: {name} is {'above' if edge > threshold else 'below'} {limit}."


def amount_exact(value: float, unit: str) -> str:
    """A threshold as it was typed, without rounding it away."""
    return percent(value, 6) if unit == "proportion" else number(value, 10)


def _unwanted(metric: Metric, criterion: Criterion) -> float | None:
    """How many of the scored items are what the criterion wants few of; None where the metric is no rate."""
    successes = successes_of(metric)
    if successes is None or not metric.n:
        return None
    return successes if criterion.comparator in ("<=", "<") else metric.n - successes


def _word(metric: Metric, criterion: Criterion) -> str:
    """What one unwanted item is called: a failure, or a pass where passing is what the criterion limits."""
    passes = metric.kind == "pass_at_k" or metric.tool_says_higher_is_better is True
    passes = passes or any(part in metric.name.casefold() for part in ("pass", "accura", "correct", "solve"))
    return "pass" if passes and criterion.comparator in ("<=", "<") else "failure"


def _seen(metric: Metric, criterion: Criterion) -> str:
    """The figures behind the verdict, such as ``5 of 24``, or ``0 failures in 24``."""
    successes = successes_of(metric)
    lost = f", {metric.missing:,} missing" if metric.missing else ""
    if metric.value is None and metric.missing and metric.n:
        return f"{metric.n:,} of {metric.n + metric.missing:,} items scored{lost}"
    if successes is not None and metric.n:
        size = effective_size(metric)
        worth = f", worth {size:,.0f} independent ones" if size < metric.n - 0.5 else ""
        counted = f"{number(successes, 10)} of {metric.n:,}"
        if _unwanted(metric, criterion) == 0:
            word = _word(metric, criterion)
            counted = f"0 {'passes' if word == 'pass' else 'failures'} in {metric.n:,}"
        return f"{counted}{worth}{lost}"
    value = "No value" if metric.value is None else amount(metric.value, metric.unit)
    return f"{value} from {metric.n:,} items{lost}"


def _would_decide(metric: Metric, criterion: Criterion, needed: int | None) -> str:
    """How many items would decide, where that can be said; it rests on the rate staying as seen, and says so."""
    if needed is None:
        return ""
    if _unwanted(metric, criterion) == 0:
        how = f"{needed:,} without a {_word(metric, criterion)}"
    else:
        how = f"about {needed:,} at this rate"
    distinct = "" if metric.clusters is None else f" (about {_grown(metric, needed):,} distinct items)"
    return f"; {how}{distinct} would decide, if the rate stays as seen"


def _grown(metric: Metric, needed: int) -> int:
    assert metric.clusters is not None
    assert metric.n
    return math.ceil(metric.clusters * needed / metric.n)


def decisive_n(margin: float, criterion: Criterion) -> int | None:
    """Smallest n of which none counts (or all do) whose Clopper-Pearson bound satisfies the criterion.

    Args:
        margin: how far the threshold lies from 0 (or from 1).
        criterion: gives the level, and whether meeting the threshold is enough.
    """
    if not 0 < margin < 1:
        return None
    strict = criterion.comparator in ("<", ">")
    tail = math.log((1 - criterion.level) / 2)
    guess = tail / math.log1p(-margin)
    if guess > _MOST_NEEDED:
        return None
    for n in range(max(1, math.floor(guess) - 1), math.ceil(guess) + 3):
        upper = clopper_pearson(0, n, criterion.level)[1]
        if upper < margin or (upper == margin and not strict):
            return n
    return None


def needed_n(metric: Metric, criterion: Criterion) -> int | None:
    """Smallest number of scored items, at the rate seen so far, at which the verdict would be ``supports``.

    Only for rates without missing items whose value satisfies the criterion. None where no number up to a million does
    it: the rate seen lies too near the threshold, or the metric is no rate.
    """
    n, successes = metric.n, successes_of(metric)
    if successes is None or not n or metric.missing or not holds(successes / n, criterion):
        return None
    if metric.clusters is None and successes in (0.0, float(n)):
        margin = criterion.threshold if successes == 0 else 1 - criterion.threshold
        found = decisive_n(margin, criterion)
        return found if found is not None and found > n else None

    size = None if metric.clusters is None else effective_size(metric)
    upward, strict = criterion.comparator in (">=", ">"), criterion.comparator in ("<", ">")
    return _first_n(successes, n, size, metric.clusters, criterion.threshold, criterion.level, upward, strict)


@lru_cache(maxsize=4_096)
def _first_n(
    successes: float,
    n: int,
    effective: float | None,
    clusters: int | None,
    threshold: float,
    level: float,
    upward: bool,
    strict: bool,
) -> int | None:
    """The search behind ``needed_n``: doubling, then halving.

    The exact bound lies beyond the threshold where the tail of the distribution at the threshold is small enough: that
    asks for one value of the incomplete beta function instead of a quantile.
    """
    rate, tail = successes / n, (1 - level) / 2

    def decides(count: int) -> bool:
        size = float(count)
        if effective is not None and clusters is not None:
            share = count / n
            groups = max(2, round(clusters * share))
            size = design_adjusted_size(rate, effective * share, count, groups, level)
            if not size:
                return False
        k = rate * size
        if k in (0.0, size):
            exact = -math.expm1(math.log(tail) / size)
            return exact < (1 - threshold if upward else threshold)
        chance = beta_cdf(threshold, k, size - k + 1) if upward else beta_cdf(1 - threshold, size - k, k + 1)
        return chance < tail if strict else chance <= tail

    too_few, enough = n, 2 * n
    while not decides(enough):
        too_few, enough = enough, 2 * enough
        if too_few >= _MOST_NEEDED:
            return None
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if decides(middle):
            enough = middle
        else:
            too_few = middle
    return enough

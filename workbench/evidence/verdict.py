"""What a metric says about a criterion, and why: computed each time, never stored."""

import math
from datetime import UTC, date, datetime
from typing import Final

from workbench.evidence.criterion import holds
from workbench.evidence.intervals import (
    Decision,
    deciding_interval,
    effective_size,
    shown_interval,
    successes_of,
)
from workbench.evidence.labels import amount, apart_from, number, percent
from workbench.evidence.statistics import Interval, clopper_pearson
from workbench.model.judgement import SystemUnderAnalysis
from workbench.model.runs import Criterion, Metric, Run, Verdict
from workbench.values import value_type

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
        stale: why the verdict is suspended, one sentence each; empty where it is not.
    """

    verdict: Verdict
    reason: str
    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    method: str = ""
    shown: Interval | None = None
    stale: tuple[str, ...] = ()


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
    if obstacle:
        verdict: Verdict = "inconclusive"
        reason = obstacle
    elif decision.interval is None:
        verdict, reason = "inconclusive", f"No interval can be given: {decision.problem}."
    else:
        verdict = _compare(decision.interval, criterion)
        reason = _reason(verdict, metric, criterion, decision, decision.interval)
    return Judgement(
        verdict=verdict,
        reason=reason,
        value=metric.value,
        n=metric.n,
        interval=decision.interval,
        method=decision.method,
        shown=shown_interval(metric, criterion.level),
        stale=staleness(run, criterion, as_of=as_of, system=system),
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
            counted = f"{metric.n}" if size == metric.n else f"{metric.n} (worth {size:.0f} independent ones)"
            return f"{counted} items were scored; the criterion asks for {criterion.min_n}."
    if criterion.max_error_rate is not None:
        if metric.missing is None or metric.n is None:
            return "How many items are missing is not known; the criterion limits them."
        total = metric.n + metric.missing
        if total and metric.missing / total > criterion.max_error_rate:
            allowed = percent(criterion.max_error_rate)
            return f"{metric.missing} of {total} items are missing; the criterion allows {allowed}."
    return ""


def _reason(verdict: Verdict, metric: Metric, criterion: Criterion, decision: Decision, interval: Interval) -> str:
    upward = criterion.comparator in (">=", ">")
    threshold, unit = criterion.threshold, metric.unit
    limit = amount_exact(threshold, unit)
    low, high = (apart_from(edge, threshold, unit) for edge in interval)
    seen = _seen(metric)
    if verdict == "inconclusive":
        if metric.missing and decision.scored is not None and _compare(decision.scored, criterion) != "inconclusive":
            total = (metric.n or 0) + metric.missing
            return (
                f"{metric.missing} of {total} items are missing: with all of them failed or passed the bounds are "
                f"{low} and {high}, on both sides of {limit}; {seen}."
            )
        best_guess = metric.value
        if best_guess is None or metric.missing or not holds(best_guess, criterion):
            return f"The interval from {low} to {high} spans {limit}; {seen}."
        bound = f"Lower bound {low} is below" if upward else f"Upper bound {high} is above"
        if (interval[0] if upward else interval[1]) == threshold:
            bound = f"The bound {limit} is not beyond"
        return f"{bound} {limit}; {seen}{_would_decide(metric, criterion)}."
    names_lower = upward == (verdict == "supports")
    edge = interval[0] if names_lower else interval[1]
    name = f"Lower bound {low}" if names_lower else f"Upper bound {high}"
    if edge == threshold:
        return f"{name} just meets {limit}; {seen}."
    return f"{name} is {'above' if edge > threshold else 'below'} {limit}; {seen}."


def amount_exact(value: float, unit: str) -> str:
    """A threshold as it was typed, without rounding it away."""
    return percent(value, 6) if unit == "proportion" else number(value, 10)


def _seen(metric: Metric) -> str:
    """The figures behind the verdict, such as ``0 of 24``."""
    successes = successes_of(metric)
    lost = f", {metric.missing} missing" if metric.missing else ""
    if successes is not None and metric.n:
        size = effective_size(metric)
        worth = f", worth {size:.0f} independent ones" if size < metric.n - 0.5 else ""
        return f"{number(successes, 10)} of {metric.n}{worth}{lost}"
    value = "no value" if metric.value is None else amount(metric.value, metric.unit)
    return f"{value} from {metric.n} items{lost}"


def _would_decide(metric: Metric, criterion: Criterion) -> str:
    """How many items with the same outcome would decide, where none or all counted so far; else nothing."""
    successes = successes_of(metric)
    needed = None
    if successes is None or metric.clusters is not None or metric.missing or not metric.n:
        return ""
    if successes == 0 and criterion.comparator in ("<=", "<"):
        needed, words = decisive_n(criterion.threshold, criterion), "with none"
    elif successes == metric.n and criterion.comparator in (">=", ">"):
        needed, words = decisive_n(1 - criterion.threshold, criterion), "with all of them"
    if needed is None or needed <= metric.n:
        return ""
    return f"; {needed:,} {words} would decide, if the rate stays as seen"


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
    if guess > 1e9:
        return None
    for n in range(max(1, math.floor(guess) - 1), math.ceil(guess) + 3):
        upper = clopper_pearson(0, n, criterion.level)[1]
        if upper < margin or (upper == margin and not strict):
            return n
    return None


def staleness(
    run: Run, criterion: Criterion, *, as_of: date | None = None, system: SystemUnderAnalysis | None = None
) -> tuple[str, ...]:
    """Why evidence from a run is suspended, one sentence each."""
    reasons = []
    if criterion.max_age_days is not None and as_of is not None:
        day = day_of(run.completed_at) or day_of(run.started_at)
        if day is None:
            reasons.append(f"The run has no date; the criterion allows {criterion.max_age_days} days.")
        elif (as_of - day).days > criterion.max_age_days:
            age = (as_of - day).days
            reasons.append(f"The run is {age:,} days old on {as_of}; the criterion allows {criterion.max_age_days:,}.")
    if system is not None and run.model.name and system.model and not _same_model(run, system):
        version = f" {system.version}" if system.version else ""
        reasons.append(f"It was measured on {run.model.name}; the system under analysis is {system.model}{version}.")
    return tuple(reasons)


def _same_model(run: Run, system: SystemUnderAnalysis) -> bool:
    """Whether names mean one model; what stands before the last slash (the provider) is no part of a name."""

    def plain(*parts: str) -> str:
        text = " ".join(part.rsplit("/", 1)[-1] for part in parts if part).casefold()
        return "".join(ch for ch in text if ch.isalnum())

    measured = {plain(run.model.name), plain(run.model.name, run.model.version)}
    meant = plain(system.model, system.version)
    if meant in measured:
        return True
    contradicts = bool(system.version and run.model.version) and plain(system.version) != plain(run.model.version)
    return plain(system.model) in measured and not contradicts


def day_of(text: str) -> date | None:
    """The UTC day of a time in ISO 8601, or None where there is none."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo is not None else moment).date()
    except (ValueError, OverflowError):
        return None

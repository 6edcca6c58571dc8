"""Figures of the diagram derived from evidence: how well a control works, how often a cause occurs. Never stored."""

from datetime import date
from typing import Final, Literal

from workbench.evidence.claim import Claim
from workbench.evidence.intervals import deciding_interval, shown_interval
from workbench.evidence.labels import number
from workbench.evidence.standing import subject_verdicts
from workbench.model.elements import Cause, Control, Guard
from workbench.model.runs import Evidence, Metric
from workbench.store.reader import Reader
from workbench.values import value_type

_SCALE: Final = {"proportion": 1.0, "percent": 0.01}
DerivedUnit = Literal["probability", "per_use", "per_year"]


@value_type(frozen=True, slots=True)
class Derived:
    """A figure that follows from a claim.

    Attributes:
        value: null where the evidence gives none; ``why`` says so.
        low, high: two-sided interval at the claim's level, with missing items bounded; null where there is none.
        unit: ``probability`` that a control works when called on; how often a cause occurs ``per_use`` or ``per_year``.
        why: what the figure rests on or why there is none, one sentence.
        suspended: the claim is stale: the figure is shown, and not to be counted on.
        evidence: id of the claim.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: DerivedUnit
    why: str
    suspended: bool = False
    evidence: str = ""


def derived_effectiveness(
    store: Reader, barrier: Control | Guard | str, *, as_of: date | None = None
) -> Derived | None:
    """Probability that a control works, from the claim it was linked to; None where it is linked to none.

    A guard without a claim and without an effectiveness of its own takes its control's.

    Args:
        barrier: a control, a control on a line, or the id of either.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
    """
    record = store.get(barrier) if isinstance(barrier, str) else barrier
    if not isinstance(record, Control | Guard):
        return None
    if record.effectiveness_from is None:
        if isinstance(record, Guard) and record.effectiveness is None:
            return derived_effectiveness(store, record.control, as_of=as_of)
        return None
    claim = _claim(store, record.effectiveness_from, as_of)
    if claim is None:
        return None
    rate = _rate(claim)
    if isinstance(rate, str):
        return _none(claim, "probability", rate)
    failures = record.effectiveness_is == "failures"
    if failures:
        rate = (1 - rate[0], *_turned(rate[1], rate[2]))
    counted = "times it failed" if failures else "times it worked"
    return _derived(claim, rate, "probability", f"From {_name(claim)}, which counts the {counted}.")


def derived_likelihood(store: Reader, cause: Cause | str, *, as_of: date | None = None) -> Derived | None:
    """How often a cause occurs, from the claim it was linked to; None where it is linked to none.

    A run measures a rate per attempt. It becomes a frequency a year only by a stated exposure (attempts a year) with
    its source; else it stays a rate per use.

    Args:
        cause: the cause or its id.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
    """
    record = store.find(cause, Cause) if isinstance(cause, str) else cause
    claim = _claim(store, record.likelihood_from, as_of) if record is not None else None
    if record is None or claim is None:
        return None
    rate = _rate(claim)
    if isinstance(rate, str):
        return _none(claim, "per_use", rate)
    exposure = record.exposure
    if exposure is None or exposure.per_year is None:
        why = f"From {_name(claim)}; a rate per attempt, because no exposure (attempts a year) is stated."
        return _derived(claim, rate, "per_use", why)
    if not exposure.source.strip():
        why = f"From {_name(claim)}; a rate per attempt, because the stated exposure has no source."
        return _derived(claim, rate, "per_use", why)
    times = exposure.per_year
    value, low, high = rate
    frequency = (value * times, None if low is None else low * times, None if high is None else high * times)
    source = " ".join(exposure.source.split()).rstrip(".")
    why = f"From {_name(claim)}, times {number(times)} attempts a year ({source}); the exposure is taken as exact."
    return _derived(claim, frequency, "per_year", why)


_Rate = tuple[float, float | None, float | None]


def _claim(store: Reader, id: str | None, as_of: date | None) -> Claim | None:
    evidence = store.find(id, Evidence)
    if evidence is None:
        return None
    claims = subject_verdicts(store, evidence.subject, as_of=as_of, doubts=False)
    return next((claim for claim in claims if claim.evidence.id == evidence.id), None)


def _rate(claim: Claim) -> _Rate | str:
    """The claim's rate as a fraction with its interval, or why there is none."""
    metric = claim.metric
    if metric is None:
        return "The claim rests on no measurement, so no figure follows from it."
    scale = _SCALE.get(metric.unit)
    if scale is None or metric.kind == "count":
        return f"{metric.name or 'The metric'} is no rate per attempt, so no figure follows from it."
    if metric.value is None:
        return f"{metric.name or 'The metric'} has no value, so no figure follows from it."
    value = metric.value * scale
    if not 0 <= value <= 1:
        return f"{metric.name or 'The metric'} lies outside 0 to 1, so it is no probability."
    low, high = _interval(metric, claim.evidence.criterion.level if claim.evidence.criterion is not None else 0.95)
    return (
        value,
        None if low is None else max(0.0, low * scale),
        None if high is None else min(1.0, high * scale),
    )


def _interval(metric: Metric, level: float) -> tuple[float | None, float | None]:
    found = deciding_interval(metric, level).interval if metric.missing else shown_interval(metric, level)
    return found if found is not None else (None, None)


def _turned(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return None if high is None else 1 - high, None if low is None else 1 - low


def _name(claim: Claim) -> str:
    title = " ".join((claim.evidence.title or (claim.metric.name if claim.metric is not None else "")).split())
    return f"“{title}”" if title else "the claim"


def _derived(claim: Claim, rate: _Rate, unit: DerivedUnit, why: str) -> Derived:
    if rate[1] is None:
        why += " Its uncertainty is not known."
    if claim.suspended:
        why += f" Suspended: {claim.stale[0]}"
    return Derived(*rate, unit, why, claim.suspended, claim.evidence.id)


def _none(claim: Claim, unit: DerivedUnit, why: str) -> Derived:
    return Derived(None, None, None, unit, why, claim.suspended, claim.evidence.id)

"""How figures are written for people: names of metrics, percents, intervals, counts."""

import math
from typing import Final

from workbench.model.runs import Metric

NOT_KNOWN: Final = "not known"
_MOST_DIGITS: Final = 4
_ONE: Final = 1e-12
"""What rounding in a computer leaves between a whole and 1."""


def label_of(name: str, scorer: str = "", reducer: str = "") -> str:
    """A metric's name with what tells it from its namesakes, such as ``accuracy · func_secure/secure · pass_at_2``."""
    return " · ".join(part for part in (name, scorer, reducer) if part)


def metric_label(metric: Metric) -> str:
    """A metric's name with what tells it from its namesakes in the same run."""
    return label_of(metric.name, metric.scorer, metric.reducer)


def full_label(metric: Metric) -> str:
    """The same, and the part of the run that the metric is about: ``pass_rate · language python``."""
    return " · ".join([metric_label(metric), *(f"{name} {value}" for name, value in sorted(metric.strata.items()))])


def number(value: float, digits: int = 4) -> str:
    """A number with a few significant digits, thousands apart, and no exponent where it can be helped."""
    text = f"{value:.{digits}g}"
    if "e+" in text and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{float(text):,}".removesuffix(".0") if 1_000 <= abs(value) < 1e15 else text


def percent_digits(fraction: float, least: int = 1) -> int:
    """Digits behind the point of a percentage: two that count where it lies close to 0 % or to 100 %."""
    margin = 100 * (min(abs(fraction), abs(1 - fraction)) if 0 < fraction < 1 else abs(fraction))
    return max(least, min(_MOST_DIGITS, 1 - math.floor(math.log10(margin)))) if 0 < margin < 1 else least


def beyond_percent(fraction: float, digits: int) -> str:
    """How a fraction reads that rounding would make exactly 0 % or 100 %, such as ``< 0.0001``; else empty."""
    least, rounded = 10.0**-digits, round(100 * fraction, digits)
    if 0 < fraction < 1 and rounded == 0:
        return f"< {least:.{digits}f}"
    return f"> {100 - least:.{digits}f}" if 0 < fraction < 1 - _ONE and rounded == 100 else ""


def percent(fraction: float, digits: int = 1) -> str:
    """A fraction as percent, such as ``14.2 %`` or ``0.17 %``; without digits that say nothing, such as ``10 %``."""
    digits = percent_digits(fraction, digits)
    text = beyond_percent(fraction, digits)
    if not text:
        text = f"{100 * fraction:.{digits}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text} %"


def amount(value: float, unit: str) -> str:
    """A value in its metric's unit: fractions as percent, others as they are."""
    return percent(value) if unit == "proportion" else number(value)


def apart_from(value: float, other: float, unit: str) -> str:
    """A value, with as many digits as it takes to look different from ``other``, where it is."""
    if unit != "proportion":
        texts = ((number(value, digits), number(other, digits)) for digits in range(4, 16))
    else:
        texts = ((percent(value, digits), percent(other, digits)) for digits in range(1, 13))
    text = ""
    for text, against in texts:
        if text != against or math.isclose(value, other, rel_tol=1e-14):
            return text
    return text

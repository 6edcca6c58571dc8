"""How figures are written for people: names of metrics, percents, intervals, counts."""

import math
from typing import Final

from workbench.model.runs import Metric

NOT_KNOWN: Final = "not known"


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


def percent(fraction: float, digits: int = 1) -> str:
    """A fraction as percent, such as ``14.2 %``; without digits that say nothing, such as ``10 %``."""
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

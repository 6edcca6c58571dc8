"""What a metric must show: read from text such as ``<= 0.10 @95%``, and written for people."""

import math
import re
from typing import Final, cast

from workbench.evidence.labels import percent
from workbench.model.runs import Comparator, Criterion, Metric

_COMPARATORS: Final = {"<=": "<=", "≤": "<=", "<": "<", ">=": ">=", "≥": ">=", ">": ">"}
_SIGNS: Final = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_CRITERION: Final = re.compile(
    rf"\s*(?P<sign><=|>=|<|>|≤|≥)\s*(?P<value>{_NUMBER})\s*(?P<percent>%)?\s*"
    rf"(?:(?:@|at\b)\s*(?P<level>{_NUMBER})\s*(?P<level_percent>%)?)?\s*",
    re.IGNORECASE,
)
_LEAST_LEVEL: Final = 0.5
EXAMPLE: Final = "write it like '<= 0.10 @95%' or '>= 90%'"


class CriterionProblem(ValueError):  # noqa: N818 - the user's text is at fault, not the program
    """A text is no criterion; the message is one plain sentence."""


def parse_criterion(text: str) -> Criterion:
    """The criterion that ``text`` states; a percent sign makes a fraction of the threshold.

    Raises:
        CriterionProblem: the text states none.
    """
    shown = " ".join(text.split())[:60]
    match = _CRITERION.fullmatch(text)
    if match is None:
        if not text.strip():
            raise CriterionProblem(f"The criterion is empty; {EXAMPLE}.")
        if not re.match(r"\s*[<>≤≥]", text):
            raise CriterionProblem(f"The criterion {shown!r} does not begin with <=, <, >= or >; {EXAMPLE}.")
        if re.search(r"\d,\d", text):
            raise CriterionProblem(f"The criterion {shown!r} has a comma in its number; use a point: {EXAMPLE}.")
        raise CriterionProblem(f"The criterion {shown!r} cannot be read; {EXAMPLE}.")
    threshold = float(match["value"]) / (100 if match["percent"] else 1)
    if not math.isfinite(threshold):
        raise CriterionProblem(f"The threshold of {shown!r} is too large.")
    return Criterion(
        comparator=cast("Comparator", _COMPARATORS[match["sign"]]),
        threshold=threshold,
        level=_level(match["level"], percent_sign=bool(match["level_percent"])),
    )


def _level(text: str | None, *, percent_sign: bool) -> float:
    if text is None:
        return 0.95
    value = float(text)
    level = value / 100 if percent_sign or value >= 1 else value
    if not _LEAST_LEVEL <= level < 1:
        raise CriterionProblem(f"The confidence level {text} must be at least 50 % and below 100 %; 95 % is usual.")
    return level


def check_meant(criterion: Criterion, metric: Metric) -> None:
    """See that a criterion can be meant for a metric.

    Raises:
        CriterionProblem: the threshold lies where the metric never can; one sentence.
    """
    if metric.unit == "proportion" and not 0 <= criterion.threshold <= 1:
        threshold = criterion.threshold
        hint = f"for percent write {threshold:g}%" if 1 < threshold <= 100 else "write a share from 0 % to 100 %"
        raise CriterionProblem(f"The threshold {threshold:g} lies outside 0 to 1, where {metric.name} lies; {hint}.")


def format_criterion(criterion: Criterion, unit: str = "proportion") -> str:
    """A criterion for people, such as ``≤ 10 % at 95 %``; thresholds of proportions as percent."""
    value = percent(criterion.threshold, 6) if unit == "proportion" else f"{criterion.threshold:g}"
    return f"{_SIGNS[criterion.comparator]} {value} at {percent(criterion.level, 4)}"


def holds(value: float, criterion: Criterion) -> bool:
    """Whether a single number satisfies the criterion."""
    threshold = criterion.threshold
    if criterion.comparator == "<=":
        return value <= threshold
    if criterion.comparator == "<":
        return value < threshold
    if criterion.comparator == ">=":
        return value >= threshold
    return value > threshold

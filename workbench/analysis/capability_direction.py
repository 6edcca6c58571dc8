"""What one unit of a figure means, and whether it is plainly something the model achieved.

A capability grid shows what a model can do. The share of suggestions that are vulnerable, put into a cell, would read
as an ability. The direction of a figure is never inferred: the analyst is told, and may have it turned round.
"""

import re
from typing import Final

from workbench.evidence.made import is_turned, turned_name
from workbench.model.runs import Metric, Run

_NO_ABILITY: Final = re.compile(
    r"vulnerab|insecur|finding|fail|error|defect|weakness|cwe|attack|refus|unsafe", re.IGNORECASE
)


def full_name(metric: Metric) -> str:
    """A metric's name with its scorer and reducer, where it has them."""
    more = ", ".join(filter(None, (metric.scorer, metric.reducer)))
    return f"{metric.name or 'unnamed figure'} ({more})" if more else metric.name or "unnamed figure"


def unit_means(metric: Metric) -> str:
    """What a value of 100 % would say, in one sentence."""
    if is_turned(metric):
        return f"Each result is the share of items not counted as “{turned_name(metric)}”; 100 % means that none was."
    counted = f"counted as “{metric.name}”" if metric.name else "that count"
    return f"Each result is the share of items {counted}; 100 % means all of them."


def direction_doubt(metric: Metric) -> str:
    """Why a figure may be no success rate; empty where nothing says so."""
    bad = _NO_ABILITY.search(f"{metric.name} {metric.scorer}") is not None
    if metric.tool_says_higher_is_better is False:
        why = "its tool says that lower is better"
    elif not is_turned(metric) and bad:
        why = "its name tells of something bad"
    elif is_turned(metric) and not bad and metric.tool_says_higher_is_better is None:
        why = "it is one less a figure whose name tells of nothing bad"
    else:
        return ""
    return f"“{metric.name}” may be no success rate: {why}. In the grid a high value reads as an ability."


def behind(metric: Metric, run: Run) -> str:
    """Metric, file of the run, n and clusters, in one sentence without a full stop."""
    path = run.source.path or run.title
    file = re.split(r"[\\/]", path)[-1]
    n = f"n = {metric.n}" if metric.n is not None else "n not known"
    clusters = f" in {metric.clusters} clusters" if metric.clusters is not None and metric.clusters != metric.n else ""
    return f"{full_name(metric)} in {middle(file)}; {n}{clusters}"


def middle(text: str, longest: int = 44) -> str:
    """A name with its middle left out: beginning and ending tell two files apart."""
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[:half]}…{text[-half:]}"

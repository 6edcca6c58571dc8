"""What one unit of a figure means, and whether it is plainly something the model achieved.

A capability grid shows what a model can do. The share of suggestions that are vulnerable, put into a cell, would read
as an ability. Nothing is turned round here: the direction of a figure is never inferred; the analyst is told.
"""

import re
from typing import Final

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
    counted = f"counted as “{metric.name}”" if metric.name else "that count"
    return f"Each result is the share of items {counted}; 100 % means all of them."


def direction_doubt(metric: Metric) -> str:
    """Why a figure may be no success rate; empty where nothing says so."""
    if metric.tool_says_higher_is_better is False:
        why = "its tool says that lower is better"
    elif _NO_ABILITY.search(f"{metric.name} {metric.scorer}"):
        why = "its name tells of something bad"
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

"""Pass rates and pass@k from answers to programming tasks; shared by the formats that hold such answers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workbench.evidence.formats.reported import figures_of, only_reported
from workbench.evidence.intake import number_of
from workbench.evidence.items import Item, metric_of
from workbench.evidence.labels import percent
from workbench.evidence.statistics import clopper_pearson, missing_bounds, pass_at_k

KS: Final = (1, 2, 3, 5, 10, 25, 50, 100)
MAX_SAMPLES: Final = 200_000
"""Most answers of one file."""
_MAX_K: Final = 10_000


def pass_metrics(
    items: Sequence[Item], scorer: str = "", reported: Mapping[str, float] | None = None
) -> list[dict[str, Any]]:
    """The pass rate, and pass@k for every k that the fewest answers to a task allow.

    Where answers are missing pass@k is not defined; then only what the tool reports of it is kept.

    Args:
        items: one for each answer; ``Item.item`` is the task.
        scorer: which tests decided.
        reported: the tool's own figures as fractions, by name, such as ``pass@1``.
    """
    said = dict(reported or {})
    metrics = [metric_of("pass_rate", items, scorer=scorer)]
    if not metrics[0]["missing"]:
        for k, per_task in _by_k(items).items():
            name = f"pass@{k}"
            given = figures_of(said.pop(name)) if name in said else {}
            metrics.append(metric_of(name, per_task, scorer=scorer, kind="pass_at_k", k=k, **given))
    for name, value in said.items():
        metrics.append(only_reported(name, value, scorer=scorer) | ({"kind": "pass_at_k", "k": k_of(name)}))
    return metrics


def _by_k(items: Sequence[Item]) -> dict[int, list[Item]]:
    n: dict[str, int] = {}
    passed: dict[str, int] = {}
    for item in items:
        n[item.item] = n.get(item.item, 0) + 1
        passed[item.item] = passed.get(item.item, 0) + (item.score == 1.0)
    fewest = min(n.values(), default=0)
    return {k: [Item(task, pass_at_k(count, passed[task], k)) for task, count in n.items()] for k in KS if k <= fewest}


def k_of(name: str) -> int | None:
    """The k of ``pass@k``, or None where the name is none."""
    head, _, digits = name.partition("@")
    if head != "pass" or not digits.isascii() or not digits.isdigit() or len(digits) > 5:
        return None
    return int(digits) if 1 <= int(digits) <= _MAX_K else None


def reported_of(value: object) -> dict[str, float]:
    """Figures called ``pass@k`` of a JSON object; what is no finite number is left out."""
    if not isinstance(value, dict):
        return {}
    pairs = ((name, number_of(figure)) for name, figure in value.items() if k_of(name) is not None)
    return {name: figure for name, figure in pairs if figure is not None}


def bound_where_only_passes_are_kept(metric: dict[str, Any]) -> str:
    """A doubt where every scored answer passed and others are missing, which makes a rate of 100 % by construction.

    Then the metric's value is taken away and its interval becomes the bounds.
    """
    passed, missing = metric.get("successes"), metric["missing"]
    if not missing or not passed or passed != metric["n"]:
        return ""
    total = int(passed) + missing
    metric["value"] = None
    metric["estimate"] = {"low": clopper_pearson(passed, total)[0], "high": 1.0, "level": 0.95, "method": "bounds"}
    return (
        "No failing row holds an answer, so the file keeps answers of passes only; a rate over the rows with an answer "
        f"would say nothing and is left blank. Taken at its word the file says {int(passed)} of {total}."
    )


def missing_doubt(metric: Mapping[str, Any], what: str) -> str:
    """That answers are missing, and between what bounds the rate lies for it."""
    passed, missing = metric.get("successes") or 0, metric["missing"]
    worst, best = missing_bounds(passed, metric["n"], missing)
    return (
        f"{what}; they count as missing: the rate lies between {percent(worst)} (all failed) and {percent(best)} "
        "(all passed). pass@k is not defined where answers are missing."
    )

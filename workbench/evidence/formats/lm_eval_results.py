"""The results files of lm-evaluation-harness: a run for each task, and for each group made of tasks."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.estimate import LEVEL
from workbench.evidence.formats.lm_eval_about import about, is_modern, sizes
from workbench.evidence.formats.lm_eval_samples import NO_FILTER, Column, Samples, sample_doubts
from workbench.evidence.formats.reported import figure_doubts, figures_of, name_of, only_reported
from workbench.evidence.imported import Draft
from workbench.evidence.intake import count_of, list_of, number_of, object_of, text_of
from workbench.evidence.items import metric_of, strata_of
from workbench.evidence.statistics import wilson

_NO_FIGURES: Final = frozenset({"alias", "name", "sample_len", "sample_count", "samples", "tab"})
_STDERR: Final = "_stderr"


@dataclass(slots=True)
class TaskRead:
    """One task as it was read: its metrics by column, and the samples behind them where they were given."""

    metrics: dict[Column, dict[str, Any]] = field(default_factory=dict)
    samples: Samples | None = None


def figures(row: Mapping[str, Any]) -> dict[Column, tuple[float | None, float | None]]:
    """Value and standard error of each metric and filter; keys that are no figures are left out."""
    found: dict[Column, tuple[float | None, float | None]] = {}
    for key, value in row.items():
        metric, _, name = key.partition(",")
        if metric in _NO_FIGURES or metric.endswith(_STDERR) or isinstance(value, bool | dict | list | str):
            continue
        stderr = row.get(f"{metric}{_STDERR},{name}" if name else f"{metric}{_STDERR}")
        if value is not None:
            found[text_of(metric, 200), text_of(name, 100) or NO_FILTER] = (number_of(value), number_of(stderr))
    return found


def task_draft(
    log: Mapping[str, Any], task: str, samples: Samples | None, companions: tuple[Path, ...]
) -> tuple[Draft, TaskRead]:
    """The run of one task."""
    doubts: list[str] = []
    run = about(log, task, doubts)
    original, effective = sizes(log, task)
    row = object_of(object_of(log.get("results")).get(task))
    read = TaskRead(samples=samples)
    counts = _sample_counts(row)
    for column, (value, stderr) in figures(row).items():
        n = counts.get(column, effective)
        read.metrics[column] = _metric(log, task, column, (value, stderr), n, samples)
    if samples is not None:
        for column, items in samples.columns.items():
            if column not in read.metrics and column not in samples.shaped and items:
                read.metrics[column] = metric_of(column[0], items, planned=effective, **_named(log, task, column))
        doubts += sample_doubts(samples) + _fit_doubts(log, task, samples, effective)
    metrics = list(read.metrics.values())
    if original is not None and effective is not None and effective < original:
        run["limit"] = run["limit"] or str(effective)
        doubts.append(f"Only {effective} of the data set's {original} items were run; they are its first ones.")
    elif not is_modern(log) and run["limit"]:
        doubts.append(f"Only {run['limit']} items were run at most (limit); they are the data set's first ones.")
    doubts += _size_doubts(log, task, metrics, effective)
    doubts += _gap_doubts(row, samples) + figure_doubts(metrics)
    metrics += [part for metric in metrics if "items" in metric for part in strata_of(metric)]
    known = [metric["n"] for metric in metrics if metric.get("n") is not None and not metric.get("strata")]
    run["counts"] = {
        "planned": effective,
        "attempted": len(samples.documents) if samples is not None and effective is None else effective,
        "scored": max(known) if known else None,
    }
    return Draft(run, metrics, doubts, key=f"task {task}", companions=companions), read


def _named(log: Mapping[str, Any], task: str, column: Column) -> dict[str, Any]:
    """Scorer and direction of a metric; the filter is what made the answer that was scored."""
    metric, name = column
    told = object_of(object_of(log.get("higher_is_better")).get(task)).get(metric)
    if told is None:
        told = _entry(log, task, metric).get("higher_is_better")
    return {
        "scorer": "" if name == NO_FILTER else name,
        "tool_says_higher_is_better": told if isinstance(told, bool) else None,
    }


def _entry(log: Mapping[str, Any], task: str, metric: str) -> dict[str, Any]:
    own = object_of(object_of(log.get("configs")).get(task))
    return next(
        (entry for entry in list_of(own.get("metric_list")) if object_of(entry).get("metric") == metric),
        {},
    )


def _metric(
    log: Mapping[str, Any],
    task: str,
    column: Column,
    said: tuple[float | None, float | None],
    n: int | None,
    samples: Samples | None,
) -> dict[str, Any]:
    """One metric, by what is best at hand: all its items, its counts, some of its items, or the tool's figure."""
    fields = _named(log, task, column) | figures_of(*said)
    items = samples.columns.get(column, []) if samples is not None else []
    summed = _entry(log, task, column[0]).get("aggregation", "mean") != "mean"
    usable = bool(items) and samples is not None and column not in samples.shaped and not summed
    if usable and (n is None or len({item.item for item in items}) >= n):
        return metric_of(column[0], items, planned=n, **fields)
    counted = None if summed else counts_behind(*said, n)
    if counted is not None and n is not None:
        return {"name": column[0], **rate_fields(counted, n), **fields}
    if usable:
        return metric_of(column[0], items, planned=n, **fields)
    return only_reported(column[0], *said, n=n, **{name: fields[name] for name in fields if name != "reported"})


def counts_behind(value: float | None, stderr: float | None, n: int | None) -> int | None:
    """How many of n items scored 1, where the tool's own figures prove that every item scored 0 or 1.

    The standard error of a mean over values from 0 to 1 is sqrt(p (1 - p) / (n - 1)) only if each of them is 0 or 1,
    for no other values vary as much; and then p n is a whole number.
    """
    if value is None or stderr is None or n is None or n < 2 or not 0 <= value <= 1:
        return None
    count = round(value * n)
    expected = math.sqrt(value * (1 - value) / (n - 1))
    fits = math.isclose(value, count / n, rel_tol=1e-9) and math.isclose(stderr, expected, rel_tol=1e-6)
    return count if fits else None


def rate_fields(successes: int, n: int) -> dict[str, Any]:
    """Fields of a rate known by its counts."""
    low, high = wilson(successes, n, LEVEL)
    estimate = {"low": low, "high": high, "level": LEVEL, "method": "wilson", "n_effective": n}
    return {
        "kind": "proportion",
        "unit": "proportion",
        "value": successes / n,
        "n": n,
        "successes": successes,
        "missing": 0,
        "estimate": estimate,
    }


def _sample_counts(row: Mapping[str, Any]) -> dict[Column, int]:
    counts = {}
    for key, value in object_of(row.get("sample_count")).items():
        metric, _, name = key.partition(",")
        count = count_of(value)
        if count is not None:
            counts[text_of(metric, 200), text_of(name, 100) or NO_FILTER] = count
    return counts


def _size_doubts(
    log: Mapping[str, Any], task: str, metrics: Iterable[Mapping[str, Any]], effective: int | None
) -> list[str]:
    """How well the number of items is known."""
    derived = [name_of(metric) for metric in metrics if metric.get("successes") is not None and "items" not in metric]
    doubts = []
    if derived:
        doubts.append(
            f"The file holds no items; the counts of {', '.join(derived[:6])} follow from the rate, its standard error "
            "and the number of samples, which agree only if each item scored 0 or 1."
        )
    if effective is not None:
        return doubts
    doubts.append("The file does not say how many items the task has.")
    fitting = []
    for (metric, _), (value, stderr) in figures(object_of(object_of(log.get("results")).get(task))).items():
        if value is not None and stderr and 0 < value < 1:
            n = value * (1 - value) / stderr / stderr + 1
            if 2 <= n < 1e7 and abs(n - round(n)) < 1e-3 * math.sqrt(n):
                fitting.append(f"{metric} {round(n)}")
    if fitting:
        doubts.append(
            f"If each item scored 0 or 1, the standard errors fit these numbers of items: {', '.join(fitting[:6])}; "
            "they are not taken for known."
        )
    return doubts


def _fit_doubts(log: Mapping[str, Any], task: str, samples: Samples, effective: int | None) -> list[str]:
    """Whether the samples are those of this run."""
    held = len(samples.documents)
    if effective is not None and held < effective:
        kept = "figures whose counts the results file proves are kept over all of them"
        return [f"The samples beside the results hold {held} of {effective} items; {kept}."]
    said = text_of(object_of(log.get("task_hashes")).get(task), 100)
    if said and samples.digest and said != samples.digest:
        return ["The samples beside the results do not match the hash in the results; they may be of another run."]
    return []


def _gap_doubts(row: Mapping[str, Any], samples: Samples | None) -> list[str]:
    doubts = []
    blank = sorted({text_of(key, 100) for key, value in row.items() if isinstance(value, float) and value != value})
    if blank:
        doubts.append(f"The tool could not compute {', '.join(blank[:6])}: it reports no number.")
    if samples is None:
        return doubts
    for (metric, _), items in samples.columns.items():
        without = sum(item.state != "scored" for item in items)
        if without and (metric, _) not in samples.shaped:
            doubts.append(f"{without} of {len(items)} rows have no number for {metric}; they count as missing.")
    return doubts


def subtasks_of(log: Mapping[str, Any], group: str) -> list[str]:
    """The tasks a group is made of, groups inside it followed."""
    tree = object_of(log.get("group_subtasks"))
    found: dict[str, None] = {}
    waiting, seen = [group], {group}
    while waiting:
        for name in list_of(tree.get(waiting.pop())):
            if isinstance(name, str) and name not in seen:
                seen.add(name)
                if list_of(tree.get(name)):
                    waiting.append(name)
                else:
                    found[name] = None
    return list(found)


def group_draft(log: Mapping[str, Any], group: str, tasks: Mapping[str, TaskRead], beside: Mapping[str, Path]) -> Draft:
    """The run of a group: its figures repeat those of its tasks, and are recomputed from them where these are known."""
    doubts: list[str] = []
    run = about(log, group, doubts)
    names = subtasks_of(log, group)
    row = object_of(object_of(log.get("results")).get(group)) or object_of(object_of(log.get("groups")).get(group))
    metrics = []
    for column, said in figures(row).items():
        parts = {name: tasks[name].metrics[column] for name in names if name in tasks and column in tasks[name].metrics}
        metrics.append(_group_metric(log, group, column, said, parts))
    listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    doubts.insert(
        0,
        f"This is a group of tasks{f' ({listed})' if listed else ''}, which are runs of their own; its figures repeat "
        "theirs.",
    )
    doubts += figure_doubts(metrics)
    metrics += [part for metric in metrics if "items" in metric for part in strata_of(metric, ["subtask"])]
    whole = [sizes(log, name)[1] for name in names]
    planned = sum(size for size in whole if size is not None) if whole and None not in whole else None
    run["counts"] = {"planned": planned, "attempted": planned}
    used = tuple(beside[name] for name in names if name in beside)
    return Draft(run, metrics, doubts, key=f"group {group}", companions=used)


def _group_metric(
    log: Mapping[str, Any],
    group: str,
    column: Column,
    said: tuple[float | None, float | None],
    parts: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    fields = _named(log, group, column) | figures_of(*said)
    if parts and all("items" in part for part in parts.values()):
        items = [
            item._replace(item=f"{name}/{item.item}", strata={**item.strata, "subtask": name})
            for name, part in parts.items()
            for item in part["items"]
        ]
        missing = sum(part["missing"] for part in parts.values())
        return metric_of(column[0], items) | fields | {"missing": missing}
    if parts and all(part.get("successes") is not None and not part.get("missing") for part in parts.values()):
        n = sum(part["n"] for part in parts.values())
        if n:
            return {"name": column[0], **rate_fields(sum(part["successes"] for part in parts.values()), n), **fields}
    return only_reported(column[0], *said, **{name: fields[name] for name in fields if name != "reported"})

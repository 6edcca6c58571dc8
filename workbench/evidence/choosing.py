"""Which metric of a run is meant, from what the user called it."""

from collections.abc import Iterable

from workbench.evidence.imported import ImportedRun
from workbench.evidence.labels import metric_label
from workbench.model.runs import Metric


class NoSuchMetric(LookupError):  # noqa: N818 - the user's choice is at fault, not the program
    """No metric, or more than one, is called that; the message lists what there is, in one line."""


def selected(
    runs: Iterable[ImportedRun], *, task: str = "", scorer: str = "", reducer: str = ""
) -> list[tuple[ImportedRun, list[Metric]]]:
    """The runs of a task, each with those of its metrics that a scorer and a reducer made; empty means any."""
    return [
        (imported, [metric for metric in imported.metrics if _is_of(metric, scorer, reducer)])
        for imported in runs
        if not task or task.casefold() in (imported.run.task.name.casefold(), imported.run.id.casefold())
    ]


def choose_metric(
    runs: Iterable[ImportedRun], name: str, *, task: str = "", scorer: str = "", reducer: str = ""
) -> tuple[ImportedRun, Metric]:
    """The one metric that is called ``name``: its name, its full label, or its id.

    Raises:
        NoSuchMetric: none is, or several are.
    """
    offered = [
        (imported, metric)
        for imported, metrics in selected(runs, task=task, scorer=scorer, reducer=reducer)
        for metric in metrics
    ]
    wanted = name.strip().casefold()
    found = [pair for pair in offered if wanted in _names(pair[1])]
    if len(found) == 1:
        return found[0]
    if found:
        raise NoSuchMetric(
            f"{len(found)} metrics are called {name!r}; choose one with --scorer, --reducer or --task: {_listed(found)}"
        )
    if not offered:
        narrowed = " with this task, scorer and reducer" if task or scorer or reducer else ": nothing was scored"
        raise NoSuchMetric(f"there is no metric {name!r}; the run has none{narrowed}")
    raise NoSuchMetric(f"there is no metric {name!r}; the run has: {_listed(offered)}")


def _names(metric: Metric) -> set[str]:
    label = metric_label(metric)
    return {metric.name.casefold(), label.casefold(), label.replace(" · ", " ").casefold(), metric.id.casefold()}


def _is_of(metric: Metric, scorer: str, reducer: str) -> bool:
    parts = {metric.scorer.casefold(), *metric.scorer.casefold().split("/")}
    return (not scorer or scorer.casefold() in parts) and (
        not reducer or reducer.casefold() == metric.reducer.casefold()
    )


def _listed(pairs: list[tuple[ImportedRun, Metric]]) -> str:
    several_runs = len({imported.run.id for imported, _ in pairs}) > 1
    names = [
        f"{imported.run.task.name}: {metric_label(metric)}" if several_runs else metric_label(metric)
        for imported, metric in pairs
    ]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more

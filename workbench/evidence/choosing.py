"""Which metric of a run is meant, from what the user called it."""

from collections.abc import Iterable

from workbench.evidence.imported import ImportedRun
from workbench.evidence.labels import full_label
from workbench.model.runs import Metric


class NoSuchMetric(LookupError):  # noqa: N818 - the user's choice is at fault, not the program
    """No metric, or more than one, is called that; the message lists what there is, in one line."""


def selected(
    runs: Iterable[ImportedRun], *, task: str = "", scorer: str = "", reducer: str = "", model: str = ""
) -> list[tuple[ImportedRun, list[Metric]]]:
    """The runs of a task and a model, each with those of its metrics that a scorer and a reducer made; empty: any.

    A run is also found by its title or its id, given as the task.
    """
    return [
        (imported, [metric for metric in imported.metrics if _is_of(metric, scorer, reducer)])
        for imported in runs
        if (not task or task.casefold() in _run_names(imported))
        and (not model or model.casefold() == imported.run.model.name.casefold())
    ]


def _run_names(imported: ImportedRun) -> tuple[str, ...]:
    run = imported.run
    return (run.task.name.casefold(), run.title.casefold(), run.id.casefold())


def choose_metric(
    runs: Iterable[ImportedRun], name: str, *, task: str = "", scorer: str = "", reducer: str = "", model: str = ""
) -> tuple[ImportedRun, Metric]:
    """The one metric that is called ``name``: its name, its full label, or its id.

    A figure about the whole run is meant before one about a part of it.

    Raises:
        NoSuchMetric: none is, or several are.
    """
    offered = [
        (imported, metric)
        for imported, metrics in selected(runs, task=task, scorer=scorer, reducer=reducer, model=model)
        for metric in metrics
    ]
    wanted = name.strip().casefold()
    found = [pair for pair in offered if wanted in _names(pair[1])]
    whole = [pair for pair in found if not pair[1].strata]
    if len(whole) == 1:
        return whole[0]
    found = whole or found
    if len(found) == 1:
        return found[0]
    if found:
        raise NoSuchMetric(
            f"{len(found)} metrics are called {name!r}; choose one with --scorer, --reducer, --task or --model: "
            f"{_listed(found)}"
        )
    if not offered:
        narrowed = (
            " with this task, model, scorer and reducer"
            if task or model or scorer or reducer
            else ": nothing was scored"
        )
        raise NoSuchMetric(f"there is no metric {name!r}; the run has none{narrowed}")
    raise NoSuchMetric(f"there is no metric {name!r}; the run has: {_listed(offered)}")


def _names(metric: Metric) -> set[str]:
    label = full_label(metric)
    return {metric.name.casefold(), label.casefold(), label.replace(" · ", " ").casefold(), metric.id.casefold()}


def _is_of(metric: Metric, scorer: str, reducer: str) -> bool:
    parts = {metric.scorer.casefold(), *metric.scorer.casefold().split("/")}
    return (not scorer or scorer.casefold() in parts) and (
        not reducer or reducer.casefold() == metric.reducer.casefold()
    )


def _listed(pairs: list[tuple[ImportedRun, Metric]]) -> str:
    several_runs = len({imported.run.id for imported, _ in pairs}) > 1
    names = [
        f"{imported.run.title or imported.run.task.name}: {full_label(metric)}" if several_runs else full_label(metric)
        for imported, metric in pairs
    ]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more

"""Runs of HELM: a folder of run_spec, scenario, scenario_state, stats and per_instance_stats, each a JSON file.

``stats.json`` counts trials, not instances (``count: 1, variance: 0``), so its figures are kept as reported and n comes
from the rows of each instance. Values on changed instances (perturbations, ``computed_on: worst``) and splits are
metrics of their own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.helm_about import Requests, about, about_doubts, requests_of
from workbench.evidence.formats.helm_rows import (
    WORST,
    Instances,
    Part,
    Value,
    is_aside,
    items_of,
    read_instances,
    reported_figures,
    worst_of,
)
from workbench.evidence.formats.reported import figure_doubts, figures_of, neighbours, only_reported
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, list_of, object_of, read_head, read_json, text_of
from workbench.evidence.items import metric_of
from workbench.evidence.problems import ImportProblem

_SPEC: Final = "run_spec.json"
_SCENARIO: Final = "scenario.json"
_STATE: Final = "scenario_state.json"
_STATS: Final = "stats.json"
_ROWS: Final = "per_instance_stats.json"
_LIST: Final = re.compile(r'\s*\[\s*\{\s*"(?:instance_id|name|perturbation|train_trial_index|stats)"\s*:')
_MAX_METRICS: Final = 1_500
_MAX_DOUBTED: Final = 12


def _kind(head: Head) -> tuple[str, int]:
    """Which file of a run this is, and how sure that is."""
    keys = set(head.keys)
    if "adapter_spec" in keys and keys & {"metric_specs", "scenario_spec", "scenario"}:
        return _SPEC, 90
    if {"adapter_spec", "request_states"} <= keys:
        return _STATE, 88
    if {"name", "description", "tags"} <= keys and ("definition_path" in keys or "helm.benchmark" in head.text):
        return _SCENARIO, 70
    if _LIST.match(head.text):
        if '"instance_id"' in head.text and '"stats"' in head.text:
            return _ROWS, 86
        if '"sum_squared"' in head.text and '"count"' in head.text:
            return _STATS, 86
    return "", 0


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """Any of the files of a run."""
    return _kind(head)[1]


def main_file(folder: Path) -> Path | None:
    """``run_spec.json`` of a run's folder, or ``stats.json`` where it is missing; None where the folder is no run."""
    if not any((folder / name).is_file() for name in (_STATS, _ROWS)):
        return None
    for name in (_SPEC, _STATS, _ROWS):
        path = folder / name
        try:
            if path.is_file() and _kind(read_head(path))[0] == name:
                return path
        except ImportProblem:
            continue
    return None


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """The one run of the folder.

    Raises:
        ImportProblem: a file is broken, or the files given hold no figures.
        Cancelled: the user asked to stop.
    """
    own = _kind(read_head(path))[0]
    files = {other.name: other for other in neighbours(path, options) if other.name in _ALL} | {own: path}
    if not files.keys() & {_STATS, _ROWS}:
        raise ImportProblem(
            path,
            "is a part of a HELM run without its results",
            f"read the run's folder, so that {_STATS} and {_ROWS} are read with it",
        )
    parts = _Parts()
    for index, name in enumerate(name for name in _ALL if name in files):
        watch.step(0.1 + 0.12 * index)
        try:
            _take(parts, name, files[name])
        except ImportProblem as problem:
            if name != _STATE:
                raise
            parts.doubts.append(f"{_STATE} could not be read: {problem.what}.")
    watch.step(0.8)
    draft = _draft(parts)
    draft.companions = tuple(file for name, file in files.items() if file != path and name in parts.read)
    if not draft.metrics:
        raise ImportProblem(path, "holds no figure about the answers", "check that the run came to its end")
    return [draft]


_ALL: Final = (_SPEC, _SCENARIO, _STATE, _STATS, _ROWS)


@dataclass(slots=True)
class _Parts:
    """What the files of a run come to; none is kept as read, for each may be large."""

    spec: dict[str, Any] = field(default_factory=dict)
    scenario: dict[str, Any] = field(default_factory=dict)
    adapter: dict[str, Any] = field(default_factory=dict)
    requests: Requests | None = None
    reported: dict[Part, dict[str, float | None]] = field(default_factory=dict)
    instances: Instances | None = None
    doubts: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)


def _take(parts: _Parts, name: str, path: Path) -> None:
    value = read_json(path)
    parts.read.add(name)
    if name == _SPEC:
        parts.spec = object_of(value)
    elif name == _SCENARIO:
        parts.scenario = object_of(value)
    elif name == _STATE:
        parts.adapter = object_of(object_of(value).get("adapter_spec"))
        parts.requests = requests_of(object_of(value)) if object_of(value) else None
    elif name == _STATS:
        parts.reported = reported_figures(value)
    else:
        parts.instances = read_instances(path, value)


def _draft(parts: _Parts) -> Draft:
    spec, requests, reported = parts.spec, parts.requests, parts.reported
    instances, doubts = parts.instances, parts.doubts
    run = about(spec, parts.scenario, parts.adapter)
    metrics = _metrics(spec, reported, instances, requests, doubts)
    plain = {(name, trial) for name, changed, trial in instances.keys if not changed} if instances else set()
    items = {name for name, _ in plain}
    failed = items & (requests.failed.get("", set()) if requests else set())
    run["started_at"], run["completed_at"] = (requests.begun, requests.ended) if requests else ("", "")
    run["status"] = "success" if _STATS in parts.read and instances is not None else "unknown"
    main = [metric for metric in metrics if metric.get("n") is not None and not metric.get("strata")]
    run["counts"] = {
        "planned": _planned(reported, len({trial for _, trial in plain}) or 1),
        "attempted": len(plain) if instances else None,
        "scored": max(metric["n"] for metric in main) if main else None,
        "errors": len(failed) if requests else None,
        "clusters": len(items) if len(items) < len(plain) else None,
    }
    if instances is None:
        doubts.append(f"Without {_ROWS} there is no n: {_STATS} counts trials, not instances.")
    elif instances.malformed:
        doubts.append(f"{instances.malformed} rows name no instance, or say the same thing twice; they are left out.")
    if _STATS not in parts.read:
        doubts.append(f"Without {_STATS} it cannot be told whether the run came to its end.")
    doubts += about_doubts(run, requests, len(items) if instances else None)
    shown = figure_doubts([metric for metric in metrics if not metric.get("strata")])
    doubts += (
        shown[:_MAX_DOUBTED] + figure_doubts([metric for metric in metrics if metric.get("strata")])[:_MAX_DOUBTED]
    )
    return Draft(run, metrics, doubts)


def _planned(reported: Mapping[Part, Mapping[str, float | None]], trials: int) -> int | None:
    """Instances that HELM says it ran, all splits together."""
    counts = [figures.get("num_instances") for part, figures in reported.items() if not part.perturbation]
    known = [count for count in counts if count is not None and 0 <= count <= 1e9]
    return int(sum(known)) * trials if known else None


def _metrics(
    spec: Mapping[str, Any],
    reported: Mapping[Part, Mapping[str, float | None]],
    instances: Instances | None,
    requests: Requests | None,
    doubts: list[str],
) -> list[dict[str, Any]]:
    """The metrics of every part, those first that the run was asked for."""
    modelling = object_of(spec.get("adapter_spec")).get("method") == "language_modeling"
    values = instances.values if instances is not None else {}
    splits = {(part.split, part.sub_split) for part in (*values, *reported)} - {("train", "")}
    several = len({split for split in splits if split[0] or split[1]}) > 1
    metrics: list[dict[str, Any]] = []
    repeated = 0
    for part in dict.fromkeys([*sorted(values), *sorted(reported)]):
        if part.split == "train" and several:
            continue
        if part.computed_on == "original":
            continue  # the plain values of the instances that were changed, which the plain metric holds already
        said = reported.get(part, {})
        for name in _in_order(spec, dict.fromkeys([*values.get(part, {}), *said])):
            if is_aside(name, language_modelling=modelling) or len(metrics) >= _MAX_METRICS:
                continue
            fields = {"strata": _strata(part, several=several)} | figures_of(said.get(name))
            found = _values(instances, part, name)
            failed = _failed(requests, part)
            if part.computed_on == WORST and instances is not None and not found:
                repeated += 1
            elif found:
                items = items_of(found, failed)
                metrics.append(metric_of(name, items, planned=_planned({part: said}, _trials(found)), **fields))
            elif said.get(name) is not None:
                metrics.append(only_reported(name, said[name], strata=fields["strata"]))
    if repeated:
        doubts.append(
            "HELM lists worst-case figures for robustness or fairness, though no instance was changed for them; they "
            "repeat the plain figures and are left out."
        )
    if any(metric["strata"].get("computed_on") == WORST for metric in metrics):
        doubts.append("HELM takes the lowest value as the worst, also where lower is better.")
    if len(metrics) >= _MAX_METRICS:
        doubts.append(f"The run has more than {_MAX_METRICS:,} figures; the others are left out.")
    return metrics


def _failed(requests: Requests | None, part: Part) -> set[str]:
    """Instances of a part of which a request failed; the worst of several versions needs all of them."""
    if requests is None:
        return set()
    if part.computed_on == WORST:
        return set().union(*requests.failed.values())
    return requests.failed.get(part.perturbation, set())


def _trials(values: Iterable[Value]) -> int:
    return len({value.trial for value in values})


def _values(instances: Instances | None, part: Part, name: str) -> list[Value]:
    if instances is None:
        return []
    if part.computed_on == WORST:
        return worst_of(instances, part, name) or []
    return instances.values.get(part, {}).get(name, [])


def _strata(part: Part, *, several: bool) -> dict[str, str]:
    told = {"perturbation": part.perturbation, "computed_on": part.computed_on}
    if several:
        told = {"split": part.split, "sub_split": part.sub_split} | told
    return {name: value for name, value in told.items() if value}


def _in_order(spec: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Names of statistics, those first that the run's metrics were asked for."""
    asked = [
        text_of(name, 200)
        for entry in list_of(spec.get("metric_specs"))
        for name in list_of(object_of(object_of(entry).get("args")).get("names"))
    ]
    rank = {name: index for index, name in reversed(list(enumerate(asked)))}
    return sorted(names, key=lambda name: rank.get(name, len(asked)))


IMPORTER: Final = Importer("helm", "HELM run folders", sniff, read, main_file)

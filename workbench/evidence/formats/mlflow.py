"""MLflow's file store: a folder for each run, with ``meta.yaml`` and a file for each parameter, metric and tag.

The store keeps figures as they were logged over time and no samples, so nothing can be recomputed. Only files that were
given with the run's ``meta.yaml`` are read.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.mlflow_files import (
    MAX_FILES,
    History,
    UnreadableMetric,
    flat_yaml,
    metric_history,
    small_text,
)
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, text_of
from workbench.evidence.labels import number
from workbench.evidence.problems import NoRunFile, one_line

_STATUS: Final = {"1": "started", "2": "started", "3": "success", "4": "error", "5": "cancelled"}
_WORDS: Final = {
    "running": "started",
    "scheduled": "started",
    "finished": "success",
    "failed": "error",
    "killed": "cancelled",
}
_RUN: Final = re.compile(r"^(?:run_id|run_uuid):", re.MULTILINE)
_PLACE: Final = re.compile(r"^(?:artifact_uri|artifact_location|experiment_id):", re.MULTILINE)
_MODEL: Final = ("model", "model_name", "model_id", "llm", "model_name_or_path", "engine")
_TASK: Final = ("task", "task_name", "benchmark", "eval", "evaluation")
_DATASET: Final = ("dataset", "dataset_name", "data", "benchmark")
_TAGS: Final = ("mlflow.runName", "mlflow.source.git.commit", "mlflow.parentRunId")
_META: Final = "meta.yaml"


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """Lines ``key: value`` that name a run, or an experiment, and where its artifacts lie."""
    if head.keys or not _PLACE.search(head.text):
        return 0
    return 85 if _RUN.search(head.text) else 40 * ("lifecycle_stage:" in head.text)


def main_file(folder: Path) -> Path | None:
    """The ``meta.yaml`` of a run's folder."""
    path = folder / _META
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return path if _RUN.search(file.read(8_192).decode("utf-8", "replace")) else None


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """The run of a folder.

    Raises:
        NoRunFile: the file describes an experiment, or its folder was not given.
        ImportProblem: the file is broken.
        Cancelled: the user asked to stop.
    """
    meta = flat_yaml(path)
    if not (meta.get("run_id") or meta.get("run_uuid")):
        raise NoRunFile(path, "describes an MLflow experiment, not a run", "give the experiment's folder")
    parts = _parts(path.parent, options.beside)
    if not any(parts.values()):
        raise NoRunFile(path, "is an MLflow run without its metrics", "give the run's folder instead of this file")
    doubts: list[str] = []
    histories = _histories(parts["metrics"], watch, doubts)
    params = {name: small_text(file) for name, file in list(parts["params"].items())[:MAX_FILES]}
    tags = {name: small_text(file) for name, file in parts["tags"].items() if name in _TAGS}
    above = path.parent.parent / _META
    experiment = flat_yaml(above).get("name", "") if above in options.beside else ""
    run = _run(meta, params, tags, experiment, doubts)
    metrics = [_metric(name, history, doubts) for name, history in histories.items()]
    if not metrics:
        doubts.append("The run holds no metric.")
    doubts += _general_doubts(params, experiment)
    used = [*(parts["metrics"][name] for name in histories), *list(parts["params"].values())[:MAX_FILES]]
    used += [file for name, file in parts["tags"].items() if name in _TAGS]
    companions = (*used, *((above,) if experiment else ()))
    return [Draft(run, metrics, doubts, key=meta.get("run_id") or meta.get("run_uuid") or "", companions=companions)]


def _parts(folder: Path, beside: Iterable[Path]) -> dict[str, dict[str, Path]]:
    """Files of the run by what they hold and by name; a name with a slash is a file in a folder."""
    parts: dict[str, dict[str, Path]] = {"metrics": {}, "params": {}, "tags": {}}
    for file in beside:
        if file.is_relative_to(folder):
            kind, *name = file.relative_to(folder).parts
            if kind in parts and name:
                parts[kind]["/".join(name)] = file
    return parts


def _histories(files: dict[str, Path], watch: Watch, doubts: list[str]) -> dict[str, History]:
    histories = {}
    if len(files) > MAX_FILES:
        doubts.append(f"The run holds {len(files):,} metrics; the first {MAX_FILES} were read.")
    for index, (name, file) in enumerate(sorted(files.items())[:MAX_FILES]):
        watch.step(index / len(files))
        try:
            histories[name] = metric_history(file)
        except UnreadableMetric as problem:
            doubts.append(f"The metric {one_line(name, 100)} could not be read: {problem}.")
    return histories


def _run(
    meta: dict[str, str], params: dict[str, str], tags: dict[str, str], experiment: str, doubts: list[str]
) -> dict[str, Any]:
    said = meta.get("status", "")
    status = _STATUS.get(said) or _WORDS.get(said.lower(), "unknown")
    if status == "error":
        doubts.append("MLflow says that the run failed.")
    elif status in ("started", "cancelled"):
        doubts.append(f"MLflow says that the run {'has not ended' if status == 'started' else 'was killed'}.")
    deleted = meta.get("lifecycle_stage") == "deleted"
    if deleted:
        doubts.append("The run was deleted in MLflow.")
    if "mlflow.parentRunId" in tags:
        doubts.append("The run is a part of another run (its parent), which may sum up several.")
    name = meta.get("run_name") or tags.get("mlflow.runName", "")
    model, task, dataset = (_first(params, names) for names in (_MODEL, _TASK, _DATASET))
    settings = {one_line(key, 100): text_of(value, 300) for key, value in list(params.items())[:60] if value}
    return {
        "title": one_line(" · ".join(part for part in (experiment, name) if part), 600) or "MLflow run",
        "run_id": meta.get("run_id") or meta.get("run_uuid", ""),
        "library": {"name": "mlflow", "version": ""},
        "task": {"name": one_line(task or experiment)},
        "dataset": {"name": one_line(dataset)},
        "model": {"name": one_line(model)},
        "code_revision": {
            "commit": one_line(tags.get("mlflow.source.git.commit") or meta.get("source_version", ""), 80)
        },
        "started_at": _time(meta.get("start_time", "")),
        "completed_at": _time(meta.get("end_time", "")),
        "status": status,
        "invalidated": deleted,
        "provenance": {"settings": settings},
    }


def _first(params: dict[str, str], names: tuple[str, ...]) -> str:
    folded = {key.casefold(): value for key, value in params.items()}
    return next((folded[name] for name in names if folded.get(name)), "")


def _time(text: str) -> str:
    try:
        return datetime.fromtimestamp(int(text) / 1_000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _metric(name: str, history: History, doubts: list[str]) -> dict[str, Any]:
    """Fields of a metric: its last value, as MLflow shows it; nothing is known of what it is made of."""
    label = one_line(name, 200)
    if history.last is None:
        doubts.append(f"{label}: the last value is no number.")
    if history.broken:
        doubts.append(f"{label}: {history.broken:,} of {history.count:,} lines cannot be read.")
    if history.lowest is not None and history.highest is not None and history.lowest != history.highest:
        last = "no number" if history.last is None else number(history.last)
        doubts.append(
            f"{label} was logged {history.count:,} times, from {number(history.lowest)} to {number(history.highest)}; "
            f"the last, {last}, was taken, not the best."
        )
    return {"name": label, "kind": "other", "unit": "other", "reported": {"value": history.last}}


def _general_doubts(params: dict[str, str], experiment: str) -> list[str]:
    doubts = []
    if not _first(params, _MODEL):
        doubts.append("No parameter says which model was measured.")
    if not _first(params, _TASK):
        named = f"; the experiment's name, {one_line(experiment, 100)}, stands for it" if experiment else ""
        doubts.append(f"No parameter says what the task was{named}.")
    doubts.append(
        "MLflow keeps figures, not samples: how many samples are behind them, and how many failed, is not known, so "
        "there is no interval."
    )
    return doubts


IMPORTER: Final = Importer("mlflow", "MLflow runs (file store)", sniff, read, main_file)

"""Results of the bigcode evaluation harness: figures by task, and the arguments of the program under ``config``.

There are no items and no number of tasks, so the tool's figures are kept as it gave them and nothing can be
recomputed. Written from the tool's source; no file of it was at hand.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.pass_counts import k_of
from workbench.evidence.formats.reported import only_reported
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, count_of, number_of, object_of, read_json, text_of
from workbench.evidence.problems import ImportProblem

_FIGURE: Final = re.compile(r'"pass@\d{1,5}"\s*:')
_ARGUMENTS: Final = frozenset({"allow_code_execution", "do_sample", "n_samples", "model", "generation_only", "prefix"})
_FOREIGN: Final = frozenset({"eval", "results", "summary", "status", "version", "date", "spec", "pass@1"})
_SETTINGS: Final = (
    "n_samples",
    "temperature",
    "top_p",
    "top_k",
    "do_sample",
    "max_length_generation",
    "prompt",
    "instruction_tokens",
    "seed",
    "precision",
    "load_in_8bit",
    "load_in_4bit",
    "limit",
    "limit_start",
    "batch_size",
    "modeltype",
    "peft_model",
    "load_generations_path",
)
_MAX_FIGURES: Final = 2_000


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A JSON object of tasks with pass@k, beside the program's arguments."""
    keys = set(head.keys)
    if keys & _FOREIGN or not keys or not _FIGURE.search(head.text):
        return 0
    known = any(f'"{name}"' in head.text for name in _ARGUMENTS)
    return 70 if "config" in keys and known else 25


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """One run for each task.

    Raises:
        ImportProblem: it is broken, or holds no figure of a task.
        Cancelled: the user asked to stop.
    """
    log = object_of(read_json(path))
    watch.step(0.5)
    config = object_of(log.get("config"))
    tasks: dict[str, list[dict[str, Any]]] = {}
    figures = 0
    for task, entry in log.items():
        metrics = [] if task == "config" else _metrics(object_of(entry))
        figures += len(metrics)
        if metrics:
            tasks[task] = metrics
        if figures > _MAX_FIGURES:
            raise ImportProblem(path, f"holds more than {_MAX_FIGURES:,} figures", "check what wrote the file")
    if not tasks:
        raise ImportProblem(path, "holds no figure of any task", "check that the evaluation ran to its end")
    _name_units(tasks.values())
    return [_draft(text_of(task, 300), metrics, config) for task, metrics in tasks.items()]


def _name_units(tasks: Iterable[list[dict[str, Any]]]) -> None:
    """Say what pass@k is written in: one file is written one way, so one figure above 1 makes all of them percent."""
    rates = [metric for metrics in tasks for metric in metrics if metric["kind"] == "pass_at_k"]
    whole = all(0 <= metric["reported"]["value"] <= 1 for metric in rates)
    for metric in rates:
        metric["unit"] = "proportion" if whole else "percent"


def _metrics(entry: dict[str, Any], scorer: str = "") -> list[dict[str, Any]]:
    metrics: list[dict[str, Any]] = []
    for name, value in entry.items():
        figure = number_of(value)
        if figure is not None:
            k = k_of(name)
            kind = {"kind": "pass_at_k", "k": k} if k is not None else {}
            metrics.append(only_reported(text_of(name, 200), figure, scorer=scorer) | kind)
        elif isinstance(value, dict) and not scorer:
            metrics += _metrics(value, text_of(name, 200) or "?")
    return metrics


def _draft(task: str, metrics: list[dict[str, Any]], config: dict[str, Any]) -> Draft:
    model = text_of(config.get("model"), 300)
    doubts = ["The format is unverified: this reader was written from the tool's source, not from its files."]
    doubts.append(
        "The file holds the tool's figures only: neither the number of tasks nor any item, so no interval can be given."
    )
    samples, limit = count_of(config.get("n_samples")), count_of(config.get("limit"))
    if samples:
        doubts.append(f"{samples} answers were asked for each task.")
    if limit is not None:
        doubts.append(f"Only {limit} tasks were run (limit); how they were chosen is not said.")
    if any(metric["unit"] == "percent" for metric in metrics):
        doubts.append(
            "Some figures are above 1, so all are taken as percent, as leaderboards write them; the tool itself writes "
            "fractions."
        )
    if not model:
        doubts.append("The file does not say which model was measured.")
    doubts.append("The file does not say when the run was made, with which version of the tool, or how it ended.")
    settings = {name: text_of(config[name], 200) or str(config[name])[:20] for name in _SETTINGS if _told(config, name)}
    revision = text_of(config.get("revision"), 100)
    run = {
        "title": " · ".join(part for part in (task, model) if part),
        "verified": False,
        "library": {"name": "bigcode-evaluation-harness"},
        "task": {"name": task},
        "dataset": {"name": task},
        "model": {"name": model, "version": revision},
        "status": "unknown",
        "limit": text_of(config.get("limit"), 40),
        "epochs": samples,
        "provenance": {"settings": settings},
    }
    return Draft(run, metrics, doubts, key=task)


def _told(config: dict[str, Any], name: str) -> bool:
    return isinstance(config.get(name), str | int | float) and config[name] != ""


IMPORTER: Final = Importer("bigcode-harness", "bigcode evaluation harness results", sniff, read)

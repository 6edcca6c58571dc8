"""Results of EvalPerf, EvalPlus's measure of how fast correct answers run: ``dps`` (0 to 100) and pass@1 by task.

The full file holds a row for each answer; the brief one only each task's figures, from which the passes follow:
pass@1 is ``100 x passes / n_samples``.
"""

from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.evalplus import written_in
from workbench.evidence.formats.pass_counts import MAX_SAMPLES, pass_metrics
from workbench.evidence.formats.reported import figure_doubts, figures_of, score_of
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, count_of, list_of, number_of, object_of, read_json, text_of
from workbench.evidence.items import Item, metric_of
from workbench.evidence.problems import ImportProblem

_SETTINGS: Final = ("n_samples", "temperature", "min_correct", "max_profile")
_SPEEDS: Final = ("dps", "dps_norm")
_MAX_SAMPLES_A_TASK: Final = 10_000


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A JSON object with ``eval``, and the settings that only EvalPerf has."""
    return 88 if "eval" in head.keys and '"min_correct"' in head.text else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The one run of the file.

    Raises:
        ImportProblem: it is broken, or holds no tasks.
        Cancelled: the user asked to stop.
    """
    log = object_of(read_json(path))
    watch.step(0.6)
    tasks = {text_of(name, 200): entry for name, entry in object_of(log.get("eval")).items() if isinstance(entry, dict)}
    if not tasks:
        raise ImportProblem(path, "holds no tasks", "check that the evaluation ran to its end")
    config = object_of(log.get("config")) or log
    doubts: list[str] = []
    answers = _answers(path, tasks, count_of(config.get("n_samples")), doubts)
    summary = object_of(log.get("summary"))
    metrics = [_speed(name, tasks, summary, doubts) for name in _SPEEDS]
    said = number_of(summary.get("pass@1"))
    if answers:
        metrics += pass_metrics(answers, reported={} if said is None else {"pass@1": said / 100})
    elif said is not None:
        metrics.append({"name": "pass@1", "kind": "pass_at_k", "k": 1, "unit": "percent", **figures_of(said)})
    doubts += figure_doubts(metrics)
    doubts.append(
        "dps compares an answer's speed with reference answers, on the machine of the run; it is no rate of success."
    )
    model, written = written_in(path)
    doubts.append(
        "The model is taken from the file's name; the format does not state it."
        if model
        else f"The format does not say which model was measured; the file is called {path.name}."
    )
    doubts.append("The format does not say which version of the tool wrote it; its date is local time.")
    settings = written | {name: text_of(config[name], 100) for name in _SETTINGS if text_of(config.get(name))}
    run = {
        "title": " · ".join(part for part in ("EvalPerf", model) if part),
        "library": {"name": "evalplus"},
        "task": {"name": "EvalPerf"},
        "dataset": {"name": "EvalPerf"},
        "model": {"name": model},
        "started_at": text_of(log.get("date"), 40).replace(" ", "T", 1),
        "status": "unknown",
        "counts": {
            "planned": len(answers) or None,
            "attempted": len(answers) or None,
            "scored": len(answers) or None,
            "clusters": len(tasks),
        },
        "provenance": {"settings": settings},
    }
    return [Draft(run, metrics, doubts)]


def _speed(name: str, tasks: dict[str, dict[str, Any]], summary: dict[str, Any], doubts: list[str]) -> dict[str, Any]:
    """The mean over the tasks that were timed; the others are missing, for a fast wrong answer is worth nothing."""
    values = {task: score_of(entry.get(name)) for task, entry in tasks.items()}
    items = [Item(task, state="unscored") if value is None else Item(task, value) for task, value in values.items()]
    metric = metric_of(name, items, kind="mean", unit="percent", **figures_of(number_of(summary.get(name))))
    if metric["missing"] and name == _SPEEDS[0]:
        doubts.append(
            f"{metric['missing']} of {len(tasks)} tasks were not timed, mostly for want of correct answers; dps is a "
            "mean over the others, so models are compared on different tasks."
        )
    metric.pop("successes", None)
    return metric


def _answers(path: Path, tasks: dict[str, dict[str, Any]], n_samples: int | None, doubts: list[str]) -> list[Item]:
    """One item for each answer; none where the file does not say how many there were, or how many passed."""
    items: list[Item] = []
    for task, entry in tasks.items():
        rows: list[Any] = [row.get("pass") for row in list_of(entry.get("results")) if isinstance(row, dict)]
        if rows and all(isinstance(value, bool) for value in rows):
            passes, total = sum(rows), len(rows)
        else:
            rate = score_of(entry.get("pass@1"))
            if rate is None or n_samples is None or not 0 < n_samples <= _MAX_SAMPLES_A_TASK:
                doubts.append("How many answers passed cannot be told, so pass@1 is the tool's own figure only.")
                return []
            passes, total = round(rate * n_samples / 100), n_samples
            if abs(rate * n_samples / 100 - passes) > 1e-6 or not 0 <= passes <= total:
                doubts.append(f"{task}: a pass@1 of {rate:g} % does not fit {n_samples} answers.")
                return []
        if len(items) + total > MAX_SAMPLES:
            raise ImportProblem(path, f"speaks of more than {MAX_SAMPLES:,} answers", "check what wrote the file")
        items += [Item(task, 1.0)] * passes + [Item(task, 0.0)] * (total - passes)
    return items


IMPORTER: Final = Importer("evalperf", "EvalPerf results", sniff, read)

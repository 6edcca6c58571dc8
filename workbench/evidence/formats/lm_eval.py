"""lm-evaluation-harness: results files of 0.3 and 0.4, with the samples files given beside them, or samples alone.

A results file holds a row for each task, and one for each group, which repeats its tasks. Each becomes a run.
"""

import re
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.lm_eval_about import is_modern
from workbench.evidence.formats.lm_eval_results import TaskRead, figures, group_draft, task_draft
from workbench.evidence.formats.lm_eval_samples import (
    NO_FILTER,
    read_samples,
    sample_doubts,
    samples_for,
    task_and_stamp,
)
from workbench.evidence.formats.reported import neighbours
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, list_of, object_of, read_head, read_json, text_of
from workbench.evidence.items import metric_of, strata_of
from workbench.evidence.problems import ImportProblem

_LIST_OF_DOCS: Final = re.compile(r'\s*\[\s*\{\s*"doc_id"\s*:')
_STDERR: Final = re.compile(r'"[^"\\]{1,80}_stderr,[^"\\]{1,80}"\s*:')
_ROW: Final = frozenset({"resps", "filtered_resps", "doc_hash", "doc", "target"})
_MAX_TASKS: Final = 5_000
_MAX_FIGURES: Final = 50_000


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """Results beside what only this tool writes; or rows of documents with answers."""
    keys = set(head.keys)
    if "doc_id" in keys and keys & _ROW:
        return 88
    if "results" in keys:
        if keys & {"configs", "n-shot", "n-samples", "lm_eval_version"} or {"versions", "config"} <= keys:
            return 90
        return 60 if keys == {"results"} and _STDERR.search(head.text) else 0  # the head may end before the results do
    return 80 if _LIST_OF_DOCS.match(head.text) else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """A run for each task and group of a results file; one for a samples file.

    Raises:
        ImportProblem: the file is broken, or holds no figures.
        Cancelled: the user asked to stop.
    """
    head = read_head(path)
    if "doc_id" in head.keys or not head.keys:
        return [_from_samples(path, watch)]
    log = object_of(read_json(path))
    rows = {task: row for task, row in object_of(log.get("results")).items() if isinstance(row, dict)}
    rows = {task: row for task, row in rows.items() if task and figures(row)}
    if not rows:
        raise ImportProblem(path, "holds no figure of any task", "check that the run was written")
    if len(rows) > _MAX_TASKS or sum(map(len, rows.values())) > _MAX_FIGURES:
        raise ImportProblem(path, f"holds more than {_MAX_TASKS:,} tasks or {_MAX_FIGURES:,} figures", "split it")
    return _from_results(path, log, rows, watch, options)


def _from_results(
    path: Path, log: dict[str, Any], rows: dict[str, Any], watch: Watch, options: ReadOptions
) -> list[Draft]:
    groups = [task for task in rows if _is_group(log, task)]
    tasks = [task for task in rows if task not in groups]
    beside = samples_for(tasks, path, neighbours(path, options))
    drafts: list[Draft] = []
    read_tasks: dict[str, TaskRead] = {}
    for index, task in enumerate(tasks):
        watch.step(0.1 + 0.8 * index / len(tasks))
        found = beside.get(task)
        samples = None if found is None else read_samples(found, _still(watch, 0.1 + 0.8 * index / len(tasks)))
        draft, read_tasks[task] = task_draft(log, task, samples, () if found is None else (found,))
        drafts.append(draft)
    drafts += [group_draft(log, group, read_tasks, beside) for group in groups]
    return drafts


def _still(watch: Watch, done: float) -> Watch:
    """A watch for a part of the work: it passes on the wish to cancel, and no progress of its own."""

    def asked() -> bool:
        watch.step(done)  # raises Cancelled
        return False

    return Watch(None, asked)


def _is_group(log: dict[str, Any], task: str) -> bool:
    if task in object_of(log.get("groups")) or list_of(object_of(log.get("group_subtasks")).get(task)):
        return True
    configs = object_of(log.get("configs"))
    return is_modern(log) and bool(configs) and task not in configs


def _from_samples(path: Path, watch: Watch) -> Draft:
    samples = read_samples(path, watch)
    task, stamp = task_and_stamp(path)
    metrics = []
    doubts = [
        "A samples file states neither the model, nor the settings, nor how many items were planned.",
        "Read it with the results file of the same run to learn these.",
        "The task and the date are taken from the file's name."
        if task
        else "The file does not say which task it is of, nor when the run was made.",
    ]
    for column, items in samples.columns.items():
        metric, name = column
        scored = [item for item in items if item.state == "scored"]
        if column in samples.shaped or not scored:
            doubts.append(f"{metric} has no number for each item; the tool makes it up over all of them.")
            continue
        fields = metric_of(metric, items, scorer="" if name == NO_FILTER else name)
        if fields["missing"]:
            doubts.append(
                f"{fields['missing']} of {len(items)} rows have no number for {metric}; they count as missing."
            )
        metrics += [fields, *strata_of(fields)]
    doubts += sample_doubts(samples)
    if not metrics:
        raise ImportProblem(path, "holds no scores", "read the results file of the same run")
    run = {
        "title": task or "lm-evaluation-harness samples",
        "format_version": "0.4",
        "library": {"name": "lm-evaluation-harness"},
        "task": {"name": task},
        "completed_at": _moment(stamp),
        "status": "unknown",
        "counts": {
            "attempted": len(samples.documents),
            "scored": max(metric["n"] for metric in metrics if not metric.get("strata")),
        },
    }
    return Draft(run, metrics, doubts)


def _moment(stamp: str) -> str:
    """The time in a file's name, where the tool writes ``-`` for ``:``."""
    day, _, clock = stamp.partition("T")
    return f"{day}T{clock.replace('-', ':', 2)}" if clock else text_of(stamp)


IMPORTER: Final = Importer("lm-eval", "lm-evaluation-harness results and samples", sniff, read)

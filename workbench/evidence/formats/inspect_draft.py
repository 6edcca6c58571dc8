"""From the parts of an Inspect log to a run with metrics, and to what is doubtful about it."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from workbench.evidence.estimate import of_values
from workbench.evidence.formats.inspect_doubts import (
    KNOWN_VERSIONS,
    MAX_COLUMNS,
    Size,
    Tally,
    column_doubts,
    metric_doubts,
    scope_doubts,
    state_doubts,
    version_doubts,
)
from workbench.evidence.formats.inspect_items import Known, ScoredValues, items_of, known_items
from workbench.evidence.formats.inspect_scores import NO_ANSWER, ScoreColumn, measure
from workbench.evidence.imported import Draft
from workbench.evidence.intake import count_of, list_of, number_of, object_of, text_of
from workbench.evidence.items import LaterItems
from workbench.evidence.problems import ImportProblem
from workbench.evidence.staleness import EDITED

_SPREAD: Final = frozenset({"stderr", "bootstrap_stderr", "hierarchical_bootstrap", "std", "var", "ci"})
_RECOMPUTED: Final = frozenset({"accuracy", "mean"})
_STATUSES: Final = frozenset({"success", "error", "cancelled", "started"})
_ColumnKey = tuple[str, str]


@dataclass(slots=True)
class LogParts:
    """The parts of a log that are read.

    Attributes:
        header: the log without its samples.
        samples: one row for each sample and epoch.
        reductions: one value an item for each scorer and reducer, where the log holds them.
        doubts: what was odd about the file itself.
    """

    header: dict[str, Any]
    samples: list[Any]
    reductions: list[Any]
    doubts: list[str]


def draft_of(path: Path, parts: LogParts) -> Draft:
    """The run of a log.

    Raises:
        ImportProblem: the header does not say what was evaluated.
    """
    header = parts.header
    evaluation = object_of(header.get("eval"))
    if not evaluation:
        raise ImportProblem(path, "its eval section is missing or empty", "check that it is a log of Inspect")
    results = object_of(header.get("results"))
    columns: dict[_ColumnKey, ScoreColumn] = {}
    tally = _tally(parts.samples, columns, _only_scorer(results))
    size = _size(evaluation, results, tally)
    pruned = size.completed is not None and size.completed > tally.rows
    doubts = list(parts.doubts)
    draft = Draft(_run_fields(header, evaluation, size), [], doubts)
    version_doubts(header, draft)
    state_doubts(header, tally, doubts)
    counts = _counts(tally, size, results, pruned=pruned)
    draft.run["counts"] = counts
    if pruned:
        doubts.append(
            f"The header speaks of {size.completed} samples, the file holds {tally.rows}: the counts are the header's."
        )
    elif size.planned is not None and tally.rows < size.planned:
        doubts.append(f"{size.planned} samples were planned; the file holds {tally.rows}.")
    if draft.run["status"] == "success" and not counts["scored"] and counts["errors"]:
        draft.run["status"] = "error"
        doubts.append("The log says success, although no sample was scored; the run is taken as failed.")
    reduced = _reduced(parts.reductions) if pruned else {}
    _add_metrics(draft, results, columns, reduced, size)
    _later_items(draft, tally, size, pruned=pruned)
    if tally.edited:
        edited = f"scores of {tally.edited} of {tally.rows} samples"
        draft.run["provenance"] = {"settings": {EDITED: edited}}
    column_doubts(draft, columns, tally)
    metric_doubts(draft)
    scope_doubts(evaluation, size, draft)
    return draft


def _later_items(draft: Draft, tally: Tally, size: Size, *, pruned: bool) -> None:
    """Let each metric's items be made when they are asked for, with what the rows say about them."""

    @cache
    def known() -> dict[str, Known]:
        return {} if pruned else known_items(tally.samples)

    def later(values: ScoredValues, *, each_sample: bool) -> LaterItems:
        return LaterItems(lambda: items_of(values, known(), each_sample=each_sample))

    for metric in draft.metrics:
        if "items" in metric:
            each_sample = size.epochs <= 1 or metric["reducer"] in ("", "mean")
            metric["items"] = later(metric["items"], each_sample=each_sample)


def _tally(samples: list[Any], columns: dict[_ColumnKey, ScoreColumn], only_scorer: str) -> Tally:
    """Count the rows, and sort their score values into columns."""
    tally = Tally()
    rows = tally.samples
    for index, row in enumerate(samples):
        if isinstance(row, dict):
            item, epoch = row.get("id"), row.get("epoch", 1)
            item = item if isinstance(item, str | int) else f"#{index}"
            epoch = epoch if isinstance(epoch, int) else 1
            tally.twice += (item, epoch) in rows
            tally.last_epoch = max(tally.last_epoch, epoch)
            rows[item, epoch] = row
    tally.rows = len(rows)
    tally.items = len({item for item, _ in rows})
    for (item, _), row in rows.items():
        scores = row.get("scores")
        if not isinstance(scores, dict):
            single = row.get("score")  # the layout of early 2024
            scores = {only_scorer: single} if isinstance(single, dict) else {}
        tally.stopped += bool(row.get("limit"))
        if row.get("error"):
            tally.errors += 1
            tally.errors_with_scores += bool(scores)
            continue
        _sort_row(item, scores, columns, tally)
    return tally


def _sort_row(item: Hashable, scores: dict[str, Any], columns: dict[_ColumnKey, ScoreColumn], tally: Tally) -> None:
    usable = refused = edited = False
    for scorer, score in scores.items():
        value = score
        if isinstance(score, dict):
            value = score.get("value")
            edited = edited or bool(score.get("history"))
        if isinstance(value, dict):
            cells = [((scorer, key), cell) for key, cell in value.items()]
        elif isinstance(value, list):
            cells = [((scorer, str(index)), cell) for index, cell in enumerate(value)]
        else:
            cells = [((scorer, ""), value)]
        for key, cell in cells:
            column = columns.get(key)
            if column is None:
                if len(columns) >= MAX_COLUMNS:
                    tally.crowded = True
                    continue
                column = columns[key] = ScoreColumn()
            if column.add(item, cell):
                usable = True
            elif cell == NO_ANSWER:
                refused = True
    tally.edited += edited
    if usable:
        tally.scored += 1
    elif refused:
        tally.refused += 1
    else:
        tally.unscored += 1


def _size(evaluation: dict[str, Any], results: dict[str, Any], tally: Tally) -> Size:
    config = object_of(evaluation.get("config"))
    dataset = object_of(evaluation.get("dataset"))
    epochs = max(count_of(config.get("epochs")) or 1, tally.last_epoch)
    planned = count_of(results.get("total_samples"))
    if planned is None:
        ids = list_of(dataset.get("sample_ids"))
        available = count_of(dataset.get("samples"))
        limit = count_of(config.get("limit"))
        items = len(ids) or (available if limit is None else min(limit, available or limit))
        planned = items * epochs if items else None
    if planned is not None:
        planned = max(planned, tally.rows)
    return Size(epochs, planned, count_of(results.get("completed_samples")))


def _counts(tally: Tally, size: Size, results: dict[str, Any], *, pruned: bool) -> dict[str, int | None]:
    clusters = tally.items if size.epochs > 1 and tally.rows else None
    if pruned and size.completed is not None:
        total = size.planned or size.completed
        scored = [count_of(object_of(entry).get("scored_samples")) for entry in list_of(results.get("scores"))]
        known = [number for number in scored if number is not None]
        return {
            "planned": total,
            "attempted": total,
            "scored": max(known) if known and size.epochs == 1 else size.completed,
            "errors": max(0, total - size.completed),
        }
    return {
        "planned": size.planned,
        "attempted": tally.rows,
        "scored": tally.scored,
        "errors": tally.errors,
        "unscored": tally.unscored,
        "refused": tally.refused,
        "clusters": clusters,
    }


def _run_fields(header: dict[str, Any], evaluation: dict[str, Any], size: Size) -> dict[str, Any]:
    task = text_of(evaluation.get("task"), 600)
    model = text_of(evaluation.get("model"), 600)
    dataset = object_of(evaluation.get("dataset"))
    revision = object_of(evaluation.get("revision"))
    stats = object_of(header.get("stats"))
    status = text_of(header.get("status"))
    dirty = revision.get("dirty")
    limit = object_of(evaluation.get("config")).get("limit")
    span = " to ".join(text_of(edge) for edge in limit) if isinstance(limit, list) else text_of(limit)
    packages = object_of(evaluation.get("packages"))
    return {
        "title": " · ".join(part for part in (task, model) if part),
        "format_version": text_of(header.get("version")),
        "verified": header.get("version") in KNOWN_VERSIONS,
        "run_id": text_of(evaluation.get("eval_id")) or text_of(evaluation.get("run_id")),
        "library": {"name": "inspect_ai", "version": text_of(packages.get("inspect_ai"))},
        "task": {"name": task, "version": text_of(evaluation.get("task_version"))},
        "dataset": {"name": text_of(dataset.get("name")) or text_of(dataset.get("location"))},
        "model": {"name": model},
        "code_revision": {
            "commit": text_of(revision.get("commit")),
            "dirty": dirty if isinstance(dirty, bool) else None,
        },
        "started_at": text_of(stats.get("started_at")) or text_of(evaluation.get("created")),
        "completed_at": text_of(stats.get("completed_at")),
        "status": status if status in _STATUSES else "unknown",
        "invalidated": bool(header.get("invalidated")),
        "limit": span,
        "epochs": size.epochs,
    }


def _only_scorer(results: dict[str, Any]) -> str:
    """The scorer of a log of early 2024, which had one."""
    return text_of(object_of(results.get("scorer")).get("name")) or "score"


def _entries(results: dict[str, Any]) -> list[dict[str, Any]]:
    """The scores of the results, in today's layout."""
    if isinstance(results.get("scores"), list):
        return [entry for entry in results["scores"] if isinstance(entry, dict)]
    if isinstance(results.get("metrics"), dict):
        name = _only_scorer(results)
        return [{"name": name, "scorer": name, "metrics": results["metrics"]}]
    return []


def _reduced(reductions: list[Any]) -> dict[tuple[str, str, str], ScoreColumn]:
    """The log's own value for each item, by scorer, key and reducer."""
    found: dict[tuple[str, str, str], ScoreColumn] = {}
    for entry in map(object_of, reductions):
        scorer, reducer = text_of(entry.get("scorer")), text_of(entry.get("reducer"))
        for index, row in enumerate(map(object_of, list_of(entry.get("samples")))):
            item = row.get("sample_id")
            item = item if isinstance(item, str | int) else f"#{index}"
            value = row.get("value")
            cells = value.items() if isinstance(value, dict) else [("", value)]
            for key, cell in cells:
                found.setdefault((scorer, key, reducer), ScoreColumn()).add(item, cell)
    return found


def _add_metrics(
    draft: Draft,
    results: dict[str, Any],
    columns: dict[_ColumnKey, ScoreColumn],
    reduced: dict[tuple[str, str, str], ScoreColumn],
    size: Size,
) -> None:
    covered: set[str] = set()
    seen: set[tuple[str, str, str]] = set()
    for entry in _entries(results):
        name = text_of(entry.get("name"))
        scorer = text_of(entry.get("scorer")) or name
        covered |= {scorer, name}
        reducer = text_of(entry.get("reducer")) or ("mean" if size.epochs > 1 else "")
        metrics = object_of(entry.get("metrics"))
        column = columns.get((scorer, name)) or columns.get((scorer, "")) or columns.get((name, ""))
        kept = reduced.get((scorer, name, reducer)) or reduced.get((scorer, "", text_of(entry.get("reducer"))))
        label = scorer if name in (scorer, "") else f"{scorer}/{name}"
        for metric_name, metric in metrics.items():
            plain = re.sub(r"^inspect_ai/", "", text_of(metric_name))
            if plain in _SPREAD or (plain, label, reducer) in seen:
                continue
            seen.add((plain, label, reducer))
            fields = None
            if plain in _RECOMPUTED:
                fields = _recompute(column, kept, reducer, size)
            reported = {"value": number_of(object_of(metric).get("value")), "stderr": _stderr(metrics)}
            fields = fields or {"kind": "other", "unit": "other"}
            draft.metrics.append({"name": plain, "scorer": label, "reducer": reducer, **fields, "reported": reported})
    for (scorer, key), column in columns.items():
        if scorer not in covered:
            _add_own(draft, scorer, key, column, size)


def _recompute(column: ScoreColumn | None, kept: ScoreColumn | None, reducer: str, size: Size) -> dict[str, Any] | None:
    """A metric from the samples; from the log's reductions where those speak of more items."""
    if kept is not None and kept.values and (column is None or len(set(column.items)) < len(set(kept.items))):
        planned = None if size.planned is None else size.planned // size.epochs
        fields = of_values(kept.values, kept.items, bounded=kept.bounded)
        missing = None if planned is None else max(0, planned - len(kept.values))
        return fields | {"missing": missing, "items": (kept.items, kept.values)}
    if column is None or not column.values:
        return None
    return measure(column, reducer, size.epochs, size.planned)


def _add_own(draft: Draft, scorer: str, key: str, column: ScoreColumn, size: Size) -> None:
    """A metric for scores that the log itself sums up in none."""
    if not column.values:
        return
    reducer = "mean" if size.epochs > 1 else ""
    label = f"{scorer}/{key}" if key else scorer
    fields = measure(column, reducer, size.epochs, size.planned) or {}
    name = "accuracy" if column.bounded else "mean"
    draft.metrics.append({"name": name, "scorer": text_of(label), "reducer": reducer, **fields})
    draft.doubts.append(f"The log gives no figure for scorer {label}; {name} is computed from its samples.")


def _stderr(metrics: dict[str, Any]) -> float | None:
    for name in ("stderr", "bootstrap_stderr", "inspect_ai/stderr", "inspect_ai/bootstrap_stderr"):
        found = number_of(object_of(metrics.get(name)).get("value"))
        if found is not None:
            return found
    return None

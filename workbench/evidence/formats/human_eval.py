"""Results of human-eval and its relatives: JSON Lines, one row for each answer, saying whether it passed.

OpenAI's tool writes ``task_id, completion, result, passed``; relatives write ``is_solved`` or ``status`` and call the
answer ``solution``. The format names neither model nor date, and has no field for an answer that never came: a row
with an empty answer may be a failed attempt or a failed request, so it counts as missing.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.estimate import of_rate, of_values
from workbench.evidence.formats.pass_counts import KS, bound_where_only_passes_are_kept
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, json_lines, text_of
from workbench.evidence.items import Item
from workbench.evidence.labels import percent
from workbench.evidence.problems import ImportProblem
from workbench.evidence.statistics import missing_bounds, pass_at_k

_ITEM: Final = ("task_id", "name")
_PASSED: Final = ("passed", "is_solved", "solved", "status", "result")
_ANSWER: Final = ("completion", "solution", "generation")
_PASS_WORDS: Final = frozenset({"passed", "pass", "ok", "success", "solved", "true"})
_FAIL_WORDS: Final = frozenset({"failed", "fail", "failure", "timed out", "timeout", "false", "incorrect", "unsolved"})
_TASKS: Final = {"HumanEval": 164}
_MAX_ROWS: Final = 1_000_000
_MAX_KEPT: Final = 200_000
"""Most rows kept for a comparison item by item; a file of more gives figures only."""
_TASK_TEXT: Final = ("prompt", "test")


@dataclass(slots=True)
class _Rows:
    """What the rows say, added up as they are read."""

    total: int = 0
    values: list[float] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    empty: Counter[str] = field(default_factory=Counter)
    empty_passed: int = 0
    timed_out: int = 0
    unclear: Counter[str] = field(default_factory=Counter)
    without_answer_field: int = 0
    contradictions: int = 0
    all_items: dict[str, None] = field(default_factory=dict)
    kept: list[Item] = field(default_factory=list)


def sniff(head: Head, _path: Path, options: ReadOptions) -> int:
    """JSON Lines whose first row names a task and a result, or a task and an answer."""
    keys = set(head.keys)
    if options.columns:
        return 90 if keys & set(options.columns.values()) else 0
    if not keys & set(_ITEM) or "entry_type" in keys or "filter" in keys:
        return 0
    if keys & {"passed", "is_solved", "solved"}:
        return 80
    return 50 if keys & set(_ANSWER) else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """The one run of the file.

    Raises:
        ImportProblem: a row is no object, or no row has a result.
        Cancelled: the user asked to stop.
    """
    rows = _Rows()
    columns = _columns(options)
    for number, row in json_lines(path, watch):
        if not isinstance(row, dict):
            raise ImportProblem(path, f"line {number:,} is no JSON object", "check what wrote the file")
        if rows.total >= _MAX_ROWS:
            raise ImportProblem(path, f"holds more than {_MAX_ROWS:,} rows", "split it")
        _take(rows, row, columns, number)
    if not rows.total:
        raise ImportProblem(path, "holds no rows", "check that the run was written")
    if rows.unclear["none"] == rows.total:
        raise ImportProblem(
            path, "holds answers but no results", "run the tool's evaluation step and read the file it writes"
        )
    return [_draft(rows, options)]


def _columns(options: ReadOptions) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    mapped = options.columns
    return (
        (mapped["item"],) if "item" in mapped else _ITEM,
        (mapped["passed"],) if "passed" in mapped else _PASSED,
        (mapped["answer"],) if "answer" in mapped else _ANSWER,
    )


def _outcome(value: object) -> bool | str:
    """Whether a result field says passed; or the word that says neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return value == 1
    if isinstance(value, str):
        word = value.strip().lower()
        if word in _PASS_WORDS:
            return True
        if word in _FAIL_WORDS or word.startswith("failed:"):
            return False
        return text_of(value, 40) or "none"
    return "none"


def _take(rows: _Rows, row: dict[str, Any], columns: tuple[tuple[str, ...], ...], number: int) -> None:
    names, results, answers = columns
    item = next((text_of(row[name]) for name in names if text_of(row.get(name))), "") or f"row {number}"
    found = [_outcome(row[name]) for name in results if row.get(name) is not None]
    said = [value for value in found if isinstance(value, bool)]
    outcome = said[0] if said else (found[0] if found else "none")
    rows.total += 1
    rows.all_items[item] = None
    rows.contradictions += len(set(said)) > 1
    field_name = next((name for name in answers if name in row), None)
    rows.without_answer_field += field_name is None
    answer = row[field_name] if field_name is not None else "?"
    empty = answer is None or (isinstance(answer, str) and not answer.strip())
    if rows.total <= _MAX_KEPT:
        rows.kept.append(_item(item, row, outcome, empty=empty))
    if isinstance(outcome, str):
        rows.unclear[outcome] += 1
    elif empty and not outcome:
        rows.empty[item] += 1
    else:
        rows.values.append(float(outcome))
        rows.items.append(item)
        rows.empty_passed += empty
        rows.timed_out += any(isinstance(row.get(name), str) and "timed out" in row[name] for name in results)


def _item(item: str, row: dict[str, Any], outcome: bool | str, *, empty: bool) -> Item:
    """The row for whoever compares runs; the task's text tells whether two files mean the same task by one name."""
    text = "\0".join(value for name in _TASK_TEXT if isinstance(value := row.get(name), str))
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest() if text else ""
    if isinstance(outcome, str):
        return Item(item, None, "unscored", digest=digest)
    if empty and not outcome:
        return Item(item, None, "error", digest=digest)
    return Item(item, float(outcome), digest=digest)


def _draft(rows: _Rows, options: ReadOptions) -> Draft:
    doubts: list[str] = []
    values, items = list(rows.values), list(rows.items)
    empty = rows.empty.total()
    if options.empty_answers_fail and empty:
        values += [0.0] * empty
        items += list(rows.empty.elements())
        rows.kept = [item._replace(score=0.0, state="scored") if item.state == "error" else item for item in rows.kept]
        doubts.append(
            f"{empty} of {rows.total} rows hold no answer; they are counted as failures, as the reader was told."
        )
        empty = 0
    unscored = rows.unclear.total()
    missing = empty + unscored
    distinct = len(rows.all_items)
    repeats = distinct < rows.total
    metrics = [{"name": "pass_rate", "missing": missing, **of_rate(values, items)}]
    if rows.total == len(rows.kept):
        metrics[0]["items"] = tuple(rows.kept)
    if empty:
        _doubt_empty(rows, empty, metrics[0], doubts)
    if unscored:
        words = ", ".join(f"{count} x {word}" for word, count in rows.unclear.most_common(3))
        doubts.append(
            f"{unscored} of {rows.total} rows have no result that says passed or failed ({words}); they count as "
            "missing."
        )
    if missing:
        doubts.append("pass@k is not given: it is not defined where rows are missing.")
    elif values:
        metrics += _pass_at(values, items)
    doubts += _general_doubts(rows, distinct)
    task, known = _task(rows)
    if known and distinct != known:
        doubts.append(f"{task} has {known} tasks; this file holds {distinct}.")
    doubts.append("The format does not say which model was measured, when, or whether the run ended normally.")
    run = {
        "title": task or "human-eval results",
        "task": {"name": task},
        "dataset": {"name": task},
        "status": "unknown",
        "counts": {
            "planned": rows.total,
            "attempted": rows.total,
            "scored": len(values),
            "errors": empty,
            "unscored": unscored,
            "clusters": distinct if repeats else None,
        },
    }
    return Draft(run, metrics, doubts)


def _doubt_empty(rows: _Rows, empty: int, metric: dict[str, Any], doubts: list[str]) -> None:
    passed = int(sum(rows.values))
    worst, best = missing_bounds(passed, len(rows.values), empty + rows.unclear.total())
    doubts.append(
        f"{empty} of {rows.total} rows hold no answer. They may be failed attempts or failed requests, so they count "
        f"as missing: the pass rate lies between {percent(worst)} (all failed) and {percent(best)} (all passed)."
    )
    only_passes = bound_where_only_passes_are_kept(metric)
    if only_passes:
        doubts.append(only_passes)


def _pass_at(values: list[float], items: list[str]) -> list[dict[str, Any]]:
    n: Counter[str] = Counter(items)
    passed: Counter[str] = Counter()
    for value, item in zip(values, items, strict=True):
        passed[item] += int(value)
    metrics: list[dict[str, Any]] = []
    for k in KS:
        if k > min(n.values()):
            break
        per_task = [pass_at_k(n[item], passed[item], k) for item in n]
        fields = of_values(per_task, list(n), bounded=True)
        metrics.append({"name": f"pass@{k}", "missing": 0, **fields, "kind": "pass_at_k", "k": k})
    return metrics


def _general_doubts(rows: _Rows, distinct: int) -> list[str]:
    doubts = []
    if rows.timed_out:
        doubts.append(
            f"{rows.timed_out} of {rows.total} answers timed out; they count as failures, as the tool counts them."
        )
    if rows.without_answer_field == rows.total:
        doubts.append("The file holds no answers, so empty ones cannot be told from wrong ones.")
    if rows.empty_passed:
        doubts.append(
            f"{rows.empty_passed} of {rows.total} rows hold no answer and are marked as passed; they are counted so."
        )
    if rows.contradictions:
        doubts.append(
            f"{rows.contradictions} of {rows.total} rows contradict themselves; the first result field was taken."
        )
    if distinct < rows.total:
        doubts.append(
            f"{rows.total} answers to {distinct} tasks: answers to one task are not independent, so the interval is "
            "widened for them."
        )
    return doubts


def _task(rows: _Rows) -> tuple[str, int | None]:
    """The set the tasks come from, where every id begins with its name, and how many tasks it has."""
    prefixes = {item.rsplit("/", 1)[0] if "/" in item else "" for item in rows.all_items}
    name = prefixes.pop() if len(prefixes) == 1 else ""
    return name, _TASKS.get(name)


IMPORTER: Final = Importer("human-eval", "human-eval results (JSON Lines)", sniff, read)

"""Results of EvalPlus and of BigCodeBench, which grew from it: one JSON object, answers by task.

EvalPlus runs the original tests (``base``) and its own (``plus``); an answer passes "plus" only where it passes both.
Up to version 0.1 a task holds ``nfiles, base, plus``; later one row for each answer with ``base_status`` and
``plus_status``; BigCodeBench has a single ``status``, and writes its figures to a file of their own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.pass_counts import (
    MAX_SAMPLES,
    bound_where_only_passes_are_kept,
    missing_doubt,
    pass_metrics,
    reported_of,
)
from workbench.evidence.formats.reported import figure_doubts, line_of, neighbours
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, list_of, number_of, object_of, read_json, text_of
from workbench.evidence.items import Item
from workbench.evidence.labels import percent
from workbench.evidence.problems import ImportProblem

_FIELDS: Final = re.compile(r'"(?:base_status|plus_status|nfiles|status|solution)"\s*:')
_PASS: Final = frozenset({"pass", "passed", "success"})
_FAIL: Final = frozenset({"fail", "failed", "timeout", "timed out"})
_TIMEOUT: Final = frozenset({"timeout", "timed out"})
_SIZES: Final = {"HumanEval": (164,), "Mbpp": (378, 399), "BigCodeBench": (1140, 148)}
_NAMES: Final = {"HumanEval": "HumanEval+", "Mbpp": "MBPP+"}
_SEVERAL: Final = 3
"""Fewer answers may all time out for reasons of their own."""
_ENDING: Final = "eval_results.json"
_WRITTEN: Final = re.compile(
    r"(.+)_(vllm|hf|openai|anthropic|google|bedrock|mistral|ollama|gptqmodel)_temp_(\d+(?:\.\d+)?)[._-]"
)


@dataclass(slots=True)
class _Answers:
    """What the file says, one item for each answer and kind of tests."""

    items: dict[str, list[Item]] = field(default_factory=lambda: {"base": [], "plus": [], "": []})
    total: int = 0
    empty: int = 0
    timed_out: int = 0
    words: Counter[str] = field(default_factory=Counter)
    malformed: int = 0
    with_text: int = 0
    plus_only: int = 0
    plus_known: int = 0
    tasks: dict[str, None] = field(default_factory=dict)
    old: bool = False


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A JSON object with ``eval`` whose rows have the statuses of tests."""
    keys = set(head.keys)
    if "eval" not in keys or keys & {"status", "version", "plan", "results"} or '"min_correct"' in head.text:
        return 0
    if _FIELDS.search(head.text):
        return 85
    return 60 if {"date", "eval"} <= keys else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """The one run of the file.

    Raises:
        ImportProblem: it is broken, or holds no results of tests.
        Cancelled: the user asked to stop.
    """
    log = object_of(read_json(path))
    watch.step(0.5)
    tasks = object_of(log.get("eval"))
    if not tasks:
        raise ImportProblem(path, "holds no results", "check that the evaluation ran to its end")
    if sum(map(_size, tasks.values())) > MAX_SAMPLES:
        raise ImportProblem(path, f"holds more than {MAX_SAMPLES:,} answers", "split it")
    answers = _Answers()
    for task, entry in tasks.items():
        name = line_of(task) or "?"
        for row in _rows(entry, answers):
            _take(answers, name, row, options)
    watch.step(0.8)
    if not answers.total:
        raise ImportProblem(path, "has no row with the status of a test", "check what wrote the file")
    return [_draft(path, log, answers, options)]


def _size(entry: object) -> int:
    """How many answers a task has at most."""
    return len(entry) if isinstance(entry, list) else len(list_of(object_of(entry).get("base")))


def _rows(entry: object, answers: _Answers) -> Iterator[dict[str, Any]]:
    """One row for each answer to a task, in the newer layout."""
    if isinstance(entry, list):
        for row in entry:
            if isinstance(row, dict) and row.keys() & {"base_status", "plus_status", "status"}:
                yield row
            else:
                answers.malformed += 1
    elif isinstance(entry, dict) and isinstance(entry.get("base"), list):
        answers.old = True
        plus = list_of(entry.get("plus"))
        for index, base in enumerate(entry["base"]):
            yield {"base_status": _first(base), "plus_status": _first(plus[index]) if index < len(plus) else None}
    else:
        answers.malformed += 1


def _first(result: object) -> object:
    return result[0] if isinstance(result, list) and result else result


def _passed(word: object, answers: _Answers) -> bool | None:
    if isinstance(word, str):
        plain = word.strip().lower()
        if plain in _PASS:
            return True
        if plain in _FAIL:
            return False
    answers.words["null" if word is None else text_of(word, 40) or "?"] += 1
    return None


def _take(answers: _Answers, task: str, row: dict[str, Any], options: ReadOptions) -> None:
    answers.total += 1
    answers.tasks[task] = None
    solution = row.get("solution")
    answers.with_text += isinstance(solution, str)
    empty = isinstance(solution, str) and not solution.strip()
    if "status" in row and "base_status" not in row:
        verdicts = {"": _passed(row["status"], answers)}
    else:
        base = _passed(row.get("base_status"), answers)
        verdicts = {"base": base, "plus": None}
        if row.get("plus_status") is not None:
            answers.plus_known += 1
            plus = _passed(row["plus_status"], answers)
            answers.plus_only += plus is True and base is False
            verdicts["plus"] = None if plus is None or base is None else base and plus
    words = (row.get(name) for name in ("status", "base_status", "plus_status"))
    answers.timed_out += any(isinstance(word, str) and word.strip().lower() in _TIMEOUT for word in words)
    absent = empty and not any(verdicts.values()) and not options.empty_answers_fail
    answers.empty += empty and not any(verdicts.values())
    for scorer, passed in verdicts.items():
        if absent:
            answers.items[scorer].append(Item(task, state="error"))
        elif passed is None:
            answers.items[scorer].append(Item(task, state="unscored"))
        else:
            answers.items[scorer].append(Item(task, float(passed)))


def _draft(path: Path, log: dict[str, Any], answers: _Answers, options: ReadOptions) -> Draft:
    single = bool(answers.items[""])
    doubts: list[str] = []
    summary, companions = _summary(path, options, doubts) if single else ({}, ())
    metrics: list[dict[str, Any]] = []
    said = object_of(log.get("pass_at_k"))
    for scorer in ("", "base", "plus"):
        items = answers.items[scorer]
        if items and (scorer != "plus" or answers.plus_known):
            reported = reported_of(said.get(scorer) if scorer else (summary or said))
            made = pass_metrics(items, scorer, reported)
            doubts += _missing(answers, made[0], scorer)
            metrics += made
    main = answers.items[""] or answers.items["base"]
    distinct = len(answers.tasks)
    doubts += _answer_doubts(answers, options, distinct)
    doubts += _scope_doubts(answers, summary, single=single)
    doubts += figure_doubts(metrics)
    task = _task_of(answers.tasks)
    model, settings, hint = _model_of(path, summary)
    doubts.append(hint)
    doubts += _known_sizes(task, distinct)
    date = text_of(log.get("date"), 40)
    doubts.append(
        "The date is that of the evaluation, in local time; when the answers were made is not said."
        if date
        else "The file does not say when the run was made."
    )
    doubts.append("The format does not say which version of the tool wrote it, or whether all answers came as planned.")
    states = Counter(item.state for item in main)
    run = {
        "title": " · ".join(part for part in (_NAMES.get(task, task) or "Code generation results", model) if part),
        "format": "bigcodebench" if single else "evalplus",
        "library": {"name": "bigcodebench" if single else "evalplus"},
        "task": {"name": task},
        "dataset": {"name": _NAMES.get(task, task), "version": text_of(log.get("hash"), 100)},
        "model": {"name": model},
        "started_at": date.replace(" ", "T", 1),
        "status": "error" if _never_ran(answers) else "unknown",
        "counts": {
            "planned": answers.total,
            "attempted": answers.total,
            "scored": states["scored"],
            "errors": states["error"],
            "unscored": states["unscored"],
            "clusters": distinct if distinct < answers.total else None,
        },
        "provenance": {"settings": settings},
    }
    return Draft(run, metrics, [doubt for doubt in doubts if doubt], companions=companions)


def _missing(answers: _Answers, rate: dict[str, Any], scorer: str) -> list[str]:
    if not rate["missing"]:
        return []
    what = f"{rate['missing']} of {answers.total} answers have no result{f' of the {scorer} tests' if scorer else ''}"
    if answers.empty:
        what += f", {answers.empty} of them because the answer is empty"
    return [missing_doubt(rate, what), bound_where_only_passes_are_kept(rate)]


def _never_ran(answers: _Answers) -> bool:
    """Whether every answer timed out, which is what these tools write where the tests could not be started at all."""
    return answers.timed_out == answers.total >= _SEVERAL


def _answer_doubts(answers: _Answers, options: ReadOptions, distinct: int) -> list[str]:
    total = answers.total
    doubts = []
    if answers.empty and options.empty_answers_fail:
        doubts.append(
            f"{answers.empty} of {total} rows hold no answer; they are counted as failures, as the reader was told."
        )
    if answers.malformed:
        doubts.append(f"{answers.malformed} entries are of a shape that is not known; they are left out.")
    unclear = {word: count for word, count in answers.words.items() if word != "null"}
    if unclear:
        words = ", ".join(f"{count} x {word}" for word, count in Counter(unclear).most_common(3))
        doubts.append(f"Some statuses say neither passed nor failed ({words}).")
    if _never_ran(answers):
        doubts.append("Every answer timed out, so the tests most likely did not run; the run is taken as failed.")
    elif answers.timed_out:
        doubts.append(f"{answers.timed_out} of {total} answers timed out; they count as failures, as the tool does it.")
    if not answers.with_text:
        doubts.append("The file holds no answers, so empty ones cannot be told from wrong ones.")
    if distinct < total:
        doubts.append(
            f"{total} answers to {distinct} tasks: answers to one task are not independent, so the interval is widened "
            "for them."
        )
    return doubts


def _scope_doubts(answers: _Answers, summary: dict[str, Any], *, single: bool) -> list[str]:
    doubts = []
    if answers.plus_only:
        doubts.append(
            f"{answers.plus_only} of {answers.total} answers pass the plus tests but fail the base tests; they count "
            "as failed, for plus needs both."
        )
    if not single and not answers.plus_known:
        doubts.append("Only the base tests were run; they are known to let wrong answers pass.")
    if answers.old:
        doubts.append("The file has the layout of EvalPlus 0.1, before its data sets were corrected.")
    rate = number_of(summary.get("gt_pass_rate"))
    if rate is not None and 0 <= rate < 0.99:
        doubts.append(
            f"Only {percent(rate)} of the reference solutions passed where this was run, so correct answers may have "
            "failed too."
        )
    return doubts


def _summary(path: Path, options: ReadOptions, doubts: list[str]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    """BigCodeBench's ``pass_at_k.json`` beside its results; one that is broken costs only what it would tell."""
    wanted = path.name.replace(_ENDING, "pass_at_k.json")
    for other in neighbours(path, options):
        if other.name == wanted and wanted != path.name:
            try:
                return object_of(read_json(other)), (other,)
            except ImportProblem as problem:
                doubts.append(f"{wanted} beside the results could not be read: {problem.what}.")
    return {}, ()


def _task_of(tasks: dict[str, None]) -> str:
    prefixes = {task.rsplit("/", 1)[0] if "/" in task else "" for task in tasks}
    return prefixes.pop() if len(prefixes) == 1 else ""


def _known_sizes(task: str, distinct: int) -> list[str]:
    sizes = _SIZES.get(task, ())
    if not sizes or distinct in sizes:
        return []
    known = " or ".join(str(size) for size in sizes)
    return [f"{_NAMES.get(task, task)} has {known} tasks; this file holds {distinct}."]


def _model_of(path: Path, summary: dict[str, Any]) -> tuple[str, dict[str, str], str]:
    """The model, settings, and a doubt about where they come from."""
    names = ("model", "split", "subset", "calibrated")
    settings = {name: text_of(summary.get(name), 200) or str(summary[name]) for name in names[1:] if name in summary}
    named = text_of(summary.get("model"), 300)
    if named:
        return plain_model(named), settings, ""
    head, found, _ = path.name.partition("--bigcodebench-")
    if found:
        return plain_model(head), settings, "The model is taken from the file's name; the format does not state it."
    model, more = written_in(path)
    if model:
        return model, settings | more, "The model is taken from the file's name; the format does not state it."
    return "", settings, f"The format does not say which model was measured; the file is called {path.name}."


def plain_model(text: str) -> str:
    """A model's name as its maker writes it: these tools write ``--`` for ``/``."""
    return text_of(text.replace("--", "/", 1), 300)


def written_in(path: Path) -> tuple[str, dict[str, str]]:
    """Model and settings of a file whose name EvalPlus itself made, as ``<model>_<backend>_temp_<t>``; else nothing."""
    match = _WRITTEN.match(path.name)
    if match is None:
        return "", {}
    return plain_model(match[1]), {"backend": match[2], "temperature": match[3]}


IMPORTER: Final = Importer("evalplus", "EvalPlus and BigCodeBench results", sniff, read)

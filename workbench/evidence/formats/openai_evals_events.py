"""The lines of an OpenAI evals log, sorted by run: what was set, what happened to each sample, what was reported."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.reported import check_lines, line_of, score_of
from workbench.evidence.intake import Watch, json_lines, object_of, text_of
from workbench.evidence.problems import ImportProblem

_MAX_LINES: Final = 500_000
_MAX_VALUES: Final = 600_000
_MAX_COLUMNS: Final = 200
_MAX_RUNS: Final = 500
_MAX_CHOICES: Final = 30
_CORRECT: Final = "correct"


@dataclass(slots=True)
class EvalLog:
    """One run of a log.

    Attributes:
        spec: what was run; empty where the line is missing.
        report: the final report; None where the run did not come to one.
        samples: sample ids in the order of their first event, with the kinds of their events.
        scores: (sample, score) of each match event under ``""`` and of each number of the metrics events by its name;
            a score is None where there is no number.
        choices: (sample, choice) of each metrics event of a model that grades.
        errors: samples with an error event.
        served: names of models that answered, as the answers say.
        empty: samples whose only answers are empty.
        last: time of the latest event.
    """

    spec: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] | None = None
    samples: dict[str, set[str]] = field(default_factory=dict)
    scores: dict[str, list[tuple[str, float | None]]] = field(default_factory=dict)
    choices: list[tuple[str, str]] = field(default_factory=list)
    errors: set[str] = field(default_factory=set)
    served: Counter[str] = field(default_factory=Counter)
    empty: set[str] = field(default_factory=set)
    events: int = 0
    strange: int = 0
    unnamed: int = 0
    crowded: bool = False
    last: str = ""


def read_logs(path: Path, watch: Watch) -> dict[str, EvalLog]:
    """The runs of a file by their ids, in the order of their first lines.

    Raises:
        ImportProblem: the file is broken, or no line is of such a log.
        Cancelled: the user asked to stop.
    """
    logs: dict[str, EvalLog] = {}
    check_lines(path, _MAX_LINES)
    known = values = 0
    for _, value in json_lines(path, watch, 0.8):
        if values > _MAX_VALUES:
            raise ImportProblem(path, f"holds more than {_MAX_VALUES:,} scores", "split it")
        line = object_of(value)
        spec, report = line.get("spec"), line.get("final_report")
        run_id = line_of(object_of(spec).get("run_id") if isinstance(spec, dict) else line.get("run_id"))
        if run_id not in logs and len(logs) >= _MAX_RUNS:
            raise ImportProblem(path, f"holds more than {_MAX_RUNS} runs", "split it")
        log = logs.setdefault(run_id, EvalLog())
        known += 1
        if isinstance(spec, dict):
            log.spec = spec
        elif "final_report" in line:
            log.report = object_of(report)
        elif isinstance(line.get("type"), str):
            values += _take(log, line)
        else:
            log.strange += 1
            known -= 1
    if not known:
        raise ImportProblem(path, "holds no line of an evaluation", "check what wrote the file")
    return {run_id: log for run_id, log in logs.items() if log.spec or log.events or log.report is not None}


def _take(log: EvalLog, line: dict[str, Any]) -> int:
    """Take one event; how many scores it had."""
    log.events += 1
    sample = line_of(line.get("sample_id"))
    if not sample:
        log.unnamed += 1
        sample = f"event {text_of(line.get('event_id'), 40) or log.events}"
    kind = line["type"]
    log.samples.setdefault(sample, set()).add(kind if kind in ("match", "metrics", "sampling", "error") else "other")
    log.last = max(log.last, line_of(line.get("created_at"), 60))
    data = line.get("data")
    fields = object_of(data)
    if kind == "match":
        log.scores.setdefault("", []).append((sample, score_of(fields.get(_CORRECT))))
        return 1
    if kind == "metrics":
        return _metrics(log, sample, fields)
    if kind == "error":
        log.errors.add(sample)
    elif kind == "sampling":
        served = line_of(fields.get("model"))
        if served:
            log.served[served] += 1
        if _is_empty(fields.get("sampled")):
            log.empty.add(sample)
        else:
            log.empty.discard(sample)
    return 0


def _is_empty(answer: object) -> bool:
    texts = answer if isinstance(answer, list) else [answer]
    return all(text is None or (isinstance(text, str) and not text.strip()) for text in texts)


def _metrics(log: EvalLog, sample: str, fields: dict[str, Any]) -> int:
    taken = 0
    for key, value in fields.items():
        name = line_of(key, 100)
        if name == "choice" and isinstance(value, str):
            choice = line_of(value, 60)
            taken += 1
            log.choices.append((sample, choice))
        elif name and (value is None or isinstance(value, bool | int | float)):
            if name not in log.scores and len(log.scores) >= _MAX_COLUMNS:
                log.crowded = True
                continue
            taken += 1
            log.scores.setdefault(name, []).append((sample, score_of(value)))
    return taken


def choice_names(log: EvalLog) -> list[str]:
    """The choices that a grading model made, the most frequent first; free text is none."""
    counted = Counter(choice for _, choice in log.choices)
    return [choice for choice, _ in counted.most_common(_MAX_CHOICES)] if len(counted) <= _MAX_CHOICES else []

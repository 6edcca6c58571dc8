"""Logs of OpenAI evals: JSON Lines of a spec, events and a final report, in no fixed order.

A log without a final report is of a run that was interrupted. Rates are computed from the events; the report's
``boostrap_std`` (so spelt by the tool) comes from samples of half the size and is too wide, and is only shown.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.openai_evals_events import EvalLog, choice_names, read_logs
from workbench.evidence.formats.reported import figure_doubts, figures_of, only_reported
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, count_of, list_of, number_of, object_of, text_of
from workbench.evidence.items import Item, ItemState, metric_of
from workbench.evidence.problems import ImportProblem

_SPEC: Final = re.compile(r'\s*\{\s*"spec"\s*:\s*\{')
_SPEC_FIELDS: Final = ("completion_fns", "eval_name", "base_eval", "run_config", "model_name")
_EVENT: Final = frozenset({"run_id", "event_id", "sample_id", "type", "data"})
_INVALID: Final = "__invalid__"
_SPREADS: Final = ("boostrap_std", "bootstrap_std")
_UNREPORTED: Final = re.compile(r"counts/.*|usage_.*|boostrap_std|bootstrap_std", re.DOTALL)
_MAX_REPORTED: Final = 100


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A first line that is a spec, an event with its run, or a final report."""
    keys = set(head.keys)
    if keys == {"spec"} or _SPEC.match(head.text):
        return 92 if any(f'"{name}"' in head.text for name in _SPEC_FIELDS) else 0
    if keys >= _EVENT or keys == {"final_report", "run_id"}:
        return 88
    return 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The runs of the log, mostly one.

    Raises:
        ImportProblem: it is broken, or holds no evaluation.
        Cancelled: the user asked to stop.
    """
    logs = read_logs(path, watch)
    if not logs:
        raise ImportProblem(path, "holds no line of an evaluation", "check what wrote the file")
    return [_draft(run_id, log) for run_id, log in logs.items()]


def _draft(run_id: str, log: EvalLog) -> Draft:
    doubts: list[str] = []
    metrics = _metrics(log)
    scored = {sample for values in log.scores.values() for sample, score in values if score is not None}
    scored |= {sample for sample, choice in log.choices if choice != _INVALID}
    run = _about(run_id, log, doubts)
    run["status"] = "started" if log.report is None else "success"
    if log.report is None:
        doubts.insert(
            0, "The log has no final report: the run was interrupted, or had not ended when the file was copied."
        )
    elif log.samples and not scored:
        run["status"] = "error"
        doubts.insert(0, "The log has a final report, although no sample was scored; the run is taken as failed.")
    failed = log.errors - scored
    total = len(log.samples)
    run["counts"] = {
        "attempted": total,
        "scored": len(scored),
        "errors": len(failed),
        "unscored": total - len(scored) - len(failed),
    }
    doubts += _event_doubts(log, scored, failed) + _report_doubts(log, metrics) + figure_doubts(metrics)
    return Draft(run, metrics, doubts, key=run_id)


def _metrics(log: EvalLog) -> list[dict[str, Any]]:
    report = dict(log.report or {})
    spread = next((number_of(report[name]) for name in _SPREADS if name in report), None)
    metrics: list[dict[str, Any]] = []
    for name, values in log.scores.items():
        if not name or any(score is not None for _, score in values):
            label = name or ("match" if "accuracy" in log.scores else "accuracy")
            given = number_of(report.pop(label, None))
            error = spread if label == "accuracy" else None
            items = _items(log, values)
            metrics.append(metric_of(label, items, scorer="" if name else "match", **figures_of(given, error)))
    graded = [(sample, choice) for sample, choice in log.choices if choice != _INVALID]
    for choice in choice_names(log):
        if choice != _INVALID:
            values = [(sample, float(chosen == choice)) for sample, chosen in graded]
            metrics.append(metric_of(f"choice {choice}", _items(log, values), scorer="grader"))
    for name, value in list(report.items())[:_MAX_REPORTED]:
        figure = number_of(value)
        if figure is not None and not _UNREPORTED.fullmatch(name):
            metrics.append(only_reported(text_of(name, 100), figure, scorer="report"))
    return metrics


def _items(log: EvalLog, values: Sequence[tuple[str, float | None]]) -> list[Item]:
    """An item for each score, and one for each sample that came to none."""
    items = [Item(sample, score, "unscored" if score is None else "scored") for sample, score in values]
    told = {sample for sample, _ in values}
    for sample in log.samples:
        if sample not in told:
            state: ItemState = "error" if sample in log.errors else "unscored"
            items.append(Item(sample, None, state))
    return items


def _about(run_id: str, log: EvalLog, doubts: list[str]) -> dict[str, Any]:
    """Fields of the run that its spec states."""
    spec = log.spec
    if not spec:
        doubts.append("The log has no spec: it does not say what was evaluated, nor with which model.")
    config = object_of(spec.get("run_config"))
    evaluation = object_of(config.get("eval_spec"))
    functions = [text_of(name, 300) for name in list_of(spec.get("completion_fns"))]
    functions = [name for name in functions if name] or [
        name for name in [text_of(spec.get("model_name"), 300)] if name
    ]
    graded = "modelgraded" in text_of(evaluation.get("cls"), 300) or bool(log.choices)
    judges = functions[-1:] if graded else []
    measured = functions[:-1] if graded and len(functions) > 1 else functions
    version = _served(log, graded=graded, doubts=doubts)
    if graded:
        doubts.append(
            f"The model {judges[0]} graded its own answers."
            if judges and measured == judges
            else f"The scores are the judgement of a model ({judges[0] if judges else 'not named'}), not of a test."
        )
    if "dummy" in measured:
        doubts.append("The model is the tool's dummy: no real model was measured.")
    elif spec and not measured:
        doubts.append("The spec does not name the model.")
    limit = count_of(config.get("max_samples"))
    doubts.append(
        f"At most {limit} samples were run (max_samples); how many the data set has is not said."
        if limit is not None
        else "The log does not say how many samples the data set has."
    )
    doubts.append("The log does not state the tool's version.")
    name = text_of(spec.get("eval_name"), 300)
    arguments = object_of(evaluation.get("args"))
    told: dict[str, Any] = {
        "seed": config.get("seed"),
        "class": evaluation.get("cls"),
    }
    told |= {f"args {key}": value for key, value in list(arguments.items())[:40]}
    settings = {text_of(key, 100): text_of(value, 500) for key, value in told.items()}
    return {
        "title": " · ".join(part for part in (name, ", ".join(measured)) if part) or "OpenAI evals log",
        "run_id": run_id,
        "library": {"name": "openai-evals"},
        "task": {"name": text_of(spec.get("base_eval"), 300) or name, "version": _version(name)},
        "dataset": {
            "name": text_of(arguments.get("samples_jsonl"), 300) or name,
            "version": text_of(spec.get("split"), 100),
        },
        "model": {"name": text_of(", ".join(measured), 600), "version": version},
        "started_at": _moment(spec.get("created_at")),
        "completed_at": _moment(log.last) if log.report is not None else "",
        "limit": "" if limit is None else str(limit),
        "provenance": {"settings": {key: text for key, text in settings.items() if key and text}, "judges": judges},
    }


def _version(name: str) -> str:
    """The version at the end of an evaluation's name, such as ``test-match.s1.simple-v0``."""
    match = re.search(r"[.-](v\d+)$", name)
    return match[1] if match else ""


def _served(log: EvalLog, *, graded: bool, doubts: list[str]) -> str:
    """The model that the answers say they are from, where it is one."""
    if not log.served:
        return ""
    names = [name for name, _ in log.served.most_common(4)]
    if len(log.served) == 1:
        return names[0]
    what = "a grading model's among them" if graded else "so the run mixes models"
    doubts.append(f"The answers come from {len(log.served)} models ({', '.join(names)}), {what}.")
    return ""


def _moment(value: object) -> str:
    """A time as the tool writes it, which is UTC, with or without saying so."""
    text = text_of(value, 60).replace(" ", "T", 1)
    return text if not text or "+" in text or text.endswith("Z") else f"{text}+00:00"


def _event_doubts(log: EvalLog, scored: set[str], failed: set[str]) -> list[str]:
    total = len(log.samples)
    doubts = []
    if failed:
        doubts.append(f"{len(failed)} of {total} samples ended in an error; they count as missing.")
    without = total - len(scored) - len(failed)
    if without > 0 and scored:
        doubts.append(f"{without} of {total} samples were not scored; they count as missing.")
    invalid = sum(choice == _INVALID for _, choice in log.choices)
    if invalid:
        doubts.append(f"The grading model gave no usable judgement {invalid} times; these count as missing.")
    if log.choices and not choice_names(log):
        doubts.append("The grading model's choices are free text; they are not counted.")
    silent = len(log.empty & scored)
    if silent:
        doubts.append(
            f"{silent} of {total} samples have only empty answers; the tool scores them like any other, although they "
            "may be requests that failed."
        )
    if log.unnamed:
        doubts.append(f"{log.unnamed} events name no sample; each is taken as a sample of its own.")
    if log.strange:
        doubts.append(f"{log.strange} lines are neither spec, event nor report; they are left out.")
    if log.crowded:
        doubts.append("The events have more kinds of figures than are read; the others are left out.")
    repeats = {name: Counter(sample for sample, _ in values) for name, values in log.scores.items()}
    if any(counter and max(counter.values()) > 1 for counter in repeats.values()):
        doubts.append("Samples were scored several times; scores of one sample are not independent.")
    return doubts


def _report_doubts(log: EvalLog, metrics: Sequence[dict[str, Any]]) -> list[str]:
    """What the report's own numbers are worth."""
    doubts = []
    report = log.report or {}
    if any(name in report for name in _SPREADS) and any(metric["name"] == "accuracy" for metric in metrics):
        doubts.append(
            "The report's bootstrap error comes from samples of half the size, so it is too wide; the interval here is "
            "computed from the events."
        )
    counted = Counter(choice for _, choice in log.choices)
    for name, value in list(report.items())[:_MAX_REPORTED]:
        choice = text_of(name.removeprefix("counts/"), 60)
        count = count_of(value)
        if name.startswith("counts/") and count is not None and log.choices and count != counted[choice]:
            doubts.append(f"The report counts {count} x {choice}, the events {counted[choice]}.")
    if log.report is not None and not log.events:
        doubts.append("The log holds no events, so nothing could be recomputed.")
    return doubts[:20]


IMPORTER: Final = Importer("openai-evals", "OpenAI evals logs", sniff, read)

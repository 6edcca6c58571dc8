"""promptfoo: JSON of versions 1, 2 and 3, the object its Node API returns, JSON Lines, and CSV of all layouts.

One run for each provider and prompt. Tests without assertions pass whatever the answer is, so they prove nothing and
are left out; errors of the provider are missing, not failures; ``--repeat`` raises the number of a test, so repeats
are told by their variables and description.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.promptfoo_csv import is_table, read_table
from workbench.evidence.formats.promptfoo_draft import MAX_GROUPS, Evaluation, Group, drafts_of
from workbench.evidence.formats.promptfoo_rows import Asserted, outcome_of
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import (
    MAX_JSON,
    MIB,
    Head,
    Watch,
    count_of,
    json_lines,
    list_of,
    object_of,
    read_head,
    read_json,
    text_of,
)
from workbench.evidence.problems import ImportProblem, one_line

_SECOND: Final = re.compile(r'\s*\{\s*"results"\s*:\s*\{\s*"version"\s*:\s*[23]\b')
_LINE: Final = frozenset({"promptIdx", "testIdx", "success"})
_MAX_ROWS: Final = 500_000
_KNOWN_VERSIONS: Final = ("1", "2", "3")


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """What the layouts have in common near their beginning: the names of results, variables and prompts."""
    keys = set(head.keys)
    if keys:
        if keys >= _LINE or {"evalId", "results"} <= keys or "_resultsLoaded" in keys or _SECOND.match(head.text):
            return 90
        if "results" in keys and "eval" not in keys and keys & {"version", "config", "prompts", "timestamp"}:
            said = '"testPassCount"' in head.text or ('"vars"' in head.text and '"success"' in head.text)
            return 80 if said and '"prompt' in head.text else 0
        return 0
    return 80 if is_table(head.text) else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """One run for each provider and prompt.

    Raises:
        ImportProblem: the file is broken or holds no results.
        Cancelled: the user asked to stop.
    """
    head = read_head(path)
    evaluation = Evaluation(fails_when_empty=options.empty_answers_fail)
    if not head.keys:
        read_table(path, watch, evaluation)
    elif set(head.keys) >= _LINE:
        _read_lines(path, watch, evaluation)
    else:
        _read_object(path, watch, evaluation)
    if not evaluation.groups:
        raise ImportProblem(path, "holds no results", "check that the evaluation ran")
    return drafts_of(evaluation)


def _read_lines(path: Path, watch: Watch, evaluation: Evaluation) -> None:
    evaluation.layout = "JSON Lines"
    for number, row in json_lines(path, watch):
        _take(path, row, f"line {number:,}", evaluation, Asserted({}), [])


def _read_object(path: Path, watch: Watch, evaluation: Evaluation) -> None:
    if path.stat().st_size > MAX_JSON:
        raise ImportProblem(
            path, f"is more than {MAX_JSON // MIB} MiB of JSON", "export it as JSON Lines (a name that ends in .jsonl)"
        )
    log = read_json(path)
    watch.step(0.5)
    if not isinstance(log, dict):
        raise ImportProblem(path, "is no JSON object", "check what wrote the file")
    inner = log.get("results")
    summary = inner if isinstance(inner, dict) else log
    rows = summary.get("results")
    if not isinstance(rows, list):
        raise ImportProblem(path, "its results are no list", "export the evaluation again")
    version = text_of(summary.get("version"), 40)
    config = object_of(log.get("config"))
    evaluation.version = version
    evaluation.verified = version in _KNOWN_VERSIONS or (not version and "prompts" in log)
    evaluation.layout = "" if version else "the object the Node API returns"
    evaluation.library = text_of(object_of(log.get("metadata")).get("promptfooVersion"), 60)
    evaluation.run_id = text_of(log.get("evalId"), 200) or text_of(log.get("id"), 200)
    evaluation.started = (
        text_of(summary.get("timestamp"), 60)
        or text_of(object_of(log.get("metadata")).get("evaluationCreatedAt"), 60)
        or _moment(log.get("createdAt"))
    )
    evaluation.take_config(config)
    repeat = count_of(object_of(log.get("runtimeOptions")).get("repeat"))
    repeat = count_of(object_of(config.get("evaluateOptions")).get("repeat")) if repeat is None else repeat
    evaluation.epochs = repeat or None
    prompts = list_of(summary.get("prompts")) or list_of(
        object_of(object_of(summary.get("table")).get("head")).get("prompts")
    )
    asserted = Asserted(config)
    for index, row in enumerate(rows):
        if index % 4096 == 0:
            watch.step(0.5 + 0.4 * index / len(rows))
        _take(path, row, f"result {index + 1:,}", evaluation, asserted, prompts)
    if not rows:
        _totals(evaluation, prompts, asserted)
    else:
        _reported(evaluation, prompts, object_of(summary.get("stats")))


def _moment(value: object) -> str:
    """A time in milliseconds since 1970 as ISO 8601; empty for anything else."""
    number = count_of(value)
    if number is None or number > 32_503_680_000_000:
        return ""
    return datetime.fromtimestamp(number / 1_000, UTC).isoformat(timespec="seconds")


def _name_of(prompt: object) -> str:
    """What a prompt is called: its label (``display`` of old), else its text."""
    if isinstance(prompt, str):
        return one_line(prompt, 500)
    fields = object_of(prompt)
    return next((text for name in ("label", "display", "raw") if (text := text_of(fields.get(name), 500))), "")


def _provider_of(value: object) -> str:
    if isinstance(value, str):
        return one_line(value, 300)
    fields = object_of(value)
    return text_of(fields.get("label"), 300) or text_of(fields.get("id"), 300)


def _take(path: Path, row: Any, where: str, evaluation: Evaluation, asserted: Asserted, prompts: list[Any]) -> None:
    """Take one result."""
    if not isinstance(row, dict) or not isinstance(row.get("success"), bool):
        raise ImportProblem(path, f"{where} is no result of a test", "check what wrote the file")
    evaluation.rows += 1
    if evaluation.rows > _MAX_ROWS:
        raise ImportProblem(path, f"holds more than {_MAX_ROWS:,} results", "split it")
    index = count_of(row.get("promptIdx"))
    listed = object_of(prompts[index]) if index is not None and index < len(prompts) else {}
    provider = _provider_of(row.get("provider")) or _provider_of(listed.get("provider"))
    prompt = _name_of(row.get("prompt")) or _name_of(listed)
    key = f"{index}" if index is not None else json.dumps([provider, prompt])
    group = evaluation.groups.get(key)
    if group is None:
        if len(evaluation.groups) >= MAX_GROUPS:
            raise ImportProblem(path, f"holds more than {MAX_GROUPS} pairs of provider and prompt", "split it")
        group = evaluation.groups[key] = Group(provider, prompt)
    group.outcomes.append(outcome_of(row, asserted, evaluation.rows))
    evaluation.note_assertions(row)


def _metrics_of(prompt: object) -> dict[str, Any]:
    return object_of(object_of(prompt).get("metrics"))


def _reported(evaluation: Evaluation, prompts: list[Any], stats: dict[str, Any]) -> None:
    """The tool's own figures, by prompt where it has them, else those of the whole where there is one prompt."""
    names = ("testPassCount", "testFailCount", "testErrorCount")
    for index, prompt in enumerate(prompts):
        metrics = _metrics_of(prompt)
        key = f"{index}"
        if key not in evaluation.groups:
            key = json.dumps([_provider_of(object_of(prompt).get("provider")), _name_of(prompt)])
        group = evaluation.groups.get(key)
        if metrics and group is not None and group.said is None:
            group.said = tuple(count_of(metrics.get(name)) for name in names)
            group.said_named = {
                name: (total, count_of(object_of(metrics.get("namedScoresCount")).get(name)))
                for name, total in object_of(metrics.get("namedScores")).items()
            }
    whole = tuple(count_of(stats.get(name)) for name in ("successes", "failures", "errors"))
    if len(evaluation.groups) == 1:
        group = next(iter(evaluation.groups.values()))
        group.said = group.said or (whole if whole[0] is not None else None)
    known = [number for number in whole if number is not None]
    evaluation.stated = sum(known) if known else None


def _totals(evaluation: Evaluation, prompts: list[Any], asserted: Asserted) -> None:
    """Groups of an object that holds totals and no results."""
    for index, prompt in enumerate(prompts[:MAX_GROUPS]):
        metrics = _metrics_of(prompt)
        passed, failed = count_of(metrics.get("testPassCount")), count_of(metrics.get("testFailCount"))
        if passed is None or failed is None:
            continue
        group = Group(_provider_of(object_of(prompt).get("provider")), _name_of(prompt))
        group.said = (passed, failed, count_of(metrics.get("testErrorCount")))
        group.bare = asserted.bare_of(passed + failed + (group.said[2] or 0))
        evaluation.groups[f"{index}"] = group


IMPORTER: Final = Importer("promptfoo", "promptfoo results (JSON, JSON Lines, CSV)", sniff, read)

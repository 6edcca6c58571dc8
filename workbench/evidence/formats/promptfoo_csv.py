"""promptfoo's CSV: first the variables, then some columns for each prompt, whose names repeat.

Newer versions give each prompt a column with its answer and then ``Status``, ``Score``, ``Named Scores``, a column
for each named metric, ``Grader Reason`` and ``Comment``; older ones put all of it into one cell, ``[PASS] (1.00)``
and the answer below.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workbench.evidence.formats.promptfoo_draft import MAX_GROUPS, Evaluation, Group
from workbench.evidence.formats.promptfoo_rows import NO_ASSERTIONS, Outcome, State, key_of
from workbench.evidence.intake import MIB, Watch, number_of, object_of, open_regular, text_of
from workbench.evidence.problems import ImportProblem
from workbench.evidence.tables import MAX_CELL

_MAX_FILE: Final = 96 * MIB
_MAX_COLUMNS: Final = 5_000
_MAX_CELLS: Final = 500_000
_CELL: Final = re.compile(r"\[(PASS|FAIL|ERROR)\](?:\s+\((-?\d{1,9}(?:\.\d{1,9})?)([^()\n]{0,2000})\))?")
_NAMED: Final = re.compile(r",\s*([^,:]{1,200}):\s*(-?\d{1,9}(?:\.\d{1,9})?)(?=,|$)")
_HEADER: Final = re.compile(r"\[([^\]\n]{1,300})\] (.*)", re.DOTALL)
_METRIC: Final = "Metric: "
_STRATA: Final[tuple[str, ...]] = ("pluginId", "strategyId")


@dataclass(slots=True)
class _Column:
    """Where one prompt's results stand."""

    provider: str
    prompt: str
    answer: int
    places: dict[str, int] = field(default_factory=dict)
    metrics: dict[str, int] = field(default_factory=dict)


def is_table(text: str) -> bool:
    """Whether text begins as one of promptfoo's tables; it may break off anywhere."""
    if not text or text.lstrip()[:1] in ("{", "[", "<", "") or not ("Status,Score" in text or _CELL.search(text)):
        return False
    try:
        rows = csv.reader(io.StringIO(text, newline=""))
        header = next(rows, [])
        first = next(rows, [])
    except csv.Error:
        return False
    columns = _columns(header, first)
    return bool(columns) and all(column.provider or "Status" in column.places for column in columns[:1])


def _columns(header: list[str], first: list[str]) -> list[_Column]:
    """The prompts of a table, from its header and, for old layouts, its first row."""
    found: list[_Column] = []
    for index, name in enumerate(header[:_MAX_COLUMNS]):
        if header[index + 1 : index + 3] == ["Status", "Score"]:
            column = _Column(*_prompt(name), index)
            for at in range(index + 1, len(header)):
                if header[at + 1 : at + 3] == ["Status", "Score"]:
                    break
                if header[at].startswith(_METRIC):
                    column.metrics[header[at].removeprefix(_METRIC)[:200]] = at
                else:
                    column.places.setdefault(header[at], at)
                if header[at] == "Comment":
                    break
            found.append(column)
    if found:
        return found[:MAX_GROUPS]
    old = [index for index, cell in enumerate(first) if index < len(header) and _CELL.match(cell)]
    return [_Column(*_prompt(header[index]), index) for index in old[:MAX_GROUPS]]


def _prompt(name: str) -> tuple[str, str]:
    """Provider and prompt of a column's name; around 2024 it is the prompt as JSON."""
    if name.startswith("{"):
        try:
            fields = object_of(json.loads(name))
        except (ValueError, RecursionError):
            fields = {}
        if fields:
            label = text_of(fields.get("label"), 500) or text_of(fields.get("display"), 500)
            return text_of(fields.get("provider"), 300), label or text_of(fields.get("raw"), 500)
    match = _HEADER.match(name)
    return (text_of(match[1], 300), text_of(match[2], 500)) if match else ("", text_of(name, 500))


def _rows(path: Path, watch: Watch) -> Iterator[list[str]]:
    file, size = open_regular(path)
    with file:
        if size > _MAX_FILE:
            raise ImportProblem(path, f"is {size / MIB:,.0f} MiB of CSV; {_MAX_FILE // MIB} MiB are read", "split it")
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            csv.field_size_limit(MAX_CELL)  # one for the whole process: tables set the same
            try:
                for number, row in enumerate(csv.reader(text)):
                    if number % 512 == 0:
                        watch.step(min(0.9, number / 50_000))
                    yield row
            except csv.Error as error:
                raise ImportProblem(path, f"is no readable CSV ({error})", "export the evaluation again") from None
            except UnicodeDecodeError:
                raise ImportProblem(path, "is not UTF-8 text", "export the evaluation again") from None


def read_table(path: Path, watch: Watch, evaluation: Evaluation) -> None:
    """Take the results of a table.

    Raises:
        ImportProblem: no readable CSV, too large, or a row that does not fit the header.
        Cancelled: the user asked to stop.
    """
    evaluation.layout = "CSV"
    rows = _rows(path, watch)
    header = next(rows, [])
    columns: list[_Column] | None = None
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        if columns is None:
            columns = _columns(header, row)
            if not columns:
                raise ImportProblem(path, "holds no results", "export the evaluation again")
            evaluation.errors_unclear = not columns[0].places
        if len(row) != len(header):
            raise ImportProblem(
                path,
                f"row {number:,} has {len(row)} cells, the header has {len(header)}",
                "export the evaluation again",
            )
        evaluation.rows += len(columns)
        if evaluation.rows > _MAX_CELLS:
            raise ImportProblem(path, f"holds more than {_MAX_CELLS:,} results", "split it")
        _take(header, row, columns, evaluation)


def _take(header: list[str], row: list[str], columns: list[_Column], evaluation: Evaluation) -> None:
    before = list(zip(header, row, strict=True))[: columns[0].answer]
    description = ""
    if columns[0].places and before and before[0][0] == "Description":
        description = text_of(before[0][1], 200)
        before = before[1:]
    item = f"{description or 'test'} {key_of(dict(before))}"
    strata = {
        name: text
        for name in _STRATA
        if name in header
        and header.index(name) > columns[-1].answer
        and (text := text_of(row[header.index(name)], 100))
    }
    for index, column in enumerate(columns):
        group = evaluation.groups.get(f"{index}")
        if group is None:
            group = evaluation.groups[f"{index}"] = Group(column.provider, column.prompt)
        outcome = _wide(row, column, item, strata) if column.places else _old(row[column.answer], item)
        if outcome is not None:
            group.outcomes.append(outcome)


def _wide(row: list[str], column: _Column, item: str, strata: dict[str, str]) -> Outcome | None:
    cell = {name: row[at] for name, at in column.places.items()}
    status = cell.get("Status", "").strip()
    if not status:
        return None  # this prompt was not run on this test
    reason = cell.get("Grader Reason", "").strip()
    state: State = "unclear"
    if status == "ERROR":
        state = "error"
    elif status == "FAIL":
        state = "failed" if row[column.answer].strip() else "empty"
    elif status == "PASS" and reason:
        state = "bare" if reason == NO_ASSERTIONS else "passed"
    named = {name: value for name, at in column.metrics.items() if (value := _number(row[at])) is not None}
    if not named and cell.get("Named Scores"):
        try:
            told = object_of(json.loads(cell["Named Scores"]))
        except (ValueError, RecursionError):
            told = {}
        named = {text_of(name, 200): value for name, raw in told.items() if (value := number_of(raw)) is not None}
    return Outcome(item, state, _number(cell.get("Score", "")), named, strata)


def _old(cell: str, item: str) -> Outcome | None:
    match = _CELL.match(cell)
    if match is None:
        return None
    state: State = "unclear"
    if match[1] == "ERROR":
        state = "error"
    elif match[1] == "FAIL":
        state = _failure(cell[match.end() :])
    elif cell.rstrip().endswith(f"Reason: {NO_ASSERTIONS}"):
        state = "bare"
    elif "Reason: " in cell:
        state = "passed"
    named = {name.strip(): value for name, raw in _NAMED.findall(match[3] or "") if (value := _number(raw)) is not None}
    return Outcome(item, state, _number(match[2] or ""), named)


def _failure(body: str) -> State:
    """What a failed cell is: where the answer is nothing but the error again, there was none."""
    reason = body.rfind("Fail Reason: ")
    error, mark, answer = (body if reason < 0 else body[:reason]).partition("\n---\n")
    if not mark or error.strip() != answer.strip():
        return "failed"
    return "error" if reason < 0 else "empty"


def _number(text: str) -> float | None:
    """A plain decimal number, or None."""
    text = text.strip()
    if not text or len(text) > 40 or not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
        return None
    return number_of(float(text))

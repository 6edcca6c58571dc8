"""Where the mapping of a table's columns comes from: a profile's file, or a guess for a person to correct."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from workbench.evidence.intake import parse_json
from workbench.evidence.problems import ImportProblem
from workbench.evidence.profile import FAIL_WORDS, PASS_WORDS, Measure, Profile, ProfileProblem, Unit, profile_from

_ITEM: Final = (
    *("task_id", "sample_id", "item_id", "doc_id", "problem_id", "question_id", "instance_id", "prompt_id", "case_id"),
    *("item", "id", "task", "problem", "question", "name", "example", "test"),
)
_PASSED: Final = (
    *("passed", "is_passed", "pass", "is_correct", "correct", "is_solved", "solved", "success", "is_success"),
    *("resolved", "accepted", "outcome", "verdict", "result", "status"),
)
_HARM: Final = re.compile(r"(?:^|_)(?:in)?(?:vulnerab|insecur|unsafe|attack|jailbr|harm|toxic|fail|error_?found|leak)")
_SCORE: Final = ("score", "accuracy", "acc", "reward", "rating", "grade", "value", "f1", "exact_match", "bleu")
_RATE: Final = re.compile(r"(?:^|_)(?:rate|accuracy|acc|pct|percent|percentage|score|mean|f1)(?:_|$)|@\d+|%")
_PERCENT: Final = re.compile(r"(?:^|_)(?:pct|percent|percentage)(?:_|$)|%")
_K: Final = re.compile(r"@(\d{1,4})$")
_N: Final = (
    *("n", "n_samples", "num_samples", "samples", "sample_count", "count", "total", "total_count", "n_total", "trials"),
    *("num_examples", "size"),
)
_SUCCESSES: Final = ("successes", "n_passed", "num_passed", "passes", "n_correct", "num_correct", "hits", "solved")
_STDERR: Final = ("stderr", "std_err", "standard_error", "se", "sem")
_MODEL: Final = ("model", "model_name", "model_id", "llm", "engine", "system", "provider")
_SPLIT: Final = ("temperature", "temp", "top_p", "condition", "variant", "config", "prompt_template", "shots")
_TASK: Final = ("task", "benchmark", "eval", "suite", "dataset", "task_name")
_APART: Final = ("dataset", "run", "run_id", "experiment", "name", "id")
_ERROR: Final = ("error", "error_message", "exception", "traceback", "failure_reason")
_VALID: Final = re.compile(
    r"(?:is_|was_|has_)?(?:valid|compilable|compiles|compiled|compile_ok|parsable|parseable|parses|parsed|parse_ok|"
    r"syntax_ok|valid_(?:syntax|code|json|output)|executable|well_formed)"
)
_ANSWER: Final = ("answer", "completion", "response", "output", "solution", "generation", "prediction", "model_output")
_CLUSTER: Final = ("cluster", "prompt_id", "passage_id", "group_id", "scenario_id", "template_id")
_STRATA: Final = (
    *("category", "language", "lang", "difficulty", "level", "complexity", "subject", "topic", "cwe", "cwe_id", "type"),
    *("technique", "source", "domain", "subset", "split", "task_type", "severity"),
)
_MAX_GROUPS: Final = 30
_MAX_PROFILE: Final = 256 * 1024


def read_profile(path: Path) -> Profile:
    """A profile from its file.

    Raises:
        ImportProblem: it cannot be read or is no profile; one line for the user.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_PROFILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportProblem(path, f"cannot be read ({reason})", "check the path of the profile") from None
    if len(data) > _MAX_PROFILE:
        raise ImportProblem(path, "is too large for a profile", "name the profile, not the run")
    try:
        return profile_from(parse_json(path, data))
    except ProfileProblem as problem:
        raise ImportProblem(path, str(problem), "the guide shows a profile") from None


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9%@]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).casefold()).strip("_")


class _Columns:
    """The columns of a table with sample values, and which of them are spoken for."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
        self.names = list(columns)
        self.folded = {name: _folded(name) for name in columns}
        self.values = {name: [row.get(name, "").strip() for row in rows] for name in columns}
        self.taken: set[str] = set()

    def take(self, wanted: Sequence[str]) -> str:
        """The first column of one of these names, in the order of the names, that is not taken."""
        for word in wanted:
            for name in self.names:
                if self.folded[name] == word and name not in self.taken:
                    self.taken.add(name)
                    return name
        return ""

    def filled(self, name: str) -> list[str]:
        """The values that are not empty."""
        return [value for value in self.values[name] if value]

    def numbers(self, name: str) -> list[float]:
        """The values as numbers; empty where one of them is none."""
        try:
            return [float(value.removesuffix("%")) for value in self.filled(name)]
        except ValueError:
            return []

    def two_valued(self, name: str) -> bool:
        """Whether all its values are words for pass or fail."""
        filled = {value.casefold() for value in self.filled(name)}
        return bool(filled) and filled <= PASS_WORDS | FAIL_WORDS

    def repeats(self, name: str) -> bool:
        """Whether it has few enough values to be a group."""
        filled = self.filled(name)
        return 0 < len(set(filled)) <= _MAX_GROUPS and (len(set(filled)) < len(filled) or len(filled) < 3)


def guess_profile(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Profile:
    """What the columns most likely mean, from their names and from some rows.

    The guess may be without a metric, or wrong: it is a beginning for whoever maps the columns, never used unasked.

    Args:
        columns: names of the columns, in order.
        rows: some rows, each cell as text under its column's name.
    """
    table = _Columns(columns, rows)
    model = table.take(_MODEL)
    harm = [name for name in table.names if _HARM.search(table.folded[name]) and _counts(table, name)]
    passed = next((name for name in _in_order(table, _PASSED) if table.two_valued(name)), "")
    metrics: tuple[Measure, ...] = ()
    if passed:
        metrics = (Measure(name=_rate_name(table.folded[passed]), passed=(passed,)),)
    elif harm:
        metrics = (_harm(table, harm),)
    if metrics:
        table.taken |= set(metrics[0].passed)
        return _of_samples(table, model, metrics)
    results = _results(table)
    if results:
        task = next((name for name in _in_order(table, _TASK) if not table.numbers(name)), "")
        split = (*(name for name in (model, task) if name), *_splits(table))
        table.taken.add(task)
        return Profile(metrics=results, model=model, task=task, split=(*split, *_telling_apart(table, rows, split)))
    score = next((name for name in _in_order(table, _SCORE) if table.numbers(name)), "")
    if score:
        table.taken.add(score)
        return _of_samples(table, model, (Measure(name=score, score=score, unit=_unit(table, score)),))
    return Profile(model=model)


def _in_order(table: _Columns, wanted: Sequence[str]) -> list[str]:
    free = [name for name in table.names if name not in table.taken]
    return [name for word in wanted for name in free if table.folded[name] == word]


def _counts(table: _Columns, name: str) -> bool:
    numbers = table.numbers(name)
    whole = bool(numbers) and all(number >= 0 and number == int(number) for number in numbers)
    return table.two_valued(name) or (whole and "@" not in name and "%" not in name)


def _rate_name(folded: str) -> str:
    if folded in {"correct", "is_correct"}:
        return "accuracy"
    return "pass_rate" if folded in _PASSED and "success" not in folded else f"{folded.removeprefix('is_')}_rate"


def _harm(table: _Columns, names: list[str]) -> Measure:
    name = f"{table.folded[names[0]]}_rate" if len(names) == 1 else "finding_rate"
    if all(table.two_valued(column) for column in names):
        return Measure(name=name, passed=tuple(names))
    return Measure(name=name, passed=tuple(names), pass_values=(">0",), fail_values=("0",))


def _of_samples(table: _Columns, model: str, metrics: tuple[Measure, ...]) -> Profile:
    item = table.take(_ITEM)
    cluster = table.take(_CLUSTER)
    valid = next((name for name in table.names if name not in table.taken and _says_valid(table, name)), "")
    table.taken.add(valid)
    return Profile(
        valid=valid,
        metrics=metrics,
        item=item,
        cluster=cluster,
        model=model,
        answer=table.take(_ANSWER),
        error=table.take(_ERROR),
        split=(*((model,) if model else ()), *_splits(table)),
        strata=_strata(table),
    )


def usual_errors(column: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of a column of yes and no that mean an error; empty where the column is none.

    In a column such as ``is_compilable`` it is the no that tells of an error.

    Args:
        column: its name.
        values: values that stand in it.
    """
    if not values or not {value.casefold() for value in values} <= PASS_WORDS | FAIL_WORDS:
        return ()
    turned = _VALID.fullmatch(_folded(column)) is not None
    found = tuple(value for value in values if value.casefold() in (FAIL_WORDS if turned else PASS_WORDS))
    return found or (("false",) if turned else ())


def _says_valid(table: _Columns, name: str) -> bool:
    """Whether it says of each row if it can be judged at all, such as whether the code compiles."""
    said = {value.casefold() for value in table.filled(name)}
    return _VALID.fullmatch(table.folded[name]) is not None and table.two_valued(name) and bool(said & PASS_WORDS)


def _splits(table: _Columns) -> tuple[str, ...]:
    found = _in_order(table, _SPLIT)
    table.taken |= set(found)
    return tuple(found)


def _telling_apart(table: _Columns, rows: Sequence[Mapping[str, str]], split: Sequence[str]) -> tuple[str, ...]:
    """More columns, one after another, until no two results are of the same run."""
    names = list(split)
    for name in (*_in_order(table, _APART), *(name for name in table.names if name not in table.taken)):
        if len({tuple(row.get(part, "") for part in names) for row in rows}) == len(rows):
            break
        if name not in names:
            names.append(name)
    return tuple(names[len(split) :])


def _strata(table: _Columns) -> tuple[str, ...]:
    return tuple(name for name in _in_order(table, _STRATA) if table.repeats(name))


def _unit(table: _Columns, name: str) -> Unit:
    numbers = table.numbers(name)
    if _PERCENT.search(table.folded[name]) or any(value.endswith("%") for value in table.filled(name)):
        return "percent"
    if all(0 <= number <= 1 for number in numbers):
        return "proportion"
    return "percent" if all(0 <= number <= 100 for number in numbers) and "@" in name else "other"


def _results(table: _Columns) -> tuple[Measure, ...]:
    """Metrics of a table of results: columns of rates, or of successes, that stand beside a number of samples."""
    n = next((name for name in _in_order(table, _N) if table.numbers(name)), "")
    rates = [
        name
        for name in table.names
        if name not in table.taken and name != n and _RATE.search(table.folded[name]) and table.numbers(name)
    ]
    stderr = next((name for name in _in_order(table, _STDERR) if table.numbers(name)), "")
    rates = [name for name in rates if name != stderr]
    successes = next((name for name in _in_order(table, _SUCCESSES) if table.numbers(name)), "")
    if rates and (n or stderr or any("@" in name or "%" in name or _is_share(table, name) for name in rates)):
        table.taken |= {*rates, n, stderr}
        return tuple(
            Measure(
                name=name,
                rate=name,
                n=n,
                stderr=stderr if len(rates) == 1 else "",
                unit=_unit(table, name),
                k=int(found[1]) if (found := _K.search(name)) and int(found[1]) else None,
            )
            for name in rates
        )
    if successes and n:
        table.taken |= {successes, n}
        return (Measure(name="success_rate", successes=successes, n=n),)
    return ()


def _is_share(table: _Columns, name: str) -> bool:
    """Whether the name itself says that the figure is over many samples."""
    return re.search(r"(?:^|_)(?:rate|pct|percent|percentage)(?:_|$)", table.folded[name]) is not None

"""What the columns of a table mean: a mapping that can be named, saved, and guessed from the table itself.

As JSON::

    {"profile": 1, "name": "SALLM",
     "columns": {"item": "id", "model": "model_name", "split": ["model_name", "Temp"], "strata": ["technique"]},
     "metrics": [{"name": "insecure_rate", "passed": ["direct_vulnerable", "indirect_vulnerable"],
                  "combine": "any", "pass_values": [">0"], "fail_values": ["0"]}],
     "valid": {"column": "is_compilable", "values": ["true"]}, "error_values": ["timeout"]}
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, Literal

from workbench.evidence.problems import one_line
from workbench.values import value_type

VERSION: Final = 1
_MAX_TEXT: Final = 300
_MAX_LIST: Final = 100
_RULE: Final = re.compile(r"(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
PASS_WORDS: Final = frozenset(
    {"1", "1.0", "true", "t", "yes", "y", "pass", "passed", "ok", "success", "successful", "solved", "correct", "c"}
)
FAIL_WORDS: Final = frozenset(
    {
        *("0", "0.0", "false", "f", "no", "n", "fail", "failed", "failure", "unsolved", "incorrect", "wrong", "i"),
        *("timeout", "timed out", "unsuccessful"),
    }
)
NO_ERROR: Final = frozenset({"", "none", "null", "nan", "false", "0", "no", "[]", "{}"})
"""What stands in a column of errors where there was none."""

Unit = Literal["proportion", "percent", "other"]


@value_type(frozen=True, slots=True)
class Measure:
    """One metric of a table. Samples have ``passed`` or ``score``; a table of results has ``rate`` or ``successes``.

    Attributes:
        name: the metric's name.
        passed: columns that say whether a sample counts towards the rate; with several, see ``combine``.
        combine: with several columns, whether ``any`` of them is enough or ``all`` must say so.
        pass_values: values that count, without regard to case; ``>0`` and the like compare numbers. Empty: the usual
            words (true, yes, 1, passed, …).
        fail_values: values that do not count; a value in neither list is missing. Empty: the usual words.
        score: column with a number for each sample.
        rate: column with a figure over many samples.
        successes: column with how many of ``n`` counted.
        n: column with how many samples are behind ``rate`` or ``successes``.
        stderr: column with the standard error that the tool gives.
        unit: of ``score``, ``rate`` and ``stderr``; percent is turned into proportions.
        k: for pass@k, the k.
    """

    name: str = "pass_rate"
    passed: tuple[str, ...] = ()
    combine: Literal["any", "all"] = "any"
    pass_values: tuple[str, ...] = ()
    fail_values: tuple[str, ...] = ()
    score: str = ""
    rate: str = ""
    successes: str = ""
    n: str = ""
    stderr: str = ""
    unit: Unit = "proportion"
    k: int | None = None

    @property
    def of_samples(self) -> bool:
        """Whether each row is one sample; else each is a figure over many."""
        return bool(self.passed or self.score)

    def columns(self) -> tuple[str, ...]:
        """Every column it needs."""
        single = (self.score, self.rate, self.successes, self.n, self.stderr)
        return (*self.passed, *(name for name in single if name))


@value_type(frozen=True, slots=True)
class Profile:
    """A named mapping of columns.

    Attributes:
        name: under which it is saved.
        metrics: at least one, all of samples or all of results.
        item: column with the task's id; without it every row is an item of its own.
        cluster: column with what makes samples alike beyond the item, such as a shared prompt.
        model: column with the model's name.
        task: column with the task's name.
        answer: column with the answer; a failing row without one is missing, no failure.
        error: column with an error's text; a row that has one is missing.
        error_values: values of ``error`` that mean an error, and no others; ``>0`` and the like compare numbers.
            Empty: everything but nothing, none, false, no and 0.
        valid: column that says whether a row counts at all, such as whether the code compiles; a row of which it does
            not say so is missing.
        valid_values: values of ``valid`` with which a row counts. Empty: the usual words (true, yes, 1, …).
        strata: columns of groups that get figures of their own.
        split: columns whose values split the table into runs, such as model and temperature.
    """

    name: str = ""
    metrics: tuple[Measure, ...] = ()
    item: str = ""
    cluster: str = ""
    model: str = ""
    task: str = ""
    answer: str = ""
    error: str = ""
    strata: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    error_values: tuple[str, ...] = ()
    valid: str = ""
    valid_values: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column it names, each once."""
        roles = (self.item, self.cluster, self.model, self.task, self.answer, self.error, self.valid)
        measured = (name for measure in self.metrics for name in measure.columns())
        return tuple(dict.fromkeys(name for name in (*measured, *roles, *self.strata, *self.split) if name))

    @property
    def of_samples(self) -> bool:
        """Whether each row is one sample."""
        return all(measure.of_samples for measure in self.metrics)

    @property
    def is_short(self) -> bool:
        """Whether it says no more than which columns are item, passed and answer."""
        return self == Profile(
            metrics=(Measure(passed=self.metrics[0].passed[:1]),), item=self.item, answer=self.answer
        )

    def as_short(self) -> dict[str, str]:
        """The short form of a profile that has one."""
        named = {"item": self.item, "passed": self.metrics[0].passed[0], "answer": self.answer}
        return {role: name for role, name in named.items() if name}

    def as_data(self) -> dict[str, Any]:
        """The profile as JSON holds it; what is empty is left out."""
        roles = {name: _plain(getattr(self, name)) for name in _ROLES if getattr(self, name)}
        metrics = [
            {
                field.name: _plain(getattr(measure, field.name))
                for field in fields(Measure)
                if field.name == "name" or getattr(measure, field.name) != getattr(_DEFAULT, field.name)
            }
            for measure in self.metrics
        ]
        data: dict[str, Any] = {"profile": VERSION, "name": self.name, "columns": roles, "metrics": metrics}
        if self.valid:
            data["valid"] = {"column": self.valid, "values": list(self.valid_values)}
        if self.error_values:
            data["error_values"] = list(self.error_values)
        return data

    def counts(self, value: str) -> bool:
        """Whether a row counts, by its cell of ``valid``."""
        return verdict_of(value, Measure(pass_values=self.valid_values)) is True

    def is_error(self, value: str) -> bool:
        """Whether a row has an error, by its cell of ``error``."""
        folded = value.casefold()
        return _is_among(folded, self.error_values) if self.error_values else folded not in NO_ERROR


_DEFAULT: Final = Measure()
_ROLES: Final = ("item", "cluster", "model", "task", "answer", "error", "strata", "split")
_SHORT: Final = ("item", "passed", "answer")
_SINGLE: Final = ("score", "rate", "successes", "n", "stderr")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class ProfileProblem(ValueError):  # noqa: N818 - the user's profile is at fault, not the program
    """What is wrong with a profile, as a clause that follows the name of its file."""


def is_short(data: object) -> bool:
    """Whether this is the short form, which names the columns ``item``, ``passed`` and ``answer`` only."""
    return isinstance(data, Mapping) and bool(data) and set(data) <= set(_SHORT)


def profile_from(data: object) -> Profile:
    """A profile from its JSON value; the short form ``{"item": …, "passed": …, "answer": …}`` is one too.

    Raises:
        ProfileProblem: something in it is no profile; the first fault is named.
    """
    if not isinstance(data, Mapping):
        raise ProfileProblem("is no profile: it must be a JSON object with columns and metrics")
    if is_short(data):
        measure = {"name": "pass_rate", "passed": data.get("passed", "passed")}
        data = {"columns": {name: data[name] for name in ("item", "answer") if name in data}, "metrics": [measure]}
    known = {"profile", "name", "columns", "metrics", "valid", "error_values"}
    _only(data, known, "the profile")
    if data.get("profile", VERSION) != VERSION:
        raise ProfileProblem(f"is a profile of version {one_line(str(data['profile']), 20)}; version {VERSION} is read")
    roles = data.get("columns", {})
    if not isinstance(roles, Mapping):
        raise ProfileProblem("columns must be a JSON object")
    _only(roles, set(_ROLES), "columns")
    metrics = data.get("metrics")
    if not isinstance(metrics, list) or not metrics or len(metrics) > _MAX_LIST:
        raise ProfileProblem(f"metrics must be a list of 1 to {_MAX_LIST} metrics")
    measures = tuple(_measure(entry, f"metric {index}") for index, entry in enumerate(metrics, 1))
    if len({measure.of_samples for measure in measures}) > 1:
        raise ProfileProblem("mixes metrics of samples (passed, score) with metrics of results (rate, successes)")
    names = [measure.name for measure in measures]
    if len(set(names)) < len(names):
        raise ProfileProblem("two metrics have the same name")
    valid = data.get("valid", {})
    if not isinstance(valid, Mapping):
        raise ProfileProblem("valid must be a JSON object with column and values")
    _only(valid, {"column", "values"}, "valid")
    column, values = _text(valid, "column", "valid.column"), _texts(valid, "values", "valid.values")
    errors = _texts(data, "error_values", "error_values")
    if valid and not column:
        raise ProfileProblem("valid needs a column")
    if column and not measures[0].of_samples:
        raise ProfileProblem("has valid, which belongs to tables of samples, not of results")
    if errors and not roles.get("error"):
        raise ProfileProblem("has error_values without columns.error")
    return Profile(
        valid=column,
        valid_values=values,
        error_values=errors,
        name=_text(data, "name", "name"),
        metrics=measures,
        strata=_texts(roles, "strata", "columns.strata"),
        split=_texts(roles, "split", "columns.split"),
        **{name: _text(roles, name, f"columns.{name}") for name in _ROLES if name not in {"strata", "split"}},
    )


def _measure(data: object, where: str) -> Measure:
    if not isinstance(data, Mapping):
        raise ProfileProblem(f"{where} must be a JSON object")
    _only(data, {field.name for field in fields(Measure)}, where)
    unit, combine, k = data.get("unit", "proportion"), data.get("combine", "any"), data.get("k")
    if unit not in ("proportion", "percent", "other"):
        raise ProfileProblem(f"{where}: unit is proportion, percent or other")
    if combine not in ("any", "all"):
        raise ProfileProblem(f"{where}: combine is any or all")
    if k is not None and (isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= 10**6):
        raise ProfileProblem(f"{where}: k is a whole number from 1 up")
    passed, counts, fails = (
        _texts(data, name, f"{where}: {name}") for name in ("passed", "pass_values", "fail_values")
    )
    score, rate, successes, n, stderr = (_text(data, name, f"{where}: {name}") for name in _SINGLE)
    name = _text(data, "name", f"{where}: name") or "pass_rate"
    measure = Measure(name, passed, combine, counts, fails, score, rate, successes, n, stderr, unit, k)
    if set(measure.pass_values) & set(measure.fail_values):
        raise ProfileProblem(f"{where}: a value stands both in pass_values and in fail_values")
    ways = [way for way in ("passed", "score", "rate") if getattr(measure, way)]
    if len(ways) > 1 or not (ways or (measure.successes and measure.n)):
        raise ProfileProblem(f"{where} needs one of passed, score, rate, or successes with n")
    if measure.of_samples and (measure.successes or measure.n or measure.stderr):
        raise ProfileProblem(f"{where}: successes, n and stderr belong to results, not to samples")
    return measure


def _only(data: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = [one_line(str(name), 40) for name in data if name not in known]
    if unknown:
        raise ProfileProblem(f"{where} has an unknown entry {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _text(data: Mapping[str, Any], name: str, where: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise ProfileProblem(f"{where} must be text of up to {_MAX_TEXT} characters")
    return value


def _texts(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = data.get(name, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or len(listed) > _MAX_LIST:
        raise ProfileProblem(f"{where} must be a list of up to {_MAX_LIST} names")
    return tuple(dict.fromkeys(_text({"": entry}, "", where) for entry in listed if entry != ""))


def verdict_of(value: str, measure: Measure) -> bool | None:
    """Whether a cell counts; None where the mapping does not say. Values that were named win over the usual words.

    Args:
        value: the cell as text, without space around it.
        measure: says which values count.
    """
    folded = value.casefold()
    if _is_among(folded, measure.pass_values):
        return True
    if _is_among(folded, measure.fail_values):
        return False
    if not measure.pass_values and folded in PASS_WORDS:
        return True
    if not measure.fail_values and folded in FAIL_WORDS:
        return False
    return None


def _is_among(folded: str, wanted: Iterable[str]) -> bool:
    for word in wanted:
        rule = _RULE.fullmatch(word.strip())
        if rule is None:
            if folded == word.strip().casefold():
                return True
        elif _holds(folded, rule[1], float(rule[2])):
            return True
    return False


def _holds(value: str, comparator: str, bound: float) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    if comparator == ">":
        return number > bound
    if comparator == ">=":
        return number >= bound
    return number < bound if comparator == "<" else number <= bound

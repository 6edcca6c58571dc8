"""What one result of promptfoo says: passed by an assertion, failed, no answer, or nothing that could be tested."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from workbench.evidence.intake import count_of, list_of, number_of, object_of, text_of

State = Literal["passed", "failed", "error", "empty", "bare", "unclear"]
ERROR: Final = 2
NO_ASSERTIONS: Final = "No assertions"
_UNSTABLE: Final = frozenset({"sessionId", "_conversation"})
_RUN_STRATA: Final = ("pluginId", "strategyId", "severity", "language")
_TEXTS: Final = frozenset({"goal", "purpose", "prompt", "sessionId"})
_MAX_STRATA: Final = 20
_MAX_TESTS: Final = 100_000


class Outcome(NamedTuple):
    """One result.

    Attributes:
        item: the test, by its description and variables, so that repeats share it.
        state: ``bare`` passed without any assertion; ``unclear`` passed, and whether there was one is not known.
        score: the tool's score, weighted over the assertions.
        named: scores of the test's named metrics.
        expected: named metrics its assertions would have scored.
    """

    item: str
    state: State
    score: float | None = None
    named: Mapping[str, float] = {}
    strata: Mapping[str, str] = {}
    expected: tuple[str, ...] = ()


class Asserted:
    """Which tests of a configuration have assertions."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the tests that are written out in the configuration; those kept in other files are not known."""
        tests = config.get("tests")
        default = bool(list_of(object_of(config.get("defaultTest")).get("assert")))
        self._known: dict[str, bool] = {}
        self._all: list[bool] | None = None
        if not isinstance(tests, list) or len(tests) > _MAX_TESTS or config.get("scenarios"):
            return
        if all(isinstance(test, dict) for test in tests):
            self._all = [default or bool(test.get("assert")) for test in tests]
            for test, known in zip(tests, self._all, strict=True):
                name = key_of(test.get("vars"))
                self._known[name] = self._known.get(name, True) and known

    def of(self, key: str) -> bool | None:
        """Whether the test with these variables (as ``key_of`` names them) has assertions; None if not known."""
        return self._known.get(key)

    def bare_of(self, total: int) -> int | None:
        """Of ``total`` results of all tests, how many had no assertion; None where it is not known."""
        if not self._all or total % len(self._all):
            return None
        return self._all.count(False) * (total // len(self._all))


def key_of(variables: object) -> str:
    """A short name for a set of variables."""
    fields = {name: value for name, value in object_of(variables).items() if name not in _UNSTABLE}
    text = json.dumps(fields, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def outcome_of(row: dict[str, Any], asserted: Asserted, number: int) -> Outcome:
    """What a result says.

    Args:
        row: the result; its ``success`` is true or false.
        asserted: what the configuration says of assertions, for results that do not say it themselves.
        number: names the result where nothing else does.
    """
    test = object_of(row.get("testCase"))
    variables = test.get("vars") if isinstance(test.get("vars"), dict) else row.get("vars")
    description = text_of(test.get("description"), 200) or text_of(row.get("description"), 200)
    key = key_of(variables)
    if description or object_of(variables):
        item = f"{description or 'test'} {key}"
    else:
        index = count_of(row.get("testIdx"))
        item = f"test {number if index is None else index}"
    named = {
        text_of(name, 200): value
        for name, raw in list(object_of(row.get("namedScores")).items())[:200]
        if (value := number_of(raw)) is not None
    }
    expected = tuple(
        sorted({text_of(object_of(entry).get("metric"), 200) for entry in list_of(test.get("assert"))[:500]} - {""})
    )
    state = _state(row, test, asserted.of(key))
    return Outcome(item, state, number_of(row.get("score")), named, strata_of_row(row, test), expected)


def _state(row: dict[str, Any], test: dict[str, Any], configured: bool | None) -> State:
    grading = object_of(row.get("gradingResult"))
    response = object_of(row.get("response"))
    reason = row.get("failureReason")
    if row["success"]:
        known = _has_assertions(grading, test, configured)
        return "unclear" if known is None else "passed" if known else "bare"
    if reason == ERROR and not isinstance(reason, bool):
        return "error"
    output = response.get("output", row.get("output"))
    if reason != 1 and (response.get("error") or (not grading and output is None)):
        return "error"
    blank = output is None or (isinstance(output, str) and not output.strip())
    return "empty" if blank and "output" in response else "failed"


def _has_assertions(grading: dict[str, Any], test: dict[str, Any], configured: bool | None) -> bool | None:
    """Whether a test that passed had anything to fail by; None where the file does not say."""
    if grading.get("reason") == NO_ASSERTIONS:
        return False
    if list_of(grading.get("componentResults")) or object_of(grading.get("assertion")):
        return True
    if isinstance(test.get("assert"), list):
        return bool(test["assert"])
    if grading.get("reason"):
        return True
    return configured


def strata_of_row(row: dict[str, Any], test: dict[str, Any]) -> dict[str, str]:
    """Groups a result belongs to: short values of its test's metadata, and those the red team adds to the result."""
    own = object_of(test.get("metadata"))
    found = {
        name[:60]: text_of(value, 100)
        for name, value in list(own.items())[:_MAX_STRATA]
        if isinstance(value, str | int)
        and name not in _TEXTS
        and not name.startswith("_")
        and len(str(value)[:101]) < 101
    }
    added = object_of(row.get("metadata"))
    for name in _RUN_STRATA:
        if name not in found and (text := text_of(added.get(name), 100)):
            found[name] = text
    return {name: text for name, text in found.items() if name.strip() and text}

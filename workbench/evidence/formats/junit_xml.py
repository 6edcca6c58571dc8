"""The cases and suites of a JUnit report, taken from the XML as it streams by; no tree is built."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn
from xml.parsers import expat

from workbench.evidence.intake import MIB, Watch, open_regular, text_of
from workbench.evidence.problems import ImportProblem

MAX_FILE: Final = 128 * MIB
_CHUNK: Final = MIB
_MAX_TOKEN: Final = 16 * MIB
_MAX_DEPTH: Final = 100
_MAX_ELEMENTS: Final = 800_000
_MAX_CASES: Final = 200_000
_MAX_SUITES: Final = 100_000
_MAX_NAME: Final = 500
_COUNTS: Final = {"tests": "tests", "failures": "failures", "errors": "errors", "skipped": "skipped"}
_RERUN: Final = frozenset({"flakyFailure", "flakyError", "rerunFailure", "rerunError"})
_NOT_RUN: Final = frozenset({"notrun", "disabled", "skipped", "suppressed", "ignored"})


@dataclass(slots=True)
class Case:
    """One test: ``passed``, ``failed``, ``error`` or ``skipped``; ``stated``: a suite around it states counts."""

    name: str
    classname: str
    suite: str
    stated: bool
    outcome: str = "passed"
    expected_failure: bool = False
    reruns: bool = False


@dataclass(slots=True)
class Suite:
    """One suite, or the root of several.

    Attributes:
        counts: what its attributes state; None where they state no number of tests.
        covered: a suite around it (no root of several) states counts, which may hold its own.
        root: it is a root of several suites, whose counts some writers leave incomplete.
    """

    name: str
    depth: int
    timestamp: str
    counts: dict[str, int] | None
    covered: bool
    root: bool

    def states(self) -> bool:
        """Whether it, or a suite around it, states counts that hold what is inside it."""
        return self.covered or (self.counts is not None and not self.root)


@dataclass(slots=True)
class Report:
    """What a report holds.

    Attributes:
        name: of the root, where it has one.
        suites: in the order in which they begin.
        suite_errors: errors and failures that belong to a suite and to no test.
    """

    name: str = ""
    suites: list[Suite] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    suite_errors: int = 0


class _Reader:
    """Takes expat's events."""

    def __init__(self, path: Path) -> None:
        self.report = Report()
        self._path = path
        self._open: list[str] = []
        self._suites: list[Suite] = []
        self._case: Case | None = None
        self._elements = 0

    def problem(self, what: str, what_to_do: str = "check what wrote the file") -> ImportProblem:
        """A message about this file."""
        return ImportProblem(self._path, what, what_to_do)

    def doctype(self, *_: object) -> NoReturn:
        """Refuse a document type, and with it every entity."""
        raise self.problem("has a document type, which test reports do not need", "remove the <!DOCTYPE> from it")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise self.problem(f"holds more than {_MAX_ELEMENTS:,} elements", "split it")
        if len(self._open) >= _MAX_DEPTH:
            raise self.problem("is nested too deeply to be a test report")
        tag = tag.rpartition(":")[2]
        parent = self._open[-1] if self._open else ""
        self._open.append(tag)
        if tag in ("testsuite", "testsuites"):
            self._start_suite(attributes, root=tag == "testsuites")
        elif not parent:
            raise self.problem("is XML, but no test report")
        elif tag == "testcase" and self._case is None:
            self._start_case(attributes)
        elif parent == "testcase" and self._case is not None:
            _mark(self._case, tag, attributes)
        elif parent == "testsuite" and tag in ("error", "failure"):
            self.report.suite_errors += 1

    def _start_suite(self, attributes: dict[str, str], *, root: bool) -> None:
        if len(self.report.suites) >= _MAX_SUITES:
            raise self.problem(f"holds more than {_MAX_SUITES:,} suites", "split it")
        above = self._suites[-1] if self._suites else None
        covered = above is not None and above.states()
        name, timestamp = text_of(attributes.get("name"), _MAX_NAME), text_of(attributes.get("timestamp"), 60)
        suite = Suite(name, len(self._suites), timestamp, _counts(attributes), covered, root)
        if not self._suites:
            self.report.name = name
        self._suites.append(suite)
        self.report.suites.append(suite)

    def _start_case(self, attributes: dict[str, str]) -> None:
        if len(self.report.cases) >= _MAX_CASES:
            raise self.problem(f"holds more than {_MAX_CASES:,} test cases", "split it")
        suite = next((suite.name for suite in reversed(self._suites) if suite.name), "")
        name = text_of(attributes.get("name"), _MAX_NAME)
        inner = self._suites[-1] if self._suites else None
        stated = inner is not None and inner.states()
        self._case = Case(name, text_of(attributes.get("classname"), _MAX_NAME), suite, stated)
        states = {attributes.get("status", "").lower(), attributes.get("result", "").lower()}
        if states & _NOT_RUN:
            self._case.outcome = "skipped"
        self.report.cases.append(self._case)

    def end(self, _tag: str) -> None:
        """An element ends."""
        tag = self._open.pop()
        if tag in ("testsuite", "testsuites"):
            self._suites.pop()
        elif tag == "testcase" and "testcase" not in self._open:
            self._case = None


def _mark(case: Case, tag: str, attributes: dict[str, str]) -> None:
    """What a child of a test says of its outcome; an error weighs more than a failure, a failure more than a skip."""
    if tag == "error":
        case.outcome = "error"
    elif tag == "failure" and case.outcome != "error" and not case.expected_failure:
        case.outcome = "failed"
    elif tag == "skipped" and case.outcome == "passed":
        case.outcome = "skipped"
        case.expected_failure = attributes.get("type") in ("pytest.xfail", "todo")
    elif tag in _RERUN:
        case.reruns = True


def _counts(attributes: dict[str, str]) -> dict[str, int] | None:
    """Counts of the attributes; those that are no small whole number count as 0."""
    if not attributes.get("tests", "").strip().isdecimal() or len(attributes["tests"]) > 9:
        return None
    found = {}
    for name in _COUNTS:
        text = attributes.get(name, "").strip()
        found[name] = int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
    if "skipped" not in attributes:
        text = attributes.get("disabled", attributes.get("skip", "")).strip()
        found["skipped"] = int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
    return found


def parse_report(path: Path, watch: Watch) -> Report:
    """The suites and cases of a report.

    Raises:
        ImportProblem: not well-formed, with a document type, too large or too deep.
        Cancelled: the user asked to stop.
    """
    file, size = open_regular(path)
    reader = _Reader(path)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.doctype
    parser.ExternalEntityRefHandler = reader.doctype
    with file:
        if size > MAX_FILE:
            raise ImportProblem(path, f"is {size / MIB:,.0f} MiB of XML; {MAX_FILE // MIB} MiB are read", "split it")
        done = 0
        try:
            while chunk := file.read(_CHUNK):
                watch.step(0.9 * done / size)
                parser.Parse(chunk, False)
                done += len(chunk)
                if done - max(0, parser.CurrentByteIndex) > _MAX_TOKEN:
                    raise reader.problem(f"holds a piece of more than {_MAX_TOKEN // MIB} MiB")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "broken")
            raise ImportProblem(
                path,
                f"is cut off or not well-formed XML ({reason}, line {error.lineno}, column {error.offset + 1})",
                "copy or write the report again",
            ) from None
        except (ValueError, LookupError) as error:
            raise reader.problem(f"cannot be read as XML ({error})") from None
    return reader.report

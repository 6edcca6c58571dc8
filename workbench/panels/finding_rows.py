"""Findings as rows of a table, kept from one edit to the next. No Qt."""

from time import perf_counter
from typing import TYPE_CHECKING, Final

from workbench.analysis.claims import searchable
from workbench.analysis.findings import KIND_WORD, NO_REASON, SEVERITIES, Finding, Kind, Severity
from workbench.analysis.lint.linter import Linter
from workbench.analysis.lint.place import standing_on
from workbench.analysis.lint.registry import BY_ID
from workbench.analysis.words import short_name, title_of
from workbench.commands.lint_fix import fixable
from workbench.model.drawing import Diagram
from workbench.model.review import Answer
from workbench.panels.evidence_filter import Chip
from workbench.panels.run_rows import RunSource
from workbench.store.store import Store
from workbench.values import value_type

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS: Final = 9


@value_type(frozen=True, slots=True)
class FindingRow:
    """One finding as it is shown.

    Attributes:
        id: unique among the rows.
        place: the element, link, guard or diagram it is seen on; empty where there is none.
        on: the code of that, or its title.
        fixable: the program may know a way to mend it.
        answered: why somebody answered the question so; nothing is found any more.
    """

    id: str
    rule: str
    title: str
    severity: Severity
    kind: Kind
    element: str
    place: str
    on: str
    message: str
    suppressed: str
    fixable: bool
    answered: str = ""

    @property
    def settled(self) -> bool:
        """Whether it does not count: somebody suppressed it, or answered the question."""
        return bool(self.suppressed or self.answered)


def row_of(store: Store, finding: Finding) -> FindingRow:
    """A finding with the names of what it is about."""
    rule = BY_ID[finding.rule]
    place, on = _seen_on(store, finding.element)
    key = f"{finding.rule}\n{finding.element}\n{finding.message}"
    return FindingRow(
        key,
        finding.rule,
        rule.title,
        finding.severity,
        rule.kind,
        finding.element,
        place,
        on,
        finding.message,
        finding.suppressed,
        fixable(finding.rule),
    )


def row_of_answer(store: Store, answer: Answer) -> FindingRow:
    """What somebody answered, and of which the rule finds nothing any more."""
    rule = BY_ID[answer.rule]
    place, on = _seen_on(store, answer.subject)
    reason = answer.reason.strip() or NO_REASON
    said = f"{rule.question} {answer.answer.title()}.".strip()
    key = f"{answer.rule}\n{answer.subject}\n"
    return FindingRow(
        key, rule.id, rule.title, rule.severity, rule.kind, answer.subject, place, on, said, "", False, reason
    )


def _seen_on(store: Store, id: str) -> tuple[str, str]:
    """What shows a record, and the code or title of that."""
    place = standing_on(store, id)
    record = store.get(place)
    on = title_of(record) if isinstance(record, Diagram) else short_name(store, place) if record is not None else ""
    return place, on[:60]


def code_order(text: str) -> tuple[str, int, str]:
    """Codes in the order people count: E-9 before E-10."""
    letters, _, digits = text.partition("-")
    number = int(digits) if digits.isdecimal() and len(digits) < _DIGITS else 0
    return letters.casefold(), number, text


def order_of(row: FindingRow) -> tuple[bool, bool, int, str, tuple[str, int, str], str]:
    """Those that count first, answers last; worst first, then by rule and what they are about."""
    return (
        bool(row.answered),
        bool(row.suppressed),
        SEVERITIES.index(row.severity),
        row.rule,
        code_order(row.on),
        row.id,
    )


class FindingRows:
    """The rows of a linter's findings and of answers that settled one; what did not change is not made anew."""

    def __init__(self, store: Store, linter: Linter) -> None:
        """Start without rows."""
        self._store = store
        self._linter = linter
        self._made: dict[Finding, FindingRow] = {}
        self._answers: dict[str, tuple[Answer, FindingRow]] = {}
        self._ahead: Iterator[Finding] | None = None

    def prepare(self, seconds: float) -> bool:
        """Make rows ahead, for about so long; whether ``rows`` has hardly any left to make."""
        until = perf_counter() + seconds
        if self._ahead is None:
            self._ahead = iter(list(self._linter.everything()))
        for finding in self._ahead:
            if finding not in self._made:
                self._made[finding] = row_of(self._store, finding)
                if perf_counter() > until:
                    return False
        return True

    def rows(self) -> list[FindingRow]:
        """Every finding known by now, in order, and last the answers that settled one."""
        known = self._made
        made = {finding: known.get(finding) or row_of(self._store, finding) for finding in self._linter.everything()}
        self._made, self._ahead = made, None
        return sorted([*made.values(), *self._answered()], key=order_of)

    def _answered(self) -> list[FindingRow]:
        found = {(finding.rule, finding.element) for finding in self._made}
        known, self._answers = self._answers, {}
        for answer in self._store.all(Answer):
            idle = answer.answer == "suppressed"  # a finding of its own, where nothing else is found
            if idle or (answer.rule, answer.subject) in found or answer.rule not in BY_ID:
                continue
            before = known.get(answer.id)
            kept = before is not None and before[0] is answer
            self._answers[answer.id] = before if before and kept else (answer, row_of_answer(self._store, answer))
        return [row for _, row in self._answers.values()]

    def forget(self) -> None:
        """Names may have changed: make every row anew when it is next asked for."""
        self._made = {}
        self._answers = {}


def found_by(row: FindingRow) -> str:
    """What a search looks at."""
    return searchable(
        f"{row.on} {row.message} {row.rule} {row.title} {KIND_WORD[row.kind]} {row.severity} {row.answered}"
    )


def no_source(_: FindingRow) -> RunSource:
    """Findings have no file."""
    return "no file"


FINDING_CHIPS: Final[tuple[Chip[FindingRow], ...]] = (
    Chip("", "All", lambda row, _: not row.settled, True, "Every finding that counts"),
    Chip("error", "Errors", lambda row, _: row.severity == "error" and not row.settled, True, "Must be mended"),
    Chip("warning", "Warnings", lambda row, _: row.severity == "warning" and not row.settled, True,
         "Should be mended, or suppressed with a reason"),
    Chip("note", "Notes", lambda row, _: row.severity == "note" and not row.settled, True, "Worth a look"),
    Chip("declared", "Questions", lambda row, _: row.kind == "declared" and not row.settled,
         tip="Rules that need a person’s answer"),
    Chip("wording", "Wording", lambda row, _: row.kind == "wording" and not row.settled,
         tip="Guesses from the wording; they can be wrong"),
    Chip("fixable", "With a fix", lambda row, _: row.fixable and not row.settled,
         tip="The program knows a way to mend it"),
    Chip("suppressed", "Suppressed", lambda row, _: bool(row.suppressed), tip="Suppressed with a reason"),
    Chip("answered", "Answered", lambda row, _: bool(row.answered), tip="Questions that somebody answered, and why"),
)  # fmt: skip

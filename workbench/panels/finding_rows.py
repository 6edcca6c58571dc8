"""Findings as rows of a table, kept from one edit to the next. No Qt."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from operator import itemgetter
from time import perf_counter
from typing import Final

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

_DIGITS: Final = 9
_FEW: Final = 200
"""Rows that are put in their places one by one; with more, everything is sorted."""


@value_type(frozen=True, slots=True)
class FindingRow:
    """One finding as it is shown.

    Attributes:
        id: unique among the rows.
        place: the element, link, guard or diagram it is seen on; empty where there is none.
        on: the code of that, or its title.
        fixable: the program may know a way to mend it.
        answered: why somebody answered the question so; nothing is found any more.
        alike: the same for rows that the chips below do not tell apart.
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
    alike: str
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
        f"{finding.severity} {rule.id}{' suppressed' if finding.suppressed else ''}",
    )


def row_of_answer(store: Store, answer: Answer) -> FindingRow:
    """What somebody answered, and of which the rule finds nothing any more."""
    rule = BY_ID[answer.rule]
    place, on = _seen_on(store, answer.subject)
    reason = answer.reason.strip() or NO_REASON
    said = f"{rule.question} {answer.answer.title()}.".strip()
    key = f"{answer.rule}\n{answer.subject}\n"
    return FindingRow(
        key,
        rule.id,
        rule.title,
        rule.severity,
        rule.kind,
        answer.subject,
        place,
        on,
        said,
        "",
        False,
        "answered",
        reason,
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


def order_of(row: FindingRow) -> str:
    """Those that count first, answers last; worst first, then by rule and what they are about.

    One text, since many thousand of them are sorted while the window waits.
    """
    letters, number, on = code_order(row.on)
    settled = 2 if row.answered else 1 if row.suppressed else 0
    about = (row.rule, letters, f"{number:0{_DIGITS}}", on, row.id)
    return f"{settled}{SEVERITIES.index(row.severity)}" + "\0".join(about)


_Placed = tuple[str, FindingRow]
"""A row behind what it is sorted by."""
_ORDER: Final = itemgetter(0)


class FindingRows:
    """The rows of a linter's findings and of answers that settled one, in order; an edit makes only its own anew."""

    def __init__(self, store: Store, linter: Linter) -> None:
        """Start without rows."""
        self._store = store
        self._linter = linter
        self._waiting = linter.watch()
        self._of: dict[str, list[_Placed]] = {}
        self._placed: list[_Placed] = []
        self._gone: list[_Placed] = []
        self._fresh: list[_Placed] = []
        self._answers: dict[str, tuple[Answer, FindingRow]] = {}

    def prepare(self, seconds: float | None = None) -> bool:
        """Make the rows of what is found otherwise by now, for about so long; whether that is all."""
        until = perf_counter() + seconds if seconds is not None else None
        while self._waiting:
            self._make(self._waiting.pop())
            if until is not None and perf_counter() > until:
                return not self._waiting
        return True

    def _make(self, id: str) -> None:
        made = [row_of(self._store, finding) for finding in self._linter.of(id)]
        before, now = self._of.pop(id, []), [(order_of(row), row) for row in made]
        if now == before:
            now = before
        else:
            self._gone += before
            self._fresh += now
        if now:
            self._of[id] = now

    def rows(self) -> list[FindingRow]:
        """Every finding known by now, in order, and last the answers that settled one."""
        self.prepare()
        out = {id(one) for one in self._gone}
        fresh = [one for one in self._fresh if id(one) not in out]
        if len(out) + len(fresh) <= _FEW:
            for one in self._gone:
                self._take_out(one)
            for one in fresh:
                insort(self._placed, one, key=_ORDER)
        else:
            kept = (one for one in self._placed if id(one) not in out)
            self._placed = sorted((*kept, *fresh), key=_ORDER)
        self._gone, self._fresh = [], []
        return [*(row for _, row in self._placed), *sorted(self._answered(), key=order_of)]

    def _take_out(self, one: _Placed) -> None:
        place = bisect_left(self._placed, one[0], key=_ORDER)
        while place < len(self._placed) and self._placed[place][0] == one[0]:
            if self._placed[place] is one:
                del self._placed[place]
                return
            place += 1

    def _answered(self) -> Iterable[FindingRow]:
        known, self._answers = self._answers, {}
        for answer in self._store.all(Answer):
            idle = answer.answer == "suppressed"  # a finding of its own, where nothing else is found
            found = any(finding.rule == answer.rule for finding in self._linter.of(answer.subject))
            if idle or found or answer.rule not in BY_ID:
                continue
            before = known.get(answer.id)
            kept = before is not None and before[0] is answer
            self._answers[answer.id] = before if before and kept else (answer, row_of_answer(self._store, answer))
        return [row for _, row in self._answers.values()]

    def forget(self) -> None:
        """Names may have changed: make every row anew when it is next asked for."""
        self._waiting.update(self._of)
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

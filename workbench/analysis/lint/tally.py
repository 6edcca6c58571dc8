"""How many findings are seen where: what a badge on the diagram says."""

from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import Final, Self

from workbench.analysis.findings import SEVERITIES, Finding, Severity
from workbench.analysis.lint.linter import Linter
from workbench.analysis.lint.place import standing_on
from workbench.model.elements import Control, Guard, Hazard, TopEvent
from workbench.store.reader import Reader
from workbench.values import value_type

_AT_ONCE: Final = 64
"""Records looked at between two looks at the clock."""


@value_type(frozen=True, slots=True)
class Tally:
    """Findings that count, seen in one place.

    Attributes:
        severity: the worst of them.
    """

    severity: Severity
    count: int

    def and_(self, other: Self | None) -> "Tally":
        """Both together."""
        if other is None:
            return self
        worse = min(self.severity, other.severity, key=SEVERITIES.index)
        return Tally(worse, self.count + other.count)


def tallies(reader: Reader, findings: Iterable[Finding]) -> dict[str, Tally]:
    """Open findings by the element, guard or link they are seen on; what no diagram shows is left out.

    What is found on a control that waits for its line is seen on the hazard or top event it is listed beneath.
    """
    by_place: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.open:
            by_place.setdefault(_seen_on(reader, finding.element), []).append(finding)
    return {place: tally for place, found in by_place.items() if place and (tally := _tally(found)) is not None}


def _tally(findings: Iterable[Finding]) -> Tally | None:
    ranks = [SEVERITIES.index(finding.severity) for finding in findings if finding.open]
    return Tally(SEVERITIES[min(ranks)], len(ranks)) if ranks else None


class Tallied:
    """The same, kept while the linter works: only what it has found otherwise is looked at again.

    Attributes:
        now: the tallies; always the same object.
    """

    def __init__(self, reader: Reader, linter: Linter) -> None:
        """Start without any; ``follow`` takes in what the linter has found by now."""
        self._reader = reader
        self._linter = linter
        self._waiting = linter.watch()
        self.now: dict[str, Tally] = {}
        self._places: dict[str, str] = {}
        self._there: dict[str, dict[str, None]] = {}
        self._changed: set[str] = set()

    def follow(self, seconds: float | None = None) -> bool:
        """Take in what the linter has found otherwise by now, for about so long; whether that is all."""
        until = perf_counter() + seconds if seconds is not None else None
        waiting = self._waiting
        while waiting:
            self._take([waiting.pop() for _ in range(min(_AT_ONCE, len(waiting)))])
            if until is not None and perf_counter() > until:
                return not waiting
        return True

    def _take(self, ids: Iterable[str]) -> None:
        places: set[str] = set()
        for id in ids:
            before = self._places.pop(id, None)
            if before is not None:
                places.add(before)
                del self._there[before][id]
            if any(finding.open for finding in self._linter.of(id)):
                place = self._places[id] = _seen_on(self._reader, id)
                places.add(place)
                self._there.setdefault(place, {})[id] = None
        places.discard("")
        for place in places:
            found = _tally(finding for id in self._there.get(place, ()) for finding in self._linter.of(id))
            if found == self.now.get(place):
                continue
            self._changed.add(place)
            if found is not None:
                self.now[place] = found
            else:
                del self.now[place]

    def take_changed(self) -> set[str]:
        """Places that are told otherwise since last asked."""
        changed, self._changed = self._changed, set()
        return changed


def _seen_on(reader: Reader, id: str) -> str:
    place = standing_on(reader, id)
    guard = reader.find(place, Guard)
    if guard is not None and isinstance(reader.get(guard.subject), Hazard | TopEvent):
        return guard.subject
    return place


def told_with(reader: Reader, id: str) -> tuple[str, ...]:
    """Every record whose findings the badge of something drawn counts: an element, a link, or a control on a line."""
    record = reader.get(id)
    if isinstance(record, Guard):
        return id, record.control
    if isinstance(record, Control):
        return (id, *(guard.id for guard in reader.referrers(id, Guard, "control")))
    if isinstance(record, Hazard | TopEvent):
        return (id, *(guard.id for guard in reader.referrers(id, Guard, "subject")))
    return (id,)


def together(tallied: Mapping[str, Tally], ids: Iterable[str]) -> Tally | None:
    """The findings of several places as one; None where there is none."""
    found: Tally | None = None
    for id in ids:
        more = tallied.get(id)
        if more is not None:
            found = more.and_(found)
    return found

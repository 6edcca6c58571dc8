"""How many findings are seen where: what a badge on the diagram says."""

from collections.abc import Iterable, Mapping
from typing import Self

from workbench.analysis.findings import SEVERITIES, Finding, Severity
from workbench.analysis.lint.place import standing_on
from workbench.model.elements import Control, Guard, Hazard, TopEvent
from workbench.store.reader import Reader
from workbench.values import value_type


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
    places: dict[str, str] = {}
    worst: dict[str, int] = {}
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.suppressed:
            continue
        place = places.get(finding.element)
        if place is None:
            place = places[finding.element] = _seen_on(reader, finding.element)
        rank = SEVERITIES.index(finding.severity)
        worst[place] = min(worst.get(place, rank), rank)
        counts[place] = counts.get(place, 0) + 1
    counts.pop("", None)
    return {place: Tally(SEVERITIES[worst[place]], count) for place, count in counts.items()}


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

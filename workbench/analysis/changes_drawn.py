"""What differs on one diagram: a mark for everything drawn that is new, gone, changed, or only elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, get_args

from workbench.model.base import Record
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Control, Element, Guard, Link
from workbench.model.judgement import Assessment, RiskAcceptance
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.diff import Diff

Mark = Literal["added", "removed", "changed", "moved"]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)
_RANK: Final = {mark: rank for rank, mark in enumerate(MARKS)}

Records = Mapping[str, Record]


def union(before: Records, after: Records) -> dict[str, Record]:
    """The records of both versions, the later ones where both have them: what one picture of both is drawn from."""
    return {**before, **after}


def marks(before: Records, after: Records, diff: Diff, diagram: str) -> dict[str, Mark]:
    """Marks by the id something is drawn under: an element, a line, or a control on a line."""
    return _Marks(before, after, diagram).of(diff)


class _Marks:
    def __init__(self, before: Records, after: Records, diagram: str) -> None:
        self._both = union(before, after)
        self._diagram = diagram
        self._found: dict[str, Mark] = {}
        self._guards: dict[str, list[str]] = {}
        self._claims: dict[str, list[Evidence]] = {}
        self._metrics: dict[str, list[str]] = {}
        for record in self._both.values():
            if isinstance(record, Guard):
                self._guards.setdefault(record.control, []).append(record.id)
            elif isinstance(record, Evidence) and record.metric is not None:
                self._claims.setdefault(record.metric, []).append(record)
            elif isinstance(record, Metric):
                self._metrics.setdefault(record.run, []).append(record.id)

    def of(self, diff: Diff) -> dict[str, Mark]:
        for key, old, new in diff.before_and_after():
            how: Mark = "added" if old is None else "removed" if new is None else "changed"
            record = new if new is not None else old
            assert record is not None
            if isinstance(record, Placement | Route):
                self._drawn(record, how)
            elif isinstance(record, Element | Link | Guard):
                self._put(key, how)
                self._put_on_lines(key, how)
            else:
                for subject in self._subjects(record):
                    self._put(subject, "changed")
                    self._put_on_lines(subject, "changed")
        return self._found

    def _drawn(self, record: Placement | Route, how: Mark) -> None:
        if record.diagram != self._diagram:
            return
        if isinstance(record, Route):
            self._put(record.link, "moved")
            return
        guard = isinstance(self._both.get(record.subject), Guard)
        self._put(record.subject, "moved" if how == "changed" or guard else how)

    def _put_on_lines(self, key: str, how: Mark) -> None:
        """A control is seen wherever it stands on a line."""
        if isinstance(self._both.get(key), Control):
            for guard in self._guards.get(key, ()):
                self._put(guard, how)

    def _subjects(self, record: Record) -> Iterator[str]:
        """What a judgement or a measurement speaks of, as far as that may be drawn."""
        if isinstance(record, Assessment | RiskAcceptance):
            yield record.subject
        elif isinstance(record, Evidence):
            yield from self._of_claim(record)
        elif isinstance(record, Metric):
            for claim in self._claims.get(record.id, ()):
                yield from self._of_claim(claim)
        elif isinstance(record, Run):
            for metric in self._metrics.get(record.id, ()):
                for claim in self._claims.get(metric, ()):
                    yield from self._of_claim(claim)

    def _of_claim(self, claim: Evidence) -> Iterator[str]:
        subject = self._both.get(claim.subject)
        yield subject.subject if isinstance(subject, Assessment) else claim.subject

    def _put(self, key: str, mark: Mark) -> None:
        known = self._found.get(key)
        if known is None or _RANK[mark] < _RANK[known]:
            self._found[key] = mark

"""What the drawing of a diagram asks the document over and over, kept at hand and up to date with every change."""

from collections.abc import Iterator
from typing import Final, TypeVar

from workbench.model.base import Record
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Gate, Guard, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence, Metric
from workbench.store.store import Store

R = TypeVar("R", bound=Record)
Bucket = dict[str, dict[str, R]]


def _put(bucket: Bucket[R], key: str, record: R) -> None:
    entry = bucket.get(key)
    if entry is None:
        bucket[key] = {record.id: record}
    else:
        entry[record.id] = record


def _drop(bucket: Bucket[R], key: str, record: R) -> None:
    entry = bucket.get(key)
    if entry is not None:
        entry.pop(record.id, None)
        if not entry:
            del bucket[key]


_BUCKETS: Final[dict[type[Record], tuple[tuple[str, str], ...]]] = {
    Link: (("links_at", "source"), ("links_at", "target")),
    Guard: (("guards_on", "subject"), ("guards_of", "control")),
    TopEvent: (("top_events_of", "hazard"),),
    Assessment: (("assessments", "subject"),),
    Evidence: (("evidence", "subject"), ("evidence_from", "metric")),
    Metric: (("metrics_of", "run"),),
}
"""Look-ups of several records by what a field of theirs names."""
_BY_ID: Final[dict[type[Record], str]] = {Link: "links", Guard: "guards_by_id", Gate: "gates"}


class DrawingIndex:
    """Look-ups for one diagram. Only the builder writes them.

    Attributes:
        placed: placements on the diagram by subject; ``collapsed``: subjects of those that are collapsed.
        routes: routes on the diagram by link.
        links_at: links by either end.
        guards_on: guards by the link or element they stand on; ``guards_of``: by control; ``guards_by_id``: all.
        top_events_of: top events by hazard.
        hung_from: placements on the diagram of what hangs, by the guard it hangs on.
        assessments: by subject; ``evidence``: by subject; ``evidence_from``: by metric; ``metrics_of``: by run.
        gates: by id.
    """

    def __init__(self, store: Store, diagram: str) -> None:
        """Read the whole document once."""
        self._diagram = diagram
        self.placed: dict[str, Placement] = {}
        self.collapsed: set[str] = set()
        self.routes: dict[str, Route] = {}
        self.links: dict[str, Link] = {}
        self.links_at: Bucket[Link] = {}
        self.guards_by_id: dict[str, Guard] = {}
        self.guards_on: Bucket[Guard] = {}
        self.guards_of: Bucket[Guard] = {}
        self.top_events_of: Bucket[TopEvent] = {}
        self.hung_from: Bucket[Placement] = {}
        self.assessments: Bucket[Assessment] = {}
        self.evidence: Bucket[Evidence] = {}
        self.evidence_from: Bucket[Evidence] = {}
        self.metrics_of: Bucket[Metric] = {}
        self.gates: dict[str, Gate] = {}
        for cls in (Placement, Route, TopEvent, Gate, Assessment, Evidence, Metric):
            for record in store.all(cls):
                self.add(record)
        self._add_many(store)

    def _add_many(self, store: Store) -> None:
        """Enter links and guards, of which there are many, without asking each for its kind."""
        links, at = self.links, self.links_at
        for link in store.all(Link):
            id, source, target = link.id, link.source, link.target
            links[id] = link
            for end in (source, target) if source != target else (source,):
                if end in at:
                    at[end][id] = link
                else:
                    at[end] = {id: link}
        guards, on, of = self.guards_by_id, self.guards_on, self.guards_of
        for guard in store.all(Guard):
            id, subject, control = guard.id, guard.subject, guard.control
            guards[id] = guard
            if subject in on:
                on[subject][id] = guard
            else:
                on[subject] = {id: guard}
            if control in of:
                of[control][id] = guard
            else:
                of[control] = {id: guard}

    def add(self, record: Record) -> None:
        """Enter a record; kinds that no look-up asks for are left out."""
        kind = type(record)
        for name, field in _BUCKETS.get(kind, ()):
            key = record.__dict__[field]
            if key is not None:
                _put(getattr(self, name), key, record)
        if kind in _BY_ID:
            getattr(self, _BY_ID[kind])[record.id] = record
        elif isinstance(record, Placement) and record.diagram == self._diagram:
            self.placed[record.subject] = record
            if record.collapsed:
                self.collapsed.add(record.subject)
            if record.hangs_on is not None:
                _put(self.hung_from, record.hangs_on, record)
        elif isinstance(record, Route) and record.diagram == self._diagram:
            self.routes[record.link] = record

    def discard(self, record: Record) -> None:
        """Take a record out again."""
        kind = type(record)
        for name, field in _BUCKETS.get(kind, ()):
            key = record.__dict__[field]
            if key is not None:
                _drop(getattr(self, name), key, record)
        if kind in _BY_ID:
            getattr(self, _BY_ID[kind]).pop(record.id, None)
        elif isinstance(record, Placement) and record.diagram == self._diagram:
            self.placed.pop(record.subject, None)
            self.collapsed.discard(record.subject)
            if record.hangs_on is not None:
                _drop(self.hung_from, record.hangs_on, record)
        elif isinstance(record, Route) and record.diagram == self._diagram:
            self.routes.pop(record.link, None)

    def guards_in_order(self, subject: str) -> list[Guard]:
        """Guards of a link from source to target, or of an element; equal keys by id."""
        guards = self.guards_on.get(subject)
        if not guards:
            return []
        if len(guards) == 1:
            return list(guards.values())
        return sorted(guards.values(), key=_guard_key)

    def links_of(self, end: str) -> Iterator[Link]:
        """Links with an end there."""
        yield from self.links_at.get(end, {}).values()

    def hanging(self, guard: str) -> list[str]:
        """Ids of what hangs on a guard on this diagram, in order of id."""
        entry = self.hung_from.get(guard)
        return sorted(placement.subject for placement in entry.values()) if entry else []


def _guard_key(guard: Guard) -> tuple[str, str]:
    return guard.order, guard.id

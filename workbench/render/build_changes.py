"""From a change of the document to the parts of one diagram's picture it may touch."""

from dataclasses import field

from workbench.analysis.risk import hazards_behind
from workbench.evidence.dates import DATED
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Control, Element, Gate, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Assessment, Project, RiskScheme
from workbench.model.runs import Evidence, Metric, Run
from workbench.render.build_index import DrawingIndex
from workbench.store.diff import Diff
from workbench.store.store import Store
from workbench.values import value_type

_DATED = tuple(cls for cls, _ in DATED)
MANY = 4_000
"""Changes of more records than this are drawn anew from scratch."""


@value_type(slots=True)
class Dirty:
    """Parts to make again.

    Attributes:
        nodes: ids of elements; ``links``: of links; ``top_events``: whose line to the hazard is meant.
        bars: guards and free controls whose place is the same; ``free``: controls that stand by themselves.
        rejudge: every badge, because the day or the system has changed.
        judged: evidence, or what it leans on, has changed.
        days: the newest day in the project may have changed.
        everything: all of it.
        structure: what hides behind what may have changed.
    """

    nodes: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    top_events: set[str] = field(default_factory=set)
    bars: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    rejudge: bool = False
    judged: bool = False
    days: bool = False
    everything: bool = False
    structure: bool = False


class ChangeReader:
    """Reads changes for one diagram and enters them into its index."""

    def __init__(self, store: Store, diagram: str, index: DrawingIndex) -> None:
        self._store = store
        self._diagram = diagram
        self._index = index

    def read(self, diff: Diff) -> Dirty:
        """Enter a change into the index and say what it touches."""
        dirty = Dirty(everything=len(diff) > MANY)
        for _, old, new in diff.before_and_after():
            if old is not None:
                self._index.discard(old)
            if new is not None:
                self._index.add(new)
        if not dirty.everything:
            for _, old, new in diff.before_and_after():
                self._mark(old, new, dirty)
        return dirty

    def _mark(self, old: Record | None, new: Record | None, dirty: Dirty) -> None:
        for side in (old, new):
            if side is not None:
                self._mark_side(side, dirty)
        record = new if new is not None else old
        if isinstance(record, Placement):
            dirty.structure |= not _only_moved(old, new)
        elif isinstance(record, Link | Guard | TopEvent | Route):
            dirty.structure = True
        elif isinstance(record, Diagram | Project | RiskScheme):
            self._whole(old, new, record, dirty)

    def _mark_side(self, side: Record, dirty: Dirty) -> None:
        dirty.days = dirty.days or isinstance(side, _DATED)
        if isinstance(side, Placement):
            if side.diagram == self._diagram:
                self._placement(side, dirty)
        elif isinstance(side, Route):
            if side.diagram == self._diagram:
                dirty.links.add(side.link)
        elif isinstance(side, Link):
            self._link(side, dirty)
        elif isinstance(side, Guard):
            self._guard(side, dirty)
        elif isinstance(side, Element):
            self._element(side, dirty)
        elif isinstance(side, Assessment):
            dirty.nodes.add(side.subject)
            self._rolled_up(side.subject, dirty)
        elif isinstance(side, Evidence | Metric | Run):
            self._evidence(side, dirty)

    def _rolled_up(self, element: str, dirty: Dirty) -> None:
        """Hazards whose rating may be the worst of consequences behind an element."""
        if self._index.assessments:
            dirty.nodes.update(hazards_behind(self._store, element))

    def _placement(self, placement: Placement, dirty: Dirty) -> None:
        subject = placement.subject
        guard = self._index.guards_by_id.get(subject)
        if guard is not None:
            dirty.links.add(guard.subject)
        dirty.nodes.add(subject)
        dirty.free.add(subject)
        if placement.hangs_on is not None:
            dirty.links.update(link.id for link in self._index.links_of(subject))
            self._bar_row(placement.hangs_on, dirty)

    def _bar_row(self, bar: str, dirty: Dirty) -> None:
        """Everything about a bar that something hangs on: the labels of its row, and its neighbours below it."""
        guard = self._index.guards_by_id.get(bar)
        if guard is not None:
            dirty.links.add(guard.subject)
        dirty.free.add(bar)
        dirty.nodes.update(self._index.hanging(bar))

    def _link(self, link: Link, dirty: Dirty) -> None:
        dirty.links.add(link.id)
        dirty.nodes.update((link.source, link.target))
        dirty.links.update(other.id for other in self._index.links_of(link.id))
        if link.kind == "leads_to":
            self._chains(link.source, dirty)
            if isinstance(self._store.get(link.source), Hazard | TopEvent | Gate):
                self._rolled_up(link.source, dirty)
        elif link.kind == "degrades":
            self._hung_neighbours(link.source, dirty)

    def _chains(self, source: str, dirty: Dirty) -> None:
        """Links into a gate from a top event take their role from where the gate leads."""
        seen, waiting = {source}, [source] if source in self._index.gates else []
        while waiting:
            here = waiting.pop()
            for link in self._index.links_of(here):
                if link.target == here and link.kind == "leads_to":
                    dirty.links.add(link.id)
                    if link.source not in seen and link.source in self._index.gates:
                        seen.add(link.source)
                        waiting.append(link.source)

    def _hung_neighbours(self, factor: str, dirty: Dirty) -> None:
        placement = self._index.placed.get(factor)
        if placement is not None and placement.hangs_on is not None:
            dirty.nodes.update(self._index.hanging(placement.hangs_on))

    def _guard(self, guard: Guard, dirty: Dirty) -> None:
        dirty.links.add(guard.subject)
        dirty.nodes.add(guard.subject)
        self._control(guard.control, dirty)
        link = self._index.links.get(guard.subject)
        if link is not None and link.kind == "degrades":
            dirty.nodes.add(link.source)
            self._hung_neighbours(link.source, dirty)

    def _control(self, control: str, dirty: Dirty) -> None:
        dirty.bars.add(control)
        dirty.bars.update(self._index.guards_of.get(control, ()))

    def _element(self, element: Element, dirty: Dirty) -> None:
        dirty.nodes.add(element.id)
        if isinstance(element, Control):
            dirty.free.add(element.id)
            self._control(element.id, dirty)
            dirty.nodes.update(guard.subject for guard in self._index.guards_of.get(element.id, {}).values())
        elif isinstance(element, TopEvent):
            dirty.top_events.add(element.id)
            if element.hazard is not None:
                dirty.nodes.add(element.hazard)
        elif isinstance(element, Gate):
            dirty.links.update(link.id for link in self._index.links_of(element.id))
            self._chains(element.id, dirty)

    def _evidence(self, record: Evidence | Metric | Run, dirty: Dirty) -> None:
        dirty.judged = True
        if isinstance(record, Evidence):
            self.judged(record.subject, dirty)
            return
        of_run = isinstance(record, Run)
        for metric in tuple(self._index.metrics_of.get(record.id, ())) if of_run else (record.id,):
            for evidence in self._index.evidence_from.get(metric, {}).values():
                self.judged(evidence.subject, dirty)

    def judged(self, subject: str, dirty: Dirty) -> None:
        """Mark everything that shows the verdict on a subject; the verdict on a rating shows on what is rated."""
        for element, ratings in self._index.assessments.items():
            if subject in ratings:
                dirty.nodes.add(element)
        if subject in self._index.links:
            dirty.links.add(subject)
        dirty.nodes.add(subject)
        dirty.bars.add(subject)
        dirty.bars.update(self._index.guards_of.get(subject, ()))

    def _whole(self, old: Record | None, new: Record | None, record: Record, dirty: Dirty) -> None:
        if isinstance(record, Diagram):
            if record.id == self._diagram:
                same = isinstance(old, Diagram) and isinstance(new, Diagram)
                dirty.everything |= not (same and _drawn_part(old) == _drawn_part(new))
        elif isinstance(record, RiskScheme):
            dirty.everything = True
        elif record.id == PROJECT_ID:
            same_scheme = isinstance(old, Project) and isinstance(new, Project) and old.risk_scheme == new.risk_scheme
            dirty.everything |= not same_scheme
            dirty.rejudge = True


def _drawn_part(diagram: Record | None) -> tuple[object, object]:
    return getattr(diagram, "notation", None), getattr(diagram, "focus", None)


def _only_moved(old: Record | None, new: Record | None) -> bool:
    return (
        isinstance(old, Placement)
        and isinstance(new, Placement)
        and old.collapsed == new.collapsed
        and old.hangs_on == new.hangs_on
        and old.subject == new.subject
        and old.diagram == new.diagram
    )

"""Pathways: every way from a cause over a top event to a consequence, one at a time."""

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise
from typing import Final, Literal, TypeVar

from workbench.model.base import Record
from workbench.model.codes import code_key
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Consequence, Control, Element, Guard, Hazard, Link, Note, TopEvent
from workbench.store.reader import Reader
from workbench.values import value_type

R = TypeVar("R", bound=Record)

MOST: Final = 500
"""Pathways through one thing that are told apart; a net of gates has more of them than anybody looks at."""


@value_type(frozen=True, slots=True)
class Pathway:
    """One way through the diagram.

    Attributes:
        steps: elements from the first cause to the last consequence.
        ids: everything on it: elements and the lines between them, the controls there, what weakens those, the hazard.
    """

    steps: tuple[str, ...]
    ids: frozenset[str]


def pathway_of(reader: Reader, id: str, turn: int = 0, within: Container[str] | None = None) -> Pathway | None:
    """One of the pathways through an element, a line or a control; None where there is none.

    Args:
        reader: the document.
        id: of an element, a link or a guard; a control stands for all its guards, a factor for what it weakens, a
            note for what it is about.
        turn: which of them: the first is 0; after the last comes the first again.
        within: ids of the elements that may be steps, such as those of one diagram; None: all.
    """
    found = list(islice(_all_ways(reader, id, within), max(turn, 0) + 1))
    if not found:
        return None
    return _pathway(reader, found[turn % len(found)])


def pathways(reader: Reader, id: str, within: Container[str] | None = None) -> Iterator[Pathway]:
    """The pathways through something, at most ``MOST``; always in the same order."""
    for steps in _all_ways(reader, id, within):
        yield _pathway(reader, steps)


def ways(reader: Reader, id: str) -> Iterator[tuple[str, ...]]:
    """The steps alone of the same pathways."""
    return _all_ways(reader, id, None)


def passed_by(reader: Reader, found: Iterable[tuple[str, ...]]) -> set[str]:
    """All that belongs to some pathways, given by their steps: each line and control is looked up once."""
    places: set[str] = set()
    for source, target in dict.fromkeys(step for steps in found for step in pairwise(steps)):
        places.update((source, target))
        places.update(link.id for link in _links(reader, source, "source") if link.target == target)
    return with_controls(reader, places)


def number_of(reader: Reader, id: str, within: Container[str] | None = None) -> int:
    """How many pathways lead through something, up to ``MOST``."""
    return sum(1 for _ in _all_ways(reader, id, within))


def pathways_on(reader: Reader, diagram: str) -> Iterator[Pathway]:
    """The pathways of a diagram that reach from a cause or hazard to a consequence, by causes from top to bottom."""
    places = reader.referrers(diagram, Placement, "diagram")
    here = {place.subject for place in places}
    causes = [place for place in places if _starts(reader, place.subject, here)]
    for place in sorted(causes, key=lambda place: (place.y, place.x, place.subject)):
        for pathway in pathways(reader, place.subject, here):
            if pathway.steps[0] == place.subject and isinstance(reader.get(pathway.steps[-1]), Consequence):
                yield pathway


def _starts(reader: Reader, id: str, here: Container[str]) -> bool:
    """Whether nothing on the diagram leads to an element, which leads on itself."""
    record = reader.get(id)
    return isinstance(record, Cause | Hazard | TopEvent) and not _next(reader, id, here, "target")


def with_controls(reader: Reader, places: Iterable[str]) -> set[str]:
    """Some elements and links, the controls that stand there, and the factors that weaken those with theirs."""
    found = set(places)
    waiting = list(found)
    seen: set[str] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        for guard in reader.referrers(place, Guard, "subject"):
            found.update((guard.id, guard.control))
            for target in (guard.id, guard.control):
                for link in reader.referrers(target, Link, "target"):
                    if link.kind == "degrades":
                        found.update((link.id, link.source))
                        waiting.append(link.id)
    return found


def _all_ways(reader: Reader, id: str, within: Container[str] | None) -> Iterator[tuple[str, ...]]:
    seen: set[tuple[str, ...]] = set()
    for middle in _middles(reader, id):
        if within is not None and not all(step in within for step in middle):
            continue
        for steps in _ways(reader, middle, within):
            if steps not in seen:
                seen.add(steps)
                yield steps
            if len(seen) >= MOST:
                return


def _pathway(reader: Reader, steps: tuple[str, ...]) -> Pathway:
    places: set[str] = set(steps)
    for source, target in pairwise(steps):
        places.update(link.id for link in _links(reader, source, "source") if link.target == target)
    found = with_controls(reader, places)
    for id in steps:
        event = reader.find(id, TopEvent)
        if event is not None and event.hazard is not None:
            found.add(event.hazard)
    return Pathway(steps, frozenset(found))


def _middles(reader: Reader, id: str) -> Iterator[tuple[str, ...]]:
    """The steps that a pathway through something must have in a row: one element, or both ends of a line."""
    waiting, seen = [id], {id}
    while waiting:
        record = reader.get(waiting.pop(0))
        further: list[str] = []
        if isinstance(record, Link) and record.kind == "leads_to":
            yield record.source, record.target
        elif isinstance(record, Link):
            further = [record.target]
        elif isinstance(record, Guard):
            further = [record.subject]
        elif isinstance(record, Control):
            further = [guard.id for guard in _sorted(reader.referrers(record.id, Guard, "control"))]
        elif isinstance(record, Hazard) and not _links(reader, record.id, "source"):
            further = sorted(event.id for event in reader.referrers(record.id, TopEvent, "hazard"))
        elif isinstance(record, Note) or (record is not None and record.TYPE == "degradation_factor"):
            further = [link.target for link in _sorted(reader.referrers(record.id, Link, "source"))]
        elif isinstance(record, Element):
            yield (record.id,)
        waiting += [one for one in further if one not in seen]
        seen.update(further)


def _sorted(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda record: record.id)


def _links(reader: Reader, id: str, end: Literal["source", "target"]) -> list[Link]:
    return [link for link in reader.referrers(id, Link, end) if link.kind == "leads_to"]


def _next(reader: Reader, id: str, within: Container[str] | None, end: Literal["source", "target"]) -> list[str]:
    """What is one line further (``end``: where ``id`` stands on the lines), by code."""
    found = {link.target if end == "source" else link.source for link in _links(reader, id, end)}
    if within is not None:
        found = {one for one in found if one in within}
    return sorted(found, key=lambda one: (code_key(getattr(reader.get(one), "code", "")), one))


def _ways(reader: Reader, middle: tuple[str, ...], within: Container[str] | None) -> Iterator[tuple[str, ...]]:
    """Every way through some steps in a row, from an end to an end; none passes anything twice."""
    backwards = cache(lambda here: _next(reader, here, within, "target"))
    onwards = cache(lambda here: _next(reader, here, within, "source"))
    for head in _walk(backwards, middle[0], middle[1:]):
        before = (*reversed(head[1:]), *middle)
        for tail in _walk(onwards, middle[-1], before[:-1]):
            yield (*before, *tail[1:])


def _walk(further: Callable[[str], Iterable[str]], start: str, taken: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every way on from somewhere until nothing follows that was not passed yet."""
    path, passed = [start], {start, *taken}
    open_ends = [iter(further(start))]
    at_end = True
    while open_ends:
        onwards = next((one for one in open_ends[-1] if one not in passed), None)
        if onwards is not None:
            path.append(onwards)
            passed.add(onwards)
            open_ends.append(iter(further(onwards)))
            at_end = True
            continue
        if at_end:
            yield tuple(path)
        open_ends.pop()
        passed.discard(path.pop())
        at_end = False

"""Collapse on one diagram: reads the document, hides, and says in words what is hidden."""

from collections import Counter
from collections.abc import Iterator

from workbench.model.base import record_type
from workbench.model.elements import Control, DegradationFactor, Element, Note
from workbench.render.build_collapse import Collapse, find_hidden
from workbench.render.build_content import hidden_text
from workbench.render.build_index import DrawingIndex
from workbench.store.store import Store


def find_collapse(store: Store, index: DrawingIndex, focus: str | None) -> Collapse:
    """What the collapsed elements of a diagram hide. Notes go with what they are about."""
    kinds: dict[str, str] = {}
    notes: list[str] = []
    for id, placement in index.placed.items():
        element = store.get(id)
        if not isinstance(element, Element) or isinstance(element, Control):
            continue
        if isinstance(element, DegradationFactor) and placement.hangs_on is not None:
            continue
        if isinstance(element, Note):
            notes.append(id)
        else:
            kinds[id] = record_type(element)
    collapse = find_hidden(kinds, _edges(index), frozenset(index.collapsed), focus)
    hidden = set(collapse.hidden)
    for id in notes:
        targets = [link.target for link in index.links_of(id) if link.source == id]
        if targets and all(_is_hidden(target, index, collapse.hidden) for target in targets):
            hidden.add(id)
    return Collapse(frozenset(hidden), collapse.behind)


def _edges(index: DrawingIndex) -> Iterator[tuple[str, str]]:
    for link in index.links.values():
        route = index.routes.get(link.id)
        if link.kind == "leads_to" and (route is None or not route.hidden):
            yield link.source, link.target
    for hazard, top_events in index.top_events_of.items():
        for top_event in top_events:
            yield hazard, top_event


def _is_hidden(target: str, index: DrawingIndex, hidden: frozenset[str]) -> bool:
    if target in hidden:
        return True
    guard = index.guards_by_id.get(target)
    link = index.links.get(guard.subject if guard is not None else target)
    return link is not None and (link.source in hidden or link.target in hidden)


def hidden_words(store: Store, index: DrawingIndex, collapse: Collapse) -> dict[str, str]:
    """For each collapsed element what it hides, in words."""
    words = {}
    for id, behind in collapse.behind.items():
        counts: Counter[str] = Counter()
        controls: set[str] = set()
        factors: set[str] = set()
        for hidden in behind:
            record = store.get(hidden)
            if record is not None:
                counts[record_type(record)] += 1
            for link in index.links_of(hidden):
                for guard in index.guards_in_order(link.id):
                    controls.add(guard.control)
                    factors.update(index.hanging(guard.id))
        counts["control"] = len(controls)
        counts["degradation_factor"] += len(factors)
        words[id] = hidden_text(dict(counts))
    return words

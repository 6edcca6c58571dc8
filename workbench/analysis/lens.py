"""What belongs to some hazards, or to an impact dimension: what a lens shows at full strength."""

from collections.abc import Iterable

from workbench.analysis.pathways import with_controls
from workbench.analysis.risk import DIMENSIONS, hazards_behind, links_in, links_out, starts_of
from workbench.model.base import Record
from workbench.model.elements import Consequence, Element, Guard, Hazard, ImpactDimension, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.store.reader import Reader


def hazards_in(store: Reader, dimension: ImpactDimension) -> list[str]:
    """Hazards that name an impact dimension or are rated in it, and those behind a consequence rated in it."""
    found = dict.fromkeys(hazard.id for hazard in store.all(Hazard) if dimension in hazard.impact_dimensions)
    for subject in dict.fromkeys(a.subject for a in store.all(Assessment) if a.dimension == dimension):
        if isinstance(store.get(subject), Consequence):
            found.update(dict.fromkeys(hazards_behind(store, subject)))
        elif isinstance(store.get(subject), Hazard):
            found[subject] = None
    return list(found)


def belongs_to(store: Reader, hazards: Iterable[str]) -> frozenset[str]:
    """Ids of everything on the pathways of some hazards: elements, links, controls, what weakens those."""
    starts = dict.fromkeys(start for hazard in hazards for start in starts_of(store, hazard))
    found = set(starts)
    for link in (*links_in(store, starts), *links_out(store, starts)):
        found.update((link.id, link.source, link.target))
    for event in [event for id in found if (event := store.find(id, TopEvent)) is not None]:
        if event.hazard is not None:
            found.add(event.hazard)
    return frozenset(with_controls(store, found))


def tinted(store: Reader) -> dict[str, tuple[ImpactDimension, ...]]:
    """The impact dimensions of everything on the pathways of hazards that have any, in their order."""
    found: dict[str, tuple[ImpactDimension, ...]] = {}
    for dimension in DIMENSIONS:
        for id in belongs_to(store, hazards_in(store, dimension)):
            found[id] = (*found.get(id, ()), dimension)
    return found


def matters(before: Record | None, after: Record | None) -> bool:
    """Whether a change of a record may change what belongs to hazards, or to a dimension."""
    record = after if after is not None else before
    if before is None or after is None:
        return isinstance(record, Element | Link | Guard | Assessment)
    if isinstance(record, Hazard | TopEvent | Link | Guard | Assessment):
        names = ("impact_dimensions", "hazard", "kind", "source", "target", "control", "subject", "dimension")
        return any(getattr(before, name, None) != getattr(after, name, None) for name in names)
    return False

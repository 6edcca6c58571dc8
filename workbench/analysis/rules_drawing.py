"""Rules about diagrams and what stands on them."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Control, Element
from workbench.model.kinds import ELEMENT_KINDS
from workbench.model.records import CLASS_OF
from workbench.store.store import Store


def _not_drawn(store: Store) -> Iterator[tuple[str, str]]:
    placed = {placement.subject for placement in store.all(Placement)}
    for kind in ELEMENT_KINDS:
        if kind == Control.TYPE:
            continue  # drawn by its guards
        for element in store.all(CLASS_OF[kind]):
            if element.id not in placed and isinstance(element, Element) and element.status != "retired":
                yield element.id, f"The {called(element)} stands on no diagram; place it from the outline."


def _no_focus(store: Store) -> Iterator[tuple[str, str]]:
    for diagram in store.all(Diagram):
        placed = {placement.subject for placement in store.referrers(diagram.id, Placement, "diagram")}
        if not placed:
            continue
        title = " ".join(diagram.title.split())[:60] or diagram.id
        if diagram.focus is None:
            yield diagram.id, f"The diagram {title} has nothing in its centre; choose a top event or a hazard."
        elif diagram.focus not in placed:
            focus = called(store.get(diagram.focus))
            yield diagram.id, f"The centre of the diagram {title}, {focus}, does not stand on it; place it there."


DRAWING_RULES: Final[tuple[Rule, ...]] = (
    Rule("not-drawn", "note", "Every element stands on a diagram", _not_drawn),
    Rule("diagram-focus", "note", "Every diagram has its centre", _no_focus),
)

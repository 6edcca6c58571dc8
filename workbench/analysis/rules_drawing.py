"""Rules about diagrams and what stands on them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.analysis.lint.context import Context
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Consequence, DegradationFactor, Element, Gate, Hazard, Link, Note, TopEvent

_DRAWN: Final = (Hazard, TopEvent, Cause, Consequence, DegradationFactor, Gate, Note)  # controls: by their guards


def diagram_name(diagram: Diagram) -> str:
    """A diagram in a sentence."""
    return " ".join(diagram.title[:200].split())[:60] or diagram.id


def _not_drawn(ctx: Context, element: Element) -> Iterable[str]:
    if element.status == "retired" or ctx.referrers(element.id, Placement, "subject"):
        return ()
    return (f"The {called(element)} stands on no diagram; place it from the outline.",)


def _sift_drawn(ctx: Context, elements: Sequence[Element]) -> list[Element]:
    drawn = ctx.by(Placement, "subject")
    return [element for element in elements if element.__dict__["id"] not in drawn]


def _no_focus(ctx: Context, diagram: Diagram) -> Iterable[str]:
    if diagram.focus is None:
        if not ctx.referrers(diagram.id, Placement, "diagram"):
            return ()
        return (f"The diagram {diagram_name(diagram)} has nothing in its centre; choose a top event or a hazard.",)
    if any(place.diagram == diagram.id for place in ctx.referrers(diagram.focus, Placement, "subject")):
        return ()
    if not ctx.referrers(diagram.id, Placement, "diagram"):
        return ()
    focus = called(ctx.get(diagram.focus))
    return (f"The centre of the diagram {diagram_name(diagram)}, {focus}, does not stand on it; place it there.",)


def _second_top_event(ctx: Context, event: TopEvent) -> Iterator[str]:
    for place in ctx.referrers(event.id, Placement, "subject"):
        diagram = ctx.find(place.diagram, Diagram)
        if diagram is None or diagram.notation != "bow_tie" or diagram.focus == event.id:
            continue
        if not isinstance(ctx.records.get(diagram.focus or ""), TopEvent) or _is_chained(ctx, event):
            continue
        yield (
            f"The {called(event)} stands on the bow-tie {diagram_name(diagram)}, which has another in its centre; "
            "give it a bow-tie of its own, or link the two as a chain."
        )


def _is_chained(ctx: Context, event: TopEvent) -> bool:
    """Whether it stands in a chain of bow-ties: as what another top event leads to, or the other way round."""
    after = (ctx.get(link.target) for link in ctx.referrers(event.id, Link, "source"))
    if any(type(end) in (TopEvent, Gate) for end in after):
        return True
    before = (ctx.get(link.__dict__["source"]) for link in ctx.referrers(event.id, Link, "target"))
    return any(type(end) is TopEvent for end in before)


DRAWING_RULES: Final[tuple[Rule, ...]] = (
    Rule("not-drawn", "note", "Every element stands on a diagram", _DRAWN, _not_drawn,
         source="Rule of the program: what is in the project should be seen in the review.",
         explanation="An element that no diagram shows is easily forgotten when the analysis is reviewed.",
         sift=_sift_drawn),
    Rule("diagram-focus", "note", "Every diagram has its centre", (Diagram,), _no_focus,
         source="Rule of the program: a bow-tie is drawn around its top event.",
         explanation="Arranging, collapsing and presenting go by what stands in the centre."),
)  # fmt: skip

BOW_TIE_RULES: Final[tuple[Rule, ...]] = (
    Rule("one-top-event", "note", "One top event in the centre of a bow-tie", (TopEvent,), _second_top_event,
         source="UK CAA, bow-tie elements: hazard (caa.co.uk). Some tools allow several top events.",
         explanation="A bow-tie shows one way of losing control. A hazard may have several bow-ties, each with its own "
         "top event; two on one sheet mix up which control protects what. Chained top events are no breach."),
)  # fmt: skip

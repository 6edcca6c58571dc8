"""Pathways as rules see them: from a cause to the centre of its bow-tie, and from the centre to a consequence."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.lint.context import Context
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent

FULL: Final = "control-full"
"""The rule by which somebody declares that a control is a full barrier, or only a safeguard."""
CENTRES: Final = (TopEvent, Hazard)
"""Where a pathway ends, or begins again."""
MOST_ROUTES: Final = 200
"""Routes looked at from one element; a net of gates can hold more than anybody reads."""


def links_of(ctx: Context, id: str, *, onwards: bool) -> list[Link]:
    """The steps from an element towards the consequences (``onwards``), or from the causes to it."""
    links = ctx.referrers(id, Link, "source" if onwards else "target")
    return [link for link in links if link.__dict__["kind"] == "leads_to"]


def guards_on(ctx: Context, link: str) -> list[tuple[Guard, Control]]:
    """The controls on a line that are not retired, in order."""
    return ctx.once(_guards_on, link)


def _guards_on(ctx: Context, link: str) -> list[tuple[Guard, Control]]:
    found = []
    guards = ctx.referrers(link, Guard, "subject")
    for guard in sorted(guards, key=_order) if len(guards) > 1 else guards:
        control = ctx.find(guard.__dict__["control"], Control)
        if control is not None and control.__dict__["status"] != "retired":
            found.append((guard, control))
    return found


def _order(guard: Guard) -> tuple[str, str]:
    values = guard.__dict__
    return values["order"], values["id"]


def routes(ctx: Context, id: str, *, onwards: bool) -> Iterator[tuple[Link, ...]]:
    """Every way from an element to the nearest top event or hazard, as its steps; at most ``MOST_ROUTES``."""
    far = "target" if onwards else "source"
    waiting: list[tuple[str, tuple[Link, ...]]] = [(id, ())]
    made = 0
    while waiting and made < MOST_ROUTES:
        here, way = waiting.pop()
        for link in links_of(ctx, here, onwards=onwards):
            end = link.__dict__[far]
            if end == id or (way and any(end in (step.source, step.target) for step in way)):
                continue  # a loop, which is a finding of its own
            if type(ctx.get(end)) in CENTRES:
                made += 1
                yield (*way, link)
            elif len(way) < MOST_ROUTES:
                waiting.append((end, (*way, link)))
            if made >= MOST_ROUTES:
                return


def is_barrier(ctx: Context, control: Control) -> bool:
    """Whether nobody declared a control to be a mere safeguard."""
    declared = ctx.answer(FULL, control.id)
    return declared is None or declared.answer != "no"


def barriers_free(ctx: Context, id: str, *, onwards: bool) -> list[str]:
    """The lines of the pathways from an element on which no control stands that counts, nearest first."""
    found: dict[str, None] = {}
    for way in routes(ctx, id, onwards=onwards):
        if not any(is_barrier(ctx, control) for link in way for _, control in guards_on(ctx, link.id)):
            found.update((link.id, None) for link in way)
    return list(found)

"""Pathways as rules see them: from a cause to the centre of its bow-tie, and from the centre to a consequence."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.lint.context import Context
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent

FULL: Final = "control-full"
"""The rule by which somebody declares that a control is a full barrier, or only a safeguard."""
MOST_ROUTES: Final = 200
"""Routes looked at from one element; a net of gates can hold more than anybody reads."""


def links_of(ctx: Context, id: str, *, onwards: bool) -> list[Link]:
    """The steps from an element towards the consequences (``onwards``), or from the causes to it."""
    return [link for link in ctx.referrers(id, Link, "source" if onwards else "target") if link.kind == "leads_to"]


def guards_on(ctx: Context, link: str) -> list[tuple[Guard, Control]]:
    """The controls on a line that are not retired, in order."""
    known: list[tuple[Guard, Control]] | None = ctx.memo.get((link, Guard)) if ctx.memo is not None else None
    if known is not None:
        return known
    found = []
    guards = ctx.referrers(link, Guard, "subject")
    for guard in sorted(guards, key=_order) if len(guards) > 1 else guards:
        control = ctx.find(guard.control, Control)
        if control is not None and control.status != "retired":
            found.append((guard, control))
    if ctx.memo is not None:
        ctx.memo[link, Guard] = found
    return found


def _order(guard: Guard) -> tuple[str, str]:
    return guard.order, guard.id


def routes(ctx: Context, id: str, *, onwards: bool) -> Iterator[tuple[Link, ...]]:
    """Every way from an element to the nearest top event or hazard, as its steps; at most ``MOST_ROUTES``."""
    waiting: list[tuple[str, tuple[Link, ...]]] = [(id, ())]
    made = 0
    while waiting and made < MOST_ROUTES:
        here, way = waiting.pop()
        for link in links_of(ctx, here, onwards=onwards):
            end = link.target if onwards else link.source
            if any(end in (step.source, step.target) for step in way) or end == id:
                continue  # a loop, which is a finding of its own
            if isinstance(ctx.get(end), TopEvent | Hazard):
                made += 1
                yield (*way, link)
            elif len(way) < MOST_ROUTES:
                waiting.append((end, (*way, link)))
            if made >= MOST_ROUTES:
                return


def barriers_on(ctx: Context, link: str) -> list[Control]:
    """The controls on a line that nobody declared to be mere safeguards."""
    found = []
    for _, control in guards_on(ctx, link):
        declared = ctx.answer(FULL, control.id)
        if declared is None or declared.answer != "no":
            found.append(control)
    return found


def barriers_free(ctx: Context, id: str, *, onwards: bool) -> list[str]:
    """The lines of the pathways from an element on which no control stands that counts, nearest first."""
    found: dict[str, None] = {}
    for way in routes(ctx, id, onwards=onwards):
        if not any(barriers_on(ctx, link.id) for link in way):
            found.update((link.id, None) for link in way)
    return list(found)

"""Rules about links and the controls on them."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.analysis.findings import Rule, called, start
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Whole, by_whole
from workbench.model.base import Record, record_type
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent
from workbench.model.links import LEGAL, may_carry_guards
from workbench.store.reader import Reader
from workbench.store.store import Store

_NAMED: Final = 5


def _illegal_ends(ctx: Context, link: Link) -> Iterable[str]:
    source, target = ctx.store.get(link.source), ctx.store.get(link.target)  # asked again where one changes its kind
    if source is None or target is None or record_type(target) in LEGAL[link.kind].get(record_type(source), ()):
        return ()
    words = link.kind.replace("_", " ")
    return (f"{start(called(source))} {words} {called(target)}, which is not allowed; remove the link.",)


def _hazard_with_top_event(ctx: Context, link: Link) -> Iterator[str]:
    if link.kind != "leads_to":
        return
    for end in (link.source, link.target):
        hazard = ctx.store.get(end)
        if isinstance(hazard, Hazard) and ctx.referrers(end, TopEvent, "hazard"):
            yield f"{start(called(hazard))} has a top event, yet a link of its own; move the link to the top event."


def _to_itself(ctx: Context, link: Link) -> Iterable[str]:
    if link.source != link.target:
        return ()
    return (f"{start(called(ctx.get(link.source)))} is linked to itself; remove the link.",)


def _twice(ctx: Context, link: Link) -> Iterable[str]:
    for other in ctx.referrers(link.source, Link, "source"):
        if other.id < link.id and other.target == link.target and other.kind == link.kind:
            ends = f"{called(ctx.get(link.source))} and {called(ctx.get(link.target))}"
            return (f"{start(ends)} are linked twice; remove one link.",)
    return ()


def _guard_subject(ctx: Context, guard: Guard) -> Iterable[str]:
    subject = ctx.get(guard.subject)
    if isinstance(subject, Hazard | TopEvent) or (isinstance(subject, Link) and may_carry_guards(subject.kind)):
        return ()
    control = start(called(ctx.get(guard.control)))
    return (f"{control} stands on {called(subject)}, where no control can stand; put it on a line.",)


def _guard_waiting(ctx: Context, guard: Guard) -> Iterable[str]:
    subject = ctx.get(guard.subject)
    if not isinstance(subject, Hazard | TopEvent):
        return ()
    control = start(called(ctx.get(guard.control)))
    return (f"{control} is listed beneath {called(subject)}; say on which line it stands.",)


def _on_one_line_twice(ctx: Context, guard: Guard) -> Iterable[str]:
    for other in ctx.referrers(guard.subject, Guard, "subject"):
        if other.id < guard.id and other.control == guard.control:
            return (f"{start(called(ctx.get(guard.control)))} stands on one line twice; remove one.",)
    return ()


def guards_degradation_only(ctx: Reader, target: Record) -> bool:
    """Whether a control, or a control on a line, stands on stems of factors and nowhere else."""
    guards = [target] if isinstance(target, Guard) else ctx.referrers(target.id, Guard, "control")
    lines = [ctx.find(guard.subject, Link) for guard in guards]
    return bool(lines) and all(line is not None and line.kind == "degrades" for line in lines)


def _factor_on_degradation_control(ctx: Context, link: Link) -> Iterable[str]:
    if link.kind != "degrades":
        return ()
    target = ctx.get(link.target)
    if target is None or not guards_degradation_only(ctx, target):
        return ()
    control = ctx.find(target.control, Control) if isinstance(target, Guard) else target
    message = (
        f"{start(called(ctx.get(link.source)))} acts on {called(control)}, a degradation control, which "
        "carries no factors; let it act on the control that guards the pathway."
    )
    return (message,)


def loops(reader: Reader) -> Iterator[tuple[str, str]]:
    """(element, message) for every knot of elements that lead back to themselves."""
    follows: dict[str, list[str]] = {}
    waiting_for: dict[str, int] = {}
    for link in reader.all(Link):
        if link.kind == "leads_to" and link.source != link.target:
            follows.setdefault(link.source, []).append(link.target)
            waiting_for[link.target] = waiting_for.get(link.target, 0) + 1
    free = [id for id in follows if not waiting_for.get(id)]
    while free:
        for target in follows.pop(free.pop(), ()):
            waiting_for[target] -= 1
            if not waiting_for[target]:
                free.append(target)
    if not follows:
        return
    import networkx as nx  # most projects have no loop, and importing takes as long as reading them

    graph = nx.DiGraph({source: targets for source, targets in follows.items() if targets})
    for members in nx.strongly_connected_components(graph):
        if len(members) > 1:
            ordered = sorted(members, key=lambda member: (called(reader.get(member)), member))
            names = ", ".join(called(reader.get(id)) for id in ordered[:_NAMED])
            more = f" and {len(ordered) - _NAMED} more" if len(ordered) > _NAMED else ""
            yield ordered[0], f"These lead back to themselves: {names}{more}; remove one of their links."


_TABLE: Final = "The program's table of legal links."

LOOP: Final = Rule(
    "loop", "error", "Nothing leads back to itself", (), by_whole, source=_TABLE,
    explanation="A pathway leads from a cause to a consequence. One that comes back to itself has no beginning, and no "
    "likelihood can be computed along it.",
)  # fmt: skip


def _loops(store: Store) -> Iterator[tuple[str, str, str]]:
    return ((LOOP.id, element, message) for element, message in loops(store))


def _may_loop(store: Store, _: Record | None, new: Record | None, found: bool) -> bool:
    if found:  # rare: whatever touches a link or a title may end a loop or rename one
        return True
    if not isinstance(new, Link) or new.kind != "leads_to" or new.source == new.target:
        return False
    seen, waiting = {new.target}, [new.target]
    while waiting:
        for link in store.referrers(waiting.pop(), Link, "source"):
            if link.kind == "leads_to" and link.target not in seen:
                seen.add(link.target)
                waiting.append(link.target)
    return new.source in seen


LOOPS: Final = Whole((LOOP,), _loops, _may_loop)

LINK_RULES: Final[tuple[Rule, ...]] = (
    Rule("link-kind", "error", "Links join only kinds that may be joined", (Link,), _illegal_ends, source=_TABLE,
         explanation="A link between these two kinds means nothing in a hazard analysis; nothing is computed from it."),
    Rule("hazard-with-top-event", "error", "A hazard with a top event has no links of its own", (Link,),
         _hazard_with_top_event, source=_TABLE,
         explanation="Once the moment is named at which control is lost, causes lead to it and consequences follow "
         "from it, not from the hazard."),
    Rule("link-to-itself", "error", "No link leads to its own start", (Link,), _to_itself, source=_TABLE,
         explanation="An element cannot bring itself about."),
    Rule("link-twice", "error", "No two links of a kind join the same two elements", (Link,), _twice, source=_TABLE,
         explanation="Two lines would count one step of the pathway twice."),
    LOOP,
    Rule("guard-subject", "error", "Controls stand on lines", (Guard,), _guard_subject, source=_TABLE,
         explanation="A control guards a step of a pathway; standing on anything else it guards nothing."),
    Rule("guard-twice", "warning", "A control stands on a line once", (Guard,), _on_one_line_twice, source=_TABLE,
         explanation="The same control cannot fail twice independently on one step."),
    Rule("guard-waiting", "warning", "Every control stands on a line", (Guard,), _guard_waiting, source=_TABLE,
         explanation="A control listed beneath a hazard is in no sum until somebody says which step it guards."),
    Rule("factor-target", "error", "Degradation controls carry no factors", (Link,), _factor_on_degradation_control,
         source="CAA bow-tie guidance on escalation factor controls; CCPS and Energy Institute practice.",
         explanation="Factors of factors have no end. What weakens a degradation control is written into its "
         "description, or the factor acts on the control of the pathway."),
)  # fmt: skip

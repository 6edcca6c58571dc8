"""Rules about links and the controls on them."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.analysis.findings import Rule, called, start
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Family, Whole, by_whole
from workbench.model.base import Record, record_type
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent
from workbench.model.links import LEGAL, may_carry_guards
from workbench.store.reader import Reader
from workbench.store.store import Store

_NAMED: Final = 5
Said = Iterable[tuple[str, str]]


def _of_link(ctx: Context, link: Link) -> Said:
    """What is wrong with a line; every line is looked at, and nearly all are sound: the ends are read once."""
    source, target = (
        ctx.records.get(link.source),
        ctx.records.get(link.target),
    )  # asked again where one changes its kind
    if source is None or target is None:
        return ()
    found: list[tuple[str, str]] = []
    if record_type(target) not in LEGAL[link.kind].get(record_type(source), ()):
        words = link.kind.replace("_", " ")
        message = f"{start(called(source))} {words} {called(target)}, which is not allowed; remove the link."
        found.append(("link-kind", message))
    if source is target:
        found.append(("link-to-itself", f"{start(called(source))} is linked to itself; remove the link."))
    for other in ctx.referrers(link.source, Link, "source"):
        if other.target == link.target and other.id < link.id and other.kind == link.kind:
            ends = f"{called(ctx.get(link.source))} and {called(ctx.get(link.target))}"
            found.append(("link-twice", f"{start(ends)} are linked twice; remove one link."))
            break
    if link.kind == "degrades":
        found += _factor_on_degradation_control(ctx, link)
    elif link.kind == "leads_to":
        for end in (source, target):
            if isinstance(end, Hazard) and ctx.referrers(end.id, TopEvent, "hazard"):
                message = "has a top event, yet a link of its own; move the link to the top event."
                found.append(("hazard-with-top-event", f"{start(called(end))} {message}"))
    return found


def _of_guard(ctx: Context, guard: Guard) -> Said:
    """What is wrong with a control where it stands; its place is read once."""
    found: list[tuple[str, str]] = []
    subject = ctx.get(guard.subject)
    if isinstance(subject, Hazard | TopEvent):
        control = start(called(ctx.get(guard.control)))
        found.append(("guard-waiting", f"{control} is listed beneath {called(subject)}; say on which line it stands."))
    elif not isinstance(subject, Link) or not may_carry_guards(subject.kind):
        control = start(called(ctx.get(guard.control)))
        message = f"{control} stands on {called(subject)}, where no control can stand; put it on a line."
        found.append(("guard-subject", message))
    for other in ctx.referrers(guard.subject, Guard, "subject"):
        if other.control == guard.control and other.id < guard.id:
            control = start(called(ctx.get(guard.control)))
            found.append(("guard-twice", f"{control} stands on one line twice; remove one."))
            break
    return found


def guards_degradation_only(ctx: Reader, target: Record) -> bool:
    """Whether a control, or a control on a line, stands on stems of factors and nowhere else."""
    guards = [target] if isinstance(target, Guard) else ctx.referrers(target.id, Guard, "control")
    lines = [ctx.find(guard.subject, Link) for guard in guards]
    return bool(lines) and all(line is not None and line.kind == "degrades" for line in lines)


def _factor_on_degradation_control(ctx: Context, link: Link) -> Said:
    target = ctx.get(link.target)
    if target is None or not guards_degradation_only(ctx, target):
        return ()
    control = ctx.find(target.control, Control) if isinstance(target, Guard) else target
    message = (
        f"{start(called(ctx.get(link.source)))} acts on {called(control)}, a degradation control, which "
        "carries no factors; let it act on the control that guards the pathway."
    )
    return (("factor-target", message),)


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
    Rule("link-kind", "error", "Links join only kinds that may be joined", (), by_whole, source=_TABLE,
         explanation="A link between these two kinds means nothing in a hazard analysis; nothing is computed from it."),
    Rule("hazard-with-top-event", "error", "A hazard with a top event has no links of its own", (), by_whole,
         source=_TABLE,
         explanation="Once the moment is named at which control is lost, causes lead to it and consequences follow "
         "from it, not from the hazard."),
    Rule("link-to-itself", "error", "No link leads to its own start", (), by_whole, source=_TABLE,
         explanation="An element cannot bring itself about."),
    Rule("link-twice", "error", "No two links of a kind join the same two elements", (), by_whole, source=_TABLE,
         explanation="Two lines would count one step of the pathway twice."),
    LOOP,
    Rule("guard-subject", "error", "Controls stand on lines", (), by_whole, source=_TABLE,
         explanation="A control guards a step of a pathway; standing on anything else it guards nothing."),
    Rule("guard-twice", "warning", "A control stands on a line once", (), by_whole, source=_TABLE,
         explanation="The same control cannot fail twice independently on one step."),
    Rule("guard-waiting", "warning", "Every control stands on a line", (), by_whole, source=_TABLE,
         explanation="A control listed beneath a hazard is in no sum until somebody says which step it guards."),
    Rule("factor-target", "error", "Degradation controls carry no factors", (), by_whole,
         source="CAA bow-tie guidance on escalation factor controls; CCPS and Energy Institute practice.",
         explanation="Factors of factors have no end. What weakens a degradation control is written into its "
         "description, or the factor acts on the control of the pathway."),
)  # fmt: skip

LINK_FAMILY: Final = Family(
    tuple(rule for rule in LINK_RULES if rule.id.startswith(("link-", "hazard-", "factor-"))), (Link,), _of_link
)
GUARD_FAMILY: Final = Family(tuple(rule for rule in LINK_RULES if rule.id.startswith("guard-")), (Guard,), _of_guard)

"""Rules about links and the controls on them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbench.analysis.findings import Rule, called, start
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Family, Whole, by_whole
from workbench.model.base import Record
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent
from workbench.model.links import LEGAL, may_carry_guards
from workbench.model.records import CLASS_OF
from workbench.store.reader import Reader
from workbench.store.store import Store

_NAMED: Final = 5
_LEGAL: Final = frozenset(
    (kind, CLASS_OF[source], CLASS_OF[target])
    for kind, ends in LEGAL.items()
    for source, targets in ends.items()
    for target in targets
)
Said = Iterable[tuple[str, str]]


def _of_link(ctx: Context, link: Link) -> Said:
    """What is wrong with a line; every line is looked at, and nearly all are sound: the ends are read once."""
    values = link.__dict__
    kind = values["kind"]
    get = ctx.records.get  # asked again where an end changes its kind; what names one reads it
    source, target = get(values["source"]), get(values["target"])
    if source is None or target is None:
        return ()
    found: list[tuple[str, str]] = []
    if (kind, type(source), type(target)) not in _LEGAL:
        words = kind.replace("_", " ")
        message = (
            f"{start(_end(ctx, link.source))} {words} {_end(ctx, link.target)}, which is not allowed; remove the link."
        )
        found.append(("link-kind", message))
    if source is target:
        found.append(("link-to-itself", f"{start(_end(ctx, link.source))} is linked to itself; remove the link."))
    if values["id"] in ctx.once(_repeated, values["source"]):
        ends = f"{_end(ctx, link.source)} and {_end(ctx, link.target)}"
        found.append(("link-twice", f"{start(ends)} are linked twice; remove one link."))
    if kind == "degrades":
        found += _factor_on_degradation_control(ctx, link)
    elif kind == "leads_to":
        for end in (source, target):
            if type(end) is Hazard and ctx.referrers(end.id, TopEvent, "hazard"):
                message = "has a top event, yet a link of its own; move the link to the top event."
                found.append(("hazard-with-top-event", f"{start(_end(ctx, end.id))} {message}"))
    return found


def _repeated(ctx: Context, source: str) -> frozenset[str]:
    """Links from an element that say again what another says; of two the one with the greater id."""
    first: dict[tuple[str, str], str] = {}
    again: set[str] = set()
    for link in ctx.referrers(source, Link, "source"):
        values = link.__dict__
        id, key = values["id"], (values["kind"], values["target"])
        known = first.setdefault(key, id)
        if known != id:
            again.add(max(id, known))
            first[key] = min(id, known)
    return frozenset(again)


def _sift_links(ctx: Context, _: Sequence[Link]) -> list[Link]:
    get = ctx.records.get
    found: dict[str, Link] = {}
    for source, there in ctx.by(Link, "source").items():
        kind_of_source = type(get(source))
        told = set()
        for id, link in there.items():
            values = link.__dict__
            kind, target = values["kind"], values["target"]
            kind_of_target = type(get(target))
            if (
                kind == "degrades"
                or source == target
                or Hazard in (kind_of_source, kind_of_target)
                or (kind, kind_of_source, kind_of_target) not in _LEGAL
            ):
                found[id] = link
            told.add((kind, target))
        if len(told) < len(there):
            found.update(there)
    return list(found.values())


def _end(ctx: Context, id: str) -> str:
    return called(ctx.get(id))


def _of_guard(ctx: Context, guard: Guard) -> Said:
    """What is wrong with a control where it stands; its place is read once."""
    found: list[tuple[str, str]] = []
    subject = ctx.get(guard.subject)
    if type(subject) is Link and may_carry_guards(subject.kind):
        pass
    elif isinstance(subject, Hazard | TopEvent):
        control = start(called(ctx.get(guard.control)))
        found.append(("guard-waiting", f"{control} is listed beneath {called(subject)}; say on which line it stands."))
    else:
        control = start(called(ctx.get(guard.control)))
        message = f"{control} stands on {called(subject)}, where no control can stand; put it on a line."
        found.append(("guard-subject", message))
    values = guard.__dict__
    for other in ctx.referrers(values["subject"], Guard, "subject"):
        told = other.__dict__
        if told["control"] == values["control"] and told["id"] < values["id"]:
            control = start(called(ctx.get(guard.control)))
            found.append(("guard-twice", f"{control} stands on one line twice; remove one."))
            break
    return found


def _sift_guards(ctx: Context, _: Sequence[Guard]) -> list[Guard]:
    get = ctx.records.get
    found: list[Guard] = []
    carrying = {kind for kind in LEGAL if may_carry_guards(kind)}
    for place, there in ctx.by(Guard, "subject").items():
        subject = get(place)
        sound = type(subject) is Link and subject.__dict__["kind"] in carrying
        if not sound or (len(there) > 1 and len({guard.__dict__["control"] for guard in there.values()}) < len(there)):
            found += there.values()
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
        values = link.__dict__
        source, target = values["source"], values["target"]
        if values["kind"] == "leads_to" and source != target:
            follows.setdefault(source, []).append(target)
            waiting_for[target] = waiting_for.get(target, 0) + 1
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
    tuple(rule for rule in LINK_RULES if rule.id.startswith(("link-", "hazard-", "factor-"))),
    (Link,),
    _of_link,
    _sift_links,
)
GUARD_FAMILY: Final = Family(
    tuple(rule for rule in LINK_RULES if rule.id.startswith("guard-")), (Guard,), _of_guard, _sift_guards
)

"""Rules about links and the controls on them."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.model.base import record_type
from workbench.model.elements import Control, Guard, Hazard, Link, TopEvent
from workbench.model.links import LEGAL, may_carry_guards
from workbench.store.store import Store

_NAMED: Final = 5


def _illegal_ends(store: Store) -> Iterator[tuple[str, str]]:
    for link in store.all(Link):
        source, target = store.get(link.source), store.get(link.target)
        if source is None or target is None:
            continue
        if record_type(target) not in LEGAL[link.kind].get(record_type(source), ()):
            words = link.kind.replace("_", " ")
            yield link.id, f"{_start(called(source))} {words} {called(target)}, which is not allowed; remove the link."


def _hazard_with_top_event(store: Store) -> Iterator[tuple[str, str]]:
    owned = {event.hazard for event in store.all(TopEvent) if event.hazard is not None}
    for link in store.all(Link):
        if link.kind != "leads_to":
            continue
        for end in (link.source, link.target):
            if end in owned and isinstance(store.get(end), Hazard):
                yield (
                    link.id,
                    (
                        f"{_start(called(store.get(end)))} has a top event, yet a link of its own; "
                        "move the link to the top event."
                    ),
                )


def _to_itself(store: Store) -> Iterator[tuple[str, str]]:
    for link in store.all(Link):
        if link.source == link.target:
            yield link.id, f"{_start(called(store.get(link.source)))} is linked to itself; remove the link."


def _twice(store: Store) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str, str]] = set()
    for link in sorted(store.all(Link), key=lambda link: link.id):
        key = (link.kind, link.source, link.target)
        if key in seen:
            ends = f"{called(store.get(link.source))} and {called(store.get(link.target))}"
            yield link.id, f"{_start(ends)} are linked twice; remove one link."
        seen.add(key)


def _loops(store: Store) -> Iterator[tuple[str, str]]:
    follows: dict[str, list[str]] = {}
    waiting_for: dict[str, int] = {}
    for link in store.all(Link):
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
            ordered = sorted(members, key=lambda member: (called(store.get(member)), member))
            names = ", ".join(called(store.get(id)) for id in ordered[:_NAMED])
            more = f" and {len(ordered) - _NAMED} more" if len(ordered) > _NAMED else ""
            yield ordered[0], f"These lead back to themselves: {names}{more}; remove one of their links."


def _guard_subject(store: Store) -> Iterator[tuple[str, str]]:
    for guard in store.all(Guard):
        subject = store.get(guard.subject)
        if isinstance(subject, Hazard | TopEvent) or (isinstance(subject, Link) and may_carry_guards(subject.kind)):
            continue
        yield (
            guard.id,
            (
                f"{_start(called(store.get(guard.control)))} stands on {called(subject)}, where no control can stand; "
                "put it on a line."
            ),
        )


def _guard_waiting(store: Store) -> Iterator[tuple[str, str]]:
    for guard in store.all(Guard):
        subject = store.get(guard.subject)
        if isinstance(subject, Hazard | TopEvent):
            yield (
                guard.id,
                (
                    f"{_start(called(store.get(guard.control)))} is listed beneath {called(subject)}; "
                    "say on which line it stands."
                ),
            )


def _on_one_line_twice(store: Store) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for guard in sorted(store.all(Guard), key=lambda guard: guard.id):
        key = (guard.control, guard.subject)
        if key in seen:
            yield guard.id, f"{_start(called(store.get(guard.control)))} stands on one line twice; remove one."
        seen.add(key)


def _factor_on_degradation_control(store: Store) -> Iterator[tuple[str, str]]:
    lines: dict[str, list[bool]] = {}
    for guard in store.all(Guard):
        subject = store.get(guard.subject)
        of_factor = isinstance(subject, Link) and subject.kind == "degrades"
        lines.setdefault(guard.control, []).append(of_factor)
        lines[guard.id] = [of_factor]
    for link in store.all(Link):
        if link.kind == "degrades" and lines.get(link.target) and all(lines[link.target]):
            target = store.get(link.target)
            control = store.find(target.control, Control) if isinstance(target, Guard) else target
            yield (
                link.id,
                (
                    f"{_start(called(store.get(link.source)))} acts on {called(control)}, a degradation control, which "
                    "carries no factors; let it act on the control that guards the pathway."
                ),
            )


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


LINK_RULES: Final[tuple[Rule, ...]] = (
    Rule("link-kind", "error", "Links join only kinds that may be joined", _illegal_ends),
    Rule("hazard-with-top-event", "error", "A hazard with a top event has no links of its own", _hazard_with_top_event),
    Rule("link-to-itself", "error", "No link leads to its own start", _to_itself),
    Rule("link-twice", "error", "No two links of a kind join the same two elements", _twice),
    Rule("loop", "error", "Nothing leads back to itself", _loops),
    Rule("guard-subject", "error", "Controls stand on lines", _guard_subject),
    Rule("guard-twice", "warning", "A control stands on a line once", _on_one_line_twice),
    Rule("guard-waiting", "warning", "Every control stands on a line", _guard_waiting),
    Rule("factor-target", "error", "Degradation controls carry no factors", _factor_on_degradation_control),
)

"""What can be done about a finding at once, as steps that can be undone."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from workbench.analysis.lint.context import Context
from workbench.analysis.lint.control_rules import owners_of
from workbench.analysis.lint.idle import IDLE
from workbench.analysis.lint.linter import suppressed_in_vain
from workbench.analysis.lint.options import Options
from workbench.analysis.lint.paths import barriers_free, guards_on
from workbench.commands.answers import withdraw_answer
from workbench.commands.connect import connect, reconnect, refusal, top_events_of
from workbench.commands.create import place_existing
from workbench.commands.delete import delete_everywhere
from workbench.commands.errors import CommandError
from workbench.commands.guards import add_degradation_control, insert_control, move_guard
from workbench.commands.lint_fix_risk import Way, doubt_residual, judge_again, unrate
from workbench.commands.lint_split import outcomes, part_control, split_consequence, use_top_event
from workbench.commands.names import describe, name_of, short_title
from workbench.commands.settle import settle
from workbench.model.codes import next_code
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Consequence, Control, Element, Guard, Hazard, Link, TopEvent
from workbench.model.records import CLASS_OF
from workbench.model.review import Conflict
from workbench.store.store import Store
from workbench.store.transaction import Transaction
from workbench.values import value_type

_MOST: Final = 6
"""Ways offered for one finding."""
_BELOW: Final = 160.0
_TYPES: Final = (
    ("passive", "Passive"),
    ("active", "Active"),
    ("active_human", "Active and human"),
    ("human", "Human"),
    ("continuous", "Continuous"),
)


@value_type(frozen=True, slots=True)
class Fix:
    """One way to mend what a finding is about.

    Attributes:
        title: what it does, for a menu and for undo.
        run: does it within a transaction; raises CommandError where it cannot be done any more.
    """

    title: str
    run: Callable[[Transaction], object]


def fixes_for(store: Store, rule: str, element: str) -> list[Fix]:
    """Ways to mend a finding; empty where only a person's thought helps."""
    find = _FIXES.get(rule)
    if find is None or element not in store:
        return []
    return list(find(store, element))[:_MOST]


def fixable(rule: str) -> bool:
    """Whether there may be a fix for findings of a rule."""
    return rule in _FIXES


def _remove(title: str, _: Store, id: str) -> Iterable[Fix]:
    yield Fix(title, lambda tx: delete_everywhere(tx, [id]))


def _move_to_top_event(store: Store, id: str) -> Iterable[Fix]:
    link = store.find(id, Link)
    if link is None:
        return
    for end in (link.source, link.target):
        for event in top_events_of(store, end) if isinstance(store.get(end), Hazard) else ():
            source, target = (event.id, link.target) if end == link.source else (link.source, event.id)
            if not refusal(store, source, target, ignoring=id):
                yield Fix(f"Move the link to {name_of(event)}", partial(_lead, id, source, target))
    yield from _DELETE_LINK(store, id)


def _lead(link: str, source: str, target: str, tx: Transaction) -> None:
    reconnect(tx, link, source=source, target=target)


def _put_on_line(store: Store, id: str) -> Iterable[Fix]:
    guard = store.find(id, Guard)
    if guard is None:
        return
    for link in store.referrers(guard.subject, Link):
        taken = any(other.control == guard.control for other in store.referrers(link.id, Guard, "subject"))
        if link.kind == "leads_to" and not taken:
            yield Fix(f"Put it on the {describe(store, link.id)}", partial(move_guard, guard=id, link=link.id))


def _new_code(store: Store, id: str) -> Iterable[Fix]:
    element = store.get(id)
    if isinstance(element, Element):
        codes = (one.code for one in store.all(CLASS_OF[element.TYPE]) if isinstance(one, Element))
        code = next_code(element.TYPE, codes)
        yield Fix(f"Give it the code {code}", lambda tx: tx.patch(id, code=code))


def _choose_hazard(store: Store, id: str) -> Iterable[Fix]:
    for hazard in sorted(store.all(Hazard), key=lambda hazard: (hazard.code, hazard.id))[:_MOST]:
        yield Fix(f"Let it belong to {name_of(hazard)}", partial(connect, source=hazard.id, target=id))


def _place(store: Store, id: str) -> Iterable[Fix]:
    for diagram in sorted(store.all(Diagram), key=lambda diagram: (diagram.order, diagram.id))[:_MOST]:
        yield Fix(f"Place it on {short_title(diagram.title) or 'the diagram'}", partial(_place_below, diagram.id, id))


def _place_below(diagram: str, id: str, tx: Transaction) -> None:
    places = [p for p in tx.referrers(diagram, Placement, "diagram") if p.station is None and p.hangs_on is None]
    x = min((p.x for p in places), default=0.0)
    y = max((p.y for p in places), default=-_BELOW)
    place_existing(tx, diagram, id, x, y + _BELOW)


def _centre(store: Store, id: str) -> Iterable[Fix]:
    for place in store.referrers(id, Placement, "diagram"):
        record = store.get(place.subject)
        if isinstance(record, TopEvent | Hazard):
            yield Fix(f"Put {name_of(record)} in the centre", partial(_set_focus, id, record.id))


def _set_focus(diagram: str, focus: str, tx: Transaction) -> None:
    tx.patch(diagram, focus=focus)


def _guard_path(store: Store, id: str) -> Iterable[Fix]:
    record = store.get(id)
    if isinstance(record, Cause | Consequence):
        for link in barriers_free(Context(store, Options()), id, onwards=isinstance(record, Cause)):
            title = f"Put a new control on the {describe(store, link)}"
            yield Fix(title, partial(insert_control, link=link))


def _one_layer(store: Store, id: str) -> Iterable[Fix]:
    guards = [guard.id for guard, _ in guards_on(Context(store, Options()), id)]
    if len(guards) > 1:
        yield Fix("They are alternatives: make them one layer", lambda tx: _label(tx, guards))


def _label(tx: Transaction, guards: list[str]) -> None:
    for id in guards:
        tx.patch(id, alternative_to="Alternatives")


def _type(store: Store, id: str) -> Iterable[Fix]:
    if store.find(id, Control) is not None:
        for value, word in _TYPES:
            yield Fix(f"Type: {word.lower()}", partial(_set_field, id, "control_type", value))


def _set_field(id: str, field: str, value: str, tx: Transaction) -> None:
    tx.patch(id, **{field: value})


def _one_owner(store: Store, id: str) -> Iterable[Fix]:
    control = store.find(id, Control)
    owners = owners_of(control.owner) if control is not None else []
    if len(owners) > 1:
        for owner in dict.fromkeys(owners):
            yield Fix(f"Keep {short_title(owner)} as owner", partial(_set_field, id, "owner", owner))


def _control_factor(_: Store, id: str) -> Iterable[Fix]:
    title = "Put a new degradation control on its stem"
    yield Fix(title, partial(add_degradation_control, factor=id))


def _split(store: Store, id: str) -> Iterable[Fix]:
    record = store.find(id, Consequence)
    if record is not None and outcomes(record.title) is not None:
        yield Fix("Split it into two consequences", lambda tx: split_consequence(tx, id))


def _part(store: Store, id: str) -> Iterable[Fix]:
    if store.find(id, Control) is not None:
        yield Fix("Make it two controls", lambda tx: part_control(tx, id))


def _chain(store: Store, id: str) -> Iterable[Fix]:
    record = store.get(id)
    if not isinstance(record, Cause | Consequence):
        return
    for other in Context(store, Options()).named("title", record.title):
        event = store.find(other, TopEvent)
        if event is not None and _may_replace(store, id, event.id):
            yield Fix(f"Use {name_of(event)} in its place", partial(_use, id, event.id))


def _may_replace(store: Store, id: str, event: str) -> bool:
    """Whether every line of a cause or consequence could lead to, or from, a top event."""
    for link in store.referrers(id, Link):
        source, target = (event if end == id else end for end in (link.source, link.target))
        if link.kind == "leads_to" and refusal(store, source, target, ignoring=link.id):
            return False
    return True


def _use(id: str, event: str, tx: Transaction) -> None:
    use_top_event(tx, id, event)


def _take_back(store: Store, id: str) -> Iterable[Fix]:
    for answer in suppressed_in_vain(store, id):
        yield Fix(f"Take the suppression of {answer.rule} back", partial(withdraw_answer, rule=answer.rule, subject=id))


def _settle(store: Store, id: str) -> Iterable[Fix]:
    if store.find(id, Conflict) is not None:
        yield Fix("Keep ours", partial(settle, conflict=id, choice="ours"))
        yield Fix("Take theirs", partial(settle, conflict=id, choice="theirs"))


_DELETE_LINK: Final = partial(_remove, "Remove the link")
_TAKE_OFF: Final = partial(_remove, "Take the control off this line")
_DELETE: Final = partial(_remove, "Delete it")


def _ways(find: Callable[[Store, str], Iterable[Way]]) -> Callable[[Store, str], Iterable[Fix]]:
    return lambda store, element: (Fix(title, run) for title, run in find(store, element))


_FIXES: Final[dict[str, Callable[[Store, str], Iterable[Fix]]]] = {
    "conflict": _settle,
    "link-kind": _DELETE_LINK,
    "link-to-itself": _DELETE_LINK,
    "link-twice": _DELETE_LINK,
    "factor-target": _DELETE_LINK,
    "hazard-with-top-event": _move_to_top_event,
    "guard-subject": _TAKE_OFF,
    "guard-twice": _TAKE_OFF,
    "guard-waiting": _put_on_line,
    "code-twice": _new_code,
    "code-missing": _new_code,
    "top-event-hazard": _choose_hazard,
    "control-idle": _DELETE,
    "factor-idle": _DELETE,
    "not-drawn": _place,
    "diagram-focus": _centre,
    "path-barrier": _guard_path,
    "layers": _one_layer,
    "control-type": _type,
    "control-owner": _one_owner,
    "factor-control": _control_factor,
    "factor-control-shared": _part,
    "consequence-bundled": _split,
    "chain": _chain,
    "rating-outside-scheme": _ways(unrate),
    **dict.fromkeys(
        (
            "residual-eliminated",
            "residual-no-control",
            "residual-only-proposed",
            "residual-no-standing",
            "residual-only-procedures",
            "residual-worse",
        ),
        _ways(doubt_residual),
    ),
    "odd-contradiction": _ways(judge_again),
    "odd-reason": _ways(judge_again),
    IDLE.id: _take_back,
}
"""Fixes by rule; a part that brings rules of its own adds its fixes here."""


def apply_fix(tx: Transaction, fix: Fix) -> str:
    """Mend what a finding is about.

    Returns:
        Id of the control on a line that it made and that waits for a title; empty where there is none.

    Raises:
        CommandError: it cannot be done any more.
    """
    try:
        made = fix.run(tx)
    except KeyError:
        raise CommandError("What the finding is about no longer exists.") from None
    guard = tx.find(made, Guard) if isinstance(made, str) else None
    control = tx.find(guard.control, Control) if guard is not None else None
    return guard.id if guard is not None and control is not None and not control.title else ""

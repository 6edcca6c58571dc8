"""Linking elements: what is legal, why not, and doing it."""

from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.model.base import Record, record_type
from workbench.model.elements import Element, Guard, Hazard, Link, LinkKind, TopEvent
from workbench.model.ids import new_id
from workbench.model.kinds import ELEMENT_KINDS
from workbench.model.links import link_kind, sources_of, targets_of
from workbench.model.links import refusal as kind_refusal
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction


def top_events_of(reader: Reader, hazard: str) -> list[TopEvent]:
    """The top events of a hazard, in order of entry."""
    return reader.referrers(hazard, TopEvent, "hazard")


def _owner_pair(source: Record, target: Record) -> tuple[TopEvent, Hazard] | None:
    """Hazard and top event are joined by a field of the top event, whichever way the pointer went."""
    if isinstance(source, Hazard) and isinstance(target, TopEvent):
        return target, source
    if isinstance(source, TopEvent) and isinstance(target, Hazard):
        return source, target
    return None


def refusal(reader: Reader, source: str, target: str, *, ignoring: str = "") -> str:
    """Why ``source`` may not be linked to ``target``, in one sentence; empty where it may.

    Args:
        ignoring: a link to look away from (the one being re-connected).
    """
    start, end = reader.get(source), reader.get(target)
    if start is None or end is None:
        return "One end no longer exists."
    if source == target:
        return "An element cannot lead to itself."
    pair = _owner_pair(start, end)
    if pair is not None:
        event, hazard = pair
        return f"{name_of(event)} belongs to {name_of(hazard)} already." if event.hazard == hazard.id else ""
    kind = link_kind(record_type(start), record_type(end))
    if kind is None:
        return kind_refusal(record_type(start), record_type(end))
    hazard_refusal = _hazard_refusal(reader, start, end) if kind == "leads_to" else ""
    if hazard_refusal:
        return hazard_refusal
    out, into = reader.referrers(source, Link, "source"), reader.referrers(target, Link, "target")
    for link in min(out, into, key=len):  # a cause that thousands of hazards share is not looked through for each
        if link.source == source and link.target == target and link.kind == kind and link.id != ignoring:
            return "These two are linked already."
    if kind == "leads_to" and _reaches(reader, target, source, ignoring):
        return f"This would make a loop: {name_of(end)} already leads to {name_of(start)}."
    return _factor_refusal(reader, start, end)


def _hazard_refusal(reader: Reader, start: Record, end: Record) -> str:
    for record in (start, end):
        if isinstance(record, Hazard):
            events = top_events_of(reader, record.id)
            if events:
                return f"{name_of(record)} has a top event; link to {name_of(events[0])} instead."
    return ""


def _factor_refusal(reader: Reader, start: Record, end: Record) -> str:
    """A degradation control carries no factors of its own."""
    if record_type(start) != "degradation_factor":
        return ""
    guards = [end] if isinstance(end, Guard) else reader.referrers(end.id, Guard, "control")
    lines = [reader.find(guard.subject, Link) for guard in guards]
    if lines and all(line is not None and line.kind == "degrades" for line in lines):
        return "A degradation control carries no degradation factors of its own."
    return ""


def _reaches(reader: Reader, start: str, goal: str, ignoring: str = "") -> bool:
    seen = {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for link in reader.referrers(here, Link, "source"):
            if link.kind == "leads_to" and link.id != ignoring and link.target not in seen:
                seen.add(link.target)
                waiting.append(link.target)
    return False


def connect(tx: Transaction, source: str, target: str) -> str:
    """Link two elements (or a factor and a guard, or a note and a link); the kind follows from the ends.

    Returns:
        Id of the link; of the top event, where a hazard and a top event were joined.

    Raises:
        CommandError: the link is not legal.
    """
    reason = refusal(tx, source, target)
    if reason:
        raise CommandError(reason)
    start, end = tx.records[source], tx.records[target]
    pair = _owner_pair(start, end)
    if pair is not None:
        event, hazard = pair
        _pass_links_on(tx, hazard, event)
        return tx.patch(event.id, hazard=hazard.id).id
    kind = link_kind(record_type(start), record_type(end))
    return tx.put(Link(id=new_id("link"), kind=kind or "leads_to", source=source, target=target)).id


def _pass_links_on(tx: Transaction, hazard: Hazard, event: TopEvent) -> None:
    """A hazard's own links move to its first top event: only a hazard without one takes part in links."""
    if top_events_of(tx, hazard.id):
        return
    for link in tx.referrers(hazard.id, Link):
        if link.kind != "leads_to":
            continue
        source = event.id if link.source == hazard.id else link.source
        target = event.id if link.target == hazard.id else link.target
        twin = any(other.target == target and other.kind == link.kind for other in tx.referrers(source, Link, "source"))
        if twin or source == target:
            tx.remove(link.id)
        else:
            tx.patch(link.id, source=source, target=target)


def reconnect(tx: Transaction, link: str, *, source: str | None = None, target: str | None = None) -> None:
    """Give a link another end; the controls on it stay.

    Raises:
        CommandError: the new link is not legal, or would be of another kind.
    """
    old = tx.expect(link, Link)
    start, end = source or old.source, target or old.target
    if (start, end) == (old.source, old.target):
        return
    reason = refusal(tx, start, end, ignoring=link)
    if reason:
        raise CommandError(reason)
    kind: LinkKind | None = link_kind(record_type(tx.records[start]), record_type(tx.records[end]))
    if kind != old.kind:
        raise CommandError("This end would make it another kind of link; draw a new one instead.")
    tx.patch(link, source=start, target=end)


def linkable_kinds(reader: Reader, origin: str, *, incoming: bool) -> tuple[str, ...]:
    """Kinds that a new element may have so that it can be linked with ``origin``, in palette order.

    Args:
        incoming: the link would run from the new element to ``origin``.
    """
    record = reader.get(origin)
    if record is None:
        return ()
    kind = record_type(record)
    found = set(sources_of(kind) if incoming else targets_of(kind))
    if isinstance(record, Hazard):
        if top_events_of(reader, origin):
            found -= {"consequence", "cause", "gate"}
        if not incoming:
            found.add("top_event")
    if isinstance(record, TopEvent) and incoming and record.hazard is None:
        found.add("hazard")
    if isinstance(record, Element) and record.TYPE == "note":
        found -= {"note"}
    return tuple(kind for kind in ELEMENT_KINDS if kind in found)

"""The operational design domain: the taxonomy, what was decided about its entries, and the hazards tagged with them."""

from collections.abc import Iterable

from workbench.analysis.odd_coverage import State, has_taxonomy
from workbench.analysis.odd_taxonomy import OTHER, baseline, group_of
from workbench.commands.errors import CommandError
from workbench.model.elements import Hazard
from workbench.model.ids import new_id
from workbench.model.judgement import OddCategory, OddConsideration
from workbench.store.transaction import Transaction

Spot = tuple[str, str | None]
"""An entry by itself (None), or a pair of entries."""


def _entry(tx: Transaction, id: str) -> OddCategory:
    record = tx.find(id, OddCategory)
    if record is None:
        raise CommandError("This entry of the operational design domain does not exist any more.")
    return record


def load_baseline(tx: Transaction) -> int:
    """Give a project that has no taxonomy the one that ships with the program.

    Returns:
        How many entries it has.

    Raises:
        CommandError: there is a taxonomy already.
    """
    if has_taxonomy(tx):
        raise CommandError("This project has a taxonomy already; add entries to it instead.")
    for entry in baseline():
        tx.put(entry)
    return len(baseline())


def consider(tx: Transaction, spots: Iterable[Spot], state: State, by: str, at: str, reason: str | None = None) -> None:
    """Decide about entries, or about pairs of entries. *Not yet considered* without a reason takes a decision back.

    Args:
        tx: the change under way.
        spots: what is decided about.
        state: the decision.
        by: who decided.
        at: when, ISO 8601.
        reason: why; None keeps the reason that stands there.

    Raises:
        CommandError: an entry is gone, or a pair is one entry twice.
    """
    for category, other in spots:
        _entry(tx, category)
        if other is not None:
            _entry(tx, other)
            if other == category:
                raise CommandError("A pair needs two different entries.")
        fresh = OddConsideration.of(category, other)
        before = tx.find(fresh.id, OddConsideration)
        why = reason if reason is not None else before.reason if before is not None else ""
        if state == "not_considered" and not why.strip():
            if before is not None:
                tx.remove(before.id)
            continue
        if before is None or (before.state, before.reason) != (state, why):
            tx.put((before or fresh).replace(state=state, reason=why, by=by, at=at))


def add_category(tx: Transaction, group: str, name: str, parent: str | None = None) -> str:
    """Add an entry to the taxonomy of the project.

    Args:
        tx: the change under way.
        group: its heading; with a parent, that of the parent.
        name: its name.
        parent: the entry it stands under, or None.

    Returns:
        Its id.

    Raises:
        CommandError: it has no name, or one of that name is there.
    """
    heading = group_of(_entry(tx, parent)) if parent is not None else group.strip()
    if not heading or heading == OTHER:
        raise CommandError("Give the group of the entry a name.")
    entry = OddCategory(
        id=new_id("odd_category"), group=heading, name=_checked(tx, heading, name, parent), parent=parent
    )
    return tx.put(entry).id


def rename_category(tx: Transaction, id: str, name: str) -> None:
    """Give an entry another name; considerations and hazards stay with it.

    Raises:
        CommandError: the name is empty or taken.
    """
    entry = _entry(tx, id)
    tx.patch(id, name=_checked(tx, group_of(entry), name, entry.parent, id))


def rename_group(tx: Transaction, old: str, new: str) -> None:
    """Give a heading another name.

    Raises:
        CommandError: there is none of the old name, or the new one is empty or taken.
    """
    members = [entry for entry in tx.all(OddCategory) if group_of(entry) == old]
    if not members:
        raise CommandError(f"There is no group called “{old}” any more.")
    wanted = new.strip()
    if not wanted:
        raise CommandError("Give the group a name.")
    if wanted != old and any(group_of(entry) == wanted for entry in tx.all(OddCategory)):
        raise CommandError(f"There is a group called “{wanted}” already.")
    for entry in members:
        tx.patch(entry.id, group=wanted)


def remove_category(tx: Transaction, id: str) -> int:
    """Remove an entry with all that stand below it and what was decided about them; hazards lose the tags.

    Returns:
        How many entries went.
    """
    _entry(tx, id)
    doomed, waiting = [], [id]
    while waiting:
        key = waiting.pop()
        if key not in doomed:
            doomed.append(key)
            waiting += [child.id for child in tx.referrers(key, OddCategory, "parent")]
    tagged = {hazard.id for key in doomed for hazard in tx.referrers(key, Hazard, "odd")}
    for key in reversed(doomed):
        tx.remove(key)
    if tagged:
        tx.notices.append(f"{len(tagged)} {'hazard' if len(tagged) == 1 else 'hazards'} no longer carry the entry.")
    return len(doomed)


def tag_hazard(tx: Transaction, hazard: str, entries: Iterable[str], *, on: bool = True) -> None:
    """Let a hazard carry entries, or no longer.

    Raises:
        CommandError: the hazard or an entry is gone.
    """
    record = tx.find(hazard, Hazard)
    if record is None:
        raise CommandError("This hazard does not exist any more.")
    wanted = [_entry(tx, id).id for id in entries]
    left = [id for id in record.odd if on or id not in wanted]
    tx.patch(hazard, odd=tuple(dict.fromkeys([*left, *(wanted if on else ())])))


def _checked(tx: Transaction, group: str, name: str, parent: str | None, own: str = "") -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise CommandError("Give the entry a name.")
    for entry in tx.all(OddCategory):
        beside = group_of(entry) == group and entry.parent == parent and entry.id != own
        if beside and entry.name.strip().casefold() == wanted.casefold():
            raise CommandError(f"“{wanted}” is there already under “{group}”.")
    return wanted

"""Settling conflicts: several at once, in words of one's own, and what a deletion takes along."""

import pytest

from workbench.commands.errors import CommandError
from workbench.commands.merge_in import merge_in
from workbench.commands.settle import settle, settle_all, settle_as
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Hazard, Link
from workbench.model.judgement import Assessment
from workbench.model.review import Conflict
from workbench.store.store import Store

HAZARD = Hazard(id="h", code="H-1", title="Code is trusted", status="draft")
CAUSE = Cause(id="c", code="C-1", title="No review")
LINK = Link(id="l", source="c", target="h")
PLACED = (Diagram(id="dg"), Placement(id="pl", diagram="dg", subject="c", x=1, y=2))
BASE: dict[str, Record] = {record.id: record for record in (HAZARD, CAUSE, LINK, *PLACED)}


def version(*records: Record, without: tuple[str, ...] = ()) -> dict[str, Record]:
    changed = {**BASE, **{record.id: record for record in records}}
    return {key: record for key, record in changed.items() if key not in without}


def conflicts(store: Store) -> dict[str, str]:
    return {f"{one.subject}.{one.field}": one.id for one in store.all(Conflict)}


def merged(ours: dict[str, Record], theirs: dict[str, Record]) -> Store:
    store = Store(ours.values())
    with store.transaction("Merge", origin="merge") as tx:
        merge_in(tx, BASE, theirs)
    return store


def test_all_are_settled_in_one_step_that_undo_takes_back() -> None:
    store = merged(
        version(HAZARD.replace(title="Ours", status="agreed"), CAUSE.replace(title="Ours too")),
        version(HAZARD.replace(title="Theirs", status="in_review"), CAUSE.replace(title="Theirs too")),
    )
    before = dict(store.records)
    assert len(conflicts(store)) == 3
    with store.transaction("Take theirs") as tx:
        assert settle_all(tx, conflicts(store).values(), "theirs") == []
    assert store.get("h") == HAZARD.replace(title="Theirs", status="in_review")
    assert store.get("c") == CAUSE.replace(title="Theirs too")
    assert not conflicts(store)
    store.undo()
    assert dict(store.records) == before
    with store.transaction("Keep ours") as tx:
        assert settle_all(tx, conflicts(store).values(), "ours") == []
    assert store.get("h") == HAZARD.replace(title="Ours", status="agreed")
    assert not conflicts(store)


def test_words_of_ones_own_take_the_place_of_both() -> None:
    store = merged(version(HAZARD.replace(title="Ours")), version(HAZARD.replace(title="Theirs")))
    with store.transaction("Reword") as tx:
        settle_as(tx, conflicts(store)["h.title"], "Ours and theirs")
    assert store.get("h") == HAZARD.replace(title="Ours and theirs")
    assert not conflicts(store)


def test_words_of_ones_own_are_for_fields_and_once_only() -> None:
    store = merged(version(CAUSE.replace(title="Ours")), version(without=("c", "l", "pl")))
    whole = conflicts(store)["c."]
    with store.transaction("Reword") as tx:
        with pytest.raises(CommandError, match="take one of the two"):
            settle_as(tx, whole, "x")
        settle(tx, whole, "ours")
        with pytest.raises(CommandError, match="settled already"):
            settle_as(tx, whole, "x")


def test_what_cannot_be_settled_stays_and_says_why() -> None:
    store = merged(version(HAZARD.replace(title="Ours")), version(HAZARD.replace(title="Theirs")))
    bad = Conflict.of("c", "title").replace(subject_type="cause", theirs={"no": "text"})
    with store.transaction("Break") as tx:
        tx.put(bad)
    with store.transaction("Take theirs") as tx:
        reasons = settle_all(tx, conflicts(store).values(), "theirs")
    assert len(reasons) == 1
    assert "cannot be read" in reasons[0]
    assert conflicts(store) == {"c.title": bad.id}
    assert store.get("h") == HAZARD.replace(title="Theirs")


def test_one_that_waits_for_what_another_brings_is_settled_after_it() -> None:
    store = Store(version(without=("c", "l", "pl")).values())
    first = Conflict.of("l", "").replace(subject_type="link", theirs={"source": "c", "target": "h"})
    second = Conflict.of("c", "").replace(subject_type="cause", theirs={"title": "Back"})
    with store.transaction("Wait") as tx:
        tx.put(first)
        tx.put(second)
    with store.transaction("Take theirs") as tx:
        assert settle_all(tx, [first.id, second.id], "theirs") == []
    assert store.get("l") == LINK.replace(kind="leads_to")
    assert store.get("c") == Cause(id="c", title="Back")
    assert not conflicts(store)


def test_taking_their_deletion_says_what_goes_along() -> None:
    rated = Assessment.of("c", "initial").replace(severity="1")
    store = merged(version(CAUSE.replace(title="Ours"), rated), version(without=("c", "l", "pl")))
    with store.transaction("Take theirs") as tx:
        settle(tx, conflicts(store)["c."], "theirs")
    assert tx.notices == ["C-1 Ours left the project with 1 rating; Ctrl+Z brings them back."]
    assert "c" not in store
    assert not conflicts(store)

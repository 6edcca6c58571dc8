"""Restoring: the document is as it was, whatever was added, changed and removed since; undo brings it back."""

from workbench.commands.restore import restore
from workbench.files.canonical import canonical_bytes
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.store.store import Store


def made() -> Store:
    return Store(
        [
            Diagram(id="d", title="D", focus="t"),
            Hazard(id="h", code="H-1"),
            TopEvent(id="t", code="T-1", hazard="h"),
            Cause(id="c", code="C-1", title="As it was"),
            Link(id="l", source="c", target="t"),
            Control(id="b", code="B-1"),
            Guard(id="g", control="b", subject="l"),
            *(Placement.at("d", key) for key in ("h", "t", "c")),
        ]
    )


def saved(store: Store) -> bytes:
    return canonical_bytes(store.records.values())


def test_everything_is_as_it_was_in_one_step() -> None:
    wanted, store = made(), made()
    with store.transaction("Edit") as tx:
        tx.remove("t")  # takes its lines, guards and places along
        tx.patch("c", title="Otherwise")
        tx.put(Cause(id="c2", code="C-2"))
        tx.put(Link(id="l2", source="c2", target="h"))
    changed = saved(store)
    with store.transaction("Restore") as tx:
        assert restore(tx, wanted.records) > 0
    assert saved(store) == saved(wanted)
    assert store.history.position == 2
    assert store.undo()
    assert saved(store) == changed


def test_what_refers_to_something_new_is_put_back_and_not_lost_with_it() -> None:
    wanted, store = made(), made()
    with store.transaction("Edit") as tx:
        tx.put(Cause(id="new"))
        tx.patch("l", source="new")
        tx.patch("d", focus="new")
    with store.transaction("Restore") as tx:
        restore(tx, wanted.records)
    assert saved(store) == saved(wanted)


def test_nothing_is_done_where_nothing_differs() -> None:
    store = made()
    with store.transaction("Restore") as tx:
        assert restore(tx, made().records) == 0
    assert store.history.position == 0

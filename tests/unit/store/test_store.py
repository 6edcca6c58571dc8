"""The store: transactions, undo, integrity, indexes."""

import pytest

from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import OddCategory
from workbench.store.diff import Change, Diff
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError, Store, TransactionError


@pytest.fixture
def store() -> Store:
    return Store(
        [
            Hazard(id="h", odd=("o1", "o2")),
            OddCategory(id="o1"),
            OddCategory(id="o2"),
            TopEvent(id="t", hazard="h"),
            Cause(id="c"),
            Link(id="l", source="c", target="t"),
            Control(id="b"),
            Guard(id="g", control="b", subject="l"),
            Diagram(id="d", focus="t"),
            Placement.at("d", "c", 1, 2),
        ]
    )


def snapshot(store: Store):
    return dict(store.records)


def test_reading(store):
    assert len(store) == 10
    assert "c" in store
    assert store.get("none") is None
    assert store.find("c", Cause) is store.get("c")
    assert store.find("c", Hazard) is None
    assert store.find(None, Cause) is None
    assert [record.id for record in store.all(OddCategory)] == ["o1", "o2"]
    assert store.count("odd_category") == 2
    assert store.count("later") == 0
    assert store.kinds()[0] == "hazard"
    assert [record.id for record in store.referrers("c", Link, "source")] == ["l"]
    assert store.referrers("c", Link, "target") == []
    assert [record.subject for record in store.referrers("c", Placement)] == ["c"]
    with pytest.raises(TypeError):
        store.records["x"] = Cause(id="x")


def test_dangling_records_make_no_store():
    with pytest.raises(IntegrityError) as caught:
        Store([Link(id="l", source="a", target="b")])
    assert [(item.field, item.target) for item in caught.value.dangling] == [("source", "a"), ("target", "b")]
    assert "which does not exist" in str(caught.value)


def test_a_transaction_is_one_step(store):
    seen: list[Change] = []
    store.changed.connect(seen.append)
    before = snapshot(store)
    with store.transaction("Add two") as tx:
        tx.put(Cause(id="c2"))
        tx.put(Link(id="l2", source="c2", target="t"))
        assert tx.get("c2") is not None
    (change,) = seen
    assert (set(change.diff.added), change.origin, change.label) == ({"c2", "l2"}, "user", "Add two")
    after = snapshot(store)
    assert store.undo()
    assert snapshot(store) == before
    assert store.redo()
    assert snapshot(store) == after
    assert [item.origin for item in seen] == ["user", "undo", "redo"]
    assert not store.redo()


def test_an_exception_restores_everything(store):
    before = snapshot(store)

    def half() -> None:
        with store.transaction("Half") as tx:
            tx.remove("h")
            tx.put(Cause(id="c2"))
            tx.patch("c", title="x")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        half()
    assert snapshot(store) == before
    assert store.history.position == 0
    assert [record.id for record in store.referrers("h", TopEvent, "hazard")] == ["t"]


def test_dangling_at_commit_restores_everything(store):
    before = snapshot(store)
    with pytest.raises(IntegrityError), store.transaction("Dangle") as tx:
        tx.put(Link(id="l2", source="c", target="nowhere"))
    assert snapshot(store) == before


def test_a_reference_made_good_within_the_transaction_is_fine(store):
    with store.transaction("Out of order") as tx:
        tx.put(Link(id="l2", source="c", target="later"))
        tx.put(TopEvent(id="later"))
    assert "l2" in store


def test_removing_cascades_and_clears(store):
    with store.transaction("Remove") as tx:
        tx.remove("c")
    assert {"c", "l", "g", Placement.at("d", "c").id}.isdisjoint(store.records)
    assert "b" in store, "the control is an element of its own"
    with store.transaction("Remove") as tx:
        tx.remove("t")
        tx.remove("o1")
    assert store.find("d", Diagram).focus is None
    assert store.find("h", Hazard).odd == ("o2",)
    store.undo()
    store.undo()
    assert len(store) == 10
    assert store.find("h", Hazard).odd == ("o1", "o2")


def test_writing_outside_a_transaction_raises(store):
    with store.transaction("One") as tx:
        pass
    for write in (lambda: tx.put(Cause(id="x")), lambda: tx.patch("c", title="x"), lambda: tx.remove("c")):
        with pytest.raises(RuntimeError):
            write()
    assert "x" not in store


def test_transactions_do_not_nest(store):
    with store.transaction("Outer"):
        with pytest.raises(TransactionError), store.transaction("Inner"):
            pass
        with pytest.raises(TransactionError):
            store.undo()


def test_a_step_that_changes_nothing_is_none(store):
    with store.transaction("Same") as tx:
        tx.patch("c", title="")
        tx.put(Cause(id="x"))
        tx.remove("x")
    assert store.history.position == 0
    assert store.revision == 0


def test_typing_is_one_step(store):
    for text in ("a", "ab", "abc"):
        with store.transaction("Type", merge_key="c.title") as tx:
            tx.patch("c", title=text)
    assert store.history.position == 1
    store.history.seal()
    with store.transaction("Type", merge_key="c.title") as tx:
        tx.patch("c", title="abcd")
    assert store.history.position == 2
    store.undo()
    assert store.find("c", Cause).title == "abc"
    store.undo()
    assert store.find("c", Cause).title == ""


def test_typing_back_to_the_start_leaves_no_step(store):
    for text in ("a", ""):
        with store.transaction("Type", merge_key="k") as tx:
            tx.patch("c", title=text)
    assert store.history.position == 0


def test_undo_after_a_new_step_forgets_the_undone(store):
    with store.transaction("One") as tx:
        tx.patch("c", title="one")
    store.undo()
    with store.transaction("Two") as tx:
        tx.patch("c", title="two")
    assert not store.redo()
    assert store.history.undo_label == "Two"


def test_undo_restores_the_selection(store):
    selected = ["c"]
    store.selection = lambda: tuple(selected)
    changes: list[Change] = []
    store.changed.connect(changes.append)
    with store.transaction("Add") as tx:
        tx.put(Cause(id="c2"))
        selected[:] = ["c2"]
    store.undo()
    assert changes[-1].selection == ("c",)
    store.redo()
    assert changes[-1].selection == ("c2",)


def test_a_read_only_document(store):
    store.read_only = "newer"
    with pytest.raises(ReadOnlyError, match="newer"), store.transaction("Edit"):
        pass
    with pytest.raises(ReadOnlyError):
        store.undo()


def test_who_refers_is_known_before_and_after_the_first_edit(store):
    fresh = Store(store.records.values())
    with fresh.transaction("Edit") as tx:
        tx.put(Link(id="l2", source="c", target="t", kind="annotates"))
    assert [record.id for record in fresh.referrers("c", Link)] == ["l", "l2"]
    with fresh.transaction("Move end") as tx:
        tx.put(TopEvent(id="t2"))
        tx.patch("l2", target="t2")
    assert [record.id for record in fresh.referrers("t", Link)] == ["l"]
    assert [record.id for record in fresh.referrers("t2", Link)] == ["l2"]


def test_who_refers_is_the_same_whether_asked_before_an_edit_or_after(store):
    asked: list[tuple[type[Record], str | None]] = [
        (Link, None),
        (Link, "target"),
        (Guard, "subject"),
        (Hazard, "odd"),
        (TopEvent, "hazard"),
        (Placement, None),
    ]
    before = {(cls, field): store.referrers_by(cls, field) for cls, field in asked}

    def compare():
        fresh = Store(store.records.values())
        for (cls, field), table in before.items():
            assert table == fresh.referrers_by(cls, field), (cls, field)

    with store.transaction("Edit") as tx:
        tx.put(TopEvent(id="t2", hazard="h"))
        tx.put(Link(id="l2", source="c", target="t2"))
        tx.patch("g", subject="l2")
        tx.patch("g", note="moved")
        tx.patch("h", odd=("o2",))
        assert [guard.note for guard in tx.referrers("l2", Guard)] == ["moved"]
    compare()
    with store.transaction("Remove") as tx:
        tx.remove("c")
    compare()
    store.undo()
    assert {record.id for record in store.referrers("c", Record)} == {"l", "l2", Placement.at("d", "c", 0, 0).id}
    store.undo()
    compare()
    tables = dict(store.records)
    with pytest.raises(KeyError), store.transaction("Fails") as tx:
        _remove_and_fail(tx)
    assert store.records == tables
    compare()


def _remove_and_fail(tx):
    tx.remove("l")
    tx.remove("nothing")


# laws of diffs

A, B, C = Cause(id="x", title="a"), Cause(id="x", title="b"), Cause(id="x", title="c")


def test_reverse_takes_back():
    diff = Diff({"x": A}, {"y": (B, C)}, {"z": A})
    assert diff.reverse().reverse() == diff
    assert diff.reverse() == Diff({"z": A}, {"y": (C, B)}, {"x": A})
    assert not diff.then(diff.reverse())


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (Diff(added={"x": A}), Diff(updated={"x": (A, B)}), Diff(added={"x": B})),
        (Diff(added={"x": A}), Diff(removed={"x": A}), Diff()),
        (Diff(updated={"x": (A, B)}), Diff(updated={"x": (B, C)}), Diff(updated={"x": (A, C)})),
        (Diff(updated={"x": (A, B)}), Diff(updated={"x": (B, A)}), Diff()),
        (Diff(updated={"x": (A, B)}), Diff(removed={"x": B}), Diff(removed={"x": A})),
        (Diff(removed={"x": A}), Diff(added={"x": A}), Diff()),
        (Diff(removed={"x": A}), Diff(added={"x": B}), Diff(updated={"x": (A, B)})),
    ],
)
def test_two_changes_made_one(first, second, both):
    assert first.then(second) == both
    assert first.then(second).reverse() == second.reverse().then(first.reverse())
    assert list(both.ids()) == [key for key, _, _ in both.before_and_after()]


def test_a_snapshot_stays_as_it_is():
    store = Store([Hazard(id="h", title="Before")])
    kept = store.snapshot()
    with store.transaction("Rename") as tx:
        tx.patch("h", title="After")
    assert kept == {"h": Hazard(id="h", title="Before")}


def test_what_a_transaction_refuses_by_itself(store):
    with store.transaction("Refused") as tx:
        with pytest.raises(KeyError):
            tx.expect("c", Hazard)
        with pytest.raises(KeyError):
            tx.expect("none", Cause)
        with pytest.raises(ValueError, match="needs an id"):
            tx.put(Cause(id=""))
    assert not store.history.undo_label


def test_a_line_from_a_thing_to_itself_goes_with_it_once(store):
    with store.transaction("Loop") as tx:
        tx.put(Link(id="loop", source="c", target="c"))
    with store.transaction("Remove") as tx:
        tx.remove("c")
    assert "loop" not in store
    assert len(store.history.last_diff) == 5  # the cause, both lines, the control's place, the placement
    store.undo()
    assert store.history.redo_label == "Remove"
    assert "loop" in store


def test_without_steps_there_is_nothing_to_join_or_name(store):
    history = store.history
    history.reopen_for("key")
    history.amend_selection(("c",))
    assert (history.last, history.undo_label, history.redo_label) == (None, None, None)
    with store.transaction("First", merge_key="key") as tx:
        tx.patch("c", title="a")
    with store.transaction("Second", merge_key="key") as tx:
        tx.patch("c", title="b")
    assert [step.label for step in history.done] == ["Second"]


def test_clearing_the_history_forgets_every_step(store):
    for title in ("a", "b"):
        with store.transaction("Title") as tx:
            tx.patch("c", title=title)
    store.undo()
    store.history.clear()
    assert (store.history.undo_label, store.history.redo_label) == (None, None)
    assert not store.undo()
    assert not store.redo()


def test_what_was_removed_and_put_back_is_untouched_by_a_failure(store):
    before = snapshot(store)
    cause = store.get("c")

    def fail():
        with store.transaction("Fail") as tx:
            tx.remove("c")
            tx.put(cause)
            tx.patch("h", title="Other")
            tx.put(Cause(id="new"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert snapshot(store) == before
    assert store.referrers("c", Link, "source") == [store.get("l")]


def test_a_list_that_names_one_thing_twice_is_known_and_forgotten_once(store):
    assert [one.id for one in store.referrers("o1", Hazard, "odd")] == ["h"]
    with store.transaction("Twice") as tx:
        tx.put(Hazard(id="h2", odd=("o1", "o1")))
    assert [one.id for one in store.referrers("o1", Hazard, "odd")] == ["h", "h2"]
    with store.transaction("Gone") as tx:
        tx.remove("h2")
    assert [one.id for one in store.referrers("o1", Hazard, "odd")] == ["h"]
    with store.transaction("Alone") as tx:
        tx.put(OddCategory(id="o3"))
        tx.put(Hazard(id="h3", odd=("o3", "o3")))
    assert [one.id for one in store.referrers("o3", Hazard, "odd")] == ["h3"]
    with store.transaction("Gone") as tx:
        tx.remove("h3")
    assert store.referrers("o3", Hazard, "odd") == []

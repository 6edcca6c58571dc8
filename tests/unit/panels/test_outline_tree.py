"""The outline's rows."""

import pytest

from tests.effort import within
from workbench.commands.bowtie import add_top_event
from workbench.commands.connect import connect
from workbench.commands.create import add_element
from workbench.commands.guards import guards_of, insert_control
from workbench.model.elements import Cause, Control, DegradationFactor, Gate, Link, TopEvent
from workbench.panels.outline_tree import LOOSE, Row, Tree
from workbench.store.store import Store


@pytest.fixture
def store():
    return Store()


def rows(tree: Tree, *path: str) -> list[str]:
    """Ids of the rows under the row that ``path`` leads to."""
    parent: Row | None = None
    for step in path:
        ((id, record),) = [pair for pair in tree.under(parent) if step in pair]
        parent = Row(id, record, parent)
    return [record for _, record in tree.under(parent)]


def test_what_hangs_on_what(store):
    with store.transaction("x") as tx:
        hazard = add_element(tx, "hazard", "H")
        top = add_top_event(tx, hazard, "T")
        cause, harm = add_element(tx, "cause", "C"), add_element(tx, "consequence", "E")
        line, out = connect(tx, cause, top), connect(tx, top, harm)
        guard = insert_control(tx, line, title="B")
        insert_control(tx, out, tx.get(guard).control)
    control = store.get(guard).control
    tree = Tree(store)
    assert rows(tree) == [hazard]
    assert rows(tree, hazard) == [top]
    assert rows(tree, hazard, top) == [cause, harm]
    assert rows(tree, hazard, top, cause) == [control]
    assert rows(tree, hazard, top, harm) == [control]
    assert tree.path(guard) == [hazard, top, cause, guard]
    assert not tree.loose


def test_what_hangs_nowhere_is_listed_until_it_is_linked(store):
    with store.transaction("x") as tx:
        top = add_element(tx, "top_event", "T")
        cause = add_element(tx, "cause", "C")
    tree = Tree(store)
    assert rows(tree, LOOSE) == [top, cause]
    with store.transaction("x") as tx:
        connect(tx, cause, top)
    diffs = [entry.diff for entry in store.history.done]
    assert tree.follow(diffs[-1])
    assert rows(tree, LOOSE) == [top]
    assert tree.path(cause) == [LOOSE, top, cause]


def test_loops_end(store):
    with store.transaction("x") as tx:
        a, b = add_element(tx, "cause", "A"), add_element(tx, "cause", "B")
        tx.put(Link(id="l1", source=a, target=b))
        tx.put(Link(id="l2", source=b, target=a))
    tree = Tree(store)
    assert tree.under(Row(b, b, Row(a, a))) == []
    assert tree.path(a) == []


def test_rewording_moves_no_rows(store):
    with store.transaction("x") as tx:
        cause = add_element(tx, "cause", "C")
    tree = Tree(store)
    with store.transaction("x") as tx:
        tx.patch(cause, title="Other", description="text")
    assert not tree.follow(store.history.done[-1].diff)
    with store.transaction("x") as tx:
        tx.patch(cause, code="C-9")
    assert tree.follow(store.history.done[-1].diff)


def test_filter_looks_at_codes_and_titles(store):
    with store.transaction("x") as tx:
        one = add_element(tx, "cause", "Généré")
        two = add_element(tx, "control", "Gate")
    tree = Tree(store)
    assert tree.matching("genere", 10) == [one]
    assert tree.matching("b-1", 10) == [two]
    assert len(tree.matching("", 1)) == 1


def test_ten_thousand_elements_open_at_once(store):
    with store.transaction("x") as tx:
        for index in range(10_000):
            tx.put(Cause(id=f"c{index}", code=f"C-{index}", title=f"Cause {index}"))
        for index in range(9_000):
            tx.put(Link(id=f"l{index}", source=f"c{index}", target=f"c{index + 1}"))
    with within(10):
        tree = Tree(store)
        tree.under(None)
    assert len(tree.loose) == 1_000


def test_guards_follow_their_line(store):
    with store.transaction("x") as tx:
        hazard = add_element(tx, "hazard", "H")
        harm = add_element(tx, "consequence", "E")
        line = connect(tx, hazard, harm)
        for title in ("first", "second"):
            insert_control(tx, line, title=title)
    controls = [guard.control for guard in guards_of(store, line)]
    assert rows(Tree(store), hazard, harm) == controls


def test_what_is_loose_is_the_same_however_it_is_found(store):
    with store.transaction("x") as tx:
        hazard = add_element(tx, "hazard", "H")
        top = add_top_event(tx, hazard, "T")
        ids = [add_element(tx, kind, kind) for kind in ("cause", "gate", "consequence", "control", "top_event", "note")]
        line = connect(tx, ids[0], top)
        connect(tx, top, ids[4])
        insert_control(tx, line, ids[3])
        add_element(tx, "degradation_factor", "D")
    tree = Tree(store)
    assert set(tree.loose) == {ids[1], ids[2], ids[5], next(store.all(DegradationFactor)).id}
    for element in (*store.all(Cause), *store.all(Control), *store.all(TopEvent), *store.all(Gate)):
        assert (element.id in tree.loose) == (not tree._hangs(element))

"""What badges say: open findings where they are seen, the worst severity, and how many."""

import random

from tests.generator import make_project
from tests.unit.analysis.lint_projects import BREACHES, answered, both, drop, patch, store_of
from tests.unit.analysis.test_linter import edits
from workbench.analysis.lint.linter import Linter, check
from workbench.analysis.lint.tally import Tallied, Tally, tallies, together, told_with
from workbench.store.store import Store


def of(change):
    store = store_of(change)
    return tallies(store, check(store))


def test_each_finding_counts_where_it_is_seen():
    assert of(BREACHES["hazard-context"][0]) == {"h": Tally("note", 1)}
    assert of(both(BREACHES["hazard-wording"][0], patch("h", code=""))) == {"h": Tally("warning", 2)}
    assert of(BREACHES["control-side"][0]) == {"g2": Tally("note", 1)}
    assert of(BREACHES["evidence-refuted"][0]) == {"c": Tally("warning", 1)}, "a claim is seen on its subject"


def test_what_waits_for_a_line_is_seen_where_it_is_listed():
    assert of(BREACHES["guard-waiting"][0]) == {"t": Tally("warning", 1)}


def test_what_is_suppressed_or_on_no_diagram_counts_nowhere():
    assert of(both(BREACHES["hazard-context"][0], answered("hazard-context", "h", "suppressed"))) == {}
    assert of(patch("project", title="")) == {}
    assert "" not in of(BREACHES["conflict"][0])


def test_the_worst_speaks_for_several():
    tallied = {"a": Tally("note", 3), "b": Tally("error", 1), "c": Tally("warning", 2)}
    assert together(tallied, ("a", "b", "x")) == Tally("error", 4)
    assert together(tallied, ("a", "c")) == Tally("warning", 5)
    assert together(tallied, ()) is None


def test_a_badge_tells_of_a_control_wherever_it_stands():
    store = store_of(drop("g2"))
    assert told_with(store, "g") == ("g", "b")
    assert told_with(store, "b") == ("b", "g")
    assert told_with(store, "t") == ("t",)
    assert told_with(store, "ct") == ("ct",)


def test_it_is_kept_while_the_linter_works():
    r = random.Random(3)
    store = Store(make_project(200))
    linter = Linter(store)
    store.changed.connect(lambda change: linter.follow(change.diff))
    tallied = Tallied(store, linter)
    linter.work()
    turns = 1
    while not tallied.follow(0.0):
        turns += 1
    assert turns > 1, "a portion at a time"
    assert tallied.now == tallies(store, check(store)) != {}
    tallied.take_changed()
    before = dict(tallied.now)
    for step in edits(store, r, 40):
        linter.work()
        tallied.follow()
        assert tallied.now == tallies(store, check(store)), step
        changed = {id for id in before.keys() | tallied.now.keys() if before.get(id) != tallied.now.get(id)}
        assert tallied.take_changed() == changed
        before = dict(tallied.now)

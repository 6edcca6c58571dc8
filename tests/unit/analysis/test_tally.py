"""What badges say: open findings where they are seen, the worst severity, and how many."""

from tests.unit.analysis.lint_projects import BREACHES, answered, both, drop, patch, store_of
from workbench.analysis.lint.linter import check
from workbench.analysis.lint.tally import Tally, tallies, together, told_with


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

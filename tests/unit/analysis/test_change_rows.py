"""Two versions as rows: meaning first, told by element; layout last, one row a thing; each found on its diagrams."""

from workbench.analysis.change_rows import Changes, Row
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment

RECORDS: dict[str, Record] = {
    record.id: record
    for record in (
        Diagram(id="one", title="One", order="a"),
        Diagram(id="two", title="Two", order="b"),
        Diagram(id="three", title="Three", order="c"),
        Hazard(id="h", code="H-1", title="Code is trusted"),
        TopEvent(id="t", code="T-1", title="Accepted", hazard="h"),
        Cause(id="c", code="C-1", title="No review"),
        Control(id="b", code="B-1", title="Review"),
        Link(id="l", source="c", target="t"),
        Guard(id="g", control="b", subject="l"),
        Assessment(id="as", subject="h", severity="2", frequency="B"),
        *(Placement.at("two", key) for key in ("h", "t", "c")),
        Placement.at("three", "h"),
    )
}


def changes(*changed: Record, without: tuple[str, ...] = ()) -> Changes:
    after = {**RECORDS, **{record.id: record for record in changed}}
    return Changes(RECORDS, {key: record for key, record in after.items() if key not in without})


def only(found: Changes) -> Row:
    assert len(found.rows) == 1, found.rows
    return found.rows[0]


def test_equal_versions_have_no_rows() -> None:
    found = changes()
    assert not found
    assert found.rows == [] == found.diagrams


def test_a_changed_control_is_seen_where_its_line_is_drawn() -> None:
    found = changes(RECORDS["b"].replace(title="Careful review"))
    row = only(found)
    assert (row.mark, row.title, row.lines) == (
        "changed",
        "Control B-1 Careful review",
        ("title Review → Careful review",),
    )
    assert found.places(row) == {"two"}
    assert found.diagrams == ["two"]
    assert "g" in found.drawn(row)
    assert found.marks("two")["g"] == "changed"
    assert row.spoken() == "Changed: Control B-1 Careful review; title Review → Careful review"


def test_a_rating_is_seen_wherever_its_hazard_stands_in_the_order_of_the_tabs() -> None:
    found = changes(RECORDS["as"].replace(severity="1"))
    assert found.diagrams == ["two", "three"]
    assert not only(found).layout


def test_layout_is_last_one_row_a_thing_and_says_that_the_meaning_is_the_same() -> None:
    moved = Placement.at("two", "c", 100, 5)
    new = Cause(id="n", code="C-2", title="New")
    found = changes(moved, new, Placement.at("one", "n"), Placement.at("one", "h"), without=("l", "g"))
    assert [row.layout for row in found.rows] == sorted(row.layout for row in found.rows)
    layout = [(row.mark, row.title, row.lines, row.diagram) for row in found.rows if row.layout]
    assert layout == [
        ("added", "Hazard H-1 Code is trusted", ("Placed here, meaning unchanged", "On “One”"), "one"),
        ("moved", "Cause C-1 No review", ("Position only, meaning unchanged", "On “Two”"), "two"),
    ]  # the new cause’s own place is told with the cause
    assert found.diagrams == ["one", "two"]
    assert {row.mark for row in found.rows if row.id == "l"} == {"removed"}


def test_what_was_only_resized_bent_or_collapsed_is_told_so() -> None:
    def line(record: Record) -> str:
        return only(changes(record)).lines[0]

    assert line(Placement.at("two", "c").replace(w=300.0)) == "Size only, meaning unchanged"
    assert line(Placement.at("two", "t").replace(collapsed=True)) == "Collapsed"
    assert line(Route.of("two", "l").replace(points=((0.0, 0.0),))) == "Bends only, meaning unchanged"
    guard = only(changes(Placement.at("two", "g").replace(station=90.0)))
    assert (guard.mark, guard.title) == ("moved", "Control B-1 Review")
    assert guard.id == "g"


def test_a_new_diagram_is_a_row_and_its_places_are_not() -> None:
    found = changes(Diagram(id="new", title="New", order="d"), Placement.at("new", "h"))
    row = only(found)
    assert (row.id, row.mark, row.title) == ("new", "added", "Diagram New")
    assert found.diagrams == ["new"]
    assert found.title_of("new") == "New"
    assert found.title_of("gone") == "Untitled"

"""Differences in plain words, grouped by what they are about."""

from workbench import paths
from workbench.analysis.changes import as_text, described, grouped
from workbench.files.comparison import compare, record_changes
from workbench.files.project import load_project
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Likelihood, Link
from workbench.model.judgement import Assessment
from workbench.model.review import ActionItem, Decision, Meeting, Vote

RECORDS: dict[str, Record] = {
    record.id: record
    for record in (
        Hazard(id="h", code="H-1", title="Code is trusted", tags=("a",)),
        Cause(id="c", code="C-12", title="No review", likelihood=Likelihood(value=0.1, kind="per_use")),
        Control(id="b", code="B-7", title="Code review"),
        Link(id="l", source="c", target="h"),
        Guard(id="g", control="b", subject="l", effectiveness=0.5),
        Assessment(id="as", subject="h", severity="2", frequency="B"),
        Diagram(id="dg", title="Overview"),
        Placement(id="pl", diagram="dg", subject="h"),
    )
}


def told(*changed: Record, without: tuple[str, ...] = ()) -> list[str]:
    """What the words say of a change to the records above."""
    after = {**RECORDS, **{record.id: record for record in changed}}
    after = {key: record for key, record in after.items() if key not in without}
    return as_text(grouped(RECORDS, after, compare(RECORDS, after)))


def change(key: str, **fields: object) -> Record:
    return RECORDS[key].replace(**fields)


def test_a_field_of_what_stands_on_an_element_is_told_under_it() -> None:
    assert told(change("g", effectiveness=0.8)) == [
        "Control B-7 Code review: B-7 on line C-12 → H-1: effectiveness 0.5 → 0.8"
    ]


def test_a_field_of_an_element() -> None:
    assert told(change("c", owner="Safety")) == ["Cause C-12 No review: owner (none) → Safety"]


def test_parts_of_a_judgement_and_ratings() -> None:
    changed = (change("c", likelihood=Likelihood(value=0.2, kind="per_use")), change("as", severity="1", frequency="A"))
    assert told(*changed) == [
        "Hazard H-1 Code is trusted:",
        "    initial rating: frequency B → A",
        "    initial rating: severity 2 → 1",
        "Cause C-12 No review: likelihood, value 0.1 → 0.2",
    ]


def test_times_are_written_as_people_write_them_and_order_keys_not_at_all() -> None:
    rated = change("as", by="Ann", at="2026-11-20T10:00:00Z")
    assert told(rated) == [
        "Hazard H-1 Code is trusted:",
        "    initial rating: rated at (none) → 2026-11-20 10:00 UTC",
        "    initial rating: rated by (none) → Ann",
    ]
    assert told(change("dg", order="a7")) == ["Diagram Overview: another place among its like"]


def test_lists_say_what_came_and_went() -> None:
    assert told(change("h", tags=("b",))) == ["Hazard H-1 Code is trusted: tags + b, − a"]


def test_geometry_is_summed_up_by_diagram() -> None:
    placed = Placement(id="pl2", diagram="dg", subject="c")
    assert told(change("pl", x=5), placed) == [
        "Diagram Overview:",
        "    1 element placed here",
        "    1 element moved, resized or folded",
    ]


def test_what_was_added_and_removed() -> None:
    assert told(Hazard(id="h2", code="H-2", title="New"), without=("b", "g")) == [
        "Hazard H-2 New added",
        "Control B-7 Code review removed",
    ]


def test_fields_as_the_file_has_them() -> None:
    after = {**RECORDS, "h": change("h", title="Other")}
    (found,) = record_changes(compare(RECORDS, after))
    assert (found.record, found.id, found.change) == ("hazard", "h", "changed")
    assert found.fields == {"title": ("Code is trusted", "Other")}


def test_every_change_of_a_real_project_is_told_once() -> None:
    records = dict(load_project(paths.sample("code-synthesis-llm.hazard.json")).store.records)
    groups = grouped({}, records, compare({}, records))
    assert sorted(key for group in groups for key in group.ids) == sorted(records)
    lines = list(described(records))
    assert len(lines) > len(records)
    assert all("\n" not in line for line in lines)


def test_what_a_meeting_noted_is_told_under_what_it_is_pinned_to() -> None:
    meeting = Meeting(id="m", title="Review", started_at="2026-05-04T09:00:00Z", before="a" * 64)
    action = ActionItem(id="ai", subject="h", text="Renew the rules", meeting="m")
    vote = Vote(id="v", subject="h", question="Accept?", agree=5)
    assert told(meeting, action, vote, Decision(id="d", text="Go on")) == [
        "Hazard H-1 Code is trusted:",
        "    action item “Renew the rules” added",
        "    vote “Accept?” added",
        "Decision Go on added",
        "Meeting Review added",
    ]


def test_a_meeting_that_ends_and_an_action_that_is_done() -> None:
    meeting, action = Meeting(id="m", title="Review"), ActionItem(id="ai", subject="h", text="Renew", owner="Ann")
    before: dict[str, Record] = {**RECORDS, "m": meeting, "ai": action}
    done = action.replace(state="done", closed_at="2026-05-11T09:00:00Z", meeting="m")
    ended = meeting.replace(ended_at="2026-05-04T10:00:00Z", after="b" * 64)
    after = {**before, "m": ended, "ai": done}
    assert as_text(grouped(before, after, compare(before, after))) == [
        "Hazard H-1 Code is trusted:",
        "    action item “Renew”: closed (none) → 2026-05-11 09:00 UTC",
        "    action item “Renew”: meeting (none) → meeting Review",
        "    action item “Renew”: state open → done",
        "Meeting Review:",
        "    document when it ended (none) → bbbbbbbb",
        "    ended (none) → 2026-05-04 10:00 UTC",
    ]

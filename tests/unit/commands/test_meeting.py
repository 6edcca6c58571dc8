"""Meetings and what is noted in them."""

from datetime import date

import pytest

from workbench.analysis.meeting_log import entries, line_of, noted_on, people, running, tail, wanted_meeting
from workbench.commands import meeting as log
from workbench.commands.errors import CommandError
from workbench.model.elements import Hazard
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.review import ActionItem, Comment, Decision, Meeting, Vote
from workbench.store.store import Store

DAY = date(2026, 11, 23)
AT = "2026-11-23T09:30:00Z"


@pytest.fixture
def store() -> Store:
    return Store([Project(id=PROJECT_ID, title="Copilot"), Hazard(id="h1", code="H-1", title="Wrong code")])


def do(store, command, *args, **kwargs):
    with store.transaction("Test") as tx:
        return command(tx, *args, **kwargs)


def begin(store, title="Review", **kwargs):
    told = {"attendees": ["Lina", "Omar"], "agenda": ["Overview"], "at": AT, "before": "a" * 64, **kwargs}
    return do(store, log.start_meeting, title, told.pop("attendees"), told.pop("agenda"), **told)


def test_what_is_noted_belongs_to_the_meeting_under_way(store):
    outside = do(store, log.comment, "h1", "Before", by="Lina", at="2026-11-20T09:00:00Z")
    meeting = begin(store)
    inside = do(store, log.capture_action, "h1", " Renew the rules ", owner="Omar", due="2026-12-01", at=AT)
    do(store, log.end_meeting, meeting, at="2026-11-23T10:30:00Z", after="b" * 64)
    after = do(store, log.decide, None, "Go on", by="Lina", at="2026-11-24T09:00:00Z")
    assert store.get(outside).meeting is None
    assert store.get(inside) == ActionItem(
        id=inside, subject="h1", meeting=meeting, text="Renew the rules", owner="Omar", due="2026-12-01", at=AT
    )
    assert store.get(after).meeting is None
    held = store.get(meeting)
    assert (held.before, held.after, held.agenda) == ("a" * 64, "b" * 64, ("Overview",))
    assert [one.id for one in entries(store, meeting=meeting)] == [inside]


def test_each_step_is_undone_by_itself(store):
    before = dict(store.records)
    meeting = begin(store)
    action = do(store, log.capture_action, "h1", "Check", at=AT)
    do(store, log.close_action, action, at="2026-11-30T09:00:00Z")
    assert store.get(action).state == "done"
    assert store.get(action).closed_at == "2026-11-30T09:00:00Z"
    store.undo()
    assert store.get(action).state == "open"
    store.undo()
    assert action not in store
    store.undo()
    assert meeting not in store
    assert dict(store.records) == before


def test_one_meeting_at_a_time(store):
    first = begin(store, "First")
    with pytest.raises(CommandError, match="First"):
        begin(store, "Second")
    do(store, log.end_meeting, first, at="2026-11-23T10:00:00Z")
    with pytest.raises(CommandError, match="ended already"):
        do(store, log.end_meeting, first, at="2026-11-23T11:00:00Z")
    second = begin(store, "Second", at="2026-11-24T09:00:00Z")
    with pytest.raises(CommandError, match="Second"):
        do(store, log.reopen_meeting, first)
    do(store, log.end_meeting, second, at="2026-11-24T10:00:00Z")
    assert wanted_meeting(store) == store.get(second)
    do(store, log.reopen_meeting, first)
    assert running(store) == store.get(first)
    assert wanted_meeting(store) == store.get(first)


def test_attendees_count_once_and_can_be_changed(store):
    meeting = begin(store, attendees=["  Lina  Okafor", "lina okafor", "", "Omar"])
    assert store.get(meeting).attendees == ("lina okafor", "Omar")
    do(store, log.edit_meeting, meeting, attendees=["Omar"], title=" New\nname ")
    assert (store.get(meeting).attendees, store.get(meeting).title) == (("Omar",), "New name")


def test_a_deleted_meeting_leaves_its_log(store):
    meeting = begin(store)
    action = do(store, log.capture_action, None, "Check", at=AT)
    with store.transaction("Delete") as tx:
        log.delete_meeting(tx, meeting)
        assert tx.notices == ["1 line of its log stay, without a meeting."]
    assert store.get(action).meeting is None


def test_a_comment_on_nothing_is_about_the_project(store):
    made = do(store, log.comment, None, "Scope?", at=AT)
    assert store.get(made).subject == PROJECT_ID


@pytest.mark.parametrize("command", [log.capture_action, log.decide, log.comment])
def test_nothing_is_noted_without_words(store, command):
    with pytest.raises(CommandError, match="Say what"):
        do(store, command, "h1", " \n ")
    with pytest.raises(CommandError, match="does not exist"):
        do(store, command, "gone", "Words")
    assert not entries(store)


def test_a_text_too_long_is_refused_in_words(store):
    with pytest.raises(CommandError, match="too long"):
        do(store, log.comment, "h1", "x" * 200_001)


def test_a_vote_keeps_question_and_tally(store):
    made = do(store, log.vote, "h1", "Accept?", (5, 1, 0), by="Lina", at=AT)
    assert store.get(made) == Vote(
        id=made, subject="h1", question="Accept?", agree=5, disagree=1, abstain=0, by="Lina", at=AT
    )
    do(store, log.edit_noted, made, text="Accept it?", agree=6)
    assert (store.get(made).question, store.get(made).agree) == ("Accept it?", 6)
    with pytest.raises(CommandError, match="no value"):
        do(store, log.edit_noted, made, agree=-1)
    assert line_of(entries(store)[0]) == "Vote: Accept it? (6 agree, 1 disagrees, none abstain)"


def test_states_on_a_day(store):
    action = do(store, log.capture_action, "h1", "Check", owner="Omar", due="2026-11-22", at=AT)
    remark = do(store, log.comment, "h1", "Why?", at=AT)

    def states(day=DAY):
        return {one.id: one.state for one in entries(store, day)}

    assert states() == {action: "overdue", remark: "open"}
    assert states(date(2026, 11, 22))[action] == "open"
    assert states(None)[action] == "open"
    do(store, log.close_action, action, at=AT, dropped=True)
    do(store, log.resolve_comment, remark)
    assert states() == {action: "dropped", remark: "resolved"}
    do(store, log.reopen_action, action)
    do(store, log.resolve_comment, remark, resolved=False)
    assert states() == {action: "overdue", remark: "open"}
    assert store.get(action).closed_at == ""


def test_pinning_elsewhere_and_deleting(store):
    made = do(store, log.decide, None, "Go", at=AT)
    do(store, log.pin, made, "h1")
    assert [one.id for one in noted_on(store, "h1")] == [made]
    do(store, log.pin, made, None)
    assert not noted_on(store, "h1")
    with pytest.raises(CommandError, match="does not exist"):
        do(store, log.pin, made, "gone")
    remark = do(store, log.comment, "h1", "Why?", at=AT)
    do(store, log.pin, remark, None)
    assert store.get(remark).subject == PROJECT_ID
    do(store, log.delete_noted, [made, remark])
    assert not entries(store)
    with pytest.raises(CommandError):
        do(store, log.edit_noted, made, text="x")


def test_deleting_an_element_keeps_its_actions_and_decisions(store):
    action = do(store, log.capture_action, "h1", "Check", at=AT)
    remark = do(store, log.comment, "h1", "Why?", at=AT)
    with store.transaction("Delete") as tx:
        tx.remove("h1")
    assert store.get(action).subject is None
    assert remark not in store


def test_the_end_of_the_log_of_the_meeting_under_way(store):
    do(store, log.comment, "h1", "Before", at="2026-11-20T09:00:00Z")
    begin(store)
    for number in range(4):
        do(store, log.capture_action, "h1", f"Step {number}", owner="Omar", at=f"2026-11-23T09:3{number}:00Z")
    do(store, log.decide, "h1", "Agreed\nall", at="2026-11-23T09:50:00Z")
    end = tail(store, 2)
    assert end.counts == {"action": 4, "decision": 1, "vote": 0, "comment": 0}
    assert end.lines == ("Action: Step 3 (Omar)", "Decision: Agreed all")
    assert tail(store, 0).lines == ()


def test_people_are_named_once_attendees_first():
    store = Store(
        [
            Project(id=PROJECT_ID),
            Meeting(id="m1", started_at="2026-01-01T09:00:00Z", ended_at="x", attendees=("Old", "Lina")),
            Meeting(id="m2", started_at="2026-02-01T09:00:00Z", ended_at="x", attendees=("Lina", "Omar")),
            ActionItem(id="a", owner="Petra", due="2026-12-24", at="2026-03-01T09:00:00Z"),
            Decision(id="d", by="omar"),
            Comment(id="c", subject=PROJECT_ID, by="Zoe"),
        ]
    )
    assert people(store) == ["Lina", "Omar", "Old", "Petra", "Zoe"]

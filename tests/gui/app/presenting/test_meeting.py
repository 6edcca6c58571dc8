"""A whole meeting by keys alone: route, levels, light, an edit, what is noted, and its minutes."""

from PySide6.QtCore import Qt

from tests.gui.app.presenting.person import CTRL, a_cause, begun
from workbench.commands.meeting import end_meeting, start_meeting
from workbench.export.minutes import export_minutes
from workbench.model.review import ActionItem, Decision, Meeting, Vote


def noted(person, key, words, *more):
    person.key(key)
    person.type(words)
    for further in more:
        person.key(Qt.Key.Key_Tab)
        person.type(further)
    person.key(Qt.Key.Key_Return)


def test_a_meeting_by_keys_alone_ends_in_minutes(route, tmp_path):
    store = route.store
    before = {cls: store.count(cls.TYPE) for cls in (ActionItem, Decision, Vote)}
    with store.transaction("Start") as tx:
        meeting = start_meeting(tx, "Review", ["Lina"], ["Start"], at="2030-01-01T10:00:00Z")
    person = begun(route)
    person.key(Qt.Key.Key_4, CTRL)
    assert person.stage.view.levels == 4
    person.key(Qt.Key.Key_0, CTRL)
    for _ in range(40):
        if person.selected == a_cause(person):
            break
        person.key(Qt.Key.Key_Tab)
    cause = person.selected
    person.key(Qt.Key.Key_P)
    assert person.show.held_light
    person.key(Qt.Key.Key_Return)
    person.type("Said in the meeting")
    person.key(Qt.Key.Key_Return)
    for number in range(5):
        noted(person, Qt.Key.Key_A, f"Action {number}", "Lina", "2030-02-01")
    person.key(Qt.Key.Key_Right)
    for number in range(3):
        noted(person, Qt.Key.Key_D, f"Decision {number}")
    noted(person, Qt.Key.Key_V, "Do we agree?", "5", "1", "0")
    person.key(Qt.Key.Key_End)
    person.key(Qt.Key.Key_Escape)
    assert not person.window.is_presenting
    with store.transaction("End") as tx:
        end_meeting(tx, meeting, at="2030-01-01T11:00:00Z")
    assert store.find(meeting, Meeting).ended_at
    assert store.count("action_item") - before[ActionItem] == 5
    assert store.count("decision") - before[Decision] == 3
    assert store.count("vote") - before[Vote] == 1
    assert {a.subject for a in store.all(ActionItem) if a.text.startswith("Action ")} == {cause}
    (vote,) = [v for v in store.all(Vote) if v.question == "Do we agree?"]
    assert (vote.agree, vote.disagree, vote.abstain) == (5, 1, 0)
    out = tmp_path / "minutes.md"
    assert export_minutes(store, out)
    text = out.read_text(encoding="utf-8")
    for words in ("Action 4", "Decision 2", "Do we agree?", "Lina"):
        assert words in text

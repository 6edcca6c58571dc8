"""Meetings in a window: the strip on the selection, badges, the dock, start and end with revisions, minutes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.support import there
from tests.unit.analysis.lint_projects import add, both, store_of
from workbench.analysis.meeting_log import entries, running
from workbench.canvas import spoken
from workbench.commands import meeting as log
from workbench.files.errors import SaveError
from workbench.files.project import save_project
from workbench.files.revisions import Revisions
from workbench.model.drawing import Diagram, Placement
from workbench.model.review import Meeting, Stop
from workbench.panels.meeting_dialog import MeetingDialog, Wanted
from workbench.panels.row_button import RowButton

PLACES = {"h": (150, 60), "t": (150, 300), "c": (40, 500), "e": (260, 500)}
LATE = "2020-01-01"
Key = Qt.Key


@pytest.fixture
def driver(open_project, qtbot, tmp_path):
    """A window on one of each kind, with nothing noted."""
    path = tmp_path / "p.hazard.json"
    save_project(store_of(both(*(add(Placement.at("dg", id, x, y)) for id, (x, y) in PLACES.items()))), path)
    made = open_project(path)
    qtbot.waitUntil(lambda: made.window.docks.filled)
    made.turn()
    return made


def noted(driver):
    return entries(driver.store)


def do(driver, command, *args, **kwargs):
    with driver.store.transaction("Test") as tx:
        made = command(tx, *args, **kwargs)
    driver.turn()
    return made


def badge(driver, id):
    scene = driver.view.scene
    one = scene.node(id) or scene.bar(id) or scene.link(id)
    found = scene.reviews.of(one) if scene.reviews is not None else None
    return (found.count, found.overdue) if found is not None else None


def place(driver, id):
    scene = driver.view.scene
    one = scene.node(id) or scene.bar(id) or scene.link(id)
    x, y = driver.view.camera.to_view(*scene.reviews.spot(one))
    return QPoint(round(x), round(y))


def strip_of(driver):
    return driver.window.meeting._strip


def title(driver):
    return driver.window.docks._docks["review"].windowTitle()


def test_an_action_is_noted_on_what_is_selected(driver):
    driver.window.session.select(["c"])
    driver.run("review.action")
    driver.type("Ask the team")
    driver.key(Key.Key_Tab)
    driver.type("Lina")
    driver.key(Key.Key_Return)
    (one,) = noted(driver)
    assert (one.text, one.who, one.subject) == ("Ask the team", "Lina", "c")
    assert driver.view.hasFocus()
    driver.run("edit.undo")
    assert not noted(driver)


def test_the_strip_follows_the_selection_and_gets_in_nobodys_way(driver):
    driver.run("review.comment")
    strip = strip_of(driver)
    assert strip.pinned.subject() == "dg"
    driver.window.session.select(["e"])
    assert strip.pinned.subject() == "e"
    driver.type("Why?")
    driver.run("review.action")  # what is typed comes first
    assert strip_of(driver) is strip
    assert strip.text.hasFocus()
    driver.key(Key.Key_Escape)
    assert strip_of(driver) is None
    driver.run("review.vote")
    driver.run("review.decision")  # nothing was typed
    assert strip_of(driver).kind == "decision"


def test_badges_tell_what_waits_and_how_late(driver):
    assert driver.view.scene.reviews is None
    late = do(driver, log.capture_action, "e", "Check", due=LATE, at="2019-01-01T12:00:00Z")
    do(driver, log.comment, "e", "Why?")
    do(driver, log.capture_action, "g", "Renew")
    assert badge(driver, "e") == (2, 1)
    assert badge(driver, "g") == (1, 0)
    assert badge(driver, "c") is None
    assert title(driver) == "Actions and comments 3"
    assert "1 open action, 1 overdue; 1 open comment" in spoken.whole(driver.view.scene, "e")
    before = driver.view.viewport().grab().toImage()
    do(driver, log.close_action, late, at="2026-01-01T12:00:00Z")
    assert badge(driver, "e") == (1, 0)
    at = place(driver, "e")
    after = driver.view.viewport().grab().toImage()
    assert any(before.pixel(at.x() + dx, at.y()) != after.pixel(at.x() + dx, at.y()) for dx in range(-8, 9))
    driver.run("view.review_badges")
    assert driver.view.scene.reviews is None
    assert title(driver) == "Actions and comments 2"
    driver.run("view.review_badges")
    assert badge(driver, "e") == (1, 0)


def test_a_badge_stands_apart_from_those_of_findings_and_verdicts(driver, qtbot):
    qtbot.waitUntil(lambda: driver.view.scene.findings is not None)
    for id in ("h", "t", "c", "e", "g"):
        do(driver, log.comment, id, "Why?")
    scene = driver.view.scene
    for id in ("h", "t", "c", "e", "g"):
        one = scene.node(id) or scene.bar(id)
        (x, y), (fx, fy) = scene.reviews.spot(one), scene.findings.spot(one)
        assert abs(x - fx) > 20 or abs(y - fy) > 20, id


def test_a_click_on_a_badge_shows_what_is_pinned(driver):
    do(driver, log.comment, "e", "Why?")
    do(driver, log.comment, "c", "What?")
    QTest.mouseClick(driver.view.viewport(), Qt.MouseButton.LeftButton, pos=place(driver, "e"))
    driver.turn()
    panel = driver.window.docks.contents.review
    assert [row.entry.text for row in panel.table.rows_model.rows] == ["Why?"]
    assert driver.window.session.selection == ("e",)
    driver.run("review.show")
    assert len(panel.table.rows_model.rows) == 2
    driver.run("review.here")
    assert len(panel.table.rows_model.rows) == 1


def test_what_rests_under_the_pointer_tells_what_waits(driver):
    do(driver, log.capture_action, "e", "Check <b>it</b>", owner="Omar", due="2026-12-01")
    do(driver, log.decide, "e", "Never told here")
    for number in range(3):
        do(driver, log.comment, "e", f"Why {number}?")
    said = driver.view._noted({"e"})
    assert said.splitlines()[0] == "Action: Check <b>it</b> (Omar, 2026-12-01)"
    assert said.splitlines()[-1] == "and 1 more"
    assert "Never" not in said
    assert driver.view._noted({"c"}) == ""


def test_the_inspector_tells_what_is_pinned_and_notes_more(driver):
    do(driver, log.comment, "b", "Is it on?")
    do(driver, log.capture_action, "g", "Check", owner="Omar", due=LATE)
    driver.window.session.select(["g"])
    driver.turn()
    inspector = driver.window.docks.contents.inspector
    rows = {row.accessibleName(): row for row in inspector.findChildren(RowButton) if row.isVisibleTo(inspector)}
    names = [name for name in rows if "Check" in name or "Is it on?" in name]
    assert names == ["Overdue: Check (Omar, 1 Jan 2020)", "Open: Is it on?"]
    rows[names[0]].click()
    driver.turn()
    assert len(driver.window.docks.contents.review.table.rows_model.rows) == 2
    (comment,) = [
        one for one in inspector.findChildren(QPushButton) if one.text() == "Comment…" and one.isVisibleTo(inspector)
    ]
    comment.click()
    driver.turn()
    assert strip_of(driver).kind == "comment"
    assert strip_of(driver).pinned.subject() == "g"


def test_the_empty_dock_opens_the_strip(driver):
    driver.run("review.show")
    driver.window.docks.contents.review.empty.pressed.emit()
    driver.turn()
    assert strip_of(driver).kind == "action"


def test_a_meeting_from_start_to_minutes(driver, monkeypatch, choose_file, tmp_path):
    do(driver, lambda tx: tx.put(Stop(id="s1", title="Overview", diagram="dg", order="a")))
    do(driver, lambda tx: tx.put(Stop(id="s2", diagram="dg", order="b")))
    monkeypatch.setattr(MeetingDialog, "show_modal", lambda _self: Wanted("Review", ("Ann", "Omar")))
    driver.run("review.start")
    meeting, sheet = there(running(driver.store)), there(driver.store.find("dg", Diagram))
    assert (meeting.title, meeting.attendees, meeting.agenda) == ("Review", ("Ann", "Omar"), ("Overview", sheet.title))
    assert sheet.title, "a stop without a title is called after what it shows"
    assert not driver.window.action("review.start").isEnabled()
    sign = driver.window.meeting._sign
    assert sign.isVisible()
    assert sign.text() == "Meeting: Review"
    kept = Revisions(driver.window.session.path)
    assert [one.sha256 for one in kept.all()] == [meeting.before]
    assert meeting.id not in kept.load(kept.all()[0]).store
    do(driver, lambda tx: tx.patch("c", title="Another cause"))
    do(driver, log.decide, "c", "Go on")
    driver.run("review.end")
    meeting = there(driver.store.find(meeting.id, Meeting))
    assert meeting.ended_at
    assert not sign.isVisible()
    assert kept.all()[-1].sha256 == meeting.after
    assert noted(driver)[0].meeting == meeting.id
    out = tmp_path / "minutes.md"
    choose_file(out)
    driver.run("review.minutes")
    text = out.read_text("utf-8")
    assert "Another cause" in text
    assert "Go on" in text
    assert (tmp_path / "minutes-1.svg").exists()
    monkeypatch.setattr(MeetingDialog, "show_modal", lambda _self: Wanted("Renamed", ("Ann",)))
    driver.run("review.edit")
    assert there(driver.store.find(meeting.id, Meeting)).title == "Renamed"
    driver.run("review.resume")
    assert there(running(driver.store)).id == meeting.id
    driver.run("review.delete")
    assert running(driver.store) is None
    assert noted(driver)[0].meeting is None or noted(driver)[0].meeting == ""
    driver.run("edit.undo")
    for _ in range(4):  # resumed, renamed, ended, decided
        driver.run("edit.undo")
    assert there(running(driver.store)).title == "Review"


def test_the_meeting_chosen_in_the_dock_is_meant(driver, monkeypatch, choose_file, tmp_path):
    for name, day in (("First", "01"), ("Second", "02")):
        made = do(driver, log.start_meeting, name, (), (), at=f"2026-11-{day}T09:00:00Z")
        do(driver, log.comment, "c", f"In the {name.lower()}", at=f"2026-11-{day}T09:10:00Z")
        do(driver, log.end_meeting, made, at=f"2026-11-{day}T10:00:00Z")
    driver.run("review.show")
    panel = driver.window.docks.contents.review
    panel.meeting.setCurrentText("First")
    panel.meeting.activated.emit(panel.meeting.currentIndex())
    out = tmp_path / "minutes.md"
    choose_file(out)
    driver.run("review.minutes")
    assert out.read_text("utf-8").startswith("# Minutes: First")
    driver.run("review.delete")
    assert [one.title for one in driver.store.all(Meeting)] == ["Second"]


def test_a_meeting_begins_where_no_revision_can_be_kept(driver, monkeypatch):
    said = []
    monkeypatch.setattr("workbench.app.meeting.show_error", lambda _parent, _title, text: said.append(text))
    monkeypatch.setattr(MeetingDialog, "show_modal", lambda _self: Wanted("Review", ()))

    def refuse(*_args, **_kwargs):
        raise SaveError("The disk is full.")

    monkeypatch.setattr(Revisions, "save", refuse)
    driver.run("review.start")
    assert said == ["The disk is full. The minutes will not show what changed."]
    assert there(running(driver.store)).before == ""


def test_an_untitled_project_keeps_no_revision(open_project, monkeypatch):
    driver = open_project()
    monkeypatch.setattr(MeetingDialog, "show_modal", lambda _self: Wanted("Review", ()))
    driver.run("review.start")
    assert there(running(driver.store)).before == ""


def test_the_dialog_wants_a_title(driver):
    dialog = MeetingDialog(driver.window, attendees=("Ann",), below="A revision is kept.")
    dialog.refresh()
    assert not dialog.ok.isEnabled()
    dialog.title.setText("  Residual   risk ")
    dialog.attendees.setPlainText("Ann\n\n Omar  Reyes ")
    assert dialog.ok.isEnabled()
    assert dialog.read() == Wanted("Residual risk", ("Ann", "Omar Reyes"))
    dialog.attendees.setPlainText("Zoe,  Ann ; D;\n,ann\nBo")
    assert dialog.read().attendees == ("Zoe", "Ann", "D", "Bo")
    dialog.deleteLater()

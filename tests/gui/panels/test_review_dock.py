"""The dock of actions and comments: order, filters, editing in place, following up by keys, empty state."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from tests.support import there
from workbench.commands import meeting as log
from workbench.panels.review_panel import ReviewPanel
from workbench.panels.review_rows import review_rows
from workbench.panels.review_table import DUE, ON, STATE, TEXT, WHO
from workbench.session.today import today_of

AT = "2026-11-23T12:00:00Z"
Key = Qt.Key


def do(store, command, *args, **kwargs):
    with store.transaction("Test") as tx:
        return command(tx, *args, **kwargs)


@pytest.fixture
def noted(scene):
    """Ids by what they are, on a scene whose user works on 23 November 2026."""
    scene.session.signature = lambda: ("Ann", AT)
    store, cause = scene.store, scene.causes[0]
    made = {"late": do(store, log.capture_action, cause, "Renew <b>rules</b>", owner="Omar", due="2026-11-20", at=AT)}
    meeting = do(store, log.start_meeting, "Review", ["Ann"], [], at=AT)
    made |= {
        "meeting": meeting,
        "soon": do(store, log.capture_action, scene.guards[0], "Check", owner="Lina", due="2026-12-01", at=AT),
        "some day": do(store, log.capture_action, scene.harm, "Think", at=AT),
        "decision": do(store, log.decide, scene.hazard, "Go on", by="Ann", at=AT),
        "vote": do(store, log.vote, None, "Accept?", (5, 1, 0), by="Ann", at=AT),
        "comment": do(store, log.comment, scene.control, "Why?", by="Lina", at=AT),
    }
    done = do(store, log.capture_action, cause, "Old", owner="Omar", due="2026-11-01", at="2026-10-01T12:00:00Z")
    do(store, log.close_action, done, at=AT)
    do(store, log.end_meeting, meeting, at=AT)
    return made | {"done": done}


@pytest.fixture
def dock(qtbot, scene, noted):
    panel = ReviewPanel(scene.session)
    qtbot.addWidget(panel)
    panel.resize(1_200, 300)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    panel.take_focus()
    return panel


def shown(dock):
    return [row.id for row in dock.table.rows_model.rows]


def cell(dock, id, place):
    return dock.table.rows_model.index(dock.table.rows_model.place_of(id), place)


def press(dock, key):
    QTest.keyClick(dock.table, key)


def type_in(dock, text):
    """Write a text into the open editor and keep it."""
    (editor,) = dock.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QTest.qWait(1)  # the delegate takes it in a later turn


def test_what_waits_stands_first_by_its_day(dock, noted):
    assert shown(dock)[:2] == [noted["late"], noted["soon"]]
    assert set(shown(dock)[2:4]) == {noted["some day"], noted["comment"]}
    assert shown(dock)[-1] == noted["done"]
    texts = [cell(dock, noted["late"], place).data() for place in (STATE, TEXT, WHO, DUE)]
    assert texts == ["Overdue", "Renew <b>rules</b>", "Omar", "20 Nov 2026"]
    assert cell(dock, noted["vote"], TEXT).data() == "Accept? (5 agree, 1 disagrees, none abstain)"
    assert cell(dock, noted["vote"], ON).data() == "Project"
    spoken = cell(dock, noted["decision"], STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "State: Decision, noted"


def test_chips_and_choices_filter(dock, scene, noted):
    dock.page.set_chip("waits")
    assert set(shown(dock)) == {noted[key] for key in ("late", "soon", "some day", "comment")}
    dock.page.set_chip("overdue")
    assert shown(dock) == [noted["late"]]
    dock.page.set_chip("done")
    assert shown(dock) == [noted["done"]]
    dock.show_all()
    for choice, text, keys in (
        (dock.kind, "Votes", {"vote"}),
        (dock.who, "Lina", {"soon", "comment"}),
        (dock.meeting, "Outside of meetings", {"late"}),
        (dock.meeting, "Review", {"soon", "some day", "decision", "vote", "comment", "done"}),
    ):
        dock.show_all()
        choice.setCurrentText(text)
        choice.activated.emit(choice.currentIndex())
        assert set(shown(dock)) == {noted[key] for key in keys}, text
    dock.show_all()
    dock.search.setText("rules omar")
    assert shown(dock) == [noted["late"]]


def test_what_is_pinned_to_one_thing(dock, scene, noted):
    dock.show_only(scene.guards[0])
    assert set(shown(dock)) == {noted["soon"], noted["comment"]}  # its control's too
    assert dock.only.isVisible()
    dock.only.click()
    assert len(shown(dock)) == 7
    dock.show_only(scene.top)  # nothing is pinned to it
    assert len(shown(dock)) == 7
    assert not dock.only.isVisible()


def test_space_marks_as_done_and_undo_brings_it_back(dock, scene, noted):
    dock.table.go_to(noted["late"])
    press(dock, Key.Key_Space)
    assert scene.store.get(noted["late"]).state == "done"
    assert scene.store.get(noted["late"]).closed_at == AT
    assert dock.table.current_id() == noted["soon"], "on with the next one"
    dock.table.go_to(noted["late"])
    press(dock, Key.Key_Space)
    assert scene.store.get(noted["late"]).state == "open"
    scene.store.undo()
    scene.store.undo()
    assert scene.store.get(noted["late"]).state == "open"
    dock.flush()
    dock.table.go_to(noted["comment"])
    press(dock, Key.Key_Space)
    assert scene.store.get(noted["comment"]).state == "resolved"


def test_a_decision_is_never_done(dock, scene, noted):
    told: list[str] = []
    scene.session.notice.connect(told.append)
    dock.table.go_to(noted["decision"])
    press(dock, Key.Key_Space)
    assert told == ["A decision stands as it was noted; only actions and comments are done with."]


def test_text_owner_and_day_are_changed_in_place(dock, scene, noted):
    dock.table.go_to(noted["late"])
    press(dock, Key.Key_F2)
    type_in(dock, "Renew =1+1 & all")
    assert scene.store.get(noted["late"]).text == "Renew =1+1 & all"
    dock.flush()
    dock.table.edit_column(WHO)
    type_in(dock, "Petra")
    dock.flush()
    dock.table.edit_column(DUE)
    type_in(dock, "fri")
    record = scene.store.get(noted["late"])
    assert (record.owner, record.due) == ("Petra", "2026-11-27")
    dock.flush()
    assert cell(dock, noted["late"], STATE).data() == "Open"
    for _ in range(3):
        scene.store.undo()
    assert scene.store.get(noted["late"]).text == "Renew <b>rules</b>"


def test_a_day_nobody_understands_changes_nothing(dock, scene, noted):
    told: list[str] = []
    scene.session.notice.connect(told.append)
    dock.table.go_to(noted["late"])
    dock.table.edit_column(DUE)
    type_in(dock, "some day")
    assert scene.store.get(noted["late"]).due == "2026-11-20"
    assert "2026-12-01" in told[0]


def test_a_vote_has_no_owner_to_change(dock, noted):
    dock.table.go_to(noted["vote"])
    dock.table.edit_column(WHO)  # the question instead
    assert dock.table.state() == QAbstractItemView.State.EditingState
    assert dock.table.currentIndex().column() == TEXT


def test_rows_lead_to_what_they_are_about(dock, scene, noted, qtbot):
    dock.table.go_to(noted["late"])
    press(dock, Key.Key_Return)
    assert scene.session.selection == (scene.causes[0],)
    dock.table.go_to(noted["decision"])
    qtbot.waitUntil(lambda: scene.session.selection == (scene.hazard,))
    scene.session.select([scene.harm])
    qtbot.waitUntil(lambda: dock.table.current_id() == noted["some day"])


def test_the_menu_drops_pins_and_deletes(dock, scene, noted):
    def trigger(words):
        entry = next(action for action in dock.menu().actions() if action.text().startswith(words))
        entry.trigger()
        dock.flush()

    dock.table.go_to(noted["late"])
    trigger("Drop")
    assert scene.store.get(noted["late"]).state == "dropped"
    scene.session.select([scene.harm])
    dock.table.go_to(noted["late"])
    trigger("Pin to E-1")
    assert scene.store.get(noted["late"]).subject == scene.harm
    trigger("Pin to the whole project")
    assert scene.store.get(noted["late"]).subject is None
    trigger("Delete")
    assert noted["late"] not in scene.store
    assert noted["late"] not in shown(dock)


def test_delete_removes_what_is_chosen(dock, scene, noted):
    dock.table.selectAll()
    press(dock, Key.Key_Delete)
    assert not review_rows(scene.store, today_of(scene.session))
    dock.flush()
    assert dock.empty.isVisible()
    scene.store.undo()
    assert len(review_rows(scene.store, today_of(scene.session))) == 7


def test_a_read_only_project_is_only_looked_at(dock, scene, noted):
    scene.store.read_only = "It is protected."
    dock.refresh()
    dock.table.go_to(noted["late"])
    assert not dock.table.edit_cell()
    press(dock, Key.Key_Space)
    assert scene.store.get(noted["late"]).state == "open"
    assert len(dock.menu().actions()) == 1


def test_an_empty_log_says_what_to_do(qtbot, scene):
    panel = ReviewPanel(scene.session)
    qtbot.addWidget(panel)
    panel.show()
    asked: list[str] = []
    panel.requested.connect(asked.append)
    assert panel.empty.isVisible()
    there(panel.empty._action).click()
    assert asked == ["review.action"]

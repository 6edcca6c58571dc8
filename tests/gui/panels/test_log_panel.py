"""The live hazard log: real keys, undo, and the same elements as on the diagram."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from tests.support import there
from workbench.analysis.hazard_log import as_json, log_rows
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Hazard
from workbench.panels.log_lines import LinesEditor
from workbench.panels.log_model import COLUMN_IDS, cell_text
from workbench.panels.log_panel import LogPanel
from workbench.session.session import Session
from workbench.store.store import Store

CTRL = Qt.KeyboardModifier.ControlModifier


def turn(times=4):
    for _ in range(times):
        QApplication.processEvents()


def panel_of(qtbot, session):
    panel = LogPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1400, 400)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    turn()
    return panel


@pytest.fixture
def panel(qtbot, scene):
    return panel_of(qtbot, scene.session)


def at(panel, column, place=0):
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(place, COLUMN_IDS.index(column)))
    turn()


def editor(panel, kind):
    found = panel.table.viewport().findChildren(kind)
    assert found, "no editor is open"
    return found[-1]


def test_a_title_is_written_with_f2_and_taken_back(panel, scene):
    before = there(scene.store.find(scene.hazard, Hazard)).title
    at(panel, "title")
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    edit = editor(panel, QLineEdit)
    QTest.keyClicks(edit, "Reworded")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    turn()
    assert there(scene.store.find(scene.hazard, Hazard)).title == "Reworded"
    assert panel.model.rows[0].title == "Reworded"
    scene.store.undo()
    turn()
    assert panel.model.rows[0].title == before


def test_escape_leaves_a_cell_as_it_was(panel, scene):
    at(panel, "source")
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    edit = editor(panel, QLineEdit)
    QTest.keyClicks(edit, "Nothing")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    turn()
    assert there(scene.store.find(scene.hazard, Hazard)).source == ""


def test_a_cause_written_in_a_row_stands_on_the_diagram(panel, scene):
    at(panel, "trigger_event")
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    edit = editor(panel, QPlainTextEdit)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Written in the log")
    QTest.keyClick(edit, Qt.Key.Key_Return, CTRL)
    turn()
    made = next(cause for cause in scene.store.all(Cause) if cause.title == "Written in the log")
    assert scene.store.referrers(made.id, Placement, "subject")
    assert made.id in [item.id for item in log_rows(scene.store)[0].lists["trigger_event"]]
    scene.store.undo()
    assert made.id not in scene.store


def test_what_exists_is_offered_and_shared_not_copied(panel, scene):
    with scene.store.transaction("Add") as tx:
        tx.put(Hazard(id="h2", code="H-2", title="Other"))
        tx.put(Cause(id="c_old", code="C-41", title="Known to the project"))
        tx.put(Cause(id="c_more", code="C-42", title="Not meant"))
    turn()
    at(panel, "trigger_event", 1)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    edit = editor(panel, LinesEditor)
    QTest.keyClicks(edit, "kNOWN t")
    assert edit.offering
    assert edit.completer.completionCount() == 1
    popup = edit.completer.popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert edit.toPlainText() == "C-41 Known to the project"
    assert not edit.offering
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "known")
    assert not edit.offering, "what stands in the cell is not offered again"
    QTest.keyClick(edit, Qt.Key.Key_Backspace, CTRL)
    QTest.keyClick(edit, Qt.Key.Key_Space, CTRL)
    assert edit.completer.completionCount() > 2
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not edit.offering
    QTest.keyClicks(edit, "Not")
    QTest.keyClick(popup, Qt.Key.Key_Return, CTRL)  # kept as written, though something is offered
    turn()
    listed = there(panel.model.row_at(1)).lists["trigger_event"]
    assert [item.title for item in listed] == ["Known to the project", "Not"]
    assert listed[0].id == "c_old"
    scene.store.undo()
    turn()
    assert there(panel.model.row_at(1)).lists["trigger_event"] == ()
    assert "c_old" in scene.store


def test_tab_keeps_a_list_and_goes_on_while_something_is_offered(panel, scene):
    at(panel, "trigger_event")
    with scene.store.transaction("Add") as tx:
        tx.put(Cause(id="c_old", code="C-41", title="Known"))
    before = cell_text(panel.model.rows[0], "trigger_event")
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    edit = editor(panel, LinesEditor)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Know")
    assert edit.offering
    QTest.keyClick(edit.completer.popup(), Qt.Key.Key_Tab)
    turn()
    written = [item.title for item in there(panel.model.row_at(0)).lists["trigger_event"]]
    assert len(written) == before.count("\n") + 2
    assert "Know" in written
    assert panel.table.currentIndex().column() == COLUMN_IDS.index("trigger_event") + 1


def test_other_rows_sources_are_offered(panel, scene):
    with scene.store.transaction("Add") as tx:
        tx.put(Hazard(id="h2", code="H-2", title="Other", source="Regulatory and legal oversight"))
    turn()
    at(panel, "source")
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    edit = editor(panel, QLineEdit)
    QTest.keyClicks(edit, "legal")
    completer = there(edit.completer())
    assert [completer.currentCompletion()] == ["Regulatory and legal oversight"]


def test_a_hazard_of_two_dimensions_counts_once(panel, scene):
    with scene.store.transaction("Add") as tx:
        tx.patch(scene.hazard, impact_dimensions=("social", "technical"))
    panel.group.setCurrentIndex(2)
    panel.group.activated.emit(2)
    turn()
    assert len(panel.model.rows) == 4
    assert panel.count.text() == "1 hazard"


def test_mitigations_are_shared_by_title_and_taken_out(panel, scene):
    control = scene.store.records[scene.control]
    assert panel.write(scene.hazard, "mitigations", "A new one")
    turn()
    assert [item.title for item in panel.model.rows[0].lists["mitigations"]] == ["A new one"]
    assert scene.control not in scene.store
    scene.store.undo()
    turn()
    assert scene.store.records[scene.control] == control


def test_a_rating_is_chosen(panel, scene):
    panel.session.signature = lambda: ("Ada", "2026-05-01T10:00:00Z")
    at(panel, "hri")
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    box = editor(panel, QComboBox)
    box.setCurrentIndex(box.findText("1B", Qt.MatchFlag.MatchStartsWith))
    QTest.keyClick(box, Qt.Key.Key_Return)
    turn()
    row = log_rows(scene.store)[0]
    assert there(row.hri).index == "1B"
    assert as_json(row)["hri_rated"] == {"by": "Ada", "at": "2026-05-01T10:00:00Z"}


def test_selection_is_shared(panel, scene):
    with scene.store.transaction("Add") as tx:
        other = tx.put(Hazard(id="h_other", code="H-99", title="Other")).id
    turn()
    at(panel, "title", 1)
    assert scene.session.primary == other
    scene.session.select([scene.causes[0]])
    assert panel.model.row_at(panel.table.currentIndex().row()).element == scene.hazard


def test_arriving_selects_nothing_until_a_row_is_chosen(qtbot, panel, scene):
    scene.session.select(())
    panel.table.selectionModel().clearCurrentIndex()
    panel.search.setFocus()
    panel.table.setFocus()
    turn()
    assert panel.table.currentIndex().row() == 0
    assert scene.session.selection == ()
    qtbot.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, pos=panel.table.visualRect(panel.model.index(0, 1)).center()
    )
    assert scene.session.primary == scene.hazard


def test_filter_group_and_sort(panel, scene):
    with scene.store.transaction("Add") as tx:
        tx.put(Hazard(id="h2", code="H-2", title="Zebra", source="B", impact_dimensions=("social", "technical")))
        tx.put(Hazard(id="h3", code="H-3", title="Ant", source="A"))
    turn()
    panel.model.sort(COLUMN_IDS.index("title"))
    assert panel.model.rows[0].title == "Ant"
    panel.search.setText("zebra")
    assert [row.element for row in panel.model.rows] == ["h2"]
    assert panel.count.text() == "1 of 3"
    panel.model.set_group("dimensions")
    assert [getattr(row, "name", "") for row in panel.model.rows] == ["Social", "", "Technical", ""]


def test_headings_are_reached_and_left_by_keys(panel, scene):
    with scene.store.transaction("Add") as tx:
        tx.put(Hazard(id="h3", code="H-3", title="Ant"))
    turn()
    at(panel, "title", 1)
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    assert panel.table.hasFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    assert panel.table.heading.hasFocus()
    QTest.keyClick(panel.table.heading, Qt.Key.Key_Return)
    assert panel.model.rows[0].title == "Ant"
    QTest.keyClick(panel.table.heading, Qt.Key.Key_Return)
    assert panel.model.rows[0].title != "Ant"
    QTest.keyClick(panel.table.heading, Qt.Key.Key_Down)
    assert panel.table.hasFocus()


def test_the_columns_chosen_come_back(panel, qtbot, scene):
    panel.table.setColumnHidden(COLUMN_IDS.index("vector"), True)
    panel.table.setColumnWidth(COLUMN_IDS.index("title"), 333)
    panel.group.setCurrentIndex(1)
    state = json.loads(json.dumps(panel.view_state()))
    second = panel_of(qtbot, scene.session)
    second.take_view_state(state)
    turn()
    assert second.table.isColumnHidden(COLUMN_IDS.index("vector"))
    assert second.table.columnWidth(COLUMN_IDS.index("title")) == 333
    assert second.group.currentText() == "By source"
    assert second.view_state() == state
    second.take_view_state({"hidden": ["id", 3, "no column"], "widths": {"title": -4, "id": "x"}, "group": "no group"})
    assert not second.table.isColumnHidden(0), "the ID stays"
    assert second.table.columnWidth(COLUMN_IDS.index("title")) == 333


def test_an_empty_project_teaches_and_adds(qtbot, look):
    store = Store()
    panel = panel_of(qtbot, Session(store))
    assert not panel.table.isVisible()
    panel.add()
    turn()
    assert store.count("hazard") == 1
    edit = editor(panel, QLineEdit)
    QTest.keyClicks(edit, "First")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    turn()
    assert next(store.all(Hazard)).title == "First"

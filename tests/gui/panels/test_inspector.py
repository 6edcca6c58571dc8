"""The inspector: editing commits and undoes, merges, refuses, follows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from tests.gui.panels.conftest import attach
from workbench.model.elements import Cause, Control, Guard, Hazard
from workbench.model.judgement import Assessment, Project
from workbench.panels.claim_card import ClaimCard
from workbench.panels.inspector import Inspector
from workbench.panels.inspector_parts import Bars, Guarded
from workbench.panels.rating_part import RatingForm


@pytest.fixture
def inspector(qtbot, scene):
    widget = Inspector(scene.session)
    qtbot.addWidget(widget)
    widget.resize(280, 900)
    widget.show()
    return widget


def select(inspector, *ids):
    inspector.session.select(ids)
    inspector.flush()


def typed(qtbot, inspector, name, text):
    control = inspector.editor(name).control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)
    return control


def test_typing_a_title_is_one_step(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    typed(qtbot, inspector, "title", "Poisoned data")
    assert scene.store.get(scene.causes[0]).title == "Poisoned data"
    assert scene.store.history.position == 1
    scene.store.undo()
    inspector.flush()
    assert inspector.editor("title").control.toPlainText() == "Model"


def test_leaving_the_field_begins_another_step(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    typed(qtbot, inspector, "title", "One")
    inspector.editor("owner").control.setFocus()
    typed(qtbot, inspector, "title", "Two")
    assert scene.store.history.position == 2


def test_undo_while_typing_changes_the_field(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    line = typed(qtbot, inspector, "title", "Changed")
    scene.store.undo()
    inspector.flush()
    assert line.toPlainText() == "Model"
    scene.store.redo()
    inspector.flush()
    assert line.toPlainText() == "Changed"


def test_a_bad_number_is_refused_in_words_and_stays_on_screen(qtbot, inspector, scene):
    select(inspector, scene.control)
    line = typed(qtbot, inspector, "failure_probability", "0.5")
    qtbot.keyPress(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "x")
    assert inspector.editor("failure_probability").error.startswith("Enter a number")
    assert line.text() == "0.5x"
    assert scene.store.get(scene.control).failure_probability == 0.5
    with scene.store.transaction("Elsewhere") as tx:
        tx.patch(scene.control, owner="Somebody")
    inspector.flush()
    assert line.text() == "0.5x"


def test_a_bad_number_is_not_lost_when_something_else_is_selected(qtbot, inspector, scene):
    select(inspector, scene.control)
    typed(qtbot, inspector, "failure_probability", "lots")
    select(inspector, scene.causes[0])
    select(inspector, scene.control)
    assert inspector.editor("failure_probability").control.text() == "lots"
    assert inspector.editor("failure_probability").error


def test_what_the_model_refuses_is_said_under_the_field(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    inspector.editor("title").edited.emit("x" * 3_000)
    assert inspector.editor("title").error == "Too long: at most 2,000 characters."
    assert scene.store.get(scene.causes[0]).title == "Model"


def test_likelihood_is_made_field_by_field(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    qtbot.keyPress(typed(qtbot, inspector, "likelihood.value", "1e-4"), Qt.Key.Key_Return)
    category = inspector.editor("likelihood.category").control
    category.setCurrentIndex(2)
    category.activated.emit(2)
    cause = scene.store.find(scene.causes[0], Cause)
    assert (cause.likelihood.value, cause.likelihood.category) == (1e-4, "B")


def test_choices_show_words_and_store_values(inspector, scene):
    select(inspector, scene.control)
    combo = inspector.editor("control_type").control
    assert [combo.itemText(i) for i in range(combo.count())][:3] == ["Not set", "Passive", "Active"]
    combo.setCurrentIndex(3)
    combo.activated.emit(3)
    assert scene.store.find(scene.control, Control).control_type == "active_human"


def test_check_boxes_set_impact_dimensions(qtbot, inspector, scene):
    select(inspector, scene.hazard)
    boxes = {
        box.text(): box for box in inspector.editor("impact_dimensions").control.children() if hasattr(box, "isChecked")
    }
    boxes["Social"].click()
    boxes["Technical"].click()
    assert scene.store.find(scene.hazard, Hazard).impact_dimensions == ("technical", "social")
    assert inspector.editor("impact_dimensions").error == ""


def test_tags_are_split_at_commas(qtbot, inspector, scene):
    select(inspector, scene.hazard)
    typed(qtbot, inspector, "tags", "ci, security,")
    assert scene.store.get(scene.hazard).tags == ("ci", "security")
    inspector.flush()
    assert inspector.editor("tags").control.text() == "ci, security,"


def test_a_description_takes_several_lines(qtbot, inspector, scene):
    select(inspector, scene.hazard)
    box = inspector.editor("description").control
    assert isinstance(box, QPlainTextEdit)
    qtbot.keyClicks(box, "One")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "<b>two")
    assert scene.store.get(scene.hazard).description == "One\n<b>two"


def test_several_selected_share_their_fields(qtbot, inspector, scene):
    with scene.store.transaction("Owner") as tx:
        tx.patch(scene.causes[0], owner="A")
    select(inspector, *scene.causes, scene.hazard)
    owner = inspector.editor("owner").control
    assert owner.placeholderText() == "Several values"
    typed(qtbot, inspector, "owner", "Team")
    assert {scene.store.get(key).owner for key in (*scene.causes, scene.hazard)} == {"Team"}
    scene.store.undo()
    assert scene.store.get(scene.causes[0]).owner == "A"


def test_a_guard_shows_its_control_and_its_own_fields(qtbot, inspector, scene):
    select(inspector, scene.guards[0])
    typed(qtbot, inspector, "title", "Static gate")
    qtbot.keyPress(typed(qtbot, inspector, "effectiveness", "90 %"), Qt.Key.Key_Return)
    assert scene.store.get(scene.control).title == "Static gate"
    assert scene.store.find(scene.guards[0], Guard).effectiveness == 0.9
    assert scene.store.find(scene.guards[1], Guard).effectiveness is None


def test_lines_a_control_guards_lead_there(inspector, scene):
    select(inspector, scene.control)
    shown: list[tuple[str, ...]] = []
    scene.session.reveal.connect(shown.append)
    rows = inspector.findChild(Guarded).findChildren(QPushButton)
    assert [row.text() for row in rows] == ["C-1 Model", "C-2 Prompt"]
    rows[1].click()
    assert scene.session.selection == (scene.guards[1],)
    assert shown


def test_controls_on_a_line_change_places(inspector, scene):
    select(inspector, scene.lines[0])
    moves = [
        b for b in inspector.findChild(Bars).findChildren(QPushButton) if b.accessibleName().startswith("Move B-1")
    ]
    assert [b.isEnabled() for b in moves] == [False, True]
    moves[1].click()
    inspector.flush()
    titles = [b.text() for b in inspector.findChild(Bars).findChildren(QPushButton) if b.text()]
    assert titles == ["B-2 Review", "B-1 Gate"]


def test_risk_is_rated_and_unrated(inspector, scene):
    select(inspector, scene.hazard)
    scene.session.signature = lambda: ("Ada", "2026-05-01T10:00:00Z")
    row = inspector.findChild(RatingForm).row("initial")
    for combo, index in ((row.severity.control, 1), (row.frequency.control, 2)):
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
    inspector.flush()
    rating = scene.store.find(Assessment.of(scene.hazard, "initial").id, Assessment)
    assert (rating.severity, rating.frequency) == ("1", "B")
    assert (rating.by, rating.at) == ("Ada", "2026-05-01T10:00:00Z")
    assert row.chip.text() == "1B High"
    assert row.origin.text() == "Rated by Ada on 2026-05-01"
    for combo in (row.severity.control, row.frequency.control):
        combo.setCurrentIndex(0)
        combo.activated.emit(0)
    assert rating.id not in scene.store


def test_claims_are_cards_that_can_be_removed(qtbot, inspector, scene):
    attach(scene, scene.control, "rate", 90, 100)
    select(inspector, scene.control)
    card = inspector.findChild(ClaimCard)
    assert card.row.sign == "refutes"
    with qtbot.waitSignal(inspector.claim_opened) as opened:
        next(b for b in card.findChildren(QPushButton) if b.text() == "Details").click()
    assert opened.args == ["e_rate"]
    next(b for b in card.findChildren(QPushButton) if b.text() == "Remove").click()
    assert "e_rate" not in scene.store


def test_attach_asks_for_the_subject(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    with qtbot.waitSignal(inspector.attach_requested) as asked:
        next(b for b in inspector.findChildren(QPushButton) if b.text() == "Attach…").click()
    assert asked.args == [scene.causes[0]]


def test_deleting_what_is_shown_is_harmless(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    line = typed(qtbot, inspector, "title", "Half")
    with scene.store.transaction("Delete") as tx:
        tx.remove(scene.causes[0])
    qtbot.keyClicks(line, "way")
    inspector.flush()
    qtbot.wait(20)
    assert inspector.editor("system.name") is not None
    scene.store.undo()
    inspector.flush()
    assert inspector.editor("title").control.toPlainText() == "Half"


def test_nothing_selected_shows_project_and_diagram(qtbot, inspector, scene):
    inspector.flush()
    typed(qtbot, inspector, "system.model", "model-x")
    assert scene.store.find("project", Project).system.model == "model-x"
    titles = [editor.control for _, editor in inspector._form.editors if editor.field.name == "title"]
    titles[1].selectAll()
    qtbot.keyClicks(titles[1], "Renamed")
    assert scene.store.get(scene.diagram).title == "Renamed"


def test_the_code_is_edited_in_the_head(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    code = inspector._head.code
    code.selectAll()
    steps = len(scene.store.history.done)
    qtbot.keyClicks(code, "C-77")
    assert scene.store.get(scene.causes[0]).code != "C-77", "not while it is typed"
    qtbot.keyClick(code, Qt.Key.Key_Return)
    assert scene.store.get(scene.causes[0]).code == "C-77"
    assert len(scene.store.history.done) == steps + 1
    code.selectAll()
    qtbot.keyClicks(code, "C-78")
    select(inspector, scene.causes[1])
    assert scene.store.get(scene.causes[0]).code == "C-78", "taken over when another element is shown"
    assert code.text() == scene.store.get(scene.causes[1]).code


def test_a_refused_code_is_told_and_goes_back(qtbot, inspector, scene):
    select(inspector, scene.causes[0])
    code, before = inspector._head.code, scene.store.get(scene.causes[0]).code
    told: list[str] = []
    scene.session.notice.connect(told.append)
    code.selectAll()
    code.setText("x" * 5000)
    code.setModified(True)
    qtbot.keyClick(code, Qt.Key.Key_Return)
    inspector.flush()
    assert told
    assert scene.store.get(scene.causes[0]).code == before
    assert code.text() == before


def test_the_risk_scheme_is_changed_only_through_its_dialog(qtbot, inspector, scene):
    select(inspector)
    asked: list[str] = []
    inspector.action_requested.connect(asked.append)
    assert inspector.editor("risk_scheme") is None
    change = next(made for made in inspector.findChildren(QPushButton) if made.text() == "Risk scheme…")
    change.click()
    assert asked == ["risk.scheme"]


def test_read_only_shows_and_does_not_change(qtbot, inspector, scene):
    scene.store.read_only = "A newer version wrote this."
    select(inspector, scene.causes[0])
    line = inspector.editor("title").control
    qtbot.keyClicks(line, "x")
    assert scene.store.get(scene.causes[0]).title == "Model"
    assert not inspector.editor("status").control.isEnabled()


def test_every_field_has_a_name_for_screen_readers(inspector, scene):
    for id in (scene.hazard, scene.top, scene.causes[0], scene.control, scene.guards[0], scene.lines[0], scene.diagram):
        select(inspector, id)
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QPushButton):
            for widget in inspector.findChildren(kind):
                if widget.isVisible() and widget.parent().metaObject().className() != "QComboBox":
                    assert widget.accessibleName(), (id, widget)


def test_the_wheel_does_not_change_a_field_without_the_keyboard(qtbot, inspector, scene):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    select(inspector, scene.causes[0])
    combo = inspector.editor("status").control
    inspector.editor("title").control.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert scene.store.get(scene.causes[0]).status == "draft"

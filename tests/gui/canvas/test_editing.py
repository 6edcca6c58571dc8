"""Titles edited in place, and what happens when the world changes meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas.conftest import DIAGRAM
from workbench.commands import clipboard, delete
from workbench.commands.guards import guards_of
from workbench.model.elements import Cause, Control, Guard, Hazard, Link
from workbench.render.fonts import QtMeasure
from workbench.render.ops import TextOp
from workbench.render.shapes import node_ops

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("start", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_f2_and_enter_open_the_editor_with_all_selected(tie, start):
    tie.session.select([tie.c1])
    tie.key(start)
    tie.type("New")
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "New"


def test_just_typing_replaces_the_title(tie):
    tie.session.select([tie.c1])
    tie.view.setFocus()
    tie.key(Qt.Key.Key_H)
    tie.type("ello")
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "hello"


def test_typing_after_a_click_keeps_an_s(tie):
    tie.click(*tie.where(tie.c1))
    QTest.keyClicks(tie.view, "S")
    tie.type("olvent leaks")
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "Solvent leaks"


def test_a_title_that_is_cut_says_so(tie):
    told: list[str] = []
    tie.session.notice.connect(told.append)
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    QApplication.clipboard().setText("x" * 2_500)
    tie.key(Qt.Key.Key_V, CTRL)
    assert len(told) == 1
    assert "at most 2,000 characters; the last 500 were left out" in told[0]
    tie.key(Qt.Key.Key_Return)
    assert len(tie.title(tie.c1)) == 2_000


def test_shift_enter_breaks_the_line_and_esc_gives_up(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("a")
    tie.key(Qt.Key.Key_Return, SHIFT)
    tie.type("b")
    assert tie.view.titles.editor.toPlainText() == "a\nb"
    tie.key(Qt.Key.Key_Escape)
    assert tie.title(tie.c1) == "One"
    assert tie.view.hasFocus()


def test_double_click_edits_and_a_press_elsewhere_keeps(tie):
    tie.double(60, 100)
    tie.type("Kept")
    tie.click(700, 600)
    assert tie.title(tie.c1) == "Kept"


def test_the_title_of_a_control_is_edited_at_its_bar(tie):
    guard = tie.guard(tie.l1, "Old")
    bar = tie.view.scene.bar(guard)
    tie.double(bar.x, bar.y)
    tie.type("Gate")
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.store.find(guard, Guard).control) == "Gate"


def test_markup_is_text(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("<b>if a<b</b>")
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "<b>if a<b</b>"


def test_deleting_the_element_while_its_title_is_typed_drops_the_editor(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("half")
    with tie.store.transaction("x") as tx:
        delete.take_off(tx, "diagram_1", [tie.c1])
    tie.turn()
    assert tie.view.titles.editor is None
    assert tie.c1 not in tie.store
    tie.key(Qt.Key.Key_Return)


def test_delete_key_in_the_editor_deletes_a_letter_only(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.key(Qt.Key.Key_Home)
    tie.key(Qt.Key.Key_Delete)
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "ne"


def test_cancel_from_an_action_keeps_what_was_typed(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("typed")
    tie.view.cancel()
    assert tie.title(tie.c1) == "typed"
    tie.store.undo()
    assert tie.title(tie.c1) == "One"


def test_ctrl_z_in_the_editor_undoes_typing_not_the_document(tie):
    before = tie.store.history.position
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("x")
    tie.key(Qt.Key.Key_Z, CTRL)
    assert tie.view.titles.editor.toPlainText() == "One"
    assert tie.store.history.position == before


def test_switching_the_diagram_keeps_what_was_typed(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.type("typed")
    tie.session.set_diagram(None)
    assert tie.title(tie.c1) == "typed"


def test_input_method_starts_the_editor(tie):
    tie.session.select([tie.c1])
    tie.view.setFocus()
    event = QInputMethodEvent()
    event.setCommitString("危害")
    QApplication.sendEvent(tie.view, event)
    tie.turn()
    tie.key(Qt.Key.Key_Return)
    assert tie.title(tie.c1) == "危害"


def test_a_title_that_exists_offers_the_existing_control(tie):
    first = tie.guard(tie.l1, "Static analysis")
    existing = tie.store.find(first, Guard).control
    made = tie.guard(tie.l2)
    tie.view.edit_title(made)
    tie.turn()
    tie.type("static")
    offers = tie.view.titles.editor._list
    assert "Use existing: B-1 Static analysis" in offers.item(0).text()
    tie.key(Qt.Key.Key_Down)
    tie.key(Qt.Key.Key_Return)
    assert len(tie.all(Control)) == 1
    assert [guard.control for guard in guards_of(tie.store, tie.l2)] == [existing]


def test_a_title_that_exists_is_only_offered(tie):
    tie.guard(tie.l1, "Static analysis")
    made = tie.guard(tie.l2)
    tie.view.edit_title(made)
    tie.turn()
    tie.type("Static analysis")
    tie.key(Qt.Key.Key_Return)
    assert len(tie.all(Control)) == 2


def test_an_existing_cause_takes_over_the_links_of_the_new_one(tie):
    from workbench.commands.create import create_linked

    other = tie.add("top_event", 500, 600, "Other")
    with tie.store.transaction("x") as tx:
        made = create_linked(tx, "diagram_1", other, "cause", 60, 600, incoming=True)
    tie.turn()
    tie.view.edit_title(made)
    tie.type("One")
    tie.key(Qt.Key.Key_Down)
    tie.key(Qt.Key.Key_Return)
    assert made not in tie.store
    assert len(tie.all(Cause)) == 2
    assert (tie.c1, other) in [(link.source, link.target) for link in tie.all(Link)]


def test_esc_in_a_drag_and_ctrl_z_in_a_drag(tie):
    for key, keys in ((Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, CTRL)):
        before = tie.store.history.position
        tie.press(60, 100)
        tie.move(200, 250)
        QTest.keyClick(tie.view, key, keys)
        tie.release()
        assert tie.where(tie.c1) == (60, 100)
        assert tie.store.history.position == before
        assert not tie.view.artist.hidden


def test_closing_mid_drag_commits_nothing(tie):
    before = tie.store.history.position
    tie.press(60, 100)
    tie.move(200, 250)
    tie.view.close()
    tie.turn()
    assert not tie.view.machine.busy
    assert tie.store.history.position == before


def test_undo_from_outside_mid_drag(tie):
    tie.press(60, 100)
    tie.move(200, 250)
    tie.store.undo()
    tie.turn()
    tie.release()
    assert tie.where(tie.c1) == (60, 100)
    assert not tie.view.artist.hidden


def test_a_huge_title_is_cut_and_does_not_freeze(tie):
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    tie.view.titles.editor.setPlainText("x" * 100_000)
    tie.key(Qt.Key.Key_Return)
    assert len(tie.title(tie.c1)) == 2_000


def test_a_read_only_document_opens_no_editor(tie):
    tie.store.read_only = "Made by a newer version."
    tie.session.select([tie.c1])
    tie.key(Qt.Key.Key_F2)
    assert tie.view.titles.editor is None
    assert tie.notices == ["Made by a newer version."]


def test_making_and_naming_are_one_step_of_undo(pilot):
    pilot.key(Qt.Key.Key_H)
    pilot.type("Unsafe code")
    pilot.key(Qt.Key.Key_Return)
    (hazard,) = pilot.all(Hazard)
    assert hazard.title == "Unsafe code"
    assert pilot.store.history.position == 1
    assert pilot.store.history.undo_label == "Add hazard"
    pilot.store.undo()
    pilot.turn()
    assert pilot.all(Hazard) == []
    pilot.store.redo()
    pilot.turn()
    assert pilot.title(hazard.id) == "Unsafe code"


def test_esc_in_the_editor_of_something_new_takes_it_back(tie):
    before = tie.store.history.position
    tie.session.select([tie.c1])
    tie.view.setFocus()
    tie.key(Qt.Key.Key_Down, CTRL)
    assert len(tie.all(Cause)) == 3
    tie.type("half")
    tie.key(Qt.Key.Key_Escape)
    assert len(tie.all(Cause)) == 2
    assert len(tie.all(Link)) == 2
    assert tie.store.history.position == before
    assert tie.view.titles.editor is None
    assert tie.view.hasFocus()


def test_esc_in_the_editor_of_a_new_control_takes_it_off_its_line(tie):
    tie.double(280, 100)
    assert len(tie.all(Control)) == 1
    tie.key(Qt.Key.Key_Escape)
    assert (tie.all(Control), tie.all(Guard)) == ([], [])


def test_a_later_title_is_a_step_of_its_own(pilot):
    pilot.key(Qt.Key.Key_H)
    pilot.key(Qt.Key.Key_Return)
    (hazard,) = pilot.all(Hazard)
    pilot.key(Qt.Key.Key_F2)
    pilot.type("Later")
    pilot.key(Qt.Key.Key_Return)
    assert pilot.title(hazard.id) == "Later"
    pilot.store.undo()
    assert pilot.title(hazard.id) == ""
    pilot.key(Qt.Key.Key_F2)
    pilot.key(Qt.Key.Key_Escape)
    assert len(pilot.all(Hazard)) == 1


def test_taking_an_existing_element_instead_is_one_step_with_making_it(tie):
    tie.guard(tie.l1, "Static analysis")
    before = tie.store.history.position
    tie.double(280, 300)
    tie.type("static")
    tie.key(Qt.Key.Key_Down)
    tie.key(Qt.Key.Key_Return)
    assert len(guards_of(tie.store, tie.l2)) == 1
    assert len(tie.all(Control)) == 1
    tie.store.undo()
    tie.turn()
    assert guards_of(tie.store, tie.l2) == []
    assert tie.store.history.position == before


def test_an_element_without_a_title_says_so(pilot):
    hazard = pilot.add("hazard", 400, 250)
    ops = node_ops(pilot.view.scene.node(hazard), pilot.view.theme, QtMeasure())
    words = [op for op in ops if isinstance(op, TextOp)]
    assert " ".join(op.text for op in words) == "Untitled hazard"
    assert {op.colour for op in words} == {pilot.view.theme.text.secondary}


@pytest.mark.parametrize("zoom", [0.5, 0.75, 1.0, 1.5])
def test_the_editor_shows_all_lines_of_a_title(pilot, zoom):
    cause = pilot.add("cause", 400, 250, "Prompt injection through documents that were retrieved")
    pilot.view.set_zoom(zoom)
    pilot.session.select([cause])
    pilot.key(Qt.Key.Key_F2)
    editor = pilot.view.titles.editor
    lines = round(editor.document().size().height())
    assert lines > 1
    assert editor.verticalScrollBar().value() == 0
    assert editor.viewport().height() >= lines * editor.fontMetrics().lineSpacing()
    pilot.type("Short")
    assert round(editor.document().size().height()) == 1


def test_the_list_of_existing_elements_has_a_border(tie):
    tie.guard(tie.l1, "Static analysis")
    tie.double(280, 300)
    tie.type("static")
    offers = tie.view.titles.editor._list
    edge = offers.grab().toImage().pixelColor(0, offers.height() // 2).name()
    assert edge == tie.view.theme.border.strong.lower()


def test_esc_in_the_editor_of_something_pasted_leaves_it(pilot):
    pilot.key(Qt.Key.Key_H)
    pilot.key(Qt.Key.Key_Return)
    (hazard,) = pilot.all(Hazard)
    with pilot.store.transaction("Paste") as tx:
        (copy,) = clipboard.paste(tx, DIAGRAM, clipboard.copy(pilot.store, DIAGRAM, [hazard.id]), 400, 300)
    pilot.session.select((copy,))
    pilot.turn()
    pilot.key(Qt.Key.Key_F2)
    assert pilot.view.titles.editor is not None
    pilot.key(Qt.Key.Key_Escape)
    assert len(pilot.all(Hazard)) == 2
    assert pilot.store.history.undo_label == "Paste"

"""Ctrl+Z as the window and the canvas share it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from workbench.commands.create import add_element
from workbench.model.drawing import Placement
from workbench.model.elements import Hazard

CTRL = Qt.KeyboardModifier.ControlModifier


def test_one_ctrl_z_takes_back_an_element_and_its_title(open_project):
    driver = open_project()
    driver.key(Qt.Key.Key_H)
    driver.type("Unsafe code")
    driver.key(Qt.Key.Key_Return)
    assert driver.by_title("Unsafe code")
    driver.key(Qt.Key.Key_Z, CTRL)
    assert list(driver.store.all(Hazard)) == []


def test_ctrl_z_in_a_drag_leaves_the_last_step_alone(open_project):
    driver = open_project()
    driver.key(Qt.Key.Key_H)
    driver.type("Unsafe code")
    driver.key(Qt.Key.Key_Return)
    hazard = driver.by_title("Unsafe code").id
    view = driver.view
    before = next(driver.store.all(Placement))
    box = view.scene.box(hazard)
    at = QPoint(*(round(v) for v in view.camera.to_view(box.x, box.y)))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for step in (10, 40, 80):
        QTest.mouseMove(view.viewport(), at + QPoint(step, step))
        driver.turn()
    assert view.machine.busy
    driver.key(Qt.Key.Key_Z, CTRL)
    assert not view.machine.busy
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(80, 80))
    driver.turn()
    assert next(driver.store.all(Placement)) == before
    assert driver.by_title("Unsafe code").id == hazard


def test_menu_history_and_status_bar_say_what_a_step_was_done_to(open_project):
    driver = open_project()
    with driver.store.transaction("Add cause") as tx:
        add_element(tx, "cause", "Cut & paste <b>")
    driver.window.menus.refresh()
    assert driver.window.action("edit.undo").text() == "Undo Add cause “Cut && paste <b>”"
    history = driver.window.docks.contents.history
    driver.window.docks.show("history")
    driver.turn()
    assert history.model.index(history.model.rowCount() - 1).data() == "Add cause “Cut & paste <b>”"
    driver.run("edit.undo")
    assert driver.notices[-1] == "Undone: Add cause “Cut & paste <b>”"
    driver.run("edit.redo")
    assert driver.notices[-1] == "Redone: Add cause “Cut & paste <b>”"

"""Ctrl+Z as the window and the canvas share it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

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

"""A view that goes leaves nothing running, and a key that undoes ends a drag only."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from workbench.canvas.view import DiagramView
from workbench.model.drawing import Diagram
from workbench.model.elements import Hazard
from workbench.session.session import Session
from workbench.store.store import Store
from workbench.tools.events import Hit

CTRL = Qt.KeyboardModifier.ControlModifier


def control_z(kind):
    """As the keyboard sends it: with Ctrl held the text is a control character."""
    return QKeyEvent(kind, Qt.Key.Key_Z, CTRL, "\x1a")


def test_ctrl_z_in_a_drag_calls_it_off_and_undoes_nothing(tie):
    before = tie.store.history.position
    tie.press(60, 100)
    tie.move(200, 250)
    override = control_z(QEvent.Type.ShortcutOverride)
    override.ignore()
    QApplication.sendEvent(tie.view, override)
    assert override.isAccepted()  # so that the window's Undo does not get it
    QApplication.sendEvent(tie.view, control_z(QEvent.Type.KeyPress))
    assert not tie.view.machine.busy
    tie.move(220, 260)
    tie.release()
    assert tie.where(tie.c1) == (60, 100)
    assert tie.store.history.position == before


def test_without_a_drag_ctrl_z_is_the_windows(tie):
    override = control_z(QEvent.Type.ShortcutOverride)
    override.ignore()
    QApplication.sendEvent(tie.view, override)
    assert not override.isAccepted()
    press = control_z(QEvent.Type.KeyPress)
    QApplication.sendEvent(tie.view, press)
    assert not press.isAccepted()


@pytest.mark.parametrize("disposed", [True, False])
def test_a_view_that_is_deleted_leaves_no_animation_behind(qtbot, disposed):
    store = Store([Diagram(id="diagram_1", title="Sheet")])
    view = DiagramView(Session(store))
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    view.motion = True
    view.create_at_cursor("hazard")
    QTest.qWait(20)
    view.titles.commit()
    hazard = next(store.all(Hazard)).id
    view.hover(Hit("node", hazard))
    view.pan_by(2_000, 0)
    view.fit()
    overlay = view.overlay
    if disposed:
        view.dispose()
    else:
        view.sync.close()
    delete(view)
    QTest.qWait(250)  # longer than any of them runs
    assert overlay.hit is not None

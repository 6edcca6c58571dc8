"""The presenter view over the audience's picture on one screen: whoever types sees what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.app.presenting.person import CTRL, a_cause, begun
from workbench.model.elements import Control
from workbench.model.review import ActionItem


@pytest.fixture
def covered(driver):
    """A presentation whose presenter view lies over it."""
    person = begun(driver)
    person.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert front() is person.running.presenter
    return person


def front():
    return QApplication.activeWindow()


def test_what_is_noted_is_typed_in_front_and_the_presenter_view_comes_back(covered):
    before = covered.store.count("action_item")
    covered.key(Qt.Key.Key_A)
    assert front() is covered.audience
    covered.type("Ask the vendor")
    covered.key(Qt.Key.Key_Return)
    assert covered.store.count("action_item") == before + 1
    assert any(one.text == "Ask the vendor" for one in covered.store.all(ActionItem))
    assert front() is covered.running.presenter
    covered.key(Qt.Key.Key_C)
    covered.key(Qt.Key.Key_Escape)
    assert front() is covered.running.presenter


@pytest.mark.parametrize("key", [Qt.Key.Key_G, Qt.Key.Key_F1], ids=["stops", "keys"])
def test_a_list_opens_in_front(covered, key):
    covered.key(key)
    assert front() is covered.audience
    assert covered.audience.sheet.hasFocus() or covered.audience.sheet.isAncestorOf(QApplication.focusWidget())
    covered.key(Qt.Key.Key_Escape)
    assert covered.audience.sheet is None
    assert front() is covered.running.presenter
    assert covered.window.is_presenting


def test_a_title_is_reworded_in_front(covered):
    cause = a_cause(covered)
    covered.select(cause)
    covered.key(Qt.Key.Key_F2)
    assert front() is covered.audience
    covered.type("Said otherwise")
    assert front() is covered.audience
    covered.key(Qt.Key.Key_Return)
    assert covered.store.get(cause).title == "Said otherwise"
    assert front() is covered.running.presenter


def test_a_control_is_titled_in_front(covered):
    covered.select(a_cause(covered))
    covered.key(Qt.Key.Key_P)
    covered.key(Qt.Key.Key_I, CTRL)
    assert front() is covered.audience
    covered.type("New gate")
    covered.key(Qt.Key.Key_Return)
    assert any(one.title == "New gate" for one in covered.store.all(Control))
    assert front() is covered.running.presenter


def test_what_cannot_be_reworded_leaves_the_presenter_view_in_front(covered):
    covered.store.read_only = "Revision 4 cannot be changed."
    covered.select(a_cause(covered))
    covered.running.editing.reword()
    covered.turn()
    assert front() is covered.running.presenter
    covered.store.read_only = ""


def test_rating_happens_in_front(covered):
    hazard = next(id for id, node in covered.stage.view.scene.picture.nodes.items() if node.kind == "hazard")
    covered.select(hazard)
    covered.key(Qt.Key.Key_R)
    assert front() is covered.audience
    covered.key(Qt.Key.Key_Escape)
    assert front() is covered.running.presenter

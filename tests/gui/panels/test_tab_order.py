"""Tab goes through the inspector as it is read, whatever was made anew meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.gui.panels.conftest import attach
from tests.support import there
from workbench.panels.inspector import Inspector
from workbench.panels.tab_order import stops_of


class Window(QWidget):
    """The inspector between two lines."""

    def __init__(self, session):
        super().__init__()
        self.inspector = Inspector(session)
        layout = QVBoxLayout(self)
        for part in (QLineEdit(), self.inspector, QLineEdit()):
            layout.addWidget(part)


@pytest.fixture
def window(qtbot, scene):
    made = Window(scene.session)
    qtbot.addWidget(made)
    made.resize(300, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def select(window, scene, id):
    scene.session.select([id])
    window.inspector.flush()
    for _ in range(4):
        QApplication.processEvents()


def test_tab_follows_the_page_and_leaves_it_at_its_end(qtbot, window, scene):
    select(window, scene, scene.guards[0])
    attach(scene, scene.guards[0], "misses", 3, 40)
    window.inspector.flush()
    QApplication.processEvents()
    form = window.inspector._form
    stops = stops_of(form.widget())
    names = [stop.accessibleName() for stop in stops]
    assert names.index("Attach evidence") < names.index("Description")
    assert names.index("Effectiveness here") < names.index("Attach evidence")
    stops[0].setFocus()
    walked = []
    for _ in stops:
        walked.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert walked == stops
    assert not form.widget().isAncestorOf(there(QApplication.focusWidget()))
    stops[-1].setFocus()
    qtbot.keyClick(stops[-1], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is stops[-2]
    stops[0].setFocus()
    qtbot.keyClick(stops[0], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not form.widget().isAncestorOf(there(QApplication.focusWidget()))


def test_fields_of_one_row_come_from_left_to_right(window, scene):
    select(window, scene, scene.guards[0])
    controls = stops_of(window.inspector._form.widget())
    kind, state = (window.inspector.editor(name).control for name in ("control_type", "state"))
    assert controls.index(kind) + 1 == controls.index(state)

"""The risk matrix by keys where there is little room, and the hazards of a cell one by one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea

from tests.support import there
from workbench.commands.create import new_diagram, place
from workbench.commands.risk import rate
from workbench.commands.schemes import PRESETS, preset
from workbench.model.elements import Hazard
from workbench.model.judgement import Assessment
from workbench.panels.risk_panel import RiskPanel
from workbench.session.session import Session
from workbench.store.store import Store


@pytest.fixture
def panel(qtbot, look):
    store = Store([preset(PRESETS[0]), *(Hazard(id=f"h{n}", code=f"H-{n}", title=f"Blade & {n}") for n in range(3))])
    with store.transaction("Rate") as tx:
        for n in range(3):
            rate(tx, Assessment.of(f"h{n}", "initial", None), by="", at="", severity="2", frequency="B")
    widget = RiskPanel(Session(store))
    qtbot.addWidget(widget)
    widget.resize(700, 120)
    widget.show()
    widget.flush()
    QApplication.processEvents()
    return widget


def test_the_cell_in_hand_is_brought_into_view(qtbot, panel):
    matrix = panel.body.matrix
    area = there(panel.body.findChild(QScrollArea)).viewport()
    assert matrix.height() > area.height()
    matrix.setFocus()
    qtbot.keyClick(matrix, Qt.Key.Key_PageDown)
    box = matrix.rect_of(there(matrix.current))
    assert area.rect().contains(matrix.mapTo(area, box.center()))
    qtbot.keyClick(matrix, Qt.Key.Key_PageUp)
    box = matrix.rect_of(there(matrix.current))
    assert area.rect().contains(matrix.mapTo(area, box.center()))


def test_the_menu_key_lists_the_hazards_of_the_cell(panel):
    matrix, session = panel.body.matrix, panel.session
    shown: list[tuple[str, ...]] = []
    session.reveal.connect(shown.append)
    matrix.setFocus()
    matrix.go(("2", "B"))
    at = matrix.mapToGlobal(QPoint(0, 0))
    QApplication.sendEvent(matrix, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), at))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [f"H-{n} Blade && {n}" for n in range(3)]
    menu.actions()[1].trigger()
    menu.close()
    assert session.selection == ("h1",)
    assert shown == [("h1",)]


def test_a_hazard_is_shown_on_the_diagram_it_stands_on(panel):
    session = panel.session
    with session.store.transaction("Draw") as tx:
        first, second = new_diagram(tx, "First"), new_diagram(tx, "Second")
        place(tx, second, "h2", 0.0, 0.0)
    session.set_diagram(first)
    panel.body.matrix.opened.emit("h2")
    assert (session.diagram, session.selection) == (second, ("h2",))


def test_an_empty_cell_says_so(panel):
    matrix = panel.body.matrix
    matrix.go(("4", "E"))
    at = matrix.mapToGlobal(QPoint(0, 0))
    QApplication.sendEvent(matrix, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), at))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [("No hazard here", False)]
    menu.close()

"""The menu key, or a right click, on a row of the outline or the hazard log offers what the canvas offers there."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from workbench.model.elements import Control, Guard, Hazard

KEY = QContextMenuEvent.Reason.Keyboard


@pytest.fixture
def driver(open_project, root):
    made = open_project(root / "samples" / "code-synthesis-llm.hazard.json")
    made.window.docks.fill()
    made.turn(8)
    return made


def menu_on(driver, view, reason=KEY):
    """Titles of the menu that opens on the current row."""
    inside = view.visualRect(view.currentIndex()).center()
    at = inside if reason != KEY else QPoint(0, 0)
    place = view.viewport().mapToGlobal(at)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, at, place))
    driver.turn()
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return []
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    menu.close()
    driver.turn()
    return titles


def test_the_outline_has_the_menu_of_what_is_selected(driver):
    outline = driver.window.docks.contents.outline
    hazard = next(iter(driver.store.all(Hazard)))
    driver.window.session.select([hazard.id])
    outline.flush()
    assert "Accept residual risk…" in menu_on(driver, outline.tree)
    guard = next(iter(driver.store.all(Guard)))
    driver.window.session.select([guard.id])
    outline.flush()
    titles = menu_on(driver, outline.tree, QContextMenuEvent.Reason.Mouse)
    assert "Add degradation factor" in titles
    assert "Accept residual risk…" not in titles
    assert driver.store.find(guard.control, Control) is not None


def test_the_log_has_the_menu_of_its_hazard(driver):
    driver.window.docks.show("log")
    driver.turn(8)
    table = driver.window.docks.contents.log.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 2))
    driver.turn()
    assert "Accept residual risk…" in menu_on(driver, table)
    assert driver.window.session.primary == table.log_model.row_at(1).element


def test_an_editor_of_one_line_shows_all_of_it(driver):
    driver.window.docks.show("log")
    driver.turn(8)
    table = driver.window.docks.contents.log.table
    hazard = table.log_model.row_at(0).element
    with driver.store.transaction("Rename") as tx:
        tx.patch(hazard, source="Application of the model in repositories of every kind and age")
    driver.turn()
    index = table.model().index(0, 2)
    table.setCurrentIndex(index)
    table.edit(index)
    driver.turn()
    line = table.viewport().findChild(QLineEdit)
    assert line.width() > table.columnWidth(2)
    assert line.height() >= table.rowHeight(0) - 1, "nothing of the cell shows below it"
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width()
    table.closePersistentEditor(index)

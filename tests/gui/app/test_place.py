"""The place of the diagram: one view at a time, nothing that was typed is lost on the way, the keyboard follows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from workbench.analysis.odd_taxonomy import baseline
from workbench.commands.capability import new_grid
from workbench.commands.odd import load_baseline
from workbench.model.judgement import OddConsideration
from workbench.panels.common import Panel

SECOND = baseline()[1].id


@pytest.fixture
def driver(open_project):
    made = open_project(template="empty")
    with made.store.transaction("Build") as tx:
        load_baseline(tx)
        new_grid(tx, "Codex")
    made.turn()
    return made


def tabs(driver):
    found = {tab.accessibleName(): tab for tab in driver.window.tabs.findChildren(QToolButton)}
    return found["Capability grid"], found["Operational design domain"]


def test_a_reason_being_typed_is_kept_when_another_view_comes(driver):
    driver.run("odd.view")
    panel = driver.window.odd.panel
    panel.tree.go_to(SECOND)
    driver.key(Qt.Key.Key_2)
    driver.type("No cars")
    driver.run("capability.view")
    assert driver.store.find(OddConsideration.of(SECOND, None).id, OddConsideration).reason == "No cars"
    assert not panel.isVisible()
    assert driver.window.place.widget is driver.window.capability.panel


def test_tabs_say_what_is_shown_and_go_with_what_they_show(driver):
    grid, domain = tabs(driver)
    driver.run("capability.view")
    assert (grid.isChecked(), domain.isChecked()) == (True, False)
    driver.run("odd.view")
    assert (grid.isChecked(), domain.isChecked()) == (False, True)
    domain.click()
    driver.turn()
    assert (grid.isChecked(), domain.isChecked()) == (False, False)
    assert driver.window.view.isVisible()
    driver.run("edit.undo")
    assert not grid.isVisible()
    assert not domain.isVisible()
    driver.run("edit.redo")
    assert grid.isVisible()


def test_the_keyboard_stays_in_the_dock_when_a_view_gives_way(driver):
    driver.run("capability.view")
    driver.window.docks.show("outline")
    driver.turn()
    focus = driver.window.focusWidget()
    driver.window.place.show_diagram()
    assert driver.window.focusWidget() is focus


def regions(driver, key, times):
    """Where the keyboard works after each of some presses."""
    found = []
    for _ in range(times):
        driver.key(*key)
        focus = QApplication.focusWidget()
        found.append(next((i for i, part in enumerate(parts(driver)) if part is focus or part.isAncestorOf(focus)), -1))
        assert not isinstance(focus, Panel), f"{focus} shows no focus and takes no keys"
    return found


def parts(driver):
    return [driver.window.place.widget, *driver.window.docks.regions()]


def test_f6_goes_around_the_window_to_something_that_takes_keys(open_project):
    driver = open_project(template="bow-tie")
    driver.window.docks.show("history")
    driver.window.view.setFocus()
    driver.turn()
    assert len(parts(driver)) == 5
    assert regions(driver, (Qt.Key.Key_F6,), 6) == [1, 2, 3, 4, 0, 1]
    assert regions(driver, (Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier), 6) == [0, 4, 3, 2, 1, 0]


@pytest.mark.parametrize("number", range(1, 9))
def test_every_dock_takes_the_keyboard_by_its_key(open_project, number):
    driver = open_project(template="bow-tie")
    docks = driver.window.docks
    for dock in docks._docks.values():
        dock.hide()
    driver.view.setFocus()
    driver.key(Qt.Key.Key_0 + number, Qt.KeyboardModifier.AltModifier)
    driver.turn()
    (shown,) = docks.regions()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert shown.isAncestorOf(focus), focus
    assert focus.isEnabled()

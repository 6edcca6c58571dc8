"""Docks are enlarged and given back by one action, found again the next time, and never too low for what they show."""

import pytest
from PySide6.QtCore import Qt

from workbench.app import docks
from workbench.commands.create import add_element

ALT = Qt.KeyboardModifier.AltModifier


def height(driver, name):
    return driver.window.docks._docks[name].height()


def width(driver, name):
    return driver.window.docks._docks[name].width()


@pytest.fixture
def driver(open_project):
    made = open_project(template="code-synthesis")
    made.window.showNormal()
    made.window.resize(1600, 1000)
    made.window.docks.fill()
    made.turn(8)
    return made


def test_the_dock_in_use_takes_most_of_the_window_and_gives_it_back(driver):
    driver.window.docks.show("log")
    driver.turn()
    before = height(driver, "log")
    driver.run("window.enlarge")
    driver.turn(8)
    assert height(driver, "log") > 0.55 * driver.window.height()
    driver.window.menus.refresh()
    assert driver.window.action("window.enlarge").isChecked()
    driver.run("window.enlarge")
    driver.turn(8)
    assert height(driver, "log") == before
    driver.window.menus.refresh()
    assert not driver.window.action("window.enlarge").isChecked()


def test_the_dock_with_the_keyboard_is_meant(driver):
    driver.window.docks.show("inspector")
    driver.turn()
    below, before = height(driver, "evidence"), width(driver, "inspector")
    driver.run("window.enlarge")
    driver.turn(8)
    assert width(driver, "inspector") > 1.5 * before
    assert height(driver, "evidence") == below


def test_without_the_keyboard_the_docks_below_are_meant(driver):
    driver.view.setFocus()
    driver.run("window.enlarge")
    driver.turn(8)
    assert driver.window.docks.sizes.large() == ("below",)


def test_an_enlarged_dock_is_found_again(driver, open_project):
    driver.window.docks.show("log")
    driver.run("window.enlarge")
    driver.turn(8)
    driver.window.close()
    again = open_project(template="code-synthesis")
    again.window.docks.fill()
    again.turn(8)
    assert again.window.docks.sizes.large() == ("below",)
    again.run("window.enlarge")
    again.turn(8)
    assert docks._BOTTOM_HEIGHT - 40 < height(again, "log") < docks._BOTTOM_HEIGHT  # the tabs stand over it


def test_a_dock_with_more_to_show_than_none_raises_the_low_place(open_project):
    driver = open_project(template="bow-tie")
    driver.window.docks.fill()
    driver.turn(8)
    with driver.store.transaction("Add") as tx:
        add_element(tx, "hazard", "H")
    low = driver.window.docks.contents.evidence.height()
    driver.run("window.log")
    driver.turn(8)
    assert driver.window.docks.contents.log.height() > low + 80


def test_the_key_of_a_dock_goes_to_it_and_hides_it_only_from_within(driver):
    driver.window.docks.show("log")
    driver.view.setFocus()
    driver.turn()
    log = driver.window.docks._docks["log"]
    driver.key(Qt.Key.Key_8, ALT)
    assert log.isVisible()
    assert log.isAncestorOf(driver.window.focusWidget())
    driver.key(Qt.Key.Key_8, ALT)
    assert log.isHidden()
    driver.key(Qt.Key.Key_8, ALT)
    assert log.isAncestorOf(driver.window.focusWidget())


def test_the_menu_shows_and_hides(driver):
    driver.window.docks.show("log")
    driver.view.setFocus()
    driver.key(Qt.Key.Key_Home)  # nobody holds Alt
    driver.run("window.log")
    assert driver.window.docks._docks["log"].isHidden()


@pytest.mark.parametrize("front", ["findings", "evidence"])
def test_a_dock_that_goes_gives_back_the_tab_and_the_height_before(open_project, front):
    driver = open_project(template="bow-tie")  # without claims the docks below are low
    driver.window.docks.fill()
    driver.window.docks._docks[front].raise_()
    driver.turn(8)
    before = height(driver, front)
    driver.window.docks.toggle("review")
    driver.turn(8)
    assert not driver.window.docks._is_seen(front)
    driver.window.docks.toggle("review")
    driver.turn(8)
    assert driver.window.docks._is_seen(front)
    assert height(driver, front) == before

"""The start page of a window that holds a document already."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from workbench.app.start_page import StartPage


def page(driver):
    shown = driver.window.centre.currentWidget()
    return shown if isinstance(shown, StartPage) else None


def buttons(driver):
    return {button.accessibleName() or button.text(): button for button in page(driver).findChildren(QAbstractButton)}


def test_escape_leaves_the_start_page(open_project):
    driver = open_project(template="bow-tie")
    driver.run("file.new")
    assert page(driver).isVisible()
    assert not driver.view.isVisible()
    driver.key(Qt.Key.Key_Escape)
    assert driver.view.isVisible()
    assert QApplication.focusWidget() is driver.view


def test_a_button_leads_back_to_the_document(open_project):
    driver = open_project(template="bow-tie")
    name = driver.window.document_name()
    driver.run("file.new")
    buttons(driver)[f"Back to {name}"].click()
    assert driver.view.isVisible()


def test_there_is_no_way_back_to_a_document_nothing_is_in(open_project):
    driver = open_project()
    driver.run("file.new")
    assert not [name for name in buttons(driver) if name.startswith("Back to")]


def test_doing_something_in_the_document_shows_it_again(open_project):
    driver = open_project(template="bow-tie")
    element = next(iter(driver.view.scene.picture.nodes))
    driver.run("file.new")
    driver.window.session.select([element])
    driver.turn()
    assert driver.view.isVisible()


def test_choosing_a_template_leaves_the_old_window_at_its_document(open_project):
    driver = open_project()
    driver.type("h")
    driver.key(Qt.Key.Key_Return)
    driver.run("file.new")
    buttons(driver)["Bow-tie"].click()
    driver.turn()
    assert len(driver.app.windows) == 2
    assert driver.view.isVisible()


def test_a_card_is_chosen_with_enter(open_project):
    driver = open_project()
    driver.run("file.new")
    QTest.keyClick(buttons(driver)["Bow-tie"], Qt.Key.Key_Return)
    driver.turn()
    assert [window.session.store.count("top_event") for window in driver.app.windows] == [1]


def test_the_start_page_lists_what_was_saved_since_it_was_last_shown(open_project, choose_file, tmp_path):
    driver = open_project(template="bow-tie")
    driver.run("file.new")
    assert "plant" not in buttons(driver)
    driver.key(Qt.Key.Key_Escape)
    choose_file(tmp_path / "plant.hazard.json")
    driver.run("file.save")
    driver.run("file.new")
    assert "plant" in buttons(driver)

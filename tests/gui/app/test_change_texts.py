"""Enter on a change shows every word of both versions; the keyboard opens, reads and closes it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from workbench.commands.create import create_on_diagram
from workbench.files.project import load_project, save_project
from workbench.model.drawing import Diagram
from workbench.panels.change_texts import ChangeTexts

OLD = "<b>Nobody</b> reads the code that was written before it is run. " * 12
NEW = OLD.replace("run", "merged", 1) + "\u202eEver."


@pytest.fixture
def driver(open_project, tmp_path):
    """A comparison with a file in which one cause has another description."""
    driver = open_project()
    path, other = tmp_path / "p.hazard.json", tmp_path / "other.hazard.json"
    (diagram,) = driver.store.all(Diagram)
    with driver.store.transaction("Add") as tx:
        driver.cause = create_on_diagram(tx, diagram.id, "cause", 0, 0, "<i>One</i>", description=NEW)
    assert driver.window.files.write(path)
    loaded = load_project(path)
    with loaded.store.transaction("Edit") as tx:
        tx.patch(driver.cause, description=OLD)
    save_project(loaded.store, other, loaded.header)
    driver.window.revisions.comparing.compare_with(other)
    driver.turn(8)
    driver.page = driver.window.revisions.comparing.panel
    driver.page.list.setFocus()
    return driver


def shown(driver):
    return [one for one in driver.window.findChildren(ChangeTexts) if one.isVisible()]


def test_enter_shows_both_texts_in_full_as_they_were_typed_and_escape_closes_them(driver):
    driver.key(Qt.Key.Key_Return)
    (window,) = shown(driver)
    ((old, new),) = window.boxes
    assert old.text.toPlainText() == OLD
    assert new.text.toPlainText() == NEW.replace("\u202e", "‹RLO›")
    assert [old.head.text(), new.head.text()] == ["other.hazard.json", "This window"]
    assert old.text.accessibleName() == "Description, other.hazard.json"
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in window.findChildren(QLabel))
    assert "run" in old.text.accessibleDescription()
    assert "merged" in new.text.accessibleDescription()
    assert old.width() == new.width()
    assert old.y() == new.y()
    assert driver.page.view.session.selection == (driver.cause,), "it is shown on the picture too"
    driver.key(Qt.Key.Key_Escape)
    assert shown(driver) == []
    assert driver.page.isVisible(), "one Esc, one step back"
    assert driver.window.focusWidget() is driver.page.list


def test_tab_leads_from_text_to_text_and_enter_closes_too(driver):
    driver.key(Qt.Key.Key_Enter)
    (window,) = shown(driver)
    ((old, new),) = window.boxes
    assert old.text.hasFocus()
    driver.key(Qt.Key.Key_Tab)
    assert new.text.hasFocus()
    new.text.selectAll()
    driver.type("x")
    assert new.text.toPlainText().endswith("Ever."), "it is read only"
    driver.key(Qt.Key.Key_Return)
    assert shown(driver) == []


def test_space_centres_and_opens_nothing(driver):
    driver.key(Qt.Key.Key_Space)
    assert shown(driver) == []
    assert driver.page.view.session.selection == (driver.cause,)

"""The letters that make elements: menu, palette and shortcut list show what the canvas does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from workbench.actions.registry import actions
from workbench.canvas.chooser import KindChooser
from workbench.model.elements import Cause, Gate, Hazard
from workbench.model.kinds import CODE_LETTER
from workbench.panels import shortcut_dialog


def test_menu_and_list_show_the_letters(open_project, monkeypatch):
    driver = open_project()
    rows = []
    monkeypatch.setattr(shortcut_dialog.ShortcutDialog, "__init__", lambda self, given, parent=None: rows.extend(given))
    monkeypatch.setattr(shortcut_dialog.ShortcutDialog, "exec", lambda self: 0)
    driver.window.windows.shortcuts()
    listed = {title: keys for where, title, keys in rows if where == "Insert"}
    for kind, letter in CODE_LETTER.items():
        action = driver.window.action(f"insert.{kind}")
        assert [one.toString() for one in action.shortcuts()] == [letter]
        assert listed[action.text()] == letter
    said = [keys for _, _, keys in rows]
    assert not any("Ctrl+Alt+Shift" in keys for keys in said)
    assert len({record.shortcuts for record in actions() if record.id.startswith("insert.") and record.shortcuts}) >= 8


def test_a_letter_makes_one_element_and_types_while_something_is_selected(open_project):
    driver = open_project()
    driver.view.setFocus()
    driver.key(Qt.Key.Key_H)
    driver.key(Qt.Key.Key_Return)
    (hazard,) = driver.store.all(Hazard)
    assert driver.window.session.selection == (hazard.id,)
    driver.key(Qt.Key.Key_G)
    driver.type("ap")
    driver.key(Qt.Key.Key_Return)
    assert driver.store.get(hazard.id).title.lower() == "gap"
    assert list(driver.store.all(Gate)) == []


def test_a_letter_in_the_list_of_kinds_chooses_there(open_project):
    driver = open_project()
    driver.view.setFocus()
    driver.view.host.choose_kind(("hazard", "cause"), (0.0, 0.0), lambda kind: driver.view.create_at_cursor(kind))
    driver.turn()
    (chooser,) = driver.view.findChildren(KindChooser)
    QTest.keyClick(chooser.list, Qt.Key.Key_C)
    driver.turn()
    assert len(list(driver.store.all(Cause))) == 1
    assert list(driver.store.all(Hazard)) == []


def test_another_letter_takes_the_kind_at_hand_and_begins_the_title(open_project):
    driver = open_project()
    driver.view.setFocus()
    driver.view.host.choose_kind(("hazard", "cause"), (0.0, 0.0), lambda kind: driver.view.create_at_cursor(kind))
    driver.turn()
    (chooser,) = driver.view.findChildren(KindChooser)
    QTest.keyClicks(chooser.list, "m")
    driver.turn()
    driver.type("odel fails")
    driver.key(Qt.Key.Key_Return)
    (hazard,) = driver.store.all(Hazard)
    assert hazard.title == "model fails"

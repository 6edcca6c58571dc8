"""The view of the operational design domain in the whole program: real keys, undo, nothing but the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel, QMenu

from workbench.analysis.odd_taxonomy import baseline
from workbench.commands.create import add_element, new_diagram, place
from workbench.commands.odd import load_baseline, tag_hazard
from workbench.model.judgement import OddCategory, OddConsideration
from workbench.panels.odd_signs import chip_boxes
from workbench.panels.odd_tree import HAZARDS, NAME, STATE

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FIRST, SECOND = baseline()[0].id, baseline()[1].id


@pytest.fixture
def driver(open_project):
    return open_project(template="empty")


@pytest.fixture
def filled(driver):
    """The baseline, and two hazards on a diagram that carry its first entry."""
    with driver.store.transaction("Build") as tx:
        load_baseline(tx)
        diagram = next((r.id for r in driver.store.records.values() if r.TYPE == "diagram"), None) or new_diagram(
            tx, "D"
        )
        driver.hazards = [add_element(tx, "hazard", title) for title in ("One <b>", "Two & more")]
        for number, hazard in enumerate(driver.hazards):
            place(tx, diagram, hazard, 300 * number, 0)
            tag_hazard(tx, hazard, [FIRST])
    driver.window.session.set_diagram(diagram)
    driver.turn()
    return driver


def show(driver):
    driver.window.view.setFocus()
    driver.key(Qt.Key.Key_O, CTRL | ALT)
    driver.turn(8)
    return driver.window.odd.panel


def decided(driver, category, other=None):
    return driver.store.find(OddConsideration.of(category, other).id, OddConsideration)


def test_the_empty_view_teaches_and_its_button_loads_the_baseline(driver):
    driver.run("odd.view")
    panel = driver.window.odd.panel
    assert panel.isVisible()
    assert not driver.window.view.isVisible()
    said = " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert "no taxonomy yet" in said
    driver.key(Qt.Key.Key_Space)  # the button has the focus
    assert driver.store.count("odd_category") == len(baseline())
    assert panel.tree.isVisible()
    assert panel.counted.text() == f"0 of {len(baseline())} considered"
    driver.run("edit.undo")
    assert not driver.store.count("odd_category")
    driver.key(Qt.Key.Key_Escape)
    assert driver.window.view.isVisible()


def test_keys_decide_the_reason_follows_and_enter_leads_on(filled):
    panel = show(filled)
    assert panel.tree.hasFocus()
    panel.tree.go_to(FIRST)
    filled.key(Qt.Key.Key_F9)
    assert panel.tree.entry() == SECOND
    filled.key(Qt.Key.Key_2)
    assert panel.strip.reason.hasFocus()
    filled.type("No cars 1234 r")
    filled.key(Qt.Key.Key_Return)
    found = decided(filled, SECOND)
    assert (found.state, found.reason) == ("judged_none", "No cars 1234 r")
    assert found.at.startswith("20")
    assert panel.tree.hasFocus()
    assert panel.tree.entry() == baseline()[2].id
    assert panel.counted.text() == f"2 of {len(baseline())} considered"
    filled.key(Qt.Key.Key_Z, CTRL)
    assert decided(filled, SECOND) is None, "state and reason are one step"
    filled.key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert decided(filled, SECOND).reason == "No cars 1234 r"


def test_escape_leaves_the_reason_as_it_was_and_then_the_view(filled):
    panel = show(filled)
    panel.tree.go_to(FIRST)
    filled.key(Qt.Key.Key_F9)
    filled.key(Qt.Key.Key_3)
    filled.type("never mind")
    filled.key(Qt.Key.Key_Escape)
    assert panel.tree.hasFocus()
    assert (decided(filled, SECOND).state, decided(filled, SECOND).reason) == ("not_applicable", "")
    filled.key(Qt.Key.Key_4)
    assert decided(filled, SECOND) is None
    filled.key(Qt.Key.Key_Escape)
    assert filled.window.view.hasFocus()


def test_several_entries_are_decided_at_once(filled):
    panel = show(filled)
    panel.tree.go_to(SECOND)
    filled.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.tree.spots()) == 2
    filled.key(Qt.Key.Key_3)
    filled.type("Same")
    filled.key(Qt.Key.Key_Return)
    assert filled.store.count("odd_consideration") == 2
    assert {record.reason for record in filled.store.all(OddConsideration)} == {"Same"}
    filled.run("edit.undo")
    assert not filled.store.count("odd_consideration")


def test_a_contradiction_is_told_in_words(filled):
    panel = show(filled)
    panel.tree.go_to(FIRST)
    filled.key(Qt.Key.Key_2)
    assert "H-1, H-2 carry it" in panel.strip.conflict.text()
    item = panel.tree.currentItem()
    assert "contradicted" in item.text(STATE)
    assert "Contradiction" in item.data(NAME, Qt.ItemDataRole.AccessibleTextRole)


def test_a_chip_and_enter_reveal_hazards_on_the_diagram(filled):
    panel = show(filled)
    panel.tree.go_to(FIRST)
    room = panel.tree.visualRect(panel.tree.currentIndex().siblingAtColumn(HAZARDS))
    _, _, box = chip_boxes(panel.tree.verdict().hazards, room.toRectF())[1]
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    filled.turn()
    assert not filled.window.odd.shown
    assert filled.window.session.selection == (filled.hazards[1],)
    panel = show(filled)
    filled.key(Qt.Key.Key_Return)
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["H-1 One <b>", "H-2 Two && more"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    filled.turn()
    assert filled.window.session.selection == (filled.hazards[0],)
    assert filled.window.view.isVisible()


def test_filters_and_order(filled):
    panel = show(filled)
    tops = [panel.tree.topLevelItem(i).text(0) for i in range(panel.tree.topLevelItemCount())]
    assert tops[-1] == "Impact dimensions"
    first = panel.tree.topLevelItem(0)
    assert first.child(first.childCount() - 1).text(0) == baseline()[0].name, "what is considered stands last"
    panel.filter.setText("cyber")
    assert panel.tree.go_to("oc_vector_physical_infrastructure_cyber_physical")
    assert not panel.tree.go_to(FIRST)
    filled.key(Qt.Key.Key_F9)
    assert panel.tree.entry()
    panel.filter.clear()
    panel.order.setCurrentIndex(panel.order.findData("conflicts"))
    panel.order.activated.emit(3)
    assert panel.tree.topLevelItemCount() <= 1


def test_impact_dimensions_stand_in_the_table_and_are_not_decided_there(filled):
    panel = show(filled)
    panel.tree.setFocus()
    filled.key(Qt.Key.Key_End)
    assert panel.tree.key() == ("dimension", "economic")
    filled.key(Qt.Key.Key_2)
    assert not filled.store.count("odd_consideration")
    assert any("inspector" in notice for notice in filled.notices)


def test_pairs_are_walked_by_keyboard(filled):
    panel = show(filled)
    filled.run("odd.cross")
    assert panel.cross.hasFocus()
    assert panel.cross.place() == (FIRST, "oc_users_end_user")
    assert "with End user" in panel.cross.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    filled.key(Qt.Key.Key_Down)
    filled.key(Qt.Key.Key_Right)
    place = panel.cross.place()
    filled.key(Qt.Key.Key_2)
    filled.type("Apart")
    filled.key(Qt.Key.Key_Return)
    found = decided(filled, *place)
    assert (found.state, found.reason) == ("judged_none", "Apart")
    assert panel.cross.place() != place
    filled.run("edit.undo")
    assert decided(filled, *place) is None


def test_entries_are_added_renamed_and_removed(filled, monkeypatch):
    panel = show(filled)
    panel.tree.go_to(SECOND)
    answers = ["Space flight", "Application/Domain", "Space"]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (answers.pop(0), True))
    filled.run("odd.add")
    made = panel.tree.entry()
    assert filled.store.get(made).name == "Space flight"
    filled.run("odd.rename")
    assert filled.store.get(made).name == "Space"
    monkeypatch.setattr("workbench.app.odd.confirm", lambda *_: True)
    filled.run("odd.remove")
    assert filled.store.find(made, OddCategory) is None
    for _ in range(3):
        filled.run("edit.undo")
    assert filled.store.count("odd_category") == len(baseline())


def test_a_hazard_is_tagged_and_untagged_from_the_table(filled, monkeypatch):
    panel = show(filled)
    panel.tree.go_to(SECOND)
    offered = []

    def choose(_parent, _title, _label, items, *_):
        offered.append(list(items))
        return items[1], True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    filled.key(Qt.Key.Key_T)
    assert filled.store.get(filled.hazards[1]).odd == (FIRST, SECOND)
    assert [hazard.id for hazard in panel.tree.verdict().hazards] == [filled.hazards[1]]
    filled.key(Qt.Key.Key_T)
    assert offered[1] == ["H-1 One <b>", "H-2 Two & more (tagged)"]
    assert filled.store.get(filled.hazards[1]).odd == (FIRST,)
    filled.run("edit.undo")
    assert filled.store.get(filled.hazards[1]).odd == (FIRST, SECOND)


def test_a_group_is_renamed_on_its_heading(filled, monkeypatch):
    panel = show(filled)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Fields", True))
    panel.tree.go_to(SECOND)
    filled.key(Qt.Key.Key_Up)
    assert filled.window.odd.group == "Application/Domain"
    filled.run("odd.rename")
    assert filled.store.get(SECOND).group == "Fields"


def test_the_coverage_is_exported_from_the_menu(filled, choose_file, tmp_path):
    show(filled)
    out = tmp_path / "coverage.csv"
    choose_file(out)
    filled.run("odd.export")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_only_one_view_stands_in_the_place_of_the_diagram(filled):
    show(filled)
    filled.run("capability.view")
    assert filled.window.capability.shown
    assert not filled.window.odd.shown
    filled.run("odd.view")
    assert filled.window.odd.shown
    assert not filled.window.capability.shown
    assert filled.window.place.widget is filled.window.odd.panel
    filled.run("odd.view")
    assert filled.window.view.isVisible()


def test_a_finding_about_an_entry_shows_it(filled):
    filled.window.session.reveal.emit((SECOND,))
    filled.turn()
    assert filled.window.odd.shown
    assert filled.window.odd.panel.tree.entry() == SECOND


def test_a_read_only_document_is_shown_and_not_changed(filled):
    panel = show(filled)
    panel.tree.go_to(SECOND)
    filled.store.read_only = "This file is of a newer version."
    filled.key(Qt.Key.Key_2)
    assert not filled.store.count("odd_consideration")
    assert "newer version" in filled.notices[-1]

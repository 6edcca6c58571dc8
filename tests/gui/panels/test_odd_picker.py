"""Picking ODD entries: the taxonomy in its order, filtered, and from a cell of the hazard log."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.support import there
from workbench.analysis.odd_taxonomy import ordered
from workbench.commands.odd import load_baseline
from workbench.model.elements import Hazard
from workbench.model.judgement import OddCategory
from workbench.panels.log_model import COLUMN_IDS
from workbench.panels.log_panel import LogPanel
from workbench.panels.odd import OddPicker
from workbench.session.session import Session
from workbench.store.store import Store

ROUND = [
    OddCategory(id="one", group="G", name="One", parent="two"),
    OddCategory(id="two", group="G", name="Two", parent="one"),
]


@pytest.fixture
def store():
    made = Store([Hazard(id="h", code="H-1", title="Fire")])
    with made.transaction("Load") as tx:
        load_baseline(tx)
    return made


def test_entries_stand_under_their_groups_in_order(qtbot, look, store):
    picker = OddPicker(store, ())
    qtbot.addWidget(picker)
    entries = [entry.id for entry, _ in ordered(store)]
    assert list(picker._items) == entries
    tree = picker._tree
    assert [there(tree.topLevelItem(at)).text(0) for at in range(3)] == ["Application/Domain", "Users/Agents", "Vector"]
    loop = next(entry for entry, _ in ordered(store) if entry.name == "Human in the loop")
    assert picker._items[loop.id].childCount() == 9
    for entry in reversed(entries[:3]):
        picker._items[entry].setCheckState(0, Qt.CheckState.Checked)
    assert picker.chosen() == tuple(entries[:3])
    picker._filter.setText("stand-in")
    shown = {item.text(0) for item in picker._items.values() if not item.isHidden()}
    assert "Stand-in" in shown
    assert "Warm body" not in shown


def test_parents_in_a_circle_are_all_offered(qtbot, look):
    picker = OddPicker(Store(ROUND), ("two",))
    qtbot.addWidget(picker)
    assert set(picker._items) == {"one", "two"}
    assert picker.chosen() == ("two",)


def test_a_cell_of_the_log_is_picked(qtbot, look, store, monkeypatch):
    panel = LogPanel(Session(store))
    qtbot.addWidget(panel)
    panel.resize(1400, 400)
    with qtbot.waitExposed(panel):
        panel.show()
    law = next(entry.id for entry in store.all(OddCategory) if entry.name == "Law")

    def exec_(picker):
        picker._items[law].setCheckState(0, Qt.CheckState.Checked)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(OddPicker, "exec", exec_)
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, COLUMN_IDS.index("application")))
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    QApplication.processEvents()
    assert there(store.find("h", Hazard)).odd == (law,)
    assert [item.title for item in there(panel.model.row_at(0)).lists["application"]] == ["Law"]
    store.undo()
    assert there(store.find("h", Hazard)).odd == ()

"""The hazard log in the whole program: the dock by its key, import through the mapping dialog, undo."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.model.elements import Hazard
from workbench.panels.log_mapping_dialog import LogMappingDialog
from workbench.panels.log_model import COLUMN_IDS
from workbench.panels.log_table import LogTable


@pytest.fixture
def driver(open_project):
    return open_project(template="empty")


def answering(steps):
    def act():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, LogMappingDialog):
            QTimer.singleShot(20, act)
            return
        steps(dialog)
        dialog.accept()

    QTimer.singleShot(0, act)


def test_a_log_is_mapped_taken_in_and_taken_back(driver, tmp_path, monkeypatch):
    path = tmp_path / "log.csv"
    path.write_text("Nummer,Gefahr,Auslöser\n7,Brand,Funke/Hitze\n8,Sturz,Eis\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kw: (str(path), ""))
    seen = []

    def steps(dialog):
        seen.append(dialog.ok.isEnabled())
        for column, heading in (("id", "Nummer"), ("title", "Gefahr"), ("trigger_event", "Auslöser")):
            box = dialog.choices[column]
            box.setCurrentIndex(box.findData(heading))
            box.activated.emit(box.currentIndex())
        dialog.separator.setCurrentIndex(dialog.separator.findData("/"))
        dialog.separator.activated.emit(0)
        seen.append(dialog.ok.isEnabled())
        seen.append("1. Funke\n" in (text := dialog.preview.toPlainText()) and "2. Hitze" in text)

    answering(steps)
    driver.run("log.import")
    assert seen == [False, True, True]
    assert [(h.code, h.title) for h in driver.store.all(Hazard)] == [("7", "Brand"), ("8", "Sturz")]
    assert driver.store.count("cause") == 3
    driver.store.undo()
    assert driver.store.count("hazard") == 0


def test_the_dock_comes_by_its_key_and_writes_files(driver, tmp_path, monkeypatch):
    driver.run("window.log")
    panel = driver.window.docks.contents.log
    assert panel.isVisible()
    panel.add()
    driver.turn()
    driver.type("Written here")
    driver.key(Qt.Key.Key_Return)
    assert [h.title for h in driver.store.all(Hazard)] == ["Written here"]
    panel.table.setFocus()
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_F2)
    driver.type("Application")
    driver.key(Qt.Key.Key_Tab)
    assert [h.source for h in driver.store.all(Hazard)] == ["Application"]
    driver.type("Typed over")
    driver.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [h.description for h in driver.store.all(Hazard)] == ["Typed over"]
    driver.run("edit.undo")
    assert [h.description for h in driver.store.all(Hazard)] == [""]
    out = tmp_path / "log.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(out), ""))
    driver.run("log.export")
    assert "Written here" in out.read_text("utf-8")


def test_the_log_is_made_when_it_is_first_seen(open_project, choose_file, tmp_path):
    first = open_project()
    first.window.docks.show("evidence")
    first.window.close()  # the next one opens as this one was left
    driver = open_project()
    docks = driver.window.docks
    assert docks.filled
    assert not docks._docks["log"].widget().findChildren(LogTable)
    docks._docks["log"].raise_()  # as a click on its tab does
    driver.turn(8)
    panel = docks.contents.log
    assert panel.isVisible()
    assert docks._docks["log"].widget() is panel
    choose_file(tmp_path / "log.csv")
    panel.export_requested.emit()
    assert (tmp_path / "log.csv").exists(), "it is wired"


def test_the_keyboard_reaches_a_log_that_was_never_seen(open_project):
    driver = open_project()
    driver.window.docks.show("log")
    driver.turn()
    panel = driver.window.docks.contents.log
    assert panel.isAncestorOf(driver.window.focusWidget()) or panel.hasFocus()


def test_the_columns_come_back_with_the_next_window(driver, app):
    vector = COLUMN_IDS.index("vector")
    first, second = driver.window, app.new("empty")
    first.docks.contents.log.table.setColumnHidden(vector, True)
    first.close()
    driver.turn()
    assert json.loads(app.settings.log)["hidden"] == ["vector"]
    second.close()
    driver.turn()
    assert json.loads(app.settings.log)["hidden"] == ["vector"], "a window that never showed the log keeps what was"
    third = app.new("empty")
    assert third.docks.contents.log.table.isColumnHidden(vector)
    app.change_settings(replace(app.settings, log=""))
    third.docks.contents.log.take_view_state({})

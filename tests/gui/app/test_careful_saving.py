"""Saving over what another program wrote, or over a protected file, is never the default."""

import os
import shutil

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from workbench.app import documents, settings
from workbench.commands.create import add_element
from workbench.model.judgement import PROJECT_ID
from workbench.panels import messages


def answer_with_enter(seen):
    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.defaultButton().text().replace("&", ""))
        box.defaultButton().click()

    QTimer.singleShot(50, press)


@pytest.mark.parametrize(("careful", "default"), [(True, "Cancel"), (False, "Replace")])
def test_enter_cancels_where_something_would_be_lost(qtbot, careful, default):
    seen: list[str] = []
    answer_with_enter(seen)
    said = messages.confirm(None, "File changed outside", "Replace it?", "Replace", careful=careful)
    assert (seen, said) == ([default], not careful)


def test_a_protected_file_is_told_when_opened_and_when_it_becomes_so(open_project, tmp_path, monkeypatch):
    path = tmp_path / "p.hazard.json"
    first = open_project()
    assert first.window.files.write(path)
    assert first.window.status._saved.text().startswith("Saved")
    monkeypatch.setattr(os, "access", lambda where, _mode: where != path)
    first.window.state.look_again()  # as when the window comes to the front
    assert first.window.windowTitle() == "p.hazard.json[*] – write-protected"
    assert first.window.status._saved.text() == "Write-protected"
    assert "write-protected" in first.notices[-1]
    with first.store.transaction("Add") as tx:
        add_element(tx, "cause", "C")
    assert first.window.status._saved.text() == "Write-protected, unsaved changes"
    first.window.close()
    second = open_project(path)
    assert "write-protected" in second.window.windowTitle()
    assert "write-protected" in second.window.status._what.text()
    monkeypatch.undo()
    second.window.state.look_again()
    assert second.window.windowTitle() == "p.hazard.json[*]"


def test_a_write_protected_file_offers_another_name(open_project, choose_file, tmp_path, monkeypatch):
    driver = open_project()
    path, other = tmp_path / "p.hazard.json", tmp_path / "q.hazard.json"
    assert driver.window.files.write(path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda where, _mode: where != path)
    monkeypatch.setattr(documents, "confirm", lambda *_, **__: True)
    choose_file(other)
    assert driver.window.files.save()
    assert other.exists()
    assert path.read_bytes() == before


def test_what_could_not_be_saved_is_offered_another_file(open_project, choose_file, tmp_path, monkeypatch):
    driver = open_project()
    path, other = tmp_path / "gone" / "p.hazard.json", tmp_path / "q.hazard.json"
    path.parent.mkdir()
    assert driver.window.files.write(path)
    with driver.store.transaction("Add") as tx:
        add_element(tx, "cause", "One more")
    shutil.rmtree(path.parent)
    seen = []

    def take(_parent, title, text, offer):
        seen.append((title, offer, str(path.parent) in text))
        return True

    monkeypatch.setattr(documents, "show_error", take)
    choose_file(other)
    assert driver.window.files.save()
    assert seen == [("Not saved", "Save as…", True)]
    assert "One more" in other.read_text(encoding="utf-8")
    assert driver.window.session.path == other


def test_an_error_with_a_way_out_says_whether_it_was_taken(qtbot):
    def press(which):
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if which in button.text()).click()

    for which, taken in (("Save as", True), ("OK", False)):
        QTimer.singleShot(0, lambda which=which: press(which))
        assert messages.show_error(None, "Not saved", "The disk is full.", "Save as…") is taken


def test_a_file_without_any_write_permission_is_protected_for_everybody(open_project, tmp_path):
    path = tmp_path / "p.hazard.json"
    driver = open_project()
    assert driver.window.files.write(path)
    path.chmod(0o444)
    driver.window.state.look_again()
    assert driver.window.state.protected
    path.unlink()
    driver.window.state.look_again()
    assert not driver.window.state.protected


def test_a_new_project_is_offered_a_file_of_its_own_title(open_project, monkeypatch):
    offered: list[str] = []

    def cancel(_parent: object, _title: str, name: str, *_: object, **__: object) -> tuple[str, str]:
        offered.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", cancel)
    driver = open_project()
    with driver.store.transaction("Title") as tx:
        tx.patch(PROJECT_ID, title="Pump 3: bearings")
    assert not driver.window.files.save()
    assert offered[0].endswith("/Pump 3- bearings.hazard.json")


def test_settings_that_cannot_be_stored_are_told_without_a_number(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setattr(settings, "settings_file", lambda: blocked / "settings.json")
    said = settings.save_settings(settings.Settings())
    assert "could not be saved" in said
    assert "Errno" not in said

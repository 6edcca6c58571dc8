"""Saving over what another program wrote, or over a protected file, is never the default."""

import os

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from workbench.app import documents, settings
from workbench.commands.create import add_element
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


@pytest.fixture
def changed(open_project, tmp_path, monkeypatch):
    """A saved project that another program wrote, with unsaved work in the window; ``answer`` is what the user says."""
    driver = open_project()
    driver.path = tmp_path / "p.hazard.json"
    with driver.store.transaction("Add") as tx:
        add_element(tx, "cause", "On disk")
    assert driver.window.files.write(driver.path)
    with driver.store.transaction("Add") as tx:
        add_element(tx, "cause", "Only in the window")
    driver.path.write_bytes(driver.path.read_bytes() + b"\n")
    driver.outside = driver.path.read_bytes()
    driver.asked = []

    def answering(answer):
        def ask(_parent, _title, question, verbs, *, default=""):
            driver.asked.append((question, tuple(verbs), default))
            return answer

        monkeypatch.setattr(documents, "ask", ask)

    driver.answering = answering
    return driver


def test_a_file_changed_outside_is_asked_about_and_enter_cancels(changed):
    changed.answering("")
    assert not changed.window.files.save()
    ((question, verbs, default),) = changed.asked
    assert (verbs, default) == (("Save as…", "Reload", "Replace"), "")
    assert "p.hazard.json" in question
    assert changed.path.read_bytes() == changed.outside


def test_a_file_changed_outside_is_replaced_only_by_that_answer(changed):
    changed.answering("Replace")
    assert changed.window.files.save()
    assert b"Only in the window" in changed.path.read_bytes()
    assert not changed.window.session.modified


def test_a_file_changed_outside_is_kept_by_save_as(changed, choose_file, tmp_path):
    changed.answering("Save as…")
    choose_file(tmp_path / "mine.hazard.json")
    assert changed.window.files.save()
    assert changed.path.read_bytes() == changed.outside
    assert b"Only in the window" in (tmp_path / "mine.hazard.json").read_bytes()


def test_a_file_changed_outside_is_reloaded_in_the_same_place(changed):
    changed.answering("Reload")
    changed.run("file.save")
    changed.turn(8)
    (window,) = changed.app.windows
    assert window is not changed.window
    assert window.session.path == changed.path
    assert [r.title for r in window.session.store.records.values() if r.TYPE == "cause"] == ["On disk"]
    assert changed.path.read_bytes() == changed.outside


def test_a_file_that_cannot_be_reloaded_leaves_the_window_as_it_is(changed, errors):
    changed.answering("Reload")
    changed.path.write_bytes(b"{")
    changed.run("file.save")
    assert changed.app.windows == [changed.window]
    assert changed.window.session.modified
    assert errors


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
    assert first.window.files.drop_changes() is None
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


def test_settings_that_cannot_be_stored_are_told_without_a_number(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setattr(settings, "settings_file", lambda: blocked / "settings.json")
    said = settings.save_settings(settings.Settings())
    assert "could not be saved" in said
    assert "Errno" not in said

"""Every edit in a window is in a journal a moment later; a window closed in good order leaves none."""

import errno

import pytest
from PySide6.QtWidgets import QLabel

from workbench.app import safekeeping
from workbench.commands.create import add_element
from workbench.files import journal
from workbench.files.fileops import FileOps
from workbench.files.journal_lines import steps_in
from workbench.files.recovery import scan_recoverable


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of journals for this test alone."""
    where = tmp_path / "state"
    monkeypatch.setattr(journal, "state_folder", lambda: where)
    return where / "journals"


def add(driver, title):
    with driver.store.transaction(f"Add {title}") as tx:
        add_element(tx, "cause", title)


def labels(folder):
    """What the one journal says was done."""
    (file,) = folder.glob("*.journal")
    return [step["label"] for step in steps_in(file.read_bytes()) if step["do"] == "step"]


def flushed(driver):
    return driver.window.safekeeping.begin().flush(30)


def test_an_edit_of_an_untitled_document_is_in_the_journal(open_project, folder):
    driver = open_project()
    add(driver, "A")
    add(driver, "B")
    assert flushed(driver)
    assert labels(folder) == ["Add A", "Add B"]


def test_an_edit_before_the_first_picture_is_in_the_journal_once(app, folder, qtbot):
    window = app.new()
    with window.session.store.transaction("Early") as tx:
        add_element(tx, "cause", "A")
    assert not window.docks.filled
    with window.session.store.transaction("Early too") as tx:
        add_element(tx, "cause", "B")
    qtbot.waitUntil(lambda: window.docks.filled, timeout=5_000)
    with window.session.store.transaction("Late") as tx:
        add_element(tx, "cause", "C")
    assert window.safekeeping.begin().flush(30)
    assert labels(folder) == ["Early", "Early too", "Late"]


def test_a_window_without_edits_writes_no_journal(open_project, folder, qtbot):
    driver = open_project(template="bow-tie")
    qtbot.waitUntil(lambda: driver.window.docks.filled, timeout=5_000)
    assert not folder.exists()


@pytest.mark.parametrize("save_first", [True, False])
def test_closing_in_good_order_removes_the_journal(open_project, folder, tmp_path, save_first, qtbot):
    driver = open_project()
    add(driver, "A")
    assert flushed(driver)
    if save_first:
        assert driver.window.files.write(tmp_path / "p.hazard.json")
    driver.window.close()
    qtbot.waitUntil(lambda: list(folder.iterdir()) == [], timeout=30_000)
    assert scan_recoverable() == []


def test_the_journal_hears_of_a_save(open_project, folder, tmp_path):
    driver = open_project()
    add(driver, "A")
    assert driver.window.files.write(tmp_path / "p.hazard.json")
    assert flushed(driver)
    (file,) = folder.glob("*.journal")
    said = list(steps_in(file.read_bytes()))[-1]
    assert (said["do"], said["path"]) == ("saved", str(tmp_path / "p.hazard.json"))
    assert said["file"] == driver.window.files.content_hash


def alarm(driver):
    found = [label for label in driver.window.status.findChildren(QLabel) if label.accessibleName() == "Problem"]
    return found[0].text() if found and not found[0].isHidden() else ""


def test_a_journal_that_cannot_be_written_is_told_until_it_can(open_project, folder, qtbot, monkeypatch):
    driver = open_project()
    with monkeypatch.context() as patch:

        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(FileOps, "write", full)
        add(driver, "A")
        qtbot.waitUntil(lambda: "cannot be kept safe" in alarm(driver), timeout=30_000)
        driver.window.session.notice.emit("Something else")
        assert "save now" in alarm(driver)
    qtbot.waitUntil(lambda: not alarm(driver), timeout=30_000)
    assert driver.window.status._what.text() == "Edits are kept safe again."
    assert labels(folder) == ["Add A"]


def test_what_could_not_be_saved_is_said_to_be_safe_only_where_it_is(
    open_project, tmp_path, monkeypatch, errors, folder
):
    monkeypatch.setattr(safekeeping, "_PATIENCE", 30.0)
    driver = open_project()
    add(driver, "A")
    assert not driver.window.files.write(tmp_path / "missing" / "p.hazard.json")
    assert "Your edits are safe in the journal" in errors[-1]
    assert flushed(driver)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileOps, "write", full)
        patch.setattr(safekeeping, "_PATIENCE", 0.1)
        add(driver, "B")
        assert not driver.window.files.write(tmp_path / "p.hazard.json")
    assert "not in the journal either" in errors[-1]
    assert driver.window.session.modified

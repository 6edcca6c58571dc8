"""A disk that hangs keeps nobody from closing a window or forgetting what a crash left."""

import threading

import pytest
from PySide6.QtCore import QTimer

from workbench.app import lost_work, parting
from workbench.commands.create import add_element
from workbench.files import journal
from workbench.files.fileops import FileOps
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable
from workbench.panels.recovery_dialog import RecoveryDialog


@pytest.fixture
def folder(tmp_path, monkeypatch):
    where = tmp_path / "state"
    monkeypatch.setattr(journal, "state_folder", lambda: where)
    return where / "journals"


@pytest.fixture
def disk(monkeypatch, folder):
    """The disk of the journals: it answers to nothing while the event is not set."""
    going = threading.Event()
    going.set()
    real = FileOps.remove

    def remove(self, path):
        if path.parent == folder:
            assert going.wait(30)
        real(self, path)

    monkeypatch.setattr(FileOps, "remove", remove)
    yield going
    going.set()


def edited(driver, title):
    with driver.store.transaction(f"Add {title}") as tx:
        add_element(tx, "cause", title)
    assert driver.window.safekeeping.begin().flush(30)


def test_a_window_is_closed_at_once_and_the_others_are_told(open_project, folder, disk, qtbot):
    driver, other = open_project(), open_project()
    edited(driver, "A")
    disk.clear()
    assert driver.window.close()
    assert driver.window not in driver.app.windows
    assert any("The disk does not answer" in said for said in other.notices)
    assert list(folder.glob("*.journal"))
    disk.set()
    qtbot.waitUntil(lambda: list(folder.iterdir()) == [], timeout=10_000)


def test_the_end_of_the_program_waits_a_little_and_says_why(open_project, folder, disk, capsys, monkeypatch, qtbot):
    monkeypatch.setattr(parting, "_AT_THE_END", 0.2)
    driver = open_project()
    edited(driver, "A")
    disk.clear()
    assert driver.window.close()
    driver.app.parting.wait()
    assert "The disk does not answer" in capsys.readouterr().err
    disk.set()
    qtbot.waitUntil(lambda: not any(thread.is_alive() for _, thread in driver.app.parting._left), timeout=30_000)
    driver.app.parting.wait()
    assert capsys.readouterr().err == ""


def test_nothing_is_said_where_the_disk_answers(open_project, folder, disk, capsys, monkeypatch):
    monkeypatch.setattr(parting, "_PATIENCE", 30.0)
    driver, other = open_project(), open_project()
    edited(driver, "A")
    assert driver.window.close()
    driver.app.parting.wait()
    assert not [said for said in other.notices if "disk" in said]
    assert capsys.readouterr().err == ""
    assert list(folder.iterdir()) == []


def test_forgetting_what_a_crash_left_keeps_the_window_alive(open_project, folder, disk, qtbot, monkeypatch):
    driver = open_project()
    edited(driver, "A")
    monkeypatch.setattr(Owner, "runs", lambda _: False)
    monkeypatch.setattr(lost_work, "confirm", lambda *_, **__: True)
    (left,) = scan_recoverable()
    beats = []
    timer = QTimer()

    def beat():
        beats.append(1)
        if len(beats) > 5:
            disk.set()

    timer.timeout.connect(beat)
    timer.start(20)
    disk.clear()
    assert driver.app.lost_work._discard(left, RecoveryDialog([left], driver.window))
    assert disk.is_set(), "the window went on while the disk hung"
    assert not list(folder.glob("*.journal"))

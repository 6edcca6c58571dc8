"""A second window on a project is told of the first; a lock whose process is gone stops nobody."""

import errno
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.files import FaultyOps
from workbench.files.fileops import FileOps
from workbench.files.lock import ProjectLock
from workbench.files.owner import Owner, owner_of, started, this_process


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "audit.hazard.json"
    path.write_text("{}")
    return path


def lock_file(project):
    return project.with_name(".audit.hazard.json.lock")


def held_by(project, **fields):
    """A lock of another process."""
    owner = {**this_process().as_plain(), **fields}
    lock_file(project).write_text(json.dumps(owner))
    return owner


@pytest.fixture
def neighbour():
    """Another process that runs."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield child.pid
    assert child.stdin is not None
    child.stdin.close()
    child.wait()


def test_a_lock_is_taken_and_let_go(project):
    lock = ProjectLock(project)
    assert lock.take() is None
    written = owner_of(json.loads(lock_file(project).read_text()))
    assert written is not None
    assert (written.host, written.process) == (platform.node(), os.getpid())
    lock.release()
    assert not lock.held
    assert list(project.parent.iterdir()) == [project]
    lock.release()


def test_another_window_is_told_who_holds_it_and_since_when(project, neighbour):
    held_by(project, process=neighbour, started=started(neighbour), since="2026-01-02T03:04:05+00:00")
    lock = ProjectLock(project)
    other = lock.take()
    assert other is not None
    assert (other.host, other.process, other.since) == (platform.node(), neighbour, "2026-01-02T03:04:05+00:00")
    assert not lock.held
    lock.release()
    assert lock_file(project).exists(), "it is the other's"


def test_it_can_be_taken_over_and_the_former_holder_leaves_it_alone(project, neighbour):
    held_by(project, process=neighbour, started=started(neighbour))
    lock = ProjectLock(project)
    assert lock.take(over=True) is None
    assert lock.held
    held_by(project, process=neighbour, started=started(neighbour))  # and back again
    lock.release()
    assert lock_file(project).exists()


@pytest.mark.parametrize(
    "fields",
    [{"process": 2**22 + 7}, {"process": 0}, {"process": -1}, {"started": "another boot/1"}, {"process": 2**70}],
)
def test_a_lock_whose_process_is_gone_stops_nobody(project, fields):
    held_by(project, **fields)
    lock = ProjectLock(project)
    assert lock.holder() is None
    assert lock.take() is None
    assert lock.held


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"host": 1}', "\x00" * 50, "{}" * 9000])
def test_a_lock_that_cannot_be_read_stops_nobody(project, text):
    lock_file(project).write_text(text)
    lock = ProjectLock(project)
    assert lock.take() is None
    assert lock.held
    assert json.loads(lock_file(project).read_text())["process"] == os.getpid()


def test_a_lock_of_another_computer_is_told_for_it_cannot_be_known(project):
    held_by(project, host="another", process=1)
    other = ProjectLock(project).take()
    assert other is not None
    assert other.host == "another"
    assert other.runs() is None


def test_two_windows_of_one_program_share_it(project):
    first, second = ProjectLock(project), ProjectLock(project)
    assert first.take() is None
    assert second.take() is None


def test_a_link_and_its_target_have_one_lock(project, tmp_path, neighbour):
    held_by(project, process=neighbour, started=started(neighbour))
    link = tmp_path / "link"
    link.symlink_to(project)
    assert ProjectLock(link).take() is not None


@pytest.mark.parametrize("taken", [False, True])
def test_every_operation_failing_in_turn_stops_nobody_and_leaves_no_rubbish(project, taken):
    ops = FaultyOps()
    if taken:
        lock_file(project).write_text("old")
    ProjectLock(project, ops).take()
    for place in range(len(ops.log)):
        for path in set(project.parent.iterdir()) - {project}:
            path.unlink()
        if taken:
            lock_file(project).write_text("old")
        lock = ProjectLock(project, FaultyOps(place, errno.EROFS))
        assert lock.take() is None
        assert set(project.parent.iterdir()) <= {project, lock_file(project)}
        lock.release()


def test_whether_a_process_runs():
    assert this_process().runs()
    assert this_process().is_this_process
    mine = this_process()
    other = Owner(mine.host, mine.process, "another boot/1", mine.since)
    assert not other.is_this_process
    assert other.runs() is False
    unknown = Owner(mine.host, mine.process, "", mine.since)
    assert unknown.runs(), "where the system tells no start, the number must do"
    assert owner_of(mine.as_plain()) == mine


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
def test_linux_tells_when_a_process_was_started(neighbour):
    assert started(neighbour) != started(os.getpid())
    assert started(neighbour) == started(neighbour)
    assert started(2**22 + 7) == ""


def test_somebody_who_is_faster_has_it(project, neighbour):
    class Late(FileOps):
        def create(self, path: Path, mode: int) -> int:
            held_by(project, process=neighbour, started=started(neighbour))
            return super().create(path, mode)

    lock = ProjectLock(project, Late())
    other = lock.take()
    assert other is not None
    assert other.process == neighbour
    assert not lock.held


@pytest.mark.parametrize(
    ("error", "runs"), [(PermissionError, True), (OverflowError, False), (ProcessLookupError, False)]
)
def test_a_process_of_somebody_else_runs_too(monkeypatch, error, runs):
    def refuse(number: int, signal: int) -> None:
        assert signal == 0, "nothing is sent"
        raise error

    monkeypatch.setattr(os, "kill", refuse)
    mine = this_process()
    number = 2**40 if error is OverflowError else mine.process
    assert Owner(mine.host, number, mine.started, mine.since).runs() is runs


@pytest.mark.parametrize(("handle", "runs"), [(7, True), (0, False)])
def test_on_windows_a_process_is_looked_up_and_its_handle_let_go(monkeypatch, handle, runs):
    """There the call that looks elsewhere would end the process."""
    import ctypes

    asked: list[tuple[object, ...]] = []

    class Kernel:
        def OpenProcess(self, *arguments: object) -> int:
            asked.append(arguments)
            return handle

        def CloseHandle(self, closed: int) -> None:
            asked.append((closed,))

    monkeypatch.setattr(ctypes, "windll", type("Windll", (), {"kernel32": Kernel()}), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("it would have ended the process"))
    mine = this_process()
    assert Owner(mine.host, 4_321, "", mine.since).runs() is runs
    assert asked[0] == (0x1000, False, 4_321)
    assert asked[1:] == ([(7,)] if runs else [])


@pytest.mark.parametrize("number", [0, -1, -4_321])
def test_no_process_has_a_number_that_means_several(monkeypatch, number):
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("that would ask about a whole group"))
    mine = this_process()
    assert Owner(mine.host, number, "", mine.since).runs() is False


def test_what_is_no_owner_is_none():
    whole = this_process().as_plain()
    assert owner_of(whole) == this_process() or owner_of(whole) is not None
    for name in whole:
        assert owner_of({**whole, name: None}) is None
    assert owner_of({**whole, "process": True}) is None
    assert owner_of([whole]) is None


def test_a_start_that_cannot_be_told_is_empty_and_one_that_can_names_boot_and_ticks(monkeypatch):
    files = {"boot_id": b"a-boot\n", "stat": b"7 (a) b) S " + b" ".join(b"%d" % n for n in range(4, 23))}
    monkeypatch.setattr(FileOps, "read", lambda _self, path, _limit: files[path.name])
    assert started(7) == "a-boot/22"
    files["stat"] = b"7 (x) S 1 2 3"
    assert started(7) == ""

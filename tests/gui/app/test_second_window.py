"""Two windows on one project: the second is told of the first; a lock that is left over keeps nobody out."""

import os
import subprocess
import sys

import orjson
import pytest
from PySide6.QtWidgets import QApplication

from workbench.app import sharing
from workbench.commands.create import add_element
from workbench.files.owner import Owner, owner_of, started, this_process
from workbench.files.project import save_project
from workbench.model.elements import Cause
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "p.hazard.json"
    save_project(Store([Project(id=PROJECT_ID, title="Audit")]), made)
    return made


def lock_of(path):
    return path.with_name(f".{path.name}.lock")


def holder(path):
    return owner_of(orjson.loads(lock_of(path).read_bytes())) if lock_of(path).exists() else None


@pytest.fixture
def other_process(path):
    """Another process that runs and has the project open."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        me = this_process()
        owner = Owner(me.host, process.pid, started(process.pid), "2026-03-31T10:04:00+00:00")
        lock_of(path).write_bytes(orjson.dumps(owner.as_plain()))
        yield owner
        process.communicate(b"\n")


@pytest.fixture
def answer(monkeypatch):
    asked = []

    def answering(verb):
        def ask(_parent, _title, question, verbs, *, default=""):
            asked.append((question, tuple(verbs), default))
            return verb

        monkeypatch.setattr(sharing, "ask", ask)
        return asked

    return answering


def opened(open_project, qtbot, path):
    driver = open_project(path)
    qtbot.waitUntil(lambda: driver.window.docks.filled, timeout=5_000)
    return driver


def test_a_window_holds_the_lock_while_it_is_open(open_project, qtbot, path):
    driver = opened(open_project, qtbot, path)
    assert holder(path).process == os.getpid()
    driver.window.close()
    assert holder(path) is None


def test_the_second_window_is_told_host_process_and_since_when(open_project, qtbot, path, answer, other_process):
    asked = answer("Open read-only")
    driver = opened(open_project, qtbot, path)
    ((question, verbs, default),) = asked
    for part in (f"process {other_process.process}", other_process.host, "31 Mar 2026"):
        assert part in question
    assert (verbs, default) == (("Open read-only", "Open anyway"), "Open read-only")
    assert "only shows it" in driver.store.read_only
    assert not driver.window.action("file.save").isEnabled()
    assert "read-only" in driver.window.windowTitle()
    driver.window.close()
    assert holder(path) == other_process, "the other's lock is left alone"


def test_the_second_window_may_open_anyway(open_project, qtbot, path, answer, other_process):
    answer("Open anyway")
    driver = opened(open_project, qtbot, path)
    assert not driver.store.read_only
    assert holder(path).process == os.getpid()
    with driver.store.transaction("Add") as tx:
        add_element(tx, "cause", "A")
    assert driver.window.files.save()


def test_a_second_window_that_is_not_wanted_gives_way_to_the_start_page(app, qtbot, path, answer, other_process):
    asked = answer("")
    window = app.open(path)
    qtbot.waitUntil(lambda: window not in app.windows, timeout=5_000)
    assert len(asked) == 1
    (left,) = app.windows
    assert left.session.path is None
    assert holder(path) == other_process


def test_a_lock_of_a_process_that_is_gone_keeps_nobody_out(open_project, qtbot, path, answer):
    asked = answer("")
    gone = Owner(this_process().host, 2**22 + 1, "", "2026-03-31T10:04:00+00:00")
    lock_of(path).write_bytes(orjson.dumps(gone.as_plain()))
    driver = opened(open_project, qtbot, path)
    assert not asked
    assert not driver.store.read_only
    assert holder(path).process == os.getpid()


def test_one_process_shows_the_window_that_has_the_project_open(open_project, qtbot, path, tmp_path):
    driver = opened(open_project, qtbot, path)
    link = tmp_path / "link.hazard.json"
    link.symlink_to(path)
    assert driver.app.open(link) is driver.window
    assert driver.app.windows == [driver.window]


def test_save_as_takes_the_lock_along(open_project, qtbot, path, tmp_path, choose_file):
    driver = opened(open_project, qtbot, path)
    target = tmp_path / "q.hazard.json"
    choose_file(target)
    driver.run("file.save_as")
    assert holder(path) is None
    assert holder(target).process == os.getpid()


def test_an_untitled_document_has_a_lock_once_it_is_saved(open_project, tmp_path):
    driver = open_project()
    assert driver.window.files.write(tmp_path / "q.hazard.json")
    assert holder(tmp_path / "q.hazard.json").process == os.getpid()


@pytest.mark.parametrize("agreed", [True, False])
def test_saving_over_a_project_that_another_process_has_open_asks(
    open_project, path, other_process, monkeypatch, agreed
):
    asked = []

    def confirm(_parent, _title, question, _verb, *, careful=False):
        asked.append((question, careful))
        return agreed

    monkeypatch.setattr(sharing, "confirm", confirm)
    driver = open_project()
    before = path.read_bytes()
    assert driver.window.files.write(path) is agreed
    assert len(asked) == 1
    assert asked[0][1]
    assert (path.read_bytes() == before) is not agreed


def test_two_windows_of_one_process_on_one_file_share_the_lock(open_project, qtbot, path):
    first = opened(open_project, qtbot, path)
    second = first.app.new()
    assert second.files.write(path)
    second.close()
    assert holder(path).process == os.getpid()
    first.window.close()
    assert holder(path) is None


def test_what_the_second_window_saves_the_first_is_told(open_project, qtbot, path):
    first = opened(open_project, qtbot, path)
    second = first.app.new()
    with second.session.store.transaction("Add") as tx:
        add_element(tx, "cause", "From the second")
    assert second.files.write(path)
    first.window.files.outside.look()
    qtbot.waitUntil(lambda: first.window.files.changed_outside, timeout=5_000)
    first.window.files.outside.reload()
    assert [cause.title for cause in first.store.all(Cause)] == ["From the second"]
    QApplication.processEvents()

"""A document that may not be changed here can be saved elsewhere, and the window goes on with the new file."""

import orjson
import pytest
from PySide6.QtWidgets import QPushButton

from workbench.app import sharing
from workbench.commands.create import create_on_diagram, new_diagram
from workbench.files.owner import Owner
from workbench.files.project import load_project, save_project
from workbench.files.revisions import Revisions
from workbench.model.drawing import Diagram
from workbench.model.elements import Cause
from workbench.model.judgement import PROJECT_ID, Project
from workbench.panels.common import allow_change
from workbench.store.store import Store


@pytest.fixture
def path(tmp_path):
    store = Store([Project(id=PROJECT_ID, title="Audit")])
    with store.transaction("Start") as tx:
        create_on_diagram(tx, new_diagram(tx, "Main"), "cause", 0, 0, title="Old")
    save_project(store, tmp_path / "p.hazard.json")
    return tmp_path / "p.hazard.json"


@pytest.fixture
def newer(path):
    """The same project as a later major version writes it."""
    plain = orjson.loads(path.read_bytes())
    plain["version"]["major"] = 2
    next(iter(plain["records"]["cause"].values()))["colour of tomorrow"] = ["mauve"]
    path.write_bytes(b"  " + orjson.dumps(plain))
    return path


@pytest.fixture
def target(tmp_path, choose_file):
    made = tmp_path / "elsewhere" / "q.hazard.json"
    made.parent.mkdir()
    choose_file(made)
    return made


def opened(open_project, qtbot, path):
    driver = open_project(path)
    qtbot.waitUntil(lambda: driver.window.docks.filled, timeout=5_000)
    return driver


def add_cause(driver):
    with driver.store.transaction("Add") as tx:
        create_on_diagram(tx, driver.window.session.diagram, "cause", 0, 200, title="New")


def test_a_project_of_a_newer_major_is_copied_byte_for_byte(open_project, qtbot, newer, target):
    driver = opened(open_project, qtbot, newer)
    driver.run("file.save_as")
    assert target.read_bytes() == newer.read_bytes()
    assert driver.window.session.path == target
    assert "version 2.0" in driver.store.read_only, "this program still cannot write it"
    assert not driver.window.action("file.save").isEnabled()
    driver.run("file.save_as")
    assert target.read_bytes() == newer.read_bytes()


def test_a_newer_file_that_changed_meanwhile_is_not_passed_off_as_what_is_shown(
    open_project, qtbot, newer, target, errors
):
    driver = opened(open_project, qtbot, newer)
    newer.write_bytes(newer.read_bytes() + b"\n")
    driver.run("file.save_as")
    assert not target.exists()
    assert len(errors) == 1
    assert "changed since it was opened here" in errors[0]
    assert driver.window.session.path == newer


def test_a_copy_of_a_newer_sample_writes_nothing_it_does_not_understand(app, qtbot, newer, target, errors):
    window = app.open_copy(newer)
    qtbot.waitUntil(lambda: window.docks.filled, timeout=5_000)
    assert not window.files.save_as()
    assert not target.exists()
    assert "version 2.0" in errors[0]


@pytest.fixture
def held(path, monkeypatch):
    """Another window has the project, and the user looks at it here."""
    monkeypatch.setattr("workbench.files.lock.ProjectLock.take", lambda lock, *, over=False: None if over else _OTHER)
    monkeypatch.setattr(sharing, "ask", lambda *_, **__: "Open read-only")
    return path


_OTHER = Owner("elsewhere", 7, "", "2026-03-31T10:04:00+00:00")


def test_a_project_that_another_window_holds_is_saved_elsewhere_and_goes_on_there(open_project, qtbot, held, target):
    driver = opened(open_project, qtbot, held)
    before = held.read_bytes()
    palette = driver.window.docks.contents.palette
    assert driver.store.read_only
    assert not palette.button("cause").isEnabled()
    driver.run("file.save_as")
    assert driver.store.read_only == ""
    assert "read-only" not in driver.window.windowTitle()
    assert driver.window.session.path == target
    assert palette.button("cause").isEnabled()
    add_cause(driver)
    driver.run("file.save")
    assert {cause.title for cause in load_project(target).store.all(Cause)} == {"Old", "New"}
    assert held.read_bytes() == before


def test_fields_can_be_edited_once_the_document_has_a_file_of_its_own(open_project, qtbot, held, target):
    driver = opened(open_project, qtbot, held)
    driver.window.session.select([driver.by_title("Old").id])
    driver.turn()
    editors = driver.window.docks.contents.inspector._form.editors
    assert editors
    locked = [editor for _, editor in editors if hasattr(editor, "_line") and editor._line.isReadOnly()]
    assert locked
    driver.run("file.save_as")
    assert not any(editor._line.isReadOnly() for editor in locked)


def test_a_write_protected_project_is_saved_elsewhere(open_project, qtbot, path, target, monkeypatch):
    monkeypatch.setattr("workbench.files.fileops.FileOps.writable", lambda _, file: file != path)
    driver = opened(open_project, qtbot, path)
    add_cause(driver)
    driver.run("file.save_as")
    assert "write-protected" not in driver.window.windowTitle()
    assert len(list(load_project(target).store.all(Cause))) == 2


def test_a_revision_that_is_looked_at_becomes_a_project_of_its_own(open_project, qtbot, path, target):
    driver = opened(open_project, qtbot, path)
    shown = driver.app.show_read_only(load_project(path), "Revision 1", "Revision 1 cannot be changed.")
    qtbot.waitUntil(lambda: shown.docks.filled, timeout=5_000)
    assert shown.files.save_as()
    assert shown.session.store.read_only == ""
    assert shown.session.path == target
    assert load_project(target).store.all(Diagram)
    assert Revisions(target).all() == []


def test_what_was_off_for_another_reason_stays_off(open_project, qtbot, held, target):
    driver = opened(open_project, qtbot, held)
    button = QPushButton(driver.window)
    allow_change(button, driver.store.read_only, when=False)
    driver.run("file.save_as")
    assert not button.isEnabled()
    assert button.toolTip() == ""

"""A comparison of large projects is drawn beside the window: it goes on, can be cancelled, and follows edits later."""

import threading

import pytest

from tests.generator import make_project
from workbench.app import comparing
from workbench.canvas import change_scenes
from workbench.canvas.scene import Scene
from workbench.commands.edit import rename
from workbench.files.project import save_project
from workbench.model.drawing import Diagram
from workbench.model.elements import Cause
from workbench.panels import change_page, progress
from workbench.store.store import Store


@pytest.fixture
def built(monkeypatch):
    """Threads in which pictures were made, by name."""
    found = []

    class Noted(Scene):
        def __init__(self, picture=None):
            found.append(threading.current_thread() is threading.main_thread())
            super().__init__(picture) if picture is not None else super().__init__()

    monkeypatch.setattr(change_scenes, "Scene", Noted)
    monkeypatch.setattr(change_scenes, "LARGE", 100)
    monkeypatch.setattr(comparing, "LARGE", 100)
    return found


@pytest.fixture
def driver(open_project, tmp_path):
    """A project of 60 elements, and a file with other titles of its causes."""
    store = Store(make_project(60))
    path, other = tmp_path / "p.hazard.json", tmp_path / "other.hazard.json"
    save_project(store, path)
    with store.transaction("Rename") as tx:
        for cause in list(store.all(Cause)):
            rename(tx, cause.id, f"Otherwise {cause.title}")
    save_project(store, other)
    made = open_project(path)
    made.other = other
    return made


def compare(driver):
    driver.window.revisions.comparing.compare_with(driver.other)
    driver.turn(8)
    return driver.window.revisions.comparing.panel


def test_every_picture_is_made_beside_the_window(driver, built):
    page = compare(driver)
    assert built == [False]
    assert len(page.view.artist.marks) >= driver.store.count("cause")
    driver.run("compare.old")
    assert page.view.side == "old"
    driver.run("compare.new")
    driver.run("compare.changes")
    assert built == [False] * 3, "each once"


def test_who_does_not_want_to_wait_stays_where_he_was(driver, built, monkeypatch):
    page = compare(driver)
    monkeypatch.setattr(change_page, "work_beside", lambda *_, **__: (None, False))
    driver.run("compare.old")
    assert page.view.side == "changes"
    assert page.sides["changes"].isChecked()
    assert built == [False]


def test_cancel_shows_no_comparison(driver, built, monkeypatch):
    def cancel(work, **_):
        work(lambda: True)
        return None, False

    monkeypatch.setattr(comparing, "work_beside", cancel)
    driver.window.revisions.comparing.compare_with(driver.other)
    driver.turn()
    assert driver.view.isVisible()
    assert built == [], "nothing is drawn that nobody wants"


def test_an_edit_is_followed_beside_the_window(driver, built, qtbot):
    page = compare(driver)
    (diagram,) = driver.store.all(Diagram)
    cause = next(driver.store.all(Cause))
    count = len(page.list.rows.rows)
    with driver.store.transaction("Rename") as tx:
        rename(tx, cause.id, f"Otherwise {cause.title}")
    page.flush()
    assert len(page.list.rows.rows) == count, "not in the turn of the edit"
    qtbot.waitUntil(lambda: len(page.list.rows.rows) == count - 1, timeout=10_000)
    assert built == [False, False]
    assert page.view.diagram == diagram.id
    assert cause.id not in page.view.artist.marks


def test_the_keyboard_goes_back_to_the_window_after_the_progress(driver, built, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE_MS", 0)
    page = compare(driver)
    assert driver.window.isActiveWindow()
    assert page.list.hasFocus()

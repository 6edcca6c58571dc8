"""The review of a large merge is prepared beside the window; its list stands for ten thousand elements."""

import threading

import pytest
from PySide6.QtCore import Qt

from tests.generator import make_project
from workbench.analysis import conflicts
from workbench.canvas import conflict_view, scene
from workbench.commands.edit import rename
from workbench.files import merge as merging_files
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause
from workbench.model.review import Conflict
from workbench.panels import merge_page
from workbench.store.store import Store


@pytest.fixture
def driver(open_project, tmp_path, monkeypatch):
    """A project of 60 elements whose causes both this window and another program named anew."""
    monkeypatch.setattr(merge_page, "_MANY", 3)
    monkeypatch.setattr(merge_page, "_LARGE", 100)
    monkeypatch.setattr("workbench.app.outside._LARGE", 100)
    path = tmp_path / "p.hazard.json"
    save_project(Store(make_project(60)), path)
    made = open_project(path)
    with made.store.transaction("Rename") as tx:
        for cause in list(made.store.all(Cause)):
            rename(tx, cause.id, f"Ours {cause.title}")
    other = load_project(path)
    with other.store.transaction("Rename") as tx:
        for cause in list(other.store.all(Cause)):
            rename(tx, cause.id, f"Theirs {cause.title}")
    save_project(other.store, path, other.header)
    return made


@pytest.fixture
def beside(monkeypatch):
    """What was made in another thread than the window's."""
    found = []

    def noted(name, work):
        def call(*arguments, **more):
            if threading.current_thread() is not threading.main_thread():
                found.append(name)
            return work(*arguments, **more)

        return call

    monkeypatch.setattr(merging_files, "merge", noted("merge", merging_files.merge))
    monkeypatch.setattr(merge_page, "told", noted("words", conflicts.told))
    monkeypatch.setattr(conflict_view, "Scene", noted("picture", scene.Scene))
    return found


def test_merging_words_and_picture_are_made_beside_the_window(driver, beside):
    count = driver.store.count("cause")
    driver.window.files.outside.merge()
    driver.turn(8)
    assert beside.count("merge") == 1
    assert beside.count("words") == count
    assert beside.count("picture") == 1
    page = driver.window.merging.panel
    assert page.isVisible()
    assert page.counted.text() == f"0 of {count} settled"
    assert page.view.place_drawn(page.view.disputed.place(page.current))
    assert page.view.session.selection
    assert len(page.list.rows.entries) == count
    driver.key(Qt.Key.Key_2)
    assert page.counted.text() == f"1 of {count} settled"
    assert beside.count("picture") == 1, "the picture is kept"


def test_who_cancels_keeps_the_conflicts_and_the_diagram(driver, monkeypatch):
    monkeypatch.setattr("workbench.panels.progress.work_beside", lambda work, **_: (work(lambda: True), True))
    driver.window.merging.panel  # noqa: B018 - it is made
    driver.window.files.outside.merge()
    driver.window.merging.hide()
    driver.turn()
    monkeypatch.setattr("workbench.panels.progress.work_beside", lambda *_, **__: (None, False))
    with driver.store.transaction("One more") as tx:
        tx.put(next(driver.store.all(Conflict)).replace(base="Otherwise"))
    monkeypatch.setattr(type(driver.window.merging.panel), "to_prepare", lambda _: True)
    driver.run("merge.view")
    assert driver.view.isVisible()
    assert driver.store.count("conflict")


def test_the_list_is_walked_by_keys_and_says_what_is_settled(driver):
    driver.window.files.outside.merge()
    driver.turn(8)
    page = driver.window.merging.panel
    page.list.setFocus()
    first = page.told.group
    driver.key(Qt.Key.Key_Down)
    assert page.told.group != first
    driver.key(Qt.Key.Key_Home)
    assert page.told.group == first
    rows = page.list.rows
    driver.key(Qt.Key.Key_1)
    assert rows.data(rows.index(0, 1)) == "✓ 1"
    assert rows.data(rows.index(1, 1)) == "0 of 1"
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole).endswith("1 of 1 settled")
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.ToolTipRole)

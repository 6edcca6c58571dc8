"""A file that another program writes while it is open: told by its content, and whatever is answered loses no edit."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from workbench.app import documents, outside, safekeeping
from workbench.commands.create import add_element
from workbench.commands.edit import rename
from workbench.files import aside
from workbench.files.errors import NoTemporaryFileError
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause
from workbench.model.review import Conflict
from workbench.panels.notice_bar import NoticeBar
from workbench.store.store import ReadOnlyError


def add(store, title):
    with store.transaction(f"Add {title}") as tx:
        return add_element(tx, "cause", title)


def titles(store):
    return sorted(record.title for record in store.all(Cause))


def write_outside(path, change):
    """Another program opens the file, changes it and saves it."""
    loaded = load_project(path)
    change(loaded.store)
    save_project(loaded.store, path, loaded.header)


def bar(driver):
    """The bar over the diagram; None where nothing is said."""
    found = driver.window.findChildren(NoticeBar)
    return found[0] if found and found[0].isVisible() else None


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "state_folder", lambda: tmp_path / "state")
    return tmp_path / "state" / "kept"


@pytest.fixture
def project(open_project, tmp_path):
    """A saved project open in a window, with one cause."""
    driver = open_project()
    driver.path = tmp_path / "p.hazard.json"
    driver.cause = add(driver.store, "On disk")
    assert driver.window.files.write(driver.path)
    return driver


@pytest.fixture
def answer(monkeypatch):
    """Answers the question; returns what was asked."""
    asked = []

    def answering(verb):
        def ask(_parent, _title, question, verbs, *, default=""):
            asked.append((question, tuple(verbs), default))
            return verb

        monkeypatch.setattr(outside, "ask", ask)
        return asked

    return answering


def look(driver, qtbot):
    watch = driver.window.files.outside
    watch.look()
    qtbot.waitUntil(lambda: watch._work is None, timeout=5_000)
    driver.turn()


def press(driver, verb):
    shown = bar(driver)
    (found,) = [one for one in shown.findChildren(QPushButton) if one.text() == verb and one.isVisible()]
    found.click()
    driver.turn()


def test_a_file_that_only_has_another_time_is_not_told(project, qtbot):
    os.utime(project.path, (1, 1))
    look(project, qtbot)
    assert bar(project) is None
    assert not project.window.action("file.changed_outside").isEnabled()


def test_a_window_that_comes_to_the_front_tells_by_the_content(project, qtbot):
    stamp = project.path.stat()
    write_outside(project.path, lambda store: add(store, "Theirs"))
    os.utime(project.path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    qtbot.waitUntil(lambda: project.window.docks.filled, timeout=5_000)
    other = project.app.new()
    qtbot.waitExposed(other)
    other.activateWindow()
    project.turn()
    project.window.activateWindow()
    qtbot.waitUntil(lambda: bar(project) is not None, timeout=5_000)
    assert "changed by another program" in bar(project).accessibleName()
    qtbot.waitUntil(lambda: project.window.action("file.changed_outside").isEnabled(), timeout=5_000)


def test_a_window_that_stays_in_front_tells_while_it_is_edited(project, qtbot, monkeypatch):
    write_outside(project.path, lambda store: add(store, "Theirs"))
    monkeypatch.setattr(outside, "_AGAIN", float("inf"))
    add(project.store, "Mine")
    assert project.window.files.outside._work is None  # not at every edit
    monkeypatch.setattr(outside, "_AGAIN", 0.0)
    add(project.store, "Mine too")
    qtbot.waitUntil(lambda: bar(project) is not None, timeout=5_000)
    press(project, "Merge")
    assert titles(project.store) == ["Mine", "Mine too", "On disk", "Theirs"]


def test_reload_is_one_step_that_undo_takes_back(project, qtbot):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Reload")
    assert titles(project.store) == ["On disk", "Theirs"]
    assert not project.window.session.modified
    assert bar(project) is None
    project.run("edit.undo")
    assert titles(project.store) == ["Mine", "On disk"]
    assert project.window.session.modified


def test_merge_takes_both_in_one_step(project, qtbot):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Merge")
    assert titles(project.store) == ["Mine", "On disk", "Theirs"]
    assert project.window.session.modified
    assert project.window.files.save(), "the file has been taken in: nothing is asked"
    assert titles(load_project(project.path).store) == ["Mine", "On disk", "Theirs"]
    project.run("edit.undo")
    assert titles(project.store) == ["Mine", "On disk"]


def test_what_was_undone_after_a_merge_is_not_said_to_be_in_the_file(project, qtbot):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Merge")
    project.run("edit.undo")
    project.run("edit.undo")
    assert titles(project.store) == ["On disk"]
    assert project.window.session.modified


def test_both_changed_the_same_is_a_conflict_and_the_view_that_settles_it_comes_up(project, qtbot):
    with project.store.transaction("Rename") as tx:
        rename(tx, project.cause, "Mine")

    def theirs(store):
        with store.transaction("Rename") as tx:
            rename(tx, project.cause, "Theirs")

    write_outside(project.path, theirs)
    look(project, qtbot)
    press(project, "Merge")
    (conflict,) = project.store.all(Conflict)
    assert (conflict.ours, conflict.theirs) == ("Mine", "Theirs")
    assert titles(project.store) == ["Mine"]
    assert "1 conflict" in project.notices[-1]
    review = project.window.merging
    assert review.shown
    assert review.panel.isVisible()
    assert (review.panel.told.what, review.panel.counted.text()) == ("Title", "0 of 1 settled")
    project.key(Qt.Key.Key_2)
    assert titles(project.store) == ["Theirs"]


def test_a_merge_on_the_way_to_a_save_shows_what_it_left_open_and_saves_nothing(project, answer):
    with project.store.transaction("Rename") as tx:
        rename(tx, project.cause, "Mine")

    def theirs(store):
        with store.transaction("Rename") as tx:
            rename(tx, project.cause, "Theirs")

    write_outside(project.path, theirs)
    answer("Merge")
    assert not project.window.files.save()
    assert project.window.merging.shown
    assert titles(load_project(project.path).store) == ["Theirs"]


def test_the_base_of_a_merge_is_what_was_last_read_or_saved(project, qtbot):
    """A title changed and saved here is no edit of ours any more when they change it after that."""
    with project.store.transaction("Rename") as tx:
        rename(tx, project.cause, "Saved")
    assert project.window.files.save()
    add(project.store, "Mine")

    def theirs(store):
        with store.transaction("Rename") as tx:
            rename(tx, project.cause, "Theirs")

    write_outside(project.path, theirs)
    look(project, qtbot)
    press(project, "Merge")
    assert titles(project.store) == ["Mine", "Theirs"]
    assert not list(project.store.all(Conflict))


def test_keep_mine_puts_their_file_aside_before_it_is_written_over(project, qtbot, kept, errors):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    theirs = project.path.read_bytes()
    look(project, qtbot)
    press(project, "Keep mine")
    assert bar(project) is None
    assert project.window.session.modified
    look(project, qtbot)
    assert bar(project) is None, "answered is answered"
    assert project.window.files.save()
    assert titles(load_project(project.path).store) == ["Mine", "On disk"]
    (copy,) = kept.iterdir()
    assert copy.read_bytes() == theirs
    assert str(copy) in project.notices[-1]
    add(project.store, "More")
    assert project.window.files.save()
    assert len(list(kept.iterdir())) == 1, "only what another program wrote is put aside"


def test_their_file_stays_where_it_cannot_be_put_aside(project, qtbot, kept, errors, monkeypatch):
    monkeypatch.setattr(safekeeping, "_PATIENCE", 30.0)
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Keep mine")
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"in the way")
    before = project.path.read_bytes()
    assert not project.window.files.save()
    assert project.path.read_bytes() == before
    assert "safe in the journal" in errors[-1]


def test_a_file_that_changes_again_is_told_again(project, qtbot):
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Keep mine")
    write_outside(project.path, lambda store: add(store, "Theirs too"))
    look(project, qtbot)
    assert bar(project) is not None


def test_what_can_be_answered_follows_what_is_done_meanwhile(project, qtbot):
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    assert "Merge" not in [one.text() for one in bar(project).findChildren(QPushButton) if one.isVisible()]
    add(project.store, "Mine")
    project.turn()
    press(project, "Merge")
    assert titles(project.store) == ["Mine", "On disk", "Theirs"]


def test_not_now_asks_when_it_is_saved(project, qtbot, answer):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    before = project.path.read_bytes()
    look(project, qtbot)
    press(project, "Not now")
    assert bar(project) is None
    asked = answer("")
    assert not project.window.files.save()
    ((question, verbs, default),) = asked
    assert (verbs, default) == (("Merge", "Reload", "Keep mine", "Save as…"), "")
    assert "p.hazard.json was changed by another program" in question
    assert project.path.read_bytes() == before


@pytest.mark.parametrize(
    ("verb", "saved", "inside", "on_disk"),
    [
        ("Merge", True, ["Mine", "On disk", "Theirs"], ["Mine", "On disk", "Theirs"]),
        ("Keep mine", True, ["Mine", "On disk"], ["Mine", "On disk"]),
        ("Reload", False, ["On disk", "Theirs"], ["On disk", "Theirs"]),
    ],
)
def test_the_answer_given_when_saving(project, answer, verb, saved, inside, on_disk):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    answer(verb)
    assert project.window.files.save() is saved
    assert titles(project.store) == inside
    assert titles(load_project(project.path).store) == on_disk
    assert not project.window.session.modified


def test_save_as_keeps_both_files(project, answer, choose_file, tmp_path):
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    answer("Save as…")
    choose_file(tmp_path / "mine.hazard.json")
    assert project.window.files.save()
    assert titles(load_project(project.path).store) == ["On disk", "Theirs"]
    assert titles(load_project(tmp_path / "mine.hazard.json").store) == ["Mine", "On disk"]


def test_a_save_that_would_meet_conflicts_waits_for_the_user(project, answer):
    with project.store.transaction("Rename") as tx:
        rename(tx, project.cause, "Mine")

    def theirs(store):
        with store.transaction("Rename") as tx:
            rename(tx, project.cause, "Theirs")

    write_outside(project.path, theirs)
    answer("Merge")
    assert not project.window.files.save()
    assert titles(load_project(project.path).store) == ["Theirs"]


@pytest.mark.parametrize("verb", ["Merge", "Reload"])
def test_a_file_that_cannot_be_read_leaves_the_window_as_it_is(project, answer, errors, verb):
    add(project.store, "Mine")
    project.path.write_bytes(b"{")
    answer(verb)
    assert not project.window.files.save()
    assert titles(project.store) == ["Mine", "On disk"]
    assert project.window.session.modified
    assert errors


def test_a_large_file_is_read_beside_the_window(project, qtbot, answer, monkeypatch):
    monkeypatch.setattr(outside, "_LARGE", 10)
    add(project.store, "Mine")
    write_outside(project.path, lambda store: add(store, "Theirs"))
    answer("Merge")
    assert project.window.files.save()
    assert titles(load_project(project.path).store) == ["Mine", "On disk", "Theirs"]


def test_a_file_that_is_gone_is_told_and_written_again(project, qtbot):
    project.path.unlink()
    look(project, qtbot)
    assert "Save writes it again" in project.notices[-1]
    assert project.window.files.save()
    assert project.path.exists()


def test_a_read_only_window_follows_its_file(project, qtbot):
    project.store.read_only = "It is open elsewhere."
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    press(project, "Reload")
    assert titles(project.store) == ["On disk", "Theirs"]
    with pytest.raises(ReadOnlyError):
        add(project.store, "Mine")


@pytest.mark.parametrize("agreed", [True, False])
def test_a_file_is_written_over_only_after_asking(project, monkeypatch, agreed):

    def no_room(store, path, header, *, in_place=None):
        if in_place is None:
            raise NoTemporaryFileError(f"{path} was not saved: its folder takes no new file beside it.")
        return save_project(store, path, header, in_place=in_place)

    asked = []

    def confirm(_parent, _title, question, _verb, *, careful=False):
        asked.append((question, careful))
        return agreed

    monkeypatch.setattr(documents, "save_project", no_room)
    monkeypatch.setattr(documents, "confirm", confirm)
    add(project.store, "Mine")
    assert project.window.files.save() is agreed
    ((question, careful),) = asked
    assert "power failure" in question
    assert careful
    assert project.window.session.modified is not agreed
    assert titles(load_project(project.path).store) == (["Mine", "On disk"] if agreed else ["On disk"])


def test_cancelling_the_question_leaves_the_bar(project, qtbot, answer):
    write_outside(project.path, lambda store: add(store, "Theirs"))
    look(project, qtbot)
    answer("")
    project.window.files.settle_outside()
    assert bar(project) is not None
    assert project.window.files.changed_outside

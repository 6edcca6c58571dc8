"""After a crash the work is offered, shown, and brought back with its undo steps; no file changes by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from workbench.app import lost_work
from workbench.commands.create import add_element
from workbench.files import aside, journal
from workbench.files.journal import Journal
from workbench.files.owner import Owner
from workbench.files.project import load_project, save_project
from workbench.files.recovery import scan_recoverable
from workbench.model.elements import Cause
from workbench.model.judgement import PROJECT_ID, Project
from workbench.panels.notice_bar import NoticeBar
from workbench.panels.recovery_dialog import RecoveryDialog
from workbench.store.store import Store


@pytest.fixture(autouse=True)
def crashed(tmp_path, monkeypatch):
    """Journals lie in a folder of this test's own, and look like those of a process that is gone."""
    for module in (journal, aside):
        monkeypatch.setattr(module, "state_folder", lambda: tmp_path / "state")
    monkeypatch.setattr(Owner, "runs", lambda _: False)
    return tmp_path / "state" / "journals"


def add(store, title):
    with store.transaction(f"Add {title}") as tx:
        add_element(tx, "cause", title)


def titles(store):
    return sorted(record.title for record in store.all(Cause))


def crash(path=None, edits=("A", "B"), title="Audit"):
    """A window that edited a document and was gone before it saved it."""
    store, as_read = Store([Project(id=PROJECT_ID, title=title)]), ""
    if path is not None:
        as_read = save_project(store, path).content_hash
    left = Journal.open(store, path, None, as_read)
    for edit in edits:
        add(store, edit)
    assert left.flush()
    left.close(keep=True)


def dialog():
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, RecoveryDialog) and one.isVisible()]
    return found[0] if found else None


@pytest.fixture
def offered(open_project, qtbot):
    """A window that was just started, and the dialog over it."""

    def offering():
        driver = open_project()
        driver.app.lost_work.look(driver.window)
        qtbot.waitUntil(lambda: dialog() is not None, timeout=5_000)
        return driver

    return offering


def rows(shown):
    return [shown.edits.item(row).text() for row in range(shown.edits.count())]


def test_the_dialog_says_what_would_come_back(offered, tmp_path):
    crash(tmp_path / "p.hazard.json", ("A", "B", "B"))
    offered()
    shown = dialog()
    assert shown.windowTitle() == "Unsaved work was found"
    assert shown.documents.count() == 1
    assert shown.documents.item(0).text().startswith("p.hazard.json\n3 edits, ")
    assert shown.where.text() == str(tmp_path / "p.hazard.json")
    assert rows(shown) == ["Add B (× 2)", "Add A"]
    shown.reject()


def test_the_dialog_says_what_each_edit_was_done_to(offered, qtbot):
    store = Store([Project(id=PROJECT_ID, title="Audit")])
    left = Journal.open(store)
    for title in ("Copied keys", "Copied keys in the log"):  # typed one after the other
        with store.transaction("Add cause", merge_key="new") as tx:
            tx.put(Cause(id="c", title=title))
    assert left.flush()
    left.close(keep=True)
    offered()
    shown = dialog()
    qtbot.waitUntil(lambda: rows(shown) == ["Add cause “Copied keys in the log”"], timeout=5_000)
    assert shown.documents.item(0).text().startswith("Audit\n1 edit, ")
    assert shown.count.text() == "1 edit would come back, newest first:"
    shown.reject()


def test_restore_brings_an_untitled_document_back_with_its_undo_steps(offered, qtbot):
    crash()
    driver = offered()
    QTest.keyClick(dialog(), Qt.Key.Key_Return)
    driver.turn(8)
    assert dialog() is None
    (window,) = driver.app.windows  # the untouched one gave way
    assert titles(window.session.store) == ["A", "B"]
    assert window.windowTitle() == "Audit (recovered)[*]"
    assert window.isWindowModified()
    assert window.session.path is None
    window.session.store.undo()
    assert titles(window.session.store) == ["A"]
    assert window.session.modified


def test_restore_changes_no_file_until_it_is_saved(offered, tmp_path, crashed):
    path = tmp_path / "p.hazard.json"
    crash(path)
    before = path.read_bytes()
    driver = offered()
    dialog().restore.click()
    driver.turn(8)
    (window,) = driver.app.windows
    assert path.read_bytes() == before
    assert window.windowTitle().startswith("p.hazard.json (recovered)")
    assert window.files.save()
    assert titles(load_project(path).store) == ["A", "B"]
    assert window.windowTitle() == "p.hazard.json[*]"
    window.close()
    assert list(crashed.iterdir()) == []


def test_a_crash_after_a_restore_loses_nothing(offered, tmp_path):
    crash(tmp_path / "p.hazard.json")
    driver = offered()
    dialog().restore.click()
    driver.turn(8)
    (window,) = driver.app.windows
    add(window.session.store, "C")
    assert window.safekeeping.begin().flush()
    (left,) = scan_recoverable()
    assert titles(left.restore().store) == ["A", "B", "C"]


def test_the_window_that_shows_the_file_gives_way_to_what_was_restored(open_project, qtbot, tmp_path):
    path = tmp_path / "p.hazard.json"
    crash(path)
    driver = open_project(path)
    driver.app.lost_work.look(driver.window)
    qtbot.waitUntil(lambda: dialog() is not None, timeout=5_000)
    dialog().restore.click()
    driver.turn(8)
    (window,) = driver.app.windows
    assert titles(window.session.store) == ["A", "B"]
    assert dialog() is None


def test_a_file_changed_since_is_told_and_can_be_merged(offered, qtbot, tmp_path):
    path = tmp_path / "p.hazard.json"
    crash(path)
    loaded = load_project(path)
    add(loaded.store, "Theirs")
    save_project(loaded.store, path)
    driver = offered()
    dialog().restore.click()
    driver.turn(8)
    (window,) = driver.app.windows
    qtbot.waitUntil(lambda: window.files.changed_outside, timeout=5_000)
    (bar,) = window.findChildren(NoticeBar)
    verbs = {one.text(): one for one in bar.findChildren(QAbstractButton)}
    assert {"Merge", "Save as…"} <= set(verbs)
    verbs["Merge"].click()
    driver.turn()
    assert titles(window.session.store) == ["A", "B", "Theirs"]
    assert window.files.save()
    assert titles(load_project(path).store) == ["A", "B", "Theirs"]


def test_later_offers_it_again_from_the_menu(offered, qtbot):
    crash()
    driver = offered()
    QTest.keyClick(dialog(), Qt.Key.Key_Escape)
    driver.turn()
    assert dialog() is None
    driver.run("file.recover")
    qtbot.waitUntil(lambda: dialog() is not None, timeout=5_000)
    dialog().later.click()
    assert len(scan_recoverable()) == 1


def test_later_offers_it_again_on_the_start_page(offered, qtbot):
    crash()
    driver = offered()
    dialog().later.click()
    driver.turn()
    driver.run("file.welcome")
    cards = {one.accessibleName(): one for one in driver.window.centre.currentWidget().findChildren(QAbstractButton)}
    assert cards["Recover unsaved work…"].isVisible()
    cards["Recover unsaved work…"].click()
    qtbot.waitUntil(lambda: dialog() is not None, timeout=5_000)
    dialog().restore.click()
    driver.turn(8)
    assert not driver.app.lost_work.found


@pytest.mark.parametrize("agreed", [True, False])
def test_discard_asks(offered, monkeypatch, agreed):
    crash()
    asked = []

    def confirm(_parent, _title, question, _verb, *, careful=False):
        asked.append((question, careful))
        return agreed

    monkeypatch.setattr(lost_work, "confirm", confirm)
    driver = offered()
    dialog().discard.click()
    driver.turn()
    assert asked == [("Forget 2 edits of Audit? They cannot be brought back after that.", True)]
    assert bool(scan_recoverable()) is not agreed
    assert (dialog() is None) is agreed
    if not agreed:
        dialog().reject()


def test_of_several_documents_each_is_settled_by_itself(offered, tmp_path, monkeypatch):
    for name in "pqr":
        crash(tmp_path / f"{name}.hazard.json")
    monkeypatch.setattr(lost_work, "confirm", lambda *_, **__: True)
    driver = offered()
    shown = dialog()
    assert shown.documents.count() == 3
    QTest.keyClick(shown.documents, Qt.Key.Key_Down)
    wanted = shown.where.text()
    shown.restore.click()
    driver.turn(8)
    assert [str(window.session.path) for window in driver.app.windows if window.session.path] == [wanted]
    assert shown.isVisible()
    assert shown.where.text() != wanted
    shown.discard.click()
    driver.turn()
    assert shown.documents.count() == 1
    shown.later.click()
    assert len([left for left in scan_recoverable() if str(left.path) != wanted]) == 1


def test_what_cannot_be_brought_back_is_told_and_stays(offered, tmp_path, errors, monkeypatch, crashed):
    said = []
    monkeypatch.setattr(lost_work, "show_error", lambda _parent, _title, text: said.append(text))
    crash(tmp_path / "p.hazard.json")
    for base in crashed.glob("*.base.json"):
        base.unlink()
    (tmp_path / "p.hazard.json").unlink()
    driver = offered()
    dialog().restore.click()
    driver.turn()
    assert "cannot be brought back" in said[0]
    assert dialog() is not None
    dialog().reject()


def test_without_lost_work_that_is_said(open_project, qtbot):
    driver = open_project()
    driver.run("file.recover")
    qtbot.waitUntil(lambda: "No unsaved work was found." in driver.notices, timeout=5_000)
    assert dialog() is None

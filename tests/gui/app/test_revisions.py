"""Revisions and the comparison of two versions in the whole program: real keys, real files, one undo step."""

import shutil
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QInputDialog, QLabel

from workbench import paths
from workbench.app import asking as asking_module
from workbench.files.canonical import canonical_bytes
from workbench.files.revisions import Revisions
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Hazard
from workbench.panels.revision_dialog import RevisionDialog, Wanted

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def told(monkeypatch):
    """Errors that would have been shown."""
    said = []
    for name in ("revisions", "comparing", "steps"):
        monkeypatch.setattr(f"workbench.app.{name}.show_error", lambda _parent, _title, text: said.append(text))
    monkeypatch.setattr("workbench.app.revisions.confirm", lambda *_: True)
    return said


@pytest.fixture
def driver(open_project, tmp_path, told):
    """The sample, in a file of its own."""
    path = tmp_path / "p.hazard.json"
    shutil.copyfile(paths.sample("code-synthesis-llm.hazard.json"), path)
    driver = open_project(path)
    driver.told = told
    return driver


def kept(driver):
    return Revisions(driver.window.session.path)


def save(driver, monkeypatch, message, baseline=""):
    monkeypatch.setattr(RevisionDialog, "show_modal", lambda _self: Wanted(message, "Ada", baseline))
    driver.run("revisions.save")


def retitle(driver, title="Said otherwise"):
    cause = next(driver.store.all(Cause))
    with driver.store.transaction("Edit") as tx:
        tx.patch(cause.id, title=title)
    driver.turn()
    return cause.id


def panel(driver):
    driver.run("revisions.show")
    driver.turn(8)
    return driver.window.docks.contents.revisions


def page(driver):
    return driver.window.revisions.comparing.panel


def test_the_empty_dock_teaches_and_nothing_of_it_is_loaded_before_it_is_seen(driver):
    assert driver.window._revisions is None
    shown = panel(driver)
    said = " ".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())
    assert "No revisions yet" in said
    assert shown.chosen() == []


def test_a_revision_is_the_document_as_it_is_in_the_window(driver, monkeypatch):
    retitle(driver)  # not saved to the file
    save(driver, monkeypatch, "After the review", "Review May")
    (found,) = kept(driver).all()
    assert (found.message, found.author, found.baselines) == ("After the review", "Ada", ("Review May",))
    loaded = kept(driver).load(found).store
    assert canonical_bytes(loaded.records.values()) == canonical_bytes(driver.store.records.values())
    assert driver.window.session.modified
    row = panel(driver).list.rows_model.rows[0]
    assert (row.title, row.message, row.baselines) == ("Revision 1", "After the review", ("Review May",))
    assert "Saved revision 1" in driver.notices


def test_what_a_command_saved_meanwhile_is_there_when_the_window_is_used_again(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    shown = panel(driver)
    kept(driver).save(driver.store, None, message="Elsewhere", author="Bob", time=datetime.now(UTC))
    QApplication.sendEvent(shown, QEvent(QEvent.Type.ActivationChange))
    driver.turn(8)
    assert [row.message for row in shown.list.rows_model.rows] == ["Elsewhere", "One"]


def test_an_untitled_project_is_saved_first(open_project, told, monkeypatch, tmp_path):
    driver = open_project(template="bow-tie")
    monkeypatch.setattr(driver.window.files, "save_as", lambda: False)
    save(driver, monkeypatch, "Never kept")
    assert driver.window.session.path is None
    monkeypatch.setattr(driver.window.files, "save_as", lambda: driver.window.files.write(tmp_path / "n.hazard.json"))
    save(driver, monkeypatch, "Kept")
    assert [one.message for one in kept(driver).all()] == ["Kept"]


def test_enter_compares_with_the_present_keys_step_and_escape_leads_back(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    cause = retitle(driver)
    driver.window.view.setFocus()
    driver.key(Qt.Key.Key_9, ALT)
    driver.turn(8)
    driver.key(Qt.Key.Key_Return)
    shown = page(driver)
    assert shown.isVisible()
    assert not driver.window.view.isVisible()
    assert shown.title.text() == "Revision 1 → This window"
    assert [row.id for row in shown.list.rows.rows] == [cause]
    assert shown.list.hasFocus()
    driver.type("n")
    assert shown.view.artist.marks[cause] == "changed"
    assert shown.view.overlay._session.selection == (cause,)
    driver.type("2")
    assert shown.view.side == "old"
    assert shown.view.scene.node(cause).title != "Said otherwise"
    assert shown.view.artist.marks == {}
    driver.type("3")
    assert shown.view.scene.node(cause).title == "Said otherwise"
    driver.type("1")
    assert shown.sides["changes"].isChecked()
    driver.key(Qt.Key.Key_Escape)
    assert driver.window.view.isVisible()
    assert driver.told == []


def test_the_comparison_follows_an_edit_and_says_when_nothing_differs(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    retitle(driver)
    panel(driver)
    driver.run("revisions.compare")
    assert len(page(driver).list.rows.rows) == 1
    driver.run("edit.undo")
    driver.turn(8)
    page(driver).flush()
    assert page(driver).list.rows.rows == []
    assert any("Nothing differs" in label.text() for label in page(driver).findChildren(QLabel) if label.isVisible())


def test_two_revisions_are_compared_from_the_older_to_the_newer(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    retitle(driver)
    save(driver, monkeypatch, "Two")
    retitle(driver, "A third way")
    shown = panel(driver)
    shown.list.setFocus()
    shown.list.selectAll()
    driver.turn()
    assert shown.buttons["revisions.compare"].text() == "Compare the two"
    driver.key(Qt.Key.Key_Return)
    assert page(driver).title.text() == "Revision 1 → Revision 2"
    (row,) = page(driver).list.rows.rows
    assert row.lines[0].endswith("→ Said otherwise")


def test_layout_comes_last_and_can_be_hidden_with_its_marks(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    cause = retitle(driver)
    moved = next(one for one in driver.store.all(Placement) if isinstance(driver.store.get(one.subject), Hazard))
    with driver.store.transaction("Move") as tx:
        tx.put(moved.replace(x=moved.x + 90))
    driver.window.session.set_diagram(moved.diagram)
    panel(driver)
    driver.run("revisions.compare")
    shown = page(driver)
    assert [row.id for row in shown.list.rows.rows] == [cause, moved.subject]
    shown.list.go(1)
    assert shown.view.diagram == moved.diagram
    assert shown.view.artist.marks[moved.subject] == "moved"
    shown.list.setFocus()
    driver.type("l")
    assert [row.id for row in shown.list.rows.rows] == [cause]
    assert moved.subject not in shown.view.artist.marks
    assert "1 of layout hidden" in shown.counted.text()


def click(view, at):
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        point, button = QPointF(at), Qt.MouseButton.LeftButton
        place = QPointF(view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), QMouseEvent(kind, point, place, button, button, Qt.KeyboardModifier(0)))


def test_a_click_on_what_changed_finds_its_row(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    first = retitle(driver)
    others = [one.id for one in driver.store.all(Cause)][1:3]
    with driver.store.transaction("Edit") as tx:
        for id in others:
            tx.patch(id, title="Another")
    panel(driver)
    driver.run("revisions.compare")
    shown = page(driver)
    drawn = [row.id for row in shown.list.rows.rows if row.id in shown.view.scene.index]
    assert first in drawn
    box = shown.view.scene.box(drawn[-1])
    x, y = shown.view.camera.to_view(box.x, box.y)
    click(shown.view, QPoint(round(x), round(y)))
    assert shown.list.current().id == drawn[-1]


def test_restoring_is_one_step_that_undo_takes_back(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    before = canonical_bytes(driver.store.records.values())
    retitle(driver)
    with driver.store.transaction("More") as tx:
        tx.remove(next(driver.store.all(Hazard)).id)
        tx.put(Cause(id="new", title="New"))
    changed = canonical_bytes(driver.store.records.values())
    steps = driver.store.history.position
    panel(driver)
    driver.run("revisions.restore")
    assert canonical_bytes(driver.store.records.values()) == before
    assert driver.store.history.position == steps + 1
    driver.run("edit.undo")
    assert canonical_bytes(driver.store.records.values()) == changed


def test_a_revision_opens_in_a_window_of_its_own_that_cannot_be_changed(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    retitle(driver)
    panel(driver)
    driver.run("revisions.open")
    driver.turn(8)
    other = next(window for window in driver.app.windows if window is not driver.window)
    assert other.session.store.read_only
    assert other.windowTitle().startswith("Revision 1 of p.hazard.json")
    assert all(record.title != "Said otherwise" for record in other.session.store.all(Cause))
    other.close()


def test_naming_and_verifying(driver, monkeypatch, qtbot):
    save(driver, monkeypatch, "One")
    shown = panel(driver)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Release 1", True))
    driver.run("revisions.name")
    assert kept(driver).all()[0].baselines == ("Release 1",)
    assert shown.list.rows_model.rows[0].baselines == ("Release 1",)
    driver.run("revisions.verify")
    qtbot.waitUntil(lambda: "whole" in shown.said.text(), timeout=10_000)
    next((kept(driver).folder / "objects").iterdir()).write_bytes(b"{}")
    driver.run("revisions.verify")
    qtbot.waitUntil(lambda: "One thing is wrong" in shown.said.text(), timeout=10_000)
    driver.run("revisions.compare")
    assert driver.told
    assert "damaged" in driver.told[-1]
    assert driver.window.view.isVisible()


def test_a_picture_of_each_revision_comes_by_itself_and_is_kept(driver, monkeypatch, qtbot):
    save(driver, monkeypatch, "One")
    shown = panel(driver)
    qtbot.waitUntil(lambda: shown.list.picture(kept(driver).all()[0].name) is not None, timeout=20_000)
    first = shown.list.picture(kept(driver).all()[0].name)
    image = first.toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 8
    assert shown.list.picture(kept(driver).all()[0].name) is first


def test_compare_with_a_file_and_export_the_picture(driver, monkeypatch, tmp_path):
    other, out = tmp_path / "other.hazard.json", tmp_path / "changes.svg"
    shutil.copyfile(driver.window.session.path, other)
    retitle(driver, "Told <b> & more")
    monkeypatch.setattr(asking_module.FileAsking, "open", lambda *_: other)
    driver.run("compare.file")
    assert page(driver).title.text() == "other.hazard.json → This window"
    monkeypatch.setattr(asking_module.FileAsking, "save", lambda *_: out)
    driver.run("compare.export")
    assert 'class="change changed"' in out.read_text(encoding="utf-8")
    driver.run("compare.close")
    assert driver.window.view.isVisible()
    other.write_bytes(b"no project")
    driver.run("compare.file")
    assert driver.told
    assert driver.window.view.isVisible()


def test_zooming_and_the_other_theme_reach_the_comparison(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    retitle(driver)
    panel(driver)
    driver.run("revisions.compare")
    view, canvas = page(driver).view, driver.window.view.camera.zoom
    driver.run("view.zoom_100")
    assert view.camera.zoom == 1.0
    assert driver.window.view.camera.zoom == canvas
    driver.run("view.theme")
    assert view.theme.name == "dark"
    driver.run("view.theme")


def test_in_a_read_only_project_nothing_is_restored_or_saved(driver, monkeypatch):
    save(driver, monkeypatch, "One")
    driver.store.read_only = "Only to be read."
    panel(driver)
    driver.window.menus.refresh()
    assert not driver.window.action("revisions.restore").isEnabled()
    assert not driver.window.action("revisions.save").isEnabled()
    assert driver.window.action("revisions.compare").isEnabled()


def test_the_dock_stands_among_the_others_again_in_the_next_window(open_project):
    for _ in range(3):
        driver = open_project(template="simple")
        dock = driver.window.findChild(QDockWidget, "revisions")
        assert {other.objectName() for other in driver.window.tabifiedDockWidgets(dock)} >= {"evidence", "history"}
        assert driver.window._revisions is None
        driver.window.close()
        driver.turn()

"""The main job, by keyboard: draw, put controls on lines, attach evidence, save, reopen, export."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog

from tests.support import there
from workbench.app.recent_menu import RecentMenu
from workbench.canvas.chooser import KindChooser
from workbench.commands.guards import guards_of
from workbench.evidence.standing import subject_verdicts
from workbench.export.options import ExportOptions
from workbench.files.project import load_project
from workbench.model.drawing import Placement
from workbench.model.elements import Guard, Link, TopEvent
from workbench.model.runs import Criterion
from workbench.panels.attach_dialog import AttachDialog, AttachRequest
from workbench.panels.diagram_export import Chosen, DiagramExportDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def results(tmp_path):
    path = tmp_path / "samples.jsonl_results.jsonl"
    rows = [{"task_id": f"T/{i}", "completion": "x", "result": "passed", "passed": i % 20 != 0} for i in range(400)]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_the_main_job(open_project, choose_file, results, tmp_path, monkeypatch, errors):
    driver = open_project()
    driver.type("h")
    driver.type("Suggestions used in secure code")
    driver.key(Qt.Key.Key_Return)
    hazard = driver.by_title("Suggestions used in secure code")
    assert hazard.code == "H-1"
    assert driver.window.session.selection == (hazard.id,)

    driver.key(Qt.Key.Key_Escape)
    driver.type("t")
    driver.type("Vulnerable suggestion accepted")
    driver.key(Qt.Key.Key_Return)
    top = driver.by_title("Vulnerable suggestion accepted")
    driver.run("diagram.arrange")

    driver.window.session.select([top.id])
    driver.view.setFocus()
    driver.key(Qt.Key.Key_Left, CTRL)
    _choose_first(driver, "cause")
    driver.type("Insecure patterns in training data")
    driver.key(Qt.Key.Key_Return)
    cause = driver.by_title("Insecure patterns in training data")
    line = driver.store.referrers(cause.id, Link, "source")[0]
    assert line.target == top.id

    driver.window.session.select([line.id])
    driver.run("insert.on_line")
    driver.type("Static analysis gate")
    driver.key(Qt.Key.Key_Return)
    control = driver.by_title("Static analysis gate")
    guard = guards_of(driver.store, line.id)[0]
    assert guard.control == control.id

    choose_file(results)
    monkeypatch.setattr(
        AttachDialog,
        "ask",
        staticmethod(
            lambda runs, _subject, _parent, **_: AttachRequest(
                runs[0],
                next(m for m in runs[0].metrics if m.name == "pass_rate"),
                Criterion(comparator=">=", threshold=0.9),
                "Gate keeps the pass rate",
            )
        ),
    )
    driver.window.session.select([guard.id])
    driver.run("evidence.attach")
    assert errors == []
    verdicts = subject_verdicts(driver.store, guard.id)
    assert [there(entry.judgement).verdict for entry in verdicts] == ["supports"]

    project = tmp_path / "main.hazard.json"
    choose_file(project)
    driver.run("file.save")
    assert errors == []
    assert not driver.window.session.modified
    loaded = load_project(project)
    assert dict(loaded.store.records) == dict(driver.store.records)

    figure = tmp_path / "figure.png"
    chosen = Chosen("whole", figure, "png", ExportOptions(), {"format": "png"})
    monkeypatch.setattr(DiagramExportDialog, "choose", staticmethod(lambda _make: chosen))
    driver.run("file.export")
    assert errors == []
    assert QImage(str(figure)).width() > 400

    again = open_project(project)
    assert again.window is not driver.window or again.window.session.path == project
    assert again.by_title("Static analysis gate").code == "B-1"


def _choose_first(driver, kind):
    """Where several kinds may be linked the canvas asks; the letter of the kind answers."""
    assert driver.window.findChild(KindChooser) is not None
    driver.type({"cause": "c", "consequence": "e", "gate": "g"}[kind])


def test_undo_takes_back_everything_that_was_done(open_project):
    driver = open_project(template="bow-tie")
    before = dict(driver.store.records)
    driver.run("edit.select_all")
    driver.run("edit.duplicate")
    driver.run("diagram.arrange")
    driver.run("edit.select_all")
    driver.run("edit.delete")
    assert not any(isinstance(r, Guard | TopEvent) for r in driver.store.records.values())
    while driver.store.history.undo_label is not None:
        driver.run("edit.undo")
    assert dict(driver.store.records) == before
    assert not driver.window.session.modified


def test_every_action_survives_an_empty_and_a_full_selection(open_project, monkeypatch):
    """No action raises, whatever is selected; dialogs are answered with Cancel."""
    monkeypatch.setattr(QDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("", False))
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr("workbench.app.windows.confirm", lambda *_: True)
    quiet = {"file.close", "file.quit", "file.open", "file.save", "file.save_as", "evidence.attach", "file.export"}
    driver = open_project(template="bow-tie")
    ids = list(driver.view.scene.picture.nodes) + list(driver.view.scene.picture.bars)
    for selection in ((), (ids[0],), tuple(ids)):
        for action in driver.window.menus.records:
            if action in quiet:
                continue
            driver.window.session.select(selection)
            driver.window.run_action(action)
            driver.turn(1)
            driver.view.cancel()
            while driver.store.undo():
                pass
    driver.turn()


def _asks(asked):
    def ask(*args):
        asked.append(args)
        return "cancel"

    return ask


def test_a_window_asks_before_it_loses_work(open_project, monkeypatch, app):
    driver = open_project()
    driver.type("h")
    driver.type("Hazard")
    asked: list[Any] = []
    monkeypatch.setattr("workbench.app.documents.ask_unsaved", _asks(asked))
    assert not driver.window.close()
    assert asked
    assert driver.window in app.windows
    monkeypatch.setattr("workbench.app.documents.ask_unsaved", lambda *_: "discard")


def test_closing_while_a_title_is_typed_keeps_the_title(open_project, choose_file, tmp_path, monkeypatch):
    driver = open_project()
    driver.type("h")
    driver.type("Half typed")
    path = tmp_path / "typed.hazard.json"
    choose_file(path)
    monkeypatch.setattr("workbench.app.documents.ask_unsaved", lambda *_: "save")
    driver.window.close()
    driver.turn()
    assert "Half typed" in path.read_text("utf-8")


def test_a_file_changed_outside_is_not_overwritten_unasked(open_project, choose_file, tmp_path, monkeypatch):
    driver = open_project(template="bow-tie")
    path = tmp_path / "a.hazard.json"
    choose_file(path)
    driver.run("file.save")
    other = path.read_bytes().replace(b'"title"', b'"title" ', 1)
    path.write_bytes(other)
    driver.run("edit.select_all")
    driver.run("edit.duplicate")
    monkeypatch.setattr("workbench.app.outside.ask", lambda *_, **__: "")
    driver.run("file.save")
    assert path.read_bytes() == other
    assert driver.window.session.modified


def test_a_project_that_does_not_open_says_why(app, tmp_path, errors):
    path = tmp_path / "bad.hazard.json"
    path.write_text("{", encoding="utf-8")
    assert app.open(path) is None
    assert len(errors) == 1
    assert "bad.hazard.json" in errors[0]


def test_clipboard_between_two_windows(open_project):
    one = open_project(template="bow-tie")
    one.run("edit.select_all")
    one.run("edit.copy")
    two = open_project(template="simple")
    count = two.store.count("cause")
    two.run("edit.paste")
    assert two.store.count("cause") > count
    two.run("edit.undo")
    assert two.store.count("cause") == count
    two.window.session.select(())
    two.run("edit.paste_same")
    assert any("use Paste" in sentence for sentence in two.notices)


def test_themes_change_everywhere(open_project, app):
    driver = open_project(template="bow-tie")
    was = app.theme_name
    driver.run("view.theme")
    assert app.theme_name != was
    assert driver.view.theme.name == app.theme_name
    driver.run("view.theme")


def test_saved_projects_are_recent(open_project, choose_file, tmp_path):
    driver = open_project(template="bow-tie")
    path = tmp_path / "kept.hazard.json"
    choose_file(path)
    driver.run("file.save")
    menu = next(m for m in driver.window.findChildren(RecentMenu))
    menu.fill()
    assert menu.actions()[0].text() == "kept.hazard.json"
    path.unlink()
    menu.fill()
    assert "kept.hazard.json" not in [entry.text() for entry in menu.actions()]


def test_arrange_shows_the_whole_diagram_as_it_is_now(open_project):
    driver = open_project(template="bow-tie")
    driver.view.motion = False
    with driver.store.transaction("Far away") as tx:
        for placement in list(driver.store.all(Placement)):
            if placement.x is not None:
                tx.patch(placement.id, x=placement.x + 5000, y=placement.y + 5000)
    driver.run("view.fit")
    driver.run("diagram.arrange")
    left, top, right, bottom = driver.view.camera.rect_to_view(driver.view.scene.bounds())
    assert left >= 0
    assert top >= 0
    assert right <= driver.view.viewport().width()
    assert bottom <= driver.view.viewport().height()


def test_undo_reaches_the_document_from_a_form_field(open_project):
    """What is typed in the inspector is in the document at once; the field's own undo must not swallow the key."""
    driver = open_project(template="bow-tie")
    node = next(iter(driver.view.scene.picture.nodes.values()))
    driver.window.session.select([node.id])
    driver.turn(6)
    editor = driver.window.docks.contents.inspector.editor("title")
    editor.control.setFocus()
    driver.turn()
    driver.key(Qt.Key.Key_End)
    driver.type(" and more")
    assert driver.store.get(node.id).title == f"{node.title} and more"
    driver.key(Qt.Key.Key_Tab)
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.store.get(node.id).title == node.title


def test_an_evidence_dock_without_claims_is_low(open_project):
    driver = open_project(template="bow-tie")
    assert driver.window.docks.contents.evidence.height() < 116

"""Merging in the whole program: real keys, undo, the picture, a file merged in, and nothing but the keyboard."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPlainTextEdit, QPushButton

from workbench.app import merge_file, merging
from workbench.commands.merge_in import merge_in
from workbench.files.project import load_project, save_project
from workbench.files.revisions import Revisions
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.review import Conflict
from workbench.panels.merge_dialog import MergeDialog
from workbench.store.store import Store

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LONG = "Nobody reads the code that was written before it is run."


def base():
    return [
        Project(id=PROJECT_ID, title="Merged"),
        Hazard(id="h", code="H-1", title="Code is trusted", description=LONG),
        Cause(id="c", code="C-1", title="No review"),
        Cause(id="c2", code="C-2", title="No test"),
        Link(id="l", source="c", target="h"),
        Control(id="b", code="B-1", title="Review"),
        Guard(id="g", control="b", subject="l"),
        Diagram(id="dg", title="One"),
        Placement(id="p1", diagram="dg", subject="h", x=400, y=0),
        Placement(id="p2", diagram="dg", subject="c", x=0, y=0),
        Placement(id="p3", diagram="dg", subject="c2", x=0, y=200),
    ]


def side(name, *, delete, moved):
    """One of two versions: both reword, one deletes what the other changed."""
    store = Store(base())
    with store.transaction("Edit") as tx:
        tx.patch("h", title=f"Code is trusted, {name}", description=LONG.replace("the code", f"the {name} code"))
        tx.patch("b", title=f"Review, {name}")
        tx.patch("p1", x=moved)
        if delete:
            tx.remove("c2")
        else:
            tx.patch("c2", title=f"No test, {name}")
    return store


@pytest.fixture
def merged(open_project, tmp_path):
    """A project that a merge outside left four conflicts in."""
    store = side("ours", delete=True, moved=500)
    with store.transaction("Merge", origin="merge") as tx:
        merge_in(tx, {r.id: r for r in base()}, dict(side("theirs", delete=False, moved=600).records))
    path = tmp_path / "merged.hazard.json"
    save_project(store, path)
    return open_project(path)


def left(driver):
    return {(one.subject, one.field) for one in driver.store.all(Conflict)}


def show(driver):
    driver.key(Qt.Key.Key_M, CTRL | ALT)
    driver.turn(8)
    return driver.window.merging.panel


def test_every_conflict_is_settled_by_keys_alone_and_the_view_says_when_none_is_left(merged):
    assert left(merged) == {("h", "title"), ("h", "description"), ("b", "title"), ("c2", "")}
    page = show(merged)
    assert page.isVisible()
    assert not merged.window.view.isVisible()
    assert page.counted.text() == "0 of 4 settled"
    assert (page.told.name, page.told.what) == ("Hazard H-1 Code is trusted, ours", "Description")
    merged.key(Qt.Key.Key_2)
    assert merged.store.get("h").description == LONG.replace("the code", "the theirs code")
    assert page.counted.text() == "1 of 4 settled"
    assert page.told.what == "Title"
    merged.key(Qt.Key.Key_1)
    assert merged.store.get("h").title == "Code is trusted, ours"
    merged.key(Qt.Key.Key_N)
    assert page.told.group == "b"
    merged.key(Qt.Key.Key_N, SHIFT)
    assert page.told.group == "c2"
    merged.key(Qt.Key.Key_2)
    assert merged.store.get("c2").title == "No test, theirs"
    assert "p3" in merged.store
    merged.key(Qt.Key.Key_1)
    assert left(merged) == set()
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "Everything is settled" in said
    merged.run("edit.undo")
    assert left(merged) == {("b", "title")}
    assert page.counted.text() == "3 of 4 settled"
    merged.key(Qt.Key.Key_Escape)
    assert merged.window.view.isVisible()


def test_the_picture_lights_what_is_asked_and_draws_what_is_gone(merged):
    page = show(merged)
    assert page.view.marking.marks == {"h": "changed", "g": "changed", "c2": "removed"}
    assert page.view.overlay.scene.node("c2") is not None
    assert "c2" not in merged.store
    page.go_to(next(one.id for one in merged.store.all(Conflict) if one.subject == "c2"))
    assert page.view.session.selection == ("c2",)
    page.go_to(next(one.id for one in merged.store.all(Conflict) if one.subject == "b"))
    assert page.view.session.selection == ("g",)
    merged.key(Qt.Key.Key_1)
    assert "g" not in page.view.marking.marks


def test_what_differs_is_underlined_and_said(merged):
    page = show(merged)
    ours = page.card.values.boxes[1].text
    cursor = ours.textCursor()
    found = []
    for at in range(len(ours.toPlainText())):
        cursor.setPosition(at + 1)
        if cursor.charFormat().fontUnderline():
            found.append(ours.toPlainText()[at])
    assert "".join(found).strip() == "ours"
    assert ours.accessibleDescription() == "Differs in: ours"


def answer(text):
    def press():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        box = next(one for one in dialog.findChildren(QPlainTextEdit) if not one.isReadOnly())
        box.setPlainText(text)
        dialog.accept()

    QTimer.singleShot(50, press)


def test_a_text_may_be_put_in_other_words(merged):
    page = show(merged)
    answer("What both of us mean")
    merged.key(Qt.Key.Key_E)
    assert merged.store.get("h").description == "What both of us mean"
    assert page.counted.text() == "1 of 4 settled"
    merged.run("edit.undo")
    assert page.counted.text() == "0 of 4 settled"


def test_several_at_once_are_one_step(merged, monkeypatch):
    page = show(merged)
    merged.run("merge.element_theirs")
    assert left(merged) == {("b", "title"), ("c2", "")}
    assert merged.store.get("h").title == "Code is trusted, theirs"
    asked = []

    def yes(_parent, _title, question, _verb):
        asked.append(question)
        return True

    monkeypatch.setattr(merging, "confirm", yes)
    merged.run("merge.rest_ours")
    assert "2 conflicts" in asked[0]
    assert left(merged) == set()
    merged.run("edit.undo")
    assert len(left(merged)) == 2
    assert page.view.marking.marks == {"g": "changed", "c2": "removed"}
    assert page.view.overlay.scene.node("c2") is not None
    merged.run("edit.undo")
    assert len(left(merged)) == 4
    assert page.counted.text() == "0 of 4 settled"
    assert page.view.marking.marks == {"h": "changed", "g": "changed", "c2": "removed"}


def test_without_conflicts_the_view_teaches_and_cannot_be_asked_for(open_project):
    driver = open_project(template="empty")
    driver.window.menus.refresh()
    assert not driver.window.action("merge.view").isEnabled()
    driver.window.merging.show()
    driver.turn()
    page = driver.window.merging.panel
    said = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "No merge conflict is open" in said


def test_a_conflict_that_is_revealed_is_shown_in_the_view(merged):
    conflict = next(one for one in merged.store.all(Conflict) if one.subject == "b")
    merged.window.session.reveal.emit((conflict.id,))
    merged.turn()
    assert merged.window.merging.shown
    assert merged.window.merging.panel.current == conflict.id


def test_the_findings_lead_to_the_conflict_and_go_with_it(merged):
    window = merged.window
    merged.run("findings.show")
    merged.turn(20)
    body = window.findings._panel.body
    window.findings._panel.finish()
    rows = [row for row in body.table.rows_model.rows if row.rule == "conflict"]
    assert len(rows) == 4
    title = next(one for one in merged.store.all(Conflict) if (one.subject, one.field) == ("h", "title"))
    body.table.go_to(next(row.id for row in rows if row.element == title.id))
    merged.turn()
    offered = [one.text() for one in body.card.findChildren(QPushButton)]
    assert {"Settle the conflict…", "Keep ours", "Take theirs"} <= set(offered)
    next(one for one in body.card.findChildren(QPushButton) if one.text() == "Settle the conflict…").click()
    merged.turn()
    assert window.merging.shown
    assert window.merging.panel.current == title.id
    body.fix(1)
    merged.turn(20)
    assert merged.store.get("h").title == "Code is trusted, theirs"
    window.findings._panel.finish()
    assert len([row for row in body.table.rows_model.rows if row.rule == "conflict"]) == 3


def press_merge(choose=None):
    """Accept the dialog as soon as it can be; what it said goes into the list."""
    said = []
    tries = iter(range(400))

    def press():
        if next(tries, None) is None:
            dialog = QApplication.activeModalWidget()
            said.append("gave up")
            if dialog is not None:
                dialog.close()
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog) and choose is not None and not dialog.base.is_chosen:
            dialog.base.setCurrentIndex(choose)
        if not isinstance(dialog, MergeDialog) or not dialog.ok.isEnabled():
            QTimer.singleShot(50, press)
            return
        said.append(dialog.summary.text() + "\n" + dialog.lines.toPlainText())
        dialog.accept()

    QTimer.singleShot(50, press)
    return said


def test_a_file_is_merged_from_the_revision_both_are_built_on(open_project, choose_file, tmp_path):
    ours, theirs = tmp_path / "a" / "p.hazard.json", tmp_path / "b" / "p.hazard.json"
    for path in (ours, theirs):
        path.parent.mkdir()
        Revisions(path).save(Store(base()), None, message="Both", author="Ada", time=datetime(2026, 5, 4, tzinfo=UTC))
    save_project(side("ours", delete=True, moved=500), ours)
    save_project(side("theirs", delete=False, moved=600), theirs)
    driver = open_project(ours)
    before = dict(driver.store.records)
    choose_file(theirs)
    said = press_merge()
    driver.run("merge.file")
    assert "4 conflicts are to be settled" in said[0]
    assert "1 place on diagrams that both changed: ours stay" in said[0]
    assert len(left(driver)) == 4
    assert driver.window.merging.shown
    assert "1 place on diagrams" in driver.window.merging.panel.places.text()
    assert len(driver.store.history.done) == 1
    driver.run("edit.undo")
    assert dict(driver.store.records) == before


def test_without_revisions_the_base_is_asked_for_and_may_be_none(open_project, choose_file, tmp_path):
    ours, theirs = tmp_path / "ours.hazard.json", tmp_path / "theirs.hazard.json"
    save_project(side("ours", delete=True, moved=500), ours)
    save_project(side("theirs", delete=False, moved=600), theirs)
    driver = open_project(ours)
    choose_file(theirs)
    said = press_merge(choose=0)
    driver.run("merge.file")
    assert "2 changes come in, and 3 conflicts" in said[0]
    assert "Cause C-2 No test, theirs added" in said[0]
    assert left(driver) == {("h", "title"), ("h", "description"), ("b", "title")}


def test_the_base_may_be_another_file(open_project, choose_file, tmp_path, monkeypatch):
    first, ours, theirs = (tmp_path / f"{name}.hazard.json" for name in ("first", "ours", "theirs"))
    save_project(Store(base()), first)
    save_project(Store(base()), ours)
    save_project(side("theirs", delete=False, moved=600), theirs)
    driver = open_project(ours)
    files = iter((theirs, first))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(next(files)), ""))
    said = press_merge(choose=1)
    driver.run("merge.file")
    assert "nothing is in conflict" in said[0]
    assert left(driver) == set()
    assert driver.store.get("b").title == "Review, theirs"
    assert not driver.window.merging.shown


def test_a_file_that_cannot_be_read_is_refused(open_project, choose_file, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(merge_file, "show_error", lambda *words: said.append(words[2]))
    bad = tmp_path / "bad.hazard.json"
    bad.write_text("{")
    driver = open_project(template="empty")
    choose_file(bad)
    driver.run("merge.file")
    assert len(said) == 1
    assert not driver.store.history.done


def test_the_merged_project_is_saved_and_reads_back(merged, tmp_path):
    show(merged)
    for _ in range(4):
        merged.key(Qt.Key.Key_1)
    merged.run("file.save")
    assert not load_project(merged.window.session.path).store.count("conflict")

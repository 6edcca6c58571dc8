"""A damaged project shows what can be saved, opens as a copy without a file, and stays as it is."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.model.judgement import PROJECT_ID
from workbench.panels.salvage_dialog import SalvageDialog
from workbench.paths import sample


@pytest.fixture
def damaged(tmp_path):
    path = tmp_path / "mower.hazard.json"
    data = sample("autonomous-mower.hazard.json").read_bytes()
    path.write_bytes(data.replace(b'"title": "', b'"title": \xff"', 1))
    return path


def answering(accept, seen):
    def press():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SalvageDialog)
        seen.append((dialog.list.toPlainText(), dialog.ok.text(), dialog.focusWidget() is dialog.ok))
        dialog.ok.click() if accept else dialog.reject()

    QTimer.singleShot(50, press)


def test_what_can_be_saved_opens_as_an_untitled_copy(app, damaged):
    before = damaged.read_bytes()
    seen: list[tuple[str, str, bool]] = []
    answering(True, seen)
    window = app.open(damaged)
    ((listed, verb, focused),) = seen
    assert ".title: is damaged" in listed
    assert (verb, focused) == ("Open copy", True)
    assert window.session.path is None
    assert window.session.modified, "closing asks first"
    assert PROJECT_ID in window.session.store
    assert damaged.read_bytes() == before
    assert str(damaged) not in app.settings.recent


def test_the_copy_is_saved_beside_the_damaged_file(app, damaged, monkeypatch):
    suggested = []

    def ask(_parent, _title, name, _kinds):
        suggested.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    answering(True, [])
    window = app.open(damaged)
    window.files.save()
    assert suggested == [str(damaged.with_name("mower (salvaged).hazard.json"))]
    assert window.windowTitle() == "mower (salvaged)[*]"


def test_nothing_opens_where_nobody_wants_it(app, damaged, errors):
    answering(False, [])
    assert app.open(damaged) is None
    assert app.windows == []
    assert errors == []


def test_where_nothing_can_be_saved_the_reason_is_said(app, tmp_path, errors):
    path = tmp_path / "a.hazard.json"
    path.write_text("hello")
    assert app.open(path) is None
    assert app.open(tmp_path / "none.hazard.json") is None
    assert "not valid JSON" in errors[0]
    assert "there is no such file" in errors[1]

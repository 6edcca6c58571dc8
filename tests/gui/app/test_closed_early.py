"""A window that is closed before everything of it was made makes nothing more, and keeps nothing."""

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workbench.app import sharing
from workbench.files.owner import Owner
from workbench.files.project import save_project
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "p.hazard.json"
    save_project(Store([Project(id=PROJECT_ID, title="Audit")]), made)
    return made


def wait(seconds=0.7):
    """Let timers fire."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()


def test_a_window_closed_before_its_first_picture_is_not_filled(app, path):
    window = app.open(path)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)  # Qt does not come to it yet
    window.close()
    wait()
    assert not window.docks.filled
    assert list(path.parent.glob(".*.lock")) == []
    window.deleteLater()


def test_a_window_closed_while_the_question_stands_is_not_filled(app, path, monkeypatch):
    windows: list[Any] = []

    def ask(*_, **__):
        windows[0].close()
        return "Open read-only"

    monkeypatch.setattr("workbench.files.lock.ProjectLock.take", lambda *_, **__: Owner("elsewhere", 7, "", "now"))
    monkeypatch.setattr(sharing, "ask", ask)
    windows.append(app.open(path))
    wait()
    assert not windows[0].docks.filled
    assert app.windows == []

"""The whole program, one window, no dialogs that wait for a person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.app import documents
from workbench.app.application import Application


class Driver:
    """A person at the keyboard of one window."""

    def __init__(self, app, window):
        self.app, self.window = app, window
        self.view = window.view
        self.notices: list[str] = []
        window.session.notice.connect(self.notices.append)

    @property
    def store(self):
        return self.window.session.store

    def turn(self, times=4):
        for _ in range(times):
            QApplication.processEvents()

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.turn()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.turn()

    def run(self, action):
        self.window.menus.refresh()
        assert self.window.action(action).isEnabled(), action
        self.window.run_action(action)
        self.turn()

    def by_title(self, title):
        found = [r for r in self.store.records.values() if getattr(r, "title", None) == title]
        assert len(found) == 1, (title, found)
        return found[0]


@pytest.fixture
def errors(monkeypatch):
    """Sentences that would have been shown in a message box."""
    said = []
    asking = (
        "documents",
        "application",
        "attaching",
        "evidence_choosing",
        "outside",
        "run_editing",
        "printing",
        "salvaging",
        "steps",
    )

    def say(_parent, _title, text, _offer=""):
        said.append(text)
        return False

    for name in ("panels.messages", "panels.attach_reading", *(f"app.{part}" for part in asking)):
        monkeypatch.setattr(f"workbench.{name}.show_error", say)
    return said


@pytest.fixture
def app(qapp, errors, monkeypatch, tmp_path_factory):
    """The program as on a computer where it never ran: no settings, nothing left by an earlier window."""
    for name in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path_factory.mktemp(name.lower())))
    monkeypatch.setattr(documents, "ask_unsaved", lambda *_: "discard")
    monkeypatch.setattr(QPrintDialog, "exec", lambda *_: QPrintDialog.DialogCode.Rejected)
    made = Application(qapp)
    yield made
    made.quit()
    for _ in range(4):
        QApplication.processEvents()
    assert made.windows == []


@pytest.fixture
def open_project(app, qtbot):
    def opening(path=None, template="empty"):
        window = app.open(path) if path is not None else app.new(template)
        window.showNormal()  # small screens are filled, and this one has 800 by 800
        window.resize(1400, 900)
        qtbot.waitExposed(window)
        window.activateWindow()
        driver = Driver(app, window)
        driver.turn(8)
        # the last fit of the opening is not left to fall into a test
        qtbot.waitUntil(lambda: window.docks.filled and not window.surrounded.isActive())
        window.view.setFocus()
        return driver

    return opening


@pytest.fixture
def choose_file(monkeypatch):
    """Answers the next file dialog."""

    def choosing(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(path)], ""))

    return choosing

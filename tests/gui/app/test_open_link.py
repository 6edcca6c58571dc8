"""An address is opened by a person who has seen all of it, and by nobody else."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser

from workbench.analysis.addresses import address
from workbench.commands.create import create_on_diagram
from workbench.panels import link_dialog
from workbench.panels.help_window import HelpWindow
from workbench.panels.link_dialog import LinkDialog
from workbench.paths import resource


@pytest.fixture
def opened(monkeypatch):
    """What the system was asked to open."""
    asked: list[str] = []

    def open_url(url):
        asked.append(bytes(url.toEncoded()).decode())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


class Answers:
    """What is done in each dialog, in turn; one is cancelled where nothing is said."""

    def __init__(self) -> None:
        self.todo: list[Any] = []
        self.seen: list[LinkDialog] = []

    def exec(self, dialog):
        self.seen.append(dialog)
        dialog.show()
        if self.todo:
            self.todo.pop(0)(dialog)
        return dialog.result()


@pytest.fixture
def answers(monkeypatch):
    made = Answers()
    monkeypatch.setattr(LinkDialog, "exec", lambda dialog: made.exec(dialog))
    return made


def cause(driver, *references):
    sheet = driver.window.session.diagram
    with driver.store.transaction("Add") as tx:
        made = create_on_diagram(tx, sheet, "cause", 0, 0, title="C", references=references)
    driver.window.session.select([made])
    driver.turn(8)
    return made


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_opened_before_the_whole_address_was_shown(open_project, opened, answers):
    driver = open_project()
    cause(driver, "See https://example.org/standard?part=3.")
    driver.run("edit.open_link")
    assert opened == []
    (dialog,) = answers.seen
    assert dialog.host.text() == "example.org"
    assert dialog.target.toPlainText() == "https://example.org/standard?part=3"
    answers.todo.append(lambda shown: press(shown.open_it))
    driver.run("edit.open_link")
    assert opened == ["https://example.org/standard?part=3"]


def test_the_action_is_off_where_nothing_is_linked(open_project):
    driver = open_project()
    cause(driver, "ISO 31000:2018")
    driver.window.menus.refresh()
    action = driver.window.action("edit.open_link")
    assert not action.isEnabled()
    assert "refers to no web or mail address" in action.toolTip()


def test_the_inspector_offers_it_by_mouse_and_keys(open_project, opened, answers):
    driver = open_project()
    cause(driver, "https://one.example/", "https://two.example/")
    driver.window.docks.show("inspector")
    driver.turn(8)
    inspector = driver.window.docks.contents.inspector
    (button,) = [one for one in inspector.findChildren(QPushButton) if "links…" in one.text()]
    assert button.text() == "Open one of 2 links…"
    assert button.accessibleName() == "Open one of 2 links…"

    def choose_second(dialog):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        assert dialog.host.text() == "two.example"
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answers.todo += [choose_second, lambda dialog: press(dialog.open_it)]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert opened == ["https://two.example/"]
    press(button)
    assert opened == ["https://two.example/", "https://one.example/"]


def test_what_needs_a_look_is_not_opened_by_enter(qtbot, opened):
    dialog = LinkDialog([address("https://good.example@evil.example/")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.host.text() == "evil.example"
    assert "leads to evil.example" in dialog.remarks.text()
    assert dialog.cancel.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == 0


def test_a_refused_address_says_why_and_cannot_be_opened(qtbot, opened, monkeypatch):
    dialog = LinkDialog([address("file:///etc/\u202epasswd")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.open_it.isEnabled()
    assert "only http, https and mailto".lower() in dialog.remarks.text().lower()
    assert "‹RLO›" in dialog.target.toPlainText()
    monkeypatch.setattr(LinkDialog, "exec", lambda _: 1)
    link_dialog.open_link([address("file:///etc/passwd")], None)
    assert opened == []


def test_a_link_that_the_system_cannot_open_is_said(monkeypatch, errors):
    said = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    monkeypatch.setattr(LinkDialog, "exec", lambda _: 1)
    monkeypatch.setattr(link_dialog, "show_error", lambda _parent, _title, text: said.append(text))
    link_dialog.open_link([address("https://example.org/")], None)
    assert "no program that opens https://example.org/" in said[0]


def test_the_guide_asks_in_the_same_way(qtbot, opened, answers):
    guide = HelpWindow(resource("guide"))
    qtbot.addWidget(guide)
    guide.open()
    guide.page.anchorClicked.emit(QUrl("https://example.org/x"))
    guide.page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert [dialog.host.text() for dialog in answers.seen] == ["example.org", "This address is not opened"]
    assert opened == []
    answers.todo.append(lambda dialog: press(dialog.open_it))
    guide.page.anchorClicked.emit(QUrl("https://example.org/x"))
    assert opened == ["https://example.org/x"]


def test_no_label_and_no_browser_of_the_program_opens_links(open_project):
    driver = open_project()
    driver.window.docks.fill()
    driver.turn(4)
    for label in driver.window.findChildren(QLabel):
        assert not label.openExternalLinks()
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    for browser in driver.window.findChildren(QTextBrowser):
        assert not browser.openExternalLinks()
        assert not browser.openLinks()

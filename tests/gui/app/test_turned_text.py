"""Marks that turn the writing direction are seen wherever a title is shown: none can read otherwise than it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.effort import within
from workbench.commands.create import add_element, new_diagram
from workbench.panels.attach_base import Choice
from workbench.panels.common import ElidedLabel, Label, button, plain_tip
from workbench.panels.messages import show_error
from workbench.panels.outline_model import OutlineModel
from workbench.render.characters import visible

TURNED = "safe \u202egnp.exe"
SEEN = "safe \u2039RLO\u203agnp.exe"


def test_widgets_name_the_mark(qtbot):
    label, elided, pressed = Label(TURNED), ElidedLabel(TURNED), button(TURNED)
    for widget in (label, elided, pressed):
        qtbot.addWidget(widget)
        assert widget.text() == SEEN
    label.setText("\u2066x\u2069\0")
    assert label.text() == "\u2039LRI\u203ax\u2039PDI\u203a\ufffd"
    assert plain_tip(TURNED) == SEEN


def test_other_text_stays_as_it_is():
    for text in ("plain", "1\u202f000", "a\nb\tc", "数据 مراجعة", "e\u0301", "👩\u200d💻"):
        assert visible(text) == text


def test_outline_tabs_and_title_name_the_mark(open_project):
    driver = open_project()
    with driver.store.transaction("Add") as tx:
        key = add_element(tx, "cause", TURNED)
        new_diagram(tx, TURNED)
    driver.turn(8)
    model = OutlineModel(driver.store)
    found = [index for index in everything(model) if getattr(model.row_at(index), "record", "") == key]
    assert [model.data(index, Qt.ItemDataRole.DisplayRole) for index in found] == [SEEN]
    bar = driver.window.tabs.bar
    assert bar.tabText(bar.count() - 1) == SEEN
    driver.window.session.select([key])
    driver.turn(8)


def everything(model, parent=None):
    from PySide6.QtCore import QModelIndex

    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from everything(model, index)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "漢\u202e" * 500_000, "a\n" * 500_000])
def test_a_million_characters_freeze_nothing_that_shows_them(open_project, qtbot, text, monkeypatch):
    driver = open_project()
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.grab()))
    with within(60):
        widgets = [Label(text, wrap=True), Label(text), ElidedLabel(text), button(text, tip=text)]
        choice = Choice("x", [(text, 1)])
        for widget in (*widgets, choice):
            qtbot.addWidget(widget)
            widget.resize(300, 40)
            widget.grab()
        driver.window.status.tell(text)
        driver.window.status.warn(text)
        show_error(driver.window, "Title", text)
        driver.window.session.called = text
        driver.window.state.show_in(driver.window)
        driver.window.grab()
    assert shown
    assert len(driver.window.windowTitle()) < 2_000

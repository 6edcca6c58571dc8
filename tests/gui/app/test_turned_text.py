"""Marks that turn the writing direction are seen wherever a title is shown: none can read otherwise than it is."""

from PySide6.QtCore import Qt

from workbench.commands.create import add_element, new_diagram
from workbench.panels.common import ElidedLabel, Label, button, plain_tip
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

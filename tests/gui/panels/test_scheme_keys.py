"""The scheme editor by keys alone, and on a small screen."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog

from workbench.commands.schemes import PRESETS, preset
from workbench.panels.risk_scheme_dialog import SchemeDialog
from workbench.store.store import Store

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot, look):
    made = SchemeDialog(Store([preset(PRESETS[0])]))
    qtbot.addWidget(made)
    made.fit_screen()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def names(table):
    return [row.texts[1] for row in table.rows()]


def test_the_first_field_has_the_keyboard(dialog):
    assert dialog.source.hasFocus()


def test_arrows_walk_the_cells_and_tab_leaves_them(qtbot, dialog):
    boxes = dialog.cells._boxes
    grid = dialog.cells._places
    boxes[grid[0][0]].setFocus()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Down)
    assert boxes[grid[1][1]].hasFocus()
    press(qtbot, Qt.Key.Key_End)
    assert boxes[grid[1][-1]].hasFocus()
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Up)
    assert boxes[grid[0][-1]].hasFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in boxes.values()
    press(qtbot, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert boxes[grid[0][-1]].hasFocus(), "back to the cell one left"


def test_walking_changes_no_level_and_letters_choose(qtbot, dialog):
    before = dialog.answer().scheme.cells
    boxes, grid = dialog.cells._boxes, dialog.cells._places
    boxes[grid[0][0]].setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left):
        press(qtbot, key)
    assert dialog.answer().scheme.cells == before
    boxes[grid[0][0]].setFocus()
    press(qtbot, Qt.Key.Key_L)
    assert boxes[grid[0][0]].currentText() == "Low"


def test_enter_on_a_cell_edits_and_never_ends_the_dialog(qtbot, dialog):
    dialog.tabs.setCurrentWidget(dialog.severities)
    table = dialog.severities.table
    table.setFocus()
    table.setCurrentCell(1, 1)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "Grave")
    press(qtbot, Qt.Key.Key_Return)
    assert names(dialog.severities)[1] == "Grave"
    assert dialog.isVisible()
    assert dialog.result() != QDialog.DialogCode.Accepted
    press(qtbot, Qt.Key.Key_Delete)
    assert names(dialog.severities)[1] == ""


def test_rows_come_go_and_move_by_keys(qtbot, dialog):
    dialog.tabs.setCurrentWidget(dialog.severities)
    table = dialog.severities.table
    before = names(dialog.severities)
    table.setFocus()
    table.setCurrentCell(0, 1)
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert names(dialog.severities) == [before[1], before[0], *before[2:]]
    press(qtbot, Qt.Key.Key_Up, ALT)
    press(qtbot, Qt.Key.Key_Insert)
    assert names(dialog.severities) == [before[0], "", *before[1:]]
    press(qtbot, Qt.Key.Key_Delete, CTRL)
    assert names(dialog.severities) == before


def test_on_a_small_screen_the_buttons_are_seen(qtbot, look):
    made = SchemeDialog(Store([preset(PRESETS[0])]))
    qtbot.addWidget(made)
    made.refresh()
    made.fit(QSize(752, 432))
    made.show()
    QApplication.processEvents()
    assert made.height() <= 432
    assert made.width() <= 752
    assert made.rect().contains(made.ok.mapTo(made, made.ok.rect().bottomRight()))

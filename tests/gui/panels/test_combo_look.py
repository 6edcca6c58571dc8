"""Every drop-down shows all of a short list, and marks its rows like the other lists of the program."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget

from workbench.panels.fields import Combo
from workbench.panels.style import current_theme


@pytest.mark.parametrize("cls", [QComboBox, Combo])
@pytest.mark.parametrize("count", [2, 3, 6, 10])
def test_a_short_list_is_shown_whole(qtbot, scene, cls, count):
    holder = QWidget()
    qtbot.addWidget(holder)
    combo = cls()
    combo.addItems([f"Entry {number}" for number in range(count)])
    QVBoxLayout(holder).addWidget(combo)
    holder.resize(300, 80)
    holder.show()
    qtbot.waitExposed(holder)
    combo.showPopup()
    QApplication.processEvents()
    view = combo.view()
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    assert combo.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, combo) == 0
    assert view.verticalScrollBar().maximum() == 0
    last = view.visualRect(view.model().index(count - 1, 0))
    assert view.viewport().rect().contains(last)
    view.setCurrentIndex(view.model().index(1, 0))
    QApplication.processEvents()
    row = view.visualRect(view.model().index(1, 0))
    shown = QColor(view.viewport().grab(row).toImage().pixel(row.width() - 4, row.height() // 2))
    assert shown.name() == QColor(current_theme().selection.row).name()
    combo.hidePopup()

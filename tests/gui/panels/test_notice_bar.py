"""The bar over the diagram can be read at any width."""

import pytest
from PySide6.QtWidgets import QApplication

from workbench.panels.common import Label
from workbench.panels.notice_bar import NoticeBar

SENTENCE = "Review of the code assistant.hazard.json was changed by another program since it was read or saved here."
ANSWERS = [("Merge", "a"), ("Reload", "b"), ("Keep mine", "c"), ("Save as…", "d")]


@pytest.fixture
def bar(qtbot):
    made = NoticeBar()
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.say(SENTENCE, ANSWERS)
    return made


def resize(bar, width):
    """As wide as that, and as high as it then asks to be."""
    for _ in range(3):
        bar.resize(width, bar.heightForWidth(width) if bar.hasHeightForWidth() else bar.sizeHint().height())
        QApplication.processEvents()


def sentence(bar):
    (label,) = [label for label in bar.findChildren(Label) if label.text() == SENTENCE]
    return label


def test_a_wide_bar_is_one_row(bar):
    resize(bar, 1_000)
    assert bar.height() < 70
    assert sentence(bar).geometry().right() < bar._buttons.geometry().left()


@pytest.mark.parametrize("width", [410, 500, 640])
def test_a_narrow_bar_has_its_buttons_below_the_sentence(bar, width):
    resize(bar, width)
    said = sentence(bar)
    assert said.width() > 300
    assert bar._buttons.geometry().top() >= said.geometry().bottom()
    assert said.heightForWidth(said.width()) <= 3 * said.fontMetrics().lineSpacing() + 4
    assert bar._buttons.geometry().right() <= bar.width()


def test_it_follows_its_width_back(bar):
    resize(bar, 420)
    resize(bar, 1_000)
    assert sentence(bar).geometry().right() < bar._buttons.geometry().left()

"""What the evidence dock looks like: the arrow of the order, the card that scrolls no further than its words."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea, QSpinBox, QWidget

from tests.gui.panels.conftest import attach
from workbench.model.runs import Run
from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.evidence_table import ESTIMATE, INTERVAL
from workbench.panels.run_history_view import HistoryView


@pytest.fixture
def dock(qtbot, scene):
    attach(scene, scene.causes[0], "a claim of so many words that they do not stand in one line of the card", 90, 100)
    panel = EvidencePanel(scene.session)
    qtbot.addWidget(panel)
    panel.resize(1400, 300)
    panel.show()
    panel.flush()
    return panel


def spreads(image, ratio):
    """How far the dark dots of each line of a picture lie apart, from the top; lines without any are left out."""
    ground = QColor(image.pixel(0, image.height() - 1)).lightness()
    found = []
    for y in range(image.height()):
        dark = [x for x in range(image.width()) if QColor(image.pixel(x, y)).lightness() < ground - 40]
        if dark:
            found.append((dark[-1] - dark[0]) / ratio)
    return found


@pytest.mark.parametrize("place", [ESTIMATE, INTERVAL])
def test_the_arrow_points_the_way_the_figures_go(dock, place):
    table = dock.body.table
    header = table.horizontalHeader()
    left, wide = header.sectionViewportPosition(place), header.sectionSize(place)
    begin = left + wide - 20 if place == ESTIMATE else left + wide // 2 + 24
    foot = {}
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sort_by(place, order)
        picture = header.viewport().grab(QRect(begin, 6, 16, header.height() - 12))
        lines = spreads(picture.toImage(), picture.devicePixelRatio())
        foot[order] = lines[-1] - max(lines)
    assert foot[Qt.SortOrder.AscendingOrder] == 0, "upwards: widest at the foot"
    assert foot[Qt.SortOrder.DescendingOrder] < -1


@pytest.mark.parametrize("width", [900, 1400])
def test_the_card_scrolls_no_further_than_its_words(dock, width):
    dock.resize(width, 260)
    dock.show_claim("e_a claim of so many words that they do not stand in one line of the card")
    area = dock.body.side.claim.findChild(QScrollArea)
    body = area.widget()
    needed = body.heightForWidth(body.width())
    assert body.height() == max(needed, area.viewport().height())
    assert needed > area.viewport().height(), "there is something to scroll to"


@pytest.mark.parametrize("height", [132, 180, 240])
def test_the_history_stands_clear_of_the_words_about_it(dock, scene, qtbot, height):
    holder = QWidget()  # like the dock, it gives no more room than it has
    qtbot.addWidget(holder)
    view = HistoryView(scene.store, holder)
    view.resize(420, height)
    view.show_run(next(scene.store.all(Run)).id)
    holder.show()
    qtbot.wait(1)
    assert view.height() == height
    shown = [part for part in (view.title, view.plot, view.said, view.more) if part.isVisible()]
    assert view.plot in shown
    for above, below in pairwise(shown):
        assert above.geometry().bottom() < below.geometry().top()
    assert shown[-1].geometry().bottom() < view.height()
    assert "n 90 of 100" in view.plot.toolTip()


def test_the_claims_are_counted_before_they_are_judged(dock, scene, monkeypatch):
    monkeypatch.setattr(dock.body._judging, "begin", lambda _known: None)
    attach(scene, scene.causes[0], "another", 1, 100)
    dock.body.refresh()
    assert dock.body.bar.switch["claims"].text() == "Claims 2"
    assert len(dock.body.claim_page.rows) == 1


def test_the_arrows_of_a_spin_box_are_arrows(look, qtbot):
    box = QSpinBox()
    qtbot.addWidget(box)
    box.resize(90, 28)
    box.show()
    picture = box.grab(QRect(box.width() - 17, 2, 14, 11))
    wide = spreads(picture.toImage(), picture.devicePixelRatio())
    assert len(wide) > 2
    assert max(wide) - min(wide) >= 3, "a line is as wide everywhere"

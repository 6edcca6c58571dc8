"""How long the hazard log takes on ten thousand elements: reading it, following an edit, sorting, scrolling.

Wall clocks of a busy machine prove nothing, so the tests compare within one run: an edit with reading all of it, a sort
with a loop that does nothing but add, and a step of scrolling with the same step where there are few rows.
"""

import gc
from itertools import count
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.generator import make_project
from workbench.analysis.hazard_log import LogCache, log_rows
from workbench.model.elements import Cause, Hazard
from workbench.panels.log_model import COLUMN_IDS
from workbench.panels.log_panel import LogPanel
from workbench.session.session import Session
from workbench.store.store import Store

FEW = 30


@pytest.fixture(scope="module")
def store():
    return Store(make_project())


def least(run, times=5):
    """The least time of several runs, seconds of the processor: another program's work is not ours."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            began = process_time()
            run()
            best = min(best, process_time() - began)
    finally:
        gc.enable()
    return best


def plain_loop():
    """A million additions."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def panel_on(qtbot, store):
    panel = LogPanel(Session(store))
    qtbot.addWidget(panel)
    panel.resize(1400, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    QApplication.processEvents()
    return panel


def scrolling(panel):
    """One step of the wheel after the other through the log, painted each time."""
    bar = panel.table.verticalScrollBar()

    def run():
        for place in range(1, 11):
            bar.setValue(place)
            panel.table.viewport().repaint()

    return run


def test_reading(benchmark, store):
    benchmark.pedantic(log_rows, (store,), rounds=3)


def test_an_edit_costs_a_fraction_of_reading_it_all(store):
    cache = LogCache(store)
    whole = least(cache.refill, 2)
    for cls in (Hazard, Cause):
        record = next(store.all(cls))
        best = float("inf")
        for number in range(5):
            with store.transaction("Edit") as tx:
                tx.patch(record.id, title=f"Text {number}")
            diff = store.history.last_diff
            assert diff is not None
            began = process_time()
            assert cache.follow(diff)
            best = min(best, process_time() - began)
        assert best < whole / 15, cls
    assert cache.rows == log_rows(store)


def test_sorting_filtering_and_scrolling_at_once(qtbot, store):
    panel = panel_on(qtbot, store)
    assert len(panel.model.rows) > 500
    second = least(plain_loop)
    numbers = count()
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    for place, name in enumerate(COLUMN_IDS):
        took = least(lambda place=place: panel.model.sort(place, orders[next(numbers) % 2]), 4)
        assert took < 3 * second, f"{name}: {took:.3f} s"
    filtering = least(lambda: panel.search.setText(f"a{next(numbers)}"), 4)
    panel.search.clear()
    assert filtering < 3 * second
    panel.model.sort(-1)
    with_all = least(scrolling(panel))
    panel.model.show_rows(LogCache(store).rows[:FEW])
    assert with_all < 3 * least(scrolling(panel))

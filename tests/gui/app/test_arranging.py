"""Arranging happens beside the window: it stays alive, can be cancelled, and overwrites nothing."""

from threading import get_ident
from time import sleep

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.commands.create import create_on_diagram
from workbench.layout import arrange as arranging
from workbench.layout.interrupt import breathe, interruptible
from workbench.model.drawing import Placement
from workbench.panels import progress
from workbench.panels.progress import ProgressDialog, work_beside
from workbench.render import arrange as _loaded  # noqa: F401 - before anything is put in its place

real = arranging.arrange


def placements(driver):
    return {p.subject: (p.x, p.y) for p in driver.store.all(Placement)}


def shown_progress():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog) and w.isVisible()]


@pytest.fixture
def scattered(open_project):
    driver = open_project(template="bow-tie")
    driver.view.motion = False
    with driver.store.transaction("Scatter") as tx:
        for i, placement in enumerate(list(driver.store.all(Placement))):
            if placement.x is not None:
                tx.patch(placement.id, x=900.0 * i, y=700.0 * (i % 3))
    driver.turn()
    return driver


def endless(graph, *, unwanted):
    with interruptible(unwanted):
        while True:
            breathe()
            sleep(0.002)


def test_it_runs_beside_the_window_as_one_step(scattered, monkeypatch):
    threads = []

    def noted(graph, *, unwanted):
        threads.append(get_ident())
        return real(graph, unwanted=unwanted)

    monkeypatch.setattr(arranging, "arrange", noted)
    before = placements(scattered)
    scattered.run("diagram.arrange")
    assert threads
    assert get_ident() not in threads
    assert placements(scattered) != before
    assert scattered.store.history.done[-1].label == "Arrange"
    scattered.store.undo()
    assert placements(scattered) == before


def test_a_long_one_shows_progress_and_esc_cancels(scattered, monkeypatch):
    monkeypatch.setattr(arranging, "arrange", endless)
    monkeypatch.setattr(progress, "PATIENCE_MS", 30)
    seen: list[str] = []
    ticks: list[int] = []

    def escape():
        ticks.append(len(ticks))
        for dialog in shown_progress():
            seen.append(dialog.windowTitle())
            if len(ticks) > 20:
                QTest.keyClick(dialog, Qt.Key.Key_Escape)

    timer = QTimer()
    timer.timeout.connect(escape)
    timer.start(5)
    before, steps = placements(scattered), len(scattered.store.history.done)
    scattered.run("diagram.arrange")
    timer.stop()
    assert set(seen) == {"Arrange"}
    assert len(ticks) > 20, "the window's own work went on"
    assert placements(scattered) == before
    assert len(scattered.store.history.done) == steps
    scattered.turn()
    assert shown_progress() == []


def test_an_edit_made_meanwhile_is_kept_and_arranged_with_the_rest(scattered, monkeypatch):
    made, graphs = [], []

    def edit():
        with scattered.store.transaction("Meanwhile") as tx:
            made.append(create_on_diagram(tx, scattered.window.session.diagram, "cause", 40.0, 50.0, "Late"))

    def waits_for_the_edit(graph, *, unwanted):
        graphs.append(graph)
        while not made:
            sleep(0.002)
        return real(graph, unwanted=unwanted)

    monkeypatch.setattr(arranging, "arrange", waits_for_the_edit)
    QTimer.singleShot(20, edit)
    scattered.run("diagram.arrange")
    (late,) = made
    assert late not in {node.id for node in graphs[0].nodes}
    assert late in {node.id for node in graphs[-1].nodes}
    assert placements(scattered)[late] != (40.0, 50.0)
    assert [entry.label for entry in scattered.store.history.done[-2:]] == ["Meanwhile", "Arrange"]


def test_a_window_that_goes_meanwhile_ends_it(app, scattered, monkeypatch):
    monkeypatch.setattr(arranging, "arrange", endless)
    monkeypatch.setattr(progress, "PATIENCE_MS", 10)
    QTimer.singleShot(60, scattered.window.close)
    scattered.window.run_action("diagram.arrange")
    assert app.windows == []


def test_what_goes_wrong_in_the_thread_is_raised_where_it_was_asked_for(qtbot):
    def broken(unwanted):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work_beside(broken, title="Work", text="Dividing", parent=None)
    assert work_beside(lambda unwanted: 42, title="Work", text="Adding", parent=None) == (42, True)

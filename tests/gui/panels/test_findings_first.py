"""The first check of a project, as its dock shows it: in portions, without calling anything in order too early."""

from unittest.mock import patch

from tests.generator import make_project
from tests.support import there
from tests.unit.analysis.lint_projects import BREACHES, store_of
from workbench.analysis.lint.linter import Linter, check
from workbench.panels.common import Label
from workbench.panels.finding_rows import FindingRows
from workbench.panels.findings_panel import FindingsPanel
from workbench.session.session import Session
from workbench.store.store import Store


def test_nothing_is_called_in_order_before_it_was_checked(qtbot, look):
    panel = FindingsPanel(Session(Store(make_project(600))))
    qtbot.addWidget(panel)
    panel.resize(1_100, 260)
    panel.show()
    assert there(panel.empty.findChild(Label)).text() == "Checking the project…"
    panel._work()
    panel.flush()
    assert there(panel.empty.findChild(Label)).text() == "Checking the project…"
    while not panel.linter.known:
        panel._work()
    panel.refresh()
    assert panel.linter.busy, "which changes matter to what is still being learnt"
    assert panel._stack.currentIndex() == 1
    rows = panel.body.table.rows_model.rows
    assert len(rows) == len(check(panel.store))
    assert not panel.body.progress.text()
    panel.finish()
    assert panel.body.table.rows_model.rows == rows


def test_the_keyboard_that_came_too_early_goes_to_the_rows_when_they_come(qtbot, look):
    panel = FindingsPanel(Session(store_of(BREACHES["hazard-context"][0])))
    qtbot.addWidget(panel)
    panel.resize(1_100, 260)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(panel.hasFocus)
    panel.finish()
    assert panel.body.table.hasFocus()
    assert there(panel.body.table.current()).rule == "hazard-context"


def test_rows_are_made_in_portions_ahead_of_the_table():
    store = Store(make_project(300))
    linter = Linter(store)
    linter.work()
    rows = FindingRows(store, linter)
    turns = 1
    while not rows.prepare(0.0):
        turns += 1
    assert turns > 3
    with patch("workbench.panels.finding_rows.row_of", side_effect=AssertionError("made already")):
        made = rows.rows()
    assert made == FindingRows(store, linter).rows()

"""The first check of a project, as its dock shows it: in portions, without calling anything in order too early."""

import random
from unittest.mock import patch

from tests.generator import make_project
from tests.support import there
from tests.unit.analysis.lint_projects import BREACHES, store_of
from tests.unit.analysis.test_linter import edits
from workbench.analysis.lint.linter import Linter, check
from workbench.model.elements import Cause
from workbench.panels.common import Label
from workbench.panels.finding_rows import FindingRows, order_of, row_of
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


def test_rows_are_kept_in_order_while_the_project_is_edited():
    r = random.Random(5)
    store = Store(make_project(300))
    linter = Linter(store)
    store.changed.connect(lambda change: linter.follow(change.diff))
    rows = FindingRows(store, linter)
    assert rows.rows() == []
    for step in edits(store, r, 40):
        linter.work()
        rows.forget()  # codes change too
        rows.prepare(0.0)  # what is made and found otherwise again before it is shown
        if step % 3 == 2:
            assert rows.rows() == FindingRows(store, linter).rows() != []
            assert rows.rows() == sorted(rows.rows(), key=order_of)


def test_an_edit_makes_only_its_own_rows_anew():
    store = Store(make_project(300))
    linter = Linter(store)
    linter.work()
    rows = FindingRows(store, linter)
    before = {id(row) for row in rows.rows()}
    cause = next(store.all(Cause))
    with store.transaction("Rename") as tx:
        tx.patch(cause.id, title="Failure of the pump")
    diff = store.history.last_diff
    assert diff is not None
    linter.follow(diff)
    linter.work()
    with patch("workbench.panels.finding_rows.row_of", wraps=row_of) as made:
        after = rows.rows()
    assert 0 < made.call_count < len(after) / 10
    assert sum(id(row) in before for row in after) > len(after) - made.call_count - 1


def test_many_rows_are_shown_in_turns(qtbot, look):
    panel = FindingsPanel(Session(Store(make_project(600))))
    qtbot.addWidget(panel)
    panel.resize(1_100, 260)
    panel.finish()
    panel.show_only("nothing there")
    shown = panel.body
    with patch.object(shown, "prepare", side_effect=[False, False, True]) as made:
        panel.later()
        panel.show()
        qtbot.waitUntil(lambda: made.call_count == 3)
    assert len(panel.body.table.rows_model.rows) == len(check(panel.store))

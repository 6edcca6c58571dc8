"""The evidence dock in the whole window: its actions, its menus, and what is dragged from it to the diagram."""

import json
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMenu

from workbench.canvas.drops import evidence_data
from workbench.commands.evidence_edit import copy_claim
from workbench.evidence.imported import records_for
from workbench.evidence.reading import read_run
from workbench.model.elements import Cause, Consequence, Guard, Link
from workbench.model.runs import Criterion, Evidence, Run
from workbench.panels.attach_base import AskDialog
from workbench.panels.attach_choose import ChooseDialog
from workbench.panels.run_compare_dialog import CompareDialog
from workbench.render.shapes_links import badge_spot

ROWS = '{{"task_id": "t/{}", "completion": "x", "passed": {}}}\n'


@pytest.fixture
def driver(open_project, tmp_path, monkeypatch):
    """A bow-tie with two runs, and a claim on its first cause that leans on one of them."""
    made = open_project(template="bow-tie")
    made.cause = next(made.store.all(Cause)).id
    made.harm = next(made.store.all(Consequence)).id
    made.runs = []
    with made.store.transaction("x") as tx:
        for name, passed in (("one", 40), ("two", 55)):
            path = tmp_path / f"{name}.jsonl"
            path.write_text("".join(ROWS.format(i, str(i < passed).lower()) for i in range(60)), encoding="utf-8")
            (imported,) = read_run(path)
            for record in records_for(imported):
                tx.put(record.replace(title=name) if isinstance(record, Run) else record)
            made.runs.append(imported.run.id)
            metric = imported.metrics[0].id
        tx.put(Evidence(id="claim", subject=made.cause, metric=metric, title="Passes",
                        criterion=Criterion(comparator=">=", threshold=0.5)))  # fmt: skip
    made.window.resize(1400, 900)
    made.dock = made.window.docks.contents.evidence
    made.dock.flush()
    made.turn()
    return made


@pytest.fixture
def accepted(monkeypatch):
    """Dialogs that ask are accepted as they open; their titles."""
    seen = []

    def accept(dialog):
        seen.append(dialog.windowTitle())
        dialog.show()
        QApplication.processEvents()
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(AskDialog, "exec", accept)
    return seen


def let_go(driver, data, at):
    """Drag data over the diagram and let go, as the window system tells it."""
    view = driver.view
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at.toPoint(), copy, data, left, none),
        QDragMoveEvent(at.toPoint(), copy, data, left, none),
        QDropEvent(at, copy, data, left, none),
    ):
        QApplication.sendEvent(view.viewport(), event)
    driver.turn()


def place_of(driver, subject):
    """Where something stands in the view."""
    view = driver.view
    view.sync.flush()
    box = view.scene.box(subject)
    return QPointF(*view.camera.to_view(box.x, box.y))


def drop(driver, ids, subject):
    """Drop rows of the tables where something stands on the diagram."""
    data = evidence_data(ids)
    let_go(driver, data, place_of(driver, subject))


def claims_on(driver, subject):
    return driver.store.referrers(subject, Evidence, "subject")


def test_keys_show_claims_and_runs(driver):
    driver.run("evidence.runs")
    assert driver.dock.body.which == "runs"
    assert driver.dock.body.runs.hasFocus()
    driver.run("evidence.claims")
    assert driver.dock.body.table.hasFocus()
    assert driver.window.session.evidence == "claim"


def test_a_claim_dropped_on_something_else_speaks_of_that_too_in_one_step(driver):
    drop(driver, ["claim"], driver.harm)
    (copy,) = claims_on(driver, driver.harm)
    assert (copy.title, copy.criterion.threshold) == ("Passes", 0.5)
    assert driver.window.session.selection == (driver.harm,)
    driver.run("edit.undo")
    assert claims_on(driver, driver.harm) == []


def test_a_claim_dropped_where_it_stands_changes_nothing(driver):
    drop(driver, ["claim"], driver.cause)
    assert len(claims_on(driver, driver.cause)) == 1
    assert any("speaks of" in said and "already" in said for said in driver.notices)


def test_a_run_dropped_on_an_element_opens_the_dialog_with_it(driver, accepted):
    drop(driver, [driver.runs[0]], driver.harm)
    assert accepted[0] == "Attach evidence"
    (made,) = claims_on(driver, driver.harm)
    assert driver.store.get(made.metric).run == driver.runs[0]
    assert driver.store.count("run") == 2


def test_a_drop_beside_everything_says_where_to(driver):
    data = evidence_data(["claim"])
    let_go(driver, data, QPointF(2, 2))
    assert driver.store.count("evidence") == 1
    assert any(said.startswith("Drop evidence on") for said in driver.notices)


def test_data_of_other_programs_is_no_evidence(driver):
    data = evidence_data([])
    data.setData("application/x-hazard-evidence", b"{not json")
    let_go(driver, data, place_of(driver, driver.harm))
    assert driver.store.count("evidence") == 1


def test_a_line_takes_evidence_too(driver):
    line = next(link for link in driver.store.all(Link) if link.source == driver.cause)
    view = driver.view
    view.sync.flush()
    path = view.scene.link(line.id).path
    points = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(path)]
    spots = [at for at in points if (hit := view.scene.hit(*at, view.camera.zoom)) and hit.id == line.id]
    data = evidence_data(["claim"])
    let_go(driver, data, QPointF(*view.camera.to_view(*spots[0])))
    assert len(claims_on(driver, line.id)) == 1


def test_a_double_click_on_the_verdict_of_a_line_shows_its_claims(driver):
    line = next(link for link in driver.store.all(Link) if link.source == driver.cause)
    with driver.store.transaction("x") as tx:
        made = copy_claim(tx, "claim", line.id)
    view = driver.view
    view.sync.flush()
    driver.turn()
    place = QPointF(*view.camera.to_view(*badge_spot(view.scene.link(line.id)))).toPoint()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    driver.turn()
    assert driver.window.session.selection == (line.id,)
    assert driver.dock.body.claim_id() == made
    assert driver.dock.body.side.page == "claim"


def test_the_keyboard_attaches_to_what_is_selected(driver):
    driver.run("evidence.claims")
    driver.window.session.select([driver.harm])
    driver.turn()
    driver.dock.body.table.go_to("claim")
    driver.run("evidence.attach_here")
    assert len(claims_on(driver, driver.harm)) == 1


def test_with_nothing_selected_it_asks(driver, accepted, monkeypatch):
    driver.window.session.select([])
    driver.run("evidence.runs")

    def choose(dialog):
        accepted.append(dialog.windowTitle())
        if hasattr(dialog, "list"):
            rows = [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.list.count())]
            assert {Guard.TYPE, Link.TYPE} <= {driver.store.get(id).TYPE for id in rows}
            dialog.list.setCurrentRow(rows.index(driver.harm))
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(AskDialog, "exec", choose)
    driver.run("evidence.attach_here")
    assert accepted == ["Attach", "Attach evidence"]
    assert len(claims_on(driver, driver.harm)) == 1


def test_actions_are_about_the_row_the_user_is_on(driver, accepted):
    driver.run("evidence.runs")
    driver.dock.body.runs.go_to(driver.runs[0])
    driver.turn()
    assert driver.window.session.evidence == driver.runs[0]
    driver.view.setFocus()
    driver.turn()
    assert driver.window.session.evidence == ""


def test_history_turns_the_page_and_takes_the_keyboard(driver):
    driver.run("evidence.claims")
    driver.run("evidence.history")
    side = driver.dock.body.side
    assert side.page == "history"
    plot = side.history.plot
    assert plot.hasFocus()
    before = plot.at
    driver.key(Qt.Key.Key_Left)
    assert plot.at == max(0, before - 1)
    assert "pass" in plot.accessibleDescription()


def test_compare_opens_with_the_two_that_are_chosen(driver, qtbot):
    driver.run("evidence.runs")
    driver.dock.body.runs.selectAll()
    driver.run("evidence.compare")
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, CompareDialog) and w.isVisible()]
    assert sorted(window.run_ids()) == sorted(driver.runs)
    qtbot.waitUntil(lambda: window._stack.currentIndex() == 2, timeout=20_000)
    window.close()


def test_provenance_goes_to_the_clipboard(driver):
    driver.run("evidence.claims")
    driver.run("evidence.copy_provenance")
    assert "SHA-256\t" in QGuiApplication.clipboard().text()


def test_the_context_menu_of_a_row_holds_the_actions(driver):
    driver.run("evidence.claims")
    driver.dock.body.menu_asked.emit(driver.window.mapToGlobal(driver.window.rect().center()), "claim")
    menu = next(m for m in driver.window.findChildren(QMenu) if m.isVisible())
    ids = {action.objectName() for action in menu.actions()}
    assert {
        "evidence.history",
        "evidence.compare",
        "evidence.attach_here",
        "evidence.withdraw",
        "evidence.judge",
    } <= ids
    menu.close()


def test_the_order_is_remembered_with_the_window(driver):
    table = driver.dock.body.table
    table.sort_by(1, Qt.SortOrder.DescendingOrder)
    state = json.loads(driver.window.evidence.dock.state())
    assert state["claims"]["sort"] == ["claim", True]


def test_find_goes_to_the_search_of_the_dock_that_has_the_keyboard(driver):
    table = driver.dock.body.claim_page.findChild(QAbstractItemView)
    table.setFocus()
    driver.run("edit.find")
    assert driver.dock.body.search.hasFocus()
    assert driver.window.find_bar.isHidden()
    driver.view.setFocus()
    driver.run("edit.find")
    assert not driver.window.find_bar.isHidden()


def test_subjects_come_in_the_order_of_their_codes(driver, monkeypatch):
    offered: list[str] = []

    def accept(dialog):
        offered.extend(dialog.list.item(row).text() for row in range(dialog.list.count()))
        return QDialog.DialogCode.Rejected

    with driver.store.transaction("x") as tx:
        for number in (112, 30, 21):
            tx.put(Cause(id=f"cause-{number}", code=f"C-{number}", title="same"))
    monkeypatch.setattr(ChooseDialog, "exec", accept)
    driver.window.attaching.ask_subject("Attach", "To what?", "Continue")
    assert [text for text in offered if text.endswith(" same")] == ["C-21 same", "C-30 same", "C-112 same"]

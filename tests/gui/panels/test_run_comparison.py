"""Two runs compared item by item, from the window down to the files."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from workbench.evidence.imported import records_for
from workbench.evidence.reading import read_run
from workbench.model.runs import Metric, Run
from workbench.panels.evidence_body import EvidenceBody
from workbench.panels.run_compare_dialog import CompareDialog
from workbench.session.session import Session


def write(path, passed, task=lambda index: f"Task/{index}"):
    lines = [{"task_id": task(i), "completion": "x", "result": "", "passed": bool(p)} for i, p in enumerate(passed)]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture
def runs(scene, tmp_path):
    """GPT-4 against GPT-4 with reflexion, in small: 30 items, discordant 1 to 10."""
    first = write(tmp_path / "first.jsonl", [1] * 15 + [0] * 10 + [1] + [0] * 4)
    second = write(tmp_path / "second.jsonl", [1] * 15 + [1] * 10 + [0] + [0] * 4)
    ids = []
    with scene.store.transaction("x") as tx:
        for path, title in ((first, "plain"), (second, "reflexion")):
            (imported,) = read_run(path)
            for record in records_for(imported):
                tx.put(record.replace(title=title) if isinstance(record, Run) else record)
            ids.append(imported.run.id)
    return ids


@pytest.fixture
def window(qtbot, scene, runs):
    dialog = CompareDialog(scene.session, *runs)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def compared(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._stack.currentIndex() in (2, 3), timeout=20_000)
    return dialog._stack.currentIndex() == 2


def test_the_sentence_has_the_figures_and_the_table_starts_with_what_differs(qtbot, window):
    assert compared(qtbot, window)
    said = window.result_page.sentence.text()
    assert said.startswith("reflexion scores higher than plain on these items.")
    assert "Of 30 items only A passed 1 and only B 10; A less B is −30 points" in said
    assert "p = 0.012 (exact McNemar test" in said
    table = window.result_page.table.rows_model
    assert [table.index(row, 3).data() for row in (0, 1, 11)] == ["Only A passed", "Only B passed", "Both passed"]
    assert "30 items" in window.result_page.plot.accessibleDescription()
    assert not window.grab().isNull()


def test_items_are_filtered_by_how_they_ended(qtbot, window):
    assert compared(qtbot, window)
    window.result_page.chips.chosen.emit("only_b")
    assert len(window.result_page.table.rows_model.rows) == 10
    qtbot.keyClicks(window.result_page.search, "task/17")
    assert [row.item for row in window.result_page.table.rows_model.rows] == ["Task/17"]
    window.result_page.set_chip("only_a")
    assert window.result_page.table.rows_model.rows == []


def test_swapping_turns_the_sign(qtbot, window):
    assert compared(qtbot, window)
    window._swap()
    assert compared(qtbot, window)
    assert "A less B is +30 points" in window.result_page.sentence.text()
    window.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("A\treflexion\nB\tplain\n")
    assert "Task/25\tfailed\tpassed\tOnly B passed" in text


def test_a_file_that_is_gone_is_refused_and_may_be_found_elsewhere(qtbot, window, scene, runs, tmp_path):
    assert compared(qtbot, window)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "first.jsonl").rename(moved / "first.jsonl")
    window._start()
    assert not compared(qtbot, window)
    assert "is not at hand" in window.refused.text()
    window.use_file(0, tmp_path / "second.jsonl")
    assert not compared(qtbot, window)
    assert "is not the file that plain was read from: its SHA-256 differs" in window.refused.text()
    window.use_file(0, moved / "first.jsonl")
    assert compared(qtbot, window)


def test_runs_on_other_items_are_refused(qtbot, scene, runs, tmp_path):
    other = write(tmp_path / "other.jsonl", [1, 0] * 15, task=lambda index: f"Other/{index}")
    (imported,) = read_run(other)
    with scene.store.transaction("x") as tx:
        for record in records_for(imported):
            tx.put(record)
    dialog = CompareDialog(scene.session, runs[0], imported.run.id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not compared(qtbot, dialog)
    assert "did not see the same items" in dialog.refused.text()


def test_typed_in_runs_and_runs_without_a_shared_metric_are_refused(qtbot, scene, runs):
    with scene.store.transaction("x") as tx:
        tx.put(Run(id="typed", title="typed", origin="typed"))
        tx.put(Metric(id="mt", run="typed", name="pass_rate", value=0.5, n=30, successes=15, kind="proportion"))
        tx.put(Run(id="far", title="far"))
        tx.put(Metric(id="mf", run="far", name="other", value=0.5))
    shared = scene.store.referrers(runs[0], Metric, "run")[0].name
    with scene.store.transaction("x") as tx:
        tx.patch("mt", name=shared)
    for other, reason in (("typed", "was typed in"), ("far", "share no metric")):
        dialog = CompareDialog(scene.session, runs[0], other)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        assert not compared(qtbot, dialog)
        assert reason in dialog.refused.text()


def test_cancel_stops_the_work(qtbot, window, monkeypatch):
    assert compared(qtbot, window)
    started = []

    def endless(_choice, _progress, cancelled):
        started.append(True)
        while not cancelled():
            pass

    monkeypatch.setattr("workbench.panels.run_compare_dialog.compare", endless)
    window._start()
    qtbot.waitUntil(lambda: bool(started))
    qtbot.mouseClick(window.cancel, Qt.MouseButton.LeftButton)
    assert "Cancelled" in window.refused.text()


def test_with_one_run_chosen_the_other_is_one_that_shares_its_figure(qtbot, scene, runs):
    dialog = CompareDialog(scene.session, runs[1])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    assert dialog.run_ids() == (runs[1], runs[0])


def test_the_dock_gives_the_runs_that_are_chosen(qtbot, scene, runs):
    body = EvidenceBody(Session(scene.store))
    qtbot.addWidget(body)
    body.refresh()
    body.show_list("runs")
    body.runs.selectAll()
    assert sorted(body.run_ids()) == sorted(runs)

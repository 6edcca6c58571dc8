"""The capability view in the whole program: real keys, real dialogs, undo."""

import json
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from workbench.analysis.capability import grid_view
from workbench.commands import capability
from workbench.commands.create import add_element, new_diagram, place
from workbench.model.judgement import Aspect, CapabilityCell, CapabilityGrid, HumanBaseline, SweepPoint
from workbench.model.runs import Criterion, Metric, Named, Run
from workbench.panels.export_dialog import ExportDialog

ROW, COLUMN = "Variable interdependencies", "Low-level"
PLACE: tuple[str, str, Aspect] = (ROW, COLUMN, "execution")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def answering(steps):
    """Do something in the next dialog, then press its button."""

    def act():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, act)
            return
        steps(dialog)
        if dialog.isVisible():
            ok: Any = getattr(dialog, "ok")  # noqa: B009 - every dialog that is answered has one
            dialog.accept() if ok.isEnabled() else dialog.reject()

    QTimer.singleShot(0, act)


@pytest.fixture
def driver(open_project):
    return open_project(template="empty")


@pytest.fixture
def filled(driver):
    """A grid with a run behind one cell, a sweep of three points, and a cause on the diagram."""
    store = driver.store
    with store.transaction("Build") as tx:
        diagram = next((r.id for r in store.records.values() if r.TYPE == "diagram"), None) or new_diagram(tx, "D")
        cause = add_element(tx, "cause", "Wrong code is trusted")
        place(tx, diagram, cause, 0, 0)
        grid = capability.new_grid(tx, "Codex")
        tx.put(Run(id="r", title="Evaluation", status="success", model=Named(name="M"), completed_at="2026-01-02"))
        for key, good, strata in (
            ("a", 47, {}),
            ("b", 90, {"topic": "temporal"}),
            ("c", 70, {"topic": "hyperproperties"}),
            ("d", 60, {"topic": "cats"}),
        ):
            rate = {"kind": "proportion", "value": good / 100, "n": 100, "successes": good, "strata": strata}
            tx.put(Metric.model_validate({"id": key, "run": "r", "name": "pass", **rate}))
        capability.fill(tx, grid, PLACE, "a")
        capability.set_human(tx, grid, PLACE, HumanBaseline(value=0.8, n=60))
        capability.set_criterion(tx, grid, PLACE, Criterion(comparator=">=", threshold=0.9))
        capability.set_informs(tx, grid, PLACE, [cause])
        for blocks, key in ((1, "b"), (2, "c"), (3, "d")):
            capability.fill(tx, grid, (blocks, ""), key)
    driver.window.session.set_diagram(diagram)
    driver.turn()
    driver.grid, driver.cause = grid, cause
    return driver


def show(driver):
    driver.window.view.setFocus()
    driver.key(Qt.Key.Key_G, CTRL | ALT)
    driver.turn(8)
    return driver.window.capability.panel.body


def cell(driver, place=PLACE):
    grid = next(driver.store.all(CapabilityGrid))
    return grid_view(driver.store, grid).cells[place]


def test_the_empty_view_teaches_and_its_button_makes_a_grid(driver):
    window = driver.window
    driver.run("capability.view")
    panel = window.capability.panel
    assert panel.isVisible()
    assert not window.view.isVisible()
    said = " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert "what people achieve" in said
    answering(lambda dialog: dialog.title.setText("Codex"))
    driver.run("capability.new")
    (grid,) = driver.store.all(CapabilityGrid)
    assert (grid.title, len(grid.attributes)) == ("Codex", 5)
    assert panel.body.heat.isVisible()
    driver.run("edit.undo")
    assert not driver.store.count("capability_grid")


def test_keys_show_the_view_and_escape_brings_the_diagram_back(filled):
    body = show(filled)
    assert filled.window.capability.shown
    assert body.heat.hasFocus()
    filled.key(Qt.Key.Key_Escape)
    assert not filled.window.capability.shown
    assert filled.window.view.hasFocus()


def test_arrows_walk_the_cells_and_the_card_follows(filled):
    body = show(filled)
    assert body.spot == PLACE
    filled.key(Qt.Key.Key_Down)
    filled.key(Qt.Key.Key_Right)
    assert body.spot == ("Temporal reasoning", "Design-level", "execution")
    assert body.card.spot == body.spot
    filled.key(Qt.Key.Key_End, CTRL)
    assert body.spot[:2] == ("Wide applicability", "High-level requirements")
    filled.key(Qt.Key.Key_Down)
    assert body.spot[0] == "Wide applicability"
    filled.key(Qt.Key.Key_Home, CTRL)
    assert body.spot == PLACE


def test_each_cell_is_said_to_those_who_do_not_see_it(filled):
    heat = show(filled).heat
    said = heat.accessibleName()
    for words in ("47 %", "95 % interval 38–57 %", "Human 80 %", "Gap −33 points", "Refutes ≥ 90 %", "Informs"):
        assert words in said, said
    filled.key(Qt.Key.Key_Down)
    assert "Temporal reasoning, Low-level, execution: Not measured." in heat.accessibleName()


def test_a_screen_reader_walks_the_cells(filled):
    heat = show(filled).heat
    table = QAccessible.queryAccessibleInterface(heat)
    assert table.role() == QAccessible.Role.Table
    assert table.childCount() == 30
    first = table.child(0)
    assert first.role() == QAccessible.Role.Cell
    assert first.text(QAccessible.Text.Name).startswith(f"{ROW}, {COLUMN}, execution: 47 %")
    assert first.state().focused
    assert table.indexOfChild(table.child(7)) == 7
    centre = table.child(7).rect().center()
    assert table.indexOfChild(table.childAt(centre.x(), centre.y())) == 7
    assert table.indexOfChild(table.focusChild()) == 0
    with filled.store.transaction("Remove") as tx:
        capability.remove_name(tx, filled.grid, "attributes", ROW)
    filled.turn()
    assert not first.isValid()
    assert table.childCount() == 27


def test_enter_edits_in_place_and_undo_takes_it_back(filled):
    body = show(filled)
    filled.key(Qt.Key.Key_Down)
    filled.key(Qt.Key.Key_Return)
    place = ("Temporal reasoning", COLUMN, "execution")
    filled.type("61 %")
    filled.key(Qt.Key.Key_Tab)
    filled.type("180")
    filled.key(Qt.Key.Key_Return)
    assert (cell(filled, place).value, cell(filled, place).n, cell(filled, place).typed) == (0.61, 180, True)
    assert body.heat.hasFocus()
    assert filled.window.capability.shown
    while filled.store.history.undo_label != "Build":
        filled.key(Qt.Key.Key_Z, CTRL)
    assert cell(filled, place).value is None
    assert body.card._big.text() == "Not measured"


def test_a_wrong_value_stays_on_screen_with_the_reason(filled):
    body = show(filled)
    filled.key(Qt.Key.Key_F2)
    editor = body.card._human["value"]
    assert editor.control.hasFocus()
    editor.control.selectAll()
    filled.type("930")
    assert "between 0 and 1" in editor.error
    assert cell(filled).human == 0.8


def test_delete_clears_and_undo_brings_back(filled):
    show(filled)
    filled.key(Qt.Key.Key_Delete)
    assert cell(filled).value is None
    filled.key(Qt.Key.Key_Z, CTRL)
    assert cell(filled).value == 0.47


def test_criterion_and_links_are_edited_in_the_card(filled):
    card = show(filled).card
    editor = card._criterion["criterion"]
    editor.control.setFocus()
    editor.control.selectAll()
    filled.type("<= 60% @95%")
    editor.settle()
    filled.turn()
    assert cell(filled).meaning == "reassurance"
    assert cell(filled).verdict == "supports"
    assert "Sandbagging" in card._prompts.text()
    editor.control.selectAll()
    filled.type("maybe")
    editor.settle()
    assert "does not begin with" in editor.error
    with filled.store.transaction("Hazard") as tx:
        hazard = add_element(tx, "hazard", "H")
    card._offer_elements()
    card.add_element.choose(hazard)
    card._add_element(0)
    filled.turn()
    assert cell(filled).informs == (filled.cause, hazard)
    card._drop_element(filled.cause)
    filled.turn()
    assert cell(filled).informs == (hazard,)


def test_a_linked_cause_is_shown_on_the_canvas_and_knows_its_cells(filled):
    body = show(filled)
    entry = next(a for a in body.menu_for().actions() if "on its diagram" in a.text())
    entry.trigger()
    filled.turn(8)
    window = filled.window
    assert not window.capability.shown
    assert window.session.selection == (filled.cause,)
    inspector = window.docks.contents.inspector
    inspector.flush()
    rows = [b for b in inspector.findChildren(type(body.add_point)) if b.isVisible() and ROW in b.accessibleName()]
    assert "47 %" in rows[0].accessibleName()
    assert "gap −33" in rows[0].accessibleName()
    filled.key(Qt.Key.Key_Down, ALT)
    rows[0].click()
    filled.turn(8)
    assert window.capability.shown
    assert window.capability.panel.body.spot == PLACE


def test_choosing_a_diagram_leaves_the_view(filled):
    show(filled)
    bar = filled.window.tabs.bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    filled.turn()
    assert filled.window.view.isVisible()


def test_a_click_chooses_a_cell_and_a_double_click_edits_it(filled):
    body = show(filled)
    at = body.heat.rect_of(("Temporal reasoning", "Low-level")).center()
    QTest.mouseClick(body.heat, Qt.MouseButton.LeftButton, pos=at)
    filled.turn()
    assert body.spot[0] == "Temporal reasoning"
    QTest.mouseDClick(body.heat, Qt.MouseButton.LeftButton, pos=at)
    filled.turn()
    assert body.card._model["value"].control.hasFocus()


def test_understanding_and_execution_are_apart(filled):
    body = show(filled)
    body.aspects["understanding"].click()
    filled.turn()
    assert body.spot == (ROW, COLUMN, "understanding")
    assert body.card._big.text() == "Not measured"
    button = body.aspects["understanding"]
    assert "30" in f"{button.text()} {button.toolTip()} {button.accessibleName()}"  # narrow bars show the word alone


def test_points_of_the_sweep_are_walked_and_edited(filled):
    body = show(filled)
    body.plot.setFocus()
    filled.key(Qt.Key.Key_Right)
    filled.key(Qt.Key.Key_Right)
    assert body.spot == (2, "")
    assert "2 blocks: 70 %" in body.plot.accessibleName()
    filled.key(Qt.Key.Key_Delete)
    assert [point.blocks for point in filled.store.all(SweepPoint)] == [1, 3]
    answering(lambda dialog: (dialog.blocks.setText("13"), dialog.series.setText("GPT-4")))
    filled.run("capability.point")
    filled.window.activateWindow()  # Qt's offscreen platform leaves that to others
    filled.turn(8)
    filled.type("12 %")
    filled.key(Qt.Key.Key_Tab)
    (added,) = [point for point in filled.store.all(SweepPoint) if point.blocks == 13]
    assert (added.series, added.typed.value) == ("GPT-4", 0.12)


def test_a_run_of_the_project_fills_many_cells_in_one_step(filled):
    show(filled)
    seen = {}

    def choose(dialog):
        dialog._choices["columns"].choose("\x00Design-level")
        seen["places"] = [dialog.preview.item(row, 0).text() for row in range(dialog.preview.rowCount())]
        seen["left out"] = dialog._targets["rows", "cats"].currentText()

    answering(choose)
    steps = len(filled.store.history.done)
    filled.run("capability.fill")
    assert seen["places"] == [
        "Hyperproperties · Design-level · execution",
        "Temporal reasoning · Design-level · execution",
    ]
    assert "".join(seen["left out"]) == "Leave out"
    assert len(filled.store.history.done) == steps + 1
    assert cell(filled, ("Temporal reasoning", "Design-level", "execution")).value == 0.9
    filled.run("edit.undo")
    assert cell(filled, ("Temporal reasoning", "Design-level", "execution")).value is None


def test_a_run_from_a_file_fills_cells_and_comes_into_the_project(filled, tmp_path, choose_file):
    path = tmp_path / "samples.jsonl_results.jsonl"
    rows = [{"task_id": f"t/{i}", "completion": "x", "result": "passed", "passed": i < 7} for i in range(10)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    choose_file(path)
    show(filled)

    def choose(dialog):
        dialog.ask_for_file()
        dialog._choices["rows"].choose("\x00Nondeterminism")
        dialog._choices["columns"].choose("\x00Low-level")

    answering(choose)
    runs = filled.store.count("run")
    filled.run("capability.fill")
    shown = cell(filled, ("Nondeterminism", "Low-level", "execution"))
    assert (shown.value, shown.n) == (0.7, 10)
    assert filled.store.count("run") == runs + 1
    filled.run("edit.undo")
    assert filled.store.count("run") == runs


def test_rows_are_renamed_in_the_dialog_and_their_cells_follow(filled):
    show(filled)

    def choose(dialog):
        names = dialog.lists["attributes"]
        names.list.item(0).setText("Variables")
        names.move_current(1)
        dialog.lists["levels"].list.setCurrentRow(2)
        dialog.lists["levels"].remove()

    answering(choose)
    filled.run("capability.frame")
    (grid,) = filled.store.all(CapabilityGrid)
    assert grid.attributes[:2] == ("Temporal reasoning", "Variables")
    assert len(grid.levels) == 2
    assert cell(filled, ("Variables", COLUMN, "execution")).value == 0.47
    filled.run("edit.undo")
    assert cell(filled).value == 0.47


def test_the_figure_is_exported_from_the_menu(filled, tmp_path, monkeypatch):
    out = tmp_path / "grid.svg"
    from workbench.export.options import ExportOptions

    def ask(_suggested, preview, _parent, _title):
        assert not preview(ExportOptions(width=400)).isNull()
        return out, ExportOptions()

    monkeypatch.setattr(ExportDialog, "ask", staticmethod(ask))
    filled.run("capability.export")
    assert b">47 %</text>" in out.read_bytes()


def test_a_grid_is_deleted_after_asking(filled, monkeypatch):
    monkeypatch.setattr("workbench.app.capability.confirm", lambda *_: True)
    show(filled)
    filled.run("capability.delete")
    assert not filled.store.count("capability_grid")
    assert list(filled.store.all(CapabilityCell)) == []
    filled.run("edit.undo")
    assert cell(filled).value == 0.47


def test_a_read_only_document_can_be_looked_at(filled):
    body = show(filled)
    filled.store.read_only = "Read-only for the test."
    body.refresh()
    filled.key(Qt.Key.Key_Delete)
    assert cell(filled).value == 0.47
    assert filled.notices[-1] == "Read-only for the test."
    assert not filled.window.action("capability.fill").isEnabled() or not body._changing[0].isEnabled()
    filled.store.read_only = ""


def test_plus_and_minus_change_the_size(filled):
    heat = show(filled).heat
    height = heat.height()
    filled.type("+")
    filled.type("+")
    assert heat.height() > height * 1.2
    filled.type("---")
    assert heat.height() == height


def test_the_picture_is_really_drawn(filled):
    heat = show(filled).heat
    image = heat.grab().toImage()
    at = heat.rect_of((ROW, COLUMN))
    from workbench.export.capability_heat import heat_of
    from workbench.panels.style import current_theme

    colour = image.pixelColor((at.topLeft() + QPoint(at.width() // 2, 10)) * image.devicePixelRatio())
    assert colour.name().upper() == heat_of(0.47, current_theme()).fill


def test_the_dark_theme_redraws(filled):
    body = show(filled)
    before = body.heat.grab().toImage().pixelColor(body.heat.rect_of((ROW, COLUMN)).center())
    filled.run("view.theme")
    filled.turn(8)
    after = body.heat.grab().toImage().pixelColor(body.heat.rect_of((ROW, COLUMN)).center())
    filled.run("view.theme")
    assert before != after

"""A figure goes to the document whole: what is refused leaves the figure that was there, never its own beginning."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.analysis.capability import grid_view
from workbench.commands.capability import new_grid, type_in
from workbench.model.elements import Cause, Control, Guard
from workbench.model.judgement import CapabilityCell, CapabilityGrid
from workbench.panels.capability_card import CellCard
from workbench.panels.inspector import Inspector


@pytest.fixture
def inspector(qtbot, scene):
    with scene.store.transaction("Known") as tx:
        tx.patch(scene.control, failure_probability=0.05)
        tx.patch(scene.guards[0], effectiveness=0.5)
        tx.patch(scene.causes[0], likelihood={"value": 0.2})
    scene.store.history.clear()
    widget = Inspector(scene.session)
    qtbot.addWidget(widget)
    widget.resize(280, 900)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    return widget


def begin(qtbot, inspector, id, field, text):
    inspector.session.select([id])
    inspector.flush()
    line = inspector.editor(field).control
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    return inspector.editor(field), line


def figures(scene):
    store = scene.store
    return (
        store.find(scene.control, Control).failure_probability,
        store.find(scene.guards[0], Guard).effectiveness,
        store.find(scene.causes[0], Cause).likelihood.value,
    )


@pytest.mark.parametrize(
    ("of", "field", "text"),
    [
        ("control", "failure_probability", "12"),
        ("control", "failure_probability", "1.5"),
        ("guard", "effectiveness", "15"),
        ("cause", "likelihood.value", "12/40"),
        ("cause", "likelihood.value", "1e"),
    ],
)
def test_a_refused_figure_leaves_the_old_one(qtbot, inspector, scene, of, field, text):
    id = {"control": scene.control, "guard": scene.guards[0], "cause": scene.causes[0]}[of]
    before = figures(scene)
    editor, line = begin(qtbot, inspector, id, field, text)
    shown = line.property("wrong")
    line.clearFocus()
    assert shown
    assert figures(scene) == before
    assert scene.store.history.position == 0
    assert line.text() == {"control": "0.05", "guard": "0.5", "cause": "0.2"}[of]
    assert text in editor.error
    inspector.flush()
    assert text in editor.error


@pytest.mark.parametrize("how", ["enter", "leave"])
def test_a_figure_is_one_step(qtbot, inspector, scene, how):
    _, line = begin(qtbot, inspector, scene.control, "failure_probability", "0.125")
    assert figures(scene)[0] == 0.05
    qtbot.keyPress(line, Qt.Key.Key_Return) if how == "enter" else line.clearFocus()
    assert figures(scene)[0] == 0.125
    assert scene.store.history.position == 1
    scene.store.undo()
    inspector.flush()
    assert line.text() == "0.05"


def test_undo_takes_back_what_is_not_in_the_document_yet_first(qtbot, inspector, scene):
    _, line = begin(qtbot, inspector, scene.control, "failure_probability", "0.125")
    qtbot.keyPress(line, Qt.Key.Key_Escape)
    assert line.text() == "0.05"
    line.clearFocus()
    assert scene.store.history.position == 0


def test_what_is_typed_stays_with_the_record_it_was_typed_for(qtbot, inspector, scene):
    begin(qtbot, inspector, scene.causes[0], "likelihood.value", "0.75")
    inspector.session.select([scene.causes[1]])
    inspector.flush()
    assert figures(scene)[2] == 0.75
    assert scene.store.find(scene.causes[1], Cause).likelihood is None


class TestCapabilityCard:
    @pytest.fixture
    def card(self, qtbot, scene):
        with scene.store.transaction("Grid") as tx:
            self.grid = new_grid(tx, "Grid")
        row, column, aspect = self.spot = next(iter(self.view(scene).cells))
        with scene.store.transaction("Figure") as tx:
            type_in(tx, self.grid, (row, column, aspect), 0.3, 40)
        scene.store.history.clear()
        holder = QWidget()
        card = CellCard(scene.session, holder)
        qtbot.addWidget(holder)
        holder.resize(320, 900)
        card.resize(320, 900)
        holder.show()
        qtbot.waitExposed(holder)
        holder.activateWindow()
        self.show(card, scene)
        self.holder = holder
        return card

    def show(self, card, scene):
        card.show_cell(self.grid, self.spot, self.view(scene).cells[self.spot])

    def view(self, scene):
        return grid_view(scene.store, scene.store.find(self.grid, CapabilityGrid))

    def cell(self, scene):
        return next(c for c in scene.store.all(CapabilityCell) if c.grid == self.grid and c.typed is not None)

    @pytest.mark.parametrize("text", ["12/40", "15", "1..."])
    def test_a_refused_result_leaves_the_old_one(self, qtbot, card, scene, text):
        line = card._model["value"].control
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyPress(line, Qt.Key.Key_Return)
        assert line.text() == text
        line.clearFocus()
        assert line.text() == "0.3"
        assert self.cell(scene).typed.value == 0.3
        assert scene.store.history.position == 0
        assert card._model["value"].error

    def test_a_criterion_is_taken_whole(self, qtbot, card, scene):
        line = card._criterion["criterion"].control
        line.setFocus()
        qtbot.keyClicks(line, ">= 80 %")
        assert self.cell(scene).criterion is None
        line.clearFocus()
        assert self.cell(scene).criterion.threshold == 0.8
        assert scene.store.history.position == 1

"""The outline with hazards under their impact dimensions."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from workbench.commands.create import add_element
from workbench.commands.edit import set_field
from workbench.commands.risk import rate
from workbench.model.judgement import Assessment
from workbench.panels.outline import Outline
from workbench.panels.outline_model import SHARED


@pytest.fixture
def outline(qtbot, scene):
    widget = Outline(scene.session)
    QAbstractItemModelTester(widget.model, QAbstractItemModelTester.FailureReportingMode.Fatal, widget)
    qtbot.addWidget(widget)
    widget.resize(260, 700)
    widget.show()
    scene.session.set_grouped(True)
    widget.flush()
    return widget


def titles(outline, parent=None):
    at = parent if parent is not None else QModelIndex()
    return [outline.model.index(row, 0, at).data() for row in range(outline.model.rowCount(at))]


def heading(outline, name):
    return next(row for row in outline.model.groups() if row.data().startswith(name))


def change(outline, scene, **fields):
    with scene.store.transaction("Change") as tx:
        for name, value in fields.items():
            set_field(tx, scene.hazard, name, value)
    outline.flush()


def test_a_hazard_stands_under_each_of_its_dimensions(outline, scene):
    assert titles(outline)[:5] == [
        "Technical (0)",
        "Social (0)",
        "Political (0)",
        "Economic (0)",
        "No dimension considered (1)",
    ]
    change(outline, scene, impact_dimensions=("technical", "economic"))
    assert titles(outline)[:4] == ["Technical (1)", "Social (0)", "Political (0)", "Economic (1)"]
    assert not any("No dimension" in title for title in titles(outline))
    for name in ("Technical", "Economic"):
        hazard = outline.model.index(0, 0, heading(outline, name))
        assert hazard.data() == scene.store.get(scene.hazard).title
        assert hazard.data(SHARED) == 2
        assert outline.model.rowCount(hazard) == 1
    scene.store.undo()
    outline.flush()
    assert titles(outline)[4] == "No dimension considered (1)"


def test_a_rating_for_a_dimension_counts(outline, scene):
    empty = Assessment.of(scene.harm, "initial", "social")
    with scene.store.transaction("Rate") as tx:
        rate(tx, empty, by="", at="", severity="1")
    outline.flush()
    assert titles(outline, heading(outline, "Social")) == [scene.store.get(scene.hazard).title]


def test_selection_goes_both_ways(outline, scene):
    change(outline, scene, impact_dimensions=("political",))
    scene.session.select([scene.guards[1]])
    outline.flush()
    at = outline.tree.currentIndex()
    while at.parent().isValid():
        at = at.parent()
    assert at.data() == "Political (1)"
    outline.tree.setCurrentIndex(heading(outline, "Social"))
    assert scene.session.selection == ()


def test_headings_are_opened_say_what_they_are_and_cannot_be_changed(outline, scene):
    change(outline, scene, impact_dimensions=("technical",))
    row = heading(outline, "Technical")
    assert outline.tree.isExpanded(row)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "1 hazard with technical impacts"
    assert not row.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert not row.flags() & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
    outline.filter.setText("Gate")
    assert titles(outline) == ["Gate"]
    outline.filter.clear()
    assert "Technical (1)" in titles(outline)


def test_the_button_and_the_session_agree(outline, scene):
    assert outline.grouped.isChecked()
    outline.grouped.click()
    assert not scene.session.grouped
    assert titles(outline)[0] == scene.store.get(scene.hazard).title


def test_without_hazards_there_is_nothing_to_group(outline, scene):
    with scene.store.transaction("Another") as tx:
        add_element(tx, "hazard", "Second")
    outline.flush()
    assert "No dimension considered (2)" in titles(outline)
    with scene.store.transaction("None") as tx:
        for hazard in [r.id for r in tx.all(type(tx.get(scene.hazard)))]:
            for top in [scene.top]:
                if tx.get(top) is not None and tx.get(top).hazard == hazard:
                    tx.patch(top, hazard=None)
            tx.remove(hazard)
    outline.flush()
    assert not outline.model.groups()

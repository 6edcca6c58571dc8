"""The risk matrix by keyboard and pointer, the scheme dialog, and what the inspector says about a rating."""

from typing import Any
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from tests.support import there
from tests.unit.analysis.risk_project import project, rated
from workbench.analysis.risk_findings import acceptances
from workbench.app.risk import Risk
from workbench.commands.schemes import preset
from workbench.commands.step_words import step_words
from workbench.model.judgement import Assessment, RiskAcceptance, RiskScheme
from workbench.model.runs import Evidence, Run
from workbench.panels.inspector import Inspector
from workbench.panels.lens_bar import LensBar
from workbench.panels.rating_part import RatingForm
from workbench.panels.risk_acceptance_dialog import AcceptanceDialog
from workbench.panels.risk_panel import RiskPanel
from workbench.panels.risk_scheme_dialog import SchemeAnswer, SchemeDialog
from workbench.session.session import Lens, Session
from workbench.store.store import Store


@pytest.fixture
def session(look: None) -> Session:
    return Session(project(rated("e1", "initial", "2B"), rated("e1", "residual", "2D")))


@pytest.fixture
def panel(qtbot, session):
    widget = RiskPanel(session)
    qtbot.addWidget(widget)
    widget.resize(1000, 320)
    widget.show()
    return widget


def test_an_empty_project_is_told_what_to_do(qtbot, look):
    widget = RiskPanel(Session(Store([])))
    qtbot.addWidget(widget)
    widget.show()
    assert not widget.filled
    asked: list[str] = []
    widget.do.connect(asked.append)
    qtbot.mouseClick(widget.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert asked == ["risk.scheme"]


def test_ratings_without_a_scheme_ask_for_one(qtbot, look, session):
    store = session.store
    with store.transaction("Without") as tx:
        tx.remove("scheme")
    widget = RiskPanel(session)
    qtbot.addWidget(widget)
    widget.show()
    assert not widget.filled
    said = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    assert said == ["The ratings have no risk scheme to be read by"]
    store.undo()
    widget.flush()
    assert widget.body.isVisible()


def test_arrows_go_from_cell_to_cell_and_enter_selects_what_stands_there(qtbot, panel, session):
    matrix = panel.body.matrix
    matrix.setFocus()
    assert matrix.current == ("1", "A")
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    assert matrix.current == ("2", "B")
    assert "worst of its consequences" in matrix.accessibleName()
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert session.selection == ("h",)
    qtbot.keyClick(matrix, Qt.Key.Key_End)
    qtbot.keyClick(matrix, Qt.Key.Key_PageDown)
    assert matrix.current == ("4", "E")
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert session.selection == ()


def test_a_click_or_enter_filters_the_diagram_and_escape_lets_go(qtbot, panel, session):
    matrix = panel.body.matrix
    asked: list[list[str]] = []
    panel.filter_asked.connect(asked.append)
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.rect_of(("2", "D")).topLeft() + QPoint(4, 4))
    assert session.selection == ("h",)
    assert asked == [["h"]]
    matrix.setFocus()
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert (session.selection, asked) == ((), [["h"], []])
    qtbot.keyClick(matrix, Qt.Key.Key_Escape)
    assert asked == [["h"], [], []]


def test_the_cells_of_the_matrix_are_children_for_a_screen_reader(panel):
    matrix = panel.body.matrix
    matrix.go(("2", "D"))
    table = QAccessible.queryAccessibleInterface(matrix)
    assert table.role() == QAccessible.Role.Table
    assert table.childCount() == 20
    cell = table.child(matrix.places().index(("2", "D")))
    assert cell.role() == QAccessible.Role.Cell
    assert cell.text(QAccessible.Text.Name) == (
        "2D Medium: Critical, Remote. Residual: H-1 Rotating blade (worst of its consequences)."
    )
    assert cell.state().selected
    middle = cell.rect().center()
    assert table.indexOfChild(table.childAt(middle.x(), middle.y())) == matrix.places().index(("2", "D"))


def test_the_same_filter_once_more_or_none_shows_everything(session):
    work = Risk(Mock(), Mock(session=session), Mock(), lambda _id: None)
    work._look_at(["h"])
    assert session.lens == Lens("H-1", None, frozenset({"h"}))
    work._look_at(["h"])
    assert session.lens is None
    work._look_at(["h"])
    work._look_at([])
    assert session.lens is None
    work.close_down()


def test_switches_and_edits_change_what_is_shown(panel, session):
    body = panel.body
    body.phase.setCurrentIndex(2)
    assert [mark.phase for mark in there(body.matrix.layout_).marks] == ["residual"]
    body.dimension.setCurrentIndex(2)
    assert "1 hazard not rated" not in body.note.text()  # a consequence rated for all dimensions counts in each
    with session.store.transaction("Rate") as tx:
        tx.put(rated("h", "residual", "4E"))
    panel.flush()
    assert there(body.matrix.view).hazards(("4", "E")) == ["h"]
    session.store.undo()
    panel.flush()
    assert there(body.matrix.view).hazards(("4", "E")) == []


def test_the_inspector_marks_a_rating_from_the_consequences_and_flags_and_accepts(qtbot, session):
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    session.select(["h"])
    inspector.flush()
    form = there(inspector.findChild(RatingForm))
    assert form.row("initial").chip.text() == "2B High"
    assert "worst of its consequences, E-1" in form.row("initial").chip.accessibleName()
    assert form.acceptance.isHidden()
    with session.store.transaction("Rate") as tx:
        tx.put(rated("h", "initial", "1B"))
        tx.put(rated("h", "residual", "1D"))
        for guard in ("g1", "g2", "g3"):
            tx.remove(guard)
    inspector.flush()
    assert "no control stands on its pathways" in form.row("residual").flags.text()
    assert "Nobody has accepted" in form.acceptance.text()
    asked: list[str] = []
    inspector.action_requested.connect(asked.append)
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert asked == ["risk.accept"]
    with session.store.transaction("Accept") as tx:
        tx.put(RiskAcceptance(id="a", subject="h", level="Serious", name="A. B.", date="2026-01-01"))
    inspector.flush()
    assert "Accepted by A. B." in form.acceptance.text()


def test_a_rating_names_the_claims_it_leans_on(qtbot, session):
    with session.store.transaction("Claim") as tx:
        tx.put(Evidence(id="x", subject="b1", analyst_verdict="supports", analyst_reason="Tried in the field"))
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    session.select(["e1"])
    inspector.flush()
    part = there(inspector.findChild(RatingForm)).row("residual").evidence
    assert part.text() == "Leans on no claim"
    part.offer()
    (action,) = part.menu().actions()
    assert action.text().startswith("B-1")
    action.trigger()
    key = Assessment.of("e1", "residual").id
    assert there(session.store.find(key, Assessment)).evidence == ("x",)
    inspector.flush()
    assert part.text() == "Leans on 1 claim"
    part.offer()
    assert part.menu().actions()[0].isChecked()
    part.menu().actions()[0].trigger()
    assert there(session.store.find(key, Assessment)).evidence == ()


def test_an_acceptance_that_ran_out_stays_on_record_and_the_newest_can_be_withdrawn(session, monkeypatch):
    given = {"level": "Medium", "authority": "Head", "name": "A", "date": "2026-03-01", "expires": "", "conditions": ""}
    asked: list[RiskAcceptance | None] = []

    class Dialog:
        def __init__(self, *args: Any) -> None:
            asked.append(args[6])

        def show_modal(self) -> dict[str, str]:
            return given

    monkeypatch.setattr("workbench.panels.risk_acceptance_dialog.AcceptanceDialog", Dialog)
    with session.store.transaction("Accept") as tx:
        tx.put(RiskAcceptance(id="old", subject="e1", level="Medium", date="2026-01-01", expires="2026-01-31"))
        tx.put(Run(id="run", started_at="2026-02-15T00:00:00Z"))
    session.select(["e1"])
    work = Risk(Mock(), Mock(session=session), Mock(), lambda _id: None)
    work.accept()
    assert asked == [None]
    assert [one.date for one in acceptances(session.store, "e1")] == ["2026-01-01", "2026-03-01"]
    work.accept()
    assert there(asked[1]).date == "2026-03-01"
    assert session.store.count("risk_acceptance") == 2
    work.withdraw()
    assert [one.id for one in acceptances(session.store, "e1")] == ["old"]
    work.close_down()


def test_a_suggestion_is_taken_by_a_person_only(qtbot, session):
    scheme = there(session.store.find("scheme", RiskScheme))
    bounds = {"A": (1.0, None), "B": (0.1, 1.0), "C": (0.01, 0.1), "D": (0.001, 0.01), "E": (None, 0.001)}
    frequencies = tuple(
        f.model_copy(update={"low": bounds[f.code][0], "high": bounds[f.code][1], "unit": "per_year"})
        for f in scheme.frequencies
    )
    with session.store.transaction("Bounds") as tx:
        tx.patch("scheme", frequencies=frequencies)
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    session.select(["h"])
    inspector.flush()
    row = there(inspector.findChild(RatingForm)).row("residual")
    assert row.suggestion.text().startswith("The numbers suggest C Occasional.")
    assert session.store.find(Assessment.of("h", "residual").id, Assessment) is None
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    assert there(session.store.find(Assessment.of("h", "residual").id, Assessment)).frequency == "C"
    session.store.undo()
    assert session.store.find(Assessment.of("h", "residual").id, Assessment) is None


def test_another_scheme_shows_what_becomes_of_the_ratings_before_it_is_used(qtbot, look):
    dialog = SchemeDialog(project(rated("e1", "initial", "3C")))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.isEnabled()
    assert "no rating changes" in there(dialog.faults.item(0)).text()
    dialog.source.setCurrentIndex(dialog.source.findText("Five by five"))
    dialog.source.activated.emit(dialog.source.currentIndex())
    assert there(dialog.faults.item(0)).text() == "1 rating changes, of 1; see Ratings."
    preview = dialog.ratings.rows
    shown = [preview.data(preview.index(0, column)) for column in range(preview.columnCount())]
    assert shown == [
        "Initial rating of E-1 Injury",
        "3C Medium (Major, Occasional)",
        "3C Medium (Moderate, Possible)",
        "changes",
    ]
    answer = dialog.read()
    assert answer.scheme.name == "Five by five"
    assert answer.severities["3"] == "3"
    box = dialog.mapping.findChildren(QComboBox)[2]
    assert box.accessibleName() == "3 Major becomes"
    box.setCurrentIndex(box.findData("2"))
    box.activated.emit(box.currentIndex())
    assert there(dialog.faults.item(0)).text() == ("Warning: 2 Critical and 3 Major become one category, 2 Major.")
    assert dialog.ok.isEnabled()


def test_the_step_of_another_scheme_names_the_scheme(session, monkeypatch):
    answer = SchemeAnswer(preset("five-by-five"), {}, {})
    monkeypatch.setattr(SchemeDialog, "show_modal", lambda _self: answer)
    work = Risk(Mock(), Mock(session=session, widget=None), Mock(), lambda _id: None)
    work.scheme()
    step = session.store.history.done[-1]
    assert step_words(session.store, step.label, step.diff) == "Change risk scheme to “Five by five”"
    work.close_down()


def test_a_fault_keeps_the_scheme_from_being_used(qtbot, session):
    dialog = SchemeDialog(session.store)
    qtbot.addWidget(dialog)
    dialog.show()
    there(dialog.frequencies.table.item(0, 3)).setText("often")
    assert not dialog.ok.isEnabled()
    assert "is no number" in dialog.reason.text()
    there(dialog.frequencies.table.item(0, 3)).setText("1")
    there(dialog.frequencies.table.item(0, 5)).setText("a year")
    assert dialog.ok.isEnabled()
    assert dialog.read().scheme.frequencies[0].low == 1.0
    there(dialog.severities.table.item(1, 0)).setText("II")
    assert dialog.read().severities["2"] == "II"
    assert dialog.read().scheme.cells["IIB"] == "High"


def test_categories_that_swap_their_codes_keep_their_cells(qtbot, session):
    dialog = SchemeDialog(session.store)
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.read().scheme.cells
    there(dialog.severities.table.item(0, 0)).setText("4")
    assert not dialog.ok.isEnabled()
    there(dialog.severities.table.item(3, 0)).setText("1")
    swapped = dialog.read()
    assert (swapped.severities["1"], swapped.severities["4"]) == ("4", "1")
    assert [swapped.scheme.cells[f"4{letter}"] for letter in "ABCDE"] == [before[f"1{letter}"] for letter in "ABCDE"]
    assert [swapped.scheme.cells[f"1{letter}"] for letter in "ABCDE"] == [before[f"4{letter}"] for letter in "ABCDE"]


def test_what_the_tables_do_not_show_of_a_scheme_is_kept(qtbot, session):
    scheme = there(session.store.find("scheme", RiskScheme))
    newer = RiskScheme.model_validate(
        {
            **scheme.model_dump(),
            "id": "scheme",
            "approved_by": "Board",
            "severities": [{**c.model_dump(), "low": 10.0, "cost": "1 M"} for c in scheme.severities],
            "levels": [{**one.model_dump(), "review": "yearly"} for one in scheme.levels],
        }
    )
    with session.store.transaction("Newer") as tx:
        tx.put(newer)
    dialog = SchemeDialog(session.store)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.read().scheme == newer
    there(dialog.severities.table.item(1, 1)).setText("Grave")
    there(dialog.levels.table.item(0, 0)).setText("Extreme")
    edited = dialog.read().scheme.model_dump()
    assert edited["approved_by"] == "Board"
    assert edited["severities"][1] == {**newer.severities[1].model_dump(), "name": "Grave"}
    assert edited["levels"][0] == {**newer.levels[0].model_dump(), "name": "Extreme"}
    assert edited["cells"]["1A"] == "Extreme"


def test_acceptance_asks_for_a_person_and_a_day(qtbot, look):
    dialog = AcceptanceDialog("H-1", ["High", "Serious"], "Serious", "", "2026-01-01")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.authority, "Head of safety")
    assert dialog.ok.isEnabled()
    assert dialog.read()["level"] == "Serious"
    qtbot.keyClicks(dialog.expires, "soon")
    assert not dialog.ok.isEnabled()
    dialog.expires.setText("2025-12-31")
    assert not dialog.ok.isEnabled()
    assert "ends before it begins" in dialog.reason.text()
    dialog.expires.setText("2026-01-01")
    assert dialog.ok.isEnabled()


def test_the_legend_of_a_lens_says_how_much_is_shown(qtbot, session):
    bar = LensBar(session)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    session.set_lens(Lens("Social impacts", "social"))
    bar.flush()
    assert not bar.isHidden()
    assert bar.said.text() == "Social impacts · 0 of 1 hazard at full strength; everything else is dimmed."
    bar.closed.connect(lambda: session.set_lens(None))
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert session.lens is None
    assert bar.isHidden()


def test_the_legend_of_the_colours_counts_hazards_by_dimension(qtbot, session):
    bar = LensBar(session)
    qtbot.addWidget(bar)
    with session.store.transaction("Name") as tx:
        tx.patch("h", impact_dimensions=("social", "economic"))
    session.set_lens(Lens("Impact dimensions", coloured=True))
    bar.flush()
    assert not bar.tags.isHidden()
    assert bar.said.text().startswith("Hazards by impact dimension: technical 0, social 1, political 0, economic 1;")
    session.set_lens(Lens("Social impacts", "social"))
    bar.flush()
    assert bar.tags.isHidden()

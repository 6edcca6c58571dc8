"""The risk matrix: who stands where, what is counted, and its figure."""

from pathlib import Path

import pytest

from tests.support import there
from tests.unit.analysis.risk_project import project, rated
from tests.unit.render.support import FixedMeasure
from workbench.analysis.lens import belongs_to, hazards_in
from workbench.analysis.risk_matrix import matrix_view, spoken_cell
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.risk_matrix import export_matrix, matrix_bytes
from workbench.export.risk_matrix_ops import matrix_layout, matrix_ops
from workbench.model.elements import Hazard
from workbench.render.ops import TextOp, flatten
from workbench.render.theme import load_theme
from workbench.store.store import Store


def many(count: int) -> Store:
    hazards = [Hazard(id=f"h{n}", code=f"H-{n}", title=f"Hazard {n}") for n in range(2, count + 2)]
    ratings = [rated(hazard.id, "initial", "2B") for hazard in hazards]
    ratings += [rated(hazard.id, "residual", "3D") for hazard in hazards]
    return project(rated("h", "initial", "1B"), *hazards, *ratings)


def test_hazards_stand_in_the_cells_of_their_ratings_by_phase_and_dimension() -> None:
    store = project(rated("e1", "initial", "2B"), rated("h", "residual", "3C", dimension="social"))
    view = there(matrix_view(store))
    assert [entry.hazard for entry in view.within(("2", "B"), "initial")] == ["h"]
    assert [entry.hazard for entry in view.within(("3", "C"), "residual")] == ["h"]
    assert view.hazards(("2", "B")) == ["h"]
    assert "worst of its consequences" in spoken_cell(view, ("2", "B"))
    assert spoken_cell(view, ("4", "E")) == "4E Low: Minor, Improbable. No hazards."
    technical = there(matrix_view(store, dimension="technical", shown="residual"))
    assert (technical.entries, technical.unrated) == ((), ("h",))
    assert matrix_view(Store([])) is None


def test_more_than_four_marks_in_a_cell_are_counted() -> None:
    view = there(matrix_view(many(3)))
    layout = matrix_layout(view, 1200, 700, FixedMeasure())
    assert sorted(m.text for m in layout.marks if m.phase == "initial") == ["H-1", "H-2", "H-3", "H-4"]
    crowded = matrix_layout(there(matrix_view(many(6))), 1200, 700, FixedMeasure())
    counted = [mark for mark in crowded.marks if len(mark.entries) > 1]
    assert {(mark.text, mark.phase) for mark in counted} == {("6×", "initial"), ("6×", "residual")}
    mark = counted[0]
    assert crowded.mark_at(mark.x, mark.y) is mark
    assert crowded.at(mark.x, mark.y) == ("2", "B")


@pytest.mark.parametrize("height", [120, 700])
def test_every_cell_says_its_index_and_level_so_that_grey_paper_suffices(height: float) -> None:
    view = there(matrix_view(project(rated("h", "initial", "1B"))))
    layout = matrix_layout(view, 1000, height, FixedMeasure())
    ops = matrix_ops(view, layout, load_theme("print"), FixedMeasure(), lit=frozenset({"h"}))
    words = [op.text for op, _, _ in flatten(ops) if isinstance(op, TextOp)]
    assert [words.count(f"{n}C") for n in range(1, 5)] == [1, 1, 1, 1]
    assert (words.count("High"), words.count("Low")) == (5, 3)


def test_the_figure_is_the_same_every_time_and_says_what_is_missing(tmp_path: Path) -> None:
    store = many(6)
    svg = matrix_bytes(store, options=ExportOptions(format="svg"))
    assert svg == matrix_bytes(store, options=ExportOptions(format="svg"))
    assert b"Risk matrix" in svg
    assert b"H-1" in svg
    out = tmp_path / "matrix.png"
    assert export_matrix(store, out, shown="residual") == out.stat().st_size
    with pytest.raises(ExportError, match="no risk scheme"):
        matrix_bytes(Store([]), options=ExportOptions(format="svg"))


def test_a_lens_shows_what_belongs_to_hazards_of_a_dimension() -> None:
    store = project(
        Hazard(id="h2", title="Another", impact_dimensions=("economic",)),
        rated("e1", "initial", "2B", dimension="social"),
    )
    assert hazards_in(store, "social") == ["h"]
    assert hazards_in(store, "economic") == ["h2"]
    assert hazards_in(store, "political") == []
    everything = belongs_to(store, ["h"])
    assert {"h", "t", "c1", "l1", "g1", "b1", "e2", "l4"} <= everything
    assert belongs_to(store, ["h2"]) == {"h2"}

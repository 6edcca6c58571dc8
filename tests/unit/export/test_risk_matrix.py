"""The risk matrix: who stands where, what is counted, and its figure."""

from itertools import pairwise
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
from workbench.export.risk_matrix_arrows import crossed
from workbench.export.risk_matrix_ops import MOST_ARROWS, matrix_layout, matrix_ops, ways
from workbench.model.elements import Hazard
from workbench.render.ops import Group, Lines, Ops, Polygon, RoundRect, TextOp, flatten
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


def shafts(ops: Ops) -> list[list[tuple[float, float]]]:
    """The arrows as points, by what they are drawn with: a stroke in the colour of text."""
    ink = load_theme("print").text.primary
    found = [
        [(line[0], line[1]), (line[2], line[3])]
        for op, _, _ in flatten(ops)
        if isinstance(op, Lines) and op.stroke == ink
        for line in op.segments
    ]
    return found + [list(op.points) for op, _, _ in flatten(ops) if isinstance(op, Polygon) and op.stroke == ink]


def dense(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        (x1 + (x2 - x1) * i / 50, y1 + (y2 - y1) * i / 50) for (x1, y1), (x2, y2) in pairwise(line) for i in range(51)
    ]


def words_of(ops: Ops) -> list[tuple[float, float, float, float]]:
    """Boxes around what cells say of themselves."""
    said = [group for group in ops if isinstance(group, Group) and group.css == "words"]
    texts = [op for group in said for op in group.ops if isinstance(op, TextOp)]
    return [(t.x, t.y - 8, FixedMeasure().width(t.text, t.size, t.weight), 8.0) for t in texts]


@pytest.mark.parametrize(("before", "after"), [("1C", "1E"), ("2B", "3B"), ("2B", "3C"), ("1A", "2B"), ("4A", "3C")])
def test_arrows_go_around_the_words_of_cells(before: str, after: str) -> None:
    view = there(matrix_view(project(rated("h", "initial", before), rated("h", "residual", after))))
    layout = matrix_layout(view, 828, 500, FixedMeasure())
    ops = matrix_ops(view, layout, load_theme("print"), FixedMeasure(), lit=frozenset())
    (arrow,) = shafts(ops)
    assert not [box for box in words_of(ops) if crossed(dense(arrow), box)]
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in arrow)


def test_where_an_arrow_finds_no_way_the_words_stand_above_it() -> None:
    view = there(matrix_view(project(rated("h", "initial", "2B"), rated("h", "residual", "3D"))))
    ops = matrix_ops(view, matrix_layout(view, 1400, 120, FixedMeasure()), load_theme("print"), FixedMeasure(),
                     lit=frozenset())  # fmt: skip
    last = max(at for at, op in enumerate(ops) if isinstance(op, Lines | Polygon))
    said = [at for at, op in enumerate(ops) if isinstance(op, Group) and op.css == "words"]
    assert len(said) == 20
    assert min(said) > last
    assert all(
        isinstance(group.ops[0], RoundRect) for group in ops if isinstance(group, Group) and group.css == "words"
    )


def test_of_too_many_arrows_those_of_the_selection_or_of_most_hazards_are_drawn() -> None:
    cells = [f"{severity}{frequency}" for severity in "1234" for frequency in "ABCDE"]
    moves = [*zip(cells, cells[1:] + cells[:1], strict=True), *zip(cells, cells[2:] + cells[:2], strict=True)]
    moves += [("1A", "4E")] * 3
    hazards = [Hazard(id=f"x{n}", code=f"H-{n + 2}") for n in range(len(moves))]
    ratings = [rated(f"x{n}", "initial", before) for n, (before, _) in enumerate(moves)]
    ratings += [rated(f"x{n}", "residual", after) for n, (_, after) in enumerate(moves)]
    store = project(*hazards, *ratings)
    view = there(matrix_view(store))
    layout = matrix_layout(view, 1400, 900, FixedMeasure())
    assert len(ways(layout)) > MOST_ARROWS

    def drawn(*lit: str) -> int:
        return len(shafts(matrix_ops(view, layout, load_theme("print"), FixedMeasure(), lit=frozenset(lit))))

    assert drawn() == MOST_ARROWS
    assert drawn("x0") == 1
    assert b"most hazards take" in matrix_bytes(store, options=ExportOptions(format="svg"))
    assert b"most hazards take" not in matrix_bytes(many(3), options=ExportOptions(format="svg"))


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

"""The figure of a capability grid: text as text, the same bytes each time, readable on every colour."""

import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from tests.support import there
from workbench.analysis.capability import grid_view
from workbench.analysis.colours import contrast
from workbench.commands import capability
from workbench.export.capability import capability_bytes, export_capability
from workbench.export.capability_heat import hatch_of, heat_layout, heat_of, least_width, scale_words
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.files.project import save_project
from workbench.model.judgement import Aspect, HumanBaseline, Project
from workbench.model.runs import Criterion, Metric, Named, Run
from workbench.render.theme import THEME_NAMES, load_theme
from workbench.store.store import Store

ROW, COLUMN = "Temporal reasoning", "Design-level"
SVG = ExportOptions(format="svg")


@pytest.fixture
def store():
    store = Store([Project(id="project", title="P")])
    with store.transaction("Grid") as tx:
        grid = capability.new_grid(tx, "Codex <1>")
        tx.put(Run(id="r", title="run", status="success", model=Named(name="M"), completed_at="2026-01-02"))
        for key, good in (("a", 47), ("b", 90), ("c", 70), ("d", 40)):
            rate = {"kind": "proportion", "value": good / 100, "n": 100, "successes": good}
            tx.put(Metric.model_validate({"id": key, "run": "r", "name": "pass", **rate}))
        place: tuple[str, str, Aspect] = (ROW, COLUMN, "execution")
        capability.fill(tx, grid, place, "a")
        capability.set_human(tx, grid, place, HumanBaseline(value=0.81, n=60))
        capability.set_criterion(tx, grid, place, Criterion(comparator=">=", threshold=0.8))
        for blocks, key in ((1, "b"), (2, "c"), (3, "d")):
            capability.fill(tx, grid, (blocks, ""), key)
            capability.set_human(tx, grid, (blocks, ""), HumanBaseline(value=0.9))
    return store


def words(data):
    tree = ET.fromstring(data)
    return [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_the_svg_has_number_interval_human_figure_and_gap_as_text(store):
    said = words(capability_bytes(store, options=SVG))
    # Wilson of 47/100: 37.5 to 56.7; gap -34, Newcombe -46.4 to -18.8: reckoned by hand
    for text in ("47 %", "38–57 % · n 100", "human 81 %", "gap −34, −46 to −19", "Codex <1>", "Not measured", "human"):
        assert text in said, said


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_the_same_grid_gives_the_same_bytes(store, tmp_path, format):
    first, second = tmp_path / f"1.{format}", tmp_path / f"2.{format}"
    assert export_capability(store, first) == first.stat().st_size
    export_capability(Store(list(store.records.values())[::-1]), second)
    assert first.read_bytes() == second.read_bytes()


def test_cells_and_points_are_groups_with_a_spoken_title(store):
    tree = ET.fromstring(capability_bytes(store, options=SVG))
    titles = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}title")]
    cell = next(title for title in map(there, titles) if title.startswith(f"{ROW}, {COLUMN}, execution"))
    assert "Gap −34 points" in cell
    assert any(there(title).startswith("model, 2 blocks: 70 %") for title in titles)


def test_an_aspect_without_anything_is_left_out(store):
    assert "Understanding" not in words(capability_bytes(store, options=SVG))
    with store.transaction("Understanding") as tx:
        grid = next(iter(store.records[id] for id in store.records if id.startswith("cg_"))).id
        capability.type_in(tx, grid, (ROW, COLUMN, "understanding"), 0.5, 10)
    assert "Understanding" in words(capability_bytes(store, options=SVG))


def test_fewer_than_three_levels_have_no_line(store):
    assert b"<polyline" in capability_bytes(store, options=SVG)
    with store.transaction("Fewer") as tx:
        grid = next(id for id in store.records if id.startswith("cg_"))
        capability.clear(tx, grid, [(3, "")])
    data = capability_bytes(store, options=SVG)
    assert b"<polyline" not in data
    assert "No line below 3 levels" in " ".join(words(data))


@pytest.mark.parametrize("name", THEME_NAMES)
def test_text_can_be_read_on_every_step_and_its_hatching(name):
    theme = load_theme(name)
    assert len(theme.heat) == len(scale_words())
    for colours in theme.heat:
        assert contrast(colours.fill, colours.text) >= 4.5
        assert contrast(hatch_of(colours), colours.text) >= 4.5
    steps = [contrast(colours.fill, theme.surface.canvas) for colours in theme.heat]
    assert steps == sorted(steps)


def test_the_scale_goes_by_its_steps():
    theme = load_theme("light")
    found = [theme.heat.index(heat_of(value, theme)) for value in (0, 0.2499, 0.25, 0.45, 0.65, 0.8, 1)]
    assert found == [0, 0, 1, 2, 3, 4, 4]


def test_the_layout_finds_the_cell_under_a_point(store):
    (grid,) = [record for record in store.records.values() if record.id.startswith("cg_")]
    view = grid_view(store, grid)
    layout = heat_layout(view, "execution", least_width(view))
    assert set(layout.boxes) == {(row, column) for row in view.rows for column in view.columns}
    for place, (x, y, w, h) in layout.boxes.items():
        assert layout.at(x + w / 2, y + h / 2) == place
    assert layout.at(1, 1) is None


def test_a_row_without_figures_stays_low_whatever_is_noted_in_it(store):
    (grid,) = [record for record in store.records.values() if record.id.startswith("cg_")]

    def heights():
        view = grid_view(store, grid)
        return {row: high for row, (_, high) in heat_layout(view, "execution", 900).rows.items()}

    before = heights()
    other = next(row for row in before if row != ROW)
    assert before[other] < before[ROW]
    with store.transaction("x") as tx:
        capability.set_note(tx, grid.id, (other, COLUMN, "execution"), "Nobody has run this.")
    assert heights() == before
    with store.transaction("x") as tx:
        capability.set_human(tx, grid.id, (other, COLUMN, "execution"), HumanBaseline(value=0.9))
    assert heights()[other] == before[ROW]


def test_grids_are_named_by_id_title_or_number(store):
    assert capability_bytes(store, "codex <1>", SVG) == capability_bytes(store, "1", SVG)
    with pytest.raises(ExportError, match="no capability grid is called"):
        capability_bytes(store, "2", SVG)
    with pytest.raises(ExportError, match="add one first"):
        capability_bytes(Store(), None, SVG)


def test_every_sign_of_the_figure_is_in_its_legend(store):
    said = words(capability_bytes(store, options=SVG))
    assert "refutes: the criterion is missed" in said, "47 of 100 against 80 %"
    assert not {"supports: the criterion is met", "inconclusive against the criterion"} & set(said), "none is drawn"
    assert "not measured" in said, "as the blank cells say"


def test_an_empty_grid_draws(store):
    store = Store()
    with store.transaction("Grid") as tx:
        capability.new_grid(tx, empty=True)
    assert "This capability grid is empty." in words(capability_bytes(store, options=SVG))


def test_hostile_titles_are_text(store):
    with store.transaction("Rename") as tx:
        grid = next(id for id in store.records if id.startswith("cg_"))
        renamed = [(name, "<script>\x01&" + "x" * 3000 if name == ROW else name) for name in tx.get(grid).attributes]
        capability.set_names(tx, grid, "attributes", renamed)
    data = capability_bytes(store, options=SVG)
    ET.fromstring(data)
    assert b"<script" not in data


def test_the_command_line_writes_the_figure_without_plotting_libraries(store, root, tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(store, path)
    out = tmp_path / "grid.svg"
    probe = (
        "import sys; from workbench.__main__ import main\n"
        f"sys.argv = ['hazard-workbench', 'export', {str(path)!r}, '-o', {str(out)!r}, '--what', 'capability']\n"
        "code = main()\nprint([m for m in ('pyqtgraph', 'numpy') if m in sys.modules])\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[]")
    assert out.read_bytes() == capability_bytes(store, options=SVG)
    assert re.search(rb"<text[^>]*>47 %</text>", out.read_bytes())

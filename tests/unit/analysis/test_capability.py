"""Capability grids and sweeps as they are shown; the figures are reckoned by hand."""

import json

import pytest

from tests.support import there
from workbench.analysis.capability import grid_view, informing, sweep_view
from workbench.analysis.capability_standard import about, standard
from workbench.commands.capability import fill, new_grid, set_criterion, set_human, set_informs, type_in
from workbench.commands.create import add_element
from workbench.model.judgement import Aspect, HumanBaseline, Project, SystemUnderAnalysis
from workbench.model.runs import Baseline, Criterion, Metric, Named, Run
from workbench.paths import resource
from workbench.store.store import Store

ROW, COLUMN = "Temporal reasoning", "Design-level"
PLACE: tuple[str, str, Aspect] = (ROW, COLUMN, "execution")


def rate(store, good, scored, *, model="GPT-X", key="r", **more):
    """Enter a run with one rate; returns the metric's id."""
    run = {"id": key, "title": f"run {key}", "status": "success", "model": Named(name=model)}
    run |= more.pop("run", {})
    value = good / scored
    fields = {
        "id": f"m_{key}",
        "run": key,
        "name": "pass",
        "kind": "proportion",
        "value": value,
        "n": scored,
        "successes": good,
    } | more
    with store.transaction("Run") as tx:
        tx.put(Run.model_validate(run))
        tx.put(Metric.model_validate(fields))
    return f"m_{key}"


@pytest.fixture
def store():
    system = SystemUnderAnalysis(model="GPT-X", version="")
    return Store([Project(id="project", system=system)])


@pytest.fixture
def grid(store):
    with store.transaction("Grid") as tx:
        return new_grid(tx)


def do(store, command, *arguments, **named):
    with store.transaction("Do") as tx:
        return command(tx, *arguments, **named)


def shown(store, grid, place=PLACE):
    return grid_view(store, store.get(grid)).cells[place]


def test_the_standard_frame_has_what_the_paper_names():
    frame = standard()
    assert len(frame.attributes) == 5
    assert len(frame.practices) == 5
    assert len(frame.levels) == 3
    assert all(about(name) for name in (*frame.attributes, *frame.practices, *frame.levels))
    assert json.loads(resource("capability", "standard.json").read_text())["source"]


def test_an_empty_grid_says_not_measured_everywhere(store, grid):
    view = grid_view(store, store.get(grid))
    assert len(view.cells) == 10 * 3 * 2
    assert {cell.blank_reason for cell in view.cells.values()} == {"Not measured"}
    assert not view.used("execution")


def test_value_interval_and_gap_agree_with_a_reckoning_by_hand(store, grid):
    do(store, fill, grid, PLACE, rate(store, 56, 70))
    do(store, set_human, grid, PLACE, HumanBaseline(value=0.6, n=80, who="developers"))
    cell = shown(store, grid)
    # Newcombe 1998, table II, example (a), method 10: 56/70 - 48/80 = 0.2000, 0.0524 to 0.3339
    assert (cell.value, cell.human) == (0.8, 0.6)
    assert cell.gap == pytest.approx(0.2, abs=1e-12)
    assert cell.gap_low == pytest.approx(0.0524, abs=5e-5)
    assert cell.gap_high == pytest.approx(0.3339, abs=5e-5)
    assert cell.gap_decided
    # Wilson by hand: (0.8 + z²/140 ± z √(0.16/70 + z²/19600)) / (1 + z²/70), z = 1.959964
    assert cell.low == pytest.approx(0.691834, abs=5e-7)
    assert cell.high == pytest.approx(0.876953, abs=5e-7)
    assert cell.n == 70
    assert cell.blank_reason == ""
    assert not cell.human_constant


def test_a_human_figure_without_n_is_a_constant(store, grid):
    do(store, fill, grid, PLACE, rate(store, 56, 70))
    do(store, set_human, grid, PLACE, HumanBaseline(value=0.9))
    cell = shown(store, grid)
    assert cell.human_constant
    assert cell.gap_low == pytest.approx(cell.low - 0.9)
    assert "constant" in cell.gap_how


def test_a_typed_value_without_n_has_no_interval(store, grid):
    do(store, type_in, grid, PLACE, 0.4, source="paper, table 3")
    cell = shown(store, grid)
    assert (cell.value, cell.low, cell.typed, cell.source) == (0.4, None, True, "paper, table 3")
    do(store, type_in, grid, PLACE, 0.4, 50)
    assert shown(store, grid).low is not None


def test_the_human_figure_kept_with_the_run_is_used_where_the_cell_has_none(store, grid):
    human = Baseline(kind="human", successes=45, n=50, source="study")
    do(store, fill, grid, PLACE, rate(store, 20, 50, baselines=(human,)))
    assert (shown(store, grid).human, shown(store, grid).human_source) == (0.9, "study")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"n": 0, "successes": None, "value": None, "missing": 120}, "Nothing was scored: all 120 items are missing"),
        ({"unit": "count", "value": 3.0}, "pass is no rate from 0 to 1"),
        ({"value": None, "n": None, "reported": {"value": 0.72}}, "Only the tool's own figure (72 %) is known"),
    ],
)
def test_a_run_without_an_honest_rate_leaves_the_cell_blank_and_says_why(store, grid, changes, reason):
    do(store, fill, grid, PLACE, rate(store, 0, 10, **changes))
    cell = shown(store, grid)
    assert cell.value is None
    assert cell.blank_reason == reason
    assert cell.run == "r"


def test_a_run_of_another_model_is_suspended(store, grid):
    do(store, fill, grid, PLACE, rate(store, 5, 10, model="GPT-Old"))
    assert "GPT-Old" in shown(store, grid).stale[0]
    with store.transaction("Model") as tx:
        tx.patch(grid, model="GPT-Old")
    assert shown(store, grid).stale == ()


def test_a_superseded_run_is_suspended(store, grid):
    later = rate(store, 9, 10, key="later")
    do(store, fill, grid, PLACE, rate(store, 5, 10, run={"superseded_by": store.get(later).run}))
    assert any("Superseded" in reason for reason in shown(store, grid).stale)


def test_the_comparator_says_whether_low_is_the_hazard_or_the_reassurance(store, grid):
    do(store, fill, grid, PLACE, rate(store, 3, 100))
    do(store, set_criterion, grid, PLACE, Criterion(comparator=">=", threshold=0.8))
    hazard = shown(store, grid)
    assert (hazard.meaning, hazard.verdict) == ("hazard", "refutes")
    do(store, set_criterion, grid, PLACE, Criterion(comparator="<=", threshold=0.2))
    reassurance = shown(store, grid)
    assert (reassurance.meaning, reassurance.verdict) == ("reassurance", "supports")
    assert {"under_elicited", "sandbagging"} <= {kind for kind, _ in reassurance.prompts}


def test_a_typed_value_without_n_decides_nothing(store, grid):
    do(store, type_in, grid, PLACE, 0.01)
    do(store, set_criterion, grid, PLACE, Criterion(comparator="<=", threshold=0.2))
    assert shown(store, grid).verdict == "inconclusive"


def test_elements_know_the_cells_that_inform_them(store, grid):
    with store.transaction("Cause") as tx:
        cause = add_element(tx, "cause", "Wrong code is trusted")
        set_informs(tx, grid, PLACE, [cause])
    assert [cell.attribute for cell in informing(store, cause)] == [ROW]
    with store.transaction("Gone") as tx:
        tx.remove(cause)
    assert shown(store, grid).informs == ()


# the sweep


def sweep(store, grid, figures, **more):
    for blocks, (successes, n) in figures.items():
        metric = rate(store, successes, n, key=f"s{blocks}", **more)
        do(store, fill, grid, (blocks, ""), metric)
    return sweep_view(store, store.get(grid))


def test_a_sweep_of_three_levels_is_joined(store, grid):
    view = sweep(store, grid, {1: (90, 100), 4: (50, 100), 2: (70, 100)})
    assert view.levels == (1, 2, 4)
    assert [point.shown.value for point in view.series[0].points] == [0.9, 0.7, 0.5]
    assert view.series[0].joined
    assert all(point.shown.low < point.shown.value < point.shown.high for point in view.series[0].points)


def test_no_line_below_three_levels(store, grid):
    series = sweep(store, grid, {1: (90, 100), 2: (70, 100)}).series[0]
    assert not series.joined
    assert "3 levels" in series.apart


def test_points_of_different_versions_are_not_joined(store, grid):
    sweep(store, grid, {1: (90, 100), 2: (70, 100), 3: (50, 100)})
    do(store, fill, grid, (4, ""), rate(store, 20, 100, key="other", run={"dataset": {"name": "d", "version": "2"}}))
    series = sweep_view(store, store.get(grid)).series[0]
    assert not series.joined
    assert "2 versions" in series.apart


def test_the_human_line_stands_beside_the_series(store, grid):
    sweep(store, grid, {1: (90, 100), 2: (70, 100), 3: (50, 100)})
    for blocks, value in ((1, 0.99), (2, 0.97), (3, 0.9)):
        do(store, set_human, grid, (blocks, ""), HumanBaseline(value=value, n=40 if blocks == 3 else None))
    view = sweep_view(store, store.get(grid))
    assert [point.value for point in view.human] == [0.99, 0.97, 0.9]
    assert view.human_joined
    assert view.human[0].low is None
    assert there(view.human[2].low) < 0.9


def test_another_series_is_another_model_and_not_stale_for_it(store, grid):
    metric = rate(store, 40, 100, key="o", model="Other")
    do(store, fill, grid, (1, "Other"), metric)
    do(store, fill, grid, (1, ""), metric)
    plain, named = sweep_view(store, store.get(grid)).series
    assert plain.points[0].shown.stale
    assert named.points[0].shown.stale == ()

"""Rows, columns, cells and points of a capability grid: each change is one step that undo takes back."""

from typing import Any

import pytest

from tests.support import there
from workbench.analysis.capability import grid_view, points_of
from workbench.analysis.capability_standard import standard
from workbench.commands import capability
from workbench.commands.create import add_element
from workbench.commands.errors import CommandError
from workbench.files.project import load_project, save_project
from workbench.model.judgement import Aspect, CapabilityCell, CapabilityGrid, HumanBaseline, SweepPoint
from workbench.model.review import Comment
from workbench.model.runs import Criterion, Metric, Run
from workbench.store.store import Store

ROW, COLUMN = "Nondeterminism", "Low-level"
PLACE: tuple[str, str, Aspect] = (ROW, COLUMN, "execution")


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def grid(store):
    return do(store, capability.new_grid)


def do(store, command, *arguments, **named):
    with store.transaction("Do") as tx:
        return command(tx, *arguments, **named)


def metric(key="m", run="r"):
    return Metric(id=key, run=run, name="pass", kind="proportion", value=0.5, n=10, successes=5)


def cells(store):
    return list(store.all(CapabilityCell))


def test_a_new_grid_is_standard_or_empty(store):
    made = store.get(do(store, capability.new_grid, " Codex "))
    assert made.title == "Codex"
    assert made.attributes == standard().attributes
    empty = store.get(do(store, capability.new_grid, empty=True))
    assert (empty.attributes, empty.practices, empty.levels) == ((), (), ())
    store.undo()
    store.undo()
    assert not store.count("capability_grid")


def named(store, grid, axis="attributes"):
    """The names of an axis as a dialog hands them back unchanged."""
    return [(name, name) for name in getattr(store.get(grid), axis)]


def test_rows_are_added_moved_and_refused(store, grid):
    first, *others = named(store, grid)
    do(store, capability.set_names, grid, "attributes", [*others, ("", " Recursion "), first])
    assert store.get(grid).attributes[-2:] == ("Recursion", first[0])
    for name in ("", "Recursion", standard().practices[0]):
        with pytest.raises(CommandError):
            do(store, capability.set_names, grid, "attributes", [*named(store, grid), ("", name)])


def test_renaming_a_row_keeps_its_cells_and_what_refers_to_them(store, grid):
    do(store, capability.type_in, grid, PLACE, 0.4, 20, "paper")
    before = cells(store)[0].id
    with store.transaction("Comment") as tx:
        tx.put(Comment(id="cm", subject=before))
    names = [(old, "Chance" if old == ROW else new) for old, new in named(store, grid)]
    do(store, capability.set_names, grid, "attributes", names)
    (cell,) = cells(store)
    assert (cell.attribute, cell.typed.value) == ("Chance", 0.4)
    assert cell.id == CapabilityCell.of(grid, "Chance", COLUMN, "execution").id
    assert store.get("cm").subject == cell.id
    store.undo()
    assert cells(store)[0].id == before
    assert store.get("cm").subject == before


def test_removing_a_column_takes_its_cells_along_and_undo_brings_them_back(store, grid):
    do(store, capability.type_in, grid, PLACE, 0.4)
    do(
        store,
        capability.set_names,
        grid,
        "levels",
        [pair for pair in named(store, grid, "levels") if pair[0] != COLUMN],
    )
    assert not cells(store)
    store.undo()
    assert len(cells(store)) == 1
    assert COLUMN in store.get(grid).levels


def test_all_names_can_be_set_at_once_and_two_can_change_places(store, grid):
    low, design, high = standard().levels
    do(store, capability.type_in, grid, (ROW, low, "execution"), 0.1)
    do(store, capability.type_in, grid, (ROW, design, "execution"), 0.2)
    do(store, capability.type_in, grid, (ROW, high, "execution"), 0.3)
    do(store, capability.set_names, grid, "levels", [(design, low), (low, design), ("", "System")])
    assert store.get(grid).levels == (low, design, "System")
    view = grid_view(store, there(store.find(grid, CapabilityGrid)))
    assert [view.cells[ROW, level, "execution"].value for level in (low, design, "System")] == [0.2, 0.1, None]
    assert len(cells(store)) == 2
    with pytest.raises(CommandError, match="once only"):
        do(store, capability.set_names, grid, "levels", [(low, low), (design, low)])


def test_a_cell_is_filled_from_a_run_or_by_hand_never_both(store, grid):
    with store.transaction("Run") as tx:
        tx.put(Run(id="r"))
        tx.put(metric())
    do(store, capability.type_in, grid, PLACE, 0.4, 20)
    do(store, capability.fill, grid, PLACE, "m")
    assert (cells(store)[0].metric, cells(store)[0].typed) == ("m", None)
    do(store, capability.type_in, grid, PLACE, 0.4, 20)
    assert cells(store)[0].metric is None
    with pytest.raises(CommandError):
        do(store, capability.fill, grid, PLACE, "nothing")
    with pytest.raises(CommandError, match="no cell"):
        do(store, capability.fill, grid, ("No row", COLUMN, "execution"), "m")
    with pytest.raises(CommandError, match="0 tasks"):
        do(store, capability.type_in, grid, PLACE, 0.4, 0)


def test_a_cell_that_says_nothing_is_no_record(store, grid):
    do(store, capability.type_in, grid, PLACE, 0.4)
    do(store, capability.type_in, grid, PLACE, None)
    assert not cells(store)
    do(store, capability.set_human, grid, PLACE, HumanBaseline(value=0.9, n=10))
    do(store, capability.set_human, grid, PLACE, None)
    assert not cells(store)


def test_human_bounds_hold_the_value(store, grid):
    wrong: list[dict[str, Any]] = [{"low": 0.95, "high": 0.99}, {"low": 0.5}]
    for bounds in wrong:
        with pytest.raises(CommandError):
            do(store, capability.set_human, grid, PLACE, HumanBaseline(value=0.9, **bounds))


def test_criterion_links_and_note_belong_to_the_cell(store, grid):
    do(store, capability.set_criterion, grid, PLACE, Criterion(comparator="<=", threshold=0.2))
    with pytest.raises(CommandError, match="write 20%"):
        do(store, capability.set_criterion, grid, PLACE, Criterion(comparator="<=", threshold=20))
    with store.transaction("Elements") as tx:
        cause, note = add_element(tx, "cause", "C"), add_element(tx, "note", "N")
    do(store, capability.set_informs, grid, PLACE, [cause, cause])
    do(store, capability.set_note, grid, PLACE, "elicited with tools")
    assert cells(store)[0].informs == (cause,)
    with pytest.raises(CommandError):
        do(store, capability.set_informs, grid, PLACE, [note])
    assert do(store, capability.clear, grid, [PLACE, ("Hyperproperties", COLUMN, "execution")]) == 1
    assert not cells(store)
    store.undo()
    assert cells(store)[0].note == "elicited with tools"


def test_many_cells_and_points_are_filled_in_one_step(store, grid):
    do(store, capability.type_in, grid, PLACE, 0.4)
    do(store, capability.set_human, grid, PLACE, HumanBaseline(value=0.9))
    other = ("Hyperproperties", COLUMN, "understanding")
    fills = {PLACE: metric("a"), other: metric("b"), (3, ""): metric("c")}
    steps = len(store.history.done)
    assert do(store, capability.fill_many, grid, fills, [Run(id="r")]) == (PLACE,)
    assert len(store.history.done) == steps + 1
    assert store.count("metric") == 3
    assert [point.metric for point in points_of(store, grid)] == ["c"]
    view = grid_view(store, there(store.find(grid, CapabilityGrid)))
    assert (view.cells[PLACE].value, view.cells[PLACE].human) == (0.5, 0.9)
    store.undo()
    assert store.count("metric") == store.count("run") == 0
    assert grid_view(store, there(store.find(grid, CapabilityGrid))).cells[PLACE].value == 0.4
    with pytest.raises(CommandError, match="Nothing is mapped"):
        do(store, capability.fill_many, grid, {})


def test_points_lie_between_one_block_and_many(store, grid):
    for blocks in (0, 10_001):
        with pytest.raises(CommandError):
            do(store, capability.type_in, grid, (blocks, ""), 0.4)
    do(store, capability.type_in, grid, (13, "GPT-4"), 0.4, 30)
    (point,) = store.all(SweepPoint)
    assert (point.blocks, point.series, point.typed.n) == (13, "GPT-4", 30)


def test_removing_a_run_leaves_the_human_figure_in_the_cell(store, grid):
    do(store, capability.fill_many, grid, {PLACE: metric()}, [Run(id="r")])
    do(store, capability.set_human, grid, PLACE, HumanBaseline(value=0.9))
    with store.transaction("Remove") as tx:
        tx.remove("r")
    cell = grid_view(store, there(store.find(grid, CapabilityGrid))).cells[PLACE]
    assert (cell.value, cell.human, cell.blank_reason) == (None, 0.9, "Not measured")


def test_deleting_a_grid_leaves_the_runs(store, grid):
    do(store, capability.fill_many, grid, {PLACE: metric(), (2, ""): metric("n")}, [Run(id="r")])
    do(store, capability.delete_grid, grid)
    assert not store.count("capability_cell") + store.count("sweep_point")
    assert store.count("metric") == 2
    with pytest.raises(CommandError):
        do(store, capability.delete_grid, grid)
    assert not list(store.all(CapabilityGrid))


def test_a_grid_survives_the_file(store, grid, tmp_path):
    do(store, capability.type_in, grid, PLACE, 0.4, 20, "paper")
    do(store, capability.type_in, grid, (2, ""), 0.4, 20, "paper")
    path = tmp_path / "p.hazard.json"
    save_project(store, path)
    again = load_project(path).store
    assert {cell.id for cell in again.all(CapabilityCell)} == {cell.id for cell in cells(store)}
    views = [grid_view(one, there(one.find(grid, CapabilityGrid))) for one in (again, store)]
    assert views[0].cells[PLACE] == views[1].cells[PLACE]


def test_cells_follow_a_run_that_took_anothers_place(store, grid):
    do(store, capability.fill_many, grid, {PLACE: metric("a"), (2, ""): metric("b")}, [Run(id="r")])
    with store.transaction("New run") as tx:
        tx.put(Run(id="s"))
        tx.put(metric("c", "s").replace(value=0.9, successes=9))
        assert capability.follow(tx, {"a": "c", "nothing": "c"}) == 1
    assert grid_view(store, store.get(grid)).cells[PLACE].value == 0.9
    assert [point.metric for point in store.all(SweepPoint)] == ["b"]

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.layout.drawing import Drawing, link, node
from workbench.layout.graph import LayoutGraph, LayoutNode, Plan
from workbench.layout.layered import arrange_layered


def graph_of(edges: Sequence[tuple[str, str]], loose: Sequence[str] = ()) -> LayoutGraph:
    names = dict.fromkeys([n for edge in edges for n in edge] + list(loose))
    return LayoutGraph(tuple(LayoutNode(n, "cause", 120, 60) for n in names), tuple(link(a, b) for a, b in edges))


def boxes_overlap(graph: LayoutGraph, plan: Plan) -> bool:
    return any(
        abs(plan.positions[a.id][0] - plan.positions[b.id][0]) < (a.w + b.w) / 2 - 0.01
        and abs(plan.positions[a.id][1] - plan.positions[b.id][1]) < (a.h + b.h) / 2 - 0.01
        for a, b in combinations(graph.nodes, 2)
    )


TREE = [("a", "b"), ("a", "c"), ("b", "d"), ("b", "e"), ("c", "f"), ("c", "g")]


@pytest.mark.parametrize(
    ("direction", "axis", "sign"), [("right", 0, 1), ("left", 0, -1), ("down", 1, 1), ("up", 1, -1)]
)
def test_links_lead_in_the_direction_asked_for(direction, axis, sign):
    graph = graph_of(TREE)
    plan = arrange_layered(graph, direction=direction)
    for a, b in TREE:
        assert (plan.positions[b][axis] - plan.positions[a][axis]) * sign > 0
    assert not boxes_overlap(graph, plan)


def test_a_tree_has_no_crossings_and_parents_stand_between_their_children():
    graph = graph_of(TREE)
    plan = arrange_layered(graph)
    assert Drawing(graph, plan).crossings() == 0
    y = {id_: at[1] for id_, at in plan.positions.items()}
    for parent, children in (("a", "bc"), ("b", "de"), ("c", "fg")):
        low, high = sorted(y[child] for child in children)
        assert low < y[parent] < high


def test_loops_and_links_to_itself_are_survived():
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "c"), ("c", "d")]
    graph = graph_of(edges)
    plan = arrange_layered(graph)
    assert not boxes_overlap(graph, plan)
    assert len({at[0] for at in plan.positions.values()}) == 4


def test_unlinked_parts_are_stacked():
    graph = graph_of([("a", "b"), ("c", "d")], loose=["x", "y"])
    plan = arrange_layered(graph)
    assert set(plan.positions) == set("abcdxy")
    assert not boxes_overlap(graph, plan)
    assert plan.positions["a"][1] != plan.positions["c"][1]


def test_the_empty_graph_has_the_empty_plan():
    assert arrange_layered(LayoutGraph()) == Plan()


def test_guards_have_room_on_their_links():
    graph = LayoutGraph(
        (node("a", "cause"), node("b", "cause"), node("c", "cause")),
        (link("a", "b", "P", "Q", "R"), link("b", "c")),
    )
    plan = arrange_layered(graph)
    drawing = Drawing(graph, plan)
    assert plan.stations == {}
    assert drawing.overlaps() == []
    assert plan.positions["b"][0] - plan.positions["a"][0] > plan.positions["c"][0] - plan.positions["b"][0]


def test_room_above_and_below_boxes_is_kept():
    nodes = (LayoutNode("a", "cause", 100, 50), *(LayoutNode(n, "cause", 100, 50, 40, 20) for n in "bcd"))
    graph = LayoutGraph(nodes, (link("a", "b"), link("a", "c"), link("a", "d")))
    plan = arrange_layered(graph)
    ys = sorted(plan.positions[n][1] for n in "bcd")
    assert min(b - a for a, b in pairwise(ys)) >= 50 + 40 + 20


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=40),
    st.sampled_from(["right", "down"]),
)
def test_any_graph_is_arranged_alike_twice_and_without_overlaps(raw, direction):
    graph = graph_of([(f"n{a}", f"n{b}") for a, b in dict.fromkeys(raw)], loose=["n0", "lone"])
    plan = arrange_layered(graph, direction=direction)
    assert not boxes_overlap(graph, plan)
    assert plan == arrange_layered(graph, direction=direction)
    if all(a < b for a, b in raw):
        axis = 0 if direction == "right" else 1
        assert all(plan.positions[f"n{a}"][axis] < plan.positions[f"n{b}"][axis] for a, b in raw)


@pytest.mark.slow
def test_five_thousand_nodes_are_arranged():
    count = 5000
    edges = [(f"n{v // 3}", f"n{v}") for v in range(1, count)]
    edges += [(f"n{v}", f"n{v * 7 % count}") for v in range(0, count, 4) if v < v * 7 % count]
    plan = arrange_layered(graph_of(edges))
    assert len(set(plan.positions.values())) == count
    assert all(plan.positions[a][0] < plan.positions[b][0] for a, b in edges)

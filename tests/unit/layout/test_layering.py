from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.layout.coordinates import spread
from workbench.layout.layering import assign_layers, forward_edges
from workbench.layout.ordering import Ordering, first_orders
from workbench.layout.simplex import NetworkSimplex, longest_path_layers


@st.composite
def connected_dags(draw):
    """Nodes 0 .. n-1 with edges from lower to higher numbers, all joined."""
    count = draw(st.integers(1, 14))
    edges = {(draw(st.integers(0, v - 1)), v) for v in range(1, count)}
    extra = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    edges |= {(min(e), max(e)) for e in draw(st.lists(extra, max_size=16)) if e[0] != e[1]}
    names = draw(st.permutations(range(count)))
    return count, [(names[a], names[b]) for a, b in sorted(edges)]


def span(edges: list[tuple[int, int]], layers: list[int]) -> int:
    return sum(layers[b] - layers[a] for a, b in edges)


def least_span(count: int, edges: list[tuple[int, int]]) -> int:
    """The optimum by linear programming, whose corners are whole numbers here."""
    from scipy.optimize import linprog

    cost = [0] * count
    rows = []
    for a, b in edges:
        cost[b] += 1
        cost[a] -= 1
        rows.append([1 if v == a else -1 if v == b else 0 for v in range(count)])
    if not edges:
        return 0
    return round(float(linprog(cost, A_ub=rows, b_ub=[-1] * len(rows), bounds=(0, None)).fun))


@settings(max_examples=80, deadline=None)
@given(connected_dags())
def test_layers_have_the_least_total_span(dag):
    count, edges = dag
    layers = assign_layers(count, edges)
    assert min(layers) == 0
    assert all(layers[b] > layers[a] for a, b in edges)
    assert span(edges, layers) == least_span(count, edges)


@settings(max_examples=80, deadline=None)
@given(connected_dags())
def test_the_simplex_alone_finds_the_same(dag):
    count, edges = dag
    layers = NetworkSimplex(count, [(a, b, 1, 1) for a, b in edges]).solve(100_000)
    assert all(layers[b] > layers[a] for a, b in edges)
    assert span(edges, layers) == least_span(count, edges)


def test_a_simplex_that_runs_out_of_work_still_has_legal_layers():
    edges = [(0, 5), (0, 1), (1, 2), (2, 3), (3, 4), (4, 6), (5, 6)]
    layers = NetworkSimplex(7, [(a, b, 1, 1) for a, b in edges]).solve(0)
    assert all(layers[b] > layers[a] for a, b in edges)


def test_weights_and_least_lengths_are_kept():
    layers = longest_path_layers(3, [(0, 1, 1, 3), (1, 2, 1, 1)])
    assert layers == [0, 3, 4]
    layers = NetworkSimplex(4, [(0, 1, 1, 1), (0, 3, 1, 5), (1, 2, 9, 1), (2, 3, 1, 1)]).solve(1000)
    assert layers[2] - layers[1] == 1


def test_loops_have_no_layers():
    with pytest.raises(ValueError, match="loops"):
        longest_path_layers(2, [(0, 1, 1, 1), (1, 0, 1, 1)])


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30))
def test_loops_are_broken_and_nothing_else_is_turned(count, raw):
    edges = [(a % count, b % count) for a, b in raw]
    kept = forward_edges(count, edges)
    layers = longest_path_layers(count, [(a, b, 1, 1) for a, b in kept])  # raises if a loop is left
    assert len(layers) == count
    assert {frozenset(e) for e in kept} == {frozenset(e) for e in edges if e[0] != e[1]}
    if all(a <= b for a, b in edges):
        assert set(kept) == {e for e in edges if e[0] != e[1]}


def crossings_by_hand(layers: list[list[int]], after: list[list[int]]) -> int:
    place = {v: i for layer in layers for i, v in enumerate(layer)}
    total = 0
    for layer in layers:
        edges = [(place[v], place[u]) for v in layer for u in after[v]]
        total += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in product(edges, edges))
    return total // 2


@st.composite
def layered_graphs(draw):
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=4))
    level = [i for i, size in enumerate(sizes) for _ in range(size)]
    before: list[list[int]] = [[] for _ in level]
    after: list[list[int]] = [[] for _ in level]
    for a, b in product(range(len(level)), repeat=2):
        if level[b] == level[a] + 1 and draw(st.integers(0, 2)) == 0:
            after[a].append(b)
            before[b].append(a)
    return level, before, after


@settings(deadline=None)
@given(layered_graphs())
def test_orders_count_their_crossings_and_never_get_worse(graph):
    level, before, after = graph
    start = next(iter(first_orders(level, before, after)))
    ordering = Ordering(start, before, after)
    assert ordering.crossings() == crossings_by_hand(start, after)
    found = ordering.improve()
    assert found == ordering.crossings() == crossings_by_hand(ordering.layers, after)
    assert found <= crossings_by_hand(start, after)
    assert [sorted(layer) for layer in ordering.layers] == [sorted(layer) for layer in start]


def test_a_tangled_tree_is_untangled():
    # 0 over 1 .. 5, each over two of 6 .. 15, numbered so that the first order crosses.
    level = [0] + [1] * 5 + [2] * 10
    after = [[1, 2, 3, 4, 5]] + [[6 + i, 11 + (4 - i)] for i in range(5)] + [[] for _ in range(10)]
    before = [[v for v, ends in enumerate(after) if u in ends] for u in range(16)]
    start = next(iter(first_orders(level, before, after)))
    ordering = Ordering(start, before, after)
    assert ordering.crossings() > 0
    assert ordering.improve() == 0


def test_starting_orders_differ_and_repeat():
    level, before, after = [0, 0, 0, 1, 1], [[], [], [], [0, 2], [1]], [[3], [4], [3], [], []]
    first = [next(orders) for orders in [first_orders(level, before, after)] for _ in range(6)]
    assert first[0] == [[0, 1, 2], [3, 4]]
    assert len({str(layers) for layers in first}) > 2
    again = first_orders(level, before, after)
    assert [next(again) for _ in range(6)] == first


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8), st.data())
def test_spread_keeps_distances_and_moves_no_further_than_needed(wanted, data):
    gaps = data.draw(st.lists(st.floats(0, 50), min_size=len(wanted) - 1, max_size=len(wanted) - 1))
    placed = spread(wanted, gaps)
    assert all(b - a >= gap - 1e-6 for a, b, gap in zip(placed, placed[1:], gaps, strict=False))
    free = all(b - a >= gap for a, b, gap in zip(wanted, wanted[1:], gaps, strict=False))
    assert not free or placed == pytest.approx(wanted, abs=1e-6)
    assert sum(placed) == pytest.approx(sum(wanted), abs=1e-6)

"""Arranging one bow-tie amid a large project, beside a plain loop in the same run, in CPU time.

Run with `--benchmark-enable` for the bounds; without it this asserts that everything has its place.
"""

from statistics import median
from time import process_time

import pytest

from tests.generator import make_project
from workbench.layout.bowtie import arrange_bow_tie
from workbench.model.drawing import Diagram
from workbench.render.arrange import layout_graph
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.store.collector import collector_paused
from workbench.store.store import Store


def plain_loop():
    total = 0.0
    for number in range(1_000_000):
        total += number * 0.5
    return total


@pytest.mark.parametrize(("count", "most"), [(1_000, 10.0), pytest.param(10_000, 80.0, marks=pytest.mark.slow)])
def test_time_of_a_bow_tie_in_a_large_project(qapp, benchmark, count, most):
    """Twice as much was needed when guards on long lines were tried every 8 units and rows looked at all lines."""
    if count > 1_000 and not benchmark.enabled:
        pytest.skip("ten thousand elements are arranged with --benchmark-enable only")
    store = Store(make_project(count, count * 13 // 10))
    diagram = next(iter(store.all(Diagram)))
    measure = qt_measure()
    graph = layout_graph(PictureBuilder(store, diagram.id, measure).picture, measure, diagram.focus)
    shares = []

    def arranged():
        start = process_time()
        plain_loop()
        middle = process_time()
        with collector_paused():
            plan = arrange_bow_tie(graph)
        shares.append((process_time() - middle) / (middle - start))
        return plan

    plan = benchmark.pedantic(arranged, rounds=5 if benchmark.enabled else 1)
    assert set(plan.positions) == {node.id for node in graph.nodes}
    if benchmark.enabled:
        benchmark.extra_info["time as a share of a plain loop of a million"] = round(median(shares), 2)
        assert median(shares) <= most

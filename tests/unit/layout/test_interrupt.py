"""A long arrangement can be given up, and leaves nothing behind."""

import gc

import pytest

from tests.unit.layout.drawing import link, node
from workbench.layout.arrange import arrange
from workbench.layout.graph import LayoutGraph
from workbench.layout.interrupt import ArrangementInterrupted, breathe


def chains(count: int, *, centre: bool) -> LayoutGraph:
    """Causes two deep, before one top event or before as many."""
    tops = [node("T0", "top_event")] if centre else [node(f"T{i}", "top_event") for i in range(count)]
    causes = [node(f"{letter}{i}", "cause") for letter in "CD" for i in range(count)]
    links = [link(f"C{i}", f"T{0 if centre else i}", f"A{i}") for i in range(count)]
    links += [link(f"D{i}", f"C{i * 7 % count}", f"E{i}") for i in range(count)]
    return LayoutGraph((*tops, *causes), tuple(links))


@pytest.mark.parametrize("centre", [True, False])
def test_it_asks_often_and_stops_at_the_first_yes(centre):
    asked = 0

    def never() -> bool:
        nonlocal asked
        asked += 1
        return False

    graph = chains(40, centre=centre)
    plan = arrange(graph, unwanted=never)
    assert set(plan.positions) == {n.id for n in graph.nodes}
    assert asked > 20
    for after in (1, asked // 2, asked):
        left = after

        def enough() -> bool:
            nonlocal left
            left -= 1
            return left <= 0

        with pytest.raises(ArrangementInterrupted):
            arrange(graph, unwanted=enough)
        assert left == 0, "nothing was asked again"


def test_who_was_interrupted_is_forgotten():
    with pytest.raises(ArrangementInterrupted):
        arrange(chains(5, centre=True), unwanted=lambda: True)
    breathe()
    assert gc.isenabled()


def test_the_centre_decides_between_bow_tie_and_layers():
    one = arrange(chains(3, centre=True)).positions
    assert one["T0"] == (0.0, 0.0)
    many = arrange(chains(3, centre=False)).positions
    assert len({x for id, (x, _) in many.items() if id.startswith("T")}) == 1, "in one layer"

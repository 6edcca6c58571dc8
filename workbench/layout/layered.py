"""Layered arrangement of any graph, after Sugiyama: layers, order, places."""

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import Literal

from workbench.layout.coordinates import place_across
from workbench.layout.geometry import Point
from workbench.layout.graph import LayoutGraph, LayoutLink, LayoutNode, Plan
from workbench.layout.layering import Edge, assign_layers, forward_edges
from workbench.layout.ordering import Layers, Ordering, first_orders
from workbench.layout.routing import KNEE_LEAD, PITCH

Direction = Literal["right", "left", "down", "up"]

LAYER_GAP = 60.0
"""Between the boxes of neighbouring layers that no guard stands between."""
ROW_GAP = 14.0
"""Between neighbouring boxes of one layer."""
BLOCK_GAP = 48.0
"""Between parts of the graph that nothing links."""
GUARD_ROOM = 87.0
"""Half the height a guarded line wants: half a bar, the label's gap, three lines of label, and a margin."""
_DUMMY_ROOM = 5.0
_EFFORT = 1200
"""Nodes times starting orders: one start from 600 nodes up."""
_EFFORT_IN_ALL = 1500
"""The same over all parts of a graph together, so that thousands of elements in many parts do not take many seconds."""
_MOST_STARTS = 4
"""About 50 ms at 100 nodes; more starts were not measurably better there."""


def arrange_layered(graph: LayoutGraph, *, direction: Direction = "right") -> Plan:
    """Arrange a graph in layers so that links run in one direction wherever no loop prevents it.

    Parts that nothing links are arranged apart and stacked. Hanging degradation factors keep to their bars
    and are not placed here. The same graph gives the same plan. Guards are left to their automatic places,
    for which the layers are set far enough apart.

    Args:
        graph: What to arrange; the focus plays no part.
        direction: Where links lead to.
    """
    most = min(_MOST_STARTS, max(1, _EFFORT_IN_ALL // max(1, len(graph.nodes))))
    blocks = [_Block(nodes, links, direction, most) for nodes, links in _parts(graph)]
    positions: dict[str, Point] = {}
    start = 0.0
    for block in sorted(blocks, key=lambda b: -len(b.nodes)):
        start = block.place(start, positions) + BLOCK_GAP
    return Plan(positions={node.id: positions[node.id] for node in graph.nodes})


def _parts(graph: LayoutGraph) -> Iterable[tuple[list[LayoutNode], list[LayoutLink]]]:
    """The connected parts of a graph, in the order of their first nodes."""
    nodes = {node.id: node for node in graph.nodes}
    near: dict[str, list[str]] = {id_: [] for id_ in nodes}
    links = [link for link in graph.links if link.source in nodes and link.target in nodes]
    for link in links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    part_of: dict[str, int] = {}
    parts = 0
    for first in nodes:
        if first in part_of:
            continue
        part_of[first] = parts
        stack = [first]
        for id_ in stack:  # grows while it is walked
            for other in near[id_]:
                if other not in part_of:
                    part_of[other] = parts
                    stack.append(other)
        parts += 1
    members: list[tuple[list[LayoutNode], list[LayoutLink]]] = [([], []) for _ in range(parts)]
    for node in nodes.values():
        members[part_of[node.id]][0].append(node)
    for link in links:
        members[part_of[link.source]][1].append(link)
    return members


class _Block:
    """One connected part, arranged by itself. "Along" is the direction of links, "across" is beside it."""

    def __init__(
        self, nodes: list[LayoutNode], links: list[LayoutLink], direction: Direction, most_starts: int
    ) -> None:
        self.nodes = nodes
        self._direction = direction
        self._upright = direction in ("right", "left")
        number = {node.id: i for i, node in enumerate(nodes)}
        self._ends = [(number[link.source], number[link.target]) for link in links]
        self._guards = [len(link.guards) for link in links]
        edges = forward_edges(len(nodes), self._ends)
        self._layer = assign_layers(len(nodes), edges)
        self._before: list[list[int]] = [[] for _ in nodes]
        self._after: list[list[int]] = [[] for _ in nodes]
        self._add_dummies(edges)
        self._layers = self._order(most_starts)
        above, below = self._room()
        gaps = [[below[a] + above[b] for a, b in pairwise(layer)] for layer in self._layers]
        self._across = place_across(self._layers, self._before, self._after, gaps)
        self._along = self._columns()
        count = len(nodes)
        self._low = min(self._across[v] - above[v] for v in range(count))
        self._high = max(self._across[v] + below[v] for v in range(count))

    def _add_dummies(self, edges: Sequence[Edge]) -> None:
        """Give every edge over several layers a place of its own in each, so that boxes leave it room."""
        for tail, head in edges:
            last = tail
            for layer in range(self._layer[tail] + 1, self._layer[head]):
                dummy = len(self._layer)
                self._layer.append(layer)
                self._before.append([last])
                self._after.append([])
                self._after[last].append(dummy)
                last = dummy
            self._after[last].append(head)
            self._before[head].append(last)

    def _order(self, most: int) -> Layers:
        starts = min(most, max(1, _EFFORT // len(self._layer)))
        best: tuple[int, Layers] | None = None
        for layers in islice(first_orders(self._layer, self._before, self._after), starts):
            ordering = Ordering(layers, self._before, self._after)
            crossings = ordering.improve()
            if best is None or crossings < best[0]:
                best = (crossings, ordering.layers)
            if not crossings:
                break
        assert best is not None
        return best[1]

    def _room(self) -> tuple[list[float], list[float]]:
        """Room each node and dummy takes across its layer, on either side of its centre."""
        dummies = [_DUMMY_ROOM] * (len(self._layer) - len(self.nodes))
        if not self._upright:
            half = [node.w / 2 + ROW_GAP / 2 for node in self.nodes] + dummies
            return half, half
        above = [node.h / 2 + node.above + ROW_GAP / 2 for node in self.nodes]
        below = [node.h / 2 + node.below + ROW_GAP / 2 for node in self.nodes]
        for (tail, head), guards in zip(self._ends, self._guards, strict=True):
            for v in (tail, head) if guards else ():
                above[v], below[v] = max(above[v], GUARD_ROOM / 2), max(below[v], GUARD_ROOM)
        return above + dummies, below + dummies

    def _columns(self) -> list[float]:
        """Centre of every layer along the direction of links."""
        count = len(self._layers)
        before, after = [0.0] * count, [0.0] * count
        for node, layer in zip(self.nodes, self._layer, strict=False):
            before[layer] = max(before[layer], node.w / 2 if self._upright else node.h / 2 + node.above)
            after[layer] = max(after[layer], node.w / 2 if self._upright else node.h / 2 + node.below)
        gaps = [LAYER_GAP] * count
        for (tail, head), guards in zip(self._ends, self._guards, strict=True):
            first = min(self._layer[tail], self._layer[head])
            if guards:
                gaps[first] = max(gaps[first], PITCH * (guards + 1) + 2 * KNEE_LEAD)
        along = [0.0] * count
        for i in range(1, count):
            along[i] = along[i - 1] + after[i - 1] + gaps[i - 1] + before[i]
        return along

    def place(self, start: float, positions: dict[str, Point]) -> float:
        """Write the centres of the nodes, the block beginning at `start` across; where it ends."""
        for v, node in enumerate(self.nodes):
            across = self._across[v] - self._low + start
            along = self._along[self._layer[v]]
            if self._direction in ("left", "up"):
                along = -along
            positions[node.id] = (along, across) if self._upright else (across, along)
        return start + self._high - self._low

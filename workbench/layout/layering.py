"""Loops broken and layers assigned, so that the links together are as short as can be."""

from collections.abc import Iterable, Sequence

from workbench.layout.simplex import NetworkSimplex, WeightedEdge

Edge = tuple[int, int]
_WORK = 6_000_000
"""Node visits of the simplex before it settles for the best layers found; a few seconds."""


def forward_edges(count: int, edges: Iterable[Edge]) -> list[Edge]:
    """The edges without loops and repetitions: those that close a loop are turned round.

    Which edge of a loop is turned depends only on the order of nodes and edges.
    """
    out: list[list[int]] = [[] for _ in range(count)]
    into = [0] * count
    for tail, head in edges:
        if tail != head:
            out[tail].append(head)
            into[head] += 1
    state = bytearray(count)  # 0 not seen, 1 on the current path, 2 done
    kept: dict[Edge, None] = {}
    for start in sorted(range(count), key=lambda v: into[v] > 0):
        if state[start]:
            continue
        state[start] = 1
        stack = [(start, iter(out[start]))]
        while stack:
            v, rest = stack[-1]
            for u in rest:
                if state[u] == 1:
                    kept[u, v] = None
                    continue
                kept[v, u] = None
                if not state[u]:
                    state[u] = 1
                    stack.append((u, iter(out[u])))
                    break
            else:
                state[v] = 2
                stack.pop()
    return list(kept)


def assign_layers(count: int, edges: Sequence[Edge]) -> list[int]:
    """Layers of one connected graph without loops, with the least total length of the edges.

    Nodes whose best place follows from one neighbour (ends of chains, links of a chain, and every node with a
    single neighbour on one side that pulls at least as hard as all on the other) are folded into it first,
    which changes nothing about the optimum and leaves a small core for the simplex.

    Raises:
        ValueError: If the edges hold a loop.
    """
    core = _Core(count, edges)
    folded = core.fold()
    alive = core.alive()
    layers = [0] * count
    if alive:
        number = {v: i for i, v in enumerate(alive)}
        weighted = [(number[a], number[b], w, least) for a, b, w, least in core.edges()]
        for v, layer in zip(alive, NetworkSimplex(len(alive), weighted).solve(_WORK), strict=True):
            layers[v] = layer
    for v, onto, offset in reversed(folded):
        layers[v] = layers[onto] + offset
    lowest = min(layers, default=0)
    return [layer - lowest for layer in layers]


class _Core:
    """The graph while nodes are folded: parallel edges are one edge of their joint weight."""

    def __init__(self, count: int, edges: Sequence[Edge]) -> None:
        self._out: list[dict[int, tuple[int, int]]] = [{} for _ in range(count)]
        self._into: list[dict[int, tuple[int, int]]] = [{} for _ in range(count)]
        self._alive = [True] * count
        for tail, head in edges:
            self._join(tail, head, 1, 1)

    def alive(self) -> list[int]:
        return [v for v, lives in enumerate(self._alive) if lives]

    def edges(self) -> list[WeightedEdge]:
        return [(v, u, w, least) for v in self.alive() for u, (w, least) in self._out[v].items()]

    def _join(self, tail: int, head: int, weight: int, least: int) -> None:
        if tail == head:
            raise ValueError("Layers need a graph without loops.")
        had = self._out[tail].get(head)
        if had:
            weight, least = weight + had[0], max(least, had[1])
        self._out[tail][head] = self._into[head][tail] = (weight, least)

    def fold(self) -> list[tuple[int, int, int]]:
        """Fold until nothing changes: node, the node it is tied to, and how many layers lie between."""
        folded: list[tuple[int, int, int]] = []
        queue = list(range(len(self._alive)))
        queued = [True] * len(queue)
        for v in queue:  # grows while it is walked
            queued[v] = False
            if not self._alive[v]:
                continue
            for near, far, sign in ((self._into[v], self._out[v], 1), (self._out[v], self._into[v], -1)):
                if len(near) != 1:
                    continue
                ((onto, (weight, least)),) = near.items()
                if weight < sum(w for w, _ in far.values()):
                    continue
                touched = [onto, *far]
                self._fold_one(v, onto, least, sign)
                folded.append((v, onto, least * sign))
                for u in touched:
                    if not queued[u]:
                        queued[u] = True
                        queue.append(u)
                break
        return folded

    def _fold_one(self, v: int, onto: int, least: int, sign: int) -> None:
        self._alive[v] = False
        out, into = self._out, self._into
        far = dict(out[v] if sign > 0 else into[v])
        for u in out[v]:
            del into[u][v]
        for u in into[v]:
            del out[u][v]
        out[v], into[v] = {}, {}
        for u, (w, length) in far.items():
            if sign > 0:
                self._join(onto, u, w, least + length)
            else:
                self._join(u, onto, w, least + length)

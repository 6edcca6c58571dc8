"""Layers of least total edge length: a network simplex on whole numbers.

After Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs", IEEE TSE 19(3), 1993.
Cut values need no separate bookkeeping here: with `f(v)` = weight out of v - weight into v, the sum of `f`
over a subtree is the weight leaving it less the weight entering it, which is the cut value of its parent
edge up to the sign of that edge's direction.
"""

from collections.abc import Sequence

from workbench.layout.interrupt import breathe

WeightedEdge = tuple[int, int, int, int]
"""Tail, head, weight, least length in layers."""

_SEARCH = 40
"""How many candidates to leave the tree are looked at before the best of them is taken."""


def longest_path_layers(count: int, edges: Sequence[WeightedEdge]) -> list[int]:
    """The lowest layer each node can stand in.

    Raises:
        ValueError: If the edges hold a loop.
    """
    out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    waiting = [0] * count
    for tail, head, _, least in edges:
        out[tail].append((head, least))
        waiting[head] += 1
    layers = [0] * count
    ready = [v for v in range(count) if not waiting[v]]
    for v in ready:  # grows while it is walked
        base = layers[v]
        for head, least in out[v]:
            layers[head] = max(layers[head], base + least)
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)
    if len(ready) != count:
        raise ValueError("Layers need a graph without loops.")
    return layers


class NetworkSimplex:
    """Assigns layers to the nodes 0 .. count - 1 of one connected graph without loops."""

    def __init__(self, count: int, edges: Sequence[WeightedEdge]) -> None:
        self._count = count
        self._into: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self._out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self._net = [0] * count
        for tail, head, weight, least in edges:
            self._out[tail].append((head, least))
            self._into[head].append((tail, least))
            self._net[tail] += weight
            self._net[head] -= weight
        self.layers = longest_path_layers(count, edges)
        self._parent = [-1] * count
        self._sign = [0] * count  # +1 where the tree edge runs from the node to its parent, else -1
        self._children: list[dict[int, None]] = [{} for _ in range(count)]
        self._mark = [0] * count
        self._stamp = 0

    def solve(self, work: int) -> list[int]:
        """Layers of least total weighted length, or the best found within `work` node visits."""
        if self._count > 1:
            self._root_tree(self._tight_tree())
            at = 0
            while work > 0:
                breathe()
                leaving, at = self._leaving(at)
                if leaving < 0:
                    break
                work -= self._pivot(leaving)
        return self.layers

    def _tight_tree(self) -> list[dict[int, int]]:
        """Shift clusters of tightly joined nodes until tight edges span the graph; the tree's adjacency.

        The smallest cluster moves first, towards the side that pulls it harder, by as little as will join
        it to another.
        """
        tree: list[dict[int, int]] = [{} for _ in range(self._count)]
        clusters = self._tight_clusters(tree)
        owner = [0] * self._count
        for number, members in clusters.items():
            for v in members:
                owner[v] = number
        queue = sorted(clusters, key=lambda number: (len(clusters[number]), number))
        i = 0
        while len(clusters) > 1:
            breathe()
            number = queue[i]
            i += 1
            if number not in clusters:
                continue
            members = clusters.pop(number)
            shift, inner, outer, sign = self._nearest(members, owner, number)
            if shift:
                for v in members:
                    self.layers[v] += shift
            tree[inner][outer] = sign
            tree[outer][inner] = -sign
            other = owner[outer]
            if len(clusters[other]) < len(members):
                clusters[number], members, other = members, clusters.pop(other), number
            for v in members:
                owner[v] = other
            clusters[other] += members
            queue.append(other)
        return tree

    def _tight_clusters(self, tree: list[dict[int, int]]) -> dict[int, list[int]]:
        clusters: dict[int, list[int]] = {}
        seen = [False] * self._count
        layers = self.layers
        for start in range(self._count):
            if seen[start]:
                continue
            seen[start] = True
            members = [start]
            for v in members:  # grows while it is walked
                for sign, around in ((1, self._out[v]), (-1, self._into[v])):
                    for u, least in around:
                        if not seen[u] and (layers[u] - layers[v]) * sign == least:
                            seen[u] = True
                            tree[v][u] = sign
                            tree[u][v] = -sign
                            members.append(u)
            clusters[start] = members
        return clusters

    def _nearest(self, members: list[int], owner: list[int], own: int) -> tuple[int, int, int, int]:
        """The shift that joins a cluster to another, and the edge that becomes tight by it."""
        layers = self.layers
        best: dict[int, tuple[int, int, int, int]] = {}
        for sign, around in ((1, self._out), (-1, self._into)):
            for v in members:
                for u, least in around[v]:
                    if owner[u] != own:
                        slack = (layers[u] - layers[v]) * sign - least
                        if sign not in best or slack < abs(best[sign][0]):
                            best[sign] = (slack * sign, v, u, sign)
        if len(best) == 1:
            return next(iter(best.values()))
        pull = sum(self._net[v] for v in members)
        return best[1] if pull > 0 or (pull == 0 and best[1][0] <= -best[-1][0]) else best[-1]

    def _root_tree(self, tree: list[dict[int, int]]) -> None:
        order = [0]
        for v in order:  # grows while it is walked
            for u, sign in tree[v].items():
                if u != self._parent[v]:
                    self._parent[u] = v
                    self._sign[u] = -sign
                    self._children[v][u] = None
                    order.append(u)
        for v in reversed(order[1:]):
            self._net[self._parent[v]] += self._net[v]

    def _leaving(self, at: int) -> tuple[int, int]:
        """A tree edge with a negative cut value, named by its lower node, or -1; and where to go on."""
        net, sign = self._net, self._sign
        best, found, worst = -1, 0, 0
        for v in (*range(at, self._count), *range(at)):
            cut = net[v] * sign[v]
            if cut < 0:
                if cut < worst:
                    best, worst = v, cut
                found += 1
                if found >= _SEARCH:
                    break
        return best, (best + 1 if best >= 0 else 0)

    def _pivot(self, lower: int) -> int:
        """Replace the parent edge of `lower` by the tightest one across the same cut; the nodes visited."""
        mark, layers, children = self._mark, self.layers, self._children
        self._stamp += 1
        stamp = self._stamp
        branch = [lower]
        mark[lower] = stamp
        for v in branch:  # grows while it is walked
            branch.extend(children[v])
        for v in branch:
            mark[v] = stamp
        # The entering edge crosses the cut against the leaving one.
        sign = -self._sign[lower]
        around = self._out if sign > 0 else self._into
        shift, inner, outer = -1, -1, -1
        for v in branch:
            base = layers[v]
            for u, least in around[v]:
                if mark[u] != stamp:
                    slack = (layers[u] - base) * sign - least
                    if shift < 0 or slack < shift:
                        shift, inner, outer = slack, v, u
            if not shift:
                break
        for v in branch if shift else ():
            layers[v] += shift * sign
        self._rehang(lower, inner, outer, sign)
        return len(branch) + 20

    def _rehang(self, lower: int, inner: int, outer: int, sign: int) -> None:
        """Hang the branch of `lower` by its node `inner` beneath `outer`."""
        parent, net, signs, children = self._parent, self._net, self._sign, self._children
        whole = net[lower]
        v = parent[lower]
        del children[v][lower]
        while v >= 0:
            net[v] -= whole
            v = parent[v]
        v, above, above_sign, above_net = inner, outer, sign, 0
        while True:  # turn the path from `inner` up to `lower` round
            next_up, next_sign, next_net = parent[v], -signs[v], net[v]
            parent[v], signs[v], net[v] = above, above_sign, whole - above_net
            children[above][v] = None
            if v == lower:
                break
            del children[next_up][v]
            v, above, above_sign, above_net = next_up, v, next_sign, next_net
        v = outer
        while v >= 0:
            net[v] += whole
            v = parent[v]

"""Draws a plan as rectangles the way the canvas does, so that tests see what a reader would see."""

from itertools import combinations, pairwise

from workbench.layout.geometry import Box, Path, Point, default_size
from workbench.layout.graph import Anchor, LayoutGraph, LayoutGuard, LayoutLink, LayoutNode, Plan, anchor_end
from workbench.layout.routing import Spot, guard_spots, route_link

Rect = tuple[float, float, float, float]


def node(id_: str, kind: str, **extra: float) -> LayoutNode:
    w, h, _ = default_size(kind)
    return LayoutNode(id_, kind, extra.pop("w", w), extra.pop("h", h), **extra)


def link(source: str, target: str, *controls: str, label_h: float = 48.0) -> LayoutLink:
    id_ = f"{source}>{target}"
    guards = tuple(LayoutGuard(f"{id_}#{i}", c, label_h=label_h) for i, c in enumerate(controls))
    return LayoutLink(id_, source, target, guards)


class Drawing:
    def __init__(self, graph: LayoutGraph, plan: Plan) -> None:
        self.plan = plan
        self.nodes = {n.id: n for n in graph.nodes}
        self.boxes = {n.id: Box(*plan.positions[n.id], n.w, n.h, default_size(n.kind)[2]) for n in graph.nodes}
        self.paths: dict[str, Path] = {}
        self.spots: dict[str, Spot] = {}
        self.rects: dict[str, Rect] = {}
        for n in graph.nodes:
            b = self.boxes[n.id]
            self.rects[n.id] = (b.left, b.top - n.above, b.right, b.bottom + n.below)
        for hang in graph.hangs:
            if hang.id in plan.positions:
                x, y = plan.positions[hang.id]
                self.rects[hang.id] = (x - hang.w / 2, y - hang.h / 2, x + hang.w / 2, y + hang.h / 2)
        for li in graph.links:
            self._draw_link(graph, li)

    def _draw_link(self, graph: LayoutGraph, li: LayoutLink) -> None:
        focus: Anchor | None = None
        if graph.focus in (li.source, li.target):
            focus = "target" if li.target == graph.focus else "source"
        path = route_link(self.boxes[li.source], self.boxes[li.target], focus=focus)
        self.paths[li.id] = path
        anchor = anchor_end(self.nodes[li.source].kind, focus)
        spots = guard_spots(path, [self.plan.stations.get(g.id) for g in li.guards], anchor=anchor)
        for g, spot in zip(li.guards, spots, strict=True):
            self.spots[g.id] = spot
            x, y = spot.x, spot.y
            self.rects[f"bar {g.id}"] = (x - 6, y - 24, x + 6, y + 24)
            low = y + 29 if g.id not in self.plan.labels_above else y - 29 - g.label_h
            self.rects[f"label {g.id}"] = (x - g.label_w / 2, low, x + g.label_w / 2, low + g.label_h)
            for hang in graph.hangs:
                if hang.guard == g.id:
                    dx, dy = self.plan.hang_offsets[hang.id]
                    hx, hy = x + dx, y + dy
                    self.rects[hang.id] = (hx - hang.w / 2, hy - hang.h / 2, hx + hang.w / 2, hy + hang.h / 2)

    def overlaps(self) -> list[tuple[str, str]]:
        return [
            (a, b)
            for (a, p), (b, q) in combinations(self.rects.items(), 2)
            if min(p[2], q[2]) - max(p[0], q[0]) > 0.01 and min(p[3], q[3]) - max(p[1], q[1]) > 0.01
        ]

    def crossings(self) -> int:
        """Pairs of lines that cross anywhere but at an end they share."""
        count = 0
        for (_, p), (_, q) in combinations(self.paths.items(), 2):
            parts = [(a, b, c, d) for a, b in pairwise(p) for c, d in pairwise(q)]
            count += any(_cross(*part) for part in parts)
        return count


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def turn(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    slack = 1e-6
    return turn(a, b, c) * turn(a, b, d) < -slack and turn(c, d, a) * turn(c, d, b) < -slack

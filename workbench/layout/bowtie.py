"""The bow-tie: causes left, the top event in the centre under its hazard, consequences right."""

from collections.abc import Iterable
from dataclasses import field
from itertools import pairwise
from math import hypot

from workbench.layout.geometry import Point, path_length
from workbench.layout.graph import LayoutGraph, LayoutHang, LayoutNode, Plan, anchor_end
from workbench.layout.hanging import carries_factors
from workbench.layout.layered import arrange_layered
from workbench.layout.routing import automatic_stations
from workbench.layout.sides import Line, Side
from workbench.layout.surroundings import Canvas, focus_end, place_notes, place_rest
from workbench.values import value_type

HAZARD_CLEAR = 12.0
"""Least distance of a hazard from the lines that fan into the knot."""
HAZARD_STEM = 60.0
"""Least length of the line between a hazard and the top event."""
HAZARD_GAP = 24.0
"""Between hazards standing beside each other."""
ROW_CLEAR = 14.0
_SAME = 0.01


def arrange_bow_tie(graph: LayoutGraph) -> Plan:
    """Arrange the diagram of one top event, or of a hazard that takes the links itself.

    The focus stands at the origin. What leads to it stands on its left, what follows from it on its right,
    hazards above, notes beside what they annotate, and all else in a block beneath. Boxes, bars, control
    labels and hanging factors never overlap. Stations are given only where a guard does not stand where
    `routing.guard_spots` puts it by itself.

    Without a usable focus the first top event is taken, else the first hazard; a graph with neither is
    arranged in layers.
    """
    focus = _focus(graph)
    if focus is None:
        return arrange_layered(graph)
    return _BowTie(graph, focus).plan()


def _focus(graph: LayoutGraph) -> LayoutNode | None:
    by_id = {node.id: node for node in graph.nodes}
    if graph.focus in by_id:
        return by_id[graph.focus]
    for kind in ("top_event", "hazard"):
        for node in graph.nodes:
            if node.kind == kind:
                return node
    return None


@value_type(slots=True)
class _Roles:
    """What stands where."""

    left: list[LayoutNode] = field(default_factory=list)
    right: list[LayoutNode] = field(default_factory=list)
    hazards: list[LayoutNode] = field(default_factory=list)
    notes: list[LayoutNode] = field(default_factory=list)
    rest: list[LayoutNode] = field(default_factory=list)


class _BowTie:
    def __init__(self, graph: LayoutGraph, focus: LayoutNode) -> None:
        self._focus = focus
        self._nodes = {node.id: node for node in graph.nodes}
        self._links = [
            link
            for link in graph.links
            if link.source in self._nodes and link.target in self._nodes and link.source != link.target
        ]
        self._hangs: dict[str, list[LayoutHang]] = {}
        guards = {guard.id for link in self._links for guard in link.guards}
        for hang in graph.hangs:
            if hang.guard in guards:
                self._hangs.setdefault(str(hang.guard), []).append(hang)
        self._free = [hang for hang in graph.hangs if hang.guard not in guards]
        self._roles = self._assign_roles()
        self._left = self._side(-1, self._roles.left)
        self._right = self._side(1, self._roles.right)

    def _assign_roles(self) -> _Roles:
        """Every element but the focus has one role; an element in a loop with the focus stands left."""
        roles = _Roles()
        touching: dict[str, set[str]] = {}
        sources: dict[str, list[str]] = {}
        targets: dict[str, list[str]] = {}
        for link in self._links:
            touching.setdefault(link.source, set()).add(link.target)
            touching.setdefault(link.target, set()).add(link.source)
            if "note" not in (self._nodes[link.source].kind, self._nodes[link.target].kind):
                sources.setdefault(link.target, []).append(link.source)
                targets.setdefault(link.source, []).append(link.target)
        left = _reached(self._focus.id, sources)
        right = _reached(self._focus.id, targets)
        for node in self._nodes.values():
            near = touching.get(node.id, set()) - {self._focus.id}
            if node.id == self._focus.id:
                continue
            if node.kind == "note":
                (roles.notes if node.id in touching else roles.rest).append(node)
            elif node.kind == "hazard" and all(self._nodes[id_].kind == "note" for id_ in near):
                roles.hazards.append(node)
            elif node.id in left:
                roles.left.append(node)
            elif node.id in right:
                roles.right.append(node)
            else:
                roles.rest.append(node)
        return roles

    def _side(self, sign: int, nodes: list[LayoutNode]) -> Side:
        ids = {node.id for node in nodes}
        lines = []
        for link in self._links:
            outer, inner = (link.source, link.target) if sign < 0 else (link.target, link.source)
            if outer in ids and (inner in ids or inner == self._focus.id):
                guards = link.guards if sign < 0 else link.guards[::-1]
                lines.append(Line(link, outer, inner, guards))
        return Side(sign, self._focus, nodes, lines, self._hangs)

    def plan(self) -> Plan:
        self._solve_sides()
        canvas = Canvas(self._nodes, self._hangs)
        canvas.put(self._focus, (0.0, 0.0))
        done: set[str] = set()
        for side in (self._left, self._right):
            for id_, at in side.positions().items():
                canvas.put(self._nodes[id_], at)
            for line in side.lines:
                self._put_guards(canvas, side, line)
                done.add(line.link.id)
        self._put_hazards(canvas)
        loose = [link for link in self._links if link.guards and link.id not in done]
        canvas = place_rest(canvas, self._roles.rest, self._free, self._links, loose, self._focus.id)
        place_notes(canvas, self._roles.notes, self._links, self._focus.id)
        return canvas.plan()

    def _solve_sides(self) -> None:
        sides = (self._left, self._right)
        again = True
        while again:
            for side in sides:
                side.solve()
            spans = [side.span for side in sides]
            self._left.centre(spans[1])
            self._right.centre(spans[0])
            loosened = [side.loosen() for side in sides]
            again = any(loosened)

    def _put_guards(self, canvas: Canvas, side: Side, line: Line) -> None:
        if not line.guards:
            return
        path = side.path(line)
        link = line.link
        outer_is_source = line.outer == link.source
        anchor = anchor_end(self._nodes[link.source].kind, focus_end(link, self._focus.id))
        placed = side.guards(line)
        stations = {guard.id: station for guard, _, station in placed}
        if (anchor == "source") != outer_is_source:
            total = path_length(path)
            stations = {id_: total - station for id_, station in stations.items()}
        own = automatic_stations(path if outer_is_source else path[::-1], len(link.guards), anchor=anchor)
        if any(abs(stations[g.id] - s) > _SAME for g, s in zip(link.guards, own, strict=True)):
            canvas.stations.update(stations)
        above = carries_factors(line.guards, self._hangs)
        for guard, point, _ in placed:
            canvas.put_guard(guard, point, side.room(guard), above=above)

    def _put_hazards(self, canvas: Canvas) -> None:
        """Hazards beside each other above the focus, clear of the fan lines and of every row."""
        hazards = self._roles.hazards
        if not hazards:
            return
        width = sum(node.w for node in hazards) + HAZARD_GAP * (len(hazards) - 1)
        half = width / 2 + HAZARD_CLEAR
        bottom = -self._focus.h / 2 - self._focus.above - HAZARD_STEM
        for rect in canvas.rects():
            if rect[0] < half and rect[2] > -half and rect[1] < bottom + ROW_CLEAR:
                bottom = min(bottom, rect[1] - ROW_CLEAR)
        for start, end in self._fan():
            bottom = min(bottom, _lowest_clear(start, end, half))
        x = -width / 2
        for node in hazards:
            canvas.put(node, (x + node.w / 2, bottom - node.below - node.h / 2))
            x += node.w + HAZARD_GAP

    def _fan(self) -> Iterable[tuple[Point, Point]]:
        """Every straight part of the lines that end at the focus."""
        for side in (self._left, self._right):
            for line in side.lines:
                if line.inner == self._focus.id:
                    path = side.path(line)
                    yield from pairwise(path)


def _lowest_clear(start: Point, end: Point, half: float) -> float:
    """The lowest y of a box's lower edge, from -`half` to +`half`, that stays clear above a straight line.

    `half` has the clearance beside the box in it already; above the line it is added here.
    """
    (ax, ay), (bx, by) = start, end
    low, high = max(-half, min(ax, bx)), min(half, max(ax, bx))
    if low > high:
        return float("inf")
    if ax == bx:
        return min(ay, by) - HAZARD_CLEAR
    slope = (by - ay) / (bx - ax)
    upright = HAZARD_CLEAR * hypot(1.0, slope)  # 12 across the line is this much in y
    return min(ay + (x - ax) * slope for x in (low, high)) - upright


def _reached(start: str, following: dict[str, list[str]]) -> set[str]:
    seen = {start}
    stack = [start]
    while stack:
        for id_ in following.get(stack.pop(), ()):
            if id_ not in seen:
                seen.add(id_)
                stack.append(id_)
    return seen

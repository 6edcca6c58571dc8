"""One side of a bow-tie: its columns, its rows, and the controls on its lines.

Distances from the focus are measured outwards (`out`, never negative) until the side is written into a plan;
`sign` is -1 for the side of the causes and +1 for that of the consequences. Heights are relative to the focus.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from workbench.layout.clearance import Occupied, Rect
from workbench.layout.coordinates import place_across, spread
from workbench.layout.geometry import Box, Path, Point, default_size, path_length
from workbench.layout.graph import LayoutGuard, LayoutHang, LayoutLink, LayoutNode
from workbench.layout.hanging import GuardRoom, carries_factors, guard_room
from workbench.layout.interrupt import breathe
from workbench.layout.lanes import common_lanes
from workbench.layout.layering import forward_edges
from workbench.layout.ordering import Layers, Ordering
from workbench.layout.routing import KNEE_LEAD, KNOT, PITCH, route_link
from workbench.layout.simplex import longest_path_layers
from workbench.values import value_type

BOX_LEAD = 14.0
"""From an outer box to the lane of its first control."""
ROW_GAP = 14.0
"""Between what hangs lowest in one row and what stands highest in the next, within one column."""
LABEL_SPACE = 8.0
"""Between the labels of neighbouring columns."""
LEVEL_GAP = 60.0
"""Between the columns of boxes where no control stands between them."""
STRETCH = 1.3
"""How much further apart sloping lines are set at each of the first attempts to free their controls."""
_STRETCHES = 3
_BESIDE = 4.0


@value_type(frozen=True, slots=True)
class Line:
    """A link seen from outside: guards in order from its outer to its inner end."""

    link: LayoutLink
    outer: str
    inner: str
    guards: tuple[LayoutGuard, ...]


def box_of(node: LayoutNode, at: Point) -> Box:
    """The silhouette of a node at a place."""
    return Box(at[0], at[1], node.w, node.h, node.shape)


def node_rect(node: LayoutNode, at: Point) -> Rect:
    """The room of a node at a place, with what reaches above and below it."""
    x, y = at
    return (x - node.w / 2, y - node.h / 2 - node.above, x + node.w / 2, y + node.h / 2 + node.below)


class Side:
    """The elements on one side of the focus.

    Args:
        sign: -1 for the left, +1 for the right.
        focus: The element in the centre.
        nodes: The elements of this side.
        lines: The links between them and to the focus.
        hangs: The degradation factors of every guard.
    """

    def __init__(
        self,
        sign: int,
        focus: LayoutNode,
        nodes: Sequence[LayoutNode],
        lines: Sequence[Line],
        hangs: dict[str, list[LayoutHang]],
    ) -> None:
        self._sign = sign
        self._focus = focus
        self._bow = default_size(focus.kind)[2] == "circle"
        self._nodes = [focus, *nodes]
        self._number = {node.id: i for i, node in enumerate(self._nodes)}
        self._hangs = hangs
        self._level = self._levels(lines)
        self.lines = [line for line in lines if self._leads_inward(line)]
        self.loose = [line for line in lines if not self._leads_inward(line)]
        self._lines_of: list[list[Line]] = [[] for _ in self._nodes]
        self._lines_from: list[list[Line]] = [[] for _ in range(max(self._level) + 2)]
        for line in self.lines:
            outer = self._number[line.outer]
            self._lines_of[outer].append(line)
            self._lines_from[self._level[outer]].append(line)
        self._rooms = self._guard_rooms()
        self._lanes = common_lanes([line.guards[::-1] for line in self.lines if self._is_row(line)])
        self._before: list[list[int]] = [[] for _ in self._nodes]
        self._after: list[list[int]] = [[] for _ in self._nodes]
        self._layers = self._order()
        self._base: dict[str, int] = {}  # lanes a sloping line leaves free before its own
        self._stretch = 1.0
        self._attempts = 0
        self._y = [0.0] * len(self._level)

    # ---- structure -------------------------------------------------------------------------------------

    def _levels(self, lines: Sequence[Line]) -> list[int]:
        number = self._number
        edges = forward_edges(len(self._nodes), [(number[li.inner], number[li.outer]) for li in lines])
        levels = longest_path_layers(len(self._nodes), [(a, b, 1, 1) for a, b in edges])
        return [0, *(max(1, level) for level in levels[1:])]

    def _leads_inward(self, line: Line) -> bool:
        return self._level[self._number[line.outer]] > self._level[self._number[line.inner]]

    def _is_row(self, line: Line) -> bool:
        """Whether a line runs horizontally from a box of the first column to the knot."""
        return self._bow and line.inner == self._focus.id and self._level[self._number[line.outer]] == 1

    def _order(self) -> Layers:
        """The nodes of every level in order; lines over several levels have a place in each."""
        seen: set[tuple[int, int]] = set()
        for line in self.lines:
            outer, last = self._number[line.outer], self._number[line.inner]
            if (outer, last) in seen:
                continue
            seen.add((outer, last))
            for level in range(self._level[last] + 1, self._level[outer]):
                self._level.append(level)
                self._before.append([last])
                self._after.append([])
                self._after[last].append(len(self._level) - 1)
                last = len(self._level) - 1
            self._before[outer].append(last)
            self._after[last].append(outer)
        layers: Layers = [[0]]
        for level in range(1, max(1, *self._level) + 1):  # the first column, even if it is empty
            found = dict.fromkeys(u for v in layers[-1] for u in self._after[v])
            found.update(dict.fromkeys(v for v, at in enumerate(self._level) if at == level))
            layers.append(list(found))
        ordering = Ordering(layers, self._before, self._after)
        if ordering.crossings():
            ordering.improve()
        return ordering.layers

    def _guard_rooms(self) -> dict[str, GuardRoom]:
        """The room of every guard; along a horizontal row factors give way to the box and to each other."""
        rooms: dict[str, GuardRoom] = {}
        for line in self.lines:
            above = carries_factors(line.guards, self._hangs)
            for guard in line.guards:
                rooms[guard.id] = guard_room(guard, self._hangs.get(guard.id, ()), above=above, inward=-self._sign)
        return rooms

    # ---- columns ---------------------------------------------------------------------------------------

    def _pitch(self, level: int) -> float:
        """The distance of the lanes just inwards of a level."""
        pitch = PITCH
        for line in self._lines_from[level]:
            for guard in line.guards:
                if self._is_row(line):
                    pitch = max(pitch, guard.label_w + LABEL_SPACE)
                else:
                    left, _, right, _ = self._rooms[guard.id].reach
                    pitch = max(pitch, 2 * max(left, right) + LABEL_SPACE)
        return pitch

    def _set_columns(self) -> None:
        """Where each column of boxes begins, and where each guard's lane is."""
        self._edge = [0.0]
        self._lane_out: dict[str, float] = {}
        begin = self._focus.w / 2
        for level in range(1, len(self._layers)):
            pitch = self._pitch(level)
            lanes = 0
            for line in self._lines_from[level]:
                for j, guard in enumerate(line.guards):
                    if self._is_row(line):
                        back = self._lanes[guard.id]
                        self._lane_out[guard.id] = begin + KNOT + pitch / 2 + pitch * back
                        lanes = max(lanes, back + 1)
                    else:
                        lanes = max(lanes, self._base.get(line.link.id, 0) + j + 1)
            if self._bow and level == 1:
                edge = begin + KNOT + (pitch * lanes + BOX_LEAD if lanes else KNEE_LEAD)
            else:
                run = KNEE_LEAD + PITCH * min(self._attempts, _STRETCHES)  # a longer run makes a gentler slope
                edge = begin + (BOX_LEAD + pitch * lanes + run if lanes else LEVEL_GAP)
            for line in self._lines_from[level]:
                for j, guard in enumerate(line.guards if not self._is_row(line) else ()):
                    lane = self._base.get(line.link.id, 0) + j
                    self._lane_out[guard.id] = edge - BOX_LEAD - pitch / 2 - pitch * lane
            self._edge.append(edge)
            begin = edge + max((n.w for n, at in zip(self._nodes, self._level, strict=False) if at == level), default=0)

    def position(self, v: int) -> Point:
        """Centre of a node, the focus being at the origin."""
        if v == 0:
            return (0.0, 0.0)
        return (self._sign * (self._edge[self._level[v]] + self._nodes[v].w / 2), self._y[v])

    # ---- rows ------------------------------------------------------------------------------------------

    def solve(self) -> None:
        """Find columns and rows; the rows begin anywhere, `centre` moves them."""
        self._set_columns()
        rows = [self._row_rects(v) for v in self._layers[1]]
        gaps = [[0.0] * (len(layer) - 1) for layer in self._layers]
        for i, layer in enumerate(self._layers[1:], 1):
            if i == 1 and self._bow:
                gaps[i] = [row_pitch(a, b) for a, b in pairwise(rows)]
            else:
                rooms = [self._reach(v) for v in layer]
                gaps[i] = [(a[1] + b[0] + ROW_GAP) * self._stretch for a, b in pairwise(rooms)]
        self._gaps = gaps
        self._y = place_across(self._layers, self._before, self._after, gaps)

    def _row_rects(self, v: int) -> list[Rect]:
        """What stands in the row of a first-column node or of a line that passes the first column.

        The factors of a row are hung here, because only now is it known what stands beside them.
        """
        knee = self._focus.w / 2 + KNOT
        if v >= len(self._nodes):
            far = self._edge[1] + max((n.w for n in self._nodes[1:]), default=0)
            return [_mirror((knee, 0.0, far, 0.0), self._sign)]
        breathe()
        node = self._nodes[v]
        out = self._edge[1] + node.w / 2
        # Every row has a line across all columns, so a row clear of its neighbour is clear of those beyond.
        rects = [
            node_rect(node, (self._sign * out, 0.0)),
            _mirror((knee, 0.0, self._edge[1], 0.0), self._sign),
        ]
        for line in self._lines_of[v]:
            if not self._is_row(line):
                continue
            above = carries_factors(line.guards, self._hangs)
            for guard in line.guards:
                x = self._sign * self._lane_out[guard.id]
                beside = [(a - x, b, c - x, d) for a, b, c, d in rects if d > b]
                room = guard_room(
                    guard,
                    self._hangs.get(guard.id, ()),
                    above=above,
                    inward=-self._sign,
                    obstacles=beside,
                )
                self._rooms[guard.id] = room
                rects += [(a + x, b, c + x, d) for a, b, c, d in room.rects]
        return rects

    def _reach(self, v: int) -> tuple[float, float]:
        """How far a node and the guards on the lines from it reach up and down."""
        if v >= len(self._nodes):
            return (0.0, 0.0)
        node = self._nodes[v]
        up, down = node.h / 2 + node.above, node.h / 2 + node.below
        for line in self._lines_of[v]:
            for guard in line.guards:
                _, above, _, below = self._rooms[guard.id].reach
                up, down = max(up, above), max(down, below)
        return up, down

    @property
    def span(self) -> float:
        """From the centre of the first row to that of the last."""
        rows = self._layers[1]
        return self._y[rows[-1]] - self._y[rows[0]] if rows else 0.0

    def centre(self, other: float) -> None:
        """Centre the rows on the focus, spread evenly about it where the other side spans more."""
        rows = self._layers[1]
        count = len(rows)
        if not rows:
            return
        spare = other * count / (count + 1) - self.span
        if count > 1 and spare > 0:
            even = (self.span + spare) / (count - 1)
            widest = max(self._y[b] - self._y[a] for a, b in pairwise(rows))
            if widest <= even:
                for i, v in enumerate(rows):
                    self._y[v] = even * i
            else:
                for i, v in enumerate(rows):
                    self._y[v] += spare * i / (count - 1)
        middle = (self._y[rows[0]] + self._y[rows[-1]]) / 2
        for v in rows:
            self._y[v] -= middle
        for i, layer in enumerate(self._layers[2:], 2):
            wanted = [sum(self._y[u] for u in self._before[v]) / max(1, len(self._before[v])) for v in layer]
            for v, y in zip(layer, spread(wanted, self._gaps[i]), strict=True):
                self._y[v] = y

    # ---- result ----------------------------------------------------------------------------------------

    def positions(self) -> dict[str, Point]:
        """Centres of the side's elements."""
        return {node.id: self.position(v) for v, node in enumerate(self._nodes) if v}

    def path(self, line: Line) -> Path:
        """The course of a line from its outer to its inner end."""
        outer, inner = (self._number[line.outer], self._number[line.inner])
        return route_link(
            box_of(self._nodes[outer], self.position(outer)),
            box_of(self._nodes[inner], self.position(inner)),
            focus="target" if inner == 0 else None,
        )

    def guards(self, line: Line) -> list[tuple[LayoutGuard, Point, float]]:
        """The guards of a line from its outer end, with the centres of their bars and their stations there."""
        breathe()
        path = self.path(line)
        found = []
        for guard in line.guards:
            point, station = at_x(path, self._sign * self._lane_out[guard.id])
            found.append((guard, point, station))
        return found

    def room(self, guard: LayoutGuard) -> GuardRoom:
        """The room of a guard about the centre of its bar."""
        return self._rooms[guard.id]

    def rects(self) -> list[tuple[str, list[Rect]]]:
        """Everything that must not be touched, each under the id of its element or link."""
        found = [(n.id, [node_rect(n, self.position(v))]) for v, n in enumerate(self._nodes) if v]
        for line in self.lines:
            for guard, (x, y), _ in self.guards(line):
                rects = [(a + x, b + y, c + x, d + y) for a, b, c, d in self._rooms[guard.id].rects]
                found.append((line.link.id, rects))
        return found

    def loosen(self) -> bool:
        """Make room where guards on sloping lines touch others; whether there was need to.

        First the rows of the sloping lines are set further apart. If that does not help, each line concerned
        gets lanes that no other line uses, which always helps.
        """
        sloping = {line.link.id: line for line in self.lines if line.guards and not self._is_row(line)}
        if not sloping:
            return False
        taken = Occupied()
        touching: dict[str, None] = {}
        for owner, rects in self.rects():
            breathe()
            hit = taken.owners(rects) - ({owner} if owner in sloping else set())
            if hit:
                touching.update(dict.fromkeys(sorted(id_ for id_ in {owner, *hit} if id_ in sloping)))
            taken.add(rects, owner)
        if not touching:
            return False
        self._attempts += 1
        if self._attempts <= _STRETCHES:
            self._stretch *= STRETCH
            return True
        used: dict[int, int] = {}
        for id_ in touching:
            level = self._level[self._number[sloping[id_].outer]]
            if level not in used:
                lines = (line for line in self._lines_from[level] if not self._is_row(line))
                used[level] = max(self._base.get(line.link.id, 0) + len(line.guards) for line in lines)
            self._base[id_] = used[level]
            used[level] += len(sloping[id_].guards)
        return self._attempts < _STRETCHES + 2 + len(sloping)


def row_pitch(upper: Sequence[Rect], lower: Sequence[Rect]) -> float:
    """The least distance of two rows, each given about its own line, that keeps `ROW_GAP` in every column."""
    return max(
        (
            one[3] - other[1] + ROW_GAP
            for one in upper
            for other in lower
            if one[0] < other[2] + _BESIDE and other[0] - _BESIDE < one[2]
        ),
        default=0.0,
    )


def _mirror(rect: Rect, sign: int) -> Rect:
    return rect if sign > 0 else (-rect[2], rect[1], -rect[0], rect[3])


def at_x(path: Path, x: float) -> tuple[Point, float]:
    """The first point of a path at a given x, and its distance along the path; else the path's end."""
    walked = 0.0
    for (ax, ay), (bx, by) in pairwise(path):
        length = hypot(bx - ax, by - ay)
        if ax != bx and min(ax, bx) <= x <= max(ax, bx):
            share = (x - ax) / (bx - ax)
            return (x, ay + (by - ay) * share), walked + length * share
        walked += length
    return path[-1], path_length(path)

"""What stands around a bow-tie: unconnected elements, guards on links across it, notes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, hypot

from workbench.layout.clearance import Occupied, Rect, centred, crossed, grown, moved, places_around, way_out
from workbench.layout.geometry import Point
from workbench.layout.graph import (
    Anchor,
    LayoutGraph,
    LayoutGuard,
    LayoutHang,
    LayoutLink,
    LayoutNode,
    Plan,
    anchor_end,
)
from workbench.layout.hanging import GuardRoom, carries_factors, guard_room
from workbench.layout.interrupt import breathe
from workbench.layout.layered import arrange_layered
from workbench.layout.routing import LEAD, LEAST_GAP, guard_spots, route_link
from workbench.layout.sides import box_of, node_rect

BLOCK_GAP = 96.0
"""Between the bow-tie and the block of unconnected elements beneath it."""
SHELF_GAP = 24.0
"""Between elements of that block."""
SHELF_WIDTH = 960.0
"""How wide that block may be beside a small bow-tie."""
NOTE_GAP = 16.0
"""Between a note and what it annotates."""
_LINE_GAP = 4.0
"""Between a note and the lines beside it."""
_STEP = 8.0
_SLACK = 4.0
_TRIES = 6
_Item = tuple[Point, Rect]


class Canvas:
    """An arrangement in the making: what has its place, and the room it takes."""

    def __init__(self, nodes: dict[str, LayoutNode], hangs: dict[str, list[LayoutHang]]) -> None:
        self.nodes = nodes
        self.hangs = hangs
        self.stations: dict[str, float] = {}
        self._positions: dict[str, Point] = {}
        self._offsets: dict[str, Point] = {}
        self._above: set[str] = set()
        self._rects: list[Rect] = []
        self.occupied = Occupied()

    def put(self, node: LayoutNode, at: Point) -> None:
        """Place an element."""
        self.put_free(node.id, node_rect(node, at), at)

    def put_free(self, id_: str, rect: Rect, at: Point) -> None:
        """Place anything that takes a rectangle."""
        self._positions[id_] = at
        self._take([rect])

    def put_guard(self, guard: LayoutGuard, at: Point, room: GuardRoom, *, above: bool) -> None:
        """Place a guard's bar with its label and factors."""
        self._offsets.update(room.offsets)
        if above:
            self._above.add(guard.id)
        self._take(moved(room.rects, *at))

    def _take(self, rects: Iterable[Rect]) -> None:
        rects = list(rects)
        self._rects += rects
        self.occupied.add(rects)

    def at(self, id_: str) -> Point | None:
        """The place of an element, if it has one."""
        return self._positions.get(id_)

    def rects(self) -> Sequence[Rect]:
        """All room taken."""
        return self._rects

    def bounds(self) -> Rect:
        """The rectangle around all room taken."""
        rects = self._rects or [(0.0, 0.0, 0.0, 0.0)]
        return (
            min(r[0] for r in rects),
            min(r[1] for r in rects),
            max(r[2] for r in rects),
            max(r[3] for r in rects),
        )

    def path(self, link: LayoutLink, focus: str) -> tuple[Point, ...]:
        """The course of a link between elements that have their places."""
        source, target = self.nodes[link.source], self.nodes[link.target]
        ends = (box_of(source, self._positions[source.id]), box_of(target, self._positions[target.id]))
        return route_link(*ends, focus=focus_end(link, focus))

    def copy(self) -> "Canvas":
        """The same arrangement, to try something with."""
        other = Canvas(self.nodes, self.hangs)
        other.stations = dict(self.stations)
        other._positions = dict(self._positions)
        other._offsets = dict(self._offsets)
        other._above = set(self._above)
        other._take(self._rects)
        return other

    def plan(self) -> Plan:
        """The arrangement."""
        return Plan(self._positions, self.stations, self._offsets, frozenset(self._above))


def focus_end(link: LayoutLink, focus: str) -> Anchor | None:
    """Which end of a link is the focus."""
    return "target" if link.target == focus else "source" if link.source == focus else None


def place_rest(
    canvas: Canvas,
    rest: Sequence[LayoutNode],
    free: Sequence[LayoutHang],
    links: Sequence[LayoutLink],
    guarded: Sequence[LayoutLink],
    focus: str,
) -> Canvas:
    """Place what has no part in the bow-tie in a block beneath it, and guards on links that have none either.

    The block stands far enough below for the guards of the links that lead to it.

    Args:
        canvas: The bow-tie.
        rest: The elements of the block.
        free: Degradation factors that hang from nothing drawn.
        links: All links.
        guarded: Links whose guards have no place yet.
        focus: The element in the centre of the bow-tie.
    """
    block = _block(canvas, rest, free, links)
    rooms = {link.id: _rooms(canvas, link) for link in guarded}
    trial = canvas
    for attempt in range(_TRIES):
        last = attempt == _TRIES - 1 or not block
        trial = canvas.copy()
        left, _, _, bottom = canvas.bounds()
        top = bottom + BLOCK_GAP * 2**attempt
        for id_, ((x, y), rect) in block.items():
            trial.put_free(id_, moved([rect], left, top)[0], (left + x, top + y))
        clear = True
        for link in guarded:
            breathe()
            clear &= _place_guards(trial, link, rooms[link.id], focus)
            if not clear and not last:
                break  # this height will not do
        if clear or last:
            break
    return trial


def _block(
    canvas: Canvas, rest: Sequence[LayoutNode], free: Sequence[LayoutHang], links: Sequence[LayoutLink]
) -> dict[str, _Item]:
    """Centres and rectangles of the block's elements, measured from its upper left corner.

    Linked elements are arranged in layers; the others follow on shelves beneath them.
    """
    ids = {node.id for node in rest}
    within = tuple(link for link in links if link.source in ids and link.target in ids)
    linked = {id_ for link in within for id_ in (link.source, link.target)}
    items: dict[str, _Item] = {}
    nodes = tuple(node for node in rest if node.id in linked)
    for id_, at in arrange_layered(LayoutGraph(nodes, within)).positions.items():
        items[id_] = (at, node_rect(canvas.nodes[id_], at))
    left, top = (min((rect[i] for _, rect in items.values()), default=0.0) for i in (0, 1))
    items = {id_: ((at[0] - left, at[1] - top), moved([rect], -left, -top)[0]) for id_, (at, rect) in items.items()}
    single = [(n.id, node_rect(n, (0.0, 0.0))) for n in rest if n.id not in linked]
    single += [(hang.id, centred(0.0, 0.0, hang.w, hang.h)) for hang in free]
    bounds = canvas.bounds()
    width = max(SHELF_WIDTH, bounds[2] - bounds[0])
    x, shelf = 0.0, max((rect[3] + SHELF_GAP for _, rect in items.values()), default=0.0)
    lowest = shelf
    for id_, rect in single:
        if x > 0 and x + rect[2] - rect[0] > width:
            x, shelf = 0.0, lowest + SHELF_GAP
        (placed,) = moved([rect], x - rect[0], shelf - rect[1])
        items[id_] = ((x - rect[0], shelf - rect[1]), placed)
        x = placed[2] + SHELF_GAP
        lowest = max(lowest, placed[3])
    return items


def _rooms(canvas: Canvas, link: LayoutLink) -> list[GuardRoom]:
    """The rooms of a link's guards, about their bars."""
    above = carries_factors(link.guards, canvas.hangs)
    return [guard_room(guard, canvas.hangs.get(guard.id, ()), above=above) for guard in link.guards]


def _place_guards(canvas: Canvas, link: LayoutLink, rooms: Sequence[GuardRoom], focus: str) -> bool:
    """Place the guards of a link where they touch nothing; where there is no such place, automatically.

    Returns:
        Whether nothing is touched.
    """
    path = canvas.path(link, focus)
    anchor = anchor_end(canvas.nodes[link.source].kind, focus_end(link, focus))
    above = carries_factors(link.guards, canvas.hangs)
    automatic = [(spot.x, spot.y) for spot in guard_spots(path, [None] * len(rooms), anchor=anchor)]
    order = range(len(rooms)) if anchor == "source" else range(len(rooms))[::-1]
    found = automatic if _all_free(canvas, rooms, automatic) else None
    if found is None:
        stations = _scan(canvas, [rooms[i] for i in order], path if anchor == "source" else path[::-1])
        if stations is not None:
            own = dict(zip(order, stations, strict=True))
            canvas.stations.update({link.guards[i].id: own[i] for i in order})
            spots = guard_spots(path, [own[i] for i in range(len(rooms))], anchor=anchor)
            found = [(spot.x, spot.y) for spot in spots]
    for guard, at, room in zip(link.guards, found or automatic, rooms, strict=True):
        canvas.put_guard(guard, at, room, above=above)
    return found is not None


def _all_free(canvas: Canvas, rooms: Sequence[GuardRoom], places: Sequence[Point]) -> bool:
    own = Occupied()
    for room, at in zip(rooms, places, strict=True):
        rects = grown(moved(room.rects, *at), _SLACK)
        if not canvas.occupied.free(rects) or not own.free(rects):
            return False
        own.add(rects)
    return True


def _scan(canvas: Canvas, rooms: Sequence[GuardRoom], path: Sequence[Point]) -> list[float] | None:
    """Stations at which rooms, in order along a path, touch nothing and each other neither."""
    stations: list[float] = []
    own = Occupied()
    walk = _Walk(path)
    station, end = LEAD, walk.length - LEAD
    for room in rooms:
        about = grown(room.rects, _SLACK)
        while station <= end:
            rects = moved(about, *walk.to(station))
            clash = canvas.occupied.clash(rects) or own.clash(rects)
            if clash is None:
                break
            clear = min(way_out(clash, *walk.direction), walk.left)  # no place before that is free
            station += max(1, ceil(clear / _STEP)) * _STEP
        else:
            return None
        own.add(rects)
        stations.append(station)
        station += LEAST_GAP
    return stations


class _Walk:
    """A walk along a path, station after station.

    Attributes:
        length: of the whole path.
        direction: of the straight part just reached, a unit vector.
        left: how far that part still goes.
    """

    def __init__(self, path: Sequence[Point]) -> None:
        self._parts: list[tuple[float, Point, Point, float]] = []
        self.length = 0.0
        for (ax, ay), (bx, by) in pairwise(path):
            reach = hypot(bx - ax, by - ay)
            if reach > 0:
                self._parts.append((self.length, (ax, ay), ((bx - ax) / reach, (by - ay) / reach), reach))
                self.length += reach
        self._at = 0
        self.direction = (0.0, 0.0)
        self.left = 0.0

    def to(self, station: float) -> Point:
        """The point at a station that is not less than any before."""
        while self._at < len(self._parts) - 1 and station > self._parts[self._at + 1][0]:
            self._at += 1
        start, (x, y), (dx, dy), reach = self._parts[self._at]
        along = station - start
        self.direction, self.left = (dx, dy), reach - along
        return (x + dx * along, y + dy * along)


def place_notes(canvas: Canvas, notes: Sequence[LayoutNode], links: Sequence[LayoutLink], focus: str) -> None:
    """Place every note beside the first thing it annotates, where it covers neither elements nor lines."""
    if not notes:
        return
    lines: list[tuple[Point, Point]] = []
    targets: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for link in links:
        targets.setdefault(link.source, []).append(link.target)
        sources.setdefault(link.target, []).append(link.source)
        if "note" not in (canvas.nodes[link.source].kind, canvas.nodes[link.target].kind):
            lines += pairwise(canvas.path(link, focus))
    for note in notes:
        breathe()
        subjects = [*targets.get(note.id, ()), *sources.get(note.id, ())]
        beside = next((id_ for id_ in subjects if canvas.at(id_)), None)
        at = None
        if beside is not None:
            subject = node_rect(canvas.nodes[beside], canvas.at(beside) or (0.0, 0.0))
            at = _beside(canvas, subject, note, lines)
        if at is None:
            bounds = canvas.bounds()
            at = (bounds[0] + note.w / 2, bounds[3] + BLOCK_GAP + note.above + note.h / 2)
        canvas.put(note, at)


def _beside(canvas: Canvas, subject: Rect, note: LayoutNode, lines: Sequence[tuple[Point, Point]]) -> Point | None:
    """The first free place for a note around what it annotates, if there is one."""
    w, h = note.w, note.h + note.above + note.below
    rooms = [centred(x, y, w, h) for x, y in places_around(subject, w, h, NOTE_GAP)]
    area = (
        min(room[0] for room in rooms) - _LINE_GAP,
        min(room[1] for room in rooms) - _LINE_GAP,
        max(room[2] for room in rooms) + _LINE_GAP,
        max(room[3] for room in rooms) + _LINE_GAP,
    )
    near = [line for line in lines if crossed(area, *line)]
    for room in rooms:
        if canvas.occupied.free([room]):
            (wide,) = grown([room], _LINE_GAP)
            if not any(crossed(wide, *line) for line in near):
                return ((room[0] + room[2]) / 2, (room[1] + room[3] + note.above - note.below) / 2)
    return None

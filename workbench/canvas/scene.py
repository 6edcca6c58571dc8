"""What one diagram shows, with its geometry answered quickly: hits, boxes, lines, neighbours. Knows no Qt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import cos, radians
from typing import TYPE_CHECKING, Final

from workbench.canvas.index import NEAR, Rect, SpatialIndex
from workbench.layout.geometry import Box, Path, Point, nearest_on_path, path_length, point_at
from workbench.layout.graph import Anchor, anchor_end
from workbench.layout.routing import LEAD, LEAST_GAP
from workbench.render import shapes, shapes_bars, shapes_links
from workbench.render.badges import BADGE
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture
from workbench.render.sizes import shared
from workbench.tools.events import Hit
from workbench.tools.preview import LineDrop

if TYPE_CHECKING:
    from workbench.render.finding_layer import FindingLayer
    from workbench.render.review_layer import ReviewLayer

SLACK = 4.0
BAR_REACH = 24.0
LINE_REACH = 8.0
DROP_REACH = 28.0
"""How near a line a control has to be let go to be put on it."""
_SIGN: Final = 28.0
"""How far the verdict on a line, with a person beside it, reaches from the line."""
_LABEL_W = 116.0
_LABEL_LEAD = 64.0
"""From the outer end of a line to a control put there: half a label and a gap of 10."""
_UPRIGHT: Final = cos(radians(shapes_bars.UPRIGHT_WITHIN))
"""Cosine of the direction of lines up to which bars stand upright, whichever way the line runs."""


class Scene:
    """The picture of the diagram shown, and an index over it that follows the picture's changes.

    Attributes:
        picture: what is drawn.
        focus: the element in the centre of the diagram.
        findings: badges of the linter over it; None: none are shown.
        reviews: badges of open actions and comments, likewise.
    """

    def __init__(self, picture: DiagramPicture | None = None) -> None:
        """Index a picture."""
        self.picture = picture or DiagramPicture(id="", title="", notation="bow_tie")
        self.focus = ""
        self.findings: FindingLayer | None = None
        self.reviews: ReviewLayer | None = None
        self.index = SpatialIndex()
        self._links_of: defaultdict[str, list[str]] = defaultdict(list)
        self._hanging: defaultdict[str, list[str]] = defaultdict(list)
        self._line_of: dict[str, str] = {}
        self._filed: dict[str, NodePicture | BarPicture | LinkPicture] = {}
        self._fill()

    def _fill(self) -> None:
        nodes, bars, links = self.picture.nodes, self.picture.bars, self.picture.links
        self._filed = {**nodes, **bars, **links}
        rects = {id: shapes.extent(node) for id, node in nodes.items()}
        rects |= bar_extents(bars)
        rects |= {id: line_extent(link.path) if link.badge is None else extent(link) for id, link in links.items()}
        self.index.fill(rects, {id: link.path for id, link in links.items()})
        for id, node in nodes.items():
            if node.hangs_on:
                self._hanging[node.hangs_on].append(id)
        links_of, line_of = self._links_of, self._line_of
        for id, link in links.items():
            links_of[link.source].append(id)
            links_of[link.target].append(id)
            for bar in link.bars:
                line_of[bar] = id

    def __len__(self) -> int:
        return len(self.picture.nodes) + len(self.picture.bars) + len(self.picture.links)

    def refresh(self, id: str) -> tuple[Rect | None, Rect | None]:
        """Follow a change of one thing of the picture; gives the rectangles it covered and covers now."""
        before = self.index.rect(id)
        self._unfile(id)
        picture = self.picture
        one = picture.nodes.get(id) or picture.bars.get(id) or picture.links.get(id)
        if one is None:
            self.index.discard(id)
            return before, None
        after = extent(one)
        self.index.put(id, after, one.path if isinstance(one, LinkPicture) else ())
        self._file(id, one)
        return before, after

    def _file(self, id: str, one: NodePicture | BarPicture | LinkPicture) -> None:
        self._filed[id] = one
        if isinstance(one, LinkPicture):
            self._links_of[one.source].append(id)
            self._links_of[one.target].append(id)
            for bar in one.bars:
                self._line_of[bar] = id
        elif isinstance(one, NodePicture) and one.hangs_on:
            self._hanging[one.hangs_on].append(id)

    def _unfile(self, id: str) -> None:
        one = self._filed.pop(id, None)
        if isinstance(one, LinkPicture):
            self._links_of[one.source].remove(id)
            self._links_of[one.target].remove(id)
            for bar in one.bars:
                if self._line_of.get(bar) == id:
                    del self._line_of[bar]
        elif isinstance(one, NodePicture) and one.hangs_on:
            self._hanging[one.hangs_on].remove(id)

    # asking

    def node(self, id: str) -> NodePicture | None:
        """A drawn element."""
        return self.picture.nodes.get(id)

    def bar(self, id: str) -> BarPicture | None:
        """A drawn control."""
        return self.picture.bars.get(id)

    def link(self, id: str) -> LinkPicture | None:
        """A drawn line."""
        return self.picture.links.get(id)

    def line_of(self, bar: str) -> str:
        """The line a bar stands on; empty for a free one."""
        return self._line_of.get(bar, "")

    def links_of(self, id: str) -> list[str]:
        """Lines that end at an element or bar."""
        return list(dict.fromkeys(self._links_of.get(id, ())))

    def hanging_on(self, bar: str) -> list[str]:
        """Factors that hang under a bar."""
        return list(self._hanging.get(bar, ()))

    def bars_of(self, control: str) -> list[str]:
        """Every bar of one control here."""
        return [id for id, bar in self.picture.bars.items() if bar.control == control]

    def box(self, id: str) -> Box | None:
        """Where an element or a bar is drawn."""
        node = self.picture.nodes.get(id)
        if node is not None:
            return node.box
        bar = self.picture.bars.get(id)
        return bar_box(bar) if bar is not None else None

    def bounds(self) -> Rect | None:
        """The rectangle around everything drawn."""
        return self.index.bounds()

    def hit(self, x: float, y: float, scale: float = 1.0, ignore: frozenset[str] = frozenset()) -> Hit | None:
        """The topmost thing at a point: badge, bar, element, line, in this order.

        Args:
            scale: pixels per scene unit, so that small pictures keep reachable targets.
        """
        px = 1.0 / max(scale, 0.05)
        reach = max(LINE_REACH, BAR_REACH / 2) * max(1.0, px)
        best: tuple[int, float, Hit] | None = None
        near = self.index.touching((x - reach, y - reach, x + reach, y + reach))
        for id in sorted(near, key=self._place):  # as they are painted: of equals the topmost
            if id in ignore:
                continue
            found = self._hit_one(id, x, y, px)
            if found is not None and (best is None or found[:2] <= best[:2]):
                best = found
        return best[2] if best is not None else None

    def finding_at(self, x: float, y: float, scale: float) -> Hit | None:
        """The topmost badge of the linter, or of actions and comments, at a point; none is seen from afar."""
        findings, reviews, picture = self.findings, self.reviews, self.picture
        if (findings is None and reviews is None) or scale < shared().lod.titles_only:
            return None
        near = self.index.touching((x - BAR_REACH, y - BAR_REACH, x + BAR_REACH, y + BAR_REACH))
        for table in (picture.bars, picture.nodes, picture.links):
            for id in sorted(near, key=self._place, reverse=True):
                one = table.get(id)
                if one is None:
                    continue
                if findings is not None and findings.of(one) is not None and _in_badge(*findings.spot(one), x, y):
                    return Hit("finding", id)
                if reviews is not None and reviews.of(one) is not None and _in_badge(*reviews.spot(one), x, y):
                    return Hit("review", id)
        return None

    def line_verdict_at(self, x: float, y: float, scale: float) -> Hit | None:
        """The topmost verdict that stands on a line at a point; it is not seen from afar."""
        if scale < shared().lod.titles_only:
            return None
        for id in sorted(self.index.touching((x, y, x, y)), key=self._place, reverse=True):
            link = self.picture.links.get(id)
            if link is not None and link.badge is not None and _in_badge(*shapes_links.badge_spot(link), x, y):
                return Hit("badge", id)
        return None

    def _place(self, id: str) -> tuple[float, float, str]:
        box = self.box(id)
        return (box.x, box.y, id) if box is not None else (0.0, 0.0, id)

    def _hit_one(self, id: str, x: float, y: float, px: float) -> tuple[int, float, Hit] | None:
        node = self.picture.nodes.get(id)
        if node is not None:
            if node.badge is not None:
                bx, by = shapes.badge_spot(node)
                if _in_badge(node.box.x + bx, node.box.y + by, x, y):
                    return 0, 0.0, Hit("badge", id)
            if node.box.contains((x, y), SLACK * min(px, 2.0)):
                return 2, node.box.w * node.box.h, Hit("node", id)
            return None
        bar = self.picture.bars.get(id)
        if bar is not None:
            return _hit_bar(bar, x, y)
        link = self.picture.links.get(id)
        if link is None:
            return None
        away = nearest_on_path(link.path, (x, y))[0]
        return (3, away, Hit("link", id)) if away <= LINE_REACH / 2 * max(1.0, px) else None

    def within(self, rect: Rect, *, touching: bool = False) -> list[str]:
        """Ids wholly inside a rectangle by their bodies, or touching it; lines only where wholly inside."""
        left, top, right, bottom = rect
        found = []
        for id in self.index.touching(rect):
            box = self.box(id)
            if box is not None:
                if touching:
                    inside = box.left <= right and box.right >= left and box.top <= bottom and box.bottom >= top
                else:
                    inside = box.left >= left and box.right <= right and box.top >= top and box.bottom <= bottom
                if inside:
                    found.append(id)
            elif not touching:
                path = self.picture.links[id].path
                if all(left <= px <= right and top <= py <= bottom for px, py in path):
                    found.append(id)
        return found

    def neighbours(self, id: str) -> list[str]:
        """What is next along the lines: from an element the first bar or the other end, from a bar both sides."""
        found: dict[str, None] = {}
        for link_id in self.links_of(id):
            link = self.picture.links[link_id]
            chain = (link.source, *link.bars, link.target)
            found[chain[1] if link.source == id else chain[-2]] = None
        line = self.picture.links.get(self.line_of(id))
        if line is not None:
            chain = (line.source, *line.bars, line.target)
            place = chain.index(id)
            found.update(dict.fromkeys((chain[place - 1], chain[place + 1])))
            found.update(dict.fromkeys(self.hanging_on(id)))
        node = self.picture.nodes.get(id)
        if node is not None and node.hangs_on:
            found[node.hangs_on] = None
        return [one for one in found if one != id and self.box(one) is not None]

    # controls on lines

    def standing_on(self, line: str) -> list[Point]:
        """Where controls stand on a line."""
        link = self.picture.links.get(line)
        found = (self.picture.bars.get(id) for id in link.bars) if link is not None else ()
        return [(bar.x, bar.y) for bar in found if bar is not None]

    def anchor_of(self, link: LinkPicture) -> Anchor:
        """The end of a line its stations count from."""
        source = self.picture.nodes.get(link.source)
        kind = source.kind if source is not None else ""
        end: Anchor | None = "source" if self.focus == link.source else "target" if self.focus == link.target else None
        return anchor_end(kind, end)

    def station_of(self, bar_id: str) -> float:
        """Distance of a bar from the end its line's stations count from."""
        bar, link = self.picture.bars.get(bar_id), self.picture.links.get(self.line_of(bar_id))
        if bar is None or link is None:
            return 0.0
        return self._station(link, (bar.x, bar.y))

    def _station(self, link: LinkPicture, at: Point) -> float:
        station = nearest_on_path(link.path, at)[1]
        return station if self.anchor_of(link) == "source" else path_length(link.path) - station

    def line_at(self, x: float, y: float, scale: float = 1.0, guard: str = "") -> LineDrop | None:
        """Where a control let go at a point would stand; None where no line that takes controls is near."""
        reach = DROP_REACH * max(1.0, min(1.0 / max(scale, 0.05), 3.0))
        best: tuple[float, LinkPicture] | None = None
        for id in self.index.touching((x - reach, y - reach, x + reach, y + reach)):
            link = self.picture.links.get(id)
            if link is None or link.kind not in ("leads_to", "degrades") or path_length(link.path) < 1.0:
                continue
            away = nearest_on_path(link.path, (x, y))[0]
            if away <= reach and (best is None or away < best[0]):
                best = (away, link)
        return self._drop_on(best[1], x, y, guard) if best is not None else None

    def _drop_on(self, link: LinkPicture, x: float, y: float, guard: str) -> LineDrop:
        total = path_length(link.path)
        margin = min(LEAD, total / 2)
        along = min(max(nearest_on_path(link.path, (x, y))[1], margin), total - margin)
        others = [
            nearest_on_path(link.path, (bar.x, bar.y))[1]
            for other in link.bars
            if other != guard and (bar := self.picture.bars.get(other)) is not None
        ]
        before = sum(1 for other in others if other < along)
        outwards = self.anchor_of(link) == "source"
        station = along if outwards else total - along
        nearest = min((other if outwards else total - other for other in others), default=total - margin)
        if link.kind == "leads_to" and nearest >= _LABEL_LEAD + LEAST_GAP:
            station = max(station, _LABEL_LEAD)  # where there is room, the label stands clear of the outer element
        (px, py), angle = point_at(link.path, station if outwards else total - station)
        return LineDrop(link.id, before, station, px, py, angle)


def extent(one: NodePicture | BarPicture | LinkPicture) -> Rect:
    """Everything a thing may paint on."""
    if isinstance(one, NodePicture):
        return shapes.extent(one)
    if isinstance(one, BarPicture):
        return next(iter(bar_extents({one.id: one}).values()))
    left, top, right, bottom = line_extent(one.path)
    if one.badge is None:
        return left, top, right, bottom
    return left - _SIGN, top - _SIGN, right + _SIGN, bottom + _SIGN


def line_extent(path: Path) -> Rect:
    """Everything a line through some points may paint on."""
    if len(path) == 2:
        (ax, ay), (bx, by) = path
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        return ax - NEAR, ay - NEAR, bx + NEAR, by + NEAR
    xs, ys = zip(*path, strict=True)
    return min(xs) - NEAR, min(ys) - NEAR, max(xs) + NEAR, max(ys) + NEAR


def bar_extents(bars: Mapping[str, BarPicture]) -> dict[str, Rect]:
    """``extent`` of many bars. Most stand upright and alike: what they cover differs by their place only."""
    known: dict[tuple[object, ...], Rect] = {}
    found: dict[str, Rect] = {}
    for id, bar in bars.items():
        turn = 0.0 if abs(cos(bar.angle)) > _UPRIGHT else bar.angle
        look = (turn, bar.role, bar.shared > 1, bar.label_above, bar.free, bar.room)
        x, y = bar.x, bar.y
        around = known.get(look) or known.setdefault(look, shapes.bar_extent(replace(bar, x=0.0, y=0.0)))
        found[id] = (x + around[0], y + around[1], x + around[2], y + around[3])
    return found


def bar_box(bar: BarPicture) -> Box:
    """The rectangle around the body of a bar."""
    half_w, half_h = shapes_bars.bar_half(bar)
    return Box(bar.x, bar.y, 2 * half_w, 2 * half_h, "bar")


def _hit_bar(bar: BarPicture, x: float, y: float) -> tuple[int, float, Hit] | None:
    box = bar_box(bar)
    if bar.badge is not None:
        bx, by = shapes_bars.badge_spot(bar)
        if _in_badge(bar.x + bx, bar.y + by, x, y):
            return 0, 0.0, Hit("badge", bar.id)
    dx, dy = abs(x - bar.x), abs(y - bar.y)
    if dx <= max(BAR_REACH, box.w + 8.0) / 2 and dy <= max(BAR_REACH, box.h + 8.0) / 2:
        return 1, dx + dy, Hit("bar", bar.id)
    if bar.room is not None:
        beside = shapes_bars.in_label_frame(bar, x - bar.x, y - bar.y)
    elif shapes_bars.label_at_side(bar):
        beside = box.w / 2 < x - bar.x <= box.w / 2 + _LABEL_W and dy <= 24.0
    else:
        below = (bar.y - y) if bar.label_above else (y - bar.y)
        beside = dx <= _LABEL_W / 2 and box.h / 2 < below <= box.h / 2 + 36.0
    return (2, 1e9, Hit("bar", bar.id)) if beside and bar.title else None


def _in_badge(cx: float, cy: float, x: float, y: float) -> bool:
    return abs(x - cx) <= BADGE / 2 + 1.5 and abs(y - cy) <= BADGE / 2 + 1.5


def union(rects: Iterable[Rect | None]) -> Rect | None:
    """The rectangle around some; None where there is none."""
    known = [rect for rect in rects if rect is not None]
    if not known:
        return None
    return (
        min(r[0] for r in known),
        min(r[1] for r in known),
        max(r[2] for r in known),
        max(r[3] for r in known),
    )

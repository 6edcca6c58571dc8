"""Makes the single parts of a diagram's picture from the document: one node, one line with its bars."""

from dataclasses import replace
from math import radians
from typing import Final

from workbench.layout.geometry import Box, Path, Point, boundary_point, default_size, nearest_on_path, path_length
from workbench.layout.graph import Anchor, anchor_end
from workbench.layout.hanging import HANG_GAP, STEM, STEM_BARE, STEM_MORE
from workbench.layout.routing import Spot, guard_spots, route_link
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Cause, Control, DegradationFactor, Element, Gate, Guard, Hazard, Link, TopEvent
from workbench.render.build_badges import Badges
from workbench.render.build_collapse import Collapse
from workbench.render.build_content import (
    RatingText,
    gate_sign,
    is_retired,
    listed_titles,
    worst,
)
from workbench.render.build_index import DrawingIndex
from workbench.render.label_rooms import place_labels
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture, Role
from workbench.render.shapes import natural_size
from workbench.render.shapes_bars import bar_half
from workbench.render.sizes import sizes
from workbench.render.text import Measure
from workbench.store.store import Store

BELONGS: Final = "belongs"
"""Kind of the plain line between a hazard and its top event, which is a field of the top event, no link record."""
_STEM_LEAD: Final = 6.0
_STEM_INSET: Final = 14.0


def belongs_id(top_event: str) -> str:
    """Id of the line between a top event and its hazard."""
    return f"{top_event}/hazard"


class Parts:
    """Makes nodes, lines and bars. Reads what is drawn already from the picture; changes nothing.

    Attributes:
        moves, bends: shifts of subjects and bends of lines in a preview, by id.
    """

    def __init__(
        self,
        store: Store,
        index: DrawingIndex,
        picture: DiagramPicture,
        focus: str | None,
        measure: Measure,
        badges: Badges,
    ) -> None:
        self._store = store
        self._index = index
        self._picture = picture
        self._focus = focus
        self._measure = measure
        self._badge = badges.of
        self._badge_with = badges.with_hidden
        self._natural: dict[tuple[str, str, float | None, bool], tuple[float, float]] = {}
        self.ratings = RatingText(store, None)
        self.collapse = Collapse()
        self.hidden_words: dict[str, str] = {}
        self.moves: dict[str, tuple[float, float]] = {}
        self.bends: dict[str, tuple[Point, ...]] = {}

    # bodies

    def hangs(self, id: str) -> bool:
        """Whether an element hangs from a bar here. Only a degradation factor does; others stand where they stand."""
        placement = self._index.placed.get(id)
        if placement is None or placement.hangs_on is None:
            return False
        return isinstance(self._store.get(id), DegradationFactor)

    def node(self, id: str) -> NodePicture | None:
        """The picture of a placed element that is no control; None where it is not drawn."""
        placement = self._index.placed.get(id)
        if placement is None or id in self.collapse.hidden:
            return None
        element = self._store.get(id)
        if not isinstance(element, Element) or isinstance(element, Control):
            return None
        kind = element.TYPE
        rated = id in self._index.assessments or (isinstance(element, Hazard) and bool(self._index.assessments))
        chips = self.ratings.chips(id) if rated else ()
        box = self._box(placement, kind, element.title, chips=bool(chips))
        if box is None:
            return None
        meta, sign = "", ""
        if isinstance(element, Cause):
            meta = self.ratings.frequency(element)
        elif isinstance(element, Gate):
            sign = gate_sign(element, self._inputs(id))
        behind = self.collapse.behind.get(id, ())
        return NodePicture(
            id=id,
            kind=kind,
            box=box,
            title=element.title,
            code=element.code,
            meta=meta,
            chips=chips,
            badge=self._badge_with(id, behind) if behind else self._badge(id),
            listed=listed_titles(self._index.guards_in_order(id), self._store) if id in self._index.guards_on else (),
            hidden=len(behind),
            hidden_text=self.hidden_words.get(id, ""),
            hangs_on=(placement.hangs_on or "") if kind == DegradationFactor.TYPE else "",
            sign=sign,
            retired=is_retired(element),
        )

    def _inputs(self, gate: str) -> int:
        return sum(1 for link in self._index.links_of(gate) if link.target == gate and link.kind == "leads_to")

    def _box(self, placement: Placement, kind: str, title: str, *, chips: bool) -> Box | None:
        w, h = placement.w, placement.h
        if w is None or h is None or kind == "top_event":
            key = (kind, title, w, chips)
            natural = self._natural.get(key)
            if natural is None:
                natural = self._natural[key] = natural_size(kind, title, self._measure, w, chips=chips)
            w, h = natural[0], (natural[1] if h is None or kind == "top_event" else h)
        dx, dy = self.moves.get(placement.subject, (0.0, 0.0)) if self.moves else (0.0, 0.0)
        x, y = placement.x + dx, placement.y + dy
        if placement.hangs_on is not None and kind == DegradationFactor.TYPE:
            bar = self._picture.bars.get(placement.hangs_on)
            if bar is None or bar.role == "degradation":
                return None
            if placement.x == 0 and placement.y == 0:
                ox, oy = self._hang_offset(placement, w, h)
                x, y = x + ox, y + oy
            x, y = x + bar.x, y + bar.y
        return Box(x, y, w, h, default_size(kind)[2])

    def _hang_offset(self, placement: Placement, w: float, h: float) -> tuple[float, float]:
        """Where something hangs that nobody has placed: below the bar, further ones beside it."""
        controls = sum(
            len(self._index.guards_on.get(link.id, ()))
            for link in self._index.links_of(placement.subject)
            if link.source == placement.subject and link.kind == "degrades"
        )
        stem = STEM + STEM_MORE * (controls - 1) if controls else STEM_BARE
        beside = [id for id in self._index.hanging(placement.hangs_on or "") if self._automatic(id)]
        place = beside.index(placement.subject) if placement.subject in beside else 0
        return place * (w + HANG_GAP), sizes().bar.height / 2 + stem + h / 2

    def _automatic(self, id: str) -> bool:
        placement = self._index.placed.get(id)
        return placement is not None and placement.x == 0 and placement.y == 0

    # bars

    def free_bar(self, id: str) -> BarPicture | None:
        """A control that stands on the diagram by itself; None where it does not."""
        placement = self._index.placed.get(id)
        control = self._store.find(id, Control)
        if placement is None or control is None:
            return None
        dx, dy = self.moves.get(id, (0.0, 0.0)) if self.moves else (0.0, 0.0)
        x, y = placement.x + dx, placement.y + dy
        hanging = id in self._index.hung_from
        return self._bar(id, control, "preventive", x, y, 0.0, label_above=hanging, free=True)

    def _bar(
        self,
        id: str,
        control: Control,
        role: Role,
        x: float,
        y: float,
        angle: float,
        *,
        label_above: bool,
        free: bool = False,
    ) -> BarPicture:
        index = self._index
        own, evidence = control.id, index.evidence
        badge = None
        if id in evidence or own in evidence:
            badge = self._badge(id) if free else worst((self._badge(id), self._badge(own)))
        guards = index.guards_of.get(own)
        return BarPicture(  # by place: names would triple the time, and there are as many bars as anything else
            id,
            own,
            role,
            x,
            y,
            angle,
            control.title,
            control.code,
            badge,
            len(guards) if guards is not None else 0,
            control.state == "proposed",
            label_above,
            free,
            id in index.hung_from,
            is_retired(control),
        )

    def refreshed(self, bar: BarPicture) -> BarPicture | None:
        """A bar in its place with what is said of it now."""
        if bar.free:
            return self.free_bar(bar.id)
        control = self._store.find(bar.control, Control)
        if control is None:
            return None
        now = self._bar(bar.id, control, bar.role, bar.x, bar.y, bar.angle, label_above=bar.label_above)
        return now if bar.room is None else replace(now, room=bar.room)

    # lines

    def line(self, link: Link) -> tuple[LinkPicture, list[BarPicture]] | None:
        """A line of the pathway from silhouette to silhouette, with the bars on it; None where it is not drawn."""
        source, target = self._picture.nodes.get(link.source), self._picture.nodes.get(link.target)
        route = self._index.routes.get(link.id)
        if source is None or target is None or (route is not None and route.hidden):
            return None
        if source.hangs_on or target.hangs_on:
            return None  # no legal line; drawn, it could lean on a bar that leans on it
        end: Anchor | None = None
        if self._focus is not None:
            end = "target" if link.target == self._focus else "source" if link.source == self._focus else None
        path = route_link(source.box, target.box, self._points(link.id, route), focus=end)
        guards = self._index.guards_in_order(link.id)
        bars: list[BarPicture] = []
        gaps: tuple[float, ...] = ()
        if guards:
            anchor = anchor_end(source.kind, end)
            spots = self._spots(path, guards, anchor)
            stations = [spot.station for spot in spots]
            if anchor == "target":
                total = path_length(path)
                stations = [total - station for station in stations]
            gaps = tuple(stations)
            bars = place_labels(
                self._line_bars(link, source.kind, guards, spots), (source.box, target.box), self._measure
            )
        arrow, ids = self._picture.notation == "simple", tuple([bar.id for bar in bars])
        ends, badge = (link.source, link.target), self._badge(link.id)
        return LinkPicture(link.id, link.kind, *ends, path, gaps, arrow, False, ids, badge), bars

    def _points(self, link: str, route: Route | None) -> tuple[Point, ...]:
        """The bends of a line set by hand."""
        return self.bends.get(link, route.points if route is not None else ())

    def _spots(self, path: Path, guards: list[Guard], anchor: Anchor) -> list[Spot]:
        """Places of the bars in order from source to target."""
        stations: list[float | None] = []
        placed = self._index.placed
        for guard in guards:
            placement = placed.get(guard.id)
            station = placement.station if placement is not None else None
            if self.moves and guard.id in self.moves and guard.id in self._picture.bars:
                bar, (dx, dy) = self._picture.bars[guard.id], self.moves[guard.id]
                station = nearest_on_path(path, (bar.x + dx, bar.y + dy))[1]
                station = station if anchor == "source" else path_length(path) - station
            stations.append(station)
        return guard_spots(path, stations, anchor=anchor)

    def _line_bars(self, link: Link, source_kind: str, guards: list[Guard], spots: list[Spot]) -> list[BarPicture]:
        role = self._role(link, source_kind)
        hung, get = self._index.hung_from, self._store.get
        above = bool(hung) and any(guard.id in hung for guard in guards)
        bars = []
        for guard, spot in zip(guards, spots, strict=True):
            control = get(guard.control)
            if isinstance(control, Control):
                angle = radians(spot.angle)
                bars.append(self._bar(guard.id, control, role, spot.x, spot.y, angle, label_above=above))
        return bars

    def _role(self, link: Link, source_kind: str) -> Role:
        """Preventive on the way to a top event, mitigative after one; a chained top event is seen from the focus."""
        if source_kind not in ("top_event", "hazard"):
            return "preventive"
        return "preventive" if self._focus is not None and self._leads_to_focus(link.target) else "mitigative"

    def _leads_to_focus(self, start: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            if here == self._focus:
                return True
            if isinstance(self._store.get(here), Gate):
                for link in self._index.links_of(here):
                    if link.source == here and link.kind == "leads_to" and link.target not in seen:
                        seen.add(link.target)
                        waiting.append(link.target)
        return False

    def belongs(self, top_event: str) -> LinkPicture | None:
        """The plain line from a hazard to its top event; None where they do not both stand here."""
        record = self._store.find(top_event, TopEvent)
        if record is None or record.hazard is None:
            return None
        source, target = self._picture.nodes.get(record.hazard), self._picture.nodes.get(top_event)
        if source is None or target is None:
            return None
        return LinkPicture(belongs_id(top_event), BELONGS, record.hazard, top_event, route_link(source.box, target.box))

    def stem(self, link: Link) -> tuple[LinkPicture, list[BarPicture]] | None:
        """The dashed stem from a degradation factor to the bar it weakens, with the controls across it."""
        factor = self._picture.nodes.get(link.source)
        bar = self._bar_of(link)
        route = self._index.routes.get(link.id)
        if factor is None or bar is None or (route is not None and route.hidden):
            return None
        path = stem_path(factor.box, bar)
        guards = self._index.guards_in_order(link.id)
        bars: list[BarPicture] = []
        gaps: tuple[float, ...] = ()
        if guards:
            total = path_length(path)
            stations: list[float | None] = []
            for i, guard in enumerate(guards):
                placement = self._index.placed.get(guard.id)
                own = placement.station if placement is not None else None
                stations.append(own if own is not None else total * (i + 0.5) / len(guards))
            spots = guard_spots(path, stations, anchor="source", lead=_STEM_LEAD)
            gaps = tuple(spot.station for spot in spots)
            for guard, spot in zip(guards, spots, strict=True):
                control = self._store.find(guard.control, Control)
                if control is not None:
                    angle = radians(spot.angle)
                    bars.append(self._bar(guard.id, control, "degradation", spot.x, spot.y, angle, label_above=False))
            bars = place_labels(bars, [factor.box, *self._about_stem(factor, bar)], self._measure)
        ids = tuple(bar.id for bar in bars)
        ends, badge = (link.source, link.target), self._badge(link.id)
        return LinkPicture(link.id, link.kind, *ends, path, gaps, dashed=True, bars=ids, badge=badge), bars

    def _about_stem(self, factor: NodePicture, bar: BarPicture) -> list[Box]:
        """What labels on a stem must not touch: the ends of the line that its bar stands on."""
        guard = self._index.guards_by_id.get(bar.id) if factor.hangs_on == bar.id else None
        line = self._picture.links.get(guard.subject) if guard is not None else None
        ends = (line.source, line.target) if line is not None else ()
        return [node.box for id in ends if (node := self._picture.nodes.get(id)) is not None]

    def _bar_of(self, link: Link) -> BarPicture | None:
        """The bar a degradation factor's stem leads to: where it hangs, else the control's own, else its first."""
        bars = self._picture.bars
        direct = bars.get(link.target)
        placement = self._index.placed.get(link.source)
        if placement is not None and placement.hangs_on is not None:
            hung = bars.get(placement.hangs_on)
            if hung is not None and link.target in (hung.control, hung.id):
                return hung
        if direct is not None:
            return direct if direct.role != "degradation" else None
        for id in sorted(self._index.guards_of.get(link.target, ())):
            bar = bars.get(id)
            if bar is not None and bar.role != "degradation":
                return bar
        return None

    def note_line(self, link: Link) -> LinkPicture | None:
        """The dotted line from a note to what it is about."""
        note = self._picture.nodes.get(link.source)
        route = self._index.routes.get(link.id)
        if note is None or (route is not None and route.hidden):
            return None
        box = self._about(link.target)
        if box is None:
            return None
        path = route_link(note.box, box, self._points(link.id, route))
        return LinkPicture(link.id, link.kind, link.source, link.target, path, dashed=True)

    def _about(self, target: str) -> Box | None:
        node = self._picture.nodes.get(target)
        if node is not None:
            return node.box
        bar = self._picture.bars.get(target)
        if bar is None:
            for id in sorted(self._index.guards_of.get(target, ())):
                bar = bar or self._picture.bars.get(id)
        if bar is not None:
            hw, hh = bar_half(bar)
            return Box(bar.x, bar.y, 2 * hw, 2 * hh, "bar")
        line = self._picture.links.get(target)
        if line is None or line.kind == "annotates":
            return None
        (ax, ay), (bx, by) = line.path[0], line.path[1]
        return Box((ax + bx) / 2, (ay + by) / 2, 1.0, 1.0, "bar")


def stem_path(factor: Box, bar: BarPicture) -> Path:
    """From a factor to the end of the bar it hangs from: upright wherever the factor's edge lies beneath the bar."""
    _, half = bar_half(bar)
    side = 1.0 if factor.y >= bar.y else -1.0
    end = (bar.x, bar.y + side * half)
    edge = factor.top if side > 0 else factor.bottom
    if factor.left + _STEM_INSET <= bar.x <= factor.right - _STEM_INSET and (edge - end[1]) * side > 0:
        return ((bar.x, edge), end)
    return (boundary_point(factor, end), end)

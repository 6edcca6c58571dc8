"""The history of a metric as drawing primitives: a point a run, by date, with its interval. No Qt."""

from typing import TYPE_CHECKING, Final

from workbench.analysis.words import short_percent
from workbench.evidence.labels import amount
from workbench.export.claim_plot import DASH, REGULAR, STRONG, Drawing, cut, text_size
from workbench.export.plot_axis import Axis, axis_around
from workbench.panels.run_history import SPEAKING, History, Point
from workbench.render.ops import Ellipse, Group, Lines, Op, Polygon, RoundRect, TextOp
from workbench.render.text import Measure
from workbench.render.theme import Theme, mix
from workbench.values import value_type

if TYPE_CHECKING:
    from datetime import date

SHAPES: Final = ("disc", "square", "triangle", "diamond", "down", "bar")
_DIRECT: Final = 8
"""Up to so many points carry the name of their model; more share a legend."""
_LEGEND: Final = 6
_CROWD: Final = 60
"""More points are drawn small, their intervals thin."""
_SAME_DAY: Final = 11.0
_NO_DATE: Final = "no date"


@value_type(frozen=True, slots=True)
class PlacedPoint:
    """Where a point stands in the picture."""

    x: float
    y: float
    point: Point


@value_type(frozen=True, slots=True)
class HistoryPicture:
    """The picture and where its points stand, for the pointer and the keyboard."""

    sheet: Drawing
    places: tuple[PlacedPoint, ...]


def history_picture(
    history: History, width: float, height: float, theme: Theme, measure: Measure, chosen: str = ""
) -> HistoryPicture:
    """The plot of a history; ``chosen`` is the id of the run that is ringed."""
    return _Plot(history, width, height, theme, measure, chosen).picture()


class _Plot:
    """One drawing under way."""

    def __init__(
        self, history: History, width: float, height: float, theme: Theme, measure: Measure, chosen: str
    ) -> None:
        self.history = history
        self.theme = theme
        self.measure = measure
        self.chosen = chosen
        self.width, self.height = width, height
        self.size = text_size(width, height * 0.75)
        marks = [v for p in history.points for v in (p.value, p.low, p.high) if v is not None]
        marks += [history.threshold] if history.threshold is not None else []
        self.models = list(dict.fromkeys(point.model for point in history.points))
        self.direct = len(history.points) <= _DIRECT
        line = self.size * 1.4
        self.axis: Axis = axis_around(marks, history.unit, max(3, int((height - 2 * line) / (self.size * 1.9))))
        texts = [self.axis.label(tick, last=True) for tick in self.axis.ticks]
        self.left = max((measure.width(text, self.size, REGULAR) for text in texts), default=0.0) + 14
        self.right = width - 14
        self.top = line * (0.4 if self.direct else 1.5)
        self.bottom = height - line - 4
        self.ops: list[Op] = []

    def y(self, value: float) -> float:
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)

    def picture(self) -> HistoryPicture:
        theme = self.theme
        wide, tall = self.right - self.left, self.bottom - self.top
        self.ops.append(RoundRect(self.left, self.top, wide, tall, fill=theme.plot.background))
        self._threshold_zone()
        self._values_axis()
        places = self._places()
        self._days_axis(places)
        self._points(places)
        self._threshold_line()
        if self.direct:
            self._names(places)
        else:
            self._legend()
        group = Group(tuple(self.ops))
        sheet = Drawing(self.history.title, self.width, self.height, (group,))
        return HistoryPicture(sheet, tuple(places))

    # axes

    def _threshold_zone(self) -> None:
        threshold = self.history.threshold
        if threshold is None:
            return
        at = self.y(threshold)
        top, foot = (self.top, at) if self.history.upward else (at, self.bottom)
        wide = self.right - self.left
        if foot - top > 0.5:
            self.ops.append(RoundRect(self.left, top, wide, foot - top, fill=self.theme.plot.pass_zone))

    def _threshold_line(self) -> None:
        threshold = self.history.threshold
        if threshold is None:
            return
        at = self.y(threshold)
        self.ops.append(Lines(((self.left, at, self.right, at),), self.theme.plot.threshold, 2.0))
        sign = "≥" if self.history.upward else "≤"
        limit = short_percent(threshold) if self.history.unit == "proportion" else amount(threshold, self.history.unit)
        foot = at - 5 if self.history.upward == (at - self.size > self.top) else at + self.size + 2
        self.ops.append(
            TextOp(
                self.right - 5, foot, f"criterion {sign} {limit}", self.size, STRONG, self.theme.text.primary, "end"
            )
        )  # fmt: skip

    def _values_axis(self) -> None:
        theme, size = self.theme, self.size
        rows = tuple((self.left, self.y(tick), self.right, self.y(tick)) for tick in self.axis.ticks)
        self.ops.append(Lines(rows, theme.plot.grid))
        for place, tick in enumerate(self.axis.ticks):
            text = self.axis.label(tick, last=place == len(self.axis.ticks) - 1)
            y = self.y(tick) + size * 0.35
            self.ops.append(TextOp(self.left - 6, y, text, size, REGULAR, theme.text.secondary, "end"))

    def _places(self) -> list[PlacedPoint]:
        """Points by day from left to right, runs of one day side by side; those without a date at the end."""
        points = self.history.points
        dated = [point for point in points if point.day is not None]
        undated = [point for point in points if point.day is None]
        strip = min(0.35, 0.12 + 0.03 * len(undated)) if undated and dated else (1.0 if undated else 0.0)
        wide = self.right - self.left
        edge = 26.0 if not self.direct else min(64.0, wide * 0.12)
        start, end = self.left + edge, self.left + wide * (1 - strip) - edge
        days = [point.day.toordinal() for point in dated if point.day is not None]
        first, span = (days[0], max(1, days[-1] - days[0])) if days else (0, 1)
        placed: list[PlacedPoint] = []
        for day in dict.fromkeys(days):
            same = [point for point in dated if point.day is not None and point.day.toordinal() == day]
            middle = start + (end - start) * ((day - first) / span if len(set(days)) > 1 else 0.5)
            gap = min(_SAME_DAY, (end - start) / max(1, len(same)))
            for place, point in enumerate(same):
                x = middle + (place - (len(same) - 1) / 2) * gap
                placed.append(PlacedPoint(max(self.left + 4, min(self.right - 4, x)), self.y(point.value), point))
        if undated:
            left = self.left + wide * (1 - strip)
            for place, point in enumerate(undated):
                x = left + (self.right - left) * (place + 0.5) / len(undated)
                placed.append(PlacedPoint(x, self.y(point.value), point))
            if dated:
                self.ops.append(Lines(((left, self.top, left, self.bottom),), self.theme.plot.axis, 1.0, DASH))
            self._under((left + self.right) / 2, _NO_DATE)
        return placed

    def _under(self, x: float, text: str) -> None:
        half = self.measure.width(text, self.size, REGULAR) / 2
        at = max(half + 2, min(self.width - half - 2, x))
        foot = self.bottom + self.size + 4
        self.ops.append(TextOp(at, foot, text, self.size, REGULAR, self.theme.text.secondary, "middle"))

    def _days_axis(self, places: list[PlacedPoint]) -> None:
        """The first and the last day, and days between where there is room."""
        by_day: dict[date, list[float]] = {}
        for place in places:
            if place.point.day is not None:
                by_day.setdefault(place.point.day, []).append(place.x)
        middles = {day: sum(xs) / len(xs) for day, xs in by_day.items()}
        days = sorted(middles)
        order = days if len(days) < 3 else [days[0], days[-1], *days[1:-1]]
        taken: list[tuple[float, float]] = []
        undated = [place.x for place in places if place.point.day is None]
        if undated:
            middle, half = sum(undated) / len(undated), self.measure.width(_NO_DATE, self.size, REGULAR) / 2
            taken.append((middle - half, middle + half))
        feet = []
        for day in order[:60]:
            text = f"{day.day} {day:%b %Y}"
            half = self.measure.width(text, self.size, REGULAR) / 2 + 8
            x = middles[day]
            if all(x + half < other[0] or x - half > other[1] for other in taken):
                taken.append((x - half, x + half))
                feet.append((x, self.bottom, x, self.bottom + 4))
                self._under(x, text)
        if feet:
            self.ops.append(Lines(tuple(feet), self.theme.plot.axis))

    # points

    def _colour(self, model: str) -> str:
        theme = self.theme
        colours = (
            theme.accent.text,
            theme.kind.preventive_control.border,
            theme.kind.mitigative_control.border,
            theme.kind.top_event.border,
            theme.kind.degradation_factor.border,
            theme.text.secondary,
        )
        return colours[self.models.index(model) % len(colours)]

    def _points(self, places: list[PlacedPoint]) -> None:
        theme, crowded = self.theme, len(places) > _CROWD
        radius = self.size * (0.26 if crowded else 0.42)
        shapes = {model: SHAPES[place % len(SHAPES)] for place, model in enumerate(self.models)}
        colours = {model: self._colour(model) for model in self.models}
        for place in places:
            point = place.point
            counts = point.standing in SPEAKING
            colour = colours[point.model] if counts else theme.plot.interval
            if point.low is not None and point.high is not None:
                low, high = self.y(point.low), self.y(point.high)
                line = mix(colour, theme.plot.background, 0.45) if crowded else colour
                width = 1.0 if crowded else 1.5
                self.ops.append(Lines(((place.x, low, place.x, high),), line, width, () if counts else DASH))
                if not crowded:
                    ends = tuple((place.x - radius, y, place.x + radius, y) for y in (low, high))
                    self.ops.append(Lines(ends, line, width))
            fill = colour if counts else self.theme.plot.background
            self.ops.append(mark(shapes[point.model], place.x, place.y, radius, fill, colour))
            if point.run == self.chosen:
                ring = radius + 4
                self.ops.append(
                    Ellipse(place.x, place.y, ring, ring, stroke=self.theme.focus.ring, width=2.0)
                )  # fmt: skip

    def _names(self, places: list[PlacedPoint]) -> None:
        """The model beside each point, on the side where there is room, in its own row where they would collide."""
        size, taken = self.size, list[tuple[float, float, float, float]]()
        for place in places:
            text = cut(place.point.model, (self.right - self.left) * 0.4, size, self.measure)
            wide = self.measure.width(text, size, REGULAR)
            rows = (0.0, size * 1.1, -size * 1.1, size * 2.2, -size * 2.2)
            spots = [
                (x, place.y + size * 0.35 + shift)
                for shift in rows
                for x in (place.x + size * 0.7, place.x - size * 0.7 - wide)
            ]
            for x, foot in spots:
                box = (x - 2, foot - size, x + wide + 2, foot + 2)
                inside = box[0] >= self.left and box[2] <= self.right and self.top <= box[1] and box[3] <= self.bottom
                clear = all(
                    box[2] < o[0] or box[0] > o[2] or box[3] < o[1] or box[1] > o[3] for o in taken
                ) and not any(box[0] <= p.x <= box[2] and p is not place for p in places)
                if inside and clear:
                    taken.append(box)
                    struck = place.point.standing not in SPEAKING
                    colour = self.theme.text.secondary if struck else self.theme.text.primary
                    self.ops.append(TextOp(x, foot, text, size, REGULAR, colour, struck=struck))
                    break

    def _legend(self) -> None:
        size, x = self.size, self.left
        foot = self.top - size * 0.5
        for model in self.models[:_LEGEND]:
            text = cut(model, (self.right - self.left) / 3, size, self.measure)
            wide = self.measure.width(text, size, REGULAR) + size * 2.4
            if x + wide > self.right - size * 5:
                break
            colour = self._colour(model)
            shape = SHAPES[self.models.index(model) % len(SHAPES)]
            self.ops.append(mark(shape, x + size * 0.5, foot - size * 0.35, size * 0.38, colour, colour))
            self.ops.append(TextOp(x + size * 1.2, foot, text, size, REGULAR, self.theme.text.primary))
            x += wide
        else:
            model = ""
        rest = len(self.models) - (self.models.index(model) if model else min(len(self.models), _LEGEND))
        if rest:
            text = f"and {rest} more"
            self.ops.append(TextOp(x, foot, text, size, REGULAR, self.theme.text.secondary))


def mark(shape: str, x: float, y: float, r: float, fill: str, stroke: str) -> Op:
    """The mark of one model: its shape tells it apart where colours do not."""
    if shape == "disc":
        return Ellipse(x, y, r, r, fill=fill, stroke=stroke, width=1.5)
    if shape == "square":
        return RoundRect(x - r, y - r, 2 * r, 2 * r, fill=fill, stroke=stroke, width=1.5)
    points = {
        "triangle": ((x, y - r * 1.2), (x + r * 1.1, y + r * 0.8), (x - r * 1.1, y + r * 0.8)),
        "diamond": ((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)),
        "down": ((x, y + r * 1.2), (x + r * 1.1, y - r * 0.8), (x - r * 1.1, y - r * 0.8)),
        "bar": tuple((x + a * r * 1.4, y + b * r * 0.5) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))),
    }[shape]
    return Polygon(points, fill=fill, stroke=stroke, width=1.5)

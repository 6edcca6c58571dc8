"""The course of a link and the places of the controls on it."""

from collections.abc import Sequence
from math import atan2, degrees, hypot, isfinite

from workbench.layout.geometry import (
    Box,
    Path,
    Point,
    boundary_point,
    path_length,
    point_at,
)
from workbench.layout.graph import Anchor
from workbench.values import value_type

KNOT = 60.0
"""From the edge of the top event's circle to the knee of every bow-tie line, measured along x."""
PITCH = 116.0
"""Between the controls of one line; a label of 108 and a gap of 8."""
KNEE_LEAD = 58.0
"""From the control nearest to the top event to the knee."""
KNEE_LEAST = 28.0
"""The same on a line too short for columns at their pitch."""
LEAD = 20.0
"""Least distance of a bar's centre from the end of its line: a gap of 14 and half a bar."""
LEAST_GAP = 24.0
"""Least distance between the centres of two bars on one line."""
_LEVEL = 1e-6
_NO_LENGTH = 1e-9


@value_type(frozen=True, slots=True)
class Spot:
    """A place on a line: its point, the line's direction there in degrees, its station from the anchor end."""

    x: float
    y: float
    angle: float
    station: float


def route_link(
    source: Box,
    target: Box,
    waypoints: Sequence[Point] = (),
    *,
    focus: Anchor | None = None,
) -> Path:
    """The polyline of a link from silhouette to silhouette.

    Waypoints set by hand replace the automatic course. Otherwise a link of the focus top event leaves the
    outer box horizontally, bends once in the knee `KNOT` units beside the circle, and runs straight towards
    the circle's centre. Every other link is straight, and so is this one where the outer box leaves no room
    for the horizontal run. A bow-tie line has its knee even where it does not bend.

    Args:
        source: Where the link starts.
        target: Where it ends.
        waypoints: Bends set by hand, in order from source to target.
        focus: The end that is the diagram's focus, if one is; only a circle draws a knee.
    """
    if waypoints:
        return (boundary_point(source, waypoints[0]), *waypoints, boundary_point(target, waypoints[-1]))
    if focus == "target" and target.shape == "circle":
        bow = _bow_line(source, target)
        if bow is not None:
            return bow
    if focus == "source" and source.shape == "circle":
        bow = _bow_line(target, source)
        if bow is not None:
            return bow[::-1]
    return _straight(source, target)


def _straight(source: Box, target: Box) -> Path:
    start = boundary_point(source, (target.x, target.y))
    end = boundary_point(target, (source.x, source.y))
    towards = (target.x - source.x) * (end[0] - start[0]) + (target.y - source.y) * (end[1] - start[1])
    if towards < 0:  # the boxes overlap: no visible line is left between them
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        return (middle, middle)
    return (start, end)


def _bow_line(outer: Box, circle: Box) -> tuple[Point, Point, Point] | None:
    """From the outer box through the knee to the circle, or nothing where there is no room for it."""
    if outer.x < circle.x:
        knee_x = circle.left - KNOT
        room = knee_x - outer.right
    else:
        knee_x = circle.right + KNOT
        room = outer.left - knee_x
    if room < 0:
        return None
    knee = (knee_x, outer.y)
    return (boundary_point(outer, knee), knee, boundary_point(circle, knee))


def guard_spots(
    path: Sequence[Point],
    stations: Sequence[float | None],
    *,
    anchor: Anchor,
    lead: float = LEAD,
) -> list[Spot]:
    """Places of the guards of a line, in order from source to target.

    A guard without a station of its own is placed automatically: on a bow-tie line in columns back from the
    knee, closer where there is no room; on any other line evenly. Places never leave the line, keep their
    order, and stay `LEAST_GAP` apart where the line is long enough. Stations beyond the line are drawn
    together in proportion.

    Args:
        path: The line from source to target.
        stations: One entry for each guard in order from source to target; None, or a number that is not
            finite, is automatic. With the target as the anchor they therefore fall.
        anchor: The end the stations count from.
        lead: Least distance of a bar's centre from either end of the line.
    """
    count = len(stations)
    if not count:
        return []
    forwards = anchor == "source"
    if len(path) == 2 and not any(station is not None for station in stations):
        return _spots_along(path[0], path[1], count, lead, forwards=forwards)
    total = path_length(path)
    outward = path if forwards else path[::-1]
    margin = min(lead, total / (count + 1))
    wanted = _fill(stations if forwards else stations[::-1], _automatic(outward, count, total, lead), total)
    furthest = max(wanted)
    if furthest > total - margin and furthest > 0:
        wanted = [s * (total - margin) / furthest for s in wanted]
    spots = []
    for station in _keep_apart(wanted, margin, total - margin):
        (x, y), angle = point_at(path, station if forwards else total - station)
        spots.append(Spot(x, y, angle, station))
    return spots if forwards else spots[::-1]


def _spots_along(start: Point, end: Point, count: int, lead: float, *, forwards: bool) -> list[Spot]:
    """`guard_spots` on a straight line where no guard has a station: nearly all lines of a large picture."""
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    total = hypot(dx, dy)
    margin = min(lead, total / (count + 1))
    wanted = [total * (i + 1) / (count + 1) for i in range(count)]
    furthest = wanted[-1]
    if furthest > total - margin and furthest > 0:
        wanted = [s * (total - margin) / furthest for s in wanted]
    angle = degrees(atan2(dy, dx)) if total > _NO_LENGTH else 0.0
    spots = []
    for station in _keep_apart(wanted, margin, total - margin):
        share = max(0.0, station if forwards else total - station) / total if total > _NO_LENGTH else 1.0
        spots.append(Spot(ax + dx * share, ay + dy * share, angle, station))
    return spots if forwards else spots[::-1]


def automatic_stations(path: Sequence[Point], count: int, *, anchor: Anchor, lead: float = LEAD) -> tuple[float, ...]:
    """The stations that `count` guards take, source to target, when none has one of its own."""
    return tuple(spot.station for spot in guard_spots(path, [None] * count, anchor=anchor, lead=lead))


def _is_bow_line(outward: Sequence[Point]) -> bool:
    return len(outward) == 3 and abs(outward[0][1] - outward[1][1]) <= _LEVEL


def _automatic(outward: Sequence[Point], count: int, total: float, lead: float) -> list[float]:
    """Stations of `count` guards of which none has a station of its own."""
    if not _is_bow_line(outward):
        return [total * (i + 1) / (count + 1) for i in range(count)]
    level = hypot(outward[1][0] - outward[0][0], outward[1][1] - outward[0][1])
    last = max(level - KNEE_LEAD, lead)
    if count > 1:  # where columns are too close for their labels, the last one comes nearer to the knee
        last = max(last, min(level - KNEE_LEAST, lead + PITCH * (count - 1)))
    pitch = PITCH if count == 1 else min(PITCH, (last - lead) / (count - 1))
    return [last - pitch * (count - 1 - i) for i in range(count)]


def _fill(stations: Sequence[float | None], automatic: Sequence[float], total: float) -> list[float]:
    """Own stations, with every run of automatic ones fitted between its neighbours."""
    own = [s if s is not None and isfinite(s) else None for s in stations]
    filled: list[float] = []
    i = 0
    while i < len(own):
        value = own[i]
        if value is not None:
            filled.append(max(0.0, value))
            i += 1
            continue
        j = i
        while j < len(own) and own[j] is None:
            j += 1
        following = own[j] if j < len(own) else None
        low = filled[-1] if filled else 0.0
        high = max(total, low) if following is None else max(following, low)
        run = list(automatic[i:j])
        fits_before = not filled or run[0] >= low + LEAST_GAP
        fits_after = following is None or run[-1] <= high - LEAST_GAP
        if not (fits_before and fits_after):
            run = [low + (high - low) * (n + 1) / (j - i + 1) for n in range(j - i)]
        filled += run
        i = j
    return filled


def _keep_apart(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """The stations nearest to those wanted that lie in order between `low` and `high` with room between."""
    high = max(low, high)
    gap = min(LEAST_GAP, (high - low) / (len(wanted) - 1)) if len(wanted) > 1 else 0.0
    kept: list[float] = []
    for i, station in enumerate(wanted):
        least = kept[-1] + gap if kept else low
        kept.append(min(max(station, least), high - gap * (len(wanted) - 1 - i)))
    return kept

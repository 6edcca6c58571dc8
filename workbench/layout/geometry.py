"""Silhouettes of the canvas shapes and arithmetic on polylines.

Everything is in scene units (1 unit = 1 px at 100 %), x to the right and y down. A box is named by its
centre. Angles are degrees clockwise from the x axis, which is what a y-down canvas rotates by.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import atan2, degrees, hypot, inf
from typing import Literal

from workbench.values import value_type

Point = tuple[float, float]
Path = tuple[Point, ...]
Shape = Literal["box", "pentagon", "octagon", "circle", "parallelogram", "bar", "gate", "note"]

PENTAGON_TIP = 14.0
"""How far the point of a cause reaches beyond its straight edges."""
OCTAGON_CUT = 11.0
"""Legs of the cut corners of a consequence."""
PARALLELOGRAM_SKEW = 12.0
"""How far the upper edge of a degradation factor is shifted to the right of its lower edge."""
NOTE_FOLD = 12.0
"""Legs of the folded upper right corner of a note."""
_EPS = 1e-9

_SIZES: dict[str, tuple[float, float, Shape]] = {
    "hazard": (192.0, 88.0, "box"),
    "top_event": (148.0, 148.0, "circle"),
    "cause": (168.0, 84.0, "pentagon"),
    "consequence": (168.0, 84.0, "octagon"),
    "control": (12.0, 48.0, "bar"),
    "degradation_factor": (132.0, 44.0, "parallelogram"),
    "gate": (44.0, 48.0, "gate"),
    "note": (168.0, 84.0, "note"),
}


def default_size(kind: str) -> tuple[float, float, Shape]:
    """Width, height and silhouette of a newly placed element.

    Args:
        kind: The element kind as the model names it; an unknown kind is drawn as a plain box.
    """
    return _SIZES.get(kind, (168.0, 84.0, "box"))


@value_type(frozen=True, slots=True)
class Box:
    """A silhouette of size `w` x `h` whose centre stands at (`x`, `y`)."""

    x: float
    y: float
    w: float
    h: float
    shape: Shape = "box"

    @property
    def left(self) -> float:
        """Smallest x."""
        return self.x - self.w / 2

    @property
    def right(self) -> float:
        """Largest x."""
        return self.x + self.w / 2

    @property
    def top(self) -> float:
        """Smallest y."""
        return self.y - self.h / 2

    @property
    def bottom(self) -> float:
        """Largest y."""
        return self.y + self.h / 2

    def contains(self, point: Point, slack: float = 0.0) -> bool:
        """Whether `point` lies in the silhouette grown outwards by `slack`; corners are grown as mitres."""
        dx, dy = point[0] - self.x, point[1] - self.y
        if self.shape == "circle" or (self.shape == "gate" and dx > 0):
            return _in_ellipse(dx, dy, self.w / 2 + slack, self.h / 2 + slack)
        corners = _corners(self.shape, self.w, self.h)
        for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
            length = hypot(bx - ax, by - ay)
            if length <= _EPS:
                continue
            # Corners run clockwise on a y-down canvas, so the inside is to the right of every edge.
            outward = ((dx - ax) * (by - ay) - (dy - ay) * (bx - ax)) / length
            if outward > slack + _EPS:
                return False
        return True


def _in_ellipse(dx: float, dy: float, rx: float, ry: float) -> bool:
    if rx <= 0 or ry <= 0:
        return abs(dx) <= max(rx, 0.0) and abs(dy) <= max(ry, 0.0)
    return (dx / rx) ** 2 + (dy / ry) ** 2 <= 1 + _EPS


@lru_cache(maxsize=1_024)
def _corners(shape: Shape, w: float, h: float) -> tuple[Point, ...]:
    """Corners of a polygonal silhouette about its centre, clockwise from the upper left."""
    hw, hh = w / 2, h / 2
    if shape == "pentagon":
        tip = min(PENTAGON_TIP, w)
        return (-hw, -hh), (hw - tip, -hh), (hw, 0.0), (hw - tip, hh), (-hw, hh)
    if shape == "octagon":
        c = min(OCTAGON_CUT, hw, hh)
        return (
            *((c - hw, -hh), (hw - c, -hh), (hw, c - hh), (hw, hh - c)),
            *((hw - c, hh), (c - hw, hh), (-hw, hh - c), (-hw, c - hh)),
        )
    if shape == "parallelogram":
        skew = min(PARALLELOGRAM_SKEW, w)
        return (skew - hw, -hh), (hw, -hh), (hw - skew, hh), (-hw, hh)
    if shape == "note":
        fold = min(NOTE_FOLD, w, h)
        return (-hw, -hh), (hw - fold, -hh), (hw, fold - hh), (hw, hh), (-hw, hh)
    return (-hw, -hh), (hw, -hh), (hw, hh), (-hw, hh)


def boundary_point(box: Box, toward: Point) -> Point:
    """Where the straight line from the centre of `box` towards `toward` leaves its silhouette.

    A gate is taken as a dome: a rectangle up to its centre and half an ellipse to the right of it. A target
    at the centre itself has no direction; the answer is then the centre.
    """
    dx, dy = toward[0] - box.x, toward[1] - box.y
    reach = hypot(dx, dy)
    if reach <= _EPS:
        return (box.x, box.y)
    dx, dy = dx / reach, dy / reach
    if box.shape == "circle" or (box.shape == "gate" and dx > 0):
        rx, ry = box.w / 2, box.h / 2
        if rx <= _EPS or ry <= _EPS:
            return (box.x, box.y)
        t = 1 / hypot(dx / rx, dy / ry)
    else:
        t = _leaves_polygon(_sides(box.shape, box.w, box.h), dx, dy)
    return (box.x + dx * t, box.y + dy * t)


@lru_cache(maxsize=1_024)
def _sides(shape: Shape, w: float, h: float) -> tuple[tuple[float, float, float], ...]:
    """For every side of a polygonal silhouette its outward normal, of any length, and its distance along that."""
    corners = _corners(shape, w, h)
    sides = []
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        nx, ny = by - ay, ax - bx
        sides.append((nx, ny, max(0.0, ax * nx + ay * ny)))
    return tuple(sides)


def _leaves_polygon(sides: tuple[tuple[float, float, float], ...], dx: float, dy: float) -> float:
    """Length of the unit ray (`dx`, `dy`) from the origin inside a convex polygon around it."""
    best = inf
    for nx, ny, distance in sides:
        along = dx * nx + dy * ny
        if along > _EPS:
            reach = distance / along
            if reach < best:
                best = reach
    return best if best != inf else 0.0


def path_length(path: Sequence[Point]) -> float:
    """Length of a polyline."""
    return sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(path))


def point_at(path: Sequence[Point], station: float) -> tuple[Point, float]:
    """The point `station` units along a polyline, and the direction of the line there in degrees.

    Stations outside the line are taken as its nearer end. At a bend the direction is that of the part that
    leads up to it. A line without length has direction 0.

    Raises:
        ValueError: If the path has no points.
    """
    if not path:
        raise ValueError("A path needs at least one point.")
    left = max(0.0, station)
    angle = 0.0
    for (ax, ay), (bx, by) in pairwise(path):
        length = hypot(bx - ax, by - ay)
        if length <= _EPS:
            continue
        angle = degrees(atan2(by - ay, bx - ax))
        if left <= length:
            share = left / length
            return (ax + (bx - ax) * share, ay + (by - ay) * share), angle
        left -= length
    return path[-1], angle


def nearest_on_path(path: Sequence[Point], p: Point) -> tuple[float, float]:
    """Distance from `p` to the nearest point of a polyline, and the station of that point.

    Raises:
        ValueError: If the path has no points.
    """
    if not path:
        raise ValueError("A path needs at least one point.")
    best = (hypot(p[0] - path[0][0], p[1] - path[0][1]), 0.0)
    walked = 0.0
    for (ax, ay), (bx, by) in pairwise(path):
        length = hypot(bx - ax, by - ay)
        if length <= _EPS:
            continue
        ux, uy = (bx - ax) / length, (by - ay) / length
        along = min(length, max(0.0, (p[0] - ax) * ux + (p[1] - ay) * uy))
        distance = hypot(p[0] - ax - ux * along, p[1] - ay - uy * along)
        if distance < best[0] - _EPS:
            best = (distance, walked + along)
        walked += length
    return best


def split_gaps(path: Sequence[Point], stations: Iterable[float], gap: float) -> tuple[Path, ...]:
    """The parts of a polyline that are left after `gap` units either side of every station are cut away."""
    total = path_length(path)
    parts: list[Path] = []
    begin = 0.0
    for station in sorted(stations):
        if station - gap > begin + _EPS:
            parts.append(path_part(path, begin, min(station - gap, total)))
        begin = max(begin, station + gap)
        if begin >= total:
            break
    if total > begin + _EPS:
        parts.append(path_part(path, begin, total))
    return tuple(parts)


def path_part(path: Sequence[Point], begin: float, end: float) -> Path:
    """The part of a polyline between two stations, bends in between included."""
    marks = [0.0]
    for (ax, ay), (bx, by) in pairwise(path):
        marks.append(marks[-1] + hypot(bx - ax, by - ay))
    first, last = bisect_left(marks, begin + _EPS), bisect_left(marks, end - _EPS)
    return (point_at(path, begin)[0], *path[first:last], point_at(path, end)[0])

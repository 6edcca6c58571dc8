"""Lines between elements, in scene coordinates: gaps at bars, arrowheads, stems, lit pathways."""

from collections.abc import Iterable
from itertools import pairwise
from math import hypot
from typing import Final

from workbench.layout.geometry import Point, path_length, point_at, split_gaps
from workbench.render.badges import badge_ops
from workbench.render.ops import Ellipse, Lines, Op, Ops, Polygon
from workbench.render.picture import LinkPicture
from workbench.render.sizes import shared, sizes
from workbench.render.theme import Theme

BAR_GAP: Final = 8.0
"""Half the opening of a line at a bar: half a bar and 2 of air."""
STEM_GAP: Final = 6.0
_ARROW_LENGTH: Final = 9.0
_ARROW_HALF: Final = 3.6
_BESIDE: Final = 24.0
"""Between the centres of a verdict and a finding on one line."""


def link_ops(link: LinkPicture, theme: Theme, *, lit: bool = False) -> Ops:
    """A line from silhouette to silhouette, in scene coordinates, with the verdict on it.

    Args:
        lit: part of the pathway shown: the line in its strong colour above a ribbon.
    """
    ops = _line_ops(link, theme, lit=lit)
    return ops if link.badge is None else (*ops, *badge_ops(link.badge, theme, *badge_spot(link)))


def badge_spot(link: LinkPicture) -> Point:
    """Centre of the verdict badge of a line: the middle of its longest stretch without a bar."""
    begin, end = _longest_stretch(link)
    return point_at(link.path, (begin + end) / 2)[0]


def finding_spot(link: LinkPicture) -> Point:
    """Centre of a finding's badge on a line: where a verdict would stand, before it where there is one."""
    begin, end = _longest_stretch(link)
    aside = min(_BESIDE, (end - begin) / 3) if link.badge is not None else 0.0
    return point_at(link.path, (begin + end) / 2 - aside)[0]


def review_spot(link: LinkPicture) -> Point:
    """Centre of the badge of open actions and comments on a line: behind where a verdict would stand."""
    begin, end = _longest_stretch(link)
    return point_at(link.path, (begin + end) / 2 + min(_BESIDE, (end - begin) / 3))[0]


def _longest_stretch(link: LinkPicture) -> tuple[float, float]:
    stations = [0.0, *sorted(link.gaps), path_length(link.path)]
    return max(pairwise(stations), key=lambda stretch: stretch[1] - stretch[0])


def _line_ops(link: LinkPicture, theme: Theme, *, lit: bool) -> Ops:
    path = link.path
    head: list[Op] = []
    colour = _colour(link, theme, lit=lit)
    if link.arrow and len(path) > 1:
        path, arrow = _arrow(path, colour)
        if arrow is not None:
            head.append(arrow)
    parts = split_gaps(path, link.gaps, STEM_GAP if link.kind == "degrades" else BAR_GAP) if link.gaps else (path,)
    segments = tuple((*a, *b) for part in parts for a, b in pairwise(part) if a != b)
    under = ribbon_ops(parts, theme) if lit else ()
    if not segments:
        return (*under, *head)
    dash = shared().stroke.dash if link.dashed else ()
    if link.kind == "annotates":
        dash = (2.0, 3.0)
    return (*under, Lines(segments, colour, shared().stroke.edge, dash), *head)


def _colour(link: LinkPicture, theme: Theme, *, lit: bool) -> str:
    if lit:
        return theme.canvas.edge_lit
    if link.kind == "degrades":
        return theme.kind.degradation_factor.border
    if link.kind == "annotates":
        return theme.kind.note.border
    return theme.canvas.edge


def _arrow(path: tuple[Point, ...], colour: str) -> tuple[tuple[Point, ...], Polygon | None]:
    """The path shortened to the foot of its arrowhead, and the head; no head on a stretch shorter than it."""
    (ax, ay), (bx, by) = path[-2], path[-1]
    length = hypot(bx - ax, by - ay)
    if length <= _ARROW_LENGTH:
        return path, None
    ux, uy = (bx - ax) / length, (by - ay) / length
    fx, fy = bx - ux * _ARROW_LENGTH, by - uy * _ARROW_LENGTH
    left = (fx - uy * _ARROW_HALF, fy + ux * _ARROW_HALF)
    right = (fx + uy * _ARROW_HALF, fy - ux * _ARROW_HALF)
    return (*path[:-1], (fx, fy)), Polygon(((bx, by), left, right), fill=colour)


def ribbon_ops(paths: Iterable[tuple[Point, ...]], theme: Theme, *, colour: str | None = None) -> Ops:
    """The filled ribbon under a lit or selected line: quads and discs, since wide pens are slow."""
    half, fill = sizes().ribbon / 2, colour or theme.canvas.ribbon
    ops: list[Op] = []
    for path in paths:
        for (ax, ay), (bx, by) in pairwise(path):
            length = hypot(bx - ax, by - ay)
            if length <= 0:
                continue
            px, py = -(by - ay) / length * half, (bx - ax) / length * half
            quad = ((ax + px, ay + py), (bx + px, by + py), (bx - px, by - py), (ax - px, ay - py))
            ops.append(Polygon(quad, fill=fill))
        ops += (Ellipse(x, y, half, half, fill=fill) for x, y in path[1:-1])
    return tuple(ops)

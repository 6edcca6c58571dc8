"""Marks over one picture of two versions: a frame and a tag on everything that differs.

The frame's line and the tag's sign carry the meaning, colour repeats it: added solid and +, removed dashed, hatched
and −, changed solid and Δ, moved fainter and → with a dotted ghost where it was: where a thing stands means little.
"""

from math import hypot
from typing import Final

from workbench.analysis.changes_drawn import Mark
from workbench.layout.geometry import Box, Point
from workbench.render.ops import Lines, Op, Ops, Polygon, RoundRect, TextOp
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.render.shapes_bars import bar_half
from workbench.render.shapes_links import badge_spot
from workbench.render.silhouettes import outline
from workbench.render.theme import Theme

FADED: Final = 0.45
"""Strength of what is no longer there."""
_FAINT: Final = 0.6
"""Strength of the marks of what was only moved."""
_OUT: Final = 5.0
_TAG: Final = 15.0
_DASH: Final = (5.0, 3.5)
_DOTS: Final = (2.0, 3.0)
_HATCH: Final = 9.0
_FAR: Final = 24.0
"""A move over less than this needs no arrow."""


def node_marks(node: NodePicture, mark: Mark, theme: Theme, was: Box | None = None) -> Ops:
    """Frame and tag of a body, in scene coordinates.

    Args:
        was: where it stood before, where that is elsewhere.
    """
    box = node.box
    ops: list[Op] = []
    if mark == "moved" and was is not None:
        ops += _ghost(box, was, theme)
    ops += _frame(box.x, box.y, box.w / 2 + _OUT, box.h / 2 + _OUT, mark, theme)
    return (*ops, *tag_ops(mark, theme, box.left - _OUT, box.top - _OUT))


def bar_marks(bar: BarPicture, mark: Mark, theme: Theme) -> Ops:
    """Frame and tag of a control on its line, in scene coordinates; the tag stands beside it."""
    half_width, half_height = bar_half(bar)
    wide, high = half_width + 4.5, half_height + 4.5
    return (*_frame(bar.x, bar.y, wide, high, mark, theme), *tag_ops(mark, theme, bar.x - wide - 9, bar.y))


def link_marks(link: LinkPicture, mark: Mark, theme: Theme) -> Ops:
    """A coloured line along a line, and a tag on its longest stretch, in scene coordinates."""
    colour = _ink(mark, theme)
    dash = _DASH if mark == "removed" else _DOTS if mark == "moved" else ()
    x, y = badge_spot(link)
    line = Polygon(link.path, stroke=colour, width=2.5, dash=dash, closed=False)
    return (line, *tag_ops(mark, theme, x, y))


def tag_ops(mark: Mark, theme: Theme, x: float, y: float) -> Ops:
    """The sign of a mark, centred on a place."""
    colours, half = theme.diff[mark], _TAG / 2
    ground = RoundRect(x - half - 1, y - half - 1, _TAG + 2, _TAG + 2, 3.5, fill=theme.surface.canvas)
    tile = RoundRect(x - half, y - half, _TAG, _TAG, 2.5, fill=colours.mark)
    return (ground, tile, _sign(mark, colours.on, x, y))


def _sign(mark: Mark, ink: str, x: float, y: float) -> Op:
    if mark == "changed":
        corners = ((x, y - 4.0), (x + 4.2, y + 3.6), (x - 4.2, y + 3.6))
        return Polygon(corners, stroke=ink, width=1.7)
    level = (x - 4.0, y, x + 4.0, y)
    if mark == "removed":
        return Lines((level,), ink, width=1.9)
    if mark == "added":
        return Lines((level, (x, y - 4.0, x, y + 4.0)), ink, width=1.9)
    return Lines((level, (x + 0.8, y - 3.2, x + 4.0, y), (x + 0.8, y + 3.2, x + 4.0, y)), ink, width=1.7)


def _frame(x: float, y: float, wide: float, high: float, mark: Mark, theme: Theme) -> Ops:
    colour = _ink(mark, theme)
    if mark != "removed":
        width = 1.4 if mark == "moved" else 2.0
        return (RoundRect(x - wide, y - high, 2 * wide, 2 * high, 5.0, stroke=colour, width=width),)
    frame = RoundRect(x - wide, y - high, 2 * wide, 2 * high, 5.0, stroke=colour, width=2.0, dash=_DASH)
    return (Lines(_hatching(x - wide, y - high, x + wide, y + high), theme.blended(FADED).diff[mark].mark), frame)


def _ink(mark: Mark, theme: Theme) -> str:
    return (theme.blended(_FAINT) if mark == "moved" else theme).diff[mark].mark


def _hatching(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float, float, float], ...]:
    """Slanting lines inside a rectangle."""
    wide, high = right - left, bottom - top
    lines = []
    steps = int((wide + high) / _HATCH)
    for step in range(1, steps + 1):
        far = step * _HATCH
        start = (left + min(far, wide), top + max(0.0, far - wide))
        end = (left + max(0.0, far - high), top + min(far, high))
        lines.append((*start, *end))
    return tuple(lines)


def _ghost(box: Box, was: Box, theme: Theme) -> Ops:
    """The silhouette where something was, and an arrow to where it is."""
    colours = theme.blended(_FAINT).diff["moved"]
    ghost = outline(was, grow=-0.5, fill=colours.tint, stroke=colours.mark, width=1.2, dash=_DOTS, dx=was.x, dy=was.y)
    words = TextOp(was.x, was.y + 4, "was here", 12, 400, theme.text.secondary, "middle")
    return (ghost, words, *_arrow((was.x, was.y), was, box, colours.mark))


def _arrow(start: Point, was: Box, box: Box, colour: str) -> Ops:
    dx, dy = box.x - start[0], box.y - start[1]
    length = hypot(dx, dy)
    if length <= _FAR:
        return ()
    ux, uy = dx / length, dy / length
    begin, end = _leaves(was, ux, uy) + 4, length - _leaves(box, ux, uy) - _OUT - 4
    if end - begin < 6:
        return ()
    ax, ay, bx, by = start[0] + ux * begin, start[1] + uy * begin, start[0] + ux * end, start[1] + uy * end
    head = ((bx - ux * 6 - uy * 4, by - uy * 6 + ux * 4), (bx - ux * 6 + uy * 4, by - uy * 6 - ux * 4))
    return (Lines(((ax, ay, bx, by), (*head[0], bx, by), (*head[1], bx, by)), colour, width=1.6, round_caps=True),)


def _leaves(box: Box, ux: float, uy: float) -> float:
    """How far from the centre of a box a ray leaves it."""
    across = box.w / 2 / abs(ux) if ux else float("inf")
    down = box.h / 2 / abs(uy) if uy else float("inf")
    return min(across, down)

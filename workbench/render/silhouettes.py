"""Outlines of the shapes, local to their centre: for bodies, rings, ghosts and hit areas."""

from math import hypot
from typing import Final

from workbench.layout.geometry import (
    NOTE_FOLD,
    OCTAGON_CUT,
    PARALLELOGRAM_SKEW,
    PENTAGON_TIP,
    Box,
    Point,
)
from workbench.render.ops import Dash, Ellipse, Op, PathOp, Polygon, RoundRect

CORNER: Final = 4.0
"""Radius of rounded corners."""
_ARC: Final = 0.5523
"""Control points of a Bézier quarter circle lie at this share of the radius."""

Commands = tuple[tuple[str | float, ...], ...]


def outline(
    box: Box,
    *,
    grow: float = 0.0,
    fill: str | None = None,
    stroke: str | None = None,
    width: float = 1.0,
    dash: Dash = (),
    dx: float = 0.0,
    dy: float = 0.0,
    sign: str = "",
) -> Op:
    """The silhouette of a box about its own centre, as one op.

    Args:
        grow: outwards, negative inwards; 0.5 inwards keeps a 1.0 border inside the box.
        sign: a gate's sign, which decides its shape.
    """
    w, h = box.w + 2 * grow, box.h + 2 * grow
    if w <= 0 or h <= 0:
        return RoundRect(dx, dy, 0, 0, 0, fill, stroke, width, dash)
    radius = max(0.0, CORNER + grow)
    if box.shape == "circle":
        return Ellipse(dx, dy, w / 2, h / 2, fill, stroke, width, dash)
    if box.shape == "box":
        return RoundRect(dx - w / 2, dy - h / 2, w, h, radius, fill, stroke, width, dash)
    if box.shape == "bar":
        return RoundRect(dx - w / 2, dy - h / 2, w, h, max(0.0, 2.0 + grow), fill, stroke, width, dash)
    if box.shape == "pentagon":
        return PathOp(_pentagon(w, h, grow, radius, dx, dy), fill, stroke, width, dash)
    if box.shape == "gate":
        return PathOp(gate_outline(sign, w, h, dx, dy), fill, stroke, width, dash)
    return Polygon(tuple((x + dx, y + dy) for x, y in corners(box.shape, w, h, grow)), fill, stroke, width, dash)


def corners(shape: str, w: float, h: float, grow: float = 0.0) -> tuple[Point, ...]:
    """Corners of an octagon, parallelogram or note of the (grown) size, clockwise from the upper left."""
    hw, hh = w / 2, h / 2
    if shape == "octagon":
        c = max(0.0, min(OCTAGON_CUT + grow * 0.586, hw, hh))
        return (
            *((c - hw, -hh), (hw - c, -hh), (hw, c - hh), (hw, hh - c)),
            *((hw - c, hh), (c - hw, hh), (-hw, hh - c), (-hw, c - hh)),
        )
    if shape == "parallelogram":
        skew = min(PARALLELOGRAM_SKEW, w)
        return (skew - hw, -hh), (hw, -hh), (hw - skew, hh), (-hw, hh)
    if shape == "note":
        fold = max(0.0, min(NOTE_FOLD + grow * 0.586, w, h))
        return (-hw, -hh), (hw - fold, -hh), (hw, fold - hh), (hw, hh), (-hw, hh)
    return (-hw, -hh), (hw, -hh), (hw, hh), (-hw, hh)


def _pentagon(w: float, h: float, grow: float, r: float, dx: float, dy: float) -> Commands:
    """A box with rounded corners at its left and a point at its right."""
    hw, hh = w / 2, h / 2
    slope = hypot(PENTAGON_TIP, max(hh - grow, 1.0)) / max(hh - grow, 1.0)
    tip = min(PENTAGON_TIP + grow * (1 + PENTAGON_TIP / max(hh - grow, 1.0) - slope), w)
    r = min(r, hh, w / 2)
    k = r * (1 - _ARC)
    return (
        ("M", dx - hw + r, dy - hh),
        ("L", dx + hw - tip, dy - hh),
        ("L", dx + hw, dy),
        ("L", dx + hw - tip, dy + hh),
        ("L", dx - hw + r, dy + hh),
        ("C", dx - hw + k, dy + hh, dx - hw, dy + hh - k, dx - hw, dy + hh - r),
        ("L", dx - hw, dy - hh + r),
        ("C", dx - hw, dy - hh + k, dx - hw + k, dy - hh, dx - hw + r, dy - hh),
        ("Z",),
    )


def gate_outline(sign: str, w: float, h: float, dx: float = 0.0, dy: float = 0.0) -> Commands:
    """A dome (and, k of n), a pointed dome (or, exclusive or) or a triangle (not), all open to the left."""
    hw, hh = w / 2, h / 2
    start, end = ("M", dx - hw, dy - hh), (("L", dx - hw, dy + hh), ("Z",))
    if sign == NOT_SIGN:
        return (start, ("L", dx + hw - 2 * NOT_RADIUS, dy), *end)
    if sign in (OR_SIGN, XOR_SIGN):
        return (
            start,
            ("L", dx - hw * 0.35, dy - hh),
            ("C", dx + hw * 0.25, dy - hh, dx + hw * 0.75, dy - hh * 0.5, dx + hw, dy),
            ("C", dx + hw * 0.75, dy + hh * 0.5, dx + hw * 0.25, dy + hh, dx - hw * 0.35, dy + hh),
            *end,
        )
    kx, ky = hw * _ARC, hh * _ARC
    return (
        start,
        ("L", dx, dy - hh),
        ("C", dx + kx, dy - hh, dx + hw, dy - ky, dx + hw, dy),
        ("C", dx + hw, dy + ky, dx + kx, dy + hh, dx, dy + hh),
        *end,
    )


AND_SIGN: Final = "&"
OR_SIGN: Final = "≥1"
XOR_SIGN: Final = "=1"
NOT_SIGN: Final = "1"
NOT_RADIUS: Final = 4.0
"""Radius of the ring at the point of a NOT gate."""


def clip_convex(points: tuple[Point, ...], window: tuple[Point, ...]) -> tuple[Point, ...]:
    """The part of a polygon inside a convex one whose corners run clockwise on a y-down canvas."""
    kept = list(points)
    for (ax, ay), (bx, by) in zip(window, (*window[1:], window[0]), strict=True):
        if not kept:
            break
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in kept]
        clipped: list[Point] = []
        for i, (point, side) in enumerate(zip(kept, sides, strict=True)):
            before, side_before = kept[i - 1], sides[i - 1]
            if (side >= 0) != (side_before >= 0):
                share = side_before / (side_before - side)
                clipped.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if side >= 0:
                clipped.append(point)
        kept = clipped
    return tuple(kept)

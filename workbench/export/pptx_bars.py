"""Controls as shapes of a slide: the bar where it stands, its label as its own text, joints where its line passes."""

from math import cos, sin
from typing import Final

from workbench.export.pptx_geometry import Outline, outline_of
from workbench.export.pptx_xml import EMU, Body, Run, fill, line, outline
from workbench.layout.geometry import Box, Point
from workbench.render.picture import BarPicture
from workbench.render.shapes_bars import (
    bar_half,
    bar_turn,
    fit_label,
    label_at_side,
    label_frame,
    label_room,
    shown_title,
)
from workbench.render.sizes import sizes
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme

_LINES: Final = 12
_SIDE_GAP: Final = 7.0
_SIDE_HEIGHT: Final = 34.0
"""Of a shape with two lines of label beside its bar."""
_HAIR: Final = 0.5
"""Half the width of the line to a label that stands further away."""
_DASH: Final = (3.0, 2.0)


def bar_box(bar: BarPicture) -> Box:
    """The rectangle around a bar."""
    width, height = bar_half(bar)
    return Box(bar.x, bar.y, 2 * width, 2 * height, "bar")


def bar_outline(bar: BarPicture, scale: float) -> Outline:
    """The outline of a bar; where its label stands beside it or has a room of its own, of a shape that holds both."""
    if not label_at_side(bar) and bar.room is None:
        return outline_of(bar_box(bar), (), scale)
    corners, joints = _corners(bar)
    frame, unit = _frame(bar), EMU * scale
    path: list[tuple[str | float, ...]] = []
    for points in filter(None, (corners, _hair(bar))):
        path += (
            ("M" if i == 0 else "L", (x - frame.left) * unit, (y - frame.top) * unit) for i, (x, y) in enumerate(points)
        )
        path.append(("Z",))
    middles = ((frame.x, frame.top), (frame.left, 0.0), (frame.x, frame.bottom), (frame.right, 0.0))
    sites = [((x - frame.left) * unit, (y - frame.top) * unit) for x, y in (*middles, *joints)]
    words = None
    if label_at_side(bar):
        beside = (2 * bar_half(bar)[0] + _SIDE_GAP) * unit
        words = (0.0, frame.w * unit - beside) if label_room(bar).left else (beside, frame.w * unit)
    xml = outline(frame.w * unit, frame.h * unit, path, sites, words=words)
    far = (1e6, 1e6)  # the middles of the frame are no joints of the bar
    return Outline(xml, (*(far for _ in middles), *joints), frame)


def _frame(bar: BarPicture) -> Box:
    """The rectangle around a bar and its label, about the bar's centre."""
    half_width, half_height = bar_half(bar)
    left, top, right, bottom = label_frame(bar)
    if label_at_side(bar):
        reach = half_width + _SIDE_GAP + label_room(bar).width
        tall = max(half_height, _SIDE_HEIGHT / 2, *((-top, bottom) if bar.room is not None else ()))
        left, right = (-reach, half_width) if label_room(bar).left else (-half_width, reach)
        return Box((left + right) / 2, 0.0, right - left, 2 * tall, "bar")
    left, top = min(left, -half_width), min(top, -half_height)
    right, bottom = max(right, half_width), max(bottom, half_height)
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, "bar")


def _hair(bar: BarPicture) -> tuple[Point, ...]:
    """The corners of the hair line to a label in a further row; none where it stands next to its bar."""
    half, room, gap = bar_half(bar)[1], label_room(bar), sizes().control_label.gap
    if label_at_side(bar) or not room.dy:
        return ()
    out = -1.0 if bar.label_above else 1.0
    near, far = out * (half + 2), out * (half + gap + room.dy - 2)
    return (-_HAIR, near), (_HAIR, near), (_HAIR, far), (-_HAIR, far)


def _corners(bar: BarPicture) -> tuple[list[Point], tuple[Point, ...]]:
    """Corners of a bar about its centre, turned across a steep line, and the middles of its sides."""
    turn = bar_turn(bar)
    w, h = bar_half(bar) if not turn else (sizes().bar.width / 2, sizes().bar.height / 2)
    corners = [_turned(point, turn) for point in ((-w, -h), (w, -h), (w, h), (-w, h))]
    return corners, tuple(_turned(point, turn) for point in ((0.0, -h), (-w, 0.0), (0.0, h), (w, 0.0)))


def bar_look(bar: BarPicture, theme: Theme, scale: float) -> str:
    """Its fill and edge."""
    colour = theme.text.disabled if bar.retired else theme.kind[f"{bar.role}_control"].fill
    unit = EMU * scale
    if bar.planned:
        return fill(theme.surface.canvas) + line(colour, unit, tuple(mark * unit for mark in _DASH))
    return fill(colour) + line(None)


def bar_text(bar: BarPicture, theme: Theme, measure: Measure, scale: float) -> tuple[list[Run], Body]:
    """Its title, beneath the bar or above it, or beside it where the line is steep."""
    unit, room, label = EMU * scale, label_room(bar), fit_label(bar, theme, measure)
    size, fitted = label.size, label.fitted
    if fitted.elided:
        fitted = fit(shown_title(bar), width=room.width, max_lines=_LINES, size=size, weight=400, measure=measure)
    colour = theme.text.secondary if bar.retired or not bar.title else theme.canvas.label
    title = Run("\n".join(fitted.lines), size * unit, colour, struck=bar.retired)
    box, gap = bar_box(bar), sizes().control_label.gap
    if label_at_side(bar):
        down, up = max(0.0, 2 * room.dy) * unit, max(0.0, -2 * room.dy) * unit
        return [title], Body("r" if room.left else "l", "ctr", (0.0, down, 0.0, up), wrap=False)
    past = (box.h + gap + room.dy) * unit
    left = right = 0.0
    if bar.room is not None:  # within a shape that holds bar and label
        frame = _frame(bar)
        left = (room.dx - room.width / 2 - frame.left) * unit
        right = (frame.right - room.dx - room.width / 2) * unit
    if bar.label_above:
        return [title], Body("ctr", "b", (left, 0.0, right, past), wrap=False)
    return [title], Body("ctr", "t", (left, past, right, 0.0), wrap=False)


def _turned(point: Point, turn: float) -> Point:
    x, y = point
    return x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)

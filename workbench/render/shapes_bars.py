"""Controls: single, double and horizontal bars with their labels, pills and badges."""

from functools import cache
from math import atan2, cos, degrees, sin
from typing import Final
from weakref import WeakKeyDictionary

from workbench.layout.geometry import Point
from workbench.model.kinds import label as label_of
from workbench.render.badges import badge_ops, pill_ops
from workbench.render.lettering import Lettering, letter
from workbench.render.ops import Lines, Op, Polygon, RoundRect, TextOp
from workbench.render.picture import BarPicture, LabelRoom
from workbench.render.sizes import shared, sizes
from workbench.render.text import Measure
from workbench.render.theme import Theme

UPRIGHT_WITHIN: Final = 30.0
"""Degrees from level up to which a bar stands upright on its line; on steeper lines it is turned across it."""
LABEL_LEADING: Final = 1.2
_ASCENT: Final = 0.9
"""Room above a baseline as a share of the pixel size: the height of letters with an accent."""
_FOOT: Final = 0.28
UNTITLED: Final = f"Untitled {label_of('control').lower()}"
_STEEP: Final = 60.0
"""Degrees from level beyond which a line leaves room for three lines of label beside it."""
_SIDE_LABEL: Final = 92.0
"""Width of a label beside a bar."""
_SIDE: Final = LabelRoom(_SIDE_LABEL, 2)
_STEEP_SIDE: Final = LabelRoom(_SIDE_LABEL, 3)
_DASH: Final = (3.0, 2.0)
_GROWTH: Final = 6.0
"""How much higher than on the canvas a label may be: two rows of them keep their distance of 14."""
_MOST_KEPT: Final = 8_192
_labels: WeakKeyDictionary[Measure, dict[tuple[str, float, int, int, int], Lettering]] = WeakKeyDictionary()
"""Labels in lines, for each measure."""


def bar_turn(bar: BarPicture) -> float:
    """How far a bar is turned from upright, in radians: 0, or across a steep line."""
    if bar.free or bar.role == "degradation":
        return 0.0
    slope = _folded(bar.angle)
    return slope if abs(degrees(slope)) > UPRIGHT_WITHIN + 1e-6 else 0.0


def _folded(angle: float) -> float:
    """The direction of a line, whichever way it runs: -90 to 90 degrees, in radians."""
    return atan2(sin(angle), cos(angle)) if cos(angle) >= 0 else atan2(-sin(angle), -cos(angle))


def _very_steep(bar: BarPicture) -> bool:
    return abs(degrees(bar_turn(bar))) > _STEEP


def bar_half(bar: BarPicture) -> tuple[float, float]:
    """Half the width and height of the rectangle around a bar, without label, pill and badge."""
    if bar.role == "degradation":
        return sizes().degradation.control_width / 2, sizes().degradation.control_height / 2
    turn = bar_turn(bar)
    w, h = sizes().bar.width / 2, sizes().bar.height / 2
    return abs(w * cos(turn)) + abs(h * sin(turn)), abs(w * sin(turn)) + abs(h * cos(turn))


def label_at_side(bar: BarPicture) -> bool:
    """Whether the label stands to the right: on stems, and on lines so steep that it would lie on them."""
    return bar.role == "degradation" or bar_turn(bar) != 0.0


def label_room(bar: BarPicture) -> LabelRoom:
    """The room of a bar's label: its own, or what such bars usually have."""
    if bar.room is not None:
        return bar.room
    if not label_at_side(bar):
        return _usual()
    return _STEEP_SIDE if _very_steep(bar) else _SIDE


@cache
def _usual() -> LabelRoom:
    return LabelRoom(sizes().control_label.width, sizes().control_label.lines)


def fit_label(bar: BarPicture, theme: Theme, measure: Measure) -> Lettering:
    """A bar's label as it is drawn: the theme's letter, or a smaller one where it would be cut or need more lines.

    It never has more lines than on the canvas, for which the rows of a diagram leave room.
    """
    room, size = label_room(bar), label_size(bar, theme)
    return _lettered(shown_title(bar), room.width, room.lines, size, least_size(bar), measure)


def shown_title(bar: BarPicture) -> str:
    """The control's title, or what is shown in its place while there is none."""
    return bar.title or UNTITLED


def _lettered(title: str, width: float, lines: int, size: int, least: int, measure: Measure) -> Lettering:
    """A control's title in lines, remembered: the same control stands on many lines."""
    known = _labels.get(measure)
    if known is None or len(known) >= _MOST_KEPT:
        known = _labels[measure] = {}
    key = (title, width, lines, size, least)
    found = known.get(key)
    if found is None:
        if size > least:
            lines = len(_lettered(title, width, lines, least, least, measure).lines)

        def room(pixels: int) -> tuple[float, int]:
            grown = label_height(lines, pixels) - label_height(lines, least)
            return width, lines if grown <= _GROWTH else 0

        found = letter(title, room, size=size, least=least, weight=400, measure=measure)
        known[key] = found
    return found


def label_size(bar: BarPicture, theme: Theme) -> int:
    """Pixel size of a bar's label; a degradation control's is one step smaller, never below 13."""
    size = theme.type.control_label
    return size if bar.role != "degradation" or not theme.type.meta else max(13, size - 1)


def least_size(bar: BarPicture) -> int:
    """Pixel size of a bar's label on the canvas, below which no theme goes."""
    size = shared().type.canvas.control_label
    return size if bar.role != "degradation" else max(13, size - 1)


def label_extent(
    title: str, measure: Measure, *, size: int | None = None, width: float | None = None, lines: int | None = None
) -> tuple[float, float]:
    """Width and height of a control's label below or above its bar on the canvas. For arrangements.

    Args:
        size: pixel size; ``width``: room for each line; ``lines``: the most there are. None: as on lines with room.
    """
    size = size if size is not None else shared().type.canvas.control_label
    label = sizes().control_label
    width, lines = width if width is not None else label.width, lines if lines is not None else label.lines
    shown = _lettered(title or UNTITLED, width, lines, size, size, measure).lines
    return max(measure.width(line, size, 400) for line in shown), label_height(len(shown), size)


def label_height(lines: int, size: float) -> float:
    """Height of so many lines of a label."""
    return size * ((lines - 1) * LABEL_LEADING + _ASCENT + _FOOT)


def label_frame(bar: BarPicture) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the most a label may take in any theme, local to the bar's centre."""
    room, gap = label_room(bar), sizes().control_label.gap
    high = label_height(room.lines, shared().type.canvas_projector.control_label)
    if label_at_side(bar):
        near, far, middle = side_reach(bar), side_reach(bar) + room.width, side_drop(bar)
        return (-far if room.left else near), middle - high / 2, (-near if room.left else far), middle + high / 2
    near = bar_half(bar)[1] + gap + room.dy
    top, bottom = (-near - high, -near) if bar.label_above else (near, near + high)
    return room.dx - room.width / 2, top, room.dx + room.width / 2, bottom


def in_label_frame(bar: BarPicture, x: float, y: float) -> bool:
    """Whether a point, local to the bar's centre, lies where its label may stand."""
    left, top, right, bottom = label_frame(bar)
    return left <= x <= right and top <= y <= bottom


def label_rect(bar: BarPicture, theme: Theme, measure: Measure) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the label as it is drawn, local to the bar's centre."""
    ops = [op for op in _label(bar, theme, measure) if isinstance(op, TextOp)]
    wide = max(measure.width(op.text, op.size, 400) for op in ops)
    x, size = ops[0].x, ops[0].size
    left = x - wide / 2 if ops[0].anchor == "middle" else x - wide if ops[0].anchor == "end" else x
    return left, ops[0].y - size * _ASCENT, left + wide, ops[-1].y + size * _FOOT


def bar_ops(bar: BarPicture, theme: Theme, measure: Measure, *, full: bool) -> tuple[Op, ...]:
    """A control where it stands, local to the bar's centre."""
    kind = theme.kind[f"{bar.role}_control"]
    fill = theme.text.disabled if bar.retired else kind.fill
    ops = [*_body(bar, fill, theme), *_label(bar, theme, measure)]
    if full and bar.shared > 1 and bar.role != "degradation":
        hw, hh = bar_half(bar)
        middle = 8.0 if bar_turn(bar) < 0 else max(-15.0, 9.0 - hh)
        ops += pill_ops(bar.shared, fill, theme, measure, -hw - 8.5, middle)
    if bar.badge is not None:
        ops += badge_ops(bar.badge, theme, *badge_spot(bar), person_right=True)
    return tuple(ops)


def badge_spot(bar: BarPicture) -> Point:
    """Centre of the verdict badge, local to the bar."""
    hw, hh = bar_half(bar)
    if bar.role == "degradation":
        return hw + 2, -hh - 6
    turn = bar_turn(bar)
    if turn:  # beyond the upper end of a bar across a steep line, clear of line and label
        reach = sizes().bar.height / 2 + 11
        return abs(sin(turn)) * reach if _very_steep(bar) else sin(turn) * reach, -cos(turn) * reach
    return hw + 16, 8 - hh


def finding_spot(bar: BarPicture) -> Point:
    """Centre of a finding's badge, local to the bar: at the top left."""
    hw, hh = bar_half(bar)
    shifted = 26.0 if bar.shared > 1 and bar.role != "degradation" else 0.0
    return -hw - 14, 8 - hh + shifted


def review_spot(bar: BarPicture) -> Point:
    """Centre of the badge of open actions and comments, local to the bar: at the lower right, above its label."""
    hw, hh = bar_half(bar)
    return (hw + 14, hh - 8) if bar.role != "degradation" else (-hw - 14, 16 - hh + 12)


def _body(bar: BarPicture, fill: str, theme: Theme) -> list[Op]:
    size, radius = sizes().bar, shared().radius.bar
    if bar.role == "degradation":
        hanging = sizes().degradation
        parts = [(0.0, 0.0, hanging.control_width, hanging.control_height)]
    elif bar.role == "mitigative":
        thick = (size.width - 3.0) / 2
        parts = [(side * (size.width - thick) / 2, 0.0, thick, size.height) for side in (-1.0, 1.0)]
        radius = 1.5
    else:
        parts = [(0.0, 0.0, size.width, size.height)]
    turn = bar_turn(bar)
    return [_plank(part, turn, radius, fill, theme, planned=bar.planned) for part in parts]


def _plank(
    part: tuple[float, float, float, float], turn: float, radius: float, fill: str, theme: Theme, *, planned: bool
) -> Op:
    x, y, w, h = part
    inset = 0.5 if planned else 0.0
    left, top, w, h = x - w / 2 + inset, y - h / 2 + inset, w - 2 * inset, h - 2 * inset
    ground = theme.surface.canvas
    if not turn:
        if planned:
            return RoundRect(left, top, w, h, radius, ground, fill, 1.0, _DASH)
        return RoundRect(left, top, w, h, radius, fill)
    c, s = cos(turn), sin(turn)
    square = ((left, top), (left + w, top), (left + w, top + h), (left, top + h))
    points = tuple((px * c - py * s, px * s + py * c) for px, py in square)
    return Polygon(points, ground, fill, 1.0, _DASH) if planned else Polygon(points, fill)


def _label(bar: BarPicture, theme: Theme, measure: Measure) -> list[Op]:
    label, room, gap = fit_label(bar, theme, measure), label_room(bar), sizes().control_label.gap
    lines, size = label.lines, label.size
    _, hh = bar_half(bar)
    colour = theme.text.secondary if bar.retired or not bar.title else theme.canvas.label
    pitch = size * LABEL_LEADING
    leader: list[Op] = []
    if label_at_side(bar):
        x, first, anchor = side_reach(bar), size * 0.34 - (len(lines) - 1) * pitch / 2, "start"
        first += side_drop(bar)
        if room.left:
            x, anchor = -x, "end"
    else:
        x, anchor = room.dx, "middle"
        out = -1.0 if bar.label_above else 1.0
        if room.dy:
            leader = [Lines(((0.0, out * (hh + 2), 0.0, out * (hh + gap + room.dy - 2)),), theme.canvas.edge)]
        above = -hh - gap - room.dy - size * _FOOT - (len(lines) - 1) * pitch
        first = above if bar.label_above else hh + gap + room.dy + size * _ASCENT
    words = [
        TextOp(x, first + i * pitch, line, size, 400, colour, anchor, bar.retired)  # type: ignore[arg-type]
        for i, line in enumerate(lines)
        if line
    ]
    return [*leader, *words]


def side_reach(bar: BarPicture) -> float:
    """From the middle of a bar to a label beside it."""
    reach = bar_half(bar)[0] + 7.0
    if bar.badge is not None and _very_steep(bar):
        reach += 40.0 if bar.badge.person else 22.0
    return reach


def side_drop(bar: BarPicture) -> float:
    """From the middle of a bar down to that of a label beside it."""
    room = label_room(bar)
    return room.dy + (4.0 if bar_turn(bar) and not _very_steep(bar) else 0.0)

"""The complexity sweep as ops: pass rate by number of blocks with error bars, and the human line. No Qt."""

from collections.abc import Callable
from typing import Final

from workbench.analysis.capability import PointView, SeriesView, SweepView
from workbench.analysis.capability_words import spoken
from workbench.export.capability_heat import SMALL, TEXT, diamond
from workbench.render.ops import Dash, Ellipse, Group, Lines, Op, Ops, Polygon, RoundRect, TextOp
from workbench.render.text import Measure, elide
from workbench.render.theme import Theme

_LEFT: Final = 52.0
_TOP: Final = 12.0
_FOOT: Final = 44.0
_DODGE: Final = 7.0
"""Between points of several series at one number of blocks."""
_HUMAN_DASH: Final[Dash] = (6.0, 4.0)
_STALE_DASH: Final[Dash] = (3.0, 2.0)
SHAPES: Final = ("circle", "square", "triangle", "cross")
"""Marks of the series, in order; colour repeats what they say."""

Scale = Callable[[float], float]


def series_colours(theme: Theme) -> tuple[str, ...]:
    """Inks of the series, in order."""
    kinds = theme.kind
    return (theme.accent.base, kinds.consequence.border, kinds.preventive_control.border, theme.plot.estimate)


def series_name(series: SeriesView) -> str:
    """What a series is called; the one without a name is the model of the grid."""
    return series.name or "model"


def sweep_ops(view: SweepView, width: float, height: float, theme: Theme, measure: Measure) -> Ops:
    """The plot with its axes; upper left corner at the origin."""
    names = [series_name(series) for series in view.series] + ["human"]
    room = max((measure.width(name, TEXT, 600) for name in names), default=0.0)
    right = width - min(room, width * 0.2) - 22.0
    bottom = height - _FOOT
    first, last = (min(view.levels), max(view.levels)) if view.levels else (1, 2)
    inset = 26.0
    step = (right - _LEFT - 2 * inset) / max(1, last - first)

    def x(blocks: float) -> float:
        return _LEFT + inset + (blocks - first) * step if last > first else (_LEFT + right) / 2

    def y(value: float) -> float:
        return bottom - value * (bottom - _TOP)

    ops: list[Op] = _axes(view, right, bottom, x, y, theme, measure)
    taken: list[float] = []
    ops += _human(view, x, y, right, theme, measure, width, taken)
    middle = (len(view.series) - 1) / 2
    for number, series in enumerate(view.series):
        ops += _series(series, number, (number - middle) * _DODGE, x, y, right, width, theme, measure, taken)
    return tuple(ops)


def _axes(view: SweepView, right: float, bottom: float, x: Scale, y: Scale, theme: Theme, measure: Measure) -> list[Op]:
    secondary = theme.text.secondary
    ops: list[Op] = [RoundRect(_LEFT, _TOP, right - _LEFT, bottom - _TOP, fill=theme.plot.background)]
    lines = tuple((_LEFT, y(q / 4), right, y(q / 4)) for q in range(5))
    ops.append(Lines(lines, theme.plot.grid))
    ops.append(Lines(((_LEFT, _TOP, _LEFT, bottom), (_LEFT, bottom, right, bottom)), theme.plot.axis))
    for quarter in range(5):
        text = f"{25 * quarter} %" if quarter == 4 else f"{25 * quarter}"
        ops.append(TextOp(_LEFT - 8, y(quarter / 4) + 4, text, SMALL, 400, secondary, "end"))
    last = -1e9
    for level in view.levels:
        half = measure.width(str(level), SMALL, 400) / 2 + 4
        ops.append(Lines(((x(level), bottom, x(level), bottom + 4),), theme.plot.axis))
        if x(level) - half > last:
            ops.append(TextOp(x(level), bottom + 17, str(level), SMALL, 400, secondary, "middle"))
            last = x(level) + half
    title = elide(view.title, width=right - _LEFT, size=SMALL, weight=400, measure=measure)
    ops.append(TextOp((_LEFT + right) / 2, bottom + 36, title, SMALL, 400, secondary, "middle"))
    return ops


def _human(
    view: SweepView, x: Scale, y: Scale, right: float, theme: Theme, measure: Measure, width: float, taken: list[float]
) -> list[Op]:
    ink, ground = theme.plot.baseline, theme.plot.background
    ops: list[Op] = []
    if view.human_joined:
        ops.append(Polygon(tuple((x(p.blocks), y(p.value)) for p in view.human), None, ink, 1.6, _HUMAN_DASH, False))
    for point in view.human:
        at = x(point.blocks)
        if point.low is not None and point.high is not None:
            ops.append(_whiskers(at, y(point.low), y(point.high), ink, 1.2))
        fill = ground if point.low is None else ink
        ops.append(diamond(at, y(point.value), 5.0, fill, ink))
    if view.human:
        ops.append(_label("human", y(view.human[-1].value), right, width, ink, measure, taken))
    return ops


def _series(
    series: SeriesView,
    number: int,
    shift: float,
    x: Scale,
    y: Scale,
    right: float,
    width: float,
    theme: Theme,
    measure: Measure,
    taken: list[float],
) -> list[Op]:
    inks = series_colours(theme)
    ink, shape = inks[number % len(inks)], SHAPES[number % len(SHAPES)]
    measured = [point for point in series.points if point.shown.value is not None]
    ops: list[Op] = []
    if series.joined:
        path = tuple((x(p.blocks) + shift, y(p.shown.value or 0.0)) for p in measured)
        ops.append(Polygon(path, None, ink, 1.6, (), False))
    for point in measured:
        drawn = _point(point, x(point.blocks) + shift, y, ink, theme.plot.background, shape)
        ops.append(Group(tuple(drawn), f"point {series.name} {point.blocks}", "point", _spoken(series, point)))
    if measured:
        last = y(measured[-1].shown.value or 0.0)
        ops.append(_label(series_name(series), last, right, width, ink, measure, taken))
    return ops


def _spoken(series: SeriesView, point: PointView) -> str:
    said = spoken(point.shown).partition(": ")[2]
    return f"{series_name(series)}, {point.blocks} blocks: {said}"


def _point(point: PointView, at: float, y: Scale, ink: str, ground: str, shape: str) -> list[Op]:
    shown = point.shown
    ops: list[Op] = []
    if shown.low is not None and shown.high is not None:
        ops.append(_whiskers(at, y(shown.low), y(shown.high), ink, 1.6, _STALE_DASH if shown.stale else ()))
    fill = ground if shown.stale or shown.typed else ink
    ops.append(mark(shape, at, y(shown.value or 0.0), fill, ink))
    return ops


def _whiskers(at: float, low: float, high: float, ink: str, width: float, dash: Dash = ()) -> Lines:
    return Lines(((at, low, at, high), (at - 4, low, at + 4, low), (at - 4, high, at + 4, high)), ink, width, dash)


def mark(shape: str, x: float, y: float, fill: str, ink: str) -> Op:
    """The mark of a series, centred on a place."""
    if shape == "square":
        return RoundRect(x - 4, y - 4, 8, 8, 0.0, fill, ink, 1.4)
    if shape == "triangle":
        return Polygon(((x, y - 5.2), (x + 5, y + 3.8), (x - 5, y + 3.8)), fill, ink, 1.4)
    if shape == "cross":
        return Lines(((x - 4, y - 4, x + 4, y + 4), (x - 4, y + 4, x + 4, y - 4)), ink, 2.0)
    return Ellipse(x, y, 4.4, 4.4, fill, ink, 1.4)


def _label(text: str, y: float, right: float, width: float, ink: str, measure: Measure, taken: list[float]) -> TextOp:
    """The name of a line at its right end, moved down where another name stands there."""
    at = y + TEXT * 0.35
    while any(abs(at - other) < TEXT * 1.15 for other in taken):
        at += TEXT * 1.15
    taken.append(at)
    shown = elide(text, width=width - right - 10, size=TEXT, weight=600, measure=measure)
    return TextOp(right + 8, at, shown, TEXT, 600, ink)


def sweep_remarks(view: SweepView) -> list[str]:
    """What must be known to read the plot, one sentence each."""
    remarks = []
    for series in view.series:
        if series.apart:
            name = f"{series.name}: " if series.name else ""
            remarks.append(f"{name}{series.apart}")
        blank = [point for point in series.points if point.shown.value is None and point.shown.human is None]
        remarks += [f"{point.blocks} blocks: {point.shown.blank_reason}." for point in blank]
    return list(dict.fromkeys(remarks))

"""The plot of a difference between two runs: estimate, interval and the line of no difference. No Qt."""

from workbench.evidence.compare import Comparison, points, probability
from workbench.evidence.labels import percent
from workbench.export.claim_plot import REGULAR, STRONG, Drawing, Frame, text_size
from workbench.export.plot_axis import axis_around
from workbench.render.ops import Ellipse, Group, Lines, RoundRect, TextOp
from workbench.render.text import Measure
from workbench.render.theme import Theme, mix


def difference_drawing(result: Comparison, width: float, height: float, theme: Theme, measure: Measure) -> Drawing:
    """The difference A less B on an axis of percentage points, no difference in the middle."""
    size = text_size(width, height)
    line = size * 1.25
    known = [v for v in (result.difference, result.low, result.high) if v is not None]
    far = max((abs(value) for value in known), default=0.1) or 0.1
    axis = axis_around((-far * 100, far * 100), "points", max(3, int(width / (size * 5))))
    frame = Frame((14.0, line + 4, width - 14.0, height - line - 8), axis, theme, size)
    ops = frame.ops
    wide, tall = frame.right - frame.left, frame.bottom - frame.top
    ops.append(RoundRect(frame.left, frame.top, wide, tall, fill=theme.plot.background, stroke=theme.plot.grid))
    uprights = tuple((frame.x(tick), frame.top, frame.x(tick), frame.bottom) for tick in axis.ticks)
    ops.append(Lines(uprights, theme.plot.grid))
    for tick in axis.ticks:
        text = f"{tick:+g}".replace("-", "−") if tick else "0"
        half = measure.width(text, size, REGULAR) / 2
        x = max(half, min(width - half, frame.x(tick)))
        ops.append(TextOp(x, frame.bottom + 4 + size, text, size, REGULAR, theme.text.secondary, "middle"))
    frame.upright(0.0, theme.text.primary, 2.0, above=4)
    ops.append(TextOp(frame.left, frame.top - 6, "← B higher", size, STRONG, theme.text.primary))
    ops.append(TextOp(frame.right, frame.top - 6, "A higher →", size, STRONG, theme.text.primary, "end"))
    middle = "difference in percentage points"
    if measure.width(middle, size, REGULAR) + 2 * measure.width("A higher → ", size, STRONG) < wide:
        x = (frame.left + frame.right) / 2
        ops.append(TextOp(x, frame.top - 6, middle, size, REGULAR, theme.text.secondary, "middle"))
    y, colour = (frame.top + frame.bottom) / 2, theme.plot.estimate
    if result.low is not None and result.high is not None:
        low, high = frame.x(result.low * 100), frame.x(result.high * 100)
        band = mix(colour, theme.plot.background, 0.25)
        ops.append(RoundRect(low, y - size * 0.3, max(1.0, high - low), size * 0.6, fill=band))
        ops.append(Lines(((low, y, high, y),), colour, 2.0))
        ops.append(Lines(tuple((x, y - size * 0.5, x, y + size * 0.5) for x in (low, high)), colour, 2.0))
    if result.difference is not None:
        radius = size * 0.42
        ops.append(Ellipse(frame.x(result.difference * 100), y, radius, radius, fill=colour, stroke=colour))
    words = difference_words(result)
    return Drawing("Difference of two runs", width, height, (Group(tuple(ops), title=words),))


def difference_words(result: Comparison) -> str:
    """The numbers of the plot in words."""
    if result.difference is None:
        return "No difference can be given."
    text = f"A less B: {points(result.difference)}"
    if result.low is not None and result.high is not None:
        text += f", {percent(result.level, 4)} interval {points(result.low)} to {points(result.high)}"
    if result.p_value is not None:
        text += f", p {'' if result.p_value < 0.0001 else '= '}{probability(result.p_value)}"
    return f"{text}, {result.n:,} items"

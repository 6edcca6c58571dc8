"""The plot of one claim as drawing primitives: the same picture on the card, on the projector and in a file. No Qt.

The estimate with its interval for display (Wilson for rates), the bound that decides (Clopper-Pearson for rates) marked
apart, the criterion with its acceptable side shaded and named, and baselines with their own uncertainty.
"""

from collections.abc import Sequence
from typing import Final

from workbench.analysis.claims import ClaimRow
from workbench.analysis.words import SIGN, VERDICT_WORD, word
from workbench.evidence.labels import amount, apart_from
from workbench.evidence.verdict import amount_exact
from workbench.export.plot_axis import Axis, axis_around
from workbench.model.runs import Baseline
from workbench.render.ops import Anchor, Dash, Ellipse, Group, Lines, Op, Ops, Polygon, RoundRect, TextOp
from workbench.render.text import ELLIPSIS, Measure
from workbench.render.theme import Theme, mix
from workbench.values import value_type

REGULAR: Final = 400
STRONG: Final = 600
_BASELINES: Final = 3
_PANEL_TEXT: Final = 14.0
"""Text of a plot on a panel, whose strokes are 2 wide."""
DASH: Final = (4.0, 3.0)


@value_type(frozen=True, slots=True)
class Drawing:
    """A plot ready to be painted or written: ops from the upper left corner (0, 0), without a ground."""

    title: str
    width: float
    height: float
    ops: Ops


def text_size(width: float, height: float) -> int:
    """Size of the text in a plot of this size: larger where there is room, for the back row."""
    return round(max(12.0, min(22.0, height / 10, width / 36)))


def cut(text: str, width: float, size: int, measure: Measure, weight: int = REGULAR) -> str:
    """A line of text that fits a width, with an ellipsis where some is left out."""
    if measure.width(text, size, weight) <= width:
        return text
    kept = text
    while kept and measure.width(kept + ELLIPSIS, size, weight) > width:
        kept = kept[: max(0, min(len(kept) - 1, int(len(kept) * 0.95)))]
    return f"{kept.rstrip()}{ELLIPSIS}" if kept else ""


class Frame:
    """The ground of a plot with its axis below: where values stand, and the ops drawn so far.

    Attributes:
        pen: how many times as wide strokes are as on a panel.
        taken: left end, right end and foot of each text that stands within the ground.
    """

    def __init__(
        self, box: tuple[float, float, float, float], axis: Axis, theme: Theme, size: int, pen: float = 1.0
    ) -> None:
        """Take left, top, right and bottom of the plot's ground."""
        self.left, self.top, self.right, self.bottom = box
        self.axis = axis
        self.theme = theme
        self.size = size
        self.pen = pen
        self.ops: list[Op] = []
        self.taken: list[tuple[float, float, float]] = []

    def x(self, value: float) -> float:
        """Where a value stands from left to right."""
        return self.left + self.axis.share(value) * (self.right - self.left)

    def upright(self, value: float, colour: str, width: float, *, above: float = 0.0, dash: bool = False) -> None:
        """A line through the whole plot."""
        at = self.x(value)
        line = ((at, self.top - above, at, self.bottom),)
        self.ops.append(Lines(line, colour, width * self.pen, self.dash() if dash else ()))

    def dash(self) -> Dash:
        """Marks and gaps of a dashed line."""
        return tuple(length * self.pen for length in DASH)


def claim_sheet(
    row: ClaimRow, width: float, height: float, theme: Theme, measure: Measure, size: int | None = None
) -> Drawing:
    """The plot of a claim in a picture of this size.

    Args:
        size: of its text; strokes are as wide as fits it. None: what suits a panel of this size.
    """
    pen = 1.0 if size is None else max(1.0, size / _PANEL_TEXT)
    size = size or text_size(width, height)
    line = size * 1.25
    baselines = shown_baselines(row)
    marks = [v for v in (row.value, row.low, row.high, row.threshold) if v is not None]
    marks += list(row.decides or ())
    marks += [v for b in baselines for v in (b.value, b.low, b.high) if v is not None]
    axis = axis_around(marks, row.unit, max(3, int(width / (size * 4.5))))
    box = (14.0 * pen, line + 6.0 * pen, width - 14.0 * pen, height - line - 8.0 * pen)
    frame = Frame(box, axis, theme, size, pen)
    ops = frame.ops
    ops.append(RoundRect(box[0], box[1], box[2] - box[0], box[3] - box[1], fill=theme.plot.background))
    _criterion(frame, row, measure)
    _axis(frame, measure, width)
    lanes = 1 + bool(baselines)
    lane = (box[3] - box[1]) / lanes
    _estimate(frame, row, box[1] + lane / 2, measure)
    if baselines:
        _baselines(frame, baselines, row, box[1] + lane * 1.5, measure)
    title = f"{VERDICT_WORD[row.sign]}: {row.claim}"
    return Drawing(title, width, height, (Group(tuple(ops), title=claim_words(row)),))


def shown_baselines(row: ClaimRow) -> list[Baseline]:
    """The baselines there is room for, those of people first."""
    known = [baseline for baseline in row.baselines if baseline.value is not None]
    return sorted(known, key=lambda b: b.kind != "human")[:_BASELINES]


def deciding_edge(row: ClaimRow) -> float | None:
    """The end of the deciding interval that the verdict hangs on: the one nearest the far side of the criterion."""
    if row.decides is None or row.comparator is None:
        return None
    upward = row.comparator in (">=", ">")
    refuted = row.computed == "refutes"
    return row.decides[0] if upward != refuted else row.decides[1]


def _criterion(frame: Frame, row: ClaimRow, measure: Measure) -> None:
    """The acceptable side shaded and named, the threshold as a line, its name above."""
    theme, size = frame.theme, frame.size
    if row.threshold is None or row.comparator is None:
        return
    upward = row.comparator in (">=", ">")
    at = frame.x(row.threshold)
    left, right = (at, frame.right) if upward else (frame.left, at)
    if right - left > 0.5:
        frame.ops.append(RoundRect(left, frame.top, right - left, frame.bottom - frame.top, fill=theme.plot.pass_zone))
    said, green = "acceptable", theme.verdict["supports"].text
    if frame.bottom - frame.top > size * 4:
        beside = measure.width(said, size, REGULAR) + 12 >= right - left
        if beside:  # too narrow a strip: the words stand beside it and point at it
            said = f"{said} →" if upward else f"← {said}"
            x = at - 6 if upward else at + 6
        else:
            x = right - 6 if upward else left + 6
        at_end: Anchor = "end" if upward else "start"
        foot, wide = frame.bottom - 5, measure.width(said, size, REGULAR)
        frame.ops.append(TextOp(x, foot, said, size, REGULAR, green, at_end))
        frame.taken.append((x - wide, x, foot) if upward else (x, x + wide, foot))
    text = f"criterion {SIGN[row.comparator]} {amount_exact(row.threshold, row.unit)}"
    wide = measure.width(text, size, STRONG)
    to_right = at + 5 + wide <= frame.right + 12
    x = at + 5 if to_right else max(frame.left - 12 + wide, at - 5)
    side: Anchor = "start" if to_right else "end"
    frame.ops.append(TextOp(x, frame.top - 6 * frame.pen, text, size, STRONG, theme.text.primary, side))


def _axis(frame: Frame, measure: Measure, width: float) -> None:
    theme, size = frame.theme, frame.size
    inner = tuple(
        (frame.x(tick), frame.top, frame.x(tick), frame.bottom)
        for tick in frame.axis.ticks
        if frame.axis.low < tick < frame.axis.high
    )
    if inner:
        frame.ops.append(Lines(inner, theme.plot.grid, frame.pen))
    wide, tall = frame.right - frame.left, frame.bottom - frame.top
    frame.ops.append(RoundRect(frame.left, frame.top, wide, tall, stroke=theme.plot.grid, width=frame.pen))
    foot = 4 * frame.pen
    feet = tuple((frame.x(tick), frame.bottom, frame.x(tick), frame.bottom + foot) for tick in frame.axis.ticks)
    frame.ops.append(Lines(feet, theme.plot.axis, frame.pen))
    for place, tick in enumerate(frame.axis.ticks):
        text = frame.axis.label(tick, last=place == len(frame.axis.ticks) - 1)
        half = measure.width(text, size, REGULAR) / 2
        x = max(half, min(width - half, frame.x(tick)))
        frame.ops.append(TextOp(x, frame.bottom + foot + size, text, size, REGULAR, theme.text.secondary, "middle"))


def _estimate(frame: Frame, row: ClaimRow, y: float, measure: Measure) -> None:
    theme, size, ops = frame.theme, frame.size, frame.ops
    colours = theme.verdict.get(row.sign)
    colour = colours.text if colours is not None else theme.plot.estimate
    stale = row.sign == "stale"
    tall = size * 0.5
    if row.threshold is not None:
        frame.upright(row.threshold, theme.plot.threshold, 2.0, above=size + 2)
    if row.low is not None and row.high is not None:
        low, high = frame.x(row.low), frame.x(row.high)
        if not stale:
            band = mix(colour, theme.plot.background, 0.3)
            ops.append(RoundRect(low, y - tall * 0.55, max(1.0, high - low), tall * 1.1, fill=band))
        ops.append(Lines(((low, y, high, y),), colour, 2.0 * frame.pen, frame.dash() if stale else ()))
        ops.append(Lines(tuple((x, y - tall, x, y + tall) for x in (low, high)), colour, 2.0 * frame.pen))
    _deciding(frame, row, y, measure)
    if row.value is not None:
        radius = size * 0.42
        fill = theme.plot.background if stale else colour
        ops.append(Ellipse(frame.x(row.value), y, radius, radius, fill=fill, stroke=colour, width=1.5 * frame.pen))


def _deciding(frame: Frame, row: ClaimRow, y: float, measure: Measure) -> None:
    """The bound the verdict hangs on: a triangle under the interval pointing at it, its value beside the interval."""
    edge = deciding_edge(row)
    if edge is None or row.threshold is None:
        return
    theme, size = frame.theme, frame.size
    x, tip = frame.x(edge), y + size * 0.5 + 1
    half = size * 0.34
    shape = ((x, tip), (x + half, tip + half * 1.6), (x - half, tip + half * 1.6))
    frame.ops.append(Polygon(shape, fill=theme.text.primary))
    frame.taken.append((x - half, x + half, tip + half * 1.6))
    text = f"decides {apart_from(edge, row.threshold, row.unit)}"
    wide = measure.width(text, size, REGULAR)
    marks = [frame.x(mark) for mark in (row.low, row.high, row.value, edge) if mark is not None]
    walls = [frame.x(wall) for wall in (row.threshold, *(b.value for b in shown_baselines(row))) if wall is not None]
    foot = y + size * 0.35
    beside = [(max(marks) + half + 4, foot), (min(marks) - half - 4 - wide, foot)]
    below, above = tip + half * 1.6 + size, y - size * 0.5 - 4
    lefts = (x - wide / 2, x + half, x - half - wide, frame.right - 2 - wide, frame.left + 2)
    beside.sort(key=lambda spot: min(abs(spot[0] - x), abs(spot[0] + wide - x)))
    spots = [*beside, *((left, at) for at in (below, above) for left in lefts)]
    # the threshold is the first wall: a label across it would read as standing on the wrong side, so rather none
    _label(frame, text, wide, [spot for spot in spots if not _across(spot, wide, walls[0])], walls, theme.text.primary)


def _label(
    frame: Frame,
    text: str,
    wide: float,
    spots: Sequence[tuple[float, float]],
    walls: Sequence[float],
    colour: str,
) -> None:
    """Write a label at the first free spot in the plot that crosses no upright line, or not the first, or any."""
    inside = [
        (left, foot)
        for left, foot in spots
        if left >= frame.left + 2
        and left + wide <= frame.right - 2
        and frame.top + frame.size <= foot <= frame.bottom - 3
        and not any(
            left < end and left + wide > start and abs(foot - at) < frame.size for start, end, at in frame.taken
        )
    ]
    clear = [spot for spot in inside if not any(_across(spot, wide, wall) for wall in walls)]
    apart = [spot for spot in inside if not any(_across(spot, wide, wall) for wall in walls[:1])]
    for left, foot in (clear or apart or inside)[:1]:
        frame.ops.append(TextOp(left, foot, text, frame.size, REGULAR, colour))
        frame.taken.append((left, left + wide, foot))


def _across(spot: tuple[float, float], wide: float, wall: float) -> bool:
    """Whether a text that begins at a spot would lie over an upright line, or touch it."""
    return spot[0] - 3 < wall < spot[0] + wide + 3


def _baselines(frame: Frame, baselines: Sequence[Baseline], row: ClaimRow, y: float, measure: Measure) -> None:
    """Diamonds with their intervals in a lane of their own; hollow where a baseline is a constant."""
    theme, size = frame.theme, frame.size
    colour = theme.plot.baseline
    walls = [frame.x(wall) for wall in (row.threshold, *(b.value for b in baselines)) if wall is not None]
    for baseline in baselines:
        value = baseline.value or 0.0
        x = frame.x(value)
        frame.upright(value, colour, 1.5, dash=True)
        if baseline.low is not None and baseline.high is not None:
            low, high = frame.x(baseline.low), frame.x(baseline.high)
            frame.ops.append(Lines(((low, y, high, y),), colour, 2.0 * frame.pen))
            ends = tuple((end, y - size * 0.4, end, y + size * 0.4) for end in (low, high))
            frame.ops.append(Lines(ends, colour, 2.0 * frame.pen))
        half = size * 0.5
        fill = colour if baseline.n is not None else theme.plot.background
        shape = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        frame.ops.append(Polygon(shape, fill=fill, stroke=colour, width=1.5 * frame.pen))
        text = baseline_label(baseline, row.unit)
        wide = measure.width(text, size, REGULAR)
        spots = [(left, y + rise * size) for rise in (-0.7, 1.5) for left in (x + half, x - half - wide, x - wide / 2)]
        _label(frame, text, wide, spots, [wall for wall in walls if abs(wall - x) > 1], colour)


def baseline_label(baseline: Baseline, unit: str) -> str:
    """A baseline's name in the plot, such as "human 71.1 %, n 120"."""
    value = amount(baseline.value, unit) if baseline.value is not None else ""
    if baseline.kind == "constant":
        return f"constant {value}"
    size = f"n {baseline.n:,}" if baseline.n is not None else "n not known"
    return f"{word(baseline.kind).lower()} {value}, {size}"


def claim_words(row: ClaimRow) -> str:
    """The numbers of the plot in words, for screen readers and the clipboard."""
    parts = [f"{row.claim}: {row.estimate}"]
    parts += [part for part in (row.interval, row.counts) if part]
    if row.criterion_in_full:
        parts.append(f"criterion {row.criterion_in_full}")
    edge = deciding_edge(row)
    if edge is not None and row.threshold is not None:
        how = f" ({row.decided_by})" if row.decided_by else ""
        parts.append(f"deciding bound {apart_from(edge, row.threshold, row.unit)}{how}")
    for baseline in shown_baselines(row):
        spread = ""
        if baseline.low is not None and baseline.high is not None:
            spread = f" ({amount(baseline.low, row.unit)} to {amount(baseline.high, row.unit)})"
        parts.append(f"baseline {baseline_label(baseline, row.unit)}{spread}")
    return "; ".join(parts)

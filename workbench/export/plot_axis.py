"""Axes of the plots: a stretch of numbers with round ticks, and where a value stands on it. No Qt."""

import math
from collections.abc import Iterable
from typing import Final

from workbench.analysis.words import short_percent
from workbench.evidence.labels import number
from workbench.values import value_type

_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEAST_SPREAD: Final = 0.05


@value_type(frozen=True, slots=True)
class Axis:
    """A stretch of numbers and the ticks on it, in the metric's unit."""

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str = "proportion"

    def share(self, value: float) -> float:
        """Where a value stands, 0 at the low end and 1 at the high one; beyond the axis, at its end."""
        return max(0.0, min(1.0, (value - self.low) / (self.high - self.low)))

    def label(self, tick: float, *, last: bool = False) -> str:
        """The text at a tick; of percents only the last one carries the sign."""
        if self.unit != "proportion":
            return number(tick)
        return short_percent(tick) if last else f"{round(tick * 100, 4):g}"


def axis_around(values: Iterable[float], unit: str = "proportion", most_ticks: int = 8) -> Axis:
    """The shortest stretch between round numbers that shows all values with some room around.

    Rates never reach below 0 or above 1. Without a value it is the whole of a rate.
    """
    marks = [value for value in values if math.isfinite(value)]
    if not marks:
        return Axis(0.0, 1.0, tuple(tenth / 5 for tenth in range(6)), unit)
    low, high = min(marks), max(marks)
    bounded = unit == "proportion" and low >= 0 and high <= 1
    spread = max(high - low, _LEAST_SPREAD if bounded else max(abs(high), 1e-9) * _LEAST_SPREAD)
    low, high = low - spread * 0.18, high + spread * 0.18
    if bounded:
        low, high = max(0.0, low), min(1.0, high)
    step = _step(high - low, most_ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if bounded:
        first, last = max(0, first), min(round(1 / step), last)
    ticks = tuple(round(place * step, 12) for place in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, unit)


def _step(spread: float, most: int) -> float:
    """The smallest round step that makes at most ``most`` ticks of a spread; 1, 2, 2.5 or 5 times a power of ten."""
    raw = spread / max(1, most - 2)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in _ROUND if factor * power >= raw * (1 - 1e-9))

"""Whole counts behind a rate that was written down rounded."""

from typing import Final

_HALF: Final = 0.5
_EXACT: Final = 1e-9


def successes_behind(value: float, tolerance: float, n: int) -> int | None:
    """How many of ``n`` a rounded rate stands for; None where it may be several numbers, or is none.

    Args:
        value: the rate as a fraction.
        tolerance: how far the true rate may lie from it, half a unit of its last digit; 0 where it is not rounded.
        n: samples behind it.
    """
    nearest = round(value * n)
    reach = (tolerance + _EXACT) * n
    certain = reach <= _HALF + _EXACT * n  # else the digits leave another whole number
    return nearest if 0 <= nearest <= n and certain and abs(value * n - nearest) <= reach else None


def successes_of_float(value: float, n: int) -> int | None:
    """The same for a number from JSON, of which nobody knows whether it was rounded before it was written.

    One that gives a whole count as it stands is taken at its word; else it counts as rounded to its last digit.
    """
    text = repr(value)
    digits = 17 if "e" in text else len(text.partition(".")[2])
    exact = successes_behind(value, 0.0, n)
    return exact if exact is not None else successes_behind(value, 0.5 * 10.0**-digits, n)

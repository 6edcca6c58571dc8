"""The special functions that intervals need, in plain Python: incomplete beta, and quantiles of beta, t and normal.

scipy would cost half a second of start-up and 200 MB of disk for these few lines; it serves as the oracle of the tests.
"""

import math
from statistics import NormalDist
from typing import Final

_TINY: Final = 1e-300
_EPSILON: Final = 1e-15
"""Where a step this near to 1 ends a fraction: rounding keeps it from coming nearer for certain."""
_NEAR: Final = 1e-6
"""Where a step this small is the last: the next would be by its third power, far below what rounding leaves."""
_MAX_TERMS: Final = 200_000
_STANDARD_NORMAL: Final = NormalDist()


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method as modified by Thompson and Barnett."""
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    result = d
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 + even * d
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = 1.0 + even / c
        c = c if abs(c) > _TINY else _TINY
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 + odd * d
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = 1.0 + odd / c
        c = c if abs(c) > _TINY else _TINY
        step = d * c
        result *= step
        if abs(step - 1.0) < _EPSILON:
            break
    return result


def beta_cdf(x: float, a: float, b: float, rest: float | None = None) -> float:
    """The regularised incomplete beta function I_x(a, b): the distribution function of a beta variable.

    Source: DLMF 8.17.22 (continued fraction) and 8.17.4 (symmetry), https://dlmf.nist.gov/8.17.

    Args:
        rest: 1 - x, where it is known better than a subtraction tells it.
    """
    if x <= 0.0:
        return 0.0
    if rest is None:
        rest = 1.0 - x
    if rest <= 0.0:
        return 1.0
    log_rest = math.log1p(-x) if x < 0.5 else math.log(rest)
    front = math.exp(a * math.log(x) + b * log_rest - _log_beta(a, b))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _continued_fraction(x, a, b) / a
    return 1.0 - front * _continued_fraction(rest, b, a) / b


def _between(low: float, high: float) -> float:
    """A point inside a bracket: halving it, by magnitude where it spans several."""
    if low == 0.0:
        return high / 1024.0
    return math.sqrt(low * high) if high > 4.0 * low else (low + high) / 2.0


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = ``probability``: Halley's steps, held inside a shrinking bracket by bisection.

    Quantiles below 1e-300 come back as 0 or as the smallest number tried.
    """
    if probability <= 0.0:
        return 0.0
    if probability >= 1.0:
        return 1.0
    low, high = 0.0, 1.0
    x = a / (a + b)
    log_beta = _log_beta(a, b)
    for _ in range(400):
        excess = beta_cdf(x, a, b) - probability
        if excess == 0.0:
            return x
        if excess > 0.0:
            high = x
        else:
            low = x
        log_density = (a - 1.0) * math.log(x) + (b - 1.0) * math.log1p(-x) - log_beta
        following, near = -1.0, _EPSILON
        if abs(log_density) < 600:
            step = excess * math.exp(-log_density)
            bend = step * ((a - 1.0) / x - (b - 1.0) / (1.0 - x)) / 2.0
            following = x - step / (1.0 - bend if bend < 0.5 else 0.5)
            near = _NEAR if abs(bend) < _NEAR else _EPSILON
        if not low < following < high:
            following, near = _between(low, high), _EPSILON
        if following <= _TINY or following >= 1.0 or abs(following - x) <= near * following:
            return following
        x = following
    return x


def normal_quantile(probability: float) -> float:
    """The standard normal quantile. Source: Wichura, algorithm AS 241, Applied Statistics 37 (1988), as in the stdlib.

    Raises:
        ValueError: ``probability`` is not strictly between 0 and 1.
    """
    if not 0.0 < probability < 1.0:
        raise ValueError(f"probability must lie between 0 and 1, not {probability}")
    return _STANDARD_NORMAL.inv_cdf(probability)


def t_critical(level: float, degrees: float) -> float:
    """The t with P(-t < T < t) = ``level`` for Student's T with ``degrees`` of freedom.

    Source: Abramowitz and Stegun 26.7.1 (the t distribution as an incomplete beta function).

    Raises:
        ValueError: ``level`` is not strictly between 0 and 1, or ``degrees`` is not positive.
    """
    if not 0.0 < level < 1.0 or not degrees > 0:
        raise ValueError(f"no t quantile for level {level} and {degrees} degrees of freedom")
    y = beta_quantile(level, 0.5, degrees / 2.0)
    if y < 0.5:
        return math.sqrt(degrees * y / (1.0 - y))
    x = beta_quantile(1.0 - level, degrees / 2.0, 0.5)
    return math.sqrt(degrees * (1.0 - x) / x)

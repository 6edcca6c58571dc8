"""Differences between two figures, and what many comparisons leave of each: every function with its source.

Differences are the first figure less the second. Plain Python, no numpy.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

from workbench.evidence.special import beta_cdf, normal_quantile, t_critical
from workbench.evidence.statistics import Interval, clustered_mean, wilson
from workbench.values import value_type

_HALVINGS: Final = 200
_NO_SPREAD: Final = 1e-12


def newcombe(
    successes_1: float, n_1: float, successes_2: float, n_2: float, level: float = 0.95, *, degrees: float | None = None
) -> Interval:
    """Interval for the difference of two independent proportions, from the Wilson interval of each.

    Counts may be fractional: effective sizes of clustered items.

    Source: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.

    Args:
        degrees: degrees of freedom of Student's t for the first proportion, where it rests on few clusters.

    Raises:
        ValueError: an n is not positive, or the counts or the level are impossible.
    """
    return recovered(
        successes_1 / n_1 if n_1 else 0.0,
        wilson(successes_1, n_1, level, degrees=degrees),
        successes_2 / n_2 if n_2 else 0.0,
        wilson(successes_2, n_2, level),
    )


def recovered(value_1: float, interval_1: Interval, value_2: float, interval_2: Interval) -> Interval:
    """Interval for the difference of two independent figures, from an interval of each at the same level.

    Each interval's distance from its figure stands for the spread on that side (method of variance estimates recovery),
    so it serves figures of which only an interval was published. With Wilson's intervals this is Newcombe's method 10.

    Source: Zou and Donner, Statistics in Medicine 27 (2008) 1693-1702.
    """
    difference = value_1 - value_2
    below = math.hypot(value_1 - interval_1[0], interval_2[1] - value_2)
    above = math.hypot(interval_1[1] - value_1, value_2 - interval_2[0])
    return difference - below, difference + above


def welch(
    mean_1: float,
    error_1: float,
    degrees_1: float,
    mean_2: float,
    error_2: float,
    degrees_2: float,
    level: float = 0.95,
) -> Interval:
    """Interval for the difference of two independent means with spreads of their own.

    Source: Welch, Biometrika 34 (1947) 28-35, with the degrees of freedom of Satterthwaite, Biometrics Bulletin 2
    (1946) 110-114.

    Args:
        error_1: standard error of the first mean, with the degrees of freedom behind it; likewise the second.

    Raises:
        ValueError: both standard errors are 0, or the level or the degrees of freedom are impossible.
    """
    one, two = error_1 * error_1, error_2 * error_2
    if not one + two > 0:
        raise ValueError("no spread: both standard errors are 0")
    degrees = (one + two) ** 2 / (one * one / degrees_1 + two * two / degrees_2)
    half = t_critical(level, degrees) * math.sqrt(one + two)
    return mean_1 - mean_2 - half, mean_1 - mean_2 + half


def t_probability(t: float, degrees: float) -> float:
    """Probability that Student's T lies as far from 0 as ``t`` or farther, on either side.

    Source: Abramowitz and Stegun 26.7.1 (the t distribution as an incomplete beta function).

    Raises:
        ValueError: ``degrees`` is not positive.
    """
    if not degrees > 0:
        raise ValueError(f"no t distribution with {degrees} degrees of freedom")
    whole = degrees + t * t
    return beta_cdf(degrees / whole, degrees / 2, 0.5, t * t / whole)


def mcnemar_exact(only_1: int, only_2: int) -> float:
    """Exact two-sided p-value for two runs on the same items, from the items on which just one of them passed.

    Were both equally good, each such item would fall to either by the toss of a coin.

    Source: McNemar, Psychometrika 12 (1947) 153-157; exact form: Fagerland, Lydersen and Laake, BMC Medical Research
    Methodology 13 (2013) 91.

    Raises:
        ValueError: a count is negative.
    """
    if only_1 < 0 or only_2 < 0:
        raise ValueError(f"no discordant pairs: {only_1} and {only_2}")
    total, fewer = only_1 + only_2, min(only_1, only_2)
    if 2 * fewer >= total:
        return 1.0
    return min(1.0, 2.0 * beta_cdf(0.5, total - fewer, fewer + 1))


def binomial_probability(successes: float, n: float, rate: float) -> float:
    """Two-sided p-value of a count against a rate: twice the smaller tail.

    It is below 1 - level exactly where the Clopper-Pearson interval at that level leaves the rate out.

    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413, read the other way round.

    Raises:
        ValueError: n is not positive or the count is impossible.
    """
    if not n > 0 or not 0 <= successes <= n:
        raise ValueError(f"no rate: {successes} of {n}")
    at_least = 1.0 if successes == 0 else beta_cdf(rate, successes, n - successes + 1)
    at_most = 1.0 if successes == n else beta_cdf(1 - rate, n - successes, successes + 1, rate)
    return min(1.0, 2.0 * min(at_least, at_most))


@value_type(frozen=True, slots=True)
class Difference:
    """A difference with its uncertainty.

    Attributes:
        low, high: null where the spread cannot be estimated, and with them ``p_value``.
        n: pairs; ``clusters``: distinct clusters among them.
    """

    value: float
    standard_error: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n: int
    clusters: int


def paired_difference(
    differences: Sequence[float], clusters: Iterable[Hashable] | None = None, level: float = 0.95
) -> Difference:
    """Mean of the differences between two runs on the same items.

    Pairing takes out what makes items hard for both, and so is narrower than comparing two averages. The standard
    error is clustered where items share a passage or a prompt; Student's t has one degree of freedom less than there
    are clusters.

    Source: Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 4.2; with one item a cluster it is
    Student's paired t test, Biometrika 6 (1908) 1-25.

    Args:
        differences: first less second, one for each item.
        clusters: what each item belongs to; None: each stands for itself.

    Raises:
        ValueError: there are no differences.
    """
    groups = range(len(differences)) if clusters is None else clusters
    spread = clustered_mean(differences, groups)
    error = spread.standard_error
    if error is None or error < _NO_SPREAD:
        same = error is not None and spread.mean == 0
        return Difference(spread.mean, error, None, None, 1.0 if same else None, spread.n, spread.clusters)
    degrees = spread.clusters - 1
    half = t_critical(level, degrees) * error
    return Difference(
        spread.mean,
        error,
        spread.mean - half,
        spread.mean + half,
        t_probability(spread.mean / error, degrees),
        spread.n,
        spread.clusters,
    )


def tango(only_1: int, only_2: int, n: int, level: float = 0.95) -> Interval:
    """Score interval for the difference of two proportions of the same items, from the discordant pairs.

    It leaves 0 out exactly where McNemar's test without correction rejects at the same level.

    Source: Tango, Statistics in Medicine 17 (1998) 891-908.

    Raises:
        ValueError: n is not positive, or the counts or the level are impossible.
    """
    if not n > 0 or min(only_1, only_2) < 0 or only_1 + only_2 > n:
        raise ValueError(f"no paired difference: {only_1} and {only_2} of {n}")
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
    z = normal_quantile(0.5 + level / 2)
    difference = (only_1 - only_2) / n
    low = -1.0 if only_2 == n else _edge(lambda at: _score(only_1, only_2, n, at) > z, -1.0, difference)
    high = 1.0 if only_1 == n else _edge(lambda at: _score(only_1, only_2, n, at) < -z, 1.0, difference)
    return low, high


def _score(only_1: int, only_2: int, n: int, difference: float) -> float:
    """Tango's score statistic for a true difference; infinite where its variance vanishes."""
    top = only_1 - only_2 - n * difference
    b = (2 * n + only_2 - only_1) * difference - only_1 - only_2
    c = -only_2 * difference * (1 - difference)
    root = math.sqrt(max(0.0, b * b - 8 * n * c))
    # of two ways to write the positive root, the one that subtracts nothing
    second = (root - b) / (4 * n) if b <= 0 else -2 * c / (b + root)
    variance = n * (2 * second + difference * (1 - difference))
    if variance <= 0:
        return math.copysign(math.inf, top) if top else 0.0
    return top / math.sqrt(variance)


def _edge(outside: Callable[[float], bool], far: float, near: float) -> float:
    """Where an interval ends between a point outside it and one inside, by halving."""
    for _ in range(_HALVINGS):
        middle = (far + near) / 2
        if middle in (far, near):
            break
        if outside(middle):
            far = middle
        else:
            near = middle
    return near


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values of several comparisons, in the order given: each may be held against the level as it stands.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
    """
    count = len(p_values)
    adjusted = [0.0] * count
    largest = 0.0
    for rank, index in enumerate(sorted(range(count), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, (count - rank) * p_values[index]))
        adjusted[index] = largest
    return adjusted

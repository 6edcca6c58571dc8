"""Intervals and standard errors for rates and means, each with its source. Plain Python, no numpy.

All intervals are two-sided. Counts may be fractional: an effective sample size seldom is a whole number.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from workbench.evidence.special import beta_quantile, normal_quantile, t_critical
from workbench.values import value_type

Interval = tuple[float, float]
_NO_SPREAD: Final = 1e-12
"""A standard error below this is what rounding leaves of 0."""

_LEAST_SIZE: Final = 0.01
"""An effective sample below this allows any rate."""

FEW_CLUSTERS: Final = 30
"""Below this many clusters the normal quantile is too narrow and Student's t takes its place."""


def _check_rate(successes: float, n: float, level: float) -> None:
    if not n > 0 or not 0 <= successes <= n:
        raise ValueError(f"no rate: {successes} of {n}")
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")


def wilson(successes: float, n: float, level: float = 0.95, *, degrees: float | None = None) -> Interval:
    """Wilson's score interval for a proportion.

    Source: Wilson, JASA 22 (1927) 209-212. With ``degrees`` Student's t takes the place of the normal quantile, as
    for few clusters: Dean and Pagano, Journal of Survey Statistics and Methodology 3 (2015) 484-503.

    Raises:
        ValueError: n is not positive, or the counts or the level are impossible.
    """
    _check_rate(successes, n, level)
    z = normal_quantile(0.5 + level / 2) if degrees is None else t_critical(level, degrees)
    p = successes / n
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if successes == n else min(1.0, (centre + half) / scale)
    return low, high


def clopper_pearson(successes: float, n: float, level: float = 0.95) -> Interval:
    """The exact interval for a proportion: never narrower than its level says.

    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413, by the beta quantiles they amount to.

    Raises:
        ValueError: n is not positive, or the counts or the level are impossible.
    """
    _check_rate(successes, n, level)
    tail = (1 - level) / 2
    failures = n - successes
    if successes == 0:
        return 0.0, -math.expm1(math.log(tail) / n)
    if failures == 0:
        return math.exp(math.log(tail) / n), 1.0
    return beta_quantile(tail, successes, failures + 1), beta_quantile(1 - tail, successes + 1, failures)


@value_type(frozen=True, slots=True)
class ClusteredMean:
    """A mean of values that come in clusters.

    Attributes:
        standard_error: null where there are fewer than two clusters.
        clusters: distinct clusters.
    """

    mean: float
    standard_error: float | None
    n: int
    clusters: int


def clustered_mean(values: Sequence[float], clusters: Iterable[Hashable]) -> ClusteredMean:
    """Mean and its standard error where values of one cluster (repeats of one item) are not independent.

    Deviations are summed inside each cluster before they are squared; G/(G-1) corrects for G clusters, so that with
    one value a cluster this is the ordinary standard error of a mean. Source: Miller, "Adding error bars to evals",
    arXiv 2411.00640 (2024), equation 4, with the small-sample correction of Cameron and Miller, J. Human Resources 50
    (2015) 317-372.

    Raises:
        ValueError: there are no values.
    """
    n = len(values)
    if not n:
        raise ValueError("no values")
    mean = math.fsum(values) / n
    sums: dict[Hashable, float] = {}
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + (value - mean)
    count = len(sums)
    if count < 2:
        return ClusteredMean(mean, None, n, count)
    variance = math.fsum(total * total for total in sums.values()) / (n * n) * count / (count - 1)
    return ClusteredMean(mean, math.sqrt(variance), n, count)


def effective_n(rate: float, standard_error: float | None, n: int, clusters: int) -> float:
    """Size of a simple random sample that would tell as much about a rate: p(1-p)/SE^2, never above n.

    A rate of 0 or 1, or a standard error of 0, shows no spread to learn from; then only the clusters count.
    Source: Kish, Survey Sampling (1965), section 8.2 (the design effect).
    """
    if standard_error is None or standard_error < _NO_SPREAD or rate <= 0 or rate >= 1:
        return float(min(clusters, n))
    return min(float(n), rate * (1 - rate) / standard_error**2)


def clopper_pearson_clustered(
    rate: float, n_effective: float, n: float, clusters: int, level: float = 0.95
) -> Interval:
    """The exact interval for a rate whose items come in clusters, from its effective sample size.

    The size is reduced further by the squared ratio of the t quantiles for n-1 and clusters-1 degrees of freedom,
    because the standard error behind it is itself estimated; not so where the rate is 0 or 1, which estimates none.
    Source: Korn and Graubard, Survey Methodology 24 (1998) 193-201.

    Raises:
        ValueError: the numbers are impossible.
    """
    size = design_adjusted_size(rate, n_effective, n, clusters, level)
    return clopper_pearson(rate * size, size, level) if size else (0.0, 1.0)


def design_adjusted_size(rate: float, n_effective: float, n: float, clusters: int, level: float = 0.95) -> float:
    """The sample size that the exact interval of a clustered rate is taken at; 0 where it says nothing.

    Source: Korn and Graubard, as for ``clopper_pearson_clustered``.
    """
    size = min(n_effective, n)
    if 0 < rate < 1:
        if clusters < 2:
            return 0.0
        if n > clusters:
            size *= (t_critical(level, n - 1) / t_critical(level, clusters - 1)) ** 2
    return size if size >= _LEAST_SIZE else 0.0


def t_interval(mean: float, standard_error: float, degrees: float, level: float = 0.95) -> Interval:
    """Student's interval for a mean. Source: Student, Biometrika 6 (1908) 1-25.

    Raises:
        ValueError: the level or the degrees of freedom are impossible.
    """
    half = t_critical(level, degrees) * standard_error
    return mean - half, mean + half


def pass_at_k(n: int, correct: int, k: int) -> float:
    """Probability that at least one of k samples of a problem passes, unbiased, from n samples of which some passed.

    Source: Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374 (2021), equation 1.

    Raises:
        ValueError: k is above n: the estimate is not defined; or the counts are impossible.
    """
    if not 1 <= k <= n or not 0 <= correct <= n:
        raise ValueError(f"pass@{k} is not defined for {correct} of {n}")
    return 1.0 - math.comb(n - correct, k) / math.comb(n, k)


def pass_all_k(n: int, correct: int, k: int) -> float:
    """Probability that all of k samples of a problem pass, unbiased.

    Source: Yao et al., "tau-bench", arXiv 2406.12045 (2024), section 3.

    Raises:
        ValueError: k is above n: the estimate is not defined; or the counts are impossible.
    """
    if not 1 <= k <= n or not 0 <= correct <= n:
        raise ValueError(f"pass^{k} is not defined for {correct} of {n}")
    return math.comb(correct, k) / math.comb(n, k)


def missing_bounds(successes: float, n: float, missing: float) -> Interval:
    """The rate if every missing item failed, and if every one passed.

    Source: Manski, "Nonparametric bounds on treatment effects", American Economic Review 80 (1990) 319-323.

    Raises:
        ValueError: there is no item at all, or the counts are impossible.
    """
    total = n + missing
    if total <= 0 or missing < 0 or not 0 <= successes <= n:
        raise ValueError(f"no bounds: {successes} of {n}, {missing} missing")
    return successes / total, (successes + missing) / total

"""Differences, paired tests and Holm against scipy and statsmodels, over inputs that hypothesis makes up."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.evidence.statistics import clopper_pearson, wilson
from workbench.evidence.statistics_compare import (
    binomial_probability,
    holm,
    mcnemar_exact,
    newcombe,
    paired_difference,
    recovered,
    t_probability,
    tango,
    welch,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])


@st.composite
def counts(draw: Any, largest: int = 5_000) -> tuple[int, int]:
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@st.composite
def discordant(draw: Any, largest: int = 400) -> tuple[int, int, int]:
    n = draw(st.integers(1, largest))
    b = draw(st.integers(0, n))
    return b, draw(st.integers(0, n - b)), n


@settings(max_examples=150, deadline=None)
@given(counts(), counts(), LEVELS)
def test_newcombe_agrees_with_statsmodels(one, two, level):
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff", alpha=1 - level)
    assert newcombe(one[0], one[1], two[0], two[1], level) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_newcombe_s_published_example():
    # 56 of 70 against 48 of 80: table II of Newcombe 1998, method 10
    low, high = newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_intervals_are_recovered_from_any_two():
    assert recovered(0.8, wilson(56, 70), 0.6, wilson(48, 80)) == newcombe(56, 70, 48, 80)
    low, high = recovered(10.0, (8.0, 13.0), 4.0, (3.0, 4.0))
    assert (low, high) == (6 - 2.0, 6 + math.hypot(3, 1))
    assert newcombe(5.5, 10, 6.25, 12.5, degrees=9)[0] < newcombe(5.5, 10, 6.25, 12.5)[0]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 600), st.integers(0, 600))
def test_mcnemar_agrees_with_statsmodels(b, c):
    from statsmodels.stats.contingency_tables import mcnemar

    expected = mcnemar([[5, b], [c, 7]], exact=True).pvalue
    assert mcnemar_exact(b, c) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_mcnemar_s_figure_that_is_quoted():
    assert mcnemar_exact(1, 10) == pytest.approx(24 / 2048)
    assert mcnemar_exact(0, 0) == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-3, 3, width=32), min_size=2, max_size=80), LEVELS)
def test_paired_difference_agrees_with_scipy(differences, level):
    from scipy.stats import ttest_1samp

    ours = paired_difference(differences, level=level)
    if not ours.standard_error or ours.low is None or ours.standard_error < 1e-6:
        return
    theirs = ttest_1samp(differences, 0.0)
    interval = theirs.confidence_interval(level)
    assert ours.p_value == pytest.approx(float(theirs.pvalue), rel=1e-9, abs=1e-15)
    assert (ours.low, ours.high) == pytest.approx((float(interval.low), float(interval.high)), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([-1.0, 0.0, 0.5, 1.0])), min_size=4, max_size=60))
def test_clustered_paired_difference_agrees_with_statsmodels(rows):
    import numpy as np
    import statsmodels.api as sm

    clusters = np.array([row[0] for row in rows])
    values = np.array([row[1] for row in rows])
    ours = paired_difference(values.tolist(), clusters.tolist())
    if ours.low is None:
        return
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    assert ours.standard_error == pytest.approx(float(fit.bse[0]), rel=1e-9, abs=1e-12)
    assert ours.p_value == pytest.approx(float(fit.pvalues[0]), rel=1e-9, abs=1e-12)
    assert (ours.low, ours.high) == pytest.approx(tuple(fit.conf_int()[0]), rel=1e-9, abs=1e-9)


def test_differences_without_spread_have_no_interval():
    assert paired_difference([0.0, 0.0, 0.0]).p_value == 1.0
    same = paired_difference([1.0, 1.0, 1.0])
    assert (same.value, same.low, same.p_value) == (1.0, None, None)
    assert paired_difference([1.0]).standard_error is None
    with pytest.raises(ValueError, match="no values"):
        paired_difference([])


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-5, 5),
    st.floats(0.001, 3),
    st.integers(1, 400),
    st.floats(-5, 5),
    st.floats(0.001, 3),
    st.integers(1, 400),
    LEVELS,
)
def test_welch_agrees_with_scipy(mean_1, error_1, degrees_1, mean_2, error_2, degrees_2, level):
    from scipy.stats import t, ttest_ind_from_stats

    n_1, n_2 = degrees_1 + 1, degrees_2 + 1
    low, high = welch(mean_1, error_1, degrees_1, mean_2, error_2, degrees_2, level)
    theirs = ttest_ind_from_stats(
        mean_1, error_1 * math.sqrt(n_1), n_1, mean_2, error_2 * math.sqrt(n_2), n_2, equal_var=False
    )
    one, two = error_1**2, error_2**2
    degrees = (one + two) ** 2 / (one**2 / degrees_1 + two**2 / degrees_2)
    half = float(t.ppf(0.5 + level / 2, degrees)) * math.sqrt(one + two)
    assert (high - low) / 2 == pytest.approx(half, rel=1e-9)
    statistic = (mean_1 - mean_2) / math.sqrt(one + two)
    assert t_probability(statistic, degrees) == pytest.approx(float(theirs.pvalue), rel=1e-9, abs=1e-15)


@settings(max_examples=100, deadline=None)
@given(st.floats(-40, 40), st.one_of(st.integers(1, 5000), st.floats(0.5, 50)))
def test_t_probability_agrees_with_scipy(value, degrees):
    from scipy.stats import t

    assert t_probability(value, degrees) == pytest.approx(float(2 * t.sf(abs(value), degrees)), rel=1e-9, abs=1e-300)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_holm_agrees_with_statsmodels(p_values):
    from statsmodels.stats.multitest import multipletests

    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(discordant(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_tango_leaves_zero_out_where_mcnemar_s_test_rejects(pair, level):
    from statsmodels.stats.contingency_tables import mcnemar

    b, c, n = pair
    low, high = tango(b, c, n, level)
    assert -1 <= low <= (b - c) / n <= high <= 1
    if b + c:
        p_value = mcnemar([[0, b], [c, n - b - c]], exact=False, correction=False).pvalue
        if abs(p_value - (1 - level)) > 1e-9:
            assert (low > 0 or high < 0) == (p_value < 1 - level)


@settings(max_examples=40, deadline=None)
@given(discordant(120))
def test_tango_agrees_with_the_score_test_solved_by_scipy(pair):
    """The likelihood under a given difference, maximised by numpy's roots; the interval's ends by Brent's method."""
    import numpy as np
    from scipy.optimize import brentq
    from scipy.stats import norm

    b, c, n = pair
    z = float(norm.ppf(0.975))

    def score(at):
        quadratic = [2 * n, (2 * n + c - b) * at - (b + c), -c * at * (1 - at)]
        second = max(float(root.real) for root in np.roots(quadratic))
        variance = n * (2 * second + at * (1 - at))
        return (b - c - n * at) / math.sqrt(variance) if variance > 1e-14 else math.copysign(1e9, b - c - n * at)

    middle = (b - c) / n
    low, high = tango(b, c, n)
    if -1 + 1e-6 < low < middle - 1e-6:
        assert low == pytest.approx(brentq(lambda at: score(at) - z, -1 + 1e-9, middle - 1e-12, xtol=1e-13), abs=1e-8)
    if middle + 1e-6 < high < 1 - 1e-6:
        assert high == pytest.approx(brentq(lambda at: score(at) + z, middle + 1e-12, 1 - 1e-9, xtol=1e-13), abs=1e-8)


def test_tango_without_discordant_pairs_is_the_score_interval_of_none():
    z2 = 1.959963984540054**2
    assert tango(0, 0, 10) == pytest.approx((-z2 / (10 + z2), z2 / (10 + z2)))
    assert tango(10, 0, 10)[1] == 1.0
    assert tango(0, 10, 10)[0] == -1.0


@settings(max_examples=100, deadline=None)
@given(counts(2_000), st.floats(0.001, 0.999), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_a_rate_is_left_out_where_its_probability_is_small(pair, rate, level):
    from scipy.stats import binom

    k, n = pair
    ours = binomial_probability(k, n, rate)
    expected = min(1.0, 2 * min(binom.cdf(k, n, rate), binom.sf(k - 1, n, rate)))
    assert ours == pytest.approx(float(expected), rel=1e-9, abs=1e-200)  # scipy itself is off below that
    low, high = clopper_pearson(k, n, level)
    if abs(ours - (1 - level)) > 1e-9:
        assert (rate < low or rate > high) == (ours < 1 - level)


@pytest.mark.parametrize(
    "call",
    [
        lambda: mcnemar_exact(-1, 2),
        lambda: tango(1, 1, 1),
        lambda: tango(0, 0, 0),
        lambda: tango(0, 0, 5, 1.0),
        lambda: newcombe(1, 0, 1, 2),
        lambda: newcombe(3, 2, 1, 2),
        lambda: welch(0, 0, 3, 0, 0, 3),
        lambda: t_probability(1, 0),
        lambda: binomial_probability(2, 1, 0.5),
    ],
)
def test_impossible_inputs_are_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_far_tail_is_exact():
    from fractions import Fraction

    rate, n, k = Fraction(0.4321785183153501), 881, 859
    exact = 2 * sum(math.comb(n, i) * rate**i * (1 - rate) ** (n - i) for i in range(k, n + 1))
    assert binomial_probability(k, n, float(rate)) == pytest.approx(float(exact), rel=1e-9)
    assert t_probability(1e-6, 62) == pytest.approx(1 - 7.947e-7, abs=1e-10)

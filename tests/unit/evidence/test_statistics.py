"""Our few lines of statistics against scipy and statsmodels, over inputs that hypothesis makes up."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.evidence.special import beta_cdf, beta_quantile, normal_quantile, t_critical
from workbench.evidence.statistics import (
    clopper_pearson,
    clopper_pearson_clustered,
    clustered_mean,
    effective_n,
    missing_bounds,
    pass_all_k,
    pass_at_k,
    t_interval,
    wilson,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])


@st.composite
def counts(draw: Any, largest: int = 20_000) -> tuple[int, int]:
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@settings(max_examples=150, deadline=None)
@given(counts(), LEVELS)
def test_wilson_agrees_with_statsmodels(pair, level):
    from statsmodels.stats.proportion import proportion_confint

    k, n = pair
    assert wilson(k, n, level) == pytest.approx(
        proportion_confint(k, n, alpha=1 - level, method="wilson"), rel=1e-9, abs=1e-12
    )


@settings(max_examples=150, deadline=None)
@given(counts(), LEVELS)
def test_clopper_pearson_agrees_with_statsmodels(pair, level):
    from statsmodels.stats.proportion import proportion_confint

    k, n = pair
    expected = proportion_confint(k, n, alpha=1 - level, method="beta")
    assert clopper_pearson(k, n, level) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.01, 5000), st.floats(0.01, 5000), st.floats(1e-6, 1 - 1e-6))
def test_beta_quantile_agrees_with_scipy(a, b, probability):
    from scipy.stats import beta

    x = beta_quantile(probability, a, b)
    if 1e-200 < x < 1 - 1e-12:
        assert beta_cdf(x, a, b) == pytest.approx(probability, rel=1e-9)
        assert x == pytest.approx(float(beta.ppf(probability, a, b)), rel=1e-8, abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.integers(1, 200_000), st.floats(0.5, 500)), LEVELS)
def test_t_critical_agrees_with_scipy(degrees, level):
    from scipy.stats import t

    assert t_critical(level, degrees) == pytest.approx(float(t.ppf(0.5 + level / 2, degrees)), rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-9, 1 - 1e-9))
def test_normal_quantile_agrees_with_scipy(probability):
    from scipy.stats import norm

    assert normal_quantile(probability) == pytest.approx(float(norm.ppf(probability)), rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.floats(-5, 5)), min_size=2, max_size=60))
def test_clustered_standard_error_agrees_with_statsmodels(rows):
    import numpy as np
    import statsmodels.api as sm

    clusters = np.array([row[0] for row in rows])
    values = np.array([row[1] for row in rows])
    ours = clustered_mean(values.tolist(), clusters.tolist())
    if len(set(clusters.tolist())) < 2:
        assert ours.standard_error is None
        return
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": clusters})
    assert ours.standard_error == pytest.approx(float(fit.bse[0]), rel=1e-9, abs=1e-9)
    assert ours.mean == pytest.approx(float(values.mean()), rel=1e-9, abs=1e-12)


def test_one_value_a_cluster_gives_the_ordinary_standard_error():
    values = [0.0, 1.0, 1.0, 0.0, 1.0]
    ours = clustered_mean(values, range(5))
    assert ours.standard_error == pytest.approx(math.sqrt(sum((v - 0.6) ** 2 for v in values) / 4 / 5))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 60), st.floats(-10, 10), st.floats(0.001, 4), LEVELS)
def test_t_interval_agrees_with_scipy(n, mean, error, level):
    from scipy.stats import t

    expected = t.interval(level, n - 1, loc=mean, scale=error)
    assert t_interval(mean, error, n - 1, level) == pytest.approx(
        [float(edge) for edge in expected], rel=1e-9, abs=1e-9
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.data())
def test_pass_at_k_agrees_with_the_product_of_the_paper(n, data):
    c = data.draw(st.integers(0, n))
    k = data.draw(st.integers(1, n))
    product = 1.0
    for i in range(n - c + 1, n + 1):
        product *= 1 - k / i
    expected = 1.0 if n - c < k else 1.0 - product
    assert pass_at_k(n, c, k) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_pass_at_k_is_not_defined_beyond_n():
    with pytest.raises(ValueError, match="not defined"):
        pass_at_k(3, 1, 4)
    assert pass_at_k(10, 3, 1) == pytest.approx(0.3)
    assert pass_all_k(4, 2, 2) == pytest.approx(1 / 6)


def test_figures_that_the_field_quotes():
    assert wilson(0, 30)[1] == pytest.approx(0.114, abs=5e-4)
    assert clopper_pearson(0, 30)[1] == pytest.approx(0.116, abs=5e-4)
    assert clopper_pearson(0, 24)[1] == pytest.approx(0.1425, abs=5e-5)
    assert missing_bounds(42, 42, 122) == (42 / 164, 1.0)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 500), st.integers(1, 500), st.floats(0, 1), st.one_of(st.none(), st.just(0.0), st.floats(1e-9, 1))
)
def test_effective_n_never_exceeds_n(n, clusters, rate, error):
    size = effective_n(rate, error, n, min(n, clusters))
    assert 0 < size <= n
    if rate in (0.0, 1.0) or not error:
        assert size == min(n, clusters)


def test_clustered_interval_is_wider_than_the_plain_one_and_never_breaks():
    plain = clopper_pearson(660, 1000)
    wide = clopper_pearson_clustered(0.66, 105, 1000, 100)
    assert wide[0] < plain[0] < plain[1] < wide[1]
    assert wide == pytest.approx(clopper_pearson(0.66 * 105, 105), abs=0.005)
    assert clopper_pearson_clustered(0.5, 1.0, 4, 2)[0] >= 0.0
    assert clopper_pearson_clustered(0.5, 1.0, 4, 1) == (0.0, 1.0)
    assert clopper_pearson_clustered(0.0, 36, 108, 36) == clopper_pearson(0, 36)


@pytest.mark.parametrize(("k", "n"), [(1, 0), (-1, 5), (6, 5), (float("nan"), 5)])
def test_impossible_counts_are_refused(k, n):
    with pytest.raises(ValueError, match="no rate"):
        wilson(k, n)
    with pytest.raises(ValueError, match="no rate"):
        clopper_pearson(k, n)


def test_large_counts_do_not_break():
    low, high = clopper_pearson(1, 2_000_000)
    assert 0 < low < 5e-7 < high < 1e-5
    low, high = clopper_pearson(1_000_000, 2_000_000)
    assert low < 0.5 < high

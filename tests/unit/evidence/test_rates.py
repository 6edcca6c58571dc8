"""Counts behind rounded rates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evidence.rates import successes_behind, successes_of_float


@pytest.mark.parametrize(
    ("value", "tolerance", "n", "count"),
    [
        (0.8598, 0.00005, 164, 141),
        (0.86, 0.005, 164, None),
        (0.5, 0.05, 10, 5),
        (0.5, 0.05, 11, None),
        (0.4, 0.0, 11, None),
        (1.0, 0.0, 3, 3),
        (1.4, 0.0, 5, None),
        (-0.2, 0.0, 5, None),
    ],
)
def test_rounded_rates(value, tolerance, n, count):
    assert successes_behind(value, tolerance, n) == count


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.integers(1, 12))
def test_a_count_is_found_or_left_open_but_never_wrong(case, digits):
    n, count = case
    assert successes_of_float(count / n, n) == count
    assert successes_behind(round(count / n, digits), 0.5 * 10**-digits, n) in (count, None)

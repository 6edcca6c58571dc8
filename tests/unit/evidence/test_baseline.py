"""How far a figure lies from what people achieve, and what is known of the difference."""

from typing import Any

import pytest

from tests.support import there
from workbench.evidence.baseline import baseline_of, difference_to_baseline, metric_of_typed
from workbench.evidence.estimate import of_mean, of_rate
from workbench.evidence.statistics import t_interval, wilson
from workbench.evidence.statistics_compare import newcombe, recovered, welch
from workbench.model.judgement import HumanBaseline, Measured
from workbench.model.runs import Baseline, Metric


def rate(successes: int, n: int, **fields: Any) -> Metric:
    known = {"id": "m", "run": "r", "kind": "proportion", "value": successes / n, "successes": successes, "n": n}
    return Metric.model_validate({**known, "missing": 0, **fields})


def test_two_rates_by_newcombe():
    gap = difference_to_baseline(rate(56, 70), Baseline(value=0.6, n=80))
    assert gap.value == pytest.approx(0.2)
    assert (gap.low, gap.high) == pytest.approx(newcombe(56, 70, 48, 80))
    assert (gap.method, gap.constant, gap.decided) == ("newcombe", False, True)
    counted = difference_to_baseline(rate(56, 70), Baseline(successes=48, n=80))
    assert (counted.value, counted.low) == pytest.approx((gap.value, gap.low))
    assert not difference_to_baseline(rate(56, 70), Baseline(value=0.6, n=80), 0.9999).decided


def test_a_baseline_without_n_is_a_constant_and_labelled_so():
    gap = difference_to_baseline(rate(56, 70), Baseline(value=0.6))
    low, high = wilson(56, 70)
    assert (gap.low, gap.high) == pytest.approx((low - 0.6, high - 0.6))
    assert gap.constant
    assert gap.how == "Against a constant: the baseline has no n, so only the metric's own uncertainty is shown."


def test_a_baseline_with_an_interval_only_says_how():
    gap = difference_to_baseline(rate(56, 70), Baseline(value=0.6, low=0.5, high=0.7))
    assert (gap.low, gap.high) == pytest.approx(recovered(0.8, wilson(56, 70), 0.6, (0.5, 0.7)))
    assert (gap.constant, gap.method) == (False, "recovered")
    assert "taken as published, at 95 %" in gap.how
    assert difference_to_baseline(rate(56, 70), Baseline(value=0.6, low=0.7, high=0.8)).constant


def test_clusters_widen_the_gap():
    items = [f"T/{i // 10}" for i in range(700)]
    values = [float(i < 560) for i in range(700)]
    metric = Metric.model_validate({"id": "m", "run": "r", "missing": 0, **of_rate(values, items)})
    gap = difference_to_baseline(metric, Baseline(value=0.6, n=80))
    plain = difference_to_baseline(rate(560, 700), Baseline(value=0.6, n=80))
    assert gap.value == plain.value
    assert there(gap.high) - there(gap.low) > there(plain.high) - there(plain.low)


def test_missing_items_bound_the_gap():
    gap = difference_to_baseline(rate(56, 70, missing=10), Baseline(value=0.6, n=80))
    assert gap.value == pytest.approx(0.2)
    assert gap.low == pytest.approx(newcombe(56, 80, 48, 80)[0])
    assert gap.high == pytest.approx(newcombe(66, 80, 48, 80)[1])
    assert "10 missing items are bounded" in gap.how


def test_a_mean_against_a_rate_by_welch():
    values = [0.5, 1.0, 0.0, 0.75, 0.9, 0.4]
    metric = Metric.model_validate({"id": "m", "run": "r", "missing": 0, **of_mean(values, range(6), bounded=True)})
    gap = difference_to_baseline(metric, Baseline(value=0.4, n=50))
    error = there(there(metric.estimate).standard_error)
    expected = welch(there(metric.value), error, 5, 0.4, (0.4 * 0.6 / 49) ** 0.5, 49)
    assert (gap.low, gap.high) == pytest.approx(expected)
    assert gap.method == "welch"


def test_a_mean_of_another_unit_needs_the_baseline_s_interval():
    metric = Metric.model_validate(
        {"id": "m", "run": "r", "missing": 0, **of_mean([3.0, 4.0, 8.0], range(3), bounded=False)}
    )
    constant = difference_to_baseline(metric, Baseline(value=4.0, n=12))
    assert constant.constant
    assert "the baseline's spread is not known" in constant.how
    low, high = t_interval(5.0, there(there(metric.estimate).standard_error), 2)
    assert (constant.low, constant.high) == pytest.approx((low - 4, high - 4))
    known = difference_to_baseline(metric, Baseline(value=4.0, low=3.5, high=4.5, n=12))
    assert known.method == "recovered"


def test_what_is_not_known_gives_no_interval():
    assert difference_to_baseline(rate(5, 10), Baseline()).how == "The baseline has no value."
    assert difference_to_baseline(rate(5, 10, value=None), Baseline(value=0.5)).how == "The metric has no value."
    bare = Metric.model_validate({"id": "m", "run": "r", "value": 0.5})
    gap = difference_to_baseline(bare, Baseline(value=0.25, n=10))
    assert (gap.value, gap.low, gap.decided) == (0.25, None, False)
    assert "own spread cannot be estimated" in gap.how


def test_capability_cells_use_the_same_difference():
    human = baseline_of(HumanBaseline(value=0.6, n=80, who="developers", source="study"))
    typed = metric_of_typed(Measured(value=0.8, n=70), "pass_rate")
    gap = difference_to_baseline(typed, human)
    assert (gap.low, gap.high) == pytest.approx(newcombe(56, 70, 48, 80))
    assert human.source == "study"

"""What a figure supports, what it refutes, and what it leaves open."""

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.evidence.criterion import parse_criterion
from workbench.evidence.intervals import p_value_of
from workbench.evidence.statistics import clopper_pearson, wilson
from workbench.evidence.verdict import decisive_n, judge, needed_n
from workbench.model.judgement import SystemUnderAnalysis
from workbench.model.runs import Criterion, Estimate, Metric, Run

RUN = Run.model_validate({"id": "r", "status": "success", "model": {"name": "lab/model-1"}})


def rate(successes: int | None, n: int | None, missing: int | None = 0, **fields: Any) -> Metric:
    value = successes / n if n and successes is not None else None
    known = {"kind": "proportion", "value": value, "successes": successes, "n": n, "missing": missing} | fields
    return Metric.model_validate({"id": "m", "run": "r", "name": "vulnerable_rate", **known})


def verdict(metric: Metric, text: str, run: Run = RUN, **changes: Any) -> Any:
    return judge(metric, run, _with(text, changes))


def _with(text: str, changes: dict[str, Any]) -> Criterion:
    return Criterion.model_validate({**parse_criterion(text).model_dump(), **changes})


@pytest.mark.parametrize(
    ("successes", "n", "criterion", "expected", "reason"),
    [
        (
            0,
            24,
            "<= 0.10 @95%",
            "inconclusive",
            (
                "0 failures in 24: the upper bound 14.2 % is above 10 %; 36 without a failure would decide, "
                "if the rate stays as seen."
            ),
        ),
        (0, 36, "<= 0.10 @95%", "supports", "0 failures in 36: the upper bound 9.7 % is below 10 %."),
        (0, 35, "<= 0.10 @95%", "inconclusive", "0 failures in 35: the upper bound 10.003 % is above 10 %"),
        (30, 100, "<= 10%", "refutes", "30 of 100: the lower bound 21.2 % is above 10 %."),
        (15, 100, "<= 10%", "inconclusive", "15 of 100: the interval from 8.6 % to 23.5 % spans 10 %."),
        (
            5,
            100,
            "<= 10%",
            "inconclusive",
            (
                "5 of 100: the upper bound 11.3 % is above 10 %; about 142 at this rate would decide, "
                "if the rate stays as seen."
            ),
        ),
        (141, 164, ">= 75%", "supports", "141 of 164: the lower bound 79.7 % is above 75 %."),
        (
            141,
            164,
            ">= 80%",
            "inconclusive",
            "141 of 164: the lower bound 79.7 % is below 80 %; about 179 at this rate would decide",
        ),
        (141, 164, ">= 95%", "refutes", "141 of 164: the upper bound 90.9 % is below 95 %."),
        (
            20,
            20,
            ">= 90%",
            "inconclusive",
            "0 failures in 20: the lower bound 83.2 % is below 90 %; 36 without a failure would decide",
        ),
        (0, 24, ">= 90%", "refutes", "0 of 24: the upper bound 14.2 % is below 90 %"),
        (5, 5, "<= 100%", "supports", "5 of 5: the upper bound 100 % just meets 100 %"),
        (5, 5, "< 100%", "inconclusive", "5 of 5"),
    ],
)
def test_rates(successes, n, criterion, expected, reason):
    found = verdict(rate(successes, n), criterion)
    assert found.verdict == expected
    assert reason in found.reason
    assert found.reason.endswith(".")
    assert found.interval == clopper_pearson(successes, n, 0.95)
    assert found.shown == wilson(successes, n, 0.95)
    assert (found.value, found.n, found.method) == (successes / n, n, "clopper-pearson")


def test_the_level_of_the_criterion_decides():
    metric = rate(3, 100)
    assert verdict(metric, "<= 9% @95%").verdict == "supports"
    assert verdict(metric, "<= 9% @99%").verdict == "inconclusive"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 900), st.sampled_from([0.8, 0.9, 0.95, 0.99]), st.sampled_from(["<=", "<"]))
def test_the_number_that_would_decide_is_the_smallest_that_does(permille, level, comparator):
    margin = permille / 1000
    criterion = Criterion(comparator=comparator, threshold=margin, level=level)
    n = decisive_n(margin, criterion)
    assert n is not None
    assert judge(rate(0, n), RUN, criterion).verdict == "supports"
    assert n == 1 or judge(rate(0, n - 1), RUN, criterion).verdict == "inconclusive"


def test_missing_items_neither_help_nor_hurt():
    assert verdict(rate(95, 100), ">= 80%").verdict == "supports"
    lost = verdict(rate(95, 100, missing=40), ">= 80%")
    assert lost.verdict == "inconclusive"
    assert "40 of 140 items are missing" in lost.reason
    assert lost.interval == (clopper_pearson(95, 140)[0], clopper_pearson(135, 140)[1])
    assert verdict(rate(95, 100, missing=40), ">= 50%").verdict == "supports"
    assert verdict(rate(95, 100, missing=40), "<= 20%").verdict == "refutes"
    assert verdict(rate(0, 100, missing=2), "<= 4%").verdict == "inconclusive"


def test_a_rate_without_a_value_is_judged_by_its_bounds():
    only_passes = rate(42, 42, missing=122, value=None)
    found = verdict(only_passes, ">= 50%")
    assert (found.verdict, found.value) == ("inconclusive", None)
    assert "122 of 164 items are missing" in found.reason
    assert verdict(only_passes, ">= 15%").verdict == "supports"


def test_repeats_count_for_less():
    plain = rate(660, 1000)
    assert verdict(plain, "<= 70%").verdict == "supports"
    estimate = Estimate(n_effective=105, standard_error=0.046, method="wilson-clustered")
    clustered = plain.replace(clusters=100, estimate=estimate)
    found = verdict(clustered, "<= 70%")
    assert found.verdict == "inconclusive"
    assert "660 of 1,000, worth 105 independent ones" in found.reason
    assert found.method == "clopper-pearson-clustered"
    assert found.interval[1] - found.interval[0] > 2.5 * (clopper_pearson(660, 1000)[1] - clopper_pearson(660, 1000)[0])


def test_repeats_that_never_fail_count_as_items():
    estimate = Estimate(n_effective=10, method="wilson-clustered")
    found = verdict(rate(0, 100, clusters=10, estimate=estimate), "<= 10%")
    assert found.verdict == "inconclusive"
    assert found.interval == clopper_pearson(0, 10)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "error"}, "ended with an error"),
        ({"status": "cancelled"}, "was cancelled"),
        ({"status": "started"}, "did not end"),
        ({"invalidated": True}, "marked as invalid"),
    ],
)
def test_runs_on_which_nothing_can_rest(changes, words):
    found = verdict(rate(100, 100), ">= 50%", run=RUN.replace(**changes))
    assert found.verdict == "inconclusive"
    assert words in found.reason
    assert found.interval is not None


def test_a_format_without_status_is_not_held_against_the_run():
    assert verdict(rate(100, 100), ">= 50%", run=RUN.replace(status="unknown")).verdict == "supports"


def test_what_the_criterion_asks_of_the_run():
    assert "asks for 50" in verdict(rate(20, 20), ">= 50%", min_n=50).reason
    assert verdict(rate(50, 50), ">= 50%", min_n=50).verdict == "supports"
    repeated = rate(60, 100, clusters=10, estimate=Estimate(n_effective=12.0, standard_error=0.14))
    assert "worth 12 independent ones" in verdict(repeated, ">= 1%", min_n=50).reason
    assert "the criterion allows 5 %" in verdict(rate(90, 90, missing=10), ">= 50%", max_error_rate=0.05).reason
    assert verdict(rate(90, 90, missing=10), ">= 50%", max_error_rate=0.1).verdict == "supports"
    assert "not known" in verdict(rate(90, 90, missing=None), ">= 50%", max_error_rate=0.1).reason


def test_thousands_stand_apart_in_every_sentence():
    assert verdict(rate(12_000, 20_000), "<= 50%").reason.startswith("12,000 of 20,000: ")
    assert "2,000 of 22,000 items are missing" in verdict(rate(12_000, 20_000, missing=2_000), "<= 62%").reason
    assert verdict(rate(1_200, 1_200), "<= 50%", min_n=5_000).reason.startswith("1,200 items were scored; the")
    assert "asks for 5,000" in verdict(rate(1_200, 1_200), "<= 50%", min_n=5_000).reason


def test_nothing_known_decides_nothing():
    assert "is not known" in verdict(rate(0, None), "<= 10%").reason
    assert "nothing was scored" in verdict(rate(0, 0), "<= 10%").reason
    figure_only = rate(None, 78, kind="mean", value=None, reported={"value": 0.7, "stderr": 0.01})
    found = verdict(figure_only, ">= 10%")
    assert (found.verdict, found.interval) == ("inconclusive", None)
    assert "could not be recomputed" in found.reason


def mean(value: float, error: float | None, n: int, unit: str = "other", **fields: Any) -> Metric:
    estimate = Estimate(standard_error=error, method="t", n_effective=n)
    data = {"id": "m", "run": "r", "kind": "mean", "unit": unit, "value": value, "n": n, "missing": 0}
    return Metric.model_validate(data | {"estimate": estimate} | fields)


def test_means_use_student_s_interval():
    found = verdict(mean(2.5, 0.2, 11), "<= 3")
    assert found.verdict == "supports"
    assert found.interval == pytest.approx((2.5 - 2.2281389 * 0.2, 2.5 + 2.2281389 * 0.2))
    assert "2.946" in found.reason
    assert verdict(mean(2.5, 0.2, 3), "<= 3").verdict == "inconclusive"
    assert verdict(mean(2.5, 0.01, 11), "<= 2").verdict == "refutes"
    assert "cannot be estimated" in verdict(mean(2.5, 0.0, 11), "<= 3").reason
    assert "could be anything" in verdict(mean(2.5, 0.01, 11, missing=1), "<= 3").reason


def test_a_bounded_mean_bounds_what_is_missing():
    full = verdict(mean(0.9, 0.01, 50, unit="proportion"), ">= 0.8")
    assert full.verdict == "supports"
    lost = verdict(mean(0.9, 0.01, 50, unit="proportion", missing=50), ">= 0.8")
    assert lost.verdict == "inconclusive"
    assert lost.interval[0] == pytest.approx((0.9 - 2.0095752 * 0.01) / 2)
    certain = verdict(mean(1.0, None, 20, unit="proportion"), ">= 0.9")
    assert (certain.verdict, certain.method) == ("inconclusive", "clopper-pearson")


def test_age_suspends_only_on_a_day_that_is_given():
    run = RUN.replace(completed_at="2026-01-01T23:30:00-05:00")  # the second of January in UTC
    criterion = _with(">= 50%", {"max_age_days": 30})
    assert judge(rate(100, 100), run, criterion).stale == ()
    assert judge(rate(100, 100), run, criterion, as_of=date(2026, 2, 1)).stale == ()
    old = judge(rate(100, 100), run, criterion, as_of=date(2026, 2, 2))
    assert old.verdict == "supports"
    assert "31 days old" in old.stale[0]
    undated = judge(rate(100, 100), RUN, criterion, as_of=date(2026, 2, 2))
    assert "has no date" in undated.stale[0]


@pytest.mark.parametrize(
    ("model", "version", "fresh"),
    [
        ("model-1", "", True),
        ("Lab/Model 1", "", True),
        ("model", "1", True),
        ("model-2", "", False),
        ("model-1", "2026-05", True),
        ("", "", True),
    ],
)
def test_evidence_from_another_model_is_suspended(model, version, fresh):
    system = SystemUnderAnalysis(model=model, version=version)
    found = judge(rate(100, 100), RUN, parse_criterion(">= 50%"), system=system)
    assert (found.stale == ()) is fresh
    assert found.verdict == "supports"


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, max(n, 0)), st.just(n))),
    st.integers(0, 50),
    st.sampled_from(["<=", "<", ">=", ">"]),
    st.floats(0, 1),
)
def test_a_verdict_holds_for_every_outcome_of_the_missing(pair, missing, comparator, threshold):
    k, n = pair
    criterion = Criterion(comparator=comparator, threshold=threshold)
    found = judge(rate(k, n, missing=missing), RUN, criterion)
    assert found.reason.endswith(".")
    if found.verdict != "inconclusive":
        for extra in {0, missing // 2, missing}:
            assert judge(rate(k + extra, n + missing), RUN, criterion).verdict == found.verdict


def needed_by_scipy(successes: int, n: int, criterion: Criterion) -> int:
    """The first n, one by one, at which the exact bound at the rate seen satisfies the criterion."""
    from scipy.stats import beta

    tail, rate_seen = (1 - criterion.level) / 2, successes / n
    for size in range(n, 200_000):
        k = rate_seen * size
        upper = float(beta.ppf(1 - tail, k + 1, size - k)) if k < size else 1.0
        lower = float(beta.ppf(tail, k, size - k + 1)) if k > 0 else 0.0
        if upper <= criterion.threshold if criterion.comparator == "<=" else lower >= criterion.threshold:
            return size
    raise AssertionError


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("successes", "n", "text"),
    [(5, 100, "<= 10%"), (1, 20, "<= 10% @90%"), (141, 164, ">= 80%"), (0, 24, "<= 10%"), (19, 20, ">= 80% @99%")],
)
def test_the_number_that_would_decide_agrees_with_scipy(successes, n, text):
    criterion = parse_criterion(text)
    metric = rate(successes, n)
    assert verdict(metric, text).verdict == "inconclusive"
    assert needed_n(metric, criterion) == needed_by_scipy(successes, n, criterion)


def test_no_number_is_named_where_none_would_do():
    assert needed_n(rate(10, 100), parse_criterion("<= 10%")) is None  # the rate seen is the threshold itself
    assert needed_n(rate(15, 100), parse_criterion("<= 10%")) is None
    assert needed_n(rate(9999, 100_000), parse_criterion("<= 10%")) is None  # more than a million
    assert needed_n(rate(5, 100, missing=3), parse_criterion("<= 10%")) is None
    assert needed_n(mean(2.5, 0.2, 11), parse_criterion("<= 3")) is None
    assert "would decide" not in verdict(rate(10, 100), "<= 10%").reason
    assert verdict(rate(0, 24), "<= 10%").needed == 36
    assert verdict(rate(0, 36), "<= 10%").needed is None


def test_repeats_that_would_decide_are_counted_in_distinct_items():
    estimate = Estimate(n_effective=40, standard_error=0.05, method="wilson-clustered")
    metric = rate(5, 100, clusters=40, estimate=estimate)
    found = verdict(metric, "<= 12%")
    assert found.verdict == "inconclusive"
    grown = found.needed / 100
    more = metric.replace(
        n=found.needed, successes=5 * grown, clusters=round(40 * grown), estimate=Estimate(n_effective=40 * grown)
    )
    assert verdict(more, "<= 12%").verdict == "supports"
    assert f"about {found.needed} at this rate (about {math.ceil(0.4 * found.needed)} distinct items)" in found.reason


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("vulnerable_rate", {}, "0 failures in 24"),
        ("pass_rate", {}, "0 passes in 24"),
        ("exploit", {"tool_says_higher_is_better": True}, "0 passes in 24"),
    ],
)
def test_what_was_not_seen_is_called_by_its_name(name, fields, words):
    assert verdict(rate(0, 24, name=name, **fields), "<= 10%").reason.startswith(words)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(0, 30),
    st.sampled_from([None, 0.3, 0.9]),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
    st.floats(0.01, 0.99),
)
def test_the_probability_is_small_where_the_deciding_interval_decides(pair, missing, share, level, threshold):
    k, n = pair
    fields: dict[str, Any] = {}
    if share is not None and n >= 10:
        clusters = max(2, round(share * n))
        fields = {"clusters": clusters, "estimate": Estimate(n_effective=float(clusters))}
    metric = rate(k, n, missing=missing, **fields)
    criterion = Criterion(comparator="<=", threshold=threshold, level=level)
    p_value = p_value_of(metric, criterion)
    assert p_value is not None
    assert 0 <= p_value <= 1
    if abs(p_value - (1 - level)) > 1e-6:
        assert (p_value < 1 - level) == (judge(metric, RUN, criterion).verdict != "inconclusive")


def test_the_probability_of_means_and_of_what_is_not_known():
    assert p_value_of(mean(2.5, 0.2, 11), parse_criterion("<= 3")) == pytest.approx(0.03145, abs=1e-5)
    assert p_value_of(mean(2.5, 0.2, 11, missing=1), parse_criterion("<= 3")) is None
    assert p_value_of(rate(0, None), parse_criterion("<= 3")) is None
    half = mean(0.9, 0.01, 50, unit="proportion", missing=50)
    assert p_value_of(half, parse_criterion(">= 0.8")) == 1.0

"""Criteria as people type them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evidence.criterion import CriterionProblem, check_meant, format_criterion, holds, parse_criterion
from workbench.model.runs import Criterion, Metric


@pytest.mark.parametrize(
    ("text", "comparator", "threshold", "level"),
    [
        ("<= 0.10 @95%", "<=", 0.10, 0.95),
        (">=90%", ">=", 0.90, 0.95),
        ("< 5 % @ 99 %", "<", 0.05, 0.99),
        ("≤ 10 % at 90 %", "<=", 0.10, 0.90),
        ("≥.5@80%", ">=", 0.5, 0.80),
        ("> 1e-3 @0.99", ">", 0.001, 0.99),
        ("  <= 3 @ 95  ", "<=", 3.0, 0.95),
        (">= -2.5", ">=", -2.5, 0.95),
        ("<=0.10@99.9%", "<=", 0.10, 0.999),
    ],
)
def test_what_is_understood(text, comparator, threshold, level):
    criterion = parse_criterion(text)
    assert criterion.comparator == comparator
    assert criterion.threshold == pytest.approx(threshold)
    assert criterion.level == pytest.approx(level)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("0.10", "does not begin with"),
        ("= 0.10", "does not begin with"),
        ("pass_rate <= 0.1", "does not begin with"),
        ("<= 0,10", "use a point"),
        ("<= ten", "cannot be read"),
        ("<= 0.1 95%", "cannot be read"),
        ("<= 0.1 @", "cannot be read"),
        ("<= nan", "cannot be read"),
        ("<= 1e999", "too large"),
        ("<= 0.1 @100%", "below 100 %"),
        ("<= 0.1 @5%", "at least 50 %"),
    ],
)
def test_what_is_refused_in_one_sentence(text, words):
    with pytest.raises(CriterionProblem, match=words) as caught:
        parse_criterion(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@given(st.text(max_size=30))
def test_no_text_does_anything_else(text):
    with contextlib.suppress(CriterionProblem):
        parse_criterion(text)


def test_for_people():
    assert format_criterion(parse_criterion("<= 0.10 @95%")) == "≤ 10 % at 95 %"
    assert format_criterion(parse_criterion(">0.0015@99.9%")) == "> 0.15 % at 99.9 %"
    assert format_criterion(parse_criterion("< 12.5"), "other") == "< 12.5 at 95 %"


@given(st.sampled_from(["<=", "<", ">=", ">"]), st.integers(0, 1000), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_what_is_written_can_be_read_again(comparator, permille, level):
    criterion = Criterion(comparator=comparator, threshold=permille / 1000, level=level)
    again = parse_criterion(format_criterion(criterion))
    assert again.comparator == comparator
    assert again.threshold == pytest.approx(criterion.threshold)
    assert again.level == pytest.approx(level)


def test_a_threshold_outside_a_proportion_is_questioned():
    rate = Metric(id="m", run="r", name="pass_rate", kind="proportion", unit="proportion")
    with pytest.raises(CriterionProblem, match="for percent write 10%"):
        check_meant(parse_criterion("<= 10"), rate)
    check_meant(parse_criterion("<= 10%"), rate)
    check_meant(parse_criterion("<= 10"), rate.replace(unit="other"))


def test_meeting_the_threshold():
    assert [holds(0.1, parse_criterion(f"{sign} 0.1")) for sign in ("<=", "<", ">=", ">")] == [True, False, True, False]

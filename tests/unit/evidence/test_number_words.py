"""Numbers in sentences, and the hint for a threshold no share can have."""

import pytest

from workbench.analysis.words import percent as wide_percent
from workbench.evidence.criterion import CriterionProblem, check_meant, parse_criterion
from workbench.evidence.labels import number, percent
from workbench.model.runs import Metric


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (8538.4, "8,538"),
        (70934, "70,934"),
        (999.4, "999.4"),
        (1e6, "1,000,000"),
        (-8538, "-8,538"),
        (0.01234, "0.01234"),
    ],
)
def test_thousands_stand_apart_in_every_number(value, said):
    assert number(value) == said


@pytest.mark.parametrize(("text", "hint"), [(">= -5%", "share from 0 % to 100 %"), ("<= 10", "for percent write 10%")])
def test_the_hint_names_a_threshold_that_can_be(text, hint):
    metric = Metric(id="m", run="r", name="rate", kind="proportion")
    with pytest.raises(CriterionProblem, match="outside 0 to 1") as problem:
        check_meant(parse_criterion(text), metric)
    assert hint in str(problem.value)
    assert "-0.05%" not in str(problem.value)


@pytest.mark.parametrize(
    ("value", "said", "in_tables"),
    [
        (1 / 601, "0.17 %", "0.17"),
        (4.2e-5, "0.0042 %", "0.0042"),
        (0.00924, "0.92 %", "0.92"),
        (1e-9, "< 0.0001 %", "< 0.0001"),
        (1 - 1 / 601, "99.83 %", "99.83"),
        (1 - 1e-9, "> 99.9999 %", "> 99.9999"),
        (0.0, "0 %", "0.0"),
        (1.0, "100 %", "100.0"),
        (0.142, "14.2 %", "14.2"),
    ],
)
def test_a_share_near_nothing_or_all_keeps_two_digits_that_count(value, said, in_tables):
    assert percent(value) == said
    assert wide_percent(value) == f"{in_tables}\u202f%"

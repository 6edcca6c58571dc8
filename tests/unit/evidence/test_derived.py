"""Figures of the diagram that follow from evidence."""

from typing import Any

import pytest

from tests.support import there
from tests.unit.evidence.test_staleness import claim, metric, run
from workbench.evidence.derived import derived_effectiveness, derived_likelihood
from workbench.evidence.statistics import wilson
from workbench.model.elements import Cause, Control, Guard, Link, TopEvent
from workbench.store.store import Store


def store(*records: Any, cause: dict[str, Any] | None = None, control: dict[str, Any] | None = None) -> Store:
    base = [
        Cause.model_validate({"id": "c", "likelihood_from": "e", **(cause or {})}),
        TopEvent(id="t"),
        Link(id="l", source="c", target="t"),
        Control.model_validate({"id": "b", "effectiveness_from": "e", **(control or {})}),
        Guard(id="g", control="b", subject="l"),
        run(),
        metric(successes=20),
        claim(title="Reviewers miss it"),
    ]
    ids = {record.id for record in records}
    return Store([*(record for record in base if record.id not in ids), *records])


LOW, HIGH = wilson(20, 100)


def test_a_rate_of_failures_is_turned_round():
    found = derived_effectiveness(store(), "b")
    assert (there(found).value, there(found).low, there(found).high) == pytest.approx((0.8, 1 - HIGH, 1 - LOW))
    assert (there(found).unit, there(found).suspended, there(found).evidence) == ("probability", False, "e")
    assert there(found).why == "From “Reviewers miss it”, which counts the times it failed."


def test_a_rate_of_successes_is_taken_as_it_is():
    found = derived_effectiveness(store(control={"effectiveness_is": "successes"}), "b")
    assert (there(found).value, there(found).low, there(found).high) == pytest.approx((0.2, LOW, HIGH))
    assert "times it worked" in there(found).why


def test_a_control_on_a_line_takes_its_control_s_unless_it_has_its_own():
    made = store()
    guard = there(made.find("g", Guard))
    assert derived_effectiveness(made, guard) == derived_effectiveness(made, "b")
    own = store(Guard(id="g", control="b", subject="l", effectiveness=0.5))
    assert derived_effectiveness(own, "g") is None
    linked = store(
        Guard(id="g", control="b", subject="l", effectiveness_from="e2", effectiveness_is="successes"),
        metric("m2", successes=70),
        claim("e2", "m2", subject="g"),
    )
    assert there(derived_effectiveness(linked, "g")).value == pytest.approx(0.7)
    assert there(derived_effectiveness(linked, "b")).value == pytest.approx(0.8)


def test_nothing_linked_gives_nothing():
    made = store(cause={"likelihood_from": None}, control={"effectiveness_from": None})
    assert derived_effectiveness(made, "b") is None
    assert derived_effectiveness(made, "g") is None
    assert derived_likelihood(made, "c") is None
    assert derived_effectiveness(made, "t") is None
    assert derived_likelihood(made, "nobody") is None


def test_a_rate_per_attempt_stays_one_without_an_exposure():
    found = derived_likelihood(store(), "c")
    assert (there(found).value, there(found).low, there(found).high) == pytest.approx((0.2, LOW, HIGH))
    assert there(found).unit == "per_use"
    assert "no exposure (attempts a year) is stated" in there(found).why


def test_an_exposure_without_a_source_makes_no_frequency():
    found = derived_likelihood(store(cause={"exposure": {"per_year": 5000}}), "c")
    assert (there(found).value, there(found).unit) == (0.2, "per_use")
    assert "the stated exposure has no source" in there(found).why


def test_a_stated_exposure_makes_a_frequency_and_keeps_the_interval():
    exposure = {"per_year": 5000, "source": "Usage report 2026."}
    found = derived_likelihood(store(cause={"exposure": exposure}), "c")
    assert (there(found).value, there(found).low, there(found).high) == pytest.approx((1000, 5000 * LOW, 5000 * HIGH))
    assert there(found).unit == "per_year"
    assert "times 5,000 attempts a year (Usage report 2026)" in there(found).why


def test_suspended_evidence_gives_a_suspended_figure():
    made = store(run(withdrawn={"reason": "Wrong prompts"}))
    for found in (derived_effectiveness(made, "b"), derived_likelihood(made, "c")):
        assert there(found).suspended
        assert there(found).value is not None
        assert "Suspended: The run was withdrawn: Wrong prompts." in there(found).why


def test_missing_items_widen_the_interval():
    found = derived_likelihood(store(metric(successes=20, missing=50)), "c")
    assert there(there(found).low) < LOW
    assert there(there(found).high) > HIGH


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": None, "successes": None}, "has no value"),
        ({"unit": "count", "value": 12.0, "successes": None}, "is no rate per attempt"),
        ({"unit": "other", "value": 0.4, "successes": None}, "is no rate per attempt"),
        ({"unit": "percent", "value": 140.0, "successes": None}, "lies outside 0 to 1"),
    ],
)
def test_what_is_no_rate_says_why(changes, why):
    found = derived_likelihood(store(metric(**changes)), "c")
    assert (there(found).value, there(found).low) == (None, None)
    assert why in there(found).why


def test_percent_and_unknown_spread():
    found = derived_likelihood(store(metric(unit="percent", value=14.0, successes=None, n=None)), "c")
    assert there(found).value == pytest.approx(0.14)
    assert (there(found).low, there(found).high) == (None, None)
    assert "Its uncertainty is not known." in there(found).why


def test_a_document_gives_no_figure():
    found = derived_effectiveness(store(claim(metric=None, kind="document", criterion=None)), "b")
    assert there(found).why == "The claim rests on no measurement, so no figure follows from it."

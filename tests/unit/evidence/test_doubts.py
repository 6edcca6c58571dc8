"""What weakens a claim without suspending it."""

from typing import Any

import pytest

from tests.unit.evidence.test_staleness import AT_MOST, claim, metric, of, run
from workbench.evidence.doubts import ADDING_SAMPLES, PROMPTS, unasked
from workbench.model.runs import Criterion

LOW = "A low score reassures only if the model was made to show what it can do"
BEFORE = AT_MOST.model_copy(update={"set_before_results": True})
ANSWERED = [{"kind": kind, "state": "answered", "answer": "Tried."} for kind in ("under_elicited", "sandbagging")]


def doubts(*records: Any, **fields: Any) -> tuple[str, ...]:
    base: dict[str, Any] = {"criterion": BEFORE, "defeaters": ANSWERED}
    found = of(*(records or (run(), metric())), claim(**(base | fields)))
    return next(one.doubts for one in found if one.evidence.id == "e")


def test_a_claim_well_made_has_none():
    assert doubts() == ()
    assert of(run(), metric(), claim(), doubts=False)[0].doubts == ()


def test_when_the_criterion_was_set():
    after = AT_MOST.model_copy(update={"set_before_results": False})
    assert doubts(criterion=after) == ("The criterion was set after the results were seen.",)
    assert doubts(criterion=AT_MOST) == ("Nobody has said whether the criterion was set before the results were seen.",)


def test_a_criterion_changed_after_the_result_is_doubted_whatever_else_is_said_of_it():
    first = BEFORE.model_copy(update={"threshold": 0.05})
    assert doubts(first_criterion=first, criterion_reason="The policy.") == (
        "The criterion was changed after the result was seen (first ≤ 5 % at 95 %): The policy.",
    )
    assert "no reason is given" in doubts(first_criterion=first, criterion=None)[0]
    assert doubts(first_criterion=BEFORE) == ()


def test_open_defeaters_and_gaps_stay_visible():
    entries = [*ANSWERED, {"kind": "proxy_gap", "text": "Short  tasks\nonly."}, {"kind": "other"}]
    gaps = [{"text": "No one tried Rust"}, {"text": "Known", "handling": "accepted"}]
    assert doubts(defeaters=entries, deficits=gaps) == (
        "Open defeater, proxy gap: Short tasks only.",
        "Open defeater.",
        "Open gap in knowledge: No one tried Rust.",
    )


def test_a_low_score_asks_how_hard_the_model_was_tried():
    assert doubts(defeaters=[]) == (f"{LOW}: not answered yet (under-elicited and sandbagging).",)
    assert doubts(defeaters=ANSWERED[:1]) == (f"{LOW}: not answered yet (sandbagging).",)
    high = Criterion(comparator=">=", threshold=0.5, set_before_results=True)
    assert doubts(run(), metric(successes=90), criterion=high, defeaters=[]) == ()
    assert doubts(run(), metric(successes=50), defeaters=[]) == ()  # it does not reassure


def test_what_has_not_been_asked_yet():
    assert unasked(claim(defeaters=ANSWERED)) == ("proxy_gap", "contaminated")
    assert set(PROMPTS) == {"proxy_gap", "under_elicited", "sandbagging", "contaminated"}


def test_a_number_that_would_decide_comes_with_a_warning():
    assert doubts(run(), metric(n=24)) == (ADDING_SAMPLES,)
    assert doubts(run(), metric(successes=20)) == ()  # nothing would


def many(count: int, successes: int = 3, **fields: Any) -> list[Any]:
    found: list[Any] = [run()]
    for index in range(count):
        name = f"figure {index}"
        found += [metric(f"m{index}", successes=successes, name=name)]
        found += [claim(f"e{index}", f"m{index}", criterion=BEFORE, defeaters=ANSWERED, **fields)]
    return found


def test_many_comparisons_are_counted_and_corrected():
    alone = of(*many(1))[0]
    assert (alone.verdict, alone.doubts) == ("supports", ())
    for found in of(*many(6)):
        assert found.verdict == "supports"  # never silently applied
        (doubt,) = found.doubts
        assert doubt == (
            "One of 6 comparisons on this subject or with this criterion on this run: by Holm's correction it does not "
            "decide at 95 % (p 0.016, adjusted 0.094)."
        )
    assert all("still decides at 95 %" in found.doubts[0] for found in of(*many(6, successes=0)))
    assert all(found.doubts == () for found in of(*many(2, successes=0)))


def test_the_same_criterion_on_other_figures_of_the_run_counts_wherever_it_hangs():
    from workbench.model.elements import Cause

    here, elsewhere = many(1), many(6)[3:]
    moved = [record.replace(subject="d") if hasattr(record, "subject") else record for record in elsewhere]
    (found,) = of(*here, Cause(id="d"), *moved)
    assert found.doubts[0].startswith("One of 6 comparisons")
    other = [
        record.replace(criterion=BEFORE.model_copy(update={"threshold": 0.2})) if hasattr(record, "subject") else record
        for record in moved
    ]
    (found,) = of(*here, Cause(id="d"), *other)
    assert found.doubts == ()


def test_one_claim_made_twice_is_one_comparison():
    twice = [*many(1), claim("again", "m0", criterion=BEFORE, defeaters=ANSWERED)]
    assert [found.doubts for found in of(*twice)] == [(), ()]


@pytest.mark.parametrize("said", [False, True])
def test_a_run_that_took_the_place_of_a_smaller_one(said):
    later = run("r2", completed_at="2026-06-01")
    smaller = run(superseded_by="r2") if said else run()
    records: list[Any] = [smaller, metric(n=24), later, metric("m2", "r2")]
    if not said:
        records.append(claim("first", criterion=BEFORE, defeaters=ANSWERED))
    found = of(*records, claim("second", "m2", criterion=BEFORE, defeaters=ANSWERED))[-1]
    assert found.verdict == "supports"
    assert found.doubts[-1] == (
        f"A smaller run of the same thing came before: “Run r” of 2026-01-01, 24 items; now 100. {ADDING_SAMPLES}"
    )


def test_few_distinct_items_are_said_to_be_few():
    estimate = {"n_effective": 12.0, "standard_error": 0.02}
    said = doubts(run(), metric(successes=1, clusters=12, estimate=estimate))[0]
    assert said.startswith("Only 12 distinct items are behind it, sampled again and again:")
    assert doubts(run(), metric(clusters=50, estimate={"n_effective": 50.0})) == ()

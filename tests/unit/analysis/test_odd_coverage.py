"""Coverage of the operational design domain: states, contradictions, pairs, the next entry, findings."""

import pytest

from tests.support import there
from workbench.analysis.odd_coverage import coverage, crossing, next_pair, next_unconsidered
from workbench.analysis.odd_findings import odd_findings
from workbench.analysis.odd_taxonomy import baseline, ordered
from workbench.commands.odd import load_baseline
from workbench.model.elements import Hazard
from workbench.model.judgement import Assessment, OddCategory, OddConsideration
from workbench.store.store import Store

A, B, C, D = (OddCategory(id=f"oc_{key}", group=group, name=key, parent=parent) for key, group, parent in (
    ("a", "Vector", None), ("b", "Vector", "oc_a"), ("c", "Vector", None), ("d", "Place", None),
))  # fmt: skip


def decided(category, state, other=None, reason="because"):
    return OddConsideration.of(category, other).replace(state=state, reason=reason, by="Ann", at="2026-01-02")


def hazard(key, *odd, **more):
    return Hazard(id=f"h_{key}", code=f"H-{key}", title=key, odd=odd, **more)


def verdicts(*records):
    return {entry.name: entry.verdict for entry in coverage(Store([A, B, C, D, *records])).entries}


def test_a_hazard_on_an_entry_counts_for_its_parent_too():
    found = verdicts(hazard("12", "oc_b"), hazard("9", "oc_b", "oc_a"))
    assert [h.code for h in found["a"].hazards] == ["H-9", "H-12"]
    assert {name: v.state for name, v in found.items()} == {
        "a": "hazard_found",
        "b": "hazard_found",
        "c": "not_considered",
        "d": "not_considered",
    }
    assert not found["b"].stated


def test_what_a_person_decided_stands_with_reason_name_and_day():
    verdict = verdicts(decided("oc_c", "judged_none"))["c"]
    assert (verdict.state, verdict.reason, verdict.by, verdict.at) == ("judged_none", "because", "Ann", "2026-01-02")
    assert verdict.considered
    assert not verdict.conflict


@pytest.mark.parametrize(
    ("state", "hazards", "words"),
    [
        ("judged_none", [hazard("1", "oc_b")], "H-1 carries it"),
        ("not_applicable", [hazard("1", "oc_b"), hazard("2", "oc_b")], "H-1, H-2 carry it"),
        ("hazard_found", [], "no hazard carries it"),
        ("hazard_found", [hazard("1", "oc_b", status="retired")], "no hazard carries it"),
        ("judged_none", [hazard("1", "oc_b", status="retired")], ""),
        ("hazard_found", [hazard("1", "oc_b")], ""),
    ],
)
def test_a_decision_against_the_hazards_is_told(state, hazards, words):
    conflict = verdicts(decided("oc_b", state), *hazards)["b"].conflict
    assert words in conflict
    assert bool(conflict) == bool(words)


def test_counts_by_group_and_in_all():
    whole = coverage(Store([A, B, C, D, decided("oc_c", "not_applicable"), hazard("1", "oc_b")]))
    assert (whole.considered, whole.total) == (3, 4)
    vector, place = whole.groups
    assert (place.name, place.considered) == ("Place", 0)
    assert (vector.count("hazard_found"), vector.count("not_applicable")) == (2, 1)


def test_the_order_hangs_on_the_records_alone_and_begins_with_the_baseline():
    own = OddCategory(id="oc_own", group="Zone", name="Desert")
    first = Store([own, *baseline()])
    second = Store([*reversed(baseline()), own])
    assert [e.id for e, _ in ordered(first)] == [e.id for e, _ in ordered(second)]
    assert [e.id for e, _ in ordered(first)] == [*(e.id for e in baseline()), "oc_own"]


def test_parents_in_a_circle_lose_no_entry():
    store = Store([A.replace(parent="oc_b"), B, C])
    assert sorted(entry.id for entry, _ in ordered(store)) == ["oc_a", "oc_b", "oc_c"]


def test_next_unconsidered_goes_in_order_and_around():
    whole = coverage(Store([A, B, C, D, decided("oc_c", "judged_none"), hazard("1", "oc_a")]))
    walked = [there(next_unconsidered(whole, after)).name for after in ("", "oc_a", "oc_b", "oc_d")]
    assert walked == ["b", "b", "d", "b"]
    assert next_unconsidered(coverage(Store([A, decided("oc_a", "judged_none")]))) is None


def test_pairs_meet_in_one_record_whichever_way_they_are_named():
    assert OddConsideration.of("oc_d", "oc_c").id == OddConsideration.of("oc_c", "oc_d").id
    assert OddConsideration.of("oc_c").id != OddConsideration.of("oc_c", "oc_d").id
    records = [A, B, C, D, hazard("1", "oc_b", "oc_d"), decided("oc_d", "judged_none", "oc_c")]
    crossed = crossing(Store(records), "Vector", "Place")
    assert {place: cell.state for place, cell in crossed.cells.items()} == {
        ("oc_a", "oc_d"): "hazard_found",
        ("oc_b", "oc_d"): "hazard_found",
        ("oc_c", "oc_d"): "judged_none",
    }
    assert crossed.considered == 3
    turned = crossing(Store(records), "Place", "Vector")
    assert turned.cells["oc_d", "oc_c"].reason == "because"
    assert verdicts(decided("oc_d", "judged_none", "oc_c"))["c"].state == "not_considered"


def test_a_pair_against_its_hazards_is_told_and_the_next_pair_is_found():
    crossed = crossing(
        Store([A, B, C, D, hazard("1", "oc_b", "oc_d"), decided("oc_b", "judged_none", "oc_d")]), "Vector", "Place"
    )
    assert "H-1" in crossed.cells["oc_b", "oc_d"].conflict
    assert next_pair(crossed) == ("oc_c", "oc_d")
    assert crossing(Store([A, C]), "Vector", "Vector").cells == {}


def test_a_pair_goes_with_either_of_its_entries():
    store = Store([A, B, C, D, decided("oc_c", "judged_none", "oc_d")])
    with store.transaction("Remove") as tx:
        tx.remove("oc_d")
    assert not store.count("odd_consideration")


def rules(*records):
    return [(finding.rule, finding.element) for finding in odd_findings(Store([*records]))]


def test_findings_name_what_is_open_contradicted_unreasoned_and_which_dimension_nobody_considered():
    everything = {"impact_dimensions": ("technical", "social", "economic")}
    found = rules(A, B, C, D, hazard("1", "oc_b", **everything), decided("oc_c", "judged_none", reason=" "),
                  decided("oc_b", "not_applicable"))  # fmt: skip
    assert found == [
        ("odd-not-considered", "oc_d"),
        ("odd-contradiction", "oc_b"),
        ("odd-reason", "oc_c"),
        ("impact-dimension", "project"),
    ]


def test_a_dimension_that_was_rated_was_considered_and_an_empty_project_has_no_findings():
    one = hazard("1", impact_dimensions=("technical", "social", "economic"))
    assert rules(one) == [("impact-dimension", "project")]
    assert rules(one, Assessment.of("h_1", "initial", "political")) == []
    assert rules() == []


def test_the_baseline_itself_is_wholly_open():
    store = Store()
    with store.transaction("Baseline") as tx:
        load_baseline(tx)
    whole = coverage(store)
    assert (whole.considered, whole.total) == (0, len(baseline()))
    assert len(odd_findings(store)) == 5

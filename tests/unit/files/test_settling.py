"""What a merge does with records that meet in ways no ordinary branch makes."""

from typing import Any

import pytest

from tests.unit.files.test_merge import BASE, CAUSE, LINK, rated, version
from workbench.commands.settle import settle
from workbench.files.merge import Merged, merge
from workbench.model.base import Record, UnknownRecord
from workbench.model.drawing import Diagram
from workbench.model.elements import Cause, Control, Guard, Hazard, Likelihood, Link
from workbench.model.judgement import PROJECT_ID, Assessment, Project, RiskScheme
from workbench.model.runs import Evidence
from workbench.store.integrity import find_dangling
from workbench.store.store import Store


def whole(merged: Merged) -> Merged:
    """A merge in which no reference dangles."""
    assert not find_dangling(merged.records.values(), merged.records)
    return merged


def brought(merged: Merged, subject: str) -> set[str]:
    (conflict,) = (one for one in merged.conflicts if one.subject == subject)
    return {key for table in conflict.brings.values() for key in table}


def settled(merged: Merged, which: Any) -> Store:
    store = Store(merged.records.values())
    with store.transaction("Settle") as tx:
        for conflict in merged.conflicts:
            settle(tx, conflict.id, which)
    return store


def test_one_id_for_two_kinds_of_things_is_a_conflict_about_all_of_it() -> None:
    ours, theirs = Cause(id="x", title="A"), Control(id="x", title="B")
    merged = whole(merge(BASE, version(ours), version(theirs)))
    (conflict,) = merged.conflicts
    assert (conflict.subject, conflict.field, conflict.ours, conflict.theirs) == (
        "x",
        "",
        {"title": "A"},
        {"title": "B"},
    )
    assert merged.records["x"] == ours


def test_both_add_a_record_of_an_unknown_type() -> None:
    def later(**fields: Any) -> Record:
        return UnknownRecord(id="z", record_type="later", **fields)

    merged = merge(BASE, version(later(one=1, same=3)), version(later(two=2, same=3)))
    assert merged.records["z"] == later(one=1, two=2, same=3)
    assert not merged.conflicts
    (conflict,) = merge(BASE, version(later(one=1)), version(later(one=2))).conflicts
    assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == ("one", None, 1, 2)


def test_an_entry_removed_here_and_changed_there_is_a_conflict_about_the_entry() -> None:
    def cells(**entries: str) -> RiskScheme:
        return RiskScheme(id="rs", cells=entries)

    base, mine = version(cells(a="High", b="Low")), version(cells(b="Low"))
    for ours, theirs, sides in (
        (mine, version(cells(a="Medium", b="Low")), (None, "Medium")),
        (version(cells(a="Medium", b="Low")), mine, ("Medium", None)),
    ):
        (conflict,) = merge(base, ours, theirs).conflicts
        assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == ("cells.a", "High", *sides)
    merged = merge(base, mine, version(cells(a="High", b="Medium")))
    assert merged.records["rs"] == cells(b="Medium")
    assert not merged.conflicts


def test_a_list_of_statements_changed_on_both_sides_is_one_conflict() -> None:
    def scheme(*names: str) -> RiskScheme:
        levels = [{"code": name[:1], "name": name} for name in names]
        return RiskScheme.model_validate({"id": "rs", "severities": levels})

    merged = merge(version(scheme("Low")), version(scheme("Low", "High")), version(scheme("Low", "Medium")))
    (conflict,) = merged.conflicts
    assert conflict.field == "severities"
    assert merged.records["rs"] == scheme("Low", "High")


def test_a_line_they_led_elsewhere_stays_theirs_where_we_keep_what_it_left() -> None:
    base = version(Cause(id="d", title="Other"))
    theirs = {**base, "l": LINK.replace(source="d")}
    del theirs["c"], theirs["pl"]
    merged = whole(merge(base, {**base, "c": CAUSE.replace(title="Reworded")}, theirs))
    assert merged.records["l"] == LINK.replace(source="d")
    assert merged.records["c"] == CAUSE.replace(title="Reworded")
    assert {one.subject for one in merged.conflicts} == {"c"}


def test_what_they_built_on_what_they_built_on_what_we_deleted_waits_together() -> None:
    base = version(Control(id="b"))
    ours = {key: record for key, record in base.items() if key not in ("c", "l", "pl")}
    more = (Link(id="l2", source="c", target="h"), Guard(id="g2", control="b", subject="l2", order="a"))
    theirs = {**base, **{record.id: record for record in more}, "e2": Evidence(id="e2", subject="g2")}
    merged = whole(merge(base, ours, theirs))
    assert not {"c", "l2", "g2", "e2"} & merged.records.keys()
    assert {one.subject for one in merged.conflicts if not one.field} == {"c"}
    assert brought(merged, "c") >= {"l2", "g2", "e2"}
    store = settled(merged, "theirs")
    assert {"c", "l2", "g2", "e2"} <= store.records.keys()


def test_what_stands_on_a_rating_of_the_other_scheme_waits_with_it() -> None:
    base, ours = rated("rs_old", "1"), rated("rs_new", "2")
    other = Hazard(id="h2", title="Other")
    rating = Assessment(id="as2", subject="h2", severity="1", frequency="A")
    theirs = {**base, "h2": other, "as2": rating, "e2": Evidence(id="e2", subject="as2")}
    merged = whole(merge(base, ours, theirs))
    assert not {"as2", "e2"} & merged.records.keys()
    assert brought(merged, "as2") == {"e2"}
    assert {"as2", "e2"} <= settled(merged, "theirs").records.keys()
    assert not {"as2", "e2"} & settled(merged, "ours").records.keys()


@pytest.mark.parametrize("swapped", [False, True])
def test_a_rating_deleted_there_and_changed_here_asks_once_whatever_the_scheme(swapped: bool) -> None:
    base = rated("rs_old", "1")
    changed = {**base, "as": base["as"].replace(severity="2")}
    deleted = {key: record for key, record in rated("rs_new", "2").items() if key != "as"}
    ours, theirs = (deleted, changed) if swapped else (changed, deleted)
    merged = whole(merge(base, ours, theirs))
    (conflict,) = (one for one in merged.conflicts if one.subject == "as")
    assert conflict.field == ""
    assert (conflict.ours is None, conflict.theirs is None) == (swapped, not swapped)


def test_both_describe_another_property_of_the_system() -> None:
    def about(**fields: str) -> dict[str, Record]:
        return version(Project.model_validate({"id": PROJECT_ID, "system": fields}))

    merged = merge(about(name="Tool"), about(name="Tool", model="M-2"), about(name="Tool two"))
    assert merged.records[PROJECT_ID] == about(name="Tool two", model="M-2")[PROJECT_ID]
    assert not merged.conflicts


def test_a_line_they_led_to_what_we_deleted_brings_it_where_theirs_is_chosen() -> None:
    base = version(Cause(id="d", title="Other"))
    ours = {key: record for key, record in base.items() if key != "d"}
    theirs = {**base, "l": LINK.replace(source="d"), "h": base["h"].replace(owner="Theirs")}
    merged = whole(merge(base, ours, theirs))
    assert merged.records["l"] == LINK
    (conflict,) = (one for one in merged.conflicts if (one.subject, one.field) == ("l", "source"))
    assert (conflict.ours, conflict.theirs) == ("c", "d")
    assert {key for table in conflict.brings.values() for key in table} == {"d"}
    assert settled(merged, "theirs").get("l") == LINK.replace(source="d")


def test_the_order_of_diagrams_changed_on_both_sides_stays_ours() -> None:
    def ordered(key: str) -> dict[str, Record]:
        return version(Diagram(id="dg", title="One", order=key))

    merged = merge(ordered("a"), ordered("b"), ordered("c"))
    assert merged.records["dg"] == ordered("b")["dg"]
    assert not merged.conflicts
    assert [(one.id, one.field, one.ours, one.theirs) for one in merged.settled] == [("dg", "order", "b", "c")]


def test_a_rating_that_asks_as_a_whole_keeps_the_evidence_it_leans_on() -> None:
    """One conflict takes the place of another, so that their number is the same as before."""

    def leaning(side: dict[str, Record], *claims: str) -> dict[str, Record]:
        found = {claim: Evidence(id=claim, subject="h") for claim in claims}
        return {**side, "as": side["as"].replace(evidence=claims), **found}

    base, ours = leaning(rated("rs_old", "1"), "e"), leaning(rated("rs_new", "2"), "e")
    merged = whole(merge(base, ours, rated("rs_old", "3")))
    assert merged.records["as"] == ours["as"]
    assert {(one.subject, one.field) for one in merged.conflicts} == {("as", ""), ("e", "")}
    assert settled(merged, "theirs").get("as") == rated("rs_old", "3")["as"]


def test_both_add_one_record_and_each_says_what_the_other_leaves_open() -> None:
    merged = merge(BASE, version(Cause(id="x", title="A")), version(Cause(id="x", title="A", owner="Ann")))
    assert merged.records["x"] == Cause(id="x", title="A", owner="Ann")
    assert not merged.conflicts


def test_lists_are_put_together_only_where_both_sides_have_one() -> None:
    def later(kind: Any) -> dict[str, Record]:
        fields: dict[str, Any] = {"kind": kind}
        return version(UnknownRecord(id="z", record_type="later", **fields))

    (conflict,) = merge(later(1), later(("a",)), later(["b"])).conflicts
    assert (conflict.field, conflict.ours, conflict.theirs) == ("kind", ["a"], ["b"])


@pytest.mark.parametrize("swapped", [False, True])
def test_a_likelihood_of_the_other_scheme_hides_no_other_conflict_about_its_cause(swapped: bool) -> None:
    def cause(title: str, category: str) -> Cause:
        likelihood = Likelihood(category=category) if category else None
        return CAUSE.replace(title=title, likelihood=likelihood)

    base = {**rated("rs_old", "1"), "c": cause("No review", "")}
    newer = {**rated("rs_new", "2"), "c": cause("Nobody looks", "")}
    judged = {**base, "c": cause("Not reviewed", "A")}
    ours, theirs = (judged, newer) if swapped else (newer, judged)
    merged = whole(merge(base, ours, theirs))
    assert {one.field for one in merged.conflicts if one.subject == "c"} == {"title", "likelihood"}
    assert settled(merged, "theirs").get("c") == theirs["c"]
    assert settled(merged, "ours").get("c") == ours["c"]

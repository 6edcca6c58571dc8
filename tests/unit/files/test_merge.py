"""Three-way merge: what settles itself, what is a conflict, and that nothing is lost."""

import pytest

from tests.faults import merges
from workbench.commands.schemes import preset
from workbench.commands.settle import settle, settle_all
from workbench.files.header import Header
from workbench.files.merge import merge, merge_headers
from workbench.model.base import Record, UnknownRecord
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Hazard, Likelihood, Link
from workbench.model.ids import derived_id
from workbench.model.judgement import PROJECT_ID, Assessment, Project, RiskScheme
from workbench.store.store import Store

HAZARD = Hazard(id="h", code="H-1", title="Code is trusted", tags=("a", "b"), impact_dimensions=("technical",))
CAUSE = Cause(id="c", code="C-1", title="No review")
LINK = Link(id="l", source="c", target="h")
DIAGRAM = Diagram(id="dg", title="One")
PLACED = Placement(id="pl", diagram="dg", subject="c", x=10, y=20)
BASE: dict[str, Record] = {record.id: record for record in (HAZARD, CAUSE, LINK, DIAGRAM, PLACED)}


def version(*records: Record, without: tuple[str, ...] = ()) -> dict[str, Record]:
    """The base with other records, and without some."""
    changed = {**BASE, **{record.id: record for record in records}}
    return {key: record for key, record in changed.items() if key not in without}


def test_each_side_changes_another_field_of_one_record() -> None:
    ours, theirs = version(HAZARD.replace(title="Ours")), version(HAZARD.replace(owner="Theirs"))
    merged = merge(BASE, ours, theirs)
    assert merged.records["h"] == HAZARD.replace(title="Ours", owner="Theirs")
    assert not merged.conflicts


def test_moving_never_meets_rewording() -> None:
    merged = merge(BASE, version(PLACED.replace(x=99)), version(CAUSE.replace(title="Reworded")))
    assert (merged.records["pl"], merged.records["c"]) == (PLACED.replace(x=99), CAUSE.replace(title="Reworded"))
    assert not merged.conflicts


def test_both_move_a_box_and_ours_stays_whole() -> None:
    merged = merge(BASE, version(PLACED.replace(x=99)), version(PLACED.replace(y=77)))
    assert merged.records["pl"] == PLACED.replace(x=99)
    assert not merged.conflicts
    assert {(one.id, one.field, one.ours, one.theirs) for one in merged.settled} == {
        ("pl", "x", 99.0, 10.0),
        ("pl", "y", 20.0, 77.0),
    }


def test_both_reword_and_ours_stands_while_theirs_waits() -> None:
    merged = merge(BASE, version(HAZARD.replace(title="Ours")), version(HAZARD.replace(title="Theirs")))
    (conflict,) = merged.conflicts
    assert merged.records["h"] == HAZARD.replace(title="Ours")
    assert merged.records[conflict.id] == conflict
    assert (conflict.subject, conflict.subject_type, conflict.field) == ("h", "hazard", "title")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Code is trusted", "Ours", "Theirs")


def test_lists_of_words_take_what_either_side_added_and_drop_what_either_removed() -> None:
    ours, theirs = version(HAZARD.replace(tags=("b", "ours"))), version(HAZARD.replace(tags=("a", "b", "theirs")))
    assert merge(BASE, ours, theirs).records["h"] == HAZARD.replace(tags=("b", "ours", "theirs"))


def test_a_judgement_of_several_numbers_is_never_mixed() -> None:
    ours = version(CAUSE.replace(likelihood=Likelihood(value=0.1, kind="per_use")))
    theirs = version(CAUSE.replace(likelihood=Likelihood(value=12, kind="per_year")))
    merged = merge(BASE, ours, theirs)
    (conflict,) = merged.conflicts
    assert merged.records["c"] == ours["c"]
    assert (conflict.field, conflict.theirs) == ("likelihood", {"value": 12.0, "kind": "per_year"})


def test_entries_of_a_table_are_merged_one_by_one() -> None:
    scheme = RiskScheme(id="rs", cells={"1A": "High", "1B": "High"})
    base = version(scheme)
    ours, theirs = dict(base), dict(base)
    ours["rs"] = scheme.replace(cells={"1A": "Serious", "1B": "High", "2A": "Low"})
    theirs["rs"] = scheme.replace(cells={"1A": "Medium", "3A": "Low"})
    merged = merge(base, ours, theirs)
    (conflict,) = merged.conflicts
    found = merged.records["rs"]
    assert isinstance(found, RiskScheme)
    assert found.cells == {"1A": "Serious", "2A": "Low", "3A": "Low"}
    assert (conflict.field, conflict.ours, conflict.theirs) == ("cells.1A", "Serious", "Medium")


def test_cells_of_two_schemes_are_never_mixed() -> None:
    before, mine, other = (preset(name).replace(id="rs") for name in ("hsc-2022", "five-by-five", "mil-std-882e"))
    merged = merge(version(before), version(mine), version(other))
    assert merged.records["rs"] == mine
    store = Store(merged.records.values())
    assert {one.field for one in merged.conflicts} >= {"cells", "levels", "severities", "frequencies"}
    with store.transaction("Settle") as tx:
        settle_all(tx, [one.id for one in merged.conflicts], "theirs")
    assert store.get("rs") == other


def test_both_sides_add_the_same_joining_record() -> None:
    placed = Placement(id=derived_id("placement", "dg", "h"), diagram="dg", subject="h", x=1)
    merged = merge(BASE, version(placed), version(placed.replace(x=2)))
    assert merged.records[placed.id] == placed
    assert not merged.conflicts


def test_we_delete_what_they_reword() -> None:
    merged = merge(BASE, version(without=("c", "l", "pl")), version(CAUSE.replace(title="Theirs")))
    (conflict,) = merged.conflicts
    assert not merged.records.keys() & {"c", "l", "pl"}
    assert (conflict.subject, conflict.field, conflict.ours) == ("c", "", None)
    assert conflict.theirs["title"] == "Theirs"
    assert {key for table in conflict.brings.values() for key in table} == {"l", "pl"}


def test_they_delete_what_we_reword_and_it_stays_with_its_place() -> None:
    merged = merge(BASE, version(CAUSE.replace(title="Ours")), version(without=("c", "l", "pl")))
    (conflict,) = merged.conflicts
    assert {"c", "l", "pl"} <= merged.records.keys()
    assert (conflict.subject, conflict.field, conflict.theirs) == ("c", "", None)


def test_they_draw_a_line_to_what_we_delete() -> None:
    theirs = version(Cause(id="c2"), Link(id="l2", source="c2", target="c"))
    merged = merge(BASE, version(without=("c", "l", "pl")), theirs)
    (conflict,) = merged.conflicts
    assert "c2" in merged.records
    assert "l2" not in merged.records
    assert conflict.subject == "c"
    assert "l2" in conflict.brings["link"]


def test_we_draw_a_line_to_what_they_delete() -> None:
    ours = version(Cause(id="c2"), Link(id="l2", source="c2", target="c"))
    merged = merge(BASE, ours, version(without=("c", "l", "pl")))
    assert {"c", "c2", "l", "l2", "pl"} <= merged.records.keys()
    assert [(one.subject, one.theirs) for one in merged.conflicts] == [("c", None)]


def test_a_line_between_two_things_we_deleted_waits_whole() -> None:
    base = version(Control(id="b"), without=("l", "pl"))
    theirs = {**base, "l2": Link(id="l2", kind="annotates", source="c", target="b")}
    ours = {key: record for key, record in base.items() if key not in ("c", "b")}
    merged = merge(base, ours, theirs)
    assert "l2" not in merged.records
    waiting = {key for one in merged.conflicts for table in one.brings.values() for key in table}
    assert "l2" in waiting | {one.subject for one in merged.conflicts}


def scheme(key: str, *names: str) -> RiskScheme:
    """A scheme whose severities are called so."""
    severities = [{"code": f"{number}", "name": name} for number, name in enumerate(names, 1)]
    return RiskScheme.model_validate({"id": key, "severities": severities})


def rated(project: str, severity: str, *more: Record) -> dict[str, Record]:
    """A project with two schemes, one of them in force, and a rated hazard."""
    records = (
        Project(id=PROJECT_ID, risk_scheme=project),
        scheme("rs_old", "Catastrophic", "Minor"),
        scheme("rs_new", "Minor", "Catastrophic"),
        HAZARD,
        Assessment(id="as", subject="h", severity=severity, frequency="A"),
        *more,
    )
    return {record.id: record for record in records}


@pytest.mark.parametrize("who", ["ours", "theirs"])
def test_a_rating_made_while_the_other_side_changed_the_scheme_is_a_conflict(who: str) -> None:
    base = rated("rs_old", "2")
    remapped = rated("rs_new", "1")
    added = Assessment(id="as2", subject="h", phase="residual", severity="1")
    rerated = rated("rs_old", "1", added)
    ours, theirs = (remapped, rerated) if who == "ours" else (rerated, remapped)
    merged = merge(base, ours, theirs)
    found = merged.records[PROJECT_ID]
    assert isinstance(found, Project)
    assert found.risk_scheme == "rs_new"
    assert {one.subject for one in merged.conflicts} == {"as", "as2"}
    assert merged.records["as"] == ours["as"]
    assert ("as2" in merged.records) == (who == "theirs")


def test_a_likelihood_rated_under_the_old_scheme_waits() -> None:
    base, ours = rated("rs_old", "2", CAUSE), rated("rs_new", "1", CAUSE)
    theirs = rated("rs_old", "2", CAUSE.replace(likelihood=Likelihood(category="A"), owner="Theirs"))
    merged = merge(base, ours, theirs)
    assert merged.records["c"] == CAUSE.replace(owner="Theirs")
    assert [(one.subject, one.field, one.theirs) for one in merged.conflicts] == [
        ("c", "likelihood", {"category": "A"})
    ]


def test_ratings_under_one_scheme_merge_without_a_question() -> None:
    base = rated("rs_old", "2")
    theirs = rated("rs_old", "1", Assessment(id="as2", subject="h", phase="residual", severity="1"))
    merged = merge(base, rated("rs_old", "2", CAUSE), theirs)
    assert not merged.conflicts
    assert {"as2", "c"} <= merged.records.keys()


def test_records_and_fields_of_a_newer_version_are_merged_too() -> None:
    unknown = UnknownRecord.model_validate({"id": "x", "record_type": "gremlin", "a": 1, "b": [1]})
    hazard = Hazard.model_validate({**HAZARD.__dict__, "newer": {"k": 1}})
    base = {**version(hazard), "x": unknown}
    ours = {**base, "x": UnknownRecord.model_validate({"id": "x", "record_type": "gremlin", "a": 2, "b": [1]})}
    theirs = {
        **base,
        "x": UnknownRecord.model_validate({"id": "x", "record_type": "gremlin", "a": 1, "b": [2], "c": None}),
        "h": Hazard.model_validate({**HAZARD.__dict__, "newer": {"k": 2}, "title": "Theirs"}),
    }
    merged = merge(base, ours, theirs)
    assert merged.records["x"].__pydantic_extra__ == {"a": 2, "b": [2], "c": None}
    assert merged.records["h"] == theirs["h"]
    assert not merged.conflicts


def test_the_newer_number_and_the_fields_of_either_header_are_kept() -> None:
    base, ours = Header(1, 2, {"a": 1}, {}), Header(1, 2, {"a": 1, "o": 2}, {})
    assert merge_headers(base, ours, Header(1, 4, {"a": 3}, {"t": 1})) == Header(1, 4, {"a": 3, "o": 2}, {"t": 1})
    assert merge_headers(ours, base, ours) == Header(1, 2, {"a": 1}, {})


@pytest.mark.parametrize("number", range(0, 3_000, 10))
def test_random_merges_keep_every_law(number: int) -> None:
    merges.check(number)


def conflicts_of(store: Store) -> list[str]:
    """Ids of the conflicts that wait."""
    return [key for key in store.records if key.startswith("cf_")]


@pytest.mark.parametrize("number", range(1, 3_000, 17))
def test_choosing_theirs_everywhere_loses_nothing_and_dangles_nowhere(number: int) -> None:
    merged = merge(*merges.sides(number))
    store = Store(merged.records.values())
    before = dict(store.records)
    for key in conflicts_of(store):
        with store.transaction("Settle") as tx:
            if tx.get(key) is not None:
                settle(tx, key, "theirs")
    assert not conflicts_of(store)
    while store.undo():
        pass
    assert dict(store.records) == before


def test_settling_takes_the_side_that_was_chosen() -> None:
    ours, theirs = version(HAZARD.replace(title="Ours")), version(HAZARD.replace(title="Theirs"))
    for side in ("ours", "theirs"):
        store = Store(merge(BASE, ours, theirs).records.values())
        (key,) = conflicts_of(store)
        with store.transaction("Settle") as tx:
            settle(tx, key, side)
        assert dict(store.records) == (ours if side == "ours" else theirs)


def test_settling_brings_back_what_stood_on_a_record() -> None:
    theirs = version(CAUSE.replace(title="Theirs"))
    store = Store(merge(BASE, version(without=("c", "l", "pl")), theirs).records.values())
    (key,) = conflicts_of(store)
    with store.transaction("Settle") as tx:
        settle(tx, key, "theirs")
    assert dict(store.records) == theirs


def test_settling_a_field_of_a_part() -> None:
    base = {PROJECT_ID: Project.model_validate({"id": PROJECT_ID, "system": {"model": "m1"}})}
    ours = {PROJECT_ID: Project.model_validate({"id": PROJECT_ID, "system": {"model": "ours"}})}
    theirs = {PROJECT_ID: Project.model_validate({"id": PROJECT_ID, "system": {"model": "theirs", "name": "n"}})}
    store = Store(merge(base, ours, theirs).records.values())
    (key,) = conflicts_of(store)
    with store.transaction("Settle") as tx:
        settle(tx, key, "theirs")
    assert dict(store.records) == theirs


def test_the_change_of_a_merge_makes_ours_the_merged_document() -> None:
    ours, theirs = version(HAZARD.replace(title="Ours"), without=("pl",)), version(CAUSE.replace(owner="Theirs"))
    merged = merge(BASE, ours, theirs)
    change = merged.change_of(ours)
    assert set(change.ids()) == {"c"}
    assert {**ours, "c": change.updated["c"][1]} == merged.records

"""The taxonomy and what is decided about its entries: each change is one step that undo takes back."""

import pytest

from workbench.analysis.odd_taxonomy import baseline
from workbench.commands import odd
from workbench.commands.errors import CommandError
from workbench.commands.renew import renewed
from workbench.files.project import load_project, save_project
from workbench.model.elements import Hazard
from workbench.model.judgement import OddCategory, OddConsideration, Project
from workbench.store.store import Store

WHO = ("Ann", "2026-01-02T03:04:05Z")
SENSOR, DATA = "oc_vector_physical_infrastructure_sensor", "oc_vector_data"


@pytest.fixture
def store():
    made = Store([Project(id="project"), *baseline(), Hazard(id="h", code="H-1", odd=(SENSOR,))])
    assert made.get(SENSOR)
    return made


def do(store, command, *arguments, **named):
    """Do it, undo it, do it again: undo must bring back exactly what was there."""
    before = dict(store.records)
    with store.transaction("Do") as tx:
        answer = command(tx, *arguments, **named)
    after = dict(store.records)
    if before != after:
        store.undo()
        assert dict(store.records) == before
        store.redo()
        assert dict(store.records) == after
    return answer


def decision(store, category, other=None):
    return store.find(OddConsideration.of(category, other).id, OddConsideration)


def test_the_baseline_comes_into_a_project_that_has_none():
    store = Store()
    assert do(store, odd.load_baseline) == store.count("odd_category") == len(baseline())
    with pytest.raises(CommandError, match="already"):
        do(store, odd.load_baseline)


def test_entries_and_pairs_are_decided_and_taken_back(store):
    do(store, odd.consider, [(SENSOR, None), (DATA, None)], "judged_none", *WHO, "Nothing there")
    found = decision(store, DATA)
    assert (found.state, found.reason, found.by, found.at) == ("judged_none", "Nothing there", *WHO)
    do(store, odd.consider, [(DATA, None)], "not_applicable", *WHO)
    assert (decision(store, DATA).state, decision(store, DATA).reason) == ("not_applicable", "Nothing there")
    do(store, odd.consider, [(SENSOR, DATA)], "judged_none", *WHO)
    assert decision(store, DATA, SENSOR).state == "judged_none"
    do(store, odd.consider, [(DATA, SENSOR), (DATA, None)], "not_considered", *WHO, "")
    assert decision(store, DATA, SENSOR) is None
    assert decision(store, DATA) is None


def test_the_same_decision_again_changes_neither_name_nor_day(store):
    do(store, odd.consider, [(DATA, None)], "judged_none", *WHO)
    do(store, odd.consider, [(DATA, None)], "judged_none", "Bob", "2027")
    assert decision(store, DATA).by == "Ann"


def test_what_cannot_be_decided_about_is_refused(store):
    with pytest.raises(CommandError, match="does not exist"):
        do(store, odd.consider, [("oc_gone", None)], "judged_none", *WHO)
    with pytest.raises(CommandError, match="two different"):
        do(store, odd.consider, [(DATA, DATA)], "judged_none", *WHO)


def test_the_taxonomy_can_be_extended(store):
    own = do(store, odd.add_category, "", " Prompt   store ", DATA)
    assert store.get(own) == OddCategory(id=own, group="Vector", name="Prompt store", parent=DATA)
    new = do(store, odd.add_category, "Weather", "Rain")
    assert store.get(new).group == "Weather"
    do(store, odd.rename_category, new, "Snow")
    do(store, odd.rename_group, "Weather", "Climate")
    assert (store.get(new).group, store.get(new).name) == ("Climate", "Snow")
    for arguments, words in (
        (("", "X"), "group"),
        (("Vector", " "), "name"),
        (("Vector", "prompt store", DATA), "there already"),
    ):
        with pytest.raises(CommandError, match=words):
            do(store, odd.add_category, *arguments)
    with pytest.raises(CommandError, match="already"):
        do(store, odd.rename_group, "Climate", "Vector")
    with pytest.raises(CommandError, match="no group"):
        do(store, odd.rename_group, "Weather", "X")


def test_removing_an_entry_takes_what_is_below_it_and_the_tags(store):
    above = store.get(SENSOR).parent
    do(store, odd.consider, [(SENSOR, None), (SENSOR, DATA)], "judged_none", *WHO)
    assert do(store, odd.remove_category, above) == 4
    assert store.get("h").odd == ()
    assert not store.count("odd_consideration")


def test_a_hazard_is_tagged_and_untagged(store):
    do(store, odd.tag_hazard, "h", [DATA, SENSOR])
    assert store.get("h").odd == (SENSOR, DATA)
    do(store, odd.tag_hazard, "h", [SENSOR], on=False)
    assert store.get("h").odd == (DATA,)
    with pytest.raises(CommandError, match="hazard"):
        do(store, odd.tag_hazard, DATA, [SENSOR])


def test_pairs_survive_saving_and_renewing(store, tmp_path):
    do(store, odd.consider, [(SENSOR, DATA), (SENSOR, None)], "judged_none", *WHO, "r")
    path = tmp_path / "p.hazard.json"
    save_project(store, path)
    again = load_project(path).store
    assert dict(again.records) == dict(store.records)
    ids = {record.id for record in renewed(store.records.values()) if isinstance(record, OddConsideration)}
    assert ids == {OddConsideration.of(SENSOR, DATA).id, OddConsideration.of(SENSOR).id}

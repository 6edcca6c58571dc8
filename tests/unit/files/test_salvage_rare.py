"""Damage that few files have: it is told all the same."""

import json

import pytest

from tests.unit.files.test_salvage import SMALL, TEXT, changed, saved, told
from workbench.files.canonical import canonical_bytes
from workbench.model.elements import Cause, Control, Guard, Link


def with_records(change):
    data = json.loads(TEXT)
    change(data["records"])
    return json.dumps(data)


def test_a_long_list_of_losses_is_cut_short():
    def many(records):
        for number in range(5):
            records["cause"][f"x{number}"] = 3

    found = saved(with_records(many))
    lines = list(found.as_lines(limit=3))
    assert lines[0] == "Causes", "no empty line first"
    assert lines[-1] == "… and 2 more"
    assert sum(line.startswith("  ") for line in lines) == 3


def test_a_record_that_says_another_id_than_it_is_filed_under():
    def other(records):
        records["cause"]["c_1"]["id"] = "c_9"

    found = saved(with_records(other))
    assert ("cause", "c_1", "id") in told(found)
    assert found.store.get("c_1") is not None


def test_one_id_for_two_records_keeps_the_first_and_tells():
    def twice(records):
        records["hazard"]["c_1"] = {"title": "Same id"}

    found = saved(with_records(twice))
    assert len(found.store) == len(SMALL)
    assert any("its id is that of another record" in str(one) for one in found.lost)


def test_a_table_that_is_none_is_told():
    def listed(records):
        records["note"] = [1, 2]

    found = saved(with_records(listed))
    assert ("note", "", "") in told(found)
    assert len(found.store) == len(SMALL)


def test_an_id_one_bit_off_is_found_again_where_its_record_refers_to_others():
    more = (Control(id="b_2", code="B-2"), Guard(id="gd_2", control="b_2", subject="l_1"))
    text = canonical_bytes([*SMALL, *more]).decode().replace("l_1", "l_AbCdEfGh01")
    found = saved(changed('      "l_AbCdEfGh01": {\n', '      "l_AbCdEfGh03": {\n', text))
    link = found.store.find("l_AbCdEfGh01", Link)
    assert link is not None
    assert (link.source, link.target) == ("c_1", "t_1")
    assert [one.field for one in found.lost] == ["id"]
    assert len(found.store) == len(SMALL) + 2


def test_a_field_that_stands_twice_in_a_torn_record_keeps_the_first():
    text = changed('"title": "Cause two"', '"title": "Cause two", "title": "Twice" @@')
    found = saved(text)
    cause = found.store.find("c_2", Cause)
    assert cause is None or cause.title in ("Cause two", "Twice")
    assert found.lost


@pytest.mark.parametrize("value", ['"\\ud800"', "NaN", "1e999"])
def test_what_no_project_may_hold_beside_the_records_is_left_out(value):
    text = TEXT.replace('"records": {', f'"later": [{value}],\n  "records": {{', 1)
    found = saved(text)
    assert len(found.store) == len(SMALL)
    assert canonical_bytes(found.store.records.values())


@pytest.mark.parametrize(("key", "why"), [("", "its id is empty"), ("x" * 201, "its id is longer than 200 characters")])
def test_a_record_whose_id_is_none_is_told(key, why):
    def named(records):
        records["cause"][key] = {"title": "Nameless"}

    found = saved(with_records(named))
    assert len(found.store) == len(SMALL)
    assert any(why in str(one) for one in found.lost)


def test_a_table_that_is_none_keeps_nothing_of_the_others_where_the_heading_is_gone():
    data = json.loads(TEXT)
    data["records"]["note"] = [1, 2]
    whole = json.dumps({"records": data["records"]})
    found = saved("x" + whole[1:])
    assert found.store.records.keys() == {record.id for record in SMALL}

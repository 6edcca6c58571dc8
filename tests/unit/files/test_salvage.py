"""What a damaged project still holds is saved, and whatever is not as it was is said."""

import json
import random
from collections.abc import Mapping
from contextlib import suppress

import pytest

from tests.effort import within
from tests.faults.seeds import one_of_each
from workbench.files.canonical import canonical_bytes
from workbench.files.errors import ProjectFileError
from workbench.files.header import Header
from workbench.files.project import load_bytes
from workbench.files.salvage import Salvaged, _one_bit_off, salvage
from workbench.model.base import Record
from workbench.model.drawing import Diagram
from workbench.model.elements import Cause, Control, Guard, Hazard, Likelihood, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Project
from workbench.paths import sample
from workbench.store.store import Store

SMALL = (
    Project(id=PROJECT_ID, title="P"),
    Hazard(id="h_1", code="H-1", title="Hazard"),
    TopEvent(id="t_1", code="T-1", title="Top", hazard="h_1"),
    Cause(id="c_1", code="C-1", title="Cause one", owner="A", likelihood=Likelihood(value=3.0, source="log")),
    Cause(id="c_2", code="C-2", title="Cause two", tags=("a", "b")),
    Control(id="b_1", code="B-1", title="Control"),
    Link(id="l_1", source="c_1", target="t_1"),
    Guard(id="gd_1", control="b_1", subject="l_1"),
)
TEXT = canonical_bytes(SMALL).decode()
WHOLE = {record.id: record for record in SMALL}


def saved(text: str | bytes) -> Salvaged:
    return salvage(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, "the file")


def changed(old: str, new: str, text: str = TEXT) -> str:
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


def told(found: Salvaged) -> list[tuple[str, str, str]]:
    return [(one.kind, one.id, one.field) for one in found.lost]


def untold(found: Salvaged, whole: Mapping[str, Record]) -> list[str]:
    """Records that are not as they were, and of which nothing is said."""
    ids = {one.id for one in found.lost}
    if "" in ids:  # a record whose very heading is gone
        return []
    wrong = {key for key in {*whole, *found.store.records} if found.store.get(key) != whole.get(key)} - ids
    return sorted(wrong - {other for key in wrong for other in _one_bit_off(key)})  # an id that may be any other


def test_a_sound_file_is_saved_whole():
    found = saved(TEXT)
    assert dict(found.store.records) == WHOLE
    assert found.lost == ()
    assert found.notes == ()
    assert found.summary == "8 records can be saved; nothing is known to be missing."


def test_a_damaged_field_costs_that_field_only():
    found = saved(changed('"title": "Cause one"', '"title": "Cause one'))
    assert told(found) == [("cause", "c_1", "title")]
    assert found.store.get("c_1") == WHOLE["c_1"].replace(title="")
    assert found.store.get("gd_1") == WHOLE["gd_1"]
    assert found.summary == "8 records can be saved; 0 cannot, and 1 of those saved are not quite as they were."
    assert "  cause C-1.title: is damaged (c_1)" in list(found.as_lines())


def test_what_a_lost_record_takes_with_it_is_listed():
    found = saved(changed('      "c_1": {\n', '      #c_1": {\n'))
    assert "c_1" not in found.store
    assert {one.id for one in found.lost if not one.field} >= {"l_1", "gd_1"}
    assert "l_1" not in found.store
    assert any(line.startswith("  a cause: its beginning is damaged") for line in found.as_lines())


def test_a_damaged_heading_keeps_the_fields_below_it():
    found = saved(changed('      "c_1": {\n', '      "c_1": [\n'))
    assert found.store.get("c_1") == WHOLE["c_1"]
    assert told(found) == [("cause", "c_1", "")]


@pytest.mark.parametrize("heading", ['    "caus�": {\n', '    #cause": {\n', '    "cbuse": {\n', '    "cause": [\n'])
def test_a_damaged_heading_of_a_table_loses_no_record(heading):
    found = saved(changed('    "cause": {\n', heading))
    assert dict(found.store.records) == WHOLE


def test_records_are_not_filed_under_the_type_before_theirs():
    start, end = TEXT.index('    },\n    "control"'), TEXT.index('      "gd_1"')
    found = saved(TEXT[:start] + "\0" * (end - start) + TEXT[end:])
    assert isinstance(found.store.get("c_1"), Cause)
    assert found.store.find("gd_1", Cause) is None


def test_the_rest_of_a_file_that_breaks_off_is_missing():
    cut = TEXT.index('"target": "t_1"')
    found = saved(TEXT[:cut])
    assert found.notes[0] == f"The file breaks off in line {TEXT[:cut].count(chr(10)) + 1}."
    assert found.store.get("c_2") == WHOLE["c_2"]
    assert "l_1" not in found.store


def test_a_file_without_lines_is_read_too():
    flat = json.dumps(json.loads(TEXT), separators=(",", ":"))
    found = saved(changed('"title":"Cause one"', '"title":"Cause one', flat))
    assert found.store.get("c_2") == WHOLE["c_2"]
    assert found.store.get("gd_1") == WHOLE["gd_1"]
    assert ("cause", "c_1", "title") in told(found)


def test_one_bit_of_an_id_is_found_again():
    more = (Link(id="l_2", source="c_1", target="c_2"), Link(id="l_3", source="c_1", target="b_1"))
    text = canonical_bytes([*SMALL, *more]).decode()
    text = text.replace("c_1", "c_AbCdEfGh01")
    whole = load_bytes(text.encode()).store.records
    found = saved(text.replace('"source": "c_AbCdEfGh01"', '"source": "c_AbCdEfGh03"', 1))
    assert found.store.get("l_1") == whole["l_1"]
    said = "link l_1.source: 'c_AbCdEfGh03' is not in the file; read as 'c_AbCdEfGh01'"
    assert [str(one) for one in found.lost] == [said]
    found = saved(changed('      "c_AbCdEfGh01": {\n', '      "c_AbCdEfGh03": {\n', text))
    assert dict(found.store.records) == dict(whole)
    assert len(found.lost) == 1
    found = saved(changed('      "c_2": {\n', '      "c_\udcb2": {\n').encode("utf-8", "surrogateescape"))
    assert found.store.get("c_2") == WHOLE["c_2"]


def test_an_id_somebody_gave_is_never_taken_for_a_damaged_one():
    found = saved(changed('"source": "c_1"', '"source": "c_3"'))
    assert "l_1" not in found.store


def test_a_reference_to_what_is_gone_is_emptied_or_takes_the_record_along():
    found = saved(changed('"hazard": "h_1"', '"hazard": "other"'))
    assert found.store.get("t_1") == WHOLE["t_1"].replace(hazard=None)
    assert told(found) == [("top_event", "t_1", "hazard")]
    found = saved(changed('"control": "b_1"', '"control": "other"'))
    assert "gd_1" not in found.store
    assert [str(one) for one in found.lost] == ["control on a line gd_1: its control 'other' is not there any more"]


def test_damaged_characters_are_shown_as_such():
    found = saved(changed("Cause one", "Cause\0 one").replace("Cause two", "Cause \ufffe two"))
    cause = found.store.find("c_1", Cause)
    assert cause is not None
    assert cause.title == "Cause\ufffd one"
    assert told(found) == [("cause", "c_1", "title")]
    found = saved(TEXT.encode().replace(b"Cause one", b"Cause \xff one"))
    assert found.store.get("c_1") == WHOLE["c_1"].replace(title="Cause \ufffd one")


def test_values_a_project_may_not_hold_are_left_out_or_cut():
    assert told(saved(changed('"value": 3.0', '"value": NaN'))) == [("cause", "c_1", "likelihood")]
    assert told(saved(changed('"value": 3.0', '"value": ' + "[" * 5_000 + "]" * 5_000)))[-1][1:] == (
        "c_1",
        "likelihood",
    )
    assert told(saved(changed('"value": 3.0', '"value": ' + "[" * 300 + "]" * 300))) == [("cause", "c_1", "likelihood")]
    found = saved(changed('"owner": "A"', f'"owner": "{"x" * 5_000}"'))
    assert found.store.get("c_1") == WHOLE["c_1"].replace(owner="x" * 4_000)
    assert "only its first 4,000 are kept" in found.lost[0].why
    assert told(saved(changed('"source": "c_1"', '"source": 7'))) == [("guard", "gd_1", ""), ("link", "l_1", "")]
    assert told(saved(changed('"owner": "A"', '"owner": "A",\n        "owner": "B"'))) == [("cause", "c_1", "")]
    found = saved(changed('      "c_2": {', '      "c_1": {').replace('"tags"', '"id": "zz",\n        "tags"'))
    assert "An id stands twice among the records of type cause; the first one was taken." in found.notes


def test_marks_of_a_merge_keep_the_first_side_and_name_the_other():
    ours = '        "title": "Cause one"\n'
    theirs = '        "title": "Cause 1"\n'
    found = saved(changed(ours, f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> branch\n"))
    assert found.store.get("c_1") == WHOLE["c_1"]
    assert [str(one) for one in found.lost] == ['cause C-1.title: the other side of the merge has "Cause 1"']
    assert found.notes[0].startswith("The file holds the marks of an unfinished merge")
    new = '      "c_3": {\n        "code": "C-3"\n      },\n'
    at = TEXT.index('      "c_2": {')
    found = saved(TEXT[:at] + "<<<<<<< HEAD\n||||||| base\n=======\n" + new + ">>>>>>> branch\n" + TEXT[at:])
    assert found.store.get("c_3") == Cause(id="c_3", code="C-3")
    assert len(found.store) == len(SMALL) + 1
    found = saved(TEXT[:at] + "<<<<<<< HEAD\n" + TEXT[at:])
    assert dict(found.store.records) == WHOLE


def test_what_is_no_project_is_refused():
    for data in (b"", b"hello", b"{}", b'{"a": {"b": {}}}', b"\x00" * 1_000, b"[" * 100_000):
        with pytest.raises(ProjectFileError, match="no record of a project can be read in it"):
            salvage(data, "f")


def test_a_newer_file_keeps_what_is_not_known_and_a_newer_major_is_refused():
    later = canonical_bytes(SMALL, Header(1, 7, {"x_top": [1]}))
    found = saved(later.replace(b'"title": "Cause one"', b'"title": 7, "x_more": {"a": 1}'))
    assert (found.header.minor, found.header.extra) == (7, {"x_top": [1]})
    assert (found.store.records["c_1"].__pydantic_extra__ or {})["x_more"] == {"a": 1}
    with pytest.raises(ProjectFileError, match="newer program"):
        saved(later.replace(b'"major": 1', b'"major": 2').replace(b'"C-1",', b'"C-1'))
    assert "The version cannot be read; taken for 1.0." in saved(changed('"major": 1', '"major": x')).notes


def test_hostile_text_is_read_in_time():
    for text in (
        '{"a":' * 200_000,
        '"x_1": {"a": [' * 50_000,
        '{"records": {"cause": {' + '"c_1": {"t": "x",' * 60_000,
    ):
        with within(80), suppress(ProjectFileError):
            salvage(text.encode(), "f")


SAMPLE = sample("code-synthesis-llm.hazard.json").read_bytes()


@pytest.mark.parametrize("share", range(1, 20))
def test_a_file_that_ends_anywhere_is_saved_up_to_there(share):
    whole = load_bytes(SAMPLE).store.records
    cut = len(SAMPLE) * share // 20 + share
    found = saved(SAMPLE[:cut])
    assert found.notes
    before = SAMPLE[: SAMPLE.rindex(b"\n      }", 0, cut)]
    for key, record in whole.items():
        there = found.store.get(key)
        if there is not None and there != record:
            assert key in {one.id for one in found.lost}
        elif there is None and f'\n      "{key}": {{'.encode() in before:
            assert key in {one.id for one in found.lost}, f"{key} is missing and nobody says so"
    load_bytes(canonical_bytes(found.store.records.values(), found.header))


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_anywhere_costs_little_and_is_told(seed):
    rng = random.Random(seed)
    records = one_of_each(2)
    data = canonical_bytes(records.values())
    lost = 0
    for _ in range(40):
        damaged = bytearray(data)
        damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        try:
            load_bytes(bytes(damaged))
        except ProjectFileError:
            found = saved(bytes(damaged))
            assert untold(found, records) == []
            lost += len(records.keys() - found.store.records.keys())
    assert lost < 25, "of forty single bits, about half a record each"


@pytest.mark.parametrize("seed", range(3))
def test_a_torn_block_is_told(seed):
    rng = random.Random(seed)
    records = one_of_each(2)
    data = canonical_bytes(records.values())
    for _ in range(25):
        at = rng.randrange(len(data))
        size = rng.choice((1, 16, 512, 4096))
        found = saved(data[:at] + b"\0" * min(size, len(data) - at) + data[at + size :])
        wrong = [
            key
            for key, record in found.store.records.items()
            if key in records and type(record) is not type(records[key])
        ]
        assert wrong == []
        Store(found.store.records.values())


@pytest.mark.parametrize("place", range(0, len(SAMPLE), len(SAMPLE) // 7))
def test_marks_of_a_merge_anywhere_lose_nothing_of_ours(place):
    whole = load_bytes(SAMPLE).store.records
    lines = SAMPLE.split(b"\n")
    at = SAMPLE[:place].count(b"\n") or 1
    marked = [*lines[:at], b"<<<<<<< HEAD", *lines[at : at + 30], b"=======", *lines[at + 12 : at + 31], b">>>>>>> x"]
    found = saved(b"\n".join([*marked, *lines[at + 30 :]]))
    assert dict(found.store.records) == {**found.store.records, **whole}


def test_a_heading_torn_away_with_the_blanks_below_it_leaves_the_records_what_they_were():
    records = one_of_each(2)
    data = canonical_bytes(records.values())
    first = min(key for key, record in records.items() if isinstance(record, Diagram))
    at = data.index(b'"diagram": {')
    end = data.index(f'"{first}"'.encode(), at) - 4
    found = saved(data[:at] + b"\0" * (end - at) + data[end:])
    for key, record in records.items():
        if isinstance(record, Diagram):
            assert type(found.store.get(key)) is Diagram, key

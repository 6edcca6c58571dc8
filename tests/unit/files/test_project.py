"""Reading and writing the project file."""

import io
import json
from typing import Any

import pytest

from tests.generator import make_project
from tests.support import there
from workbench.files.canonical import canonical_bytes, content_hash
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.header import Header
from workbench.files.project import load_bytes, load_project, save_project
from workbench.model.base import UnknownRecord, record_type
from workbench.model.elements import Cause, Hazard, Likelihood, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Project, RiskScheme
from workbench.store.store import ReadOnlyError, Store


def small() -> Store:
    return Store(
        [
            Project(id=PROJECT_ID, title="Tïtle with \u2028 and <b>"),
            Hazard(id="h1", code="H-1", title="two\nlines"),
            TopEvent(id="t1", hazard="h1"),
            Cause(id="c1", likelihood=Likelihood(value=3)),
            Link(id="l1", source="c1", target="t1"),
        ]
    )


def as_data(store: Store) -> dict:
    return json.loads(canonical_bytes(store.records.values()))


def test_the_text_is_canonical():
    text = canonical_bytes(small().records.values()).decode()
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    data = json.loads(text)
    assert text == json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert data["format"] == "hazard-workbench"
    assert data["version"] == {"major": 1, "minor": 0}
    assert data["records"]["link"] == {"l1": {"source": "c1", "target": "t1"}}, "defaults are left out, ids are keys"
    assert data["records"]["cause"]["c1"] == {"likelihood": {"value": 3.0}}


def test_the_order_of_entry_does_not_matter():
    records = list(small().records.values())
    assert canonical_bytes(records) == canonical_bytes(reversed(records))


def test_what_is_saved_is_read_back(tmp_path):
    path = tmp_path / "a.hazard.json"
    store = small()
    saved = save_project(store, path)
    loaded = load_project(path)
    assert dict(loaded.store.records) == dict(store.records)
    assert (loaded.path, loaded.version, loaded.read_only, loaded.notes) == (path, "1.0", "", ())
    assert saved.content_hash == loaded.content_hash == content_hash(path.read_bytes())
    assert saved.size == path.stat().st_size
    assert loaded.title == "Tïtle with \u2028 and <b>"
    assert loaded.counts == {"project": 1, "hazard": 1, "top_event": 1, "cause": 1, "link": 1}
    assert loaded.is_current()


def test_records_that_were_read_behave_like_records_that_were_made(tmp_path):
    path = tmp_path / "a.hazard.json"
    save_project(small(), path)
    store = load_project(path).store
    cause = store.find("c1", Cause)
    assert cause == Cause(id="c1", likelihood=Likelihood(value=3.0))
    assert hash(cause) == hash(Cause(id="c1", likelihood=Likelihood(value=3.0)))
    assert cause.replace(title="x").title == "x"
    assert cause.replace(title="x").id == "c1"
    assert cause.model_copy() == cause
    assert repr(cause) == repr(Cause(id="c1", likelihood=Likelihood(value=3.0)))
    with pytest.raises(Exception, match="frozen"):
        cause.title = "y"  # type: ignore[misc]
    with store.transaction("Remove") as tx:
        tx.remove("c1")
    assert "l1" not in store, "the index of references works on records that were read"


def test_mutable_defaults_are_not_shared():
    data = as_data(Store([RiskScheme(id="a"), RiskScheme(id="b")]))
    store = load_bytes(json.dumps(data).encode()).store
    first, second = store.find("a", RiskScheme), store.find("b", RiskScheme)
    assert there(first).cells == {}
    assert there(first).cells is not there(second).cells


def test_a_large_project_comes_back_the_same():
    records = make_project(300)
    data = canonical_bytes(records)
    store = load_bytes(data).store
    assert dict(store.records) == {record.id: record for record in records}
    assert canonical_bytes(store.records.values()) == data


def test_the_frozen_sample_is_read_and_written_back_byte_for_byte(root):
    data = (root / "tests" / "data" / "project-1.0.hazard.json").read_bytes()
    loaded = load_bytes(data)
    assert canonical_bytes(loaded.store.records.values(), loaded.header) == data
    assert loaded.is_current()
    unknown = loaded.store.get("later_1")
    assert isinstance(unknown, UnknownRecord)
    assert unknown.record_type == "later_kind"
    likelihood: Any = there(loaded.store.find("cause_1", Cause)).likelihood
    assert likelihood.newer == {"nested": [1.5, {"deep": None}]}


def test_unknown_fields_survive_an_edit(root):
    data = (root / "tests" / "data" / "project-1.0.hazard.json").read_bytes()
    loaded = load_bytes(data)
    with loaded.store.transaction("Rename") as tx:
        tx.patch("cause_1", title="Renamed")
    expected = json.loads(data)
    expected["records"]["cause"]["cause_1"]["title"] = "Renamed"
    assert json.loads(canonical_bytes(loaded.store.records.values(), loaded.header)) == expected


def test_a_newer_minor_keeps_its_number_and_what_it_wrote(tmp_path):
    data = as_data(small())
    data["version"] = {"major": 1, "minor": 7, "codename": "x"}
    data["later"] = {"top": 1}
    data["records"]["cause"]["c1"]["later"] = {"nested": [1, 2.5, None, {"a": "b"}]}
    data["records"]["cause"]["c1"]["likelihood"]["later"] = 2**70
    data["records"]["later_kind"] = {"x1": {"id": "kept", "n": 1}}
    loaded = load_bytes(json.dumps(data).encode())
    assert loaded.version == "1.7"
    assert not loaded.read_only
    assert "1.7" in loaded.notes[0]
    saved = save_project(loaded.store, tmp_path / "b.hazard.json", loaded.header)
    assert json.loads(saved.path.read_bytes()) == data
    assert canonical_bytes(load_project(saved.path).store.records.values(), loaded.header) == saved.path.read_bytes()


def test_ids_of_unknown_records_count_as_existing():
    data = as_data(small())
    data["records"]["later_kind"] = {"x1": {}}
    data["records"]["top_event"]["t1"]["hazard"] = "x1"
    assert there(load_bytes(json.dumps(data).encode()).store.find("t1", TopEvent)).hazard == "x1"


@pytest.mark.parametrize("change", ["nothing", "fields", "meaning"])
def test_a_newer_major_can_be_looked_at_but_not_changed(change):
    data = as_data(small())
    data["version"] = {"major": 2, "minor": 1}
    if change == "fields":
        data["records"]["cause"]["c1"]["likelihood"] = "now a text"
    if change == "meaning":
        data["records"]["hazard"] = {"somewhere": {"else": 1}}
    loaded = load_bytes(json.dumps(data).encode())
    assert "2.1" in loaded.read_only
    assert "newer" in loaded.read_only
    assert loaded.counts["cause"] == 1
    assert loaded.title.startswith("Tïtle")
    with pytest.raises(ReadOnlyError), loaded.store.transaction("Edit"):
        pass


def test_of_a_newer_major_what_does_not_fit_is_shown_under_a_name_of_its_own():
    data = as_data(small())
    data["version"] = {"major": 2, "minor": 0}
    data["records"]["cause"]["c1"]["likelihood"] = "now a text"
    del data["records"]["hazard"]["h1"]
    data["records"]["treatment"] = {"x": {"of": "h1"}}
    store = load_bytes(json.dumps(data).encode()).store
    found = {record.id: (record_type(record), isinstance(record, UnknownRecord)) for record in store.records.values()}
    assert found["c1"] == ("cause (newer)", True)
    assert found["t1"] == ("top_event (newer)", True), "it refers to what is not there"
    assert found["x"] == ("treatment", True)
    assert found[PROJECT_ID] == ("project", False)
    first = data["records"]["top_event"]["t1"]
    assert there(store.find("t1", UnknownRecord)).__pydantic_extra__ == first


def test_a_newer_major_of_another_shape_is_shown_as_far_as_it_goes():
    loaded = load_bytes(b'{"format": "hazard-workbench", "version": {"major": 9, "minor": 0}, "records": [1, 2]}')
    assert "9.0" in loaded.read_only
    assert "none can be shown" in loaded.notes[0]
    assert (loaded.title, dict(loaded.counts), len(loaded.store)) == ("", {}, 0)


def test_a_file_edited_by_hand_is_read_and_made_canonical(tmp_path):
    text = json.dumps(as_data(small()), indent=7).replace("3.0", "3")
    loaded = load_bytes(b"\xef\xbb\xbf" + text.encode())
    assert dict(loaded.store.records) == dict(small().records)
    assert "byte order mark" in loaded.notes[0]
    assert not loaded.is_current()
    assert canonical_bytes(loaded.store.records.values()) == canonical_bytes(small().records.values())


def test_a_table_breach_and_a_loop_open():
    store = Store(
        [Cause(id="a"), Cause(id="b"), Link(id="l", source="a", target="b"), Link(id="m", source="b", target="a")]
    )
    assert len(load_bytes(canonical_bytes(store.records.values())).store) == 4


def test_standard_input(monkeypatch):
    data = canonical_bytes(small().records.values())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    loaded = load_project("-")
    assert loaded.path is None
    assert len(loaded.store) == 5


def test_a_lone_surrogate_is_refused_when_saving(tmp_path):
    store = Store([Cause(id="c1").model_copy(update={"title": "half \ud800"})])
    with pytest.raises(SaveError, match=r"title of cause c1 .* no valid Unicode"):
        save_project(store, tmp_path / "c.hazard.json")
    assert list(tmp_path.iterdir()) == []


def test_the_header_of_a_saved_file(tmp_path):
    saved = save_project(small(), tmp_path / "d.hazard.json", Header(1, 4, {"x": 1}, {"y": 2}))
    data = json.loads(saved.path.read_bytes())
    assert (data["version"], data["x"]) == ({"major": 1, "minor": 4, "y": 2}, 1)


def test_collecting_goes_on_after_a_load():
    import gc

    assert gc.isenabled()
    with pytest.raises(ProjectFileError):
        load_bytes(b"{")
    assert gc.isenabled()

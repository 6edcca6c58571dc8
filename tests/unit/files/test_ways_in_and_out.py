"""Ways a file is read, written and compared that no usual project takes."""

import io
import json
import os
import stat
import sys
import tempfile
from pathlib import Path

import orjson
import pytest

from tests.faults.files import FaultyOps
from tests.unit.files.test_project import as_data, small
from workbench.files import beside, project
from workbench.files.beside import copy_beside
from workbench.files.canonical import canonical_bytes, content_hash, plain, plain_part
from workbench.files.careful import MAX_DEPTH
from workbench.files.comparison import compare, record_changes
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.project import copy_project, load_bytes, load_project, save_project
from workbench.model.base import UnknownRecord
from workbench.model.elements import Cause, Control
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store

GOOD = canonical_bytes(small().records.values())


def canonical(data) -> bytes:
    """Plain values as the program itself writes them, so that the fast reading looks at them first."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def test_the_canonical_text_here_is_the_programs():
    assert canonical(json.loads(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], '"records" must be an object'),
        ({"cause": []}, "records.cause must be an object"),
        ({"cause": {"c": 3}}, "cause 'c' must be an object"),
        ({"later": {"": {}}}, "the id '' of a later is empty"),
        ({"link": {"l": {"target": "c"}}}, "source is missing"),
        ({"link": {"l": {"source": "c", "target": "c"}, "m": {"target": "c"}}}, "source is missing"),
        ({"link": {"l": {}}}, "source is missing"),
        ({"hazard": {"x": {}}, "cause": {"x": {}}}, "id 'x'"),
    ],
)
def test_canonical_text_that_is_no_project_is_refused_with_the_same_words(records, said):
    data = {**json.loads(GOOD), "records": records}
    for text in (canonical(data), json.dumps(data).encode()):
        with pytest.raises(ProjectFileError) as caught:
            load_bytes(text)
        assert said in str(caught.value)


def test_records_of_an_unknown_type_in_canonical_text_come_back_byte_for_byte():
    data = as_data(small())
    data["version"]["minor"] = 7
    data["records"]["later"] = {"x": {"id": "odd", "any": [1, {"deep": None}]}}
    text = canonical(data)
    loaded = load_bytes(text)
    assert loaded.counts["later"] == 1
    assert loaded.is_current()
    assert canonical_bytes(loaded.store.records.values(), loaded.header) == text


def test_a_text_that_only_looks_like_half_a_pair_is_read():
    store = Store([Project(id=PROJECT_ID, title="C:\\ud800 is a folder")])
    text = canonical_bytes(store.records.values())
    assert b"\\\\ud800" in text
    assert load_bytes(text + b"\n\n").title == "C:\\ud800 is a folder"


def test_half_a_pair_in_a_list_says_where():
    data = as_data(small())
    kind, key = next((kind, key) for kind, table in data["records"].items() if kind == "hazard" for key in table)
    data["records"][kind][key]["tags"] = ["fine", "\ud800"]
    with pytest.raises(ProjectFileError, match=rf"records\.hazard\.{key}\.tags\[1\] holds half of a surrogate pair"):
        load_bytes(json.dumps(data).encode())


def test_only_what_belongs_in_a_file_is_written():
    with pytest.raises(TypeError, match="set has no place in a project file"):
        plain_part({1})
    header = Header(extra={"later": "\ud800"})
    with pytest.raises(SaveError, match=r"The project cannot be written: .*surrogates"):
        canonical_bytes(small().records.values(), header)


def test_fields_of_a_newer_version_are_part_of_a_difference():
    before = Cause.model_validate({"id": "c", "later": 1})
    after = Cause.model_validate({"id": "c", "later": 2, "title": "New"})
    assert plain(before) == {"later": 1}
    (change,) = record_changes(compare({"c": before}, {"c": after}))
    assert change.fields == {"later": (1, 2), "title": (None, "New")}


def test_an_id_that_names_another_kind_of_thing_is_one_gone_and_one_come():
    changes = record_changes(compare({"x": Cause(id="x", title="A")}, {"x": Control(id="x", title="B")}))
    assert [(one.record, one.change, one.fields["title"]) for one in changes] == [
        ("cause", "removed", ("A", None)),
        ("control", "added", (None, "B")),
    ]


def test_a_later_major_with_records_of_unknown_type_is_shown():
    data = as_data(small())
    data["version"] = {"major": 9, "minor": 0}
    data["records"]["later"] = {"x": {"any": 1}}
    loaded = load_bytes(json.dumps(data).encode())
    assert "newer Hazard Workbench" in loaded.read_only
    record = loaded.store.get("x")
    assert isinstance(record, UnknownRecord)
    assert (record.record_type, record.model_extra) == ("later", {"any": 1})


def test_the_last_of_too_many_copies_is_written_over(tmp_path, monkeypatch):
    path = tmp_path / "p.hazard.json"
    monkeypatch.setattr(project, "CURRENT", (1, 1))
    monkeypatch.setattr(project, "_MOST_COPIES", 3)
    header = Header(older="1.0")
    for number in range(4):
        path.write_bytes(canonical_bytes([Project(id=PROJECT_ID, title=f"Old {number}")]))
        save_project(Store([Project(id=PROJECT_ID, title="New")]), path, header)
    copies = {other.name: load_project(other).title for other in tmp_path.iterdir() if ".v1.0" in other.name}
    assert copies == {"p.v1.0.hazard.json": "Old 0", "p.v1.0-2.hazard.json": "Old 3"}


def test_a_copy_that_cannot_be_read_is_no_reason_to_go_without(tmp_path, monkeypatch):
    path, first = tmp_path / "p.hazard.json", tmp_path / "p.v1.0.hazard.json"
    monkeypatch.setattr(project, "CURRENT", (1, 1))
    path.write_bytes(GOOD)
    first.write_bytes(GOOD)

    class Ops(FileOps):
        def read(self, path, limit):
            if path == first:
                raise PermissionError(13, "Permission denied")
            return super().read(path, limit)

    save_project(small(), path, Header(older="1.0"), ops=Ops())
    assert (tmp_path / "p.v1.0-2.hazard.json").read_bytes() == GOOD


class TestCopies:
    @pytest.fixture
    def source(self, tmp_path):
        path = tmp_path / "run.json"
        path.write_bytes(b"{}")
        return path

    def copy(self, source):
        return copy_beside(source, source.with_name("p.hazard.json"), content_hash(b"{}"))

    def test_it_lies_beside_the_project_under_its_digest(self, source):
        where = self.copy(source)
        assert where == f"p.runs/{content_hash(b'{}')[:12]}-run.json"
        assert (source.parent / where).read_bytes() == b"{}"

    def test_a_long_name_keeps_its_endings(self, source):
        long = source.rename(source.with_name(f"{'n' * 200}.jsonl.gz"))
        name = self.copy(long).partition("-")[2]
        assert name == f"{'n' * 91}.jsonl.gz"
        long = long.rename(long.with_name(f"{'n' * 200}.part.jsonl.gz"))
        assert self.copy(long).endswith("nnn.jsonl.gz")
        assert len(name) == 100
        other = long.rename(long.with_name(f"{'a.' * 60}{'e' * 40}"))
        assert len(self.copy(other).partition("-")[2]) == 100

    def test_what_is_gone_is_told(self, source):
        source.unlink()
        with pytest.raises(SaveError, match=r"run\.json was not copied: it cannot be read"):
            self.copy(source)

    def test_a_folder_that_cannot_be_made_is_told(self, source):
        (source.parent / "p.runs").write_text("in the way")
        with pytest.raises(SaveError, match=r"p\.runs could not be made .*the file was not copied"):
            self.copy(source)

    def test_what_is_too_large_or_other_stays_where_it_is(self, source, monkeypatch):
        with pytest.raises(SaveError, match="has changed since it was read"):
            copy_beside(source, source.with_name("p.hazard.json"), "0" * 64)
        assert beside.MOST_BYTES == 2 * 1024**3
        monkeypatch.setattr(beside, "MOST_BYTES", 1)
        with pytest.raises(SaveError, match="larger than 2 GiB and was not copied"):
            self.copy(source)
        monkeypatch.setattr(beside, "MOST_BYTES", 2)
        assert self.copy(source)


def test_the_programs_own_text_needs_no_careful_reading(monkeypatch):
    monkeypatch.setattr(project, "_load_carefully", lambda *_: pytest.fail("read carefully"))
    loaded = load_bytes(GOOD)
    assert loaded.is_current()
    assert dict(loaded.store.records) == dict(small().records)


def test_too_much_on_standard_input_is_told_as_such(monkeypatch):
    class Given:
        buffer = io.BytesIO(GOOD)

    monkeypatch.setattr(project, "MAX_BYTES", len(GOOD) - 1)
    monkeypatch.setattr(sys, "stdin", Given)
    with pytest.raises(ProjectFileError, match="standard input is larger than"):
        load_project("-")


def test_what_does_not_read_back_is_an_error_of_the_disk(tmp_path):
    with pytest.raises(SaveError, match="the disk reports an error; save elsewhere and check the disk"):
        save_project(small(), tmp_path / "p.hazard.json", ops=FaultyOps(corrupt=True))


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_new_file_may_be_read_by_whom_the_user_lets():
    with tempfile.TemporaryDirectory() as folder:
        for mask in (0o022, 0o077, 0o002):
            path, before = Path(folder) / f"{mask}.hazard.json", os.umask(mask)
            try:
                save_project(small(), path)
            finally:
                os.umask(before)
            assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_canonical_text_may_be_no_deeper_than_other_text():
    for levels, fits in ((MAX_DEPTH - 4, True), (MAX_DEPTH - 3, False), (MAX_DEPTH, False)):
        value: object = 1
        for _ in range(levels):
            value = [value]
        data = as_data(small())
        data["records"]["later"] = {"x": {"any": value}}  # four levels down
        for text in (canonical(data), json.dumps(data).encode()):
            if fits:
                assert load_bytes(text).counts["later"] == 1
            else:
                with pytest.raises(ProjectFileError, match=f"nested more than {MAX_DEPTH} levels"):
                    load_bytes(text)


def test_a_file_is_copied_byte_for_byte_or_not_at_all(tmp_path):
    source, target = tmp_path / "a.hazard.json", tmp_path / "b.hazard.json"
    data = b" " + GOOD
    source.write_bytes(data)
    saved = copy_project(source, target, content_hash(data))
    assert (saved.path, saved.content_hash, saved.size) == (target, content_hash(data), len(data))
    assert target.read_bytes() == data
    target.write_bytes(b"before")
    copy_project(source, target, content_hash(data), in_place=tmp_path / "kept.json")
    assert target.read_bytes() == data
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.hazard.json", "b.hazard.json"]
    source.write_bytes(GOOD)
    with pytest.raises(ProjectFileError, match="was changed since it was opened here"):
        copy_project(source, tmp_path / "c.hazard.json", content_hash(data))
    assert not (tmp_path / "c.hazard.json").exists()

"""Where records stand in a project file, told from the text however it is laid out."""

import json

import pytest

from tests.generator import make_project
from workbench.files.canonical import canonical_bytes
from workbench.files.places import lines_in, lines_of
from workbench.files.project import load_bytes, load_project, save_project
from workbench.model.elements import Cause
from workbench.store.store import Store

HOSTILE = 'Line\nbreak "h": {\n      "h": {\u2028\r\\ }'


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(Store([*make_project(60), Cause(id="x", code="C-999", title=HOSTILE)]), path)
    return path


def test_each_record_of_a_saved_project_stands_where_it_is_told(saved):
    loaded = load_project(saved)
    rows = saved.read_text(encoding="utf-8").split("\n")
    found = lines_of(loaded)
    assert found.keys() == loaded.store.records.keys()
    for id, (first, last) in found.items():
        assert rows[first - 1] == f"      {json.dumps(id)}: {{"
        assert rows[last - 1] in ("      }", "      },")
        json.loads("{" + "\n".join(rows[first - 1 : last]).rstrip(",") + "}")


@pytest.mark.parametrize("layout", ["one line", "tabs", "windows", "mark", "backwards"])
def test_a_file_laid_out_otherwise_is_told_as_well(saved, layout):
    raw = json.loads(saved.read_bytes())
    if layout == "backwards":
        raw["records"] = {kind: dict(reversed(those.items())) for kind, those in reversed(raw["records"].items())}
    text = json.dumps(raw, indent={"one line": None, "tabs": "\t"}.get(layout, 1), ensure_ascii=False)
    data = text.replace("\n", "\r\n" if layout == "windows" else "\n").encode()
    saved.write_bytes((b"\xef\xbb\xbf" if layout == "mark" else b"") + data)
    found = lines_in(saved.read_bytes())
    assert found.keys() == {id for those in raw["records"].values() for id in those}
    rows = text.split("\n")
    for id, (first, last) in found.items():
        assert f"{json.dumps(id)}:" in rows[first - 1]
        assert rows[last - 1].strip().startswith("}") or layout == "one line"
    if layout == "one line":
        assert set(found.values()) == {(1, 1)}


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"records": []}', b'{"records": {"cause": {"x" 1}}}', b'{"records": {1: {}}}', b"\xff\xfe",
     b'{"records": {"cause": ' + b'{"x":' * 100_000, b'{"records": {"cause": {"x": {"a": 1]}}}'],
)  # fmt: skip
def test_of_what_is_no_project_nothing_is_said(data):
    assert lines_in(data) == {}


def test_of_a_file_that_changed_since_nothing_is_said(saved):
    loaded = load_project(saved)
    saved.write_bytes(saved.read_bytes() + b"\n")
    assert lines_of(loaded) == {}
    saved.unlink()
    assert lines_of(loaded) == {}


def test_nothing_is_said_of_standard_input_nor_of_what_holds_no_record(tmp_path):
    loaded = load_bytes(canonical_bytes([]))
    assert loaded.path is None
    assert lines_of(loaded) == {}
    assert lines_in(b'{"records": {}}') == {}
    assert lines_in(b'{"records": {"cause": {}}, "x": {}}') == {}

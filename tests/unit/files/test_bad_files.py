"""Every way a file can be bad has one line that says what, where and what to do."""

import json
import os
from pathlib import Path

import pytest

from tests.unit.files.test_project import as_data, small
from workbench.files import project
from workbench.files.canonical import canonical_bytes
from workbench.files.errors import ProjectFileError
from workbench.files.fileops import FileOps
from workbench.files.project import load_bytes, load_project

GOOD = canonical_bytes(small().records.values()).decode()


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def with_fields(kind: str, key: str, /, **fields) -> str:
    data = as_data(small())
    data["records"].setdefault(kind, {}).setdefault(key, {}).update(fields)
    return json.dumps(data)


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty"),
    "blank": (" \n ", "is empty"),
    "no json": ("hello", "not valid JSON (line 1, column 1"),
    "cut off": (GOOD[:-20], "not valid JSON (line"),
    "comma": (changed('"t1"\n', '"t1",\n'), "not valid JSON (line"),
    "not utf-8": (GOOD.encode("utf-16"), "not UTF-8"),
    "latin-1": (GOOD.encode("latin-1", "replace"), "not UTF-8 text (line"),
    "a list": ("[]", "no object"),
    "a number": ("3", "no object"),
    "no format": ('{"version": 1}', "names no format"),
    "other format": ('{"format": "drawio"}', "its format is 'drawio'"),
    "no version": ('{"format": "hazard-workbench"}', '"version" is missing'),
    "version text": ('{"format": "hazard-workbench", "version": "1.0"}', '"version" is missing'),
    "version parts": (changed('"major": 1', '"major": true'), "two whole numbers"),
    "version zero": (changed('"major": 1', '"major": 0'), "there is no version 0.0"),
    "no records": ('{"format": "hazard-workbench", "version": {"major": 1, "minor": 0}}', '"records" is missing'),
    "records list": (json.dumps({**json.loads(GOOD), "records": []}), '"records" must be an object'),
    "table list": (json.dumps({**json.loads(GOOD), "records": {"cause": []}}), "records.cause must be an object"),
    "record text": (json.dumps({**json.loads(GOOD), "records": {"cause": {"c": "x"}}}), "cause 'c' must be an object"),
    "unknown table": (
        json.dumps({**json.loads(GOOD), "records": {"later": {"c": "x"}}}),
        "later 'c' must be an object",
    ),
    "nan": (changed("3.0", "NaN"), "NaN at records.cause.c1.likelihood.value"),
    "infinity": (changed("3.0", "-Infinity"), "-Infinity at records.cause.c1.likelihood.value"),
    "too large a number": (changed("3.0", "1e999"), "1e999 at records.cause.c1.likelihood.value"),
    "nan where unknown": (
        changed('"value": 3.0', '"value": 3.0,\n          "z": NaN'),
        "NaN at records.cause.c1.likelihood.z",
    ),
    "digits": (changed("3.0", "1" * 5_000), "is no number a project can hold"),
    "key twice": (
        changed('"code": "H-1"', '"code": "H-1",\n        "code": "H-2"'),
        "the key 'code' stands twice at records.hazard.h1",
    ),
    "same key twice": (changed('"code": "H-1"', '"code": "H-1",\n        "code": "H-1"'), "stands twice"),
    "id twice": (changed('"l1": {', '"l1": {},\n      "l1": {'), "the key 'l1' stands twice at records.link"),
    "id of two kinds": (changed('"h1": {', '"c1": {'), "the id 'c1' is used twice"),
    "id empty": (changed('"l1": {', '"": {'), "is empty"),
    "id long": (changed('"l1": {', f'"{"x" * 201}": {{'), "longer than 200"),
    "own id": (with_fields("cause", "c1", id="c2"), 'the field "id" differs'),
    "surrogate": (changed('"H-1"', '"\\ud800"'), "half of a surrogate pair"),
    "surrogate in a key": (changed('"h1": {', '"\\udfff": {'), "half of a surrogate pair"),
    "deep": (changed("3.0", "[" * 200 + "]" * 200), "nested more than 100 levels"),
    "very deep": ("[" * 200_000, "nested more than 100 levels"),
    "text as number": (changed("3.0", '"3"'), "cause c1: likelihood.value must be a number, not the text '3'"),
    "number as text": (changed('"H-1"', "7"), "hazard h1: code must be text, not 7"),
    "null": (changed('"H-1"', "null"), "code must be text, not null"),
    "object": (changed('"H-1"', "{}"), "code must be text, not an object"),
    "list": (with_fields("hazard", "h1", tags="one"), "hazard H-1: tags must be a list"),
    "not a truth": (with_fields("hazard", "h1", title=True), "hazard H-1: title must be text, not true"),
    "not a lie": (with_fields("hazard", "h1", title=False), "title must be text, not false"),
    "not a list": (with_fields("hazard", "h1", title=["x"]), "title must be text, not a list"),
    "not an object": (with_fields("hazard", "h1", title={"x": 1}), "title must be text, not an object"),
    "choice": (with_fields("hazard", "h1", status="done"), "status must be one of: 'draft', 'in_review'"),
    "negative": (changed("3.0", "-3.0"), "must be at least 0"),
    "title": (with_fields("hazard", "h1", title="x" * 2_001), "title is longer than 2000 characters"),
    "coordinate": (
        with_fields("placement", "p", diagram="h1", subject="c1", x=1e9),
        "placement p: x must be at most 1000000",
    ),
    "boolean": (
        with_fields("placement", "p", diagram="h1", subject="c1", collapsed=1),
        "collapsed must be true or false",
    ),
    "required": (with_fields("link", "l2", source="c1"), "link l2: target is missing"),
    "dangling": (changed('"t1"\n', '"gone"\n'), "link l1: target names 'gone', which is not in the file"),
    "dangling list": (with_fields("hazard", "h1", odd=["gone"]), "hazard H-1: odd names 'gone'"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_clear_line(name):
    text, expected = BAD[name]
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    with pytest.raises(ProjectFileError) as caught:
        load_bytes(data, "the file")
    message = str(caught.value)
    assert expected in message
    assert message.startswith("the file")
    assert "\n" not in message
    assert len(message) < 400
    assert caught.value.__cause__ is None, "no second traceback"


def test_one_reference_that_leads_nowhere_is_told_alone_and_of_several_how_many():
    told = []
    for links in (1, 3):
        data = json.loads(BAD["dangling"][0])
        data["records"]["link"] |= {f"more{number}": {"source": "c1", "target": "gone"} for number in range(links - 1)}
        with pytest.raises(ProjectFileError) as caught:
            load_bytes(json.dumps(data).encode(), "the file")
        told.append(str(caught.value))
    assert "more like this" not in told[0]
    assert "(2 more like this)" in told[1]


def test_a_large_file_is_read_only_where_it_names_the_format(monkeypatch):
    monkeypatch.setattr(project, "_WORTH_A_LOOK", 10)
    data = canonical_bytes([])
    assert not project.load_bytes(data).store.records
    with pytest.raises(ProjectFileError, match="it names no format"):
        load_bytes(b'{"records": {"cause": {}}}')


def test_a_file_of_just_the_size_there_may_be_is_read(monkeypatch):
    data = canonical_bytes([])
    monkeypatch.setattr(project, "MAX_BYTES", len(data))
    assert not load_bytes(data).store.records
    with pytest.raises(ProjectFileError, match="is larger than"):
        load_bytes(data + b" ")


def test_hostile_names_stay_on_one_line():
    with pytest.raises(ProjectFileError) as caught:
        load_bytes(with_fields("hazard", "h1", code="a\nb\u2028\x1b[31m" + "x" * 500, tags=3).encode(), "f")
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 400


def test_a_missing_file(tmp_path):
    with pytest.raises(ProjectFileError, match="there is no such file; check the path"):
        load_project(tmp_path / "none.hazard.json")


def test_a_folder(tmp_path):
    with pytest.raises(ProjectFileError, match=r"is a folder; give the .hazard.json file"):
        load_project(tmp_path)


def test_a_path_no_system_takes():
    with pytest.raises(ProjectFileError, match="cannot be read"):
        load_project("a\0b")


def test_a_file_in_a_file(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(ProjectFileError, match="cannot be read"):
        load_project(tmp_path / "a" / "b.hazard.json")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path):
    path = tmp_path / "a.hazard.json"
    path.write_text(GOOD)
    path.chmod(0)
    with pytest.raises(ProjectFileError, match="may not be read"):
        load_project(path)


def test_permission_refused_by_the_system(tmp_path):
    class Refusing(FileOps):
        def read(self, path: Path, limit: int) -> bytes:
            raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.hazard.json"
    path.write_text(GOOD)
    with pytest.raises(ProjectFileError, match="may not be read"):
        load_project(path, ops=Refusing())


def test_over_the_size_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(project, "MAX_BYTES", 1_000)
    path = tmp_path / "a.hazard.json"
    path.write_bytes(b" " * 1_001)
    with pytest.raises(ProjectFileError, match="may have"):
        project.load_project(path)
    with pytest.raises(ProjectFileError, match="may have"):
        load_bytes(b" " * 1_001)


def test_a_sparse_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "big.hazard.json"
    with path.open("wb") as file:
        file.truncate(project.MAX_BYTES + 1)
    with pytest.raises(ProjectFileError, match="256 MiB"):
        load_project(path)

"""The first save of a file of an older version leaves a copy of it; no other save does."""

import errno

import pytest

from tests.faults.files import FaultyOps
from workbench.files import project
from workbench.files.errors import SaveError
from workbench.files.migrations import registry
from workbench.files.project import load_project, save_project
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A file of version 1.0, read by a program of version 1.1 that renames the project."""
    path = tmp_path / "p.hazard.json"
    save_project(Store([Project(id=PROJECT_ID, title="Old")]), path)
    steps = [registry.Step((1, 0), (1, 1), lambda raw: raw)]
    monkeypatch.setattr(project, "CURRENT", (1, 1))
    monkeypatch.setattr(project, "migrate", lambda raw, version: registry.migrate(raw, version, steps))
    return path


def copies(path):
    return sorted(other.name for other in path.parent.iterdir() if other != path)


def test_the_first_save_keeps_a_copy_and_the_next_none(old):
    before = old.read_bytes()
    loaded = load_project(old)
    assert (loaded.version, loaded.header.older) == ("1.1", "1.0")
    assert "keeps a copy" in loaded.notes[0]
    save_project(loaded.store, old, loaded.header)
    assert copies(old) == ["p.v1.0.hazard.json"]
    assert old.with_name("p.v1.0.hazard.json").read_bytes() == before
    assert b"older" not in old.read_bytes()
    save_project(loaded.store, old, loaded.header)
    assert copies(old) == ["p.v1.0.hazard.json"]


def test_an_older_copy_is_not_written_over(old):
    other = old.with_name("p.v1.0.hazard.json")
    other.write_bytes(b"mine")
    loaded = load_project(old)
    save_project(loaded.store, old, loaded.header)
    assert other.read_bytes() == b"mine"
    assert copies(old) == ["p.v1.0-2.hazard.json", "p.v1.0.hazard.json"]


def test_a_copy_that_is_there_already_will_do(old):
    old.with_name("p.v1.0.hazard.json").write_bytes(old.read_bytes())
    loaded = load_project(old)
    save_project(loaded.store, old, loaded.header)
    assert copies(old) == ["p.v1.0.hazard.json"]


def test_saving_elsewhere_needs_no_copy(old, tmp_path):
    loaded = load_project(old)
    before = old.read_bytes()
    save_project(loaded.store, tmp_path / "other.hazard.json", loaded.header)
    assert copies(old) == ["other.hazard.json"]
    assert old.read_bytes() == before


def test_without_a_copy_the_file_stays(old):
    loaded = load_project(old)
    before = old.read_bytes()
    with pytest.raises(SaveError, match=r"a copy of it could not be kept first"):
        save_project(loaded.store, old, loaded.header, ops=FaultyOps(fails=lambda place: place > 1, error=errno.ENOSPC))
    assert old.read_bytes() == before
    assert copies(old) == []

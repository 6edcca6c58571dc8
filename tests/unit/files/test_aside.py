"""A file is put aside before it is written over: what another program wrote is not lost either."""

import pytest

from workbench.files import aside
from workbench.files.aside import kept_folder, put_aside
from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "state_folder", lambda: tmp_path / "state")


def test_each_content_lies_there_once_under_a_name_that_says_whose_it_is(tmp_path):
    path = tmp_path / "p.hazard.json"
    for text in (b"one", b"two", b"one"):
        path.write_bytes(text)
        assert put_aside(path).name == f"p-{content_hash(text)[:8]}.hazard.json"
    assert {other.read_bytes() for other in kept_folder().iterdir()} == {b"one", b"two"}
    long = tmp_path / f"{'n' * 200}.hazard.json"
    long.write_bytes(b"long")
    assert put_aside(long).name.startswith("n" * 100 + "-")


def test_what_cannot_be_read_or_kept_is_told(tmp_path):
    with pytest.raises(ProjectFileError, match="there is no such file"):
        put_aside(tmp_path / "none.hazard.json")
    (tmp_path / "state").write_text("in the way")
    path = tmp_path / "p.hazard.json"
    path.write_bytes(b"one")
    with pytest.raises(ProjectFileError):
        put_aside(path)

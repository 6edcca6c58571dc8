"""Saved states beside a project: kept once, in any graph, and verified by their hashes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.fileops import FileOps
from workbench.files.revisions import Revision, Revisions
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store

TIME = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def titled(title: str) -> Store:
    return Store([Project(id=PROJECT_ID, title=title)])


def saved(kept: Revisions, title: str, message: str = "Kept", **more: str) -> Revision:
    return kept.save(titled(title), None, message=message, author="Ada", time=TIME, **more)


@pytest.fixture
def kept(tmp_path: Path) -> Revisions:
    return Revisions(tmp_path / "p.hazard.json")


def test_a_project_without_revisions_has_none(kept: Revisions) -> None:
    assert kept.all() == kept.heads() == []
    assert kept.verify() == []
    assert kept.folder.name == "p.revisions"
    assert not kept.folder.exists()


def test_each_revision_is_built_on_the_one_before(kept: Revisions) -> None:
    first, second = saved(kept, "One", "First"), saved(kept, "Two", "Second")
    assert [one.number for one in kept.all()] == [1, 2]
    assert (first.parents, second.parents) == ((), (first.name,))
    assert (second.author, second.time, second.message) == ("Ada", "2026-05-04T10:00:00Z", "Second")
    assert kept.heads() == [second]
    assert kept.load(first).title == "One"
    assert kept.verify() == []


def test_the_same_document_is_stored_once(kept: Revisions) -> None:
    saved(kept, "One", "First")
    saved(kept, "One", "Again")
    assert len(list((kept.folder / "objects").iterdir())) == 1
    assert len(kept.all()) == 2


def test_a_damaged_revision_that_is_asked_for_is_named(kept: Revisions) -> None:
    first = saved(kept, "One", "First")
    (kept.folder / f"{first.name}.json").write_text("{")
    saved(kept, "Two", "Second")
    assert [one.file for one in kept.left_out()] == [f"{first.name}.json"]
    with pytest.raises(ProjectFileError, match=f"{first.name}.json: is damaged"):
        kept.find(first.name)
    for wanted in ("3", " "):
        with pytest.raises(ProjectFileError, match="There is no revision"):
            kept.find(wanted)


def test_branches_with_one_number_meet_in_a_revision_with_two_parents(tmp_path: Path) -> None:
    ours, theirs = Revisions(tmp_path / "a" / "p.hazard.json"), Revisions(tmp_path / "b" / "p.hazard.json")
    for side, title in ((ours, "Ours"), (theirs, "Theirs")):
        side.folder.parent.mkdir()
        saved(side, "One", "First")
        saved(side, title, title)
    for path in theirs.folder.rglob("*.json"):
        target = ours.folder / path.relative_to(theirs.folder)
        target.write_bytes(path.read_bytes())
    assert [one.number for one in ours.all()] == [1, 2, 2]
    assert len(ours.heads()) == 2
    with pytest.raises(ProjectFileError, match="2 revisions are called '2'; say which: 2-"):
        ours.find("2")
    merged = saved(ours, "Merged")
    assert (merged.number, set(merged.parents)) == (3, {one.name for one in ours.all() if one.number == 2})
    assert ours.heads() == [merged]
    assert ours.verify() == []


def test_a_revision_is_found_by_number_name_and_baseline(kept: Revisions) -> None:
    first = saved(kept, "One", baseline="Review  May")
    saved(kept, "Two")
    assert first.baselines == ("Review May",)
    assert {kept.find(text).name for text in ("1", first.name, first.name[:5], "Review May")} == {first.name}
    with pytest.raises(ProjectFileError, match="no revision '9'; it has 1 to 2"):
        kept.find("9")
    kept.name("2", "Release")
    with pytest.raises(ProjectFileError, match="Revision 2 has the name 'Release' already"):
        kept.name("1", "Release")


def test_damage_is_found_and_the_rest_stays_readable(kept: Revisions) -> None:
    first, second, third = (saved(kept, title) for title in ("One", "Two", "Three"))
    path = kept.folder / f"{first.name}.json"
    path.write_bytes(path.read_bytes().replace(b"Ada", b"Eve"))
    (kept.folder / "objects" / f"{second.sha256}.json").write_bytes(b"{}")
    (kept.folder / "objects" / f"{third.sha256}.json").unlink()
    (kept.folder / "stray.json").write_text("{}", encoding="utf-8")
    told = {str(one) for one in kept.verify()}
    assert f"{first.name}.json: is damaged: its text does not match its name; restore it from a copy" in told
    assert f"objects/{second.sha256}.json: is damaged: its bytes are not those that were saved" in told
    assert any("there is no such file" in one for one in told)
    assert f"{second.name}.json: is built on {first.name}, which is missing; restore it from a copy" in told
    assert "stray.json: is not named as a revision is; move it out of the folder" in told
    assert [one.number for one in kept.all()] == [2, 3]
    with pytest.raises(ProjectFileError, match="is damaged: its bytes are not those saved"):
        kept.load(second)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 3}', "nul", '{"format": "hazard-workbench-revision"}'])
def test_what_is_no_revision_is_damage_and_not_an_error(kept: Revisions, text: str) -> None:
    kept.folder.mkdir()
    (kept.folder / f"1-{content_hash(text.encode())[:8]}.json").write_text(text, encoding="utf-8")
    assert len(kept.verify()) == 1
    assert kept.all() == []


def test_a_baseline_needs_a_name(kept: Revisions) -> None:
    saved(kept, "One")
    with pytest.raises(ProjectFileError, match="A baseline needs a name"):
        kept.name("1", " \n ")


def test_a_baseline_that_cannot_be_read_hides_no_other(kept: Revisions) -> None:
    saved(kept, "One", baseline="Review")
    for number, text in enumerate(("", "[]", "{}", '{"name": "x"}', "null")):
        (kept.folder / "baselines" / f"{number}.json").write_text(text, encoding="utf-8")
    assert kept.find("Review").number == 1
    assert kept.verify() == []


def test_a_number_that_is_not_above_its_parents_is_damage(kept: Revisions) -> None:
    first = saved(kept, "One")
    told = json.loads((kept.folder / f"{first.name}.json").read_bytes())
    text = json.dumps({**told, "parents": [first.name]}).encode()
    name = f"1-{content_hash(text)[:8]}"
    (kept.folder / f"{name}.json").write_bytes(text)
    told_of = [str(one) for one in kept.verify()]
    assert told_of == [f"{name}.json: has no higher number than {first.name}, on which it is built"]


class Refusing(FileOps):
    """Refuses to read, to list or to make what it is told."""

    def __init__(self, **refused: str) -> None:
        self.refused = refused

    def _look(self, what: str, path: Path) -> None:
        if self.refused.get(what, "\0") in str(path):
            raise PermissionError(13, "Permission denied")

    def read(self, path: Path, limit: int) -> bytes:
        self._look("read", path)
        return super().read(path, limit)

    def names(self, folder: Path) -> list[str]:
        self._look("names", folder)
        return super().names(folder)

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        self._look("make", folder)
        super().make_folder(folder, mode)


def test_a_revision_that_cannot_be_read_now_is_not_built_over(kept: Revisions, tmp_path: Path) -> None:
    first = saved(kept, "One")
    blind = Revisions(tmp_path / "p.hazard.json", Refusing(read=f"{first.name}.json"))
    assert blind.all() == []
    assert [one.unread for one in blind.verify()] == [True]
    with pytest.raises(SaveError, match=r"The revision was not saved: .*may not be read"):
        saved(blind, "Two")
    assert [one.number for one in kept.all()] == [1]


def test_folders_that_cannot_be_listed_or_made_are_told(kept: Revisions, tmp_path: Path) -> None:
    project = tmp_path / "p.hazard.json"
    with pytest.raises(SaveError, match=r"The revisions' folder .* could not be made \(Permission denied\)"):
        saved(Revisions(project, Refusing(make="objects")), "One")
    saved(kept, "One")
    with pytest.raises(ProjectFileError, match=r"cannot be read \(Permission denied\); check the disk"):
        Revisions(project, Refusing(names=".revisions")).all()

"""The commands diff, merge, revisions and git-setup."""

import json
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from workbench.cli.main import run
from workbench.files.project import load_project, save_project
from workbench.model.elements import Hazard
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.review import Conflict
from workbench.store.store import Store

BASE = (Project(id=PROJECT_ID, title="P"), Hazard(id="h", code="H-1", title="Old", owner="A"))


def write(path: Path, **fields: str) -> Path:
    """The project with other fields of its hazard."""
    save_project(Store([BASE[0], BASE[1].replace(**fields)]), path)
    return path


def hazard(path: Path) -> Hazard:
    found = load_project(path).store.find("h", Hazard)
    assert found is not None
    return found


def test_diff_in_words_and_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = write(tmp_path / "a.hazard.json"), write(tmp_path / "b.hazard.json", title="New")
    assert run(["diff", str(a), str(b)]) == 1
    assert capsys.readouterr().out == "Hazard H-1 New: title Old → New\n"
    assert run(["diff", str(a), str(b), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "changes": [{"record": "hazard", "id": "h", "change": "changed", "fields": {"title": ["Old", "New"]}}]
    }
    assert run(["diff", str(a), str(a)]) == 0
    assert capsys.readouterr().out == "No differences.\n"


def test_diff_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = write(tmp_path / "a.hazard.json")
    assert run(["diff", str(a)]) == 2
    assert run(["diff", str(a), str(tmp_path / "none.hazard.json")]) == 2
    assert run(["diff", "--textconv", str(a), str(a)]) == 2
    assert run(["diff", "-", "-"]) == 2
    told = capsys.readouterr().err
    assert "there is no such file" in told
    assert "one of the two, not both" in told


def test_merge_tells_of_conflicts_that_an_earlier_one_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, out = write(tmp_path / "base.hazard.json"), tmp_path / "out.hazard.json"
    ours, theirs = write(tmp_path / "ours.hazard.json", title="Ours"), write(tmp_path / "t.hazard.json", title="Theirs")
    assert run(["merge", str(base), str(ours), str(theirs), "-o", str(out)]) == 1
    capsys.readouterr()
    assert run(["merge", str(out), str(out), str(out), "-o", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: no conflicts; 1 from an earlier merge is open still.\n"


def test_merge_writes_what_both_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, out = write(tmp_path / "base.hazard.json"), tmp_path / "out.hazard.json"
    ours, theirs = write(tmp_path / "ours.hazard.json", title="Ours"), write(tmp_path / "t.hazard.json", owner="B")
    assert run(["merge", str(base), str(ours), str(theirs), "-o", str(out)]) == 0
    assert (hazard(out).title, hazard(out).owner) == ("Ours", "B")
    assert capsys.readouterr().out == f"{out}: no conflicts.\n"


def test_merge_with_conflicts_exits_1_and_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, out = write(tmp_path / "base.hazard.json"), tmp_path / "out.hazard.json"
    ours, theirs = write(tmp_path / "ours.hazard.json", title="Ours"), write(tmp_path / "t.hazard.json", title="Theirs")
    assert run(["merge", str(base), str(ours), str(theirs), "-o", str(out), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["conflicts"]
    wanted = {"record": "hazard", "id": "h", "field": "title", "base": "Old", "ours": "Ours", "theirs": "Theirs"}
    assert told == wanted
    assert hazard(out).title == "Ours"
    assert [one.theirs for one in load_project(out).store.all(Conflict)] == ["Theirs"]
    assert run(["check", str(out), "--format", "json"]) == 1
    assert any(one["severity"] == "error" for one in json.loads(capsys.readouterr().out)["findings"])


def test_merge_of_versions_without_a_common_origin(tmp_path: Path) -> None:
    base, out = tmp_path / "empty", tmp_path / "out.hazard.json"
    base.write_bytes(b"")
    same = write(tmp_path / "ours.hazard.json")
    assert run(["merge", str(base), str(same), str(same), "-o", str(out)]) == 0
    assert out.read_bytes() == same.read_bytes()


def test_revisions_from_first_to_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "p.hazard.json")
    assert run(["revisions", str(file), "list"]) == 0
    assert "No revisions yet" in capsys.readouterr().out
    assert run(["revisions", str(file), "save", "-m", "First", "--author", "Ada", "--baseline", "Review"]) == 0
    write(file, title="New")
    assert run(["revisions", str(file), "compare", "1"]) == 1
    assert "title Old → New" in capsys.readouterr().out
    assert run(["revisions", str(file), "restore", "Review", "--author", "Ada"]) == 0
    assert hazard(file).title == "Old"
    capsys.readouterr()
    assert run(["revisions", str(file), "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["message"]) for one in told] == [
        (1, "First"),
        (2, "Before revision 1 was restored"),
    ]
    assert run(["revisions", str(file), "verify"]) == 0
    assert run(["revisions", str(file), "show", "2"]) == 0
    assert run(["revisions", str(file), "show", "7"]) == 2
    assert "There is no revision '7'" in capsys.readouterr().err
    assert run(["revisions", str(file), "save", "-m", " "]) == 2


git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A real repository with the drivers in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self("init", "-q", "-b", "main")
        self("config", "user.name", "Ada")
        self("config", "user.email", "ada@example.org")
        assert run(["git-setup", str(folder)]) == 0

    def __call__(self, *arguments: str, fails: bool = False) -> str:
        done = subprocess.run(["git", "-C", str(self.folder), *arguments], capture_output=True, text=True, check=False)
        assert bool(done.returncode) == fails, done.stderr + done.stdout
        return done.stdout

    def commit(self, message: str) -> None:
        self("add", "-A")
        self("commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> Repository:
    monkeypatch.setenv("PYTHONPATH", str(root))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Repository(tmp_path)


def test_a_damaged_revision_is_not_passed_over_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "p.hazard.json")
    assert run(["revisions", str(file), "save", "-m", "First"]) == 0
    (kept,) = (tmp_path / "p.revisions").glob("1-*.json")
    kept.write_bytes(kept.read_bytes() + b"x")
    capsys.readouterr()
    assert run(["revisions", str(file), "list"]) == 0
    told = capsys.readouterr()
    assert told.err.startswith(f"left out: {kept.name}: is damaged")
    assert "No revisions yet" not in told.out
    for wanted in ("1", kept.stem):
        assert run(["revisions", str(file), "restore", wanted]) == 2
        assert f"{kept.name}: is damaged" in capsys.readouterr().err
    assert run(["revisions", str(file), "restore", "2"]) == 2
    assert "There is no revision '2'" in capsys.readouterr().err


@git
@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_git_merges_branches_by_meaning_revisions_included(repository: Repository, how: str) -> None:
    file = write(repository.folder / "p.hazard.json")
    assert run(["revisions", str(file), "save", "-m", "First"]) == 0
    repository.commit("First")
    repository("switch", "-q", "-c", "other")
    write(file, owner="B")
    assert run(["revisions", str(file), "save", "-m", "Owner"]) == 0
    repository.commit("Owner")
    repository("switch", "-q", "main")
    write(file, title="New")
    assert run(["revisions", str(file), "save", "-m", "Title"]) == 0
    repository.commit("Title")
    if how == "merge":
        repository("merge", "-q", "other", "-m", "Merged")
    else:
        repository("rebase", "-q", "other")
    assert (hazard(file).title, hazard(file).owner) == ("New", "B")
    assert run(["revisions", str(file), "verify"]) == 0
    assert run(["revisions", str(file), "save", "-m", "Both"]) == 0
    assert repository("status", "--porcelain").count("\n") == 2


@git
def test_git_stops_at_a_conflict_and_the_file_opens(repository: Repository) -> None:
    file = write(repository.folder / "p.hazard.json")
    repository.commit("First")
    repository("switch", "-q", "-c", "other")
    write(file, title="Theirs")
    repository.commit("Theirs")
    repository("switch", "-q", "main")
    write(file, title="Ours")
    repository.commit("Ours")
    told = repository("merge", "-q", "other", fails=True)
    assert "Hazard H-1 Ours, title: Both versions changed this. Ours stands." in told
    assert "p.hazard.json: 1 conflict; open it and settle them." in told
    assert hazard(file).title == "Ours"
    assert [one.theirs for one in load_project(file).store.all(Conflict)] == ["Theirs"]


@git
def test_git_compares_projects_in_words(repository: Repository) -> None:
    file = write(repository.folder / "p.hazard.json")
    repository.commit("First")
    write(file, title="New")
    told = repository("diff", "--textconv")
    assert "-    title: Old" in told
    assert "+    title: New" in told


@git
def test_git_finds_the_program_of_a_checkout_that_is_not_installed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    assert run(["git-setup", str(repository.folder)]) == 0
    monkeypatch.delenv("PYTHONPATH")
    file = write(repository.folder / "p.hazard.json")
    repository.commit("First")
    write(file, title="New")
    assert "+    title: New" in repository("diff", "--textconv")


@git
def test_git_setup_twice_changes_nothing_and_can_be_taken_back(repository: Repository) -> None:
    attributes = repository.folder / ".gitattributes"
    before = attributes.read_text(encoding="utf-8")
    assert run(["git-setup", str(repository.folder)]) == 0
    assert attributes.read_text(encoding="utf-8") == before
    (repository.folder / ".p.hazard.json.lock").write_text("{}")
    assert "lock" not in repository("status", "--porcelain")
    assert run(["git-setup", str(repository.folder), "--remove"]) == 0
    assert "hazard" not in attributes.read_text(encoding="utf-8")
    assert "hazard" not in repository("config", "--local", "--list")
    assert "lock" in repository("status", "--porcelain")


def test_git_setup_outside_a_repository_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["git-setup", str(tmp_path / "nowhere")]) == 2
    assert "no folder" in capsys.readouterr().err or shutil.which("git") is None

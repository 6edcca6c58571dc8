"""From which revision two versions grew, in any graph of revisions."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

from workbench.files.ancestry import common_ancestor, shared_revision
from workbench.files.revisions import Revision, Revisions
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store

TIME = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def made(number: int, letter: str, *parents: Revision) -> Revision:
    name = f"{number}-{letter * 8}"
    return Revision(name, number, "Ada", "", "", "0" * 64, tuple(parent.name for parent in parents))


def test_the_newest_common_revision_is_found_across_merges() -> None:
    first = made(1, "a")
    second = made(2, "b", first)
    left, right = made(3, "c", second), made(3, "d", second)
    met = made(4, "e", left, right)
    further = made(5, "f", right)
    known = (first, second, left, right, met, further)
    assert common_ancestor(known, [left.name], [right.name]) == second
    assert common_ancestor(known, [met.name], [further.name]) == right
    assert common_ancestor(known, [met.name], [left.name]) == left
    assert common_ancestor(known, [met.name], [met.name]) == met


def test_nothing_is_common_to_strangers_nor_where_the_graph_has_a_hole() -> None:
    first, stranger = made(1, "a"), made(1, "b")
    second = made(2, "c", first)
    assert common_ancestor((first, second, stranger), [second.name], [stranger.name]) is None
    assert common_ancestor((second, stranger), [second.name], [first.name]) is None
    assert common_ancestor((), [], []) is None


def save(kept: Revisions, title: str) -> Revision:
    return kept.save(Store([Project(id=PROJECT_ID, title=title)]), None, message=title, author="Ada", time=TIME)


def test_two_files_that_were_copied_apart_share_the_revision_before(tmp_path: Path) -> None:
    ours, theirs = Revisions(tmp_path / "a" / "p.hazard.json"), Revisions(tmp_path / "b" / "p.hazard.json")
    ours.folder.parent.mkdir()
    save(ours, "One")
    before = save(ours, "Two")
    copytree(ours.folder, theirs.folder)
    save(ours, "Ours")
    save(theirs, "Theirs")
    found = shared_revision(ours, theirs)
    assert found is not None
    assert found[0] == before
    assert found[1].load(found[0]).title == "Two"
    assert shared_revision(ours, Revisions(tmp_path / "c" / "p.hazard.json")) is None

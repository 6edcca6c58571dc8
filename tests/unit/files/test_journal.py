"""Every edit is on the disk a moment later, and comes back with its undo steps, whatever fails meanwhile."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.files.journals import (
    DONE,
    edit,
    edited,
    follow,
    journal_in,
    labels,
    recovered,
    small,
    steps_of,
    text,
)
from workbench.files.errors import ProjectFileError
from workbench.files.journal import Journal, base_of, journal_folder
from workbench.files.journal_lines import line_of, steps_in
from workbench.files.lock import ProjectLock
from workbench.files.owner import Owner, started, this_process
from workbench.files.project import load_project, save_project
from workbench.files.recovery import replay, scan_recoverable
from workbench.files.validate import unknown_record
from workbench.model.elements import Hazard

EDITS = st.lists(
    st.tuples(st.sampled_from(["add", "type", "undo", "redo", "seal", "back"]), st.integers(0, 9)), max_size=12
)


@pytest.fixture
def gone(monkeypatch):
    """Journals look like those of a process that is gone."""
    monkeypatch.setattr(Owner, "runs", lambda _: False)


# coming back


def test_nothing_is_written_before_the_first_edit(tmp_path):
    store = small()
    journal = follow(store, tmp_path / "j")
    assert journal.close(keep=True)
    assert not (tmp_path / "j").exists()


def test_an_untitled_document_comes_back_with_its_undo_steps(tmp_path, gone):
    store, _ = edited(tmp_path)
    back = recovered(tmp_path)
    assert text(back.store) == text(store)
    assert labels(back.store) == labels(store)
    assert (back.path, back.note, back.steps, back.base) == (None, "", len(DONE), "")
    while store.undo():
        assert back.store.undo()
        assert text(back.store) == text(store)
    assert not back.store.undo()
    while store.redo():
        assert back.store.redo()
        assert text(back.store) == text(store)


@given(edits=EDITS)
@settings(max_examples=60)
def test_any_beginning_of_the_file_gives_a_beginning_of_the_edits(tmp_path_factory, edits):
    folder = tmp_path_factory.mktemp("journals")
    store = small()
    journal = follow(store, folder)
    states = [(text(store), labels(store))]
    store.changed.connect(lambda _: states.append((text(store), labels(store))))
    for what, number in edits:
        edit(store, what, number)
    assert journal.close(keep=True)
    if len(states) == 1:
        return
    data = journal_in(folder).read_bytes()
    for cut in {0, 1, len(data), *range(0, len(data), 37), *(len(data) - back for back in range(1, 9))}:
        steps = list(steps_in(data[:cut]))
        back = small()
        assert replay(back, steps[1:]) == max(0, len(steps) - 1)
        assert (text(back), labels(back)) == states[max(0, len(steps) - 1)]
    assert len(list(steps_in(data))) == len(states)


@given(edits=EDITS.filter(lambda edits: len(edits) > 3), where=st.floats(0, 1), bit=st.integers(0, 7))
@settings(max_examples=40)
def test_a_flipped_bit_ends_the_reading_and_changes_no_edit(tmp_path_factory, edits, where, bit):
    folder = tmp_path_factory.mktemp("journals")
    store = small()
    journal = follow(store, folder)
    for what, number in [("add", 0), *edits]:
        edit(store, what, number)
    assert journal.close(keep=True)
    data = bytearray(journal_in(folder).read_bytes())
    whole = list(steps_in(bytes(data)))
    data[int(where * (len(data) - 1))] ^= 1 << bit
    steps = list(steps_in(bytes(data)))
    assert steps == whole[: len(steps)]


def test_lines_that_are_there_twice_or_torn_are_passed_over():
    lines = [line_of(number, {"do": "x", "what": "é" * number}) for number in range(4)]
    data = lines[0] + lines[1] + lines[2][:9] + b"\n" + lines[1] + lines[2] + b"\n" + lines[3]
    assert [step["n"] for step in steps_in(data)] == [0, 1, 2, 3]
    assert [step["n"] for step in steps_in(lines[0] + lines[2])] == [0], "a line is missing"


def test_numbers_beyond_64_bits_come_back(tmp_path, gone):
    store = small()
    journal = follow(store, tmp_path)
    record = unknown_record("later", "new", {"size": 10**30})
    with store.transaction("Add") as tx:
        tx.put(record)
    assert journal.flush(10)
    assert text(recovered(tmp_path).store) == text(store)
    assert b"1" + b"0" * 30 in journal_in(tmp_path).read_bytes()


# files


@pytest.fixture
def project(tmp_path):
    """A saved project: its file and what it holds."""
    path = tmp_path / "audit.hazard.json"
    return path, save_project(small(), path)


@pytest.mark.parametrize("what", ["there", "changed", "gone"])
def test_a_project_comes_back_whatever_became_of_its_file(tmp_path, project, gone, what):
    path, saved = project
    loaded = load_project(path)
    journal = follow(loaded.store, tmp_path / "j", path, saved.content_hash)
    edit(loaded.store, "add", 1)
    assert journal.close(keep=True)
    if what == "changed":
        path.write_bytes(b"{}")
    elif what == "gone":
        path.unlink()
    before = path.read_bytes() if path.exists() else None
    back = recovered(tmp_path / "j")
    assert text(back.store) == text(loaded.store)
    assert (back.path, back.base) == (path, saved.content_hash)
    assert (path.read_bytes() if path.exists() else None) == before, "the file is left alone"


def test_without_the_kept_copy_the_file_will_do(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    journal = follow(loaded.store, tmp_path / "j", path, saved.content_hash)
    edit(loaded.store, "add", 1)
    journal.flush(10)
    saved = save_project(loaded.store, path)
    journal.saved(path, saved.content_hash)
    edit(loaded.store, "add", 2)
    assert journal.close(keep=True)
    base_of(journal_in(tmp_path / "j")).unlink()
    back = recovered(tmp_path / "j")
    assert text(back.store) == text(loaded.store)
    assert labels(back.store) == (["Add c2"], []), "undo goes back to the save"
    path.unlink()
    (left,) = scan_recoverable(tmp_path / "j")
    with pytest.raises(ProjectFileError, match="cannot be brought back"):
        left.restore()


def test_undo_past_the_save_comes_back_without_the_kept_copy(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    journal = follow(loaded.store, tmp_path / "j", path, saved.content_hash)
    edit(loaded.store, "add", 1)
    journal.saved(path, save_project(loaded.store, path).content_hash)
    edit(loaded.store, "undo", 0)
    edit(loaded.store, "redo", 0)
    edit(loaded.store, "undo", 0)
    assert journal.close(keep=True)
    base_of(journal_in(tmp_path / "j")).unlink()
    assert text(recovered(tmp_path / "j").store) == text(small())


def test_after_a_save_nothing_is_offered_until_the_next_edit(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    folder = tmp_path / "j"
    journal = follow(loaded.store, folder, path, saved.content_hash)
    edit(loaded.store, "add", 1)
    other = tmp_path / "other.hazard.json"
    saved = save_project(loaded.store, other)
    journal.saved(other, saved.content_hash)
    edit(loaded.store, "type", 1)
    journal.flush(10)
    (left,) = scan_recoverable(folder)
    assert left.unsaved == ("Type",)
    assert (left.path, left.title) == (other, "Audit")
    assert left.began <= left.when
    back = left.restore()
    assert (back.path, back.base) == (other, saved.content_hash)
    assert labels(back.store) == (["Add c1", "Type"], []), "undo goes back past the save"
    journal.saved(other, save_project(loaded.store, other).content_hash)
    assert journal.close(keep=True)
    assert scan_recoverable(folder) == []
    assert list(folder.iterdir()) == [], "what is of no use any more is removed"


def test_the_records_last_read_or_saved_come_back_for_a_merge(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    folder = tmp_path / "j"
    as_read = dict(loaded.store.records)
    journal = follow(loaded.store, folder, path, saved.content_hash)
    edit(loaded.store, "add", 1)
    journal.flush(10)
    assert dict(recovered(folder).last) == as_read
    journal.saved(path, save_project(loaded.store, path).content_hash)
    as_saved = dict(loaded.store.records)
    edit(loaded.store, "add", 2)
    edit(loaded.store, "undo", 0)
    edit(loaded.store, "type", 2)
    assert journal.close(keep=True)
    back = recovered(folder)
    assert dict(back.last) == as_saved
    assert dict(back.store.records) == dict(loaded.store.records)


def test_what_came_back_in_part_is_no_base_of_a_merge(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    folder = tmp_path / "j"
    journal = follow(loaded.store, folder, path, saved.content_hash)
    edit(loaded.store, "add", 1)
    as_saved = dict(loaded.store.records)
    journal.saved(path, save_project(loaded.store, path).content_hash)
    edit(loaded.store, "type", 1)
    assert journal.close(keep=True)
    with journal.file.open("ab") as end:
        end.write(line_of(4, {"do": "step", "at": "", "put": {}, "gone": ["nobody"]}))
        end.write(line_of(5, {"do": "saved", "path": str(path), "file": "0" * 64, "at": ""}))
        end.write(line_of(6, {"do": "step", "label": "After", "at": "", "put": {}, "gone": []}))
    back = recovered(folder)
    assert (back.note, back.base) == (
        "The last 2 of the edits could not be brought back.",
        load_project(path).content_hash,
    )
    assert dict(back.last) == as_saved, "the save that did not come back is none"
    journal = back.follow(retry=0.01)
    edit(back.store, "type", 7)
    assert journal.close(keep=True)
    found = {left.file: left for left in scan_recoverable(folder)}
    again = found[journal.file].restore()
    assert again.last == {}, "the file never held what came back"


def test_a_document_saved_before_its_first_edit_begins_with_that_file(tmp_path, gone):
    store, path = small(), tmp_path / "first.hazard.json"
    journal = follow(store, tmp_path / "j")
    saved = save_project(store, path)
    journal.saved(path, saved.content_hash)
    edit(store, "add", 1)
    assert journal.close(keep=True)
    back = recovered(tmp_path / "j")
    assert (back.path, back.base, back.steps) == (path, saved.content_hash, 1)


def test_a_file_that_went_before_the_first_edit_is_no_loss(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    journal = follow(loaded.store, tmp_path / "j", path, saved.content_hash)
    path.unlink()
    edit(loaded.store, "add", 1)
    assert journal.close(keep=True)
    assert text(recovered(tmp_path / "j").store) == text(loaded.store)


def test_closing_in_good_order_leaves_nothing(tmp_path):
    _, journal = edited(tmp_path)
    assert journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_closed_journal_follows_no_more(tmp_path):
    store, journal = edited(tmp_path)
    assert journal.close(keep=True)
    before = journal_in(tmp_path).read_bytes()
    edit(store, "add", 3)
    assert journal.flush(1)
    assert journal_in(tmp_path).read_bytes() == before


def test_journals_of_windows_that_are_open_are_passed_over(tmp_path):
    edited(tmp_path)
    assert scan_recoverable(tmp_path) == []
    assert journal_in(tmp_path).exists()


def test_what_is_no_journal_is_left_alone(tmp_path, gone):
    later = tmp_path / "later.journal"
    later.write_bytes(line_of(0, {"do": "begin", "journal": 2}))
    (tmp_path / "nobody.journal").write_bytes(line_of(0, {"do": "begin", "journal": 1, "owner": None}))
    (tmp_path / "garbage.journal").write_bytes(b"\x00" * 1000)
    (tmp_path / "note.txt").write_text("mine")
    assert scan_recoverable(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 4
    assert scan_recoverable(tmp_path / "none") == []


def test_the_folder_is_the_users_own(tmp_path):
    edited(tmp_path / "j")
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0
    assert journal_in(tmp_path / "j").stat().st_mode & 0o077 == 0
    assert journal_folder().parent.name == "hazard-workbench"


# going on


def test_a_document_brought_back_is_followed_in_its_own_journal(tmp_path, gone):
    _, journal = edited(tmp_path)
    file = journal_in(tmp_path)
    with file.open("ab") as end:
        end.write(b"0123abcd {torn")
    back = recovered(tmp_path)
    journal = back.follow(retry=0.01)
    assert journal.flush(10)
    edit(back.store, "redo", 0)
    edit(back.store, "type", 7)
    assert journal.close(keep=True)
    again = recovered(tmp_path)
    assert (again.file, again.note) == (file, "")
    assert text(again.store) == text(back.store)
    assert labels(again.store) == labels(back.store)


def test_edits_that_do_not_fit_are_told_and_the_rest_goes_on_in_a_journal_of_its_own(tmp_path, gone):
    edited(tmp_path, DONE[:2])
    file = journal_in(tmp_path)
    steps = steps_of(tmp_path)
    bad = {**steps[-1], "gone": ["nobody"]}
    with file.open("ab") as end:
        end.write(line_of(len(steps), {key: value for key, value in bad.items() if key != "n"}))
    back = recovered(tmp_path)
    assert back.note == "The last 1 of the edits could not be brought back."
    assert labels(back.store)[0] == ["Add c0", "Add c1"]
    journal = back.follow(retry=0.01)
    edit(back.store, "undo", 0)
    edit(back.store, "type", 7)
    assert journal.flush(10)
    found = {left.file: left for left in scan_recoverable(tmp_path)}
    assert text(found[journal.file].restore().store) == text(back.store)
    assert journal.close()
    assert list(tmp_path.iterdir()) == [], "both are done with"


def test_undo_selects_what_was_selected_before_the_crash(tmp_path, gone):
    store = small()
    store.selection = lambda: ("c",)
    journal = follow(store, tmp_path)
    edit(store, "add", 1)
    assert journal.close(keep=True)
    back = recovered(tmp_path).store
    told: list[tuple[str, ...] | None] = []
    back.changed.connect(lambda change: told.append(change.selection))
    assert back.undo()
    assert told == [("c",)]


def test_what_came_back_in_part_is_more_than_the_projects_file_holds(tmp_path, project, gone):
    path, saved = project
    loaded = load_project(path)
    journal = follow(loaded.store, tmp_path / "j", path, saved.content_hash)
    edit(loaded.store, "add", 1)
    assert journal.close(keep=True)
    with journal.file.open("ab") as end:
        end.write(line_of(2, {"do": "step", "at": "", "put": {}, "gone": ["nobody"]}))
    back = recovered(tmp_path / "j")
    assert back.note
    journal = back.follow(retry=0.01)
    edit(back.store, "type", 7)
    assert journal.close(keep=True)
    found = {left.file: left for left in scan_recoverable(tmp_path / "j")}
    assert text(found[journal.file].restore().store) == text(back.store)


def test_two_processes_do_not_bring_the_same_edits_back(tmp_path, monkeypatch):
    edited(tmp_path)
    file = journal_in(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        monkeypatch.setattr(Owner, "runs", lambda owner: owner.process == other.pid)
        (left,) = scan_recoverable(tmp_path)
        theirs = {**this_process().as_plain(), "process": other.pid, "started": started(other.pid)}
        ProjectLock(file).file.write_text(json.dumps(theirs))
        assert scan_recoverable(tmp_path) == []
        with pytest.raises(ProjectFileError, match=f"Process {other.pid} is bringing"):
            left.restore()
        other.communicate(b"\n")
    monkeypatch.setattr(Owner, "runs", lambda _: False)
    (left,) = scan_recoverable(tmp_path)
    left.restore()
    left.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_went_meanwhile_is_told(tmp_path, gone):
    edited(tmp_path)
    (left,) = scan_recoverable(tmp_path)
    left.file.unlink()
    with pytest.raises(ProjectFileError, match="cannot be read"):
        left.restore()


def test_closing_twice_does_no_harm(tmp_path):
    _, journal = edited(tmp_path)
    assert journal.close(keep=True)
    assert journal.close()
    assert list(tmp_path.iterdir()) == []


def test_the_journal_is_let_go_with_its_window(tmp_path):
    """A document outlives its window in tests; nothing must follow it then."""
    store = small()
    journal = Journal.open(store, folder=tmp_path)
    del journal
    edit(store, "add", 1)
    assert list(tmp_path.iterdir()) == []
    assert store.find("h", Hazard) is not None

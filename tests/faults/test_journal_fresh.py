"""A journal that is begun anew stays short, keeps the last undo steps, and loses no edit whatever fails meanwhile."""

import errno
import random

import pytest

from tests.faults.files import FaultyOps
from tests.faults.journal_states import check_power, long_run
from tests.unit.files.journals import edit, follow, journal_in, labels, recovered, small, steps_of, text
from workbench.files.canonical import canonical_bytes, content_hash
from workbench.files.fileops import FileOps
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable

LEAST = 3_000
KINDS = ("add", "add", "type", "undo", "redo", "seal", "back")


@pytest.fixture(autouse=True)
def _gone(monkeypatch):
    """Journals look like those of a process that is gone."""
    monkeypatch.setattr(Owner, "runs", lambda _: False)


def begun_anew(folder) -> bool:
    return "beside" in steps_of(folder)[0]


def test_a_journal_never_grows_beyond_some_times_its_document(tmp_path):
    store = small()
    journal = follow(store, tmp_path, least=LEAST)
    longest = 0
    for number in range(600):
        edit(store, "add", number)
        if number % 7 == 0:
            assert journal.flush(10)
            longest = max(longest, journal_in(tmp_path).stat().st_size)
    assert journal.flush(10)
    assert begun_anew(tmp_path)
    assert longest < 4 * max(LEAST, 4 * len(text(store)))
    assert len(list(tmp_path.glob("*.base.json"))) == 1, "bases that are no use any more are removed"
    assert not list(tmp_path.glob("*.new"))
    assert text(recovered(tmp_path).store) == text(store)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_done_comes_back_with_its_last_undo_steps(tmp_path, seed):
    chance = random.Random(seed)
    store = small()
    journal = follow(store, tmp_path, least=LEAST)
    for number in range(160):
        edit(store, chance.choice(KINDS), chance.randrange(8))
        if number % 23 == 22:
            journal.saved(tmp_path / "p.hazard.json", content_hash(text(store)))
        if number % 5 == 0:
            assert journal.flush(10)
    journal.close(keep=True)
    assert begun_anew(tmp_path)
    found = scan_recoverable(tmp_path)
    back = found[0].restore() if found else None
    assert back is not None
    done, undone = labels(store)
    assert text(back.store) == text(store)
    assert back.note == ""
    kept = labels(back.store)
    assert kept[1] in (undone, [])
    assert len(kept[0]) >= 3
    assert kept[0] == done[len(done) - len(kept[0]) :]
    while store.history.done[-len(kept[0]) :] and back.store.undo():
        store.undo()
        assert text(back.store) == text(store)


def test_what_was_not_saved_is_counted_though_its_words_are_gone(tmp_path):
    store = small()
    path = tmp_path / "p.hazard.json"
    path.write_bytes(text(store))
    saved_as = content_hash(path.read_bytes())
    journal = follow(store, tmp_path / "j", path, saved_as, least=LEAST)
    for number in range(60):
        edit(store, "add", number)
        assert journal.flush(10)
    journal.close(keep=True)
    (left,) = scan_recoverable(tmp_path / "j")
    assert len(left.unsaved) == 60
    assert left.unsaved[0] == "Earlier edit"
    assert left.unsaved[-1] == labels(store)[0][-1]
    back = left.restore()
    assert (back.base, back.path, back.steps) == (saved_as, path, len(labels(back.store)[0]))
    path.write_bytes(b"changed")
    assert text(left.restore().store) == text(store), "the file is not needed"


def test_edits_since_a_save_are_those_that_come_back(tmp_path):
    store = small()
    path = tmp_path / "p.hazard.json"
    journal = follow(store, tmp_path / "j", path, "", least=LEAST)
    for number in range(57):
        edit(store, "add", number)
    assert journal.flush(10)
    at_save = text(store)
    journal.saved(path, content_hash(at_save))
    journal._writer.most = 1_200  # the next edit begins it anew
    edit(store, "type", 1)
    journal.close(keep=True)
    assert begun_anew(tmp_path / "j")
    (left,) = scan_recoverable(tmp_path / "j")
    assert left.unsaved == ("Type",)
    back = left.restore()
    assert canonical_bytes(back.last.values()) == at_save, "a merge with the file starts from what was saved"
    assert back.base == content_hash(at_save)


def test_it_is_begun_anew_after_a_crash_too(tmp_path):
    store = small()
    crashed = follow(store, tmp_path, least=LEAST)
    for number in range(20):
        edit(store, "add", number)
    assert crashed.flush(10)
    (left,) = scan_recoverable(tmp_path)
    back = left.restore()
    journal = back.follow(retry=0.01)
    journal._writer.most = LEAST
    for number in range(20, 90):
        edit(back.store, "add", number)
        assert journal.flush(10)
    journal.close(keep=True)
    (again,) = scan_recoverable(tmp_path)
    assert len(again.unsaved) == 90
    assert text(again.restore().store) == text(back.store)


def test_closing_removes_all_that_belongs_to_it(tmp_path):
    store, journal, _ = long_run(tmp_path, FileOps())
    (tmp_path / f"{journal.file.name}.new").write_bytes(b"left by a crash")
    journal.close()
    assert list(tmp_path.iterdir()) == []
    assert text(store)


def _operations(folder) -> int:
    ops = FaultyOps()
    _, journal, _ = long_run(folder, ops)
    journal.close(keep=True)
    assert ops.log.count("replace") >= 3, "it was begun anew at least twice"
    return len(ops.log)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_every_operation_failing_once_loses_no_edit(tmp_path, error):
    for place in range(_operations(tmp_path / "none")):
        folder = tmp_path / str(place)
        store, journal, _ = long_run(folder, FaultyOps(place, error))
        assert journal.close(keep=True)
        back = recovered(folder)
        assert (text(back.store), back.note) == (text(store), ""), place


def test_a_disk_that_fails_for_good_loses_nothing_that_was_confirmed(tmp_path):
    for place in range(_operations(tmp_path / "none")):
        folder = tmp_path / str(place)
        store, journal, states = long_run(folder, FaultyOps(fails=place.__le__), patience=0.02)
        journal.close(keep=True, timeout=0.02)
        found = scan_recoverable(folder)
        confirmed = max((number for number, (_, told) in enumerate(states) if told), default=0)
        back = text(found[0].restore().store) if found else text(small())
        assert back in [state for state, _ in states[confirmed:]], place
        assert text(store)


def test_a_rename_that_worked_but_was_reported_as_failed_is_noticed(tmp_path):
    class Lying(FileOps):
        def replace(self, source, target):
            super().replace(source, target)
            if target.suffix == ".journal":
                raise OSError(errno.EIO, "reported though it worked")

    store, journal, _ = long_run(tmp_path, Lying())
    journal.close(keep=True)
    assert text(recovered(tmp_path).store) == text(store)


def test_a_power_failure_at_any_moment_loses_nothing_that_was_confirmed(tmp_path):
    assert check_power(tmp_path, most=200) > 800


@pytest.mark.parametrize("fault", ["no fsync", "no folder fsync", "base after journal", "old base first"])
def test_a_sabotaged_journal_is_caught(tmp_path, fault):
    with pytest.raises(AssertionError):
        check_power(tmp_path, most=200, fault=fault)

"""The thread that writes a journal: how it ends, what it waits for, and what readers pass over."""

import json
import os
import subprocess
import sys
import threading
import time
import zlib

import pytest

from tests.faults.files import FaultyOps
from tests.unit.files.journals import edit, edited, follow, journal_in, labels, recovered, small, text
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.journal import Journal
from workbench.files.journal_lines import line_of, steps_in
from workbench.files.journal_writer import JournalWriter
from workbench.files.owner import Owner, this_process
from workbench.files.project import load_project, save_project
from workbench.files.recovery import scan_recoverable
from workbench.model.judgement import PROJECT_ID


@pytest.fixture
def gone(monkeypatch):
    monkeypatch.setattr(Owner, "runs", lambda _: False)


class Counting(FileOps):
    """Counts the files that are open."""

    def __init__(self):
        self.open = 0

    def create(self, path, mode):
        self.open += 1
        return super().create(path, mode)

    def append(self, path):
        self.open += 1
        return super().append(path)

    def close(self, descriptor):
        self.open -= 1
        super().close(descriptor)


def test_ending_stops_the_thread_and_lets_go_of_the_file(tmp_path):
    ops = Counting()
    writer = JournalWriter(tmp_path / "j.journal", ops, base=tmp_path / "j.base.json")
    writer.write([lambda n: line_of(n, {"do": "begin"})])
    began = time.monotonic()
    assert writer.flush(300)
    assert ops.open == 1
    assert writer.end(300, drop=False)
    assert time.monotonic() - began < 200, "somebody waited for a thread that was done"
    assert writer._thread is not None
    assert not writer._thread.is_alive()
    assert ops.open == 0


def test_dropping_what_is_left_ends_at_once_where_the_disk_fails(tmp_path):
    writer = JournalWriter(
        tmp_path / "j.journal", FaultyOps(fails=lambda _: True), base=tmp_path / "j.base.json", retry=0.01
    )
    for _ in range(3):
        writer.write([lambda n: line_of(n, {"do": "begin"})])
    assert not writer.flush(0.1)
    began = time.monotonic()
    assert writer.end(300, drop=True)
    assert time.monotonic() - began < 200
    assert not list(tmp_path.iterdir())


def test_what_is_dropped_is_not_written_by_a_thread_that_was_busy(tmp_path):
    busy = threading.Event()

    class Slow(FileOps):
        def sync(self, descriptor):
            busy.set()
            while not writer._ending:
                time.sleep(0.001)
            super().sync(descriptor)

    writer = JournalWriter(tmp_path / "j.journal", Slow(), base=tmp_path / "j.base.json")
    writer.write([lambda n: line_of(n, {"do": "first"})])
    assert busy.wait(30)  # the thread is at the first line
    writer.write([lambda n: line_of(n, {"do": "second"})])
    assert writer.end(30, drop=True)
    assert [step["do"] for step in steps_in((tmp_path / "j.journal").read_bytes())] == ["first"]


def test_a_line_that_was_torn_costs_nothing_of_the_next_attempt(tmp_path):
    class Torn(FileOps):
        """The first write stops half way; what is written after it comes to stand behind that half."""

        failed = False

        def write(self, descriptor, data):
            if self.failed:
                return super().write(descriptor, data)
            self.failed = True
            super().write(descriptor, data[: len(data) // 2])
            raise OSError(5, "Input/output error")

    told: list[str] = []
    writer = JournalWriter(
        tmp_path / "j.journal", Torn(), base=tmp_path / "j.base.json", problem=told.append, retry=0.01
    )
    writer.write([lambda n: line_of(n, {"do": "begin"})])
    assert writer.flush(10)
    writer.write([lambda n: line_of(n, {"do": "step"})])
    assert writer.end(10, drop=False)
    data = (tmp_path / "j.journal").read_bytes()
    assert [step["do"] for step in steps_in(data)] == ["begin", "step"]
    assert data.count(b"\n") == 3, "the half, and a line for each that was written"
    assert told == [f"Edits cannot be kept safe in {tmp_path} (Input/output error); save now.", ""]


def test_ending_writes_what_is_left_unless_it_is_dropped(tmp_path):
    for drop, left in ((False, ["begin", "step"]), (True, [])):

        class Slow(FileOps):
            def create(self, path, mode):
                time.sleep(0.2)
                return super().create(path, mode)

        file = tmp_path / f"{drop}.journal"
        writer = JournalWriter(
            file, FaultyOps(fails=lambda n: n < 3) if drop else Slow(), base=file, retry=30 if drop else 0.01
        )
        writer.write([lambda n: line_of(n, {"do": "begin"}), lambda n: line_of(n, {"do": "step"})])
        assert writer.end(10, drop=drop)
        assert [step["do"] for step in steps_in(file.read_bytes() if file.exists() else b"")] == left


def test_a_program_that_ends_without_a_word_is_not_held_up_by_its_journal(tmp_path, root):
    code = (
        "import sys; from pathlib import Path; from tests.unit.files.journals import small, follow, edit\n"
        "store = small(); journal = follow(store, Path(sys.argv[1])); edit(store, 'add', 0); journal.flush(10)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=root, timeout=60, check=False, env={**os.environ})
    assert done.returncode == 0
    assert journal_in(tmp_path).exists()


@pytest.mark.parametrize("value", [[1], "text", {"x": 1}, {"n": "0", "do": "begin"}, {"n": True, "do": "x"}, {"n": 0}])
def test_lines_that_are_whole_but_no_step_are_passed_over(value):
    body = json.dumps(value).encode()
    odd = b"%08x %s\n" % (zlib.crc32(body), body)
    good = line_of(0, {"do": "begin"})
    assert list(steps_in(odd + good + odd)) == [{"n": 0, "do": "begin"}]


def test_the_checksum_of_nothing_is_no_step():
    assert list(steps_in(b"00000000 \n" + line_of(0, {"do": "begin"}))) == [{"n": 0, "do": "begin"}]


def test_what_a_newer_version_wrote_beside_the_records_comes_back(tmp_path, gone):
    store, header = small(), Header(1, 7, {"later": [1]}, {"build": "x"})
    journal = Journal.open(store, None, header, folder=tmp_path, retry=0.01)
    edit(store, "add", 0)
    assert journal.flush(10)
    assert recovered(tmp_path).header == header


def test_a_file_changed_by_others_before_the_first_edit_is_not_what_comes_back(tmp_path, gone):
    path, folder = tmp_path / "p.hazard.json", tmp_path / "j"
    saved = save_project(small(), path)
    store = load_project(path).store
    other = small()
    with other.transaction("Elsewhere") as tx:
        tx.patch(PROJECT_ID, title="Of somebody else")
    save_project(other, path)
    journal = follow(store, folder, path, saved.content_hash)
    edit(store, "add", 0)
    assert journal.flush(10)
    assert text(recovered(folder).store) == text(store)


def test_undone_additions_and_removals_made_again_come_back_as_such(tmp_path, gone):
    edits = [("add", 0), ("undo", 0), ("redo", 0), ("add", 0), ("undo", 0), ("redo", 0), ("undo", 0)]
    store, _ = edited(tmp_path, edits)
    back = recovered(tmp_path)
    assert back.note == ""
    assert text(back.store) == text(store)
    assert labels(back.store) == labels(store) == (["Add c0"], ["Delete c0"])


def test_the_last_owner_of_a_journal_counts_and_the_first_time_is_its_beginning(tmp_path):
    _, journal = edited(tmp_path, [("add", 0)])
    journal.close(keep=True)
    file = journal_in(tmp_path)
    steps = list(steps_in(file.read_bytes()))
    dead = {**this_process().as_plain(), "process": 2**22 + 1}
    steps[0]["owner"], steps[0]["at"] = dead, "2026-01-01T00:00:00.000+00:00"
    file.write_bytes(b"".join(line_of(step.pop("n"), step) for step in map(dict, steps)))
    (left,) = scan_recoverable(tmp_path)
    assert left.began == "2026-01-01T00:00:00.000+00:00" < left.when
    assert left.owner.process == dead["process"]
    with file.open("ab") as more:
        more.write(line_of(len(steps), {"do": "owner", "owner": this_process().as_plain()}))
    assert scan_recoverable(tmp_path) == []

"""What a power failure may leave of a journal that is begun anew while somebody edits, and what comes back of it.

Run as a script for the long run: ``python -m tests.faults.journal_states --states 100000``.
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from tests.faults.power import Recorder, State, states
from tests.unit.files.journals import edit, follow, small, text
from workbench.files import journal_writer
from workbench.files.errors import ProjectFileError
from workbench.files.fileops import FileOps
from workbench.files.journal import Journal
from workbench.files.journal_writer import Anew, JournalWriter
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable
from workbench.store.store import Store

EDITS = [("add", 0), ("add", 1), ("type", 2), ("add", 2), ("undo", 0), ("redo", 0), ("add", 3), ("add", 1), ("add", 0)]
"""Edits of every kind."""
LEAST = 700

States = list[tuple[bytes, bool]]
"""The document after each edit, and whether that edit was confirmed."""


def long_run(folder: Path, ops: FileOps, *, patience: float = 10.0, seed: int = 0) -> tuple[Store, Journal, States]:
    """Edits of a small document whose journal is begun anew again and again."""
    store = small()
    journal = follow(store, folder, ops=ops, least=LEAST)
    found: States = [(text(store), True)]
    with patch.object(journal_writer, "TIMES_ITS_DOCUMENT", 1):
        for what, number in _edits(seed):
            edit(store, what, number)
            told = journal.flush(patience)
            found.append((text(store), told))
            if told and isinstance(ops, Recorder):
                ops.told()
            if not told:
                break
    return store, journal, found


def _edits(seed: int) -> list[tuple[str, int]]:
    """The edits of a run; those of run 0 are of every kind."""
    chance = random.Random(seed)
    some = ("add", "add", "add", "type", "undo", "redo")
    return [(chance.choice(some), chance.randrange(8)) for _ in range(16)] if seed else EDITS


def _base_after_journal(writer: JournalWriter, made: Anew) -> bool:
    later, made_of = made, Anew(made.base.with_name("unused.base.json"), made.data, made.lines)
    worked = _REPLACE(writer, made_of)
    writer._ops.replace(made_of.base, later.base)
    return worked


def _old_base_first(writer: JournalWriter, made: Anew) -> bool:
    writer._ops.remove(writer.base)
    writer._ops.sync_folder(writer.base.parent)
    return _REPLACE(writer, made)


_REPLACE = JournalWriter._replace
_FAULTS = {"base after journal": _base_after_journal, "old base first": _old_base_first}


class _Forgetful(Recorder):
    """Leaves out flushes."""

    fault = ""

    def sync(self, descriptor: int) -> None:
        if self.fault != "no fsync":
            super().sync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        if self.fault != "no folder fsync":
            super().sync_folder(folder)


def check_power(folder: Path, most: int, fault: str = "", seed: int = 0) -> int:
    """Look at what comes back of up to ``most`` states of the disk at every moment; how many there were.

    Raises:
        AssertionError: an edit that had been confirmed is gone.
    """
    work, place = folder / "work", folder / "state"
    work.mkdir()
    ops = _Forgetful(work, most=150)
    ops.fault = fault
    with ExitStack() as patches:
        patches.enter_context(patch.object(Owner, "runs", lambda _: False))
        if fault in _FAULTS:
            patches.enter_context(patch.object(JournalWriter, "_replace", _FAULTS[fault]))
        _, journal, found = long_run(work, ops, seed=seed)
        journal.close(keep=True)
        assert sum(step.what == "name" and step.path == journal.file for step in ops.steps) > 2, "never begun anew"
        count = 0
        for state in states(ops, most, seed):
            count += 1
            assert _back(state, place) in [document for document, _ in found[state.told :]], state.about
    return count


def _back(state: State, place: Path) -> bytes:
    """The document that the next start brings back; the one that was opened where there is nothing to bring back."""
    place.mkdir(exist_ok=True)
    for path in place.iterdir():
        path.unlink()
    for path, data in state.files.items():
        (place / path.name).write_bytes(data)
    left = scan_recoverable(place)
    assert len(left) < 2
    try:
        return text(left[0].restore().store) if left else text(small())
    except ProjectFileError as problem:
        return str(problem).encode()


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=int, default=100_000, help="in all")
    options = parser.parse_args()
    began, count, seed = time.perf_counter(), 0, 0
    while count < options.states:
        with tempfile.TemporaryDirectory() as folder:
            count += check_power(Path(folder), 200, seed=seed)
        seed += 1
        sys.stdout.write(f"{count} states, {seed} runs, {time.perf_counter() - began:.0f} s\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

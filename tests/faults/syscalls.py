"""The real command under strace: every system call that touches the project's folder fails or kills, one at a time.

``python -m tests.faults.syscalls --points 1000 [--start 0]``; needs strace and Linux. A point is one call of one
command with one fault; numbers are stable, so that a run goes on where another stopped. What only the window does, a
journal and the copy of a run's file, is done by ``syscall_driver``, without a window.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from tests.faults import journaled
from tests.faults.edits import Editor, small_project
from tests.faults.journal_states import EDITS
from workbench.files.beside import folder_beside
from workbench.files.canonical import canonical_bytes
from workbench.files.revisions import Revisions

CALLS = "openat,write,fsync,close,rename,unlink,chmod,mkdir,newfstatat,access,faccessat2,lseek,read"
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO", "error=EACCES", "error=EROFS", "error=EDQUOT")
COMMANDS = ("migrate", "save", "restore", "export", "copy", "journal")
_DRIVEN = ("copy", "journal")
_HERE = "{here}"
_WORKBENCH = (sys.executable, "-m", "workbench")


@dataclass(frozen=True)
class Point:
    """The ``nth`` call of a name, by one command on one project, and what happens to it.

    Attributes:
        names: where the command has several threads, whose calls are counted each by itself: files and folders,
            relative to that of the project, that the call must be about; else every call counts.
    """

    command: str
    number: int
    call: str
    nth: int
    fault: str
    names: frozenset[str] = field(default=frozenset(), repr=False)


def prepare(folder: Path, command: str, number: int) -> tuple[list[str], bytes, bytes]:
    """A project, the command with its arguments, and the bytes the file has before and after it."""
    if command in _DRIVEN:
        return [sys.executable, "-m", "tests.faults.syscall_driver", command, str(folder)], *_driven(folder, number)
    files, arguments, before, after = _prepared(command, number)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return [*_WORKBENCH, *(argument.replace(_HERE, str(folder)) for argument in arguments)], before, after


@cache
def _prepared(command: str, number: int) -> tuple[dict[Path, bytes], list[str], bytes, bytes]:
    """The files of a project before a command, made once; in its arguments stands ``_HERE`` for their folder."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        arguments, before, after = _prepare(folder, command, number)
        files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return files, [argument.replace(made, _HERE) for argument in arguments], before, after


def _driven(folder: Path, number: int) -> tuple[bytes, bytes]:
    """The project a window has open; every second one was never saved."""
    old = journaled.documents()[0]
    (folder / "run.jsonl").write_bytes(old * 20)
    if number % 2 == 0:
        (folder / "p.hazard.json").write_bytes(old)
    return old, old


def _prepare(folder: Path, command: str, number: int) -> tuple[list[str], bytes, bytes]:
    path = folder / "p.hazard.json"
    base = small_project(number % 40, 12)
    old, new = canonical_bytes(base.values()), canonical_bytes(Editor(base, number).edit(4).values())
    if command == "migrate":
        path.write_bytes(b" " + old)
        return ["migrate", str(path)], b" " + old, old
    path.write_bytes(old)
    if command == "export":
        (folder / "log.csv").write_bytes(b"before")
        return ["export", str(path), "--what", "log", "-o", str(folder / "log.csv")], old, old
    first = ["revisions", str(path), "save", "-m", "First", "--author", "Ada"]
    subprocess.run([*_WORKBENCH, *first], check=True, capture_output=True)
    if command == "save":
        path.write_bytes(new)
        return ["revisions", str(path), "save", "-m", "Second", "--author", "Ada"], new, new
    path.write_bytes(new)
    return ["revisions", str(path), "restore", "1", "--author", "Ada"], new, old


def traced(folder: Path, command: list[str], *options: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The command under strace, and the trace, with paths in place of descriptors."""
    log = folder.parent / "strace.log"
    tracing = ["strace", "-f", "--seccomp-bpf", "-y", "-o", str(log), "-e", f"trace={CALLS}", *options]
    done = subprocess.run([*tracing, *command], capture_output=True, text=True, check=False, timeout=300)
    return done, log.read_text(encoding="utf-8", errors="replace")


def calls_about(folder: Path, log: str) -> Iterator[tuple[str, int]]:
    """Name and number, among the calls of that name, of every call about the folder."""
    counted: Counter[str] = Counter()
    for call, rest in re.findall(r"^\d+ +(\w+)\((.*)$", log, re.MULTILINE):
        counted[call] += 1
        if str(folder) in rest:
            yield call, counted[call]


def calls_of_threads(folder: Path, log: str) -> set[tuple[str, int]]:
    """Name and number, among those of one thread that are about the folder, of every such call."""
    counted = Counter(re.findall(rf"^(\d+) +(\w+)\(.*{re.escape(str(folder))}", log, re.MULTILINE))
    return {(call, nth) for (_, call), most in counted.items() for nth in range(1, most + 1)}


def points(number: int, commands: Sequence[str] = COMMANDS) -> Iterator[Point]:
    """Every point of one round: each command on the project of that number."""
    for command in commands:
        with tempfile.TemporaryDirectory() as outer:
            folder = Path(outer) / "project"
            folder.mkdir()
            arguments, _, _ = prepare(folder, command, number)
            _, log = traced(folder, arguments)
            found = set(calls_about(folder, log))
            names: frozenset[str] = frozenset()
            if command in _DRIVEN:
                found = calls_of_threads(folder, log)
                names = frozenset(re.findall(re.escape(str(folder)) + r"/?([^\">]*)", log))
        for call, nth in sorted(found):
            for fault in FAULTS:
                yield Point(command, number, call, nth, fault, names)


def check(point: Point) -> None:
    """Run one point and look at what is left.

    Raises:
        AssertionError: something was lost, cut, or told wrong.
    """
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "project"
        folder.mkdir()
        command, before, after = prepare(folder, point.command, point.number)
        only = [part for name in sorted(point.names) for part in ("-P", str(folder / name))]
        done, _ = traced(folder, command, *only, "-e", f"inject={point.call}:{point.fault}:when={point.nth}")
        assert "Traceback" not in done.stderr, done.stderr
        if point.command in _DRIVEN:
            _check_driven(point.command, folder, done)
        else:
            _check(point.command, folder, done.returncode, before, after)


def _check(command: str, folder: Path, code: int, before: bytes, after: bytes) -> None:
    path = folder / "p.hazard.json"
    found = path.read_bytes()
    assert found in (before, after), "the file is neither the old nor the new one"
    assert code or found == after, "what was told to be done is not there"
    kept = Revisions(path)
    assert kept.verify() == [], "the revisions are damaged"
    if command == "save" and code == 0:
        assert len(kept.all()) == 2, "a revision that was told is lost"
    if command == "restore" and found == after != before:
        states = {canonical_bytes(kept.load(one).store.records.values()) for one in kept.all()}
        assert before in states, "what was replaced is not kept"
    if command == "export":
        written = (folder / "log.csv").read_bytes()
        assert written == b"before" or written.endswith(b"\n"), "the export is cut"
        assert code or written != b"before", "an export that was told is lost"


def _check_driven(command: str, folder: Path, done: subprocess.CompletedProcess[str]) -> None:
    told = [int(line) for line in done.stdout.split()]
    if command == "journal":
        path = folder / "p.hazard.json"
        assert done.returncode or told[-1:] == [len(EDITS)], "it ended early without a word"
        journaled.check(folder / "journals", max(told, default=0), path if path.exists() else None, ended=False)
        return
    run = (folder / "run.jsonl").read_bytes()
    beside = folder_beside(folder / "p.hazard.json")
    found = [path for path in beside.iterdir() if not path.name.startswith(".")] if beside.is_dir() else []
    assert all(path.read_bytes() == run for path in found), "a copy is not what was read"
    assert not told or found, "a copy that was told is lost"


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=COMMANDS)
    options = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stdout.write("strace is not installed\n")
        return 2
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    began = time.perf_counter()
    every = (point for number in range(1_000) for point in points(number, options.commands))
    for done, point in enumerate(islice(every, options.start, options.start + options.points), options.start + 1):
        try:
            check(point)
        except AssertionError as error:
            sys.stdout.write(f"point {done - 1}, {point}: {error}\n")
            return 1
        if done % 50 == 0:
            sys.stdout.write(f"{done} points, {time.perf_counter() - began:.0f} s\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

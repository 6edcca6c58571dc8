"""The real command under strace: every system call that touches the project's folder fails or kills, one at a time.

``python -m tests.faults.syscalls --points 1000 [--start 0]``; needs strace and Linux. A point is one call of one
command with one fault; numbers are stable, so that a run goes on where another stopped.
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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.faults.edits import Editor, small_project
from workbench.files.canonical import canonical_bytes
from workbench.files.revisions import Revisions

CALLS = "openat,write,fsync,close,rename,unlink,chmod,mkdir,newfstatat,access,faccessat2,lseek,read"
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO", "error=EACCES", "error=EROFS", "error=EDQUOT")
COMMANDS = ("migrate", "save", "restore")


@dataclass(frozen=True)
class Point:
    """The ``nth`` call of a name, by one command on one project, and what happens to it."""

    command: str
    number: int
    call: str
    nth: int
    fault: str


def prepare(folder: Path, command: str, number: int) -> tuple[list[str], bytes, bytes]:
    """A project, the arguments of the command, and the bytes the file has before and after it."""
    path = folder / "p.hazard.json"
    base = small_project(number % 40, 12)
    old, new = canonical_bytes(base.values()), canonical_bytes(Editor(base, number).edit(4).values())
    if command == "migrate":
        path.write_bytes(b" " + old)
        return ["migrate", str(path)], b" " + old, old
    path.write_bytes(old)
    first = ["revisions", str(path), "save", "-m", "First", "--author", "Ada"]
    subprocess.run([sys.executable, "-m", "workbench", *first], check=True, capture_output=True)
    if command == "save":
        path.write_bytes(new)
        return ["revisions", str(path), "save", "-m", "Second", "--author", "Ada"], new, new
    path.write_bytes(new)
    return ["revisions", str(path), "restore", "1", "--author", "Ada"], new, old


def traced(folder: Path, arguments: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    """The command under strace; its standard output is the trace, with paths in place of descriptors."""
    log = folder.parent / "strace.log"
    command = [
        "strace",
        "-f",
        "-y",
        "-o",
        str(log),
        "-e",
        f"trace={CALLS}",
        *options,
        sys.executable,
        "-m",
        "workbench",
    ]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=300)
    done.stdout = log.read_text(encoding="utf-8", errors="replace")
    return done


def calls_about(folder: Path, log: str) -> Iterator[tuple[str, int]]:
    """Name and number, among the calls of that name, of every call about the folder."""
    counted: Counter[str] = Counter()
    for call, rest in re.findall(r"^\d+ +(\w+)\((.*)$", log, re.MULTILINE):
        counted[call] += 1
        if str(folder) in rest:
            yield call, counted[call]


def points(number: int) -> Iterator[Point]:
    """Every point of one round: each command on the project of that number."""
    for command in COMMANDS:
        with tempfile.TemporaryDirectory() as outer:
            folder = Path(outer) / "project"
            folder.mkdir()
            arguments, _, _ = prepare(folder, command, number)
            log = traced(folder, arguments).stdout
        for call, nth in sorted(calls_about(folder, log)):
            for fault in FAULTS:
                yield Point(command, number, call, nth, fault)


def check(point: Point) -> None:
    """Run one point and look at what is left.

    Raises:
        AssertionError: something was lost, cut, or told wrong.
    """
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "project"
        folder.mkdir()
        arguments, before, after = prepare(folder, point.command, point.number)
        inject = f"inject={point.call}:{point.fault}:when={point.nth}"
        done = traced(folder, arguments, "-e", inject)
        assert "Traceback" not in done.stderr, done.stderr
        path = folder / "p.hazard.json"
        found = path.read_bytes()
        assert found in (before, after), "the file is neither the old nor the new one"
        assert done.returncode or found == after, "what was told to be done is not there"
        kept = Revisions(path)
        assert kept.verify() == [], "the revisions are damaged"
        if point.command == "save" and done.returncode == 0:
            assert len(kept.all()) == 2, "a revision that was told is lost"
        if point.command == "restore" and found == after != before:
            states = {canonical_bytes(kept.load(one).store.records.values()) for one in kept.all()}
            assert before in states, "what was replaced is not kept"


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1_000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stdout.write("strace is not installed\n")
        return 2
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    began = time.perf_counter()
    every = (point for number in range(1_000) for point in points(number))
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

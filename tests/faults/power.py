"""What a power failure may leave of a recorded run of file operations, by the weakest rules a file system keeps.

Bytes are safe once their file was synced, names once their folder was. Anything else may be there or not, in any order:
a write absent, whole, torn, short of its last byte, a hole of zeroes, or a hole behind its first half; a rename before
the data it names; a folder that is not there, and nothing in it. Modelled after ALICE (Pillai et al., OSDI 2014).

Run as a script for the long run: ``python -m tests.faults.power --saves 200 --others 30``. Every legal state of every
save is looked at, up to ``--states`` at one moment: where there are more, so many random ones. Journals and revisions
(``power_cases``) likewise, up to ``--looked``.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from tests.faults.edits import Editor, small_project
from workbench.files.canonical import canonical_bytes
from workbench.files.fileops import FileOps
from workbench.files.project import save_project
from workbench.store.store import Store

Files = dict[Path, bytes]
_NAMES = ("name", "unname", "folder")
VARIANTS = ("absent", "whole", "torn", "cut", "zeroed", "holed")


@dataclass(frozen=True)
class Step:
    """One operation: ``write``, ``truncate`` and ``sync`` of a file (by number), ``name``, ``unname`` and ``sync`` of
    a folder, ``folder`` for one that was made, or ``told``: from here on the user has been told that all is saved.
    """

    what: str
    file: int = -1
    at: int = 0
    data: bytes = b""
    path: Path = Path()


class Recorder(FileOps):
    """Carries operations out and remembers them.

    Attributes:
        steps: what was done, in order.
        most: bytes a write takes at most, so that one save has several writes.
    """

    def __init__(self, folder: Path, most: int = 1 << 30) -> None:
        self.steps: list[Step] = []
        self.most = most
        self.before: Files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self._numbers = {path: number for number, path in enumerate(sorted(self.before))}
        self._next = len(self._numbers)
        self._open: dict[int, tuple[int, Path, bool]] = {}
        self._at: dict[int, int] = {}

    def told(self) -> None:
        """The user was told that all so far is saved."""
        self.steps.append(Step("told"))

    def create(self, path: Path, mode: int) -> int:
        descriptor = super().create(path, mode)
        self._numbers[path] = self._next
        self._next += 1
        self.steps.append(Step("name", self._numbers[path], path=path))
        self._opened(descriptor, path, append=False)
        return descriptor

    def append(self, path: Path) -> int:
        descriptor = super().append(path)
        self._opened(descriptor, path, append=True)
        return descriptor

    def overwrite(self, path: Path) -> int:
        descriptor = super().overwrite(path)
        self._opened(descriptor, path, append=False)
        return descriptor

    def _opened(self, descriptor: int, path: Path, *, append: bool) -> None:
        self._open[descriptor] = (self._numbers[path], path, append)
        self._at[descriptor] = 0

    def write(self, descriptor: int, data: memoryview) -> int:
        number, path, append = self._open[descriptor]
        at = path.stat().st_size if append else self._at[descriptor]
        written = super().write(descriptor, data[: self.most])
        self.steps.append(Step("write", number, at, bytes(data[:written])))
        self._at[descriptor] = at + written
        return written

    def truncate(self, descriptor: int, size: int) -> None:
        super().truncate(descriptor, size)
        self.steps.append(Step("truncate", self._open[descriptor][0], size))

    def sync(self, descriptor: int) -> None:
        super().sync(descriptor)
        self.steps.append(Step("sync", self._open[descriptor][0]))

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        del self._open[descriptor]

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        number = self._numbers.pop(source)
        self._numbers[target] = number
        self.steps += [Step("name", number, path=target), Step("unname", number, path=source)]

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.steps.append(Step("unname", self._numbers.pop(path, -1), path=path))

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        super().make_folder(folder, mode)
        self.steps += [Step("folder", path=one) for one in reversed(missing)]

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.steps.append(Step("sync", path=folder))


@dataclass
class State:
    """What lies on the disk after the power came back, and what the user had been told."""

    files: Files
    told: int
    about: str = field(default="")


def states(recorder: Recorder, most: int = 1_000_000, seed: int = 0) -> Iterator[State]:
    """Every legal state at every moment; of more than ``most`` at one moment, random ones."""
    chance = random.Random(seed)
    for moment in range(len(recorder.steps) + 1):
        done = recorder.steps[:moment]
        told = sum(step.what == "told" for step in done)
        loose = [i for i, step in enumerate(done) if step.what in ("write", "truncate") and not _synced(done, i)]
        names = [i for i, step in enumerate(done) if step.what in _NAMES and not _named(done, i)]
        for writes, kept in _choices(len(loose), len(names), most, chance):
            content = _contents(recorder, done, dict(zip(loose, writes, strict=True)))
            entries = _entries(recorder, done, dict(zip(names, kept, strict=True)))
            files = {path: content.get(number, b"") for path, number in entries.items()}
            yield State(files, told, f"after {moment} steps, writes {writes}, names {kept}")


def _choices(
    writes: int, names: int, most: int, chance: random.Random
) -> Iterator[tuple[tuple[str, ...], tuple[bool, ...]]]:
    if len(VARIANTS) ** writes * 2**names <= most:
        yield from product(product(VARIANTS, repeat=writes), product((False, True), repeat=names))
        return
    for _ in range(most):
        yield (
            tuple(chance.choice(VARIANTS) for _ in range(writes)),
            tuple(chance.random() < 0.5 for _ in range(names)),
        )


def _synced(done: list[Step], index: int) -> bool:
    return any(step.what == "sync" and step.file == done[index].file for step in done[index:])


def _named(done: list[Step], index: int) -> bool:
    folder = done[index].path.parent
    return any(step.what == "sync" and step.file < 0 and step.path == folder for step in done[index:])


def _contents(recorder: Recorder, done: list[Step], variants: dict[int, str]) -> dict[int, bytes]:
    content = {number: recorder.before[path] for number, path in enumerate(sorted(recorder.before))}
    for index, step in enumerate(done):
        variant = variants.get(index, "whole")
        if step.what not in ("write", "truncate") or variant == "absent":
            continue
        old = content.get(step.file, b"")
        if step.what == "truncate":
            content[step.file] = old[: step.at]
            continue
        data = step.data
        half = len(data) // 2
        if variant == "torn":
            data = data[:half]
        elif variant == "cut":
            data = data[:-1]
        elif variant == "zeroed":
            data = bytes(len(data))
        elif variant == "holed":
            data = data[:half] + bytes(len(data) - half)
        content[step.file] = old[: step.at].ljust(step.at, b"\0") + data + old[step.at + len(data) :]
    return content


def _entries(recorder: Recorder, done: list[Step], kept: dict[int, bool]) -> dict[Path, int]:
    entries = {path: number for number, path in enumerate(sorted(recorder.before))}
    gone: set[Path] = set()
    for index, step in enumerate(done):
        if not kept.get(index, True):
            gone |= {step.path} if step.what == "folder" else set()
        elif step.what == "name":
            entries[step.path] = step.file
        elif step.what == "unname" and entries.get(step.path) == step.file:
            del entries[step.path]
    return {path: number for path, number in entries.items() if not gone & set(path.parents)} if gone else entries


Save = Callable[[Store, Path, FileOps], None]


def one_save(number: int, folder: Path, save: Save) -> tuple[Recorder, Path, bytes, bytes]:
    """A numbered save of an edited project over its older version, recorded."""
    path = folder / "p.hazard.json"
    base = small_project(number % 50)
    old, store = canonical_bytes(base.values()), Store(Editor(base, number).edit(3).values())
    new = canonical_bytes(store.records.values())
    path.write_bytes(old)
    recorder = Recorder(folder, most=1 + len(new) // (1 + number % 5))
    save(store, path, recorder)
    recorder.told()
    return recorder, path, old, new


def check_save(number: int, save: Save, most: int) -> int:
    """Look at every state of one save; how many there are.

    Raises:
        AssertionError: one is neither the old nor the new file, or not the new one though the user was told so.
    """
    with tempfile.TemporaryDirectory() as folder:
        recorder, path, old, new = one_save(number, Path(folder), save)
        count = 0
        for state in states(recorder, most, number):
            found = state.files.get(path)
            assert found in (old, new), f"save {number}: the file is neither the old nor the new one {state.about}"
            assert not state.told or found == new, f"save {number}: what was told to be saved is gone {state.about}"
            count += 1
        return count


def plain_save(store: Store, path: Path, ops: FileOps) -> None:
    """As the program saves."""
    save_project(store, path, ops=ops)


def main(arguments: list[str] | None = None) -> int:
    """The long run."""
    from tests.faults.power_cases import CASES, check_case

    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--others", type=int, default=30, help="of journals, and of revisions")
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--states", type=int, default=1_000_000, help="at one moment of one save")
    parser.add_argument(
        "--looked", type=int, default=2_000, help="the same of the others, which are opened from a disk"
    )
    options: Any = parser.parse_args(arguments)
    began = time.perf_counter()
    for name in ("saves", *CASES):
        most, count = options.saves if name == "saves" else options.others, 0
        for number in range(options.start, options.start + most):
            if name == "saves":
                count += check_save(number, plain_save, options.states)
            else:
                count += check_case(name, number, options.looked)
            if number % 20 == 19 or number == options.start + most - 1:
                sys.stdout.write(f"{number + 1} {name}, {count} states, {time.perf_counter() - began:.0f} s\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every file operation of everything that writes, made to fail in every way, one at a time.

A point is one operation of one scenario with one fault. ``kill`` is a process that ends there: no clean-up runs.
Run as a script for the long run: ``python -m tests.faults.sweep --points 10000 [--start 0]`` goes on from any round.
"""

import argparse
import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.faults import journaled
from tests.faults.edits import Editor, small_project
from tests.faults.files import OPERATIONS
from workbench.cli.main import run
from workbench.export.log import export_log
from workbench.files.beside import copy_beside, folder_beside
from workbench.files.canonical import canonical_bytes
from workbench.files.errors import ProjectFileError
from workbench.files.fileops import FileOps
from workbench.files.project import load_project, save_project
from workbench.files.revisions import Revisions
from workbench.store.store import Store

TIME = datetime(2026, 1, 2, tzinfo=UTC)
FAULTS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "kill")


class KilledError(BaseException):
    """The process ended: whatever runs after this is not there."""


@dataclass
class Plan:
    """Which operation fails, and how; counts them all."""

    at: int = -1
    fault: str = "EIO"
    log: list[str] = field(default_factory=list)
    dead: bool = False

    def step(self, name: str) -> None:
        """One operation is about to be done."""
        if self.dead:
            raise KilledError
        self.log.append(name)
        if len(self.log) - 1 != self.at:
            return
        if self.fault == "kill":
            self.dead = True
            raise KilledError
        number = getattr(errno, self.fault)
        raise OSError(number, os.strerror(number))


@contextmanager
def injected(plan: Plan) -> Iterator[Plan]:
    """Every operation of the seam goes by the plan, whoever calls it."""
    real = {name: getattr(FileOps, name) for name in OPERATIONS}

    def wrapped(name: str) -> Callable[..., Any]:
        def call(self: FileOps, *arguments: Any) -> Any:
            if name == "close":
                real[name](self, *arguments)  # a close that reports an error has closed all the same
                plan.step(name)
                return None
            plan.step(name)
            return real[name](self, *arguments)

        return call

    with ExitStack() as patches:
        for name in OPERATIONS:
            patches.enter_context(patch.object(FileOps, name, wrapped(name)))
        yield plan


@dataclass
class Trial:
    """One scenario in a folder of its own: the project before and after, and how it went.

    Attributes:
        told: whether the user was told that it worked.
        confirmed: how many edits the journal had, where one follows them.
    """

    folder: Path
    number: int
    told: bool = False
    message: str = ""
    confirmed: int = 0

    def __post_init__(self) -> None:
        self.path = self.folder / "p.hazard.json"
        base = small_project(self.number % 40, 12)
        self.old = canonical_bytes(base.values())
        self.store = Store(Editor(base, self.number).edit(4).values())
        self.new = canonical_bytes(self.store.records.values())
        self.path.write_bytes(self.old)


@dataclass(frozen=True)
class Scenario:
    """What is done under faults, and what must hold whatever happened. ``prepare`` runs without faults."""

    name: str
    prepare: Callable[[Trial], None]
    act: Callable[[Trial], None]
    check: Callable[[Trial], None]


def nothing(trial: Trial) -> None:
    """There is nothing to prepare."""


def _save(trial: Trial) -> None:
    save_project(trial.store, trial.path)


def old_or_new(trial: Trial) -> None:
    found = trial.path.read_bytes()
    assert found in (trial.old, trial.new), "the file is neither the old nor the new one"
    assert not trial.told or found == trial.new, "what was told to be saved is not there"
    if "was not saved" in trial.message:
        assert found == trial.old, "told as not saved, and it was"


def _one_revision(trial: Trial) -> None:
    store = load_project(trial.path).store
    Revisions(trial.path).save(store, None, message="First", author="Ada", time=TIME)


def _second_revision(trial: Trial) -> None:
    Revisions(trial.path).save(trial.store, None, message="Second", author="Ada", time=TIME, baseline="Review")


def _revisions_hold(trial: Trial) -> None:
    kept = Revisions(trial.path)
    assert kept.verify() == [], "the revisions are damaged"
    found = kept.all()
    assert canonical_bytes(kept.load(found[0]).store.records.values()) == trial.old, "the first revision is lost"
    if trial.told:
        assert len(found) == 2, "a revision that was told is lost"
        assert canonical_bytes(kept.load(found[1]).store.records.values()) == trial.new
    assert trial.path.read_bytes() == trial.old


def _revision_then_new(trial: Trial) -> None:
    _one_revision(trial)
    trial.path.write_bytes(trial.new)


def _restore(trial: Trial) -> None:
    _command(trial, "revisions", str(trial.path), "restore", "1", "--author", "Ada")


def _restored_or_kept(trial: Trial) -> None:
    found = trial.path.read_bytes()
    kept = Revisions(trial.path)
    assert kept.verify() == []
    assert found in (trial.old, trial.new)
    if found == trial.old != trial.new:
        states = {canonical_bytes(kept.load(one).store.records.values()) for one in kept.all()}
        assert trial.new in states, "what was replaced is not kept"
    assert not trial.told or found == trial.old


def _loose(trial: Trial) -> None:
    """A project somebody reformatted by hand."""
    trial.path.write_bytes(b"  " + trial.new)
    trial.old = b"  " + trial.new


def _migrate(trial: Trial) -> None:
    _command(trial, "migrate", str(trial.path))


def _command(trial: Trial, *arguments: str) -> None:
    with patch("click.echo") as echo:
        code = run(arguments)
    if code:
        raise ProjectFileError(" ".join(str(call.args[0]) for call in echo.call_args_list if call.args))


def _run_file(trial: Trial) -> None:
    (trial.folder / "run.jsonl").write_bytes(trial.new)


def _copy(trial: Trial) -> None:
    copy_beside(trial.folder / "run.jsonl", trial.path, hashlib.sha256(trial.new).hexdigest())


def _copied_whole(trial: Trial) -> None:
    folder = folder_beside(trial.path)
    found = [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
    assert all(path.read_bytes() == trial.new for path in found), "a copy is not what was read"
    assert not trial.told or found, "a copy that was told is lost"
    assert (trial.folder / "run.jsonl").read_bytes() == trial.new
    assert trial.path.read_bytes() == trial.old


def _old_export(trial: Trial) -> None:
    (trial.folder / "log.csv").write_bytes(b"before")


def _export(trial: Trial) -> None:
    export_log(trial.store, trial.folder / "log.csv")


def _exported_whole(trial: Trial) -> None:
    found = (trial.folder / "log.csv").read_bytes()
    assert found == b"before" or found.endswith(b"\n"), "the export is cut"
    assert not trial.told or found != b"before"
    assert trial.path.read_bytes() == trial.old


def _before_edits(trial: Trial) -> None:
    """Every second project was never saved to a file."""
    trial.path.write_bytes(journaled.documents()[0])


def _file_of(trial: Trial) -> Path | None:
    return trial.path if trial.number % 2 else None


def _follow(trial: Trial) -> None:
    def told(edits: int) -> None:
        trial.confirmed = edits

    with patch("threading.excepthook"):  # the thread of a process that ended says nothing
        journaled.edit_all(trial.folder / "journals", _file_of(trial), told)


def _all_back(trial: Trial) -> None:
    journaled.check(trial.folder / "journals", trial.confirmed, _file_of(trial), ended=True)


SCENARIOS = (
    Scenario("save", nothing, _save, old_or_new),
    Scenario("journal", _before_edits, _follow, _all_back),
    Scenario("revision", _one_revision, _second_revision, _revisions_hold),
    Scenario("restore", _revision_then_new, _restore, _restored_or_kept),
    Scenario("migrate", _loose, _migrate, old_or_new),
    Scenario("evidence copy", _run_file, _copy, _copied_whole),
    Scenario("export", _old_export, _export, _exported_whole),
)


def operations(scenario: Scenario, number: int) -> list[str]:
    """The operations of a scenario that meets no fault."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), number)
        scenario.prepare(trial)
        with injected(Plan()) as plan:
            scenario.act(trial)
        trial.told = True
        scenario.check(trial)
        return plan.log


def point(scenario: Scenario, number: int, at: int, fault: str) -> Trial:
    """One operation of a scenario with one fault, and how it went.

    Raises:
        AssertionError: something was lost, or told wrong.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), number)
        scenario.prepare(trial)
        with injected(Plan(at, fault)):
            try:
                scenario.act(trial)
                trial.told = True
            except KilledError:
                pass
            except Exception as error:
                trial.message = str(error)
                assert "\n" not in trial.message
                if not isinstance(error, ProjectFileError) and type(error).__name__ != "ExportError":
                    raise
        scenario.check(trial)
        return trial


def points(number: int) -> Iterator[tuple[Scenario, int, str]]:
    """Every point of one round: each scenario on the project of that number."""
    for scenario in SCENARIOS:
        for at in range(len(operations(scenario, number))):
            for fault in FAULTS:
                yield scenario, at, fault


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0, help="the round to begin with")
    options = parser.parse_args()
    began, done, number = time.perf_counter(), 0, options.start
    while done < options.points:
        for scenario, at, fault in points(number):
            try:
                point(scenario, number, at, fault)
            except AssertionError as error:
                sys.stdout.write(f"round {number}, {scenario.name}, operation {at}, {fault}: {error}\n")
                return 1
            done += 1
        number += 1
        sys.stdout.write(f"{done} points, {number} rounds, {time.perf_counter() - began:.0f} s\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Bringing back what a window that crashed had not saved, with its undo steps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.journal import ENDING, Journal, Told, base_of, journal_folder, remove_journal
from workbench.files.journal_fresh import NOT_TOLD
from workbench.files.journal_lines import FORMAT, records_put, steps_in
from workbench.files.journal_writer import RETRY_SECONDS
from workbench.files.lock import ProjectLock
from workbench.files.owner import Owner, owner_of
from workbench.files.project import MAX_BYTES, LoadedProject, load_bytes
from workbench.model.base import Record
from workbench.store.diff import Diff
from workbench.store.integrity import IntegrityError
from workbench.store.store import Store
from workbench.store.transaction import Transaction
from workbench.values import value_type

_MAX_JOURNAL: Final = 1024 * 1024 * 1024
_EDITS: Final = ("step", "undo", "redo")
_JOINS: Final = "joined"

Step = Mapping[str, Any]


@value_type(frozen=True, slots=True)
class Recovered:
    """A document brought back.

    Attributes:
        store: the document with its undo steps; nothing was saved yet.
        header: version and what a newer version wrote beside the records.
        path: its file, which was left as it is; None while it was untitled.
        base: SHA-256 the file had when the window last read or saved it; where it has another now, somebody else
            changed it. Empty while it was untitled.
        last: the records it had then, which a merge with the file starts from; none where that is not known.
        when: time of the last edit that is back, ISO 8601 UTC.
        steps: how many edits are back, undo and redo counted.
        note: what could not be brought back, one sentence; empty where everything is there.
        file: the journal it came from; ``number``: of its next line; ``told``: what it says beside the steps.
    """

    store: Store
    header: Header
    path: Path | None
    base: str
    last: Mapping[str, Record]
    when: str
    steps: int
    note: str
    file: Path
    number: int
    told: Told

    def follow(
        self,
        *,
        ops: FileOps | None = None,
        problem: Callable[[str], None] = lambda _: None,
        retry: float = RETRY_SECONDS,
    ) -> Journal:
        """Follow the document from here on: in the journal it came from, or, where that holds more, in one of its own.

        The arguments are those of ``Journal.open``.
        """
        if not self.note:
            return Journal.carry_on(
                self.store, self.file, self.number, self.told, ops=ops, problem=problem, retry=retry
            )
        return Journal.open(
            self.store,
            self.path,
            self.header,
            self.base,
            older=self.file,
            folder=self.file.parent,
            ops=ops,
            problem=problem,
            retry=retry,
        )


@value_type(frozen=True, slots=True)
class Recoverable:
    """What a window left behind that is not in its file.

    Attributes:
        file: the journal.
        path: file of the document; None while it was untitled.
        title: of the project when it was opened.
        began: when the first of all edits was made; ``when``: the last. ISO 8601 UTC.
        unsaved: what the user did since the last save, oldest first, as the undo menu says it.
        owner: the process that is gone.
    """

    file: Path
    path: Path | None
    title: str
    began: str
    when: str
    unsaved: tuple[str, ...]
    owner: Owner

    def restore(self, ops: FileOps | None = None) -> Recovered:
        """Bring the document back; no file is changed. No other process can bring it back too.

        Raises:
            ProjectFileError: another process is at it, or the document the edits began with is not there any more; one
                line for the user.
        """
        ops = ops or FileOps()
        other = ProjectLock(self.file, ops).take()
        if other is not None:
            raise ProjectFileError(f"Process {other.process} is bringing the same edits back; look at its window.")
        steps = _steps_of(self.file, ops)
        loaded, at = _beginning(self.file, steps, ops)
        as_read = loaded.content_hash == steps[at - 1]["file"]
        done, last, mark = _replay_all(loaded.store, steps[at:], loaded.store.snapshot() if as_read else {})
        reached = steps[: at + done]
        left = sum(step["do"] in _EDITS for step in steps[at + done :])
        saved = _last_saved(reached)
        return Recovered(
            store=loaded.store,
            header=loaded.header,
            path=_path_in(saved),
            base=str(saved["file"]),
            last=last,
            when=max((str(step["at"]) for step in reached if "at" in step), default=self.when),
            steps=sum(step["do"] in _EDITS for step in reached),
            note=f"The last {left} of the edits could not be brought back." if left else "",
            file=self.file,
            number=len(steps),
            told=Told(
                base=_base_in(self.file, steps),
                path=_path_in(saved),
                saved_as=str(saved["file"]),
                header=loaded.header,
                since=str(steps[0].get("at", "")),
                unsaved=len(_unsaved(reached)),
                saved_after=mark,
            ),
        )

    def replayed(self, ops: FileOps | None = None) -> Iterator[tuple[Step | None, Store]]:
        """Every edit since the last save, and the document after it; None for those that only their number is known of.

        It is to be looked at: no file is changed, and no other process is kept from bringing the work back.

        Raises:
            ProjectFileError: the edits cannot be brought back.
        """
        ops = ops or FileOps()
        steps = _steps_of(self.file, ops)
        loaded, at = _beginning(self.file, steps, ops)
        since = _last_save(steps)
        yield from ((None, loaded.store) for _ in range(int(steps[since].get("earlier", 0))))
        for place, step in enumerate(steps[at:], at):
            if not replay(loaded.store, [step]):
                return
            if place >= since and step["do"] in _EDITS:
                yield step, loaded.store

    def discard(self, ops: FileOps | None = None) -> None:
        """Forget it, because the user says so."""
        remove_journal(self.file, ops or FileOps())


def scan_recoverable(folder: Path | None = None, ops: FileOps | None = None) -> list[Recoverable]:
    """What windows that are gone left unsaved on this computer, the newest first.

    Journals of windows that are open are passed over; those whose every edit was saved are removed. What cannot be
    read, or was written by a newer version of the program, is left where it is.

    Args:
        folder: where to look; else ``journal_folder()``.
        ops: the file system.
    """
    folder, ops = folder or journal_folder(), ops or FileOps()
    try:
        names = [name for name in ops.names(folder) if name.endswith(ENDING)]
    except OSError:
        return []
    found = []
    for name in names:
        try:
            steps = list(steps_in(ops.read(folder / name, _MAX_JOURNAL)))
        except (OSError, ValueError):
            continue
        left = _left_by(folder / name, steps)
        if left is not None and left.owner.runs() is False and ProjectLock(left.file, ops).holder() is None:
            if left.unsaved:
                found.append(left)
            else:
                remove_journal(left.file, ops)
    return sorted(found, key=lambda one: one.when, reverse=True)


def _left_by(file: Path, steps: Sequence[Step]) -> Recoverable | None:
    """What a journal says; None where it is none of this version."""
    if not steps or steps[0].get("journal") != FORMAT:
        return None
    owners = [step["owner"] for step in steps if "owner" in step]
    owner = owner_of(owners[-1])
    if owner is None:
        return None
    times = [str(step["at"]) for step in steps if "at" in step]
    when = max(times[-1], str(steps[0].get("last", "")))
    path = _path_in(_last_saved(steps))
    return Recoverable(file, path, str(steps[0].get("title", "")), times[0], when, _unsaved(steps), owner)


def _unsaved(steps: Sequence[Step]) -> tuple[str, ...]:
    """What was done since the last save, as the undo menu says it."""
    since = _last_save(steps)
    earlier = steps[since].get("earlier", 0)
    return (NOT_TOLD,) * int(earlier) + tuple(_called(step) for step in steps[since:] if step["do"] in _EDITS)


def _steps_of(file: Path, ops: FileOps) -> list[Step]:
    try:
        return list(steps_in(ops.read(file, _MAX_JOURNAL)))
    except OSError as error:
        raise ProjectFileError(f"{file} cannot be read ({error.strerror}); check the disk.") from error


def _last_save(steps: Sequence[Step]) -> int:
    """The place of the last save; 0 where there is none."""
    return max((place for place, step in enumerate(steps) if step["do"] == "saved"), default=0)


def _called(step: Step) -> str:
    return str(step.get("label", "")) if step["do"] == "step" else str(step["do"]).capitalize()


def _last_saved(steps: Sequence[Step]) -> Step:
    """The step that says which file holds the document, and as what: the first, or the last save."""
    return [step for step in steps if step["do"] in ("begin", "saved")][-1]


def _path_in(step: Step) -> Path | None:
    return Path(step["path"]) if isinstance(step.get("path"), str) else None


def _beginning(file: Path, steps: Sequence[Step], ops: FileOps) -> tuple[LoadedProject, int]:
    """A document the steps can be done on, and from which step on.

    Best the one kept beside the journal; else the project's file, if it still holds what was read or last saved.

    Raises:
        ProjectFileError: neither is there.
    """
    data = _bytes(_base_in(file, steps), ops)
    if content_hash(data) == steps[0]["base"]:
        return load_bytes(data, "the kept copy"), 1
    for place, step in enumerate(steps):
        path = _path_in(step)
        if step["do"] in ("begin", "saved") and path is not None and "beside" not in step:
            data = _bytes(path, ops)
            if content_hash(data) == step["file"]:
                return load_bytes(data, str(path), path=path), place + 1
    where = _path_in(_last_saved(steps))
    raise ProjectFileError(
        f"The edits in {file} cannot be brought back: neither the copy they began with nor "
        f"{where or 'a saved file'} is as it was."
    )


def _base_in(file: Path, steps: Sequence[Step]) -> Path:
    """The file of the document that a journal's steps begin with."""
    beside = steps[0].get("beside")
    return file.with_name(Path(beside).name) if isinstance(beside, str) else base_of(file)


def _bytes(path: Path, ops: FileOps) -> bytes:
    try:
        return ops.read(path, MAX_BYTES)
    except OSError:
        return b""


def _replay_all(
    store: Store, steps: Sequence[Step], last: Mapping[str, Record]
) -> tuple[int, Mapping[str, Record], Diff | None]:
    """Do steps again as far as they fit.

    Returns:
        How many that was; the records as they were at the last save of these, else ``last``; and the step that was done
        last then.
    """
    done = 0
    mark = None if last else Diff()
    saves = [place + 1 for place, step in enumerate(steps) if step["do"] == "saved"]
    for place in (*saves, len(steps)):
        done += replay(store, steps[done:place])
        if done < place:
            break
        if place in saves:
            last, mark = store.snapshot(), store.history.last_diff
    return done, last, mark


def replay(store: Store, steps: Sequence[Step]) -> int:
    """Do the steps of a journal again.

    Returns:
        How many were done: all, or those before the first that does not fit.
    """
    done = 0
    for step in steps:
        try:
            if step["do"] in _EDITS:
                _do(store, step)
        except (KeyError, TypeError, ValueError, IntegrityError):
            break
        done += 1
    store.selection = tuple
    return done


def _do(store: Store, step: Step) -> None:
    if step["do"] == "undo" and store.history.done:
        store.undo()
        return
    if step["do"] == "redo" and store.history.undone:
        store.redo()
        return
    joined = bool(step.get("joined"))
    if joined:
        store.history.reopen_for(_JOINS)
    before = tuple(step.get("before", ()))
    store.selection = lambda: before
    with store.transaction(_called(step), merge_key=_JOINS if joined else None) as tx:
        _apply(tx, step)


def _apply(tx: Transaction, step: Step) -> None:
    for record in records_put(step):
        tx.put(record)
    gone = step["gone"]
    if not all(key in tx.records for key in gone):
        raise KeyError("gone already")
    for key in gone:  # only others of them refer to them by now, so nothing else goes
        if key in tx.records:
            tx.remove(key)

"""What a crash would take: every step since a document was opened, on the disk a moment after it was done.

A journal is a file of lines (``journal_lines``) in the program's own folder, beside it the document as it was before
the first of them. It is kept while its document is open, and removed when the document is closed in good order. What
is left behind belongs to a window that crashed; ``recovery`` finds it and brings it back.
"""

import contextlib
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from workbench.files.atomic import write_atomically
from workbench.files.canonical import canonical_bytes, content_hash
from workbench.files.fileops import FileOps
from workbench.files.header import Header
from workbench.files.journal_fresh import Moment, begin_anew
from workbench.files.journal_lines import FORMAT, diff_as_plain, line_of
from workbench.files.journal_writer import LEAST_LONG, PRIVATE_FOLDER, RETRY_SECONDS, Anew, JournalWriter
from workbench.files.lock import ProjectLock
from workbench.files.own import state_folder
from workbench.files.owner import this_process
from workbench.files.project import MAX_BYTES
from workbench.model.base import Record
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.diff import Change, Diff
from workbench.store.store import Store
from workbench.values import value_type

ENDING: Final = ".journal"
_BASE: Final = ".base.json"
_CLOSING_SECONDS: Final = 5.0
_PART_FOR_STEPS: Final = 4
"""The steps of a journal begun anew take this part of what it may have at most."""


def journal_folder() -> Path:
    """Where journals lie; it is not checked to exist."""
    return state_folder() / "journals"


def base_of(journal: Path, mark: str = "") -> Path:
    """The file that holds the document as it was before a journal's first step; ``mark`` tells later ones apart."""
    return journal.with_name(journal.name.removesuffix(ENDING) + (f".{mark}" if mark else "") + _BASE)


@value_type(frozen=True, slots=True)
class Told:
    """What a journal that was left behind says of its document, beside the steps.

    Attributes:
        base: the file of the document it begins with.
        path: the project's file; None while untitled. ``saved_as``: SHA-256 it had; ``header``: what it says besides.
        since: when the first edit was made.
        unsaved: how many edits there were since the last save, which was after the step ``saved_after``.
    """

    base: Path
    path: Path | None
    saved_as: str
    header: Header
    since: str
    unsaved: int
    saved_after: Diff | None


class Journal:
    """Follows one document. Nothing here waits for the disk but ``flush``, ``close`` and ``remove``."""

    def __init__(self, store: Store, file: Path, writer: JournalWriter, ops: FileOps) -> None:
        """Use ``open`` or ``carry_on``."""
        self.file = file
        self._store = store
        self._writer = writer
        self._ops = ops
        self._path: Path | None = None
        self._header = Header()
        self._saved_as = ""
        self._older: Path | None = None
        self._begun = False
        self._since = ""
        self._saved_after: Diff | None = None
        self._unsaved = 0

    @classmethod
    def open(
        cls,
        store: Store,
        path: Path | None = None,
        header: Header | None = None,
        saved_as: str = "",
        *,
        older: Path | None = None,
        folder: Path | None = None,
        ops: FileOps | None = None,
        problem: Callable[[str], None] = lambda _: None,
        retry: float = RETRY_SECONDS,
        least: int = LEAST_LONG,
    ) -> Self:
        """Follow a document from now on. No file is touched before its first change.

        Args:
            store: the document; nothing has been undone or done in it that must come back.
            path: its file; None while untitled.
            header: what the file says beside its records.
            saved_as: SHA-256 of the file's bytes; empty while untitled.
            older: a journal the document was brought back from, so that the file does not hold all of it; removed with
                this one.
            folder: where to keep the journal; else ``journal_folder()``.
            ops: the file system.
            problem: told, in another thread, one sentence when edits cannot be written, and an empty text when they
                can be again.
            retry: seconds between attempts to write.
            least: bytes below which the journal is not begun anew.
        """
        ops = ops or FileOps()
        file = (folder or journal_folder()) / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}{ENDING}"
        writer = JournalWriter(file, ops, base=base_of(file), least=least, problem=problem, retry=retry)
        journal = cls(store, file, writer, ops)
        journal._path = path.absolute() if path is not None else None
        journal._header = header or Header()
        journal._saved_as = saved_as
        journal._older = older
        journal._saved_after = store.history.last_diff if older is None else Diff()  # no file holds it
        store.changed.connect(journal.append)
        return journal

    @classmethod
    def carry_on(
        cls,
        store: Store,
        file: Path,
        number: int,
        told: Told,
        *,
        ops: FileOps | None = None,
        problem: Callable[[str], None] = lambda _: None,
        retry: float = RETRY_SECONDS,
        least: int = LEAST_LONG,
    ) -> Self:
        """Follow a document that was brought back, in the journal it came from, which now belongs to this process.

        Args:
            store: the document, as it was brought back.
            file: the journal.
            number: of the next line.
            told: what the journal says of the document beside its steps.
            ops: the file system.
            problem: as for ``open``.
            retry: as for ``open``.
            least: as for ``open``.
        """
        ops = ops or FileOps()
        writer = JournalWriter(file, ops, base=told.base, first=number, least=least, problem=problem, retry=retry)
        journal = cls(store, file, writer, ops)
        journal._path, journal._saved_as, journal._header = told.path, told.saved_as, told.header
        journal._since, journal._unsaved, journal._saved_after = told.since, told.unsaved, told.saved_after
        journal._begun = True
        journal._say({"do": "owner", "owner": this_process().as_plain()})
        store.changed.connect(journal.append)
        return journal

    def append(self, change: Change) -> None:
        """Take a change that was just committed; returns at once."""
        if not self._begun:
            self._begin(change)
        step: dict[str, Any] = {"do": "step", "label": change.label, "at": _now()}
        if change.origin in ("undo", "redo"):
            step["do"] = change.origin
        else:
            last = self._store.history.last
            step["joined"] = last is None or last.diff is not change.diff
            step["before"] = list(last.before) if last is not None else []
        diff = change.diff
        self._writer.write([lambda number: line_of(number, {**step, **diff_as_plain(diff)})])
        self._unsaved += 1
        if self._writer.is_long:
            self._begin_anew()

    def saved(self, path: Path, saved_as: str) -> None:
        """Note that the document as it is now lies in a file, whose bytes have the SHA-256 ``saved_as``."""
        self._path, self._saved_as = path.absolute(), saved_as
        self._saved_after, self._unsaved = self._store.history.last_diff, 0
        if self._begun:
            self._say(self._saved())

    def flush(self, timeout: float = _CLOSING_SECONDS) -> bool:
        """Wait until every change so far is on the disk; False where it is not after ``timeout`` seconds."""
        return self._writer.flush(timeout)

    def leave(self) -> None:
        """Stop following the document; ``close`` is still to come, maybe in another thread."""
        self._store.changed.disconnect(self.append, missing_ok=True)

    def close(self, *, keep: bool = False, timeout: float = _CLOSING_SECONDS) -> bool:
        """Stop following the document.

        Args:
            keep: leave the journal for the next start, which offers what was not saved; else it is removed, because
                all was saved, or the user wants it gone.
            timeout: seconds to wait for the disk.

        Returns:
            Whether every change was on the disk.
        """
        self.leave()
        done = self._writer.end(timeout, drop=not keep)
        if not keep:
            for file in filter(None, (self.file, self._older)):
                remove_journal(file, self._ops)
        return done

    def _say(self, step: Mapping[str, Any]) -> None:
        self._writer.write([lambda number: line_of(number, step)])

    def _begin(self, change: Change) -> None:
        """The first line: what the document was before its first change, and where."""
        self._begun = True
        records = self._store.snapshot()
        for key, before, _ in change.diff.before_and_after():
            if before is None:
                del records[key]
            else:
                records[key] = before
        self._since = _now()
        first = self._first(records)
        holder = self._path if self._older is None else None
        base = _Base(base_of(self.file), records, holder, self._saved_as, self._header, self._ops)

        def line(number: int) -> bytes:
            digest = base.digest()
            self._writer.begins_with(base.size)
            self._writer.also(base.keep, first=not base.in_file)  # else the project's file has it, for now
            return line_of(number, {**first, "base": digest})

        self._writer.write([line])

    def _first(self, records: Mapping[str, Record]) -> dict[str, Any]:
        """The first line, but for the document it begins with."""
        project = records.get(PROJECT_ID)
        return {
            "do": "begin",
            "journal": FORMAT,
            "path": str(self._path) if self._path is not None else None,
            "file": self._saved_as,
            "title": project.title if isinstance(project, Project) else "",
            "owner": this_process().as_plain(),
            "at": self._since,
        }

    def _saved(self) -> dict[str, Any]:
        return {"do": "saved", "path": str(self._path), "file": self._saved_as, "at": _now()}

    def _begin_anew(self) -> None:
        """The journal has become long: as much of the history as a part of it holds, and the document before that."""
        history, header = self._store.history, self._header
        now = Moment(self._store.snapshot(), history.done, history.undone, self._saved_after, self._unsaved)
        first = {**self._first(now.records), "last": _now()}
        saved = self._saved() if self._path is not None else None
        budget = self._writer.most // _PART_FOR_STEPS
        base = base_of(self.file, secrets.token_hex(4))

        def make() -> Anew:
            made = begin_anew(now, header, saved, budget)
            begin = {**first, "base": content_hash(made.base), "beside": base.name, "earlier": made.earlier}
            steps = [begin, *made.steps]
            return Anew(base, made.base, [line_of(number, step) for number, step in enumerate(steps)])

        self._writer.begin_anew(make)


class _Base:
    """The document before the first step, put beside the journal by the writer's thread.

    Attributes:
        in_file: whether the project's file holds it, as far as ``digest`` found.
    """

    def __init__(
        self,
        file: Path,
        records: Mapping[str, Record],
        path: Path | None,
        saved_as: str,
        header: Header,
        ops: FileOps,
    ) -> None:
        self._file = file
        self._records = records
        self._path = path
        self._saved_as = saved_as
        self._header = header
        self._ops = ops
        self._data = b""
        self.in_file = False

    def digest(self) -> str:
        """SHA-256 of its text."""
        self._data = self._from_file()
        self.in_file = bool(self._data)
        if not self.in_file:
            self._data = canonical_bytes(self._records.values(), self._header)
        return content_hash(self._data)

    @property
    def size(self) -> int:
        """Bytes of its text, once ``digest`` was asked for."""
        return len(self._data)

    def keep(self) -> None:
        """Write it.

        Raises:
            OSError, SaveError: it cannot be written.
        """
        self._ops.make_folder(self._file.parent, PRIVATE_FOLDER)
        write_atomically(self._file, self._data, self._ops)

    def _from_file(self) -> bytes:
        """The bytes of the project's file, if they are still those that were read."""
        if self._path is None:
            return b""
        try:
            data = self._ops.read(self._path, MAX_BYTES)
        except OSError:
            return b""
        return data if content_hash(data) == self._saved_as else b""


def remove_journal(file: Path, ops: FileOps) -> None:
    """Remove a journal, the document beside it and its lock; what cannot be removed stays."""
    stem = file.name.removesuffix(ENDING)
    bases: list[Path] = []
    with contextlib.suppress(OSError):
        bases = [
            file.with_name(name) for name in ops.names(file.parent) if name.startswith(f"{stem}.") and name != file.name
        ]
    for path in (file, *bases, ProjectLock(file).file):  # the journal first: without it, the others are nothing
        with contextlib.suppress(OSError):
            ops.remove(path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

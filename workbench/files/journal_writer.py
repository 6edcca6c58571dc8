"""Putting a journal's lines on the disk in a thread of its own, so that no keystroke waits for a slow disk.

A batch counts as written once the disk has confirmed it. One that fails is written again, whole, until it succeeds:
after a failed write or flush nobody knows what of it is there, and readers pass over what is torn or there twice.

A journal that has become long is begun anew: first the document it begins with is on the disk, then a whole new journal
beside the old one, and one rename puts it in its place. Until then, and where that fails, the old one goes on.
"""

import contextlib
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps, write_all
from workbench.values import value_type

RETRY_SECONDS: Final = 1.0
Make = Callable[[int], bytes]
"""Makes the line of a number; called in the writer's thread."""
Task = Callable[[], None]
"""Writes another file; raises ``OSError`` or ``SaveError`` where it cannot yet."""

LEAST_LONG: Final = 8 * 1024 * 1024
"""Bytes below which no journal is long."""
TIMES_ITS_DOCUMENT: Final = 4
"""How many times larger than the document it begins with a journal may become."""
PRIVATE_FOLDER: Final = 0o700
_PRIVATE: Final = 0o600


@value_type(frozen=True, slots=True)
class Anew:
    """A whole journal, and the document it begins with.

    Attributes:
        base: where that document lies; ``data``: its text.
        lines: of the journal.
    """

    base: Path
    data: bytes
    lines: Sequence[bytes]


MakeAnew = Callable[[], Anew]
"""Makes a journal that says all that the lines handed over before do; called in the writer's thread."""


class JournalWriter:
    """Writes lines to the end of one file, in the order they were given.

    Attributes:
        most: bytes of the file above which it is long.
        base: the file of the document it begins with.
    """

    def __init__(
        self,
        path: Path,
        ops: FileOps,
        *,
        base: Path,
        first: int = 0,
        least: int = LEAST_LONG,
        problem: Callable[[str], None] = lambda _: None,
        retry: float = RETRY_SECONDS,
    ) -> None:
        """Name the file; nothing is written, and no thread started, before the first line.

        Args:
            path: the journal.
            ops: the file system.
            base: the file of the document it begins with.
            first: number of the first line; with any but 0 the file exists and is carried on.
            least: bytes below which it is not long.
            problem: told, in the writer's thread, why lines cannot be written; and an empty text once they can again.
            retry: seconds between attempts.
        """
        self.most = least
        self.base = base
        self._path = path
        self._ops = ops
        self._least = least
        self._size = 0
        self._anew_asked = False
        self._number = first
        self._made = first > 0
        self._clean = first == 0
        self._problem = problem
        self._retry = retry
        self._descriptor: int | None = None
        self._failing = False
        self._thread: Thread | None = None
        self._state = Condition()
        self._waiting: list[Make | _Anew] = []
        self._given = 0
        self._written = 0
        self._ending = False
        self._task: Task | None = None
        self._task_first = False

    def also(self, task: Task, *, first: bool) -> None:
        """Do something else in the same thread, until it succeeds.

        Args:
            task: what to do.
            first: before any line is written, which is worth nothing without it; else after the next ones.
        """
        self._task, self._task_first = task, first

    def write(self, lines: Sequence[Make]) -> None:
        """Hand lines over; returns at once."""
        with self._state:
            self._waiting += lines
            self._given += len(lines)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
            self._state.notify_all()

    @property
    def is_long(self) -> bool:
        """Whether it is time to begin anew; once that was asked for, not before it was tried."""
        return self._size > self.most and not self._anew_asked

    def begins_with(self, size: int) -> None:
        """The document it begins with has so many bytes."""
        self.most = max(self._least, TIMES_ITS_DOCUMENT * size)

    def begin_anew(self, make: MakeAnew) -> None:
        """Put a new journal in the place of this one, in its turn among the lines; returns at once."""
        with self._state:
            self._anew_asked = True
            self._waiting.append(_Anew(make))
            self._given += 1
            self._state.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until everything handed over so far is on the disk; False where it is not after ``timeout`` seconds."""
        with self._state:
            wanted = self._given
            return self._state.wait_for(lambda: self._written >= wanted, timeout)

    def end(self, timeout: float, *, drop: bool) -> bool:
        """Write what is left and stop.

        Args:
            timeout: seconds to wait for the disk.
            drop: leave out what is not written yet.

        Returns:
            False where something could not be written in time.
        """
        done = drop or self.flush(timeout)
        with self._state:
            self._ending = True
            if drop:
                self._waiting.clear()
            self._state.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return done

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._waiting or self._ending)
                batch, self._waiting = self._waiting, []
            if not batch:
                self._close()
                return
            if not self._work_off(batch):
                return

    def _work_off(self, batch: Sequence["Make | _Anew"]) -> bool:
        """Write lines, and begin anew where that is asked among them; False where the thread is to end before that."""
        for anew, part in groupby(batch, lambda one: isinstance(one, _Anew)):
            pieces = list(part)
            if anew:
                for piece in pieces:
                    self._begin_anew(piece)
            elif not self._write([make for make in pieces if not isinstance(make, _Anew)]):
                return False
            with self._state:
                self._written += len(pieces)
                self._state.notify_all()
        return True

    def _write(self, lines: Sequence[Make]) -> bool:
        data = self._lines(lines)
        while not self._put(data):
            with self._state:
                if self._state.wait_for(lambda: self._ending, self._retry):
                    return False
        if self._task is not None:
            with contextlib.suppress(OSError, SaveError):  # tried again after the next lines
                self._do_task(self._task)
        return True

    def _begin_anew(self, anew: "Make | _Anew") -> None:
        """Begin anew, where nothing is in the way; else the journal that is there goes on, and may become longer."""
        made: Anew | None = None
        if isinstance(anew, _Anew) and self._clean and self._made:
            with contextlib.suppress(Exception):  # it says nothing that the journal there does not
                made = anew.make()
        if made is not None and self._replace(made):
            self._number = len(made.lines)
            self._size = sum(map(len, made.lines))
            self._task = None
            self.begins_with(len(made.data))
            before, self.base = self.base, made.base
            self._made = False  # as long as nobody knows that its name is on the disk
            with contextlib.suppress(OSError):
                self._ops.sync_folder(self._path.parent)
                self._made = True
                self._ops.remove(before)
        else:
            self.most = max(self.most, self._size + self._size // 2)
        self._anew_asked = False

    def _replace(self, made: Anew) -> bool:
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            write_atomically(made.base, made.data, self._ops)
            with contextlib.suppress(FileNotFoundError):
                self._ops.remove(beside)
            descriptor = self._ops.create(beside, _PRIVATE)
            try:
                write_all(self._ops, descriptor, b"".join(made.lines))
                self._ops.sync(descriptor)
            finally:
                self._ops.close(descriptor)
        except (OSError, SaveError):
            for file in (beside, made.base):
                with contextlib.suppress(OSError):
                    self._ops.remove(file)
            return False
        self._close()
        try:
            self._ops.replace(beside, self._path)
        except OSError as error:  # some network folders report a failure of what they did
            return self._gone(beside, error)
        return True

    def _gone(self, beside: Path, error: OSError) -> bool:
        """Whether a file was renamed after all: which journal is there must be known before more is written."""
        while True:
            try:
                self._ops.status(beside)
            except FileNotFoundError:
                return True
            except OSError:
                self._tell(error)
                with self._state:
                    if self._state.wait_for(lambda: self._ending, self._retry):
                        return False
            else:
                return False

    def _lines(self, batch: Sequence[Make]) -> bytes:
        lines = []
        for make in batch:
            try:
                lines.append(make(self._number))
            except Exception as error:  # noqa: BLE001 - an error of ours must not end the thread without a word
                self._problem(f"An edit cannot be kept safe ({type(error).__name__}); save now.")
            self._number += 1
        return b"".join(lines)

    def _do_task(self, task: Task) -> None:
        task()
        self._task = None

    def _put(self, data: bytes) -> bool:
        """One attempt to get a batch on the disk."""
        try:
            if self._task is not None and self._task_first:
                self._do_task(self._task)
            if self._descriptor is None:
                self._descriptor = self._opened()
            write_all(self._ops, self._descriptor, data if self._clean else b"\n" + data)
            self._ops.sync(self._descriptor)
            if not self._clean or not self._made:
                self._ops.sync_folder(self._path.parent)
        except (OSError, SaveError) as error:
            self._clean = False  # the next attempt begins a line of its own
            self._close()
            self._tell(error)
            return False
        self._clean = self._made = True
        self._size += len(data)
        if self._failing:
            self._failing = False
            self._problem("")
        return True

    def _tell(self, error: OSError | SaveError) -> None:
        """Say once why lines cannot be written."""
        if not self._failing:
            self._failing = True
            why = getattr(error, "strerror", None) or error
            self._problem(f"Edits cannot be kept safe in {self._path.parent} ({why}); save now.")

    def _opened(self) -> int:
        if self._made:
            self._size = self._ops.status(self._path).st_size
            return self._ops.append(self._path)
        self._ops.make_folder(self._path.parent, PRIVATE_FOLDER)
        try:
            return self._ops.create(self._path, _PRIVATE)
        except FileExistsError:  # by an attempt that failed later
            return self._ops.append(self._path)

    def _close(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with contextlib.suppress(OSError):
                self._ops.close(descriptor)


@value_type(frozen=True, slots=True)
class _Anew:
    """A place among the lines where the journal is begun anew."""

    make: MakeAnew

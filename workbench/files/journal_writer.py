"""Putting a journal's lines on the disk in a thread of its own, so that no keystroke waits for a slow disk.

A batch counts as written once the disk has confirmed it. One that fails is written again, whole, until it succeeds:
after a failed write or flush nobody knows what of it is there, and readers pass over what is torn or there twice.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps, write_all

RETRY_SECONDS: Final = 1.0
Make = Callable[[int], bytes]
"""Makes the line of a number; called in the writer's thread."""
Task = Callable[[], None]
"""Writes another file; raises ``OSError`` or ``SaveError`` where it cannot yet."""

PRIVATE_FOLDER: Final = 0o700
_PRIVATE: Final = 0o600


class JournalWriter:
    """Writes lines to the end of one file, in the order they were given."""

    def __init__(
        self,
        path: Path,
        ops: FileOps,
        *,
        first: int = 0,
        problem: Callable[[str], None] = lambda _: None,
        retry: float = RETRY_SECONDS,
    ) -> None:
        """Name the file; nothing is written, and no thread started, before the first line.

        Args:
            path: the journal.
            ops: the file system.
            first: number of the first line; with any but 0 the file exists and is carried on.
            problem: told, in the writer's thread, why lines cannot be written; and an empty text once they can again.
            retry: seconds between attempts.
        """
        self._path = path
        self._ops = ops
        self._number = first
        self._made = first > 0
        self._clean = first == 0
        self._problem = problem
        self._retry = retry
        self._descriptor: int | None = None
        self._failing = False
        self._thread: Thread | None = None
        self._state = Condition()
        self._waiting: list[Make] = []
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
            data = self._lines(batch)
            while not self._put(data):
                with self._state:
                    if self._state.wait_for(lambda: self._ending, self._retry):
                        return
            with self._state:
                self._written += len(batch)
                self._state.notify_all()
            if self._task is not None:
                with contextlib.suppress(OSError, SaveError):  # tried again after the next lines
                    self._do_task(self._task)

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
            if not self._failing:
                self._failing = True
                why = getattr(error, "strerror", None) or error
                self._problem(f"Edits cannot be kept safe in {self._path.parent} ({why}); save now.")
            return False
        self._clean = self._made = True
        if self._failing:
            self._failing = False
            self._problem("")
        return True

    def _opened(self) -> int:
        if self._made:
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

"""Telling a second window on one project about the first. A lock informs; it never keeps anybody out.

The lock is a file beside the project (``.NAME.lock``), so that it is seen from other computers of a shared folder. One
whose process is gone counts for nothing, and so does one that cannot be read.
"""

import contextlib
import secrets
from pathlib import Path
from typing import Final

import orjson

from workbench.files.fileops import FileOps, write_all
from workbench.files.owner import Owner, owner_of, this_process

_MAX_BYTES: Final = 10_000


class ProjectLock:
    """The lock of one project, for one window.

    Attributes:
        file: the lock's own.
        held: whether this window holds it. It may not even where nobody else does: a folder that takes no new file has
            no lock.
    """

    def __init__(self, project: Path, ops: FileOps | None = None) -> None:
        """Name the project; nothing is done."""
        target = project.resolve()
        self.file = target.with_name(f".{target.name}.lock")
        self._ops = ops or FileOps()
        self._owner = this_process()
        self.held = False

    def take(self, *, over: bool = False) -> Owner | None:
        """Take the lock.

        Args:
            over: from whoever holds it, because the user says so.

        Returns:
            Who holds it, where this window does not get it: another process that runs, or one of another computer.
        """
        data = orjson.dumps(self._owner.as_plain())
        other = self.holder()
        if other is not None and not over:
            return other
        try:
            if self._is_there():
                self._replace(data)
            else:
                self._write(self.file, data)
        except FileExistsError:  # somebody was faster
            return self.holder()
        except OSError:
            return None
        self.held = True
        return None

    def holder(self) -> Owner | None:
        """Which other process holds the lock; None where none does, or none that still runs."""
        owner = self._read()
        if owner is None or owner.is_this_process or owner.runs() is False:
            return None
        return owner

    def release(self) -> None:
        """Let go of it; a lock that somebody took over meanwhile is left alone."""
        owner = self._read() if self.held else None
        self.held = False
        if owner is not None and owner.is_this_process:
            self._forget(self.file)

    def _read(self) -> Owner | None:
        try:
            return owner_of(orjson.loads(self._ops.read(self.file, _MAX_BYTES)))
        except (OSError, ValueError):
            return None

    def _is_there(self) -> bool:
        try:
            self._ops.status(self.file)
        except FileNotFoundError:
            return False
        return True

    def _replace(self, data: bytes) -> None:
        """In one step, so that nobody meets half a lock."""
        temporary = self.file.with_name(f"{self.file.name}.{secrets.token_hex(4)}")
        self._write(temporary, data)
        try:
            self._ops.replace(temporary, self.file)
        except OSError:
            self._forget(temporary)
            raise

    def _write(self, path: Path, data: bytes) -> None:
        descriptor = self._ops.create(path, 0o644)
        try:
            try:
                write_all(self._ops, descriptor, data)
            finally:
                self._ops.close(descriptor)
        except OSError:
            self._forget(path)
            raise

    def _forget(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            self._ops.remove(path)

"""File operations that fail on demand."""

import errno
import os
from pathlib import Path

from workbench.files.fileops import FileOps

OPERATIONS = ("create", "write", "sync", "close", "set_mode", "read", "replace", "sync_folder", "remove")


class FaultyOps(FileOps):
    """Counts every operation and makes the one with a given number fail.

    Attributes:
        log: names of the operations, in order.
    """

    def __init__(self, fail_at: int = -1, error: int = errno.EIO, *, short: int = 0, corrupt: bool = False) -> None:
        self.log: list[str] = []
        self.fail_at = fail_at
        self.error = error
        self.short = short
        self.corrupt = corrupt

    def _step(self, name: str) -> None:
        self.log.append(name)
        if len(self.log) - 1 == self.fail_at:
            raise OSError(self.error, os.strerror(self.error))

    def create(self, path: Path, mode: int) -> int:
        self._step("create")
        return super().create(path, mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._step("write")
        if self.short == 0:
            return super().write(descriptor, data)
        return super().write(descriptor, data[: self.short]) if self.short > 0 else 0

    def sync(self, descriptor: int) -> None:
        self._step("sync")
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)  # a close that reports an error has closed all the same
        self._step("close")

    def set_mode(self, path: Path, mode: int) -> None:
        self._step("set_mode")
        super().set_mode(path, mode)

    def read(self, path: Path, limit: int) -> bytes:
        self._step("read")
        data = super().read(path, limit)
        return data[:-1] if self.corrupt else data

    def replace(self, source: Path, target: Path) -> None:
        self._step("replace")
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder")
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        self._step("remove")
        super().remove(path)

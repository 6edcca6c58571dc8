"""File operations that fail on demand."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.files.fileops import FileOps

OPERATIONS = tuple(name for name in vars(FileOps) if not name.startswith("_"))
"""Every operation there is: one that is added is swept without a word here."""


class FaultyOps(FileOps):
    """Counts every operation and makes the one with a given number fail.

    Attributes:
        log: names of the operations, in order.
        fails: asked with the number of an operation whether it fails; by default only that of ``fail_at`` does.
    """

    def __init__(
        self,
        fail_at: int = -1,
        error: int = errno.EIO,
        *,
        short: int = 0,
        corrupt: bool = False,
        fails: Callable[[int], bool] | None = None,
    ) -> None:
        self.log: list[str] = []
        self.fail_at = fail_at
        self.error = error
        self.short = short
        self.corrupt = corrupt
        self.fails = fails or (lambda number: number == fail_at)

    def _step(self, name: str) -> None:
        self.log.append(name)
        if self.fails(len(self.log) - 1):
            raise OSError(self.error, os.strerror(self.error))

    def write(self, descriptor: int, data: memoryview) -> int:
        try:
            self._step("write")
        except OSError:  # after half of it was written
            super().write(descriptor, data[: len(data) // 2])
            raise
        if self.short == 0:
            return super().write(descriptor, data)
        return super().write(descriptor, data[: self.short]) if self.short > 0 else 0

    def close(self, descriptor: int) -> None:
        super().close(descriptor)  # a close that reports an error has closed all the same
        self._step("close")

    def read(self, path: Path, limit: int) -> bytes:
        self._step("read")
        data = super().read(path, limit)
        return data[:-1] if self.corrupt else data


def _stepping(name: str) -> Any:
    operation = getattr(FileOps, name)

    def call(self: FaultyOps, *arguments: Any) -> Any:
        self._step(name)
        return operation(self, *arguments)

    return call


for _name in OPERATIONS:
    if _name not in vars(FaultyOps):
        setattr(FaultyOps, _name, _stepping(_name))

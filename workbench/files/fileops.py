"""The one seam between the program and the file system: all it writes goes through here, and tests make it fail.

Reading what is the user's own (projects, settings, journals) goes through here too. Data files of the program and files
that importers only look at are read where they are needed.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Final

_BINARY: Final = getattr(os, "O_BINARY", 0)
_ANYBODY_WRITES: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class FileOps:
    """The operations that saving is made of, each a thin wrapper of the system call. All raise ``OSError``."""

    # files

    def create(self, path: Path, mode: int) -> int:
        """Open a new file for writing and reading; it must not exist yet."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, mode)

    def append(self, path: Path) -> int:
        """Open a file that exists for writing at its end, wherever that is by then."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | _BINARY)

    def overwrite(self, path: Path) -> int:
        """Open a file that exists for writing over what it holds, which stays until then."""
        return os.open(path, os.O_RDWR | _BINARY)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of ``data`` and say how many bytes; a full disk may take fewer without an error."""
        return os.write(descriptor, data)

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut a file off after ``size`` bytes."""
        os.ftruncate(descriptor, size)

    def sync(self, descriptor: int) -> None:
        """Wait until the bytes are on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor; some file systems report a failed write only here."""
        os.close(descriptor)

    def read(self, path: Path, limit: int) -> bytes:
        """The bytes of a file, one more than ``limit`` at most."""
        with path.open("rb") as file:
            return file.read(limit + 1)

    # names

    def status(self, path: Path) -> os.stat_result:
        """What is known about a file, or about the file a link leads to."""
        return path.stat()

    def writable(self, path: Path) -> bool:
        """Whether a file may be written to; one that nobody may write is protected from the superuser too."""
        return os.access(path, os.W_OK) and bool(path.stat().st_mode & _ANYBODY_WRITES)

    def set_mode(self, path: Path, mode: int) -> None:
        """Give the file the permissions of the one it will replace."""
        path.chmod(mode)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over an existing file, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    # folders

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        """Make a folder and those above it, where they are missing; ``mode`` holds for the last one."""
        folder.mkdir(mode, parents=True, exist_ok=True)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds, sorted."""
        return sorted(path.name for path in folder.iterdir())

    def sync_folder(self, folder: Path) -> None:
        """Wait until a new name is on the disk. Windows has no such call and needs none."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(ops: FileOps, descriptor: int, data: bytes) -> None:
    """Write every byte of ``data``.

    Raises:
        OSError: it failed, or the disk takes no more; some may have been written.
    """
    left = memoryview(data)
    while left:
        written = ops.write(descriptor, left)
        if not 0 < written <= len(left):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left = left[written:]

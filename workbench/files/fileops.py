"""The one seam between the program and the file system: what is saved goes through here, and tests make it fail."""

import os
from pathlib import Path


class FileOps:
    """The operations an atomic save is made of, each a thin wrapper of the system call."""

    def create(self, path: Path, mode: int) -> int:
        """Open a new file for writing and reading; it must not exist yet."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of ``data`` and say how many bytes; a full disk may take fewer without an error."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Wait until the bytes are on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor; some file systems report a failed write only here."""
        os.close(descriptor)

    def set_mode(self, path: Path, mode: int) -> None:
        """Give the file the permissions of the one it will replace."""
        path.chmod(mode)

    def read(self, path: Path, limit: int) -> bytes:
        """The bytes of a file, one more than ``limit`` at most."""
        with path.open("rb") as file:
            return file.read(limit + 1)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over an existing file, in one step."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the new name is on the disk. Windows has no such call and needs none."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

"""Atomic save: the new bytes are complete on the disk before the old file gives way.

Temporary file beside the target, every written length checked, flushed, read back and compared, renamed over the
target, folder flushed. Whatever fails before the rename leaves the old file byte for byte as it was.
"""

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps

_ADVICE: Final[dict[int, str]] = {
    errno.ENOSPC: "the disk is full; free some space or save elsewhere",
    errno.EDQUOT: "your disk quota is used up; free some space or save elsewhere",
    errno.EFBIG: "the file system takes no file of this size; save elsewhere",
    errno.EACCES: "writing there is not permitted; save elsewhere",
    errno.EPERM: "writing there is not permitted; save elsewhere",
    errno.EROFS: "that disk is read-only; save elsewhere",
    errno.ENOENT: "there is no such folder; make it or save elsewhere",
    errno.ENOTDIR: "there is no such folder; make it or save elsewhere",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EIO: "the disk reports an error; save elsewhere and check the disk",
}
_PLAIN_MODE: Final = 0o666


def write_atomically(path: Path, data: bytes, ops: FileOps | None = None) -> None:
    """Replace the file at ``path`` by ``data``. A symbolic link stays one: the file it names is replaced.

    Raises:
        SaveError: nothing was changed; or, said so, the file was replaced but the folder could not be flushed.
    """
    ops = ops or FileOps()
    temporary: Path | None = None
    try:
        target = path.resolve()
        mode = _mode_of(target)
        temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.tmp")
        _write_new(temporary, data, _PLAIN_MODE if mode is None else mode & 0o700 | 0o600, ops)
        if mode is not None:
            ops.set_mode(temporary, mode)
        _compare(temporary, data, ops)
        ops.replace(temporary, target)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                ops.remove(temporary)
        if isinstance(error, OSError | ValueError | RuntimeError):  # a link that leads to itself is a RuntimeError
            raise SaveError(f"{path} was not saved: {_advice(error)}.") from error
        raise
    try:
        ops.sync_folder(target.parent)
    except OSError as error:
        raise SaveError(
            f"{path} was replaced, but the disk did not confirm the new name ({error.strerror}); save again."
        ) from error


def _mode_of(target: Path) -> int | None:
    """Permissions of the file to replace; None where there is none.

    Raises:
        SaveError: something else than a file stands there, or the file is write-protected.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise SaveError(f"{target} is a folder; give a file name inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise SaveError(f"{target} is no ordinary file; save elsewhere.")
    if not os.access(target, os.W_OK):
        raise SaveError(f"{target} is write-protected; allow writing or save elsewhere.")
    return stat.S_IMODE(status.st_mode)


def _write_new(path: Path, data: bytes, mode: int, ops: FileOps) -> None:
    descriptor = ops.create(path, mode)
    closed = False
    try:
        left = memoryview(data)
        while left:
            written = ops.write(descriptor, left)
            if not 0 < written <= len(left):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left = left[written:]
        ops.sync(descriptor)
        closed = True
        ops.close(descriptor)
    finally:
        if not closed:
            with contextlib.suppress(OSError):
                ops.close(descriptor)


def _compare(path: Path, data: bytes, ops: FileOps) -> None:
    if ops.read(path, len(data)) != data:
        raise OSError(errno.EIO, "what was written does not read back")


def _advice(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return _ADVICE.get(error.errno) or f"{error.strerror}; save elsewhere"
    return f"{error}; choose another name"

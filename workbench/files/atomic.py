"""Atomic save: the new bytes are complete on the disk before the old file gives way.

Temporary file beside the target, every written length checked, flushed, read back and compared, renamed over the
target, folder flushed. Whatever fails before the rename leaves the old file byte for byte as it was.

Where no temporary file can be made beside it, the old file can be written over, once the user has agreed to that.
"""

import contextlib
import errno
import secrets
import stat
from pathlib import Path
from typing import Final

from workbench.files.errors import NoTemporaryFileError, SaveError
from workbench.files.fileops import FileOps, write_all

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
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})
"""Reasons why a folder takes no new file that say nothing against the file in it. A full disk is none of them."""


def write_atomically(path: Path, data: bytes, ops: FileOps | None = None, *, folder: bool = False) -> None:
    """Replace the file at ``path`` by ``data``. A symbolic link stays one: the file it names is replaced.

    Args:
        path: the file.
        data: what it shall hold.
        ops: the file system.
        folder: make the folder where it is missing.

    Raises:
        NoTemporaryFileError: nothing was changed; the file can be written in place, if the user agrees.
        SaveError: nothing was changed; or, said so, the file was replaced but the folder could not be flushed.
    """
    ops = ops or FileOps()
    temporary: Path | None = None
    try:
        target = path.resolve()
        if folder:
            ops.make_folder(target.parent)
        mode = _mode_of(target, ops)
        temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.tmp")
        descriptor = _temporary(path, temporary, mode, ops)
        _fill(descriptor, data, ops)
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


def write_in_place(path: Path, data: bytes, keep: Path, ops: FileOps | None = None) -> None:
    """Write ``data`` over the file at ``path``, where no temporary file could be made beside it and the user agreed.

    What is to be saved is put in ``keep`` first and stays there unless all goes well; where it does not, the old
    content is put back.

    Args:
        path: a file that exists.
        data: what it shall hold.
        keep: a file elsewhere, such as in the program's own folder, which is made; a file of that name is replaced.
        ops: the file system.

    Raises:
        SaveError: the file is as it was; or, said so, it could not be put back and ``keep`` holds what was saved.
    """
    ops = ops or FileOps()
    try:
        target = path.resolve()
        if _mode_of(target, ops) is None:
            raise SaveError(f"{path} was not saved: there is no such file to write over; save elsewhere.")
        size = ops.status(target).st_size
        before = ops.read(target, size)
        write_atomically(keep, data, ops, folder=True)
    except OSError as error:
        raise SaveError(f"{path} was not saved: {_advice(error)}.") from error
    try:
        _over(target, data, ops)
    except OSError as error:
        try:
            _over(target, before, ops)
        except OSError:
            raise SaveError(
                f"{path} was damaged while it was written ({error.strerror}); what you saved is whole in {keep}: "
                "copy it to a safe place."
            ) from error
        _forget(keep, ops)
        raise SaveError(f"{path} was not saved: {_advice(error)}.") from error
    _forget(keep, ops)


def _over(target: Path, data: bytes, ops: FileOps) -> None:
    _fill(ops.overwrite(target), data, ops, cut=True)
    _compare(target, data, ops)


def _forget(keep: Path, ops: FileOps) -> None:
    with contextlib.suppress(OSError):
        ops.remove(keep)


def _mode_of(target: Path, ops: FileOps) -> int | None:
    """Permissions of the file to replace; None where there is none.

    Raises:
        SaveError: something else than a file stands there, or the file is write-protected.
    """
    try:
        status = ops.status(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise SaveError(f"{target} is a folder; give a file name inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise SaveError(f"{target} is no ordinary file; save elsewhere.")
    if not ops.writable(target):
        raise SaveError(f"{target} is write-protected; allow writing or save elsewhere.")
    return stat.S_IMODE(status.st_mode)


def _temporary(path: Path, temporary: Path, mode: int | None, ops: FileOps) -> int:
    """A new file beside the target, open.

    Args:
        mode: permissions of the file to replace; None where there is none.
    """
    try:
        return ops.create(temporary, _PLAIN_MODE if mode is None else mode & 0o700 | 0o600)
    except OSError as error:
        if mode is None or error.errno not in _REFUSED:
            raise
        raise NoTemporaryFileError(
            f"{path} was not saved: its folder takes no new file beside it ({error.strerror}); save elsewhere."
        ) from error


def _fill(descriptor: int, data: bytes, ops: FileOps, *, cut: bool = False) -> None:
    """Write ``data`` to a file that is open, wait until it is on the disk, and close it."""
    closed = False
    try:
        write_all(ops, descriptor, data)
        if cut:
            ops.truncate(descriptor, len(data))
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

"""Savers with one fault each: a check that lets one of them pass is worth nothing."""

from pathlib import Path

from workbench.files.canonical import canonical_bytes
from workbench.files.fileops import FileOps
from workbench.store.store import Store


def _write(store: Store, path: Path, ops: FileOps, *, sync: bool = True, whole: bool = True) -> None:
    descriptor = ops.create(path, 0o600)
    left = memoryview(canonical_bytes(store.records.values()))
    while left:
        written = ops.write(descriptor, left)
        left = left[written:]
        if not whole:
            break
    if sync:
        ops.sync(descriptor)
    ops.close(descriptor)


def without_sync(store: Store, path: Path, ops: FileOps) -> None:
    """The bytes are never synced."""
    _write(store, path.with_suffix(".tmp"), ops, sync=False)
    ops.replace(path.with_suffix(".tmp"), path)
    ops.sync_folder(path.parent)


def in_place(store: Store, path: Path, ops: FileOps) -> None:
    """The old file is cut off and written over."""
    descriptor = ops.overwrite(path)
    ops.truncate(descriptor, 0)
    left = memoryview(canonical_bytes(store.records.values()))
    while left:
        left = left[ops.write(descriptor, left) :]
    ops.sync(descriptor)
    ops.close(descriptor)
    ops.sync_folder(path.parent)


def short_write_ignored(store: Store, path: Path, ops: FileOps) -> None:
    """What the disk did not take is forgotten."""
    _write(store, path.with_suffix(".tmp"), ops, whole=False)
    ops.replace(path.with_suffix(".tmp"), path)
    ops.sync_folder(path.parent)


def renamed_before_data(store: Store, path: Path, ops: FileOps) -> None:
    """The new name stands before the bytes do."""
    temporary = path.with_suffix(".tmp")
    ops.close(ops.create(temporary, 0o600))
    ops.replace(temporary, path)
    ops.sync_folder(path.parent)
    in_place(store, path, ops)


def folder_not_synced(store: Store, path: Path, ops: FileOps) -> None:
    """The new name is never synced."""
    _write(store, path.with_suffix(".tmp"), ops)
    ops.replace(path.with_suffix(".tmp"), path)


SABOTAGED = (without_sync, in_place, short_write_ignored, renamed_before_data, folder_not_synced)

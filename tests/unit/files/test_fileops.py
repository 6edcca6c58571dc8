"""The seam to the file system does what its names say: what it says is on the disk has been asked of the disk."""

import os
import sys

import pytest

from workbench.files.fileops import FileOps


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no folders to flush")
def test_flushing_asks_the_disk_for_the_very_file_and_folder(tmp_path, monkeypatch):
    flushed = []
    real = os.fsync

    def fsync(descriptor):
        flushed.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    ops, path = FileOps(), tmp_path / "a"
    descriptor = ops.create(path, 0o600)
    ops.sync(descriptor)
    ops.close(descriptor)
    assert flushed == [path.stat().st_ino]
    ops.sync_folder(tmp_path)
    assert flushed == [path.stat().st_ino, tmp_path.stat().st_ino]


def test_reading_stops_one_byte_past_the_limit_so_that_more_is_noticed(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"123456")
    assert FileOps().read(path, 6) == b"123456"
    assert len(FileOps().read(path, 4)) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_folders_are_open_to_whom_the_user_lets_in_and_private_ones_to_nobody_else(tmp_path):
    before = os.umask(0o022)
    try:
        FileOps().make_folder(tmp_path / "a" / "b")
        FileOps().make_folder(tmp_path / "c", 0o700)
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o7777 for name in ("a", "a/b", "c")]
    assert modes == [0o755, 0o755, 0o700]


def test_a_file_that_is_there_is_never_made_anew(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        FileOps().create(path, 0o600)
    assert path.read_bytes() == b"kept"


def test_one_descriptor_writes_over_and_cuts_off_another_goes_on_at_the_end(tmp_path):
    ops, path = FileOps(), tmp_path / "a"
    path.write_bytes(b"123456")
    over = ops.overwrite(path)
    assert ops.write(over, memoryview(b"ab")) == 2
    assert path.read_bytes() == b"ab3456"
    ops.truncate(over, 4)
    ops.close(over)
    on = ops.append(path)
    ops.write(on, memoryview(b"!"))
    ops.close(on)
    assert path.read_bytes() == b"ab34!"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_nobody_may_write_is_protected_from_everybody(tmp_path):
    ops, path = FileOps(), tmp_path / "a"
    path.write_bytes(b"")
    for mode, may in ((0o600, True), (0o444, False), (0o644, True)):
        ops.set_mode(path, mode)
        assert path.stat().st_mode & 0o777 == mode
        assert ops.writable(path) is may

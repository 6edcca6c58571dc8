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

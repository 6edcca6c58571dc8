"""Reports of errors nobody foresaw."""

import errno
import os

from workbench.files.fileops import FileOps
from workbench.files.own import config_folder, state_folder, write_report


def test_a_report_lies_in_the_state_folder_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "not" / "there"))
    path = write_report("Traceback: half a pair \udc80")
    assert path is not None
    assert path.is_relative_to(state_folder())
    assert path.read_text(encoding="utf-8") == "Traceback: half a pair \\udc80"


def test_a_report_that_cannot_be_written_is_none(monkeypatch):
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(FileOps, "write", full)
    assert write_report("Traceback") is None


def test_the_folders_are_those_of_the_platform():
    assert state_folder().name == config_folder().name == "hazard-workbench"
    assert state_folder() != config_folder()

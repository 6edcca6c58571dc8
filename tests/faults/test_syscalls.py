"""The real command, with some of its system calls failing; the long run is ``python -m tests.faults.syscalls``."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.faults import syscalls

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="strace is not installed"
)


def test_calls_that_fail_or_kill_lose_nothing(tmp_path: Path) -> None:
    command, _, after = syscalls.prepare(tmp_path, "migrate", 1)
    _, log = syscalls.traced(tmp_path, command)
    if not log.strip():
        pytest.skip("strace may not look into processes here")
    assert (tmp_path / "p.hazard.json").read_bytes() == after
    about = dict(syscalls.calls_about(tmp_path, log))
    for call, fault in (("write", "signal=SIGKILL"), ("fsync", "error=EIO"), ("rename", "signal=SIGKILL")):
        syscalls.check(syscalls.Point("migrate", 1, call, about[call], fault))


@pytest.mark.parametrize("fault", ["error=ENOSPC", "signal=SIGKILL"])
def test_a_journal_whose_rename_fails_or_kills_loses_no_edit(fault: str) -> None:
    points = [point for point in syscalls.points(1, ("journal",)) if point.fault == fault]
    if not points:
        pytest.skip("strace may not look into processes here")
    renames = [point for point in points if point.call == "rename"]
    assert len(renames) > 3, "it was never begun anew"
    syscalls.check(renames[-1])

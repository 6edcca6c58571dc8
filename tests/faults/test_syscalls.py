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
    arguments, _, after = syscalls.prepare(tmp_path, "migrate", 1)
    log = syscalls.traced(tmp_path, arguments).stdout
    if not log.strip():
        pytest.skip("strace may not look into processes here")
    assert (tmp_path / "p.hazard.json").read_bytes() == after
    about = dict(syscalls.calls_about(tmp_path, log))
    for call, fault in (("write", "signal=SIGKILL"), ("fsync", "error=EIO"), ("rename", "signal=SIGKILL")):
        syscalls.check(syscalls.Point("migrate", 1, call, about[call], fault))

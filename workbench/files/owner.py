"""Which process a file belongs to, and whether that process still runs."""

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.files.fileops import FileOps
from workbench.values import value_type

_PROC = Path("/proc")


@value_type(frozen=True, slots=True)
class Owner:
    """A process that writes a journal or holds a lock.

    Attributes:
        host: name of its computer.
        process: its number there.
        started: when it was started, as that computer counts, so that a later process of its number is not taken for
            it; empty where the system does not tell.
        since: when it took the file, ISO 8601 UTC.
    """

    host: str
    process: int
    started: str
    since: str

    def as_plain(self) -> dict[str, Any]:
        """The fields, for a file."""
        return {"host": self.host, "process": self.process, "started": self.started, "since": self.since}

    @property
    def is_this_process(self) -> bool:
        """Whether it is the process that asks."""
        return (self.host, self.process, self.started) == (platform.node(), os.getpid(), started(os.getpid()))

    def runs(self) -> bool | None:
        """Whether it still runs; None for a process of another computer, which cannot be known."""
        if self.host != platform.node():
            return None
        if not _exists(self.process):
            return False
        now = started(self.process)
        return not (self.started and now) or self.started == now


def this_process(now: datetime | None = None) -> Owner:
    """The process that asks."""
    since = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return Owner(platform.node(), os.getpid(), started(os.getpid()), since)


def owner_of(value: Any) -> Owner | None:
    """An owner from its fields; None where they are none."""
    if not isinstance(value, dict):
        return None
    host, process, begun, since = (value.get(name) for name in ("host", "process", "started", "since"))
    if isinstance(host, str) and type(process) is int and isinstance(begun, str) and isinstance(since, str):
        return Owner(host, process, begun, since)
    return None


def started(process: int) -> str:
    """When a process was started: boot of the computer and its ticks since then; empty where that is not told."""
    ops = FileOps()
    try:
        boot = ops.read(_PROC / "sys" / "kernel" / "random" / "boot_id", 100)
        about = ops.read(_PROC / str(process) / "stat", 10_000)
    except OSError:
        return ""
    fields = about.rpartition(b")")[2].split()  # the name before it may hold anything
    return (
        f"{boot.decode('ascii', 'replace').strip()}/{fields[19].decode('ascii', 'replace')}" if len(fields) > 19 else ""
    )


def _exists(process: int) -> bool:
    if process <= 0:
        return False
    if sys.platform == "win32":
        return _exists_on_windows(process)
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return process < 2**31
    return True


def _exists_on_windows(process: int) -> bool:
    """There ``os.kill`` would end the process."""
    import ctypes  # noqa: PLC0415 - only there

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore] # exists on Windows only
    handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    kernel.CloseHandle(handle)
    return True

"""Keeps the screens awake while a presentation runs; quietly without, where the system offers no way.

Nothing here waits for anybody, and the system takes the wish back by itself where the program ends without doing so.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

_PROGRAM: Final = "Hazard Workbench"
_WHY: Final = "A presentation is running"
_SERVICE: Final = "org.freedesktop.ScreenSaver"
_PLACE: Final = "/org/freedesktop/ScreenSaver"
_CAFFEINATE: Final = "/usr/bin/caffeinate"
_UNTIL_TOLD, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002
"""Flags of ``SetThreadExecutionState``."""


class Awake(Protocol):
    """Keeps screens awake from ``hold`` until ``release``; either may be called twice."""

    def hold(self) -> None:
        """Let no screen saver come and no screen sleep."""

    def release(self) -> None:
        """Let them come and sleep as ever."""


def keeper(platform: str = sys.platform) -> Awake:
    """What keeps the screens awake on a platform, named as by ``sys.platform``."""
    if platform == "win32":
        return AwakeByState()
    return AwakeByCommand() if platform == "darwin" else AwakeByBus()


class AwakeByBus:
    """Linux and its like: a wish to the desktop over the session bus, which lasts as long as its connection."""

    def __init__(self) -> None:
        self._name = ""

    def hold(self) -> None:
        """Ask; the answer is not waited for."""
        if self._name or not _has_bus():
            return
        try:
            from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415 - other systems have none
        except ImportError:
            return  # a Qt that was built without it
        self._name = f"awake {id(self)}"
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, self._name)
        wish = QDBusMessage.createMethodCall(_SERVICE, _PLACE, _SERVICE, "Inhibit")
        wish.setArguments([_PROGRAM, _WHY])
        if bus.isConnected():
            bus.asyncCall(wish)

    def release(self) -> None:
        """Leave the bus, and the wish is gone."""
        if self._name:
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - as above

            QDBusConnection.disconnectFromBus(self._name)
            self._name = ""


def _has_bus() -> bool:
    """Whether there is a session bus; without an address, looking for one may start one, which takes its time."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or (folder is not None and (Path(folder) / "bus").exists())


class AwakeByState:
    """Windows: a state of the thread that asks, which ends with it."""

    def __init__(self, say: Callable[[int], object] | None = None) -> None:
        """Speak to the system.

        Args:
            say: what takes the state; None: the system's own call.
        """
        self._say = say if say is not None else _set_state

    def hold(self) -> None:
        """Say that the display is needed."""
        self._say(_UNTIL_TOLD | _SYSTEM | _DISPLAY)

    def release(self) -> None:
        """Say that it is not."""
        self._say(_UNTIL_TOLD)


def _set_state(state: int) -> None:
    import ctypes  # noqa: PLC0415 - only there

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore] # exists on Windows only
    kernel.SetThreadExecutionState(ctypes.c_uint32(state))


class AwakeByCommand:
    """macOS: the system's own command, which ends with this program."""

    def __init__(self, command: str = _CAFFEINATE) -> None:
        """Use a command.

        Args:
            command: its file.
        """
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """Start it."""
        if self._child is not None:
            return
        quiet = subprocess.DEVNULL
        order = [self._command, "-d", "-i", "-w", str(os.getpid())]
        try:
            self._child = subprocess.Popen(order, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - a fixed command
        except OSError:
            return  # a presentation goes on without

    def release(self) -> None:
        """End it."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()

"""Two windows on one project: the second is told of the first, and keeps nobody out.

Windows of one process never come to that: a project that is open is shown by the window it is open in. Where one is
saved under the name of another all the same, both share the lock, and it goes with the last of them.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from shiboken6 import isValid

from workbench.app.ports import Frame, Host
from workbench.panels.messages import ask, confirm

if TYPE_CHECKING:
    from workbench.files.lock import ProjectLock
    from workbench.files.owner import Owner

_READ_ONLY: Final = "Open read-only"
_ANYWAY: Final = "Open anyway"


class Sharing:
    """Holds the lock of the project of one window, from after the first picture until the window is closed."""

    def __init__(self, host: Host, frame: Frame, told: Callable[[], None], leave: Callable[[], None]) -> None:
        """Speak for one window.

        Args:
            host: the running program.
            frame: the window.
            told: the document has become read-only.
            leave: closes the window, because the user does not want a second one.
        """
        self._host = host
        self._frame = frame
        self._told = told
        self._leave = leave
        self._lock: ProjectLock | None = None

    def begin(self) -> bool:
        """Take the lock, or ask what to do where another process has it; False where the window is to go."""
        session = self._frame.session
        if session.path is None or session.store.read_only:
            return True
        lock = self._made(session.path)
        other = lock.take()
        if other is None:
            self._lock = lock
            return True
        question = (
            f"{session.path.name} is open in {_told(other)}.\n\n"
            f"{_READ_ONLY}: this window shows the project and changes nothing; Save as makes a copy to edit.\n"
            f"{_ANYWAY}: both windows can save, and each is asked to merge what the other saved."
        )
        answer = ask(
            self._frame.widget, "Project is open elsewhere", question, (_READ_ONLY, _ANYWAY), default=_READ_ONLY
        )
        if not isValid(self._frame.widget):  # it went while the question stood
            return False
        if answer == _READ_ONLY:
            session.store.read_only = f"{session.path.name} is open in {_told(other)}; this window only shows it."
            self._told()
        elif answer == _ANYWAY:
            self._lock = lock
            lock.take(over=True)
        else:
            self._leave()
        return bool(answer)

    def may_write(self, path: Path) -> bool:
        """Ask before a file is written that another process has open; for another file than the window's own."""
        other = self._made(path).holder()
        if other is None:
            return True
        question = f"{path.name} is open in {_told(other)}. Replace it all the same?"
        return confirm(self._frame.widget, "Project is open elsewhere", question, "Replace", careful=True)

    def saved(self, path: Path) -> None:
        """The document lies in a file; where that is another than before, its lock is taken."""
        if self._lock is not None and self._lock.file == self._made(path).file:
            return
        self.release()
        self._lock = self._made(path)
        self._lock.take(over=True)

    def release(self) -> None:
        """Let go of the lock, unless another window of this process is on the same file."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        others = (path for path in self._host.open_files(self._frame.widget) if self._made(path).file == lock.file)
        if next(others, None) is None:
            lock.release()

    @staticmethod
    def _made(path: Path) -> "ProjectLock":
        from workbench.files.lock import ProjectLock  # noqa: PLC0415 - after the first picture, not before

        return ProjectLock(path)


def _told(other: "Owner") -> str:
    """Host, process, and since when."""
    try:
        since = f"{datetime.fromisoformat(other.since).astimezone():%d %b %Y, %H:%M}"
    except ValueError:
        since = other.since
    return f"another window (process {other.process} on {other.host}, since {since})"

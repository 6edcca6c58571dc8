"""What the interpreter reports of files opened, sockets and other programs: nothing a project says may lead there."""

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any, Final

_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "webbrowser.",
    "urllib.",
)
_NAMES: Final = ("open", "os.listdir", "os.scandir", "glob.glob", "shutil.")
_ROOT: Final = Path(__file__).resolve().parents[2]
_OWN: Final = tuple(
    f"{Path(path).resolve()}{os.sep}"
    for path in {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(_ROOT)}
)


class Watch:
    """Notes every reach beyond the program's own files, in this process, from when it was made.

    An audit hook stays for the life of the process; ``stop`` makes it deaf.

    Attributes:
        seen: what was reached for.
    """

    def __init__(self, *allowed: Path) -> None:
        self.allowed = (*_OWN, *(str(path) for path in allowed), *(str(path.resolve()) for path in allowed))
        self.seen: list[str] = []
        self.deaf = False
        sys.addaudithook(self._hear)

    def stop(self) -> None:
        """Hear no more."""
        self.deaf = True

    def clear(self) -> None:
        """Forget what was seen."""
        self.seen.clear()

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.deaf:
            return
        if event.startswith(_FORBIDDEN):
            self.seen.append(f"{event} {arguments!r:.200}")
        elif event.startswith(_NAMES) and arguments and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100 - links are not followed here
            if not path.startswith(self.allowed) and path != "/dev/null":
                self.seen.append(f"{event} {path}")

"""What the real commands and the real window reach for, as the kernel sees it: files, sockets, programs.

``python -m tests.faults.reaches`` prints everything beyond what was given, for every command; needs strace and Linux.
The window is traced where a display is given by ``DISPLAY``, else with Qt's own offscreen one.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.seeds import sample_data

TRACED: Final = (
    "openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,truncate,link,linkat,symlink,symlinkat,"
    "chmod,fchmodat,socket,connect,sendto,execve"
)
COMMANDS: Final = (
    "info P",
    "check P --format json",
    "export P -o O/d.svg",
    "export P -o O/d.png",
    "export P -o O/d.pdf",
    "export P --what report -o O/report.html",
    "log P --csv",
    "diff P Q --picture O/diff.svg",
    "revisions P save -m One --author A",
    "revisions P list",
    "merge P P Q -o O/merged.hazard.json",
    "migrate Q",
    "layout Q -o O/laid.hazard.json",
    "doctor Q -o O/saved.hazard.json",
    "new O/new.hazard.json",
    "schema",
)
"""P and Q are two versions of a project, O is a folder for what is written."""

WINDOW: Final = "P"
_SYSTEM: Final = (
    "/usr/", "/lib", "/bin/", "/sbin/", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/var/cache/fontconfig",
    "/var/lib/dbus/machine-id", "/usr/share/",
)  # fmt: skip
"""What the system's own libraries look at: their files, time zones, fonts, devices."""
_WRITES: Final = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
_LOCAL: Final = "AF_UNIX"
"""The display, the system's messages and its directory of users; never another computer."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_OWN: Final = tuple({*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(_ROOT)})
_CALL: Final = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')


def prepare(folder: Path) -> dict[str, str]:
    """Two versions of a project whose every text names a file, an address or a program, and a folder to write to."""
    text = sample_data()
    for word in ("Garden", "Code", "Tool"):
        text = text.replace(word, f"{word} file:///etc/passwd http://192.0.2.1/x /tmp/secret $(id)", 3)
    made = {"P": folder / "p.hazard.json", "Q": folder / "q.hazard.json", "O": folder / "out"}
    made["P"].write_text(text, encoding="utf-8")
    made["Q"].write_text(text.replace("draft", "agreed"), encoding="utf-8")
    made["O"].mkdir()
    return {name: str(path) for name, path in made.items()}


def trace(folder: Path, arguments: list[str], *, seconds: int = 0) -> list[str]:
    """Run the program under strace; its calls. A window is ended after some seconds."""
    log = folder.parent / f"{folder.name}.strace"
    home = {name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    environment = {**os.environ, **home, "PYTHONDONTWRITEBYTECODE": "1"}
    if "DISPLAY" not in os.environ:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={TRACED}", "-e", "signal=none"]
    timed = ["timeout", "-s", "TERM", str(seconds)] if seconds else []
    done = subprocess.run(
        [*timed, *command, sys.executable, "-m", "workbench", *arguments],
        capture_output=True, text=True, check=False, timeout=300, env=environment, cwd=_ROOT,
    )  # fmt: skip
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    if not seconds and lines and done.returncode not in (0, 1):
        raise AssertionError(f"{arguments}: {done.stderr[-500:]}")
    return lines


def beyond(folder: Path, lines: list[str]) -> Iterator[str]:
    """Calls that reach beyond the folder given, the program's own files, and what the system reads for itself."""
    started = False
    for line in lines:
        call = _CALL.match(line)
        if call is None or int(call[3]) < 0:
            continue
        name, told = call[1], call[2]
        paths = [os.path.normpath(path) for path in _QUOTED.findall(told)]
        if name == "execve":
            if started:
                yield f"another program: {told[:160]}"
            started = True
        elif name in ("socket", "connect", "sendto"):
            if _LOCAL not in told and name != "sendto":
                yield f"{name}: {told[:160]}"
        elif name not in ("openat", "open") or any(flag in told for flag in _WRITES):
            yield from (f"writes {path}" for path in paths if not _within(path, (str(folder), "/dev/null")))
        else:
            yield from (f"reads {path}" for path in paths if not _within(path, (str(folder), *_OWN, *_SYSTEM)))


def _within(path: str, folders: tuple[str, ...]) -> bool:
    """A path that is not absolute belongs to a folder that was opened before."""
    return not path.startswith("/") or any(path == one or path.startswith(one.rstrip("/") + "/") for one in folders)


def reached(what: str, *, seconds: int = 0) -> list[str] | None:
    """What a command reaches for beyond what it was given; None where strace may not look into processes."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "given"
        folder.mkdir()
        names = prepare(folder)
        arguments = [
            f"{names[word[0]]}{word[1:]}" if word[:1] in names and word[1:2] in ("", "/") else word
            for word in what.split()
        ]
        lines = trace(folder, arguments, seconds=seconds)
        return sorted(set(beyond(folder, lines))) if lines else None


def main() -> int:
    """Every command, and the window."""
    wrong = 0
    for what in (*COMMANDS, WINDOW):
        found = reached(what, seconds=20 if what == WINDOW else 0)
        if found is None:
            sys.stdout.write("strace may not look into processes here\n")
            return 2
        wrong += len(found)
        sys.stdout.write("\n    ".join([f"{what}: {len(found)} beyond what was given", *found]) + "\n")
        sys.stdout.flush()
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

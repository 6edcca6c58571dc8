"""What Qt needs from the computer: system libraries and a display. Found out without starting Qt, which would abort."""

import ctypes
import ctypes.util
import os
import re
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

DRAWING: Final[dict[str, str]] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Libraries the wheels of Qt expect on the system, and the Debian and Ubuntu packages that bring them."""

XCB: Final[dict[str, str]] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""The same for a window under X11."""

WAYLAND: Final[dict[str, str]] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libffi.so.8": "libffi8",
}
"""The same for a window under Wayland."""

PACKAGE_OF: Final[dict[str, str]] = DRAWING | XCB | WAYLAND
HEADLESS: Final = frozenset({"offscreen", "minimal", "vnc", "linuxfb"})
_MISSING: Final = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def apt_line(libraries: Iterable[str]) -> str:
    """The command that brings libraries on Debian and Ubuntu."""
    packages = dict.fromkeys(PACKAGE_OF.get(library, library.partition(".so")[0]) for library in libraries)
    return f"sudo apt-get install {' '.join(packages)}"


def missing_sentence(libraries: list[str]) -> str:
    """One line: what is missing and how to bring it."""
    what = "the system library" if len(libraries) == 1 else "these system libraries are missing:"
    verb = " is missing" if len(libraries) == 1 else ""
    return f"{what} {', '.join(libraries)}{verb}; install with: {apt_line(libraries)}"


def missing_from(error: ImportError | OSError) -> str | None:
    """The system library that an import or a load stumbled over; None where the error is another."""
    found = _MISSING.search(str(error))
    return found[1] if found else None


def qt_plugin(platform: str) -> Path | None:
    """The plugin of a Qt platform inside the installed wheel; None where there is none."""
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    return path if path.is_file() else None


def missing_libraries(platform: str) -> list[str]:
    """System libraries that Qt's plugin for ``platform`` needs and this computer lacks.

    The dynamic linker names one at a time, so where one is missing the others it may need are tried by name.
    """
    plugin = qt_plugin(platform)
    if not sys.platform.startswith("linux") or plugin is None:
        return []
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        first = missing_from(error)
        if first is None:
            return []
        table = DRAWING | {"xcb": XCB, "wayland": WAYLAND}.get(platform, {})
        return list(dict.fromkeys([first, *(name for name in table if not _loads(name))]))
    return []


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def wanted_platform(environment: Mapping[str, str] = os.environ) -> str | None:
    """The Qt platform a window would use: ``xcb``, ``wayland`` or what the user set; None without a display."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if chosen:
        return None if chosen in HEADLESS else chosen
    if not sys.platform.startswith("linux"):
        return "native"
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else None


def is_there(name: str) -> bool:
    """Whether there is a file or folder of that name; False too for a name that none can have."""
    try:
        return Path(name).exists()
    except OSError:
        return False


def display_answers(platform: str) -> bool:
    """Whether the X server that ``DISPLAY`` names takes connections; other platforms are believed."""
    if platform != "xcb" or not sys.platform.startswith("linux"):
        return True
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the missing library is told on its own
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers

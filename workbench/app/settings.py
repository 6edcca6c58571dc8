"""What the program remembers about its user between sessions: preferences, recent files, window places."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

import orjson

from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps
from workbench.files.own import config_folder
from workbench.values import value_type

RECENT_LIMIT: Final = 12
_MAX_BYTES: Final = 4 * 1024 * 1024
Theme = Literal["system", "light", "dark"]


@value_type(frozen=True, slots=True)
class Settings:
    """Preferences. Anything unreadable in the settings file falls back to these defaults, one by one.

    Attributes:
        author: name written to what this user judges and attaches.
        wheel_zooms: the wheel zooms and Ctrl+wheel scrolls; else the other way round.
        finding_badges: the linter's badges stand on the diagram.
        review_badges: badges of open actions and comments stand on the diagram.
        dark_stage: presentations are shown in dark colours, not in those for projectors.
        recent: paths of projects, newest first.
        layout: the window's geometry and docks, as Qt gives it, base64.
        enlarged: sides of the window whose docks take most of it: ``left``, ``right``, ``below``.
        folders: by what a file is for, the folder of the last one chosen.
        evidence: order and columns of the evidence tables, as JSON.
        log: columns and groups of the hazard log, as JSON.
        exports: presets of exports, and how it was done last, as JSON.
    """

    author: str = ""
    theme: Theme = "system"
    language: str = "en"
    wheel_zooms: bool = False
    reduced_motion: bool = False
    finding_badges: bool = True
    review_badges: bool = True
    dark_stage: bool = False
    recent: tuple[str, ...] = ()
    folders: tuple[tuple[str, str], ...] = ()
    geometry: str = ""
    layout: str = ""
    enlarged: tuple[str, ...] = ()
    evidence: str = ""
    log: str = ""
    exports: str = ""


def settings_file() -> Path:
    """Where the settings lie on this machine."""
    return config_folder() / "settings.json"


def load_settings() -> Settings:
    """The settings as stored; a missing or damaged file gives the defaults."""
    try:
        stored = orjson.loads(FileOps().read(settings_file(), _MAX_BYTES))
    except (OSError, orjson.JSONDecodeError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    known: dict[str, object] = {}
    for name in ("author", "language", "geometry", "layout", "evidence", "log", "exports"):
        if isinstance(stored.get(name), str):
            known[name] = stored[name]
    for name in ("wheel_zooms", "reduced_motion", "finding_badges", "review_badges", "dark_stage"):
        if isinstance(stored.get(name), bool):
            known[name] = stored[name]
    if stored.get("theme") in ("system", "light", "dark"):
        known["theme"] = stored["theme"]
    recent = stored.get("recent")
    if isinstance(recent, list):
        known["recent"] = tuple(item for item in recent if isinstance(item, str))[:RECENT_LIMIT]
    enlarged = stored.get("enlarged")
    if isinstance(enlarged, list):
        known["enlarged"] = tuple(side for side in enlarged if side in ("left", "right", "below"))
    folders = stored.get("folders")
    if isinstance(folders, dict):
        known["folders"] = tuple((name, path) for name, path in folders.items() if isinstance(path, str))[:RECENT_LIMIT]
    return replace(Settings(), **known)  # type: ignore[arg-type]


def view_state(stored: str) -> dict[str, Any]:
    """How a table was left, from the JSON in the settings; nothing where that is damaged."""
    try:
        state = orjson.loads(stored or "{}")
    except orjson.JSONDecodeError:
        return {}
    return state if isinstance(state, dict) else {}


def save_settings(settings: Settings) -> str:
    """Store the settings; returns why it did not work, empty where it did. Losing them loses no work."""
    values = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    values["folders"] = dict(settings.folders)
    path = settings_file()
    try:
        write_atomically(path, orjson.dumps(values, option=orjson.OPT_INDENT_2), folder=True)
    except SaveError as problem:
        return f"The settings could not be saved and hold only until the program ends: {problem}"
    return ""


def with_recent(settings: Settings, path: Path) -> Settings:
    """The settings with a project put first among the recent ones."""
    text = str(path.absolute())
    return replace(settings, recent=(text, *(item for item in settings.recent if item != text))[:RECENT_LIMIT])


def without_recent(settings: Settings, path: str) -> Settings:
    """The settings with a project that is gone taken out of the recent ones."""
    return replace(settings, recent=tuple(item for item in settings.recent if item != path))

"""Named mappings of columns, kept in the user's configuration folder for the next table of the same make."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from workbench.evidence.mapping import read_profile
from workbench.evidence.problems import ImportProblem
from workbench.evidence.profile import Profile
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps
from workbench.files.own import config_folder

_MOST: Final = 1_000


def profile_folder() -> Path:
    """Where the profiles lie on this machine."""
    return config_folder() / "profiles"


def _file_of(name: str) -> Path:
    """The file of a profile: its name as far as a file can have it, and a mark that tells names apart."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60].lower() or "profile"
    return profile_folder() / f"{plain}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}.json"


def saved_profiles() -> list[Profile]:
    """The profiles that were saved, sorted by name; what is damaged is left out."""
    found = []
    try:
        files = sorted(profile_folder().glob("*.json"))[:_MOST]
    except OSError:
        return []
    for path in files:
        try:
            found.append(read_profile(path))
        except ImportProblem:
            continue
    return sorted(found, key=lambda profile: profile.name.casefold())


def load_profile(name: str) -> Profile | None:
    """The saved profile of that name, without regard to case; None where there is none."""
    wanted = name.strip().casefold()
    return next((profile for profile in saved_profiles() if profile.name.casefold() == wanted), None)


def save_profile(profile: Profile) -> str:
    """Store a profile under its name, in place of an older one of the same name.

    Returns:
        Why it did not work; empty where it did.
    """
    if not profile.name.strip():
        return "The mapping has no name; give it one."
    older = load_profile(profile.name)
    path = _file_of(profile.name)
    try:
        write_atomically(path, orjson.dumps(profile.as_data(), option=orjson.OPT_INDENT_2), folder=True)
        if older is not None and older.name != profile.name:
            _remove(older.name)
    except (OSError, SaveError, orjson.JSONEncodeError) as problem:
        return f"The mapping could not be saved: {problem}"
    return ""


def delete_profile(name: str) -> None:
    """Forget a profile; no error where there is none."""
    profile = load_profile(name)
    if profile is not None:
        _remove(profile.name)


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):  # it lies in a file that somebody named by hand
        FileOps().remove(_file_of(name))

"""Named mappings of columns, kept in the user's configuration folder for the next table of the same make."""

import hashlib
import re
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
    return sorted((profile for _, profile in _files()), key=lambda profile: profile.name.casefold())


def _files() -> list[tuple[Path, Profile]]:
    """Every profile with the file it lies in, whatever that is called."""
    found = []
    try:
        files = sorted(profile_folder().glob("*.json"))[:_MOST]
    except OSError:
        return []
    for path in files:
        try:
            found.append((path, read_profile(path)))
        except ImportProblem:
            continue
    return found


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
    path = _file_of(profile.name)
    try:
        write_atomically(path, orjson.dumps(profile.as_data(), option=orjson.OPT_INDENT_2), folder=True)
        _remove(profile.name, but=path)
    except (OSError, SaveError, orjson.JSONEncodeError) as problem:
        return f"The mapping could not be saved: {problem}"
    return ""


def delete_profile(name: str) -> str:
    """Forget the profile of a name, without regard to case; nothing is wrong where there is none.

    Returns:
        Why it did not work; empty where it did.
    """
    try:
        _remove(name)
    except OSError as problem:
        return f"The mapping could not be deleted: {problem.strerror}"
    return ""


def _remove(name: str, but: Path | None = None) -> None:
    wanted = name.strip().casefold()
    for path, profile in _files():
        if path != but and profile.name.casefold() == wanted:
            FileOps().remove(path)

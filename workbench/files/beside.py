"""Copies of source files beside a project, so that a claim can be followed where the run's own place is gone."""

import hashlib
import re
from pathlib import Path
from typing import Final

from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.files.fileops import FileOps

ENDING: Final = ".hazard.json"
MOST_BYTES: Final = 2 * 1024**3
"""Largest file that is copied; a copy is compared with what was written, so it passes through memory."""

_DIGEST_SHOWN: Final = 12
_LONGEST_NAME: Final = 100


def folder_beside(project: Path) -> Path:
    """The folder for copies: ``audit.runs`` beside ``audit.hazard.json``."""
    name = project.name
    stem = name.removesuffix(ENDING) if name.endswith(ENDING) else project.stem
    return project.with_name(f"{stem}.runs")


def copy_beside(source: Path, project: Path, sha256: str, ops: FileOps | None = None) -> str:
    """Copy a run's file into the folder beside the project, under a name that begins with its digest.

    Args:
        source: the file.
        project: file of the project; its folder exists.
        sha256: the digest the run was read with.
        ops: the file system.

    Returns:
        The copy's path relative to the project's folder, with forward slashes.

    Raises:
        SaveError: the file is gone, is not what was read any more, or the copy could not be written; one sentence.
    """
    ops = ops or FileOps()
    try:
        if ops.status(source).st_size > MOST_BYTES:
            raise SaveError(f"{source} is larger than 2 GiB and was not copied; keep it where it is.")
        data = ops.read(source, MOST_BYTES)
    except (OSError, ValueError) as error:
        raise SaveError(f"{source} was not copied: it cannot be read ({error}).") from error
    digest = hashlib.sha256(data).hexdigest()
    if sha256 and digest != sha256:
        raise SaveError(f"{source} was not copied: it has changed since it was read; read it again.")
    folder = folder_beside(project)
    try:
        ops.make_folder(folder)
    except OSError as error:
        raise SaveError(f"{folder} could not be made ({error.strerror}); the file was not copied.") from error
    target = folder / f"{digest[:_DIGEST_SHOWN]}-{_plain_name(source.name)}"
    write_atomically(target, data, ops)
    return f"{folder.name}/{target.name}"


def _plain_name(name: str) -> str:
    """A file name that every file system takes: no separators, no control characters, not too long."""
    clean = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]', "_", name).strip(" .") or "run"
    if len(clean) <= _LONGEST_NAME:
        return clean
    suffix = "".join(Path(clean).suffixes[-2:])[-20:]
    return clean[: _LONGEST_NAME - len(suffix)] + suffix

"""The program's own folders and reports: what it remembers outside the user's projects."""

from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError

_NAME = "hazard-workbench"


def state_folder() -> Path:
    """Where the program keeps what must outlive a crash; it is not checked to exist."""
    return Path(platformdirs.user_state_dir(_NAME, appauthor=False))


def config_folder() -> Path:
    """Where preferences and profiles lie; it is not checked to exist."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))


def write_report(trace: str) -> Path | None:
    """Write what is known about an error nobody foresaw to a file of its own; None where even that fails."""
    path = state_folder() / "crashes" / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        write_atomically(path, trace.encode("utf-8", "backslashreplace"), folder=True)
    except SaveError:
        return None
    return path

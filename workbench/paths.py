"""Where the program's own data files lie: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"


def data_root() -> Path:
    """The folder that holds ``resources/`` and ``samples/``."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """Path of a file or folder under ``resources/``; it is not checked to exist."""
    return data_root().joinpath("resources", *parts)


def sample(name: str) -> Path:
    """Path of a file under ``samples/``."""
    return data_root() / "samples" / name

"""What a project file says about itself, beside its records: the format's name and version."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from workbench.values import value_type

FORMAT: Final = "hazard-workbench"
MAJOR: Final = 1
MINOR: Final = 0
"""The version this program writes. A minor only adds fields and record types; anything else is a new major."""

SUFFIX: Final = ".hazard.json"


@value_type(frozen=True, slots=True)
class Header:
    """Version of a file, and what a newer minor wrote beside it.

    Attributes:
        extra: top-level fields this version does not know, kept as they came.
        version_extra: the same inside ``version``.
        older: the version of the file that was read, where reading brought it up to this program's; never written.
    """

    major: int = MAJOR
    minor: int = MINOR
    extra: Mapping[str, Any] = field(default_factory=dict)
    version_extra: Mapping[str, Any] = field(default_factory=dict)
    older: str = ""

    @property
    def version(self) -> str:
        """The version as people say it, such as ``1.0``."""
        return f"{self.major}.{self.minor}"

    @property
    def newer_major(self) -> bool:
        """Whether a program of a later major version wrote the file: it may be looked at, not changed."""
        return self.major > MAJOR

    @property
    def newer_minor(self) -> bool:
        """Whether the file may hold fields this version does not know."""
        return self.major == MAJOR and self.minor > MINOR

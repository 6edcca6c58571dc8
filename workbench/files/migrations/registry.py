"""Steps from older versions of the file to the current one: pure functions from plain values to plain values.

Each step reads exactly one version and has a frozen sample of it under ``tests/data/``. There are no gaps: the steps
of one major version follow on each other, and the last one ends at the version this program writes.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from workbench.files.header import MAJOR, MINOR
from workbench.values import value_type

Version = tuple[int, int]
Raw = dict[str, Any]
FIRST: Final[Version] = (1, 0)
CURRENT: Final[Version] = (MAJOR, MINOR)


@value_type(frozen=True, slots=True)
class Step:
    """One migration.

    Attributes:
        reads: the version it understands; ``writes``: the one it makes of it.
        apply: takes the whole file and returns a new one; its input stays as it is. It need not set the version.
    """

    reads: Version
    writes: Version
    apply: Callable[[Raw], Raw]


STEPS: Final[tuple[Step, ...]] = ()
"""Every step, oldest first. 1.0 is the first version and the current one, so there is none yet."""


class MigrationGapError(ValueError):
    """The registry does not lead from the first version to the current one without a gap."""


def check_steps(steps: Sequence[Step], first: Version = FIRST, current: Version = CURRENT) -> None:
    """Check that the steps lead from ``first`` to ``current``.

    Raises:
        MigrationGapError: a step is missing, out of order, or skips a version.
    """
    at = first
    for step in steps:
        if step.reads != at:
            raise MigrationGapError(f"no step reads version {at[0]}.{at[1]}")
        if step.writes not in ((at[0], at[1] + 1), (at[0] + 1, 0)):
            raise MigrationGapError(f"the step from {at[0]}.{at[1]} skips a version")
        at = step.writes
    if at != current:
        raise MigrationGapError(f"the steps end at version {at[0]}.{at[1]}, not at {current[0]}.{current[1]}")


def migrate(raw: Raw, version: Version, steps: Sequence[Step] = STEPS) -> tuple[Raw, Version]:
    """``raw`` brought to the current version, and that version.

    A file of a newer minor version has nothing to migrate and keeps its number.
    """
    for step in steps:
        if step.reads == version:
            raw = step.apply(raw)
            version = step.writes
            raw = {**raw, "version": {**raw["version"], "major": version[0], "minor": version[1]}}
    return raw, version

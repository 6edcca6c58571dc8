"""Revisions as rows of a list, the newest first, in plain words. No Qt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from workbench.export.dates import spelled
from workbench.files.revisions import Damage, Revision
from workbench.values import value_type

_MOST_DAMAGE: Final = 12


@value_type(frozen=True, slots=True)
class RevisionRow:
    """One revision as it is shown.

    Attributes:
        name: of the revision; unique.
        title: ``Revision 9``; with the first letters of its hash where another has the number too.
        message: why it was kept, in one line; ``by``: who kept it and when.
    """

    name: str
    title: str
    message: str
    by: str
    baselines: tuple[str, ...]

    def spoken(self) -> str:
        """The row in one sentence."""
        named = f", {', '.join(self.baselines)}" if self.baselines else ""
        return f"{self.title}{named}: {self.message or 'no message'}; {self.by}"


def rows_of(revisions: Iterable[Revision]) -> list[RevisionRow]:
    """Rows, the newest first."""
    found = list(revisions)
    numbers = Counter(one.number for one in found)
    return [_row(one, alone=numbers[one.number] == 1) for one in reversed(found)]


def _row(revision: Revision, *, alone: bool) -> RevisionRow:
    title = f"Revision {revision.number}" if alone else f"Revision {revision.number} ({revision.name[-8:]})"
    by = ", ".join(part for part in (revision.author, when(revision.time)) if part)
    return RevisionRow(revision.name, title, " ".join(revision.message.split()), by, revision.baselines)


def when(time: str) -> str:
    """A point in time as the clock on the wall shows it: ``4 May 2026, 12:00``; as it is where it is none."""
    try:
        at = datetime.fromisoformat(time).astimezone()
    except (ValueError, OverflowError, OSError):
        return time
    return f"{spelled(at)}, {at.hour:02}:{at.minute:02}"


def verified(count: int, damage: Sequence[Damage]) -> str:
    """What became of verifying, in sentences."""
    if not count and not damage:
        return "There is no revision to verify yet."
    if not damage:
        kept = "The one revision is" if count == 1 else f"All {count} revisions are"
        return f"{kept} whole: each document is what was saved."
    lines = [f"• {one}." for one in damage[:_MOST_DAMAGE]]
    if len(damage) > _MOST_DAMAGE:
        lines.append(f"and {len(damage) - _MOST_DAMAGE} more; all of them: hazard-workbench revisions FILE verify")
    things = "One thing is" if len(damage) == 1 else f"{len(damage)} things are"
    return "\n".join((f"{things} wrong among the revisions:", *lines))

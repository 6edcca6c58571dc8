"""The date of a figure: never the clock's, always the project's own."""

from datetime import date, datetime

from workbench.analysis.due_date import MONTHS
from workbench.evidence.dates import newest_time, parse_time
from workbench.export.errors import ExportError
from workbench.store.store import Store


def figure_time(store: Store, as_of: str | None) -> datetime | None:
    """The time a figure speaks of: ``as_of``, else the newest time stored in the project.

    Raises:
        ExportError: ``as_of`` is no ISO date.
    """
    if as_of is None:
        return newest_time(store)
    time = parse_time(as_of)
    if time is None:
        raise ExportError(f"--as-of {as_of!r} is no date; write it as 2026-11-30.")
    return time


def spelled(day: date) -> str:
    """A date as it stands on a figure: ``22 November 2026``, the same in every locale."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"

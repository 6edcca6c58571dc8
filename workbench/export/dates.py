"""The date of a figure: never the clock's, always the project's own."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from workbench.export.errors import ExportError
from workbench.model.base import Record
from workbench.store.store import Store

_TIMES: Final = ("at", "imported_at", "attached_at", "reviewed_at", "completed_at", "started_at", "date")
"""Fields that say when something happened; deadlines and expiries say when something will."""
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def parse_time(text: str) -> datetime | None:
    """A date or time in ISO 8601, in UTC; a time without zone is read as UTC. None: it is none."""
    try:
        value = datetime.fromisoformat(text.strip())
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def newest_time(store: Store) -> datetime | None:
    """The newest time at which something in the project is said to have happened; None: nothing says when."""
    times = (parse_time(text) for text in _stored(store.records.values()) if len(text) >= len("2026-01-01"))
    return max((time for time in times if time is not None), default=None)


def _stored(records: Iterable[Record]) -> Iterable[str]:
    carriers: dict[type[Record], tuple[str, ...]] = {}
    for record in records:
        cls = type(record)
        if cls not in carriers:
            carriers[cls] = tuple(name for name in _TIMES if name in cls.model_fields)
        for name in carriers[cls]:
            value = getattr(record, name)
            if isinstance(value, str):
                yield value


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
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

"""When things in a project happened, read from its own records: never from the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from workbench.model.base import Record
from workbench.model.records import RECORD_CLASSES
from workbench.store.reader import Reader

_TIMES: Final = ("at", "imported_at", "attached_at", "reviewed_at", "completed_at", "started_at", "date")
"""Fields that say when something happened; deadlines and expiries say when something will."""

ZONES: Final = 1
"""Days by which a time may lie ahead only because the clocks of the world differ."""

_MEASURED: Final = ("completed_at", "started_at")

DATED: Final[tuple[tuple[type[Record], tuple[str, ...]], ...]] = tuple(
    (cls, names) for cls in RECORD_CLASSES if (names := tuple(name for name in _TIMES if name in cls.model_fields))
)
"""Record classes that say when something happened, each with the fields that do."""


def parse_time(text: str) -> datetime | None:
    """A date or time in ISO 8601, in UTC; a time without zone is read as UTC. None: it is none."""
    try:
        value = datetime.fromisoformat(text.strip())
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_of(text: str) -> date | None:
    """The UTC day of a time in ISO 8601, or None where there is none."""
    time = parse_time(text) if text else None
    return time.date() if time is not None else None


def dated_ahead(text: str, read_at: str) -> bool:
    """Whether a run says it was made after somebody read it, so that its date is wrong."""
    day, read = day_of(text), day_of(read_at)
    return day is not None and read is not None and (day - read).days > ZONES


def newest_time(store: Reader) -> datetime | None:
    """The newest time at which something in the project is said to have happened; None: nothing says when.

    A run that says it was made after it was read does not count.
    """
    times = (parse_time(text) for text in _stored(store) if len(text) >= len("2026-01-01"))
    return max((time for time in times if time is not None), default=None)


def newest_day(store: Reader) -> date | None:
    """The newest day stored in the project: what "today" means where nobody says."""
    time = newest_time(store)
    return time.date() if time is not None else None


def _stored(store: Reader) -> Iterator[str]:
    for cls, names in DATED:
        for record in store.all(cls):
            read_at = str(getattr(record, "imported_at", ""))
            for name in names:
                value = getattr(record, name)
                ahead = name in _MEASURED and read_at and dated_ahead(str(value), read_at)
                if isinstance(value, str) and not ahead:
                    yield value

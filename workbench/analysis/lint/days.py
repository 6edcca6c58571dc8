"""The newest day that records tell of: what *today* means to a rule."""

from datetime import date
from typing import Final

from workbench.evidence.dates import DATED, day_of
from workbench.model.base import Record

_DATES: Final = dict(DATED)


def newest_of(record: Record | None) -> date | None:
    """The newest day a record says something happened on."""
    found = None
    for name in _DATES.get(type(record), ()) if record is not None else ():
        text = getattr(record, name)
        found = later(found, day_of(text) if isinstance(text, str) else None)
    return found


def later(one: date | None, other: date | None) -> date | None:
    """The later of two days; None is no day."""
    return max((day for day in (one, other) if day is not None), default=None)

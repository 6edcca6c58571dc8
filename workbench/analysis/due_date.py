"""The day somebody means by what they type as a due date: ``fri``, ``+2w``, ``tomorrow``, ``2026-12-01``. No Qt."""

import re
from datetime import date, datetime, timedelta
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LEAST_LETTERS: Final = {"t": 2, "s": 2}
"""Letters it takes to tell the day of the week from another one."""
_AHEAD: Final = re.compile(r"(?:\+|in\s+)?(\d{1,3})\s*(d|w|m|days?|weeks?|months?)")
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_MONTH_AND_DAY: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?")
HINT: Final = "Write a day such as fri, tomorrow, +2w, 3 dec or 2026-12-01."


class NoDayError(ValueError):
    """What was typed names no day; the message says what to type instead."""


def day_of(time: str) -> date | None:
    """The day, on this computer's clock, of a point in time (ISO 8601); None where it is none."""
    try:
        at = datetime.fromisoformat(time)
        return at.astimezone().date() if at.tzinfo is not None else at.date()
    except (ValueError, OverflowError, OSError):
        return None


def day_words(day: date) -> str:
    """A day as a table says it, the same in every locale: ``27 Nov 2026``."""
    return f"{day.day} {MONTHS[day.month - 1][:3].title()} {day.year}"


def weekday_words(day: date) -> str:
    """A day as one says it: ``Fri 27 Nov 2026``."""
    return f"{_DAYS[day.weekday()][:3].title()} {day_words(day)}"


def read_due(text: str, today: date) -> str:
    """The day a text means, as ISO 8601; empty for an empty text.

    Days of the week mean the next one after today; a day and month without a year the next one from today on.

    Raises:
        NoDayError: it names no day.
    """
    said = " ".join(text.casefold().split())
    if not said:
        return ""
    try:
        found = _read(said, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise NoDayError(HINT)
    return found.isoformat()


def _read(said: str, today: date) -> date | None:
    plain = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "week": 7, "next week": 7}
    if said in plain:
        return today + timedelta(days=plain[said])
    if said in ("month", "next month"):
        return _months_on(today, 1)
    ahead = _AHEAD.fullmatch(said)
    if ahead is not None:
        number, unit = int(ahead[1]), ahead[2][0]
        return _months_on(today, number) if unit == "m" else today + timedelta(days=number * (7 if unit == "w" else 1))
    weekday = _named(said.removeprefix("next ").removeprefix("on "), _DAYS)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _dated(said, today)


def _dated(said: str, today: date) -> date | None:
    day_first, month_first = _DAY_AND_MONTH.fullmatch(said), _MONTH_AND_DAY.fullmatch(said)
    if day_first is not None:
        day, month, year = day_first[1], day_first[2], day_first[3]
    elif month_first is not None:
        month, day, year = month_first[1], month_first[2], month_first[3]
    else:
        return date.fromisoformat(said)
    number = _named(month, MONTHS)
    if number is None:
        return None
    if year:
        return date(int(year), number + 1, int(day))
    found = date(today.year, number + 1, int(day))
    return found if found >= today else date(today.year + 1, number + 1, int(day))


def _named(said: str, names: tuple[str, ...]) -> int | None:
    """Which of the names begins so; at least three letters of a month, and as many of a day as tell it apart."""
    least = 3 if len(names) == len(MONTHS) else _LEAST_LETTERS.get(said[:1], 2)
    hits = [place for place, name in enumerate(names) if name.startswith(said)]
    return hits[0] if len(said) >= least and len(hits) == 1 else None


def _months_on(day: date, months: int) -> date:
    """The same day some months on, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))

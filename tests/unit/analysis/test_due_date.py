"""What people type as a due date."""

import time
from datetime import date

import pytest

from workbench.analysis.due_date import NoDayError, day_of, read_due

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", ""),
        ("today", "2026-11-23"),
        ("Tomorrow", "2026-11-24"),
        ("fri", "2026-11-27"),
        ("FRIDAY", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("mon", "2026-11-30"),
        ("tu", "2026-11-24"),
        ("th", "2026-11-26"),
        ("+2w", "2026-12-07"),
        ("2 weeks", "2026-12-07"),
        ("in 3 days", "2026-11-26"),
        ("+3m", "2027-02-23"),
        ("next month", "2026-12-23"),
        ("3 dec", "2026-12-03"),
        ("Dec 3", "2026-12-03"),
        ("3 January", "2027-01-03"),
        ("1 march 2028", "2028-03-01"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_the_day_that_is_meant(typed, day):
    assert read_due(typed, MONDAY) == day


@pytest.mark.parametrize("typed", ["soon", "t", "31 feb", "2026-13-01", "+9999d", "999m 3", "=1+1", "ju 3"])
def test_what_names_no_day_is_refused_with_a_hint(typed):
    with pytest.raises(NoDayError, match="2026-12-01"):
        read_due(typed, MONDAY)


def test_the_last_day_of_a_shorter_month():
    assert read_due("+1m", date(2027, 1, 31)) == "2027-02-28"
    assert read_due("+1m", date(2026, 12, 31)) == "2027-01-31"


@pytest.fixture
def zone(monkeypatch):
    """Moves this computer to another time zone."""

    def move(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("name", "day"), [("UTC", 23), ("UTC-14", 24), ("UTC+12", 23)])
def test_the_day_of_a_time_is_that_of_this_computer(zone, name, day):
    zone(name)
    assert day_of("2026-11-23T12:30:00Z") == date(2026, 11, day)
    assert day_of("2026-11-23T23:59:00") == date(2026, 11, 23)
    assert day_of("some day") is None

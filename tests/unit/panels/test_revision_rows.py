"""Revisions as rows: newest first, numbers told apart where branches met, times of the wall clock, damage in words."""

import time

import pytest

from workbench.files.revisions import Damage, Revision
from workbench.panels.revision_rows import rows_of, verified, when


def revision(number: int, letters: str = "aaaaaaaa", **more: object) -> Revision:
    told = {"author": "Ada", "time": "2026-05-04T10:00:00Z", "message": "Kept", "sha256": "0" * 64, **more}
    return Revision(f"{number}-{letters}", number, **told)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_newest_is_first_and_says_who_when_and_why() -> None:
    rows = rows_of([revision(1, message="One\n  line"), revision(2, baselines=("Review",), author="")])
    assert [row.title for row in rows] == ["Revision 2", "Revision 1"]
    assert (rows[1].message, rows[1].by) == ("One line", "Ada, 4 May 2026, 10:00")
    assert rows[0].by == "4 May 2026, 10:00"
    assert rows[0].spoken() == "Revision 2, Review: Kept; 4 May 2026, 10:00"
    assert rows_of([revision(3, message="")])[0].spoken().startswith("Revision 3: no message")


def test_where_branches_met_the_number_is_not_enough() -> None:
    rows = rows_of([revision(7), revision(8, "bbbbbbbb"), revision(8, "cccccccc")])
    assert [row.title for row in rows] == ["Revision 8 (cccccccc)", "Revision 8 (bbbbbbbb)", "Revision 7"]


def test_a_time_that_is_none_stays_as_it_is() -> None:
    assert when("long ago") == "long ago"
    assert when("") == ""


def test_verifying_in_plain_words() -> None:
    damage = [Damage(f"{number}.json", "is damaged") for number in range(15)]
    assert verified(0, []) == "There is no revision to verify yet."
    assert verified(1, []) == "The one revision is whole: each document is what was saved."
    assert verified(12, []).startswith("All 12 revisions are whole")
    assert verified(3, damage[:1]).splitlines() == ["One thing is wrong among the revisions:", "• 0.json: is damaged."]
    many = verified(3, damage).splitlines()
    assert many[0] == "15 things are wrong among the revisions:"
    assert many[-1].startswith("and 3 more")

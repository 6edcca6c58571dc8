"""The short run of ``stops``, and that it finds what it looks for."""

from dataclasses import replace

import pytest

from tests.faults import stop_meetings, stops
from tests.faults.edits import Editor
from tests.faults.stop_meetings import Meetings, lines_of
from tests.support import there
from workbench.analysis.stops import Shown
from workbench.commands import stops as commands
from workbench.export.minutes_sheet import minutes
from workbench.files.project import load_project
from workbench.model.review import Stop


@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_leave_no_stop_empty_and_no_minutes_broken(seed: int) -> None:
    ran = stops.run(300, seed, every=30)
    assert ran.edits == 300
    assert ran.stops > 60
    assert ran.minutes > 5


def test_a_stop_that_shows_what_is_gone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    store = load_project(stops.SAMPLE).store
    assert stops.check(store) == 9
    monkeypatch.setattr(stops, "shown_at", lambda _store, _stop: Shown("diagram", "gone"))
    with pytest.raises(AssertionError, match="gone"):
        stops.check(store)


def test_a_page_on_which_what_is_lit_is_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    store = load_project(stops.SAMPLE).store
    pathway = there(store.find("st_pathway", Stop))
    with store.transaction("Level") as tx:
        commands.set_levels(tx, [pathway.id], 5)
    monkeypatch.setattr(stops, "stop_sheet", lambda *given, **more: _elsewhere(*given, **more))
    with pytest.raises(AssertionError):
        stops.check(store)


def _elsewhere(store, stop, theme, measure, **more):
    """A page without what is highlighted: that of another level."""
    from workbench.export.stop_sheet import stop_sheet

    return stop_sheet(store, stop.replace(levels=1, highlighted=()), theme, measure, **more)


def test_minutes_that_miss_a_line_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    it = Editor({}, 1)
    held = Meetings()
    for step in (held.hold, held.note, held.note):
        with it.store.transaction("Meeting") as tx:
            step(it, tx)
    assert held.check(it.store, word=True) == 1
    assert lines_of(it.store) == 2
    monkeypatch.setattr(stop_meetings, "minutes", lambda *given: replace(minutes(*given), tables=()))
    with pytest.raises(AssertionError, match="not on the page"):
        held.check(it.store, word=False)

"""The short run of ``stops``, and that it finds what it looks for."""

import pytest

from tests.faults import stops
from tests.support import there
from workbench.analysis.stops import Shown
from workbench.commands import stops as commands
from workbench.files.project import load_project
from workbench.model.review import Stop


@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_leave_no_stop_empty(seed: int) -> None:
    assert stops.run(300, seed, every=30) > 60


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

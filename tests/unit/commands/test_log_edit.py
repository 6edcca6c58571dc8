"""Cells of the log that are written: shared elements, refusals, ratings."""

import pytest

from workbench.analysis.hazard_log import log_rows
from workbench.commands.errors import CommandError
from workbench.commands.log_edit import entries_of, parse_rating, set_list, set_rating, set_text
from workbench.files.project import load_project
from workbench.model.elements import Control, Guard, Hazard
from workbench.paths import resource
from workbench.store.store import Store


@pytest.fixture
def store():
    scheme = load_project(resource("templates", "empty.hazard.json")).store
    return Store([*scheme.records.values(), Hazard(id="h1", code="H-1"), Hazard(id="h2", code="H-2")])


def write(store, hazard, column, *lines):
    with store.transaction("Edit") as tx:
        set_list(tx, hazard, column, entries_of({"trigger_event": "cause"}.get(column, "control"), lines))
        return tx.notices


def titles(store, place, column):
    return [item.title for item in log_rows(store)[place].lists[column]]


def test_two_hazards_share_a_cause_and_a_mitigation(store):
    for hazard in ("h1", "h2"):
        write(store, hazard, "trigger_event", "Drift")
        write(store, hazard, "mitigations", "Review", "  ")
    assert store.count("cause") == 1
    control = next(store.all(Control))
    assert {guard.subject for guard in store.referrers(control.id, Guard, "control")} == {"h1", "h2"}
    write(store, "h1", "mitigations")
    assert (titles(store, 0, "mitigations"), titles(store, 1, "mitigations")) == ([], ["Review"])
    write(store, "h2", "mitigations")
    assert store.count("control") == 0


def test_a_code_with_another_title_renames_everywhere_and_says_so(store):
    write(store, "h1", "trigger_event", "Drift")
    write(store, "h2", "trigger_event", "C-1")
    notices = write(store, "h1", "trigger_event", "C-1 Model drift")
    assert "every row" in notices[0]
    assert titles(store, 1, "trigger_event") == ["Model drift"]


def test_a_cause_behind_another_is_taken_out_on_the_diagram(store):
    write(store, "h1", "trigger_event", "Near")
    near = log_rows(store)[0].lists["trigger_event"][0].id
    with store.transaction("Chain") as tx:
        from workbench.commands.connect import connect
        from workbench.commands.create import add_element

        connect(tx, add_element(tx, "cause", "Far"), near)
    assert titles(store, 0, "trigger_event") == ["Near", "Far"]
    with pytest.raises(CommandError, match="diagram"):
        write(store, "h1", "trigger_event", "Near")
    assert titles(store, 0, "trigger_event") == ["Near", "Far"]


@pytest.mark.parametrize("text", ["2B", "2-B", "B2", "II B", "Critical / Probable", "2B (worst effect)", "2b High"])
def test_ratings_people_write(store, text):
    with store.transaction("Look") as tx:
        assert parse_rating(tx, text) == ("2", "B")
        assert parse_rating(tx, "9Z") is None


def test_a_rating_is_of_the_scheme_and_goes_again(store):
    with store.transaction("Rate") as tx:
        set_rating(tx, "h1", "initial", "2", "B")
        with pytest.raises(CommandError, match="no cell"):
            set_rating(tx, "h1", "initial", "9", "Z")
    rating = log_rows(store)[0].hri
    assert rating is not None
    assert rating.index == "2B"
    with store.transaction("Unrate") as tx:
        set_rating(tx, "h1", "initial", "", "")
    assert log_rows(store)[0].hri is None


def test_a_code_is_given_once(store):
    with store.transaction("Edit") as tx, pytest.raises(CommandError, match="already"):
        set_text(tx, "h1", "code", "H-2")

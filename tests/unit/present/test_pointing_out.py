import pytest

from workbench.files.project import load_project
from workbench.model.elements import Cause, Consequence, Guard, Hazard, Link, TopEvent
from workbench.model.runs import Evidence
from workbench.present.pointing_out import claims_on, line_for_control, next_of, rateable, told_about


@pytest.fixture(scope="module")
def store(root):
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


def test_claims_on_a_control_are_found_from_its_line(store):
    control = next(e.subject for e in store.all(Evidence) if store.get(e.subject).TYPE == "control")
    guard = store.referrers(control, Guard, "control")[0]
    assert claims_on(store, [guard.id]) == claims_on(store, [control]) != []


def test_the_worst_claim_that_stands_comes_first(store):
    subjects = {e.subject for e in store.all(Evidence)}
    several = next(one for one in sorted(subjects) if len(claims_on(store, [one])) > 1)
    assert set(claims_on(store, [several])) == {e.id for e in store.all(Evidence) if e.subject == several}
    assert claims_on(store, [several, several]) == claims_on(store, [several])
    assert claims_on(store, ["gone"]) == []


def test_a_top_event_is_rated_as_its_hazard(store):
    event = next(e for e in store.all(TopEvent) if e.hazard)
    assert rateable(store, event.id) == event.hazard
    consequence = next(store.all(Consequence)).id
    assert rateable(store, consequence) == consequence
    assert rateable(store, next(store.all(Cause)).id) == ""
    assert rateable(store, "") == ""


def test_a_new_control_goes_to_the_line_meant_else_to_the_first_of_the_path(store):
    lines = {line.id: line for line in store.all(Link) if line.kind == "leads_to"}
    guard = next(guard for guard in store.all(Guard) if guard.subject in lines)
    line = lines[guard.subject]
    assert line_for_control(store, [line.id], ()) == line.id
    assert line_for_control(store, [guard.id], ()) == line.id
    assert line_for_control(store, [line.source], [line.id]) == line.id
    assert line_for_control(store, [line.source], ()) == ""


def test_elements_are_told_in_the_order_one_speaks_of_them(store):
    hazard, event = next(store.all(Hazard)).id, next(store.all(TopEvent)).id
    cause, link = next(store.all(Cause)).id, next(store.all(Link)).id
    assert told_about(store, [link, cause, event, "gone", hazard]) == [hazard, event, cause]


def test_the_next_one_goes_round():
    assert next_of([], "a", 1) == ""
    assert next_of(["a", "b"], "", 1) == "a"
    assert next_of(["a", "b"], "", -1) == "b"
    assert next_of(["a", "b"], "b", 1) == "a"
    assert next_of(["a", "b"], "a", -1) == "b"

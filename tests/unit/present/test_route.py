from tests.support import there
from workbench.commands.create import new_diagram
from workbench.model.review import Stop
from workbench.present.route import route_of
from workbench.store.store import Store


def test_without_stops_every_diagram_is_a_step_in_order():
    store = Store()
    with store.transaction("Diagrams") as tx:
        first, second = new_diagram(tx, "First"), new_diagram(tx, "")
    steps = route_of(store)
    assert [(step.diagram, step.title, step.stop, step.levels) for step in steps] == [
        (first, "First", "", 5),
        (second, "Untitled diagram", "", 5),
    ]


def test_an_empty_project_has_one_empty_step():
    (step,) = route_of(Store())
    assert (step.key, step.diagram, step.title) == ("", "", "")


def test_stops_are_steps_with_everything_they_hold():
    store = Store()
    with store.transaction("Route") as tx:
        diagram = new_diagram(tx, "First")
        tx.put(Stop(id="s2", diagram=diagram, order="b", levels=2, notes="Slowly"))
        tx.put(Stop(id="s1", order="a", shows="matrix", title="Risks"))
    one, two = route_of(store)
    assert (one.key, one.shows, one.title) == ("s1", "matrix", "Risks")
    assert (two.stop, two.diagram, two.title, two.levels, two.notes) == ("s2", diagram, "First", 2, "Slowly")


def test_a_stop_whose_subject_is_gone_still_shows_something():
    store = Store()
    with store.transaction("Route") as tx:
        diagram = new_diagram(tx, "First")
        tx.put(Stop(id="s1", shows="evidence"))
    (step,) = route_of(store)
    assert (step.shows, step.diagram) == ("diagram", diagram)
    assert there(store.find("s1", Stop)).shows == "evidence"

"""Turning to the diagram on which something is drawn."""

import pytest

from workbench.commands.create import add_element, new_diagram, place
from workbench.model.judgement import Project
from workbench.session.session import Session
from workbench.session.turning import turn_to
from workbench.store.store import Store


@pytest.fixture
def session():
    store = Store([Project(id="project")])
    with store.transaction("Draw") as tx:
        sheets = [new_diagram(tx, title) for title in ("First", "Second")]
        for sheet, title in zip(sheets, ("Fire", "Flood"), strict=True):
            place(tx, sheet, add_element(tx, "hazard", title), 0.0, 0.0)
        add_element(tx, "hazard", "Nowhere")
    made = Session(store)
    made.set_diagram(sheets[0])
    return made


def called(session):
    return {hazard.title: hazard.id for hazard in session.store.records.values() if hasattr(hazard, "code")}


def test_what_stands_elsewhere_is_turned_to_and_the_selection_stays(session):
    ids, first = called(session), session.diagram
    session.select([ids["Flood"]])
    turn_to(session, [ids["Flood"]])
    assert session.diagram != first
    assert session.selection == (ids["Flood"],)
    turn_to(session, [ids["Fire"]])
    assert session.diagram == first


def test_what_stands_here_or_nowhere_turns_to_nothing(session):
    ids, first = called(session), session.diagram
    for several in (["Fire"], ["Flood", "Fire"], ["Nowhere"], []):
        turn_to(session, [ids[name] for name in several])
        assert session.diagram == first

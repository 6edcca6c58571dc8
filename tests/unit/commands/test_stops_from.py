"""Stops made from hazards, pathways, findings, changes, claims, matrix, log and grids."""

from pathlib import Path

import pytest

from tests.support import there
from tests.unit.commands.drawing import Bowtie
from workbench.analysis.change_rows import Changes
from workbench.analysis.lint.linter import check
from workbench.analysis.stops import shown_at, stops_in_order
from workbench.commands import stops_from
from workbench.commands.connect import connect
from workbench.commands.create import create_on_diagram, new_diagram, place_existing
from workbench.commands.delete import delete_everywhere
from workbench.commands.edit import rename
from workbench.commands.errors import CommandError
from workbench.commands.geometry import move
from workbench.files.project import load_project
from workbench.model.elements import Hazard
from workbench.model.judgement import CapabilityGrid
from workbench.model.review import Stop
from workbench.model.runs import Evidence
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.lighting import lit_on
from workbench.store.store import Store


@pytest.fixture
def bowtie() -> Bowtie:
    return Bowtie()


@pytest.fixture
def sample(root: Path) -> Store:
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


def route(store: Store) -> list[Stop]:
    return stops_in_order(store)


def test_a_hazard_s_stop_shows_the_diagram_in_whose_centre_it_stands(bowtie: Bowtie) -> None:
    first, _ = bowtie.do(new_diagram, "Overview")
    bowtie.do(place_existing, first, bowtie.hazard, 0, 0)
    bowtie.do(stops_from.from_hazards)
    (stop,) = route(bowtie.store)
    assert (stop.diagram, stop.highlighted) == (bowtie.diagram, ()), "alone on its diagram, all of that is meant"
    bowtie.do(create_on_diagram, bowtie.diagram, "hazard", 900, 0, "Another")
    bowtie.do(stops_from.from_hazards, [bowtie.hazard])
    lit = route(bowtie.store)[-1].highlighted
    assert {bowtie.cause, bowtie.other, bowtie.top, bowtie.consequence, bowtie.guard, bowtie.shared} <= set(lit)
    bowtie.store.undo()
    assert len(route(bowtie.store)) == 1, "one step"


def test_a_pathway_s_stop_lights_that_pathway_alone(bowtie: Bowtie) -> None:
    bowtie.do(stops_from.from_pathways, bowtie.diagram)
    first, second = route(bowtie.store)
    assert first.title == "C-1 Insecure patterns in training data → E-1 Personal data exposed"
    assert "B-1 Static analysis" in first.notes
    picture = PictureBuilder(bowtie.store, bowtie.diagram, qt_measure()).picture
    lit = lit_on(picture, first.highlighted)
    assert {bowtie.cause, bowtie.line, bowtie.guard, bowtie.top, bowtie.outcome} <= lit
    assert not {bowtie.other, bowtie.other_line, bowtie.shared} & lit, "the shared control is lit on this line only"
    assert bowtie.other in second.highlighted


def test_too_many_pathways_are_cut_and_that_is_told(bowtie: Bowtie) -> None:
    with bowtie.store.transaction("Many") as tx:
        for number in range(stops_from.MOST):
            made = create_on_diagram(tx, bowtie.diagram, "cause", -500, 200 + number * 90, f"Cause {number}")
            connect(tx, made, bowtie.top)
    made, notices = bowtie.do(stops_from.from_pathways, bowtie.diagram)
    assert len(made) == stops_from.MOST == len(route(bowtie.store))
    assert notices == [f"There are more pathways; stops were made of the first {stops_from.MOST}."]
    empty, _ = bowtie.do(new_diagram, "Empty")
    with pytest.raises(CommandError):
        bowtie.do(stops_from.from_pathways, empty)


def test_a_finding_s_stop_points_at_it_and_says_it(sample: Store) -> None:
    found = check(sample)
    with sample.transaction("Make") as tx:
        made = stops_from.from_findings(tx, found)
    assert made
    for id in made:
        stop = there(sample.find(id, Stop))
        finding = next(one for one in found if one.message[:200] == stop.title)
        assert finding.message in stop.notes
        assert finding.open
        if stop.highlighted:
            picture = PictureBuilder(sample, there(stop.diagram), qt_measure()).picture
            assert lit_on(picture, stop.highlighted)
    with pytest.raises(CommandError), sample.transaction("None") as tx:
        stops_from.from_findings(tx, [])


def test_what_changed_is_presented_one_by_one_and_what_went_is_told(bowtie: Bowtie) -> None:
    before = bowtie.store.snapshot()
    bowtie.do(rename, bowtie.cause, "Reworded cause")
    bowtie.do(move, bowtie.diagram, {bowtie.other: (-900.0, 300.0)})
    new, _ = bowtie.do(create_on_diagram, bowtie.diagram, "consequence", 500, 300, "Fines")
    bowtie.do(delete_everywhere, [bowtie.consequence])
    changes = Changes(before, bowtie.store.snapshot())
    bowtie.do(stops_from.from_changes, changes, "revision 2")
    found = {stop.title: stop for stop in route(bowtie.store)}
    changed = next(stop for title, stop in found.items() if title.startswith("Changed: Cause C-1"))
    assert changed.highlighted == (bowtie.cause,)
    assert "Insecure patterns in training data → Reworded cause" in changed.notes
    assert any(stop.highlighted == (new,) for stop in found.values())
    removed = next(stop for title, stop in found.items() if title.startswith("Removed since revision 2"))
    assert "Personal data exposed" in removed.notes
    assert not any(bowtie.other in stop.highlighted for stop in found.values()), "a moved box is no change of meaning"
    with pytest.raises(CommandError):
        bowtie.do(stops_from.from_changes, Changes(before, before), "revision 2")


def test_cards_of_claims_rows_grids_and_the_matrix(sample: Store) -> None:
    with sample.transaction("Make") as tx:
        claims = stops_from.from_claims(tx)
        rows = stops_from.from_log(tx)
        grids = stops_from.from_grids(tx) if any(tx.all(CapabilityGrid)) else []
        (matrix,) = stops_from.from_matrix(tx, claims[0])
    assert len(claims) == min(stops_from.MOST, sum(1 for _ in sample.all(Evidence)))
    assert len(rows) == sum(1 for _ in sample.all(Hazard))
    kinds = {id: shown_at(sample, there(sample.find(id, Stop))).shows for id in (*claims, *rows, *grids, matrix)}
    assert {kinds[id] for id in claims} == {"evidence"}
    assert {kinds[id] for id in rows} == {"log"}
    assert kinds[matrix] == "matrix"
    order = [stop.id for stop in route(sample)]
    assert order.index(matrix) == order.index(claims[0]) + 1
    assert all(there(sample.find(id, Stop)).notes for id in claims)

"""One pathway at a time, from cause to consequence, through whatever somebody points at."""

from itertools import islice

import pytest

from tests.support import there
from tests.unit.commands.drawing import Bowtie
from workbench.analysis.pathways import MOST, pathway_of, pathways, pathways_on
from workbench.commands.connect import connect
from workbench.commands.create import create_on_diagram
from workbench.commands.guards import hang_factor
from workbench.model.elements import Cause, Consequence, Gate, Link, TopEvent
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.lighting import lit_on
from workbench.store.store import Store


@pytest.fixture
def bowtie() -> Bowtie:
    return Bowtie()


def test_a_cause_lights_its_way_and_nothing_beside_it(bowtie: Bowtie) -> None:
    factor, _ = bowtie.do(hang_factor, bowtie.diagram, bowtie.guard, title="Rules out of date")
    found = there(pathway_of(bowtie.store, bowtie.cause))
    assert found.steps == (bowtie.cause, bowtie.top, bowtie.consequence)
    assert {bowtie.line, bowtie.outcome, bowtie.guard, bowtie.control, bowtie.hazard, factor} <= found.ids
    assert not {bowtie.other, bowtie.other_line, bowtie.shared} & found.ids


def test_a_factor_is_lit_with_the_bar_it_hangs_from(bowtie: Bowtie) -> None:
    factor, _ = bowtie.do(hang_factor, bowtie.diagram, bowtie.guard, title="Rules out of date")
    picture = PictureBuilder(bowtie.store, bowtie.diagram, qt_measure()).picture
    one, other = (there(pathway_of(bowtie.store, cause)) for cause in (bowtie.cause, bowtie.other))
    assert factor in one.ids & other.ids, "it weakens the control on both lines"
    assert factor in lit_on(picture, one.ids)
    assert factor not in lit_on(picture, other.ids), "its bar is dimmed, and so is it"
    assert lit_on(picture, {factor}) >= {factor}, "but where nothing else is meant"


def test_stepping_goes_through_all_and_begins_anew(bowtie: Bowtie) -> None:
    steps = [there(pathway_of(bowtie.store, bowtie.top, turn)).steps for turn in range(3)]
    assert [step[0] for step in steps] == [bowtie.cause, bowtie.other, bowtie.cause]


def test_a_line_a_control_and_what_hangs_or_is_noted_stand_for_their_pathways(bowtie: Bowtie) -> None:
    factor, _ = bowtie.do(hang_factor, bowtie.diagram, bowtie.shared, title="Off", all_pathways=False)
    note, _ = bowtie.do(create_on_diagram, bowtie.diagram, "note", 0, 400, "See minutes")
    bowtie.do(connect, note, bowtie.other_line)
    for id in (bowtie.other_line, bowtie.shared, factor, note):
        assert [one.steps[0] for one in pathways(bowtie.store, id)] == [bowtie.other]
    assert {one.steps[0] for one in pathways(bowtie.store, bowtie.control)} == {bowtie.cause, bowtie.other}
    assert {one.steps[0] for one in pathways(bowtie.store, bowtie.hazard)} == {bowtie.cause, bowtie.other}
    assert pathway_of(bowtie.store, bowtie.diagram) is None
    assert pathway_of(bowtie.store, "gone") is None


def test_a_diagram_gives_every_way_from_its_causes_to_its_consequences_from_top_to_bottom(bowtie: Bowtie) -> None:
    second, _ = bowtie.do(create_on_diagram, bowtie.diagram, "consequence", 500, 200, "Reputation")
    bowtie.do(connect, bowtie.top, second)
    bowtie.do(create_on_diagram, bowtie.diagram, "cause", -500, 300, "Leads nowhere")
    found = [(one.steps[0], one.steps[-1]) for one in pathways_on(bowtie.store, bowtie.diagram)]
    assert found == [(cause, end) for cause in (bowtie.cause, bowtie.other) for end in (bowtie.consequence, second)]


def test_loops_end_and_a_net_with_too_many_ways_is_cut() -> None:
    records = [TopEvent(id="t", code="T-1"), Consequence(id="e", code="E-1"), Link(id="te", source="t", target="e")]
    layers = 8
    for layer in range(layers):
        for place in range(3):
            records.append(Cause(id=f"c{layer}{place}") if layer == 0 else Gate(id=f"c{layer}{place}"))
            for other in range(3) if layer else ():
                before = f"c{layer - 1}{other}"
                records.append(Link(id=f"l{layer}{place}{other}", source=before, target=f"c{layer}{place}"))
    records += [Link(id=f"x{place}", source=f"c{layers - 1}{place}", target="t") for place in range(3)]
    records.append(Link(id="back", source="t", target="c10"))
    store = Store(records)
    found = list(pathways(store, "e"))
    assert len(found) == MOST
    assert all(len(set(one.steps)) == len(one.steps) for one in found)
    assert pathway_of(store, "e", MOST) == found[0]


def test_a_long_chain_is_no_deep_recursion() -> None:
    count = 5_000
    store = Store(
        [
            *(Cause(id=f"c{i}") for i in range(count)),
            *(Link(id=f"l{i}", source=f"c{i}", target=f"c{i + 1}") for i in range(count - 1)),
        ]
    )
    (found,) = islice(pathways(store, "c2500"), 2)
    assert len(found.steps) == count

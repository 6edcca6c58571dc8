"""Stops: made, put in order, worded, kept in step with a view, copied, removed; each one step that undo takes back."""

import pytest

from tests.support import there
from tests.unit.commands.drawing import Bowtie
from workbench.analysis.stops import shown_at, stops_in_order, title_at
from workbench.commands import stops
from workbench.commands.create import new_diagram
from workbench.commands.delete import delete_diagram, delete_everywhere
from workbench.commands.errors import CommandError
from workbench.commands.guards import insert_control
from workbench.model.review import Camera, Stop

SEEN = Camera(x=10.0, y=20.0, zoom=1.5, width=800.0, height=450.0)


@pytest.fixture
def bowtie() -> Bowtie:
    return Bowtie()


def titles(bowtie: Bowtie) -> list[str]:
    return [stop.title for stop in stops_in_order(bowtie.store)]


def route(bowtie: Bowtie, *names: str) -> list[str]:
    made, _ = bowtie.do(stops.add_stops, [stops.Draft(name, bowtie.diagram) for name in names])
    return list(made)


def test_a_stop_keeps_what_was_seen(bowtie: Bowtie) -> None:
    view = stops.View(bowtie.diagram, SEEN, 3, (bowtie.cause, bowtie.cause, "gone"))
    made, _ = bowtie.do(stops.from_view, view, title="The cause")
    stop = there(bowtie.store.find(made, Stop))
    assert (stop.camera, stop.levels, stop.highlighted, stop.diagram) == (SEEN, 3, (bowtie.cause,), bowtie.diagram)
    bowtie.store.undo()
    assert not stops_in_order(bowtie.store)


def test_new_stops_go_behind_the_one_named_else_to_the_end(bowtie: Bowtie) -> None:
    a, _b = route(bowtie, "a", "b")
    bowtie.do(stops.add_stops, [stops.Draft("x"), stops.Draft("y")], a)
    bowtie.do(stops.add_stop, stops.Draft("z"))
    assert titles(bowtie) == ["a", "x", "y", "b", "z"]


def test_stops_move_together_and_keep_their_order(bowtie: Bowtie) -> None:
    a, b, c, d = route(bowtie, "a", "b", "c", "d")
    bowtie.do(stops.move_stops, [d, b], 0)
    assert titles(bowtie) == ["b", "d", "a", "c"]
    bowtie.do(stops.move_stops, [a], 99)
    assert titles(bowtie) == ["b", "d", "c", "a"]
    before = bowtie.store.revision
    bowtie.do(stops.move_stops, [b, d], 0)
    assert bowtie.store.revision == before, "where nothing moves, nothing is done"
    with pytest.raises(CommandError):
        bowtie.do(stops.move_stops, ["gone"], 0)
    assert c


def test_stops_with_one_key_can_be_put_in_order_too(bowtie: Bowtie) -> None:
    with bowtie.store.transaction("By hand") as tx:
        for id in ("st_1", "st_2", "st_3"):
            tx.put(Stop(id=id, title=id, diagram=bowtie.diagram))
    bowtie.do(stops.move_stops, ["st_3"], 1)
    assert titles(bowtie) == ["st_1", "st_3", "st_2"]
    bowtie.do(stops.add_stop, stops.Draft("new"), "st_1")
    assert titles(bowtie) == ["st_1", "new", "st_3", "st_2"]


def test_words_levels_and_view_are_changed_one_by_one(bowtie: Bowtie) -> None:
    (stop,) = route(bowtie, "a")
    bowtie.do(stops.retitle, stop, "  Why it\nmatters ")
    bowtie.do(stops.set_notes, stop, "Two lines\nof notes")
    bowtie.do(stops.set_levels, [stop], 2)
    assert there(bowtie.store.find(stop, Stop)).levels == 2
    bowtie.do(stops.update_from_view, stop, stops.View(bowtie.diagram, SEEN, 4, (bowtie.top,)))
    now = there(bowtie.store.find(stop, Stop))
    assert (now.title, now.notes, now.levels, now.camera, now.highlighted) == (
        "Why it matters", "Two lines\nof notes", 4, SEEN, (bowtie.top,),
    )  # fmt: skip
    with pytest.raises(CommandError):
        bowtie.do(stops.retitle, stop, "x" * 3_000)


def test_copies_stand_behind_their_originals_and_removal_leaves_what_is_shown(bowtie: Bowtie) -> None:
    a, b = route(bowtie, "a", "b")
    bowtie.do(stops.duplicate, [a, b])
    assert titles(bowtie) == ["a", "a", "b", "b"]
    bowtie.do(stops.remove, [a, b, "gone"])
    assert titles(bowtie) == ["a", "b"]
    assert bowtie.store.get(bowtie.diagram) is not None


def test_what_is_deleted_is_highlighted_no_longer_and_a_stop_goes_with_its_diagram(bowtie: Bowtie) -> None:
    other, _ = bowtie.do(new_diagram, "Other")
    view = stops.View(bowtie.diagram, None, 5, (bowtie.cause, bowtie.other))
    made, _ = bowtie.do(stops.from_view, view)
    bowtie.do(stops.from_view, stops.View(other))
    bowtie.do(delete_everywhere, [bowtie.cause])
    assert there(bowtie.store.find(made, Stop)).highlighted == (bowtie.other,)
    bowtie.do(delete_diagram, other)
    assert [stop.id for stop in stops_in_order(bowtie.store)] == [made]


def test_a_stop_that_names_nothing_shows_the_first_diagram_else_the_matrix(bowtie: Bowtie) -> None:
    made, _ = bowtie.do(stops.add_stop, stops.Draft("", shows="evidence"))
    stop = there(bowtie.store.find(made, Stop))
    assert shown_at(bowtie.store, stop).id == bowtie.diagram
    assert title_at(bowtie.store, stop) == "Main"
    bowtie.do(delete_diagram, bowtie.diagram)
    assert shown_at(bowtie.store, stop).shows == "matrix"
    assert title_at(bowtie.store, stop) == "Risk matrix"


def test_a_control_put_on_a_lit_line_is_lit_there_too(bowtie: Bowtie) -> None:
    ends = (bowtie.cause, bowtie.top, bowtie.line)
    whole, part, none = (
        bowtie.do(stops.add_stop, stops.Draft(name, bowtie.diagram, highlighted=lit))[0]
        for name, lit in (("whole", (*ends, bowtie.guard)), ("line", ends), ("cause", (bowtie.cause,)))
    )
    made, _ = bowtie.do(insert_control, bowtie.line, title="Second review")
    lit = {id: there(bowtie.store.find(id, Stop)).highlighted for id in (whole, part, none)}
    assert lit[whole] == (*ends, bowtie.guard, made)
    assert lit[part] == ends, "somebody left the control out that stood there; the new one is no other case"
    assert lit[none] == (bowtie.cause,)
    bowtie.store.undo()
    assert there(bowtie.store.find(whole, Stop)).highlighted == (*ends, bowtie.guard), "one step"
    bowtie.do(stops.add_stop, stops.Draft("bare", bowtie.diagram, highlighted=(bowtie.outcome,)))
    first, _ = bowtie.do(insert_control, bowtie.outcome, title="Sandbox")
    assert stops_in_order(bowtie.store)[-1].highlighted == (bowtie.outcome, first), "a line that was bare"

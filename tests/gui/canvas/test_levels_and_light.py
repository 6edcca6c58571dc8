"""Levels and light on the canvas one works on: nothing moves, what is meant is shown, and Esc puts the light out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.support import there
from workbench.canvas import accessible
from workbench.commands import connect, create, guards
from workbench.model.elements import Guard
from workbench.session.session import Lens


def build(pilot):
    with pilot.store.transaction("Build") as tx:
        hazard = create.create_on_diagram(tx, "diagram_1", "hazard", 0, -220, "Bias")
        top = create.create_on_diagram(tx, "diagram_1", "top_event", 0, 0, "Wrong answer")
        connect.connect(tx, hazard, top)
        one = create.create_on_diagram(tx, "diagram_1", "cause", -500, -60, "Data")
        two = create.create_on_diagram(tx, "diagram_1", "cause", -500, 60, "Prompt")
        end = create.create_on_diagram(tx, "diagram_1", "consequence", 500, 0, "Harm")
        line = connect.connect(tx, one, top)
        connect.connect(tx, two, top)
        connect.connect(tx, top, end)
        guard = guards.insert_control(tx, line, title="Review")
    pilot.turn()
    pilot.view.fit_at_once()
    pilot.turn()
    return {"hazard": hazard, "top": top, "one": one, "two": two, "end": end, "line": line, "guard": guard}


def drawn(pilot):
    picture = pilot.view.scene.picture
    return {*picture.nodes, *picture.bars, *picture.links}


def press(pilot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(pilot.view, key, modifiers)
    pilot.turn()


def test_a_level_hides_without_moving_and_hidden_things_cannot_be_hit_or_reached(pilot):
    ids = build(pilot)
    pose = pilot.view.camera.pose
    bar = pilot.view.scene.picture.bars[ids["guard"]]
    boxes = {id: node.box for id, node in pilot.view.scene.picture.nodes.items()}
    told: list[int] = []
    pilot.view.levels_changed.connect(told.append)
    pilot.view.set_levels(2)
    pilot.turn()
    assert pilot.view.camera.pose == pose
    assert {id: node.box for id, node in pilot.view.scene.picture.nodes.items()} == boxes
    assert ids["guard"] not in drawn(pilot)
    hit = there(pilot.view.scene.hit(bar.x, bar.y))
    assert (hit.part, hit.id) == ("link", ids["line"])
    assert ids["guard"] not in pilot.view.scene.neighbours(ids["one"])
    pilot.view.set_levels(1)
    assert {id for id in drawn(pilot) if id in pilot.store} == {ids["hazard"], ids["top"]}
    pilot.view.set_levels(5)
    assert ids["guard"] in drawn(pilot)
    assert told == [2, 1, 5]


def test_what_is_selected_or_made_raises_the_level_and_what_is_hidden_is_selected_no_longer(pilot):
    ids = build(pilot)
    pilot.view.set_levels(1)
    pilot.session.select([ids["one"]])
    pilot.turn()
    assert pilot.view.levels == 2
    assert any("Level of detail 2" in notice for notice in pilot.notices)
    pilot.session.select([ids["one"], ids["top"]])
    pilot.view.set_levels(1)
    assert pilot.session.selection == (ids["top"],)
    pilot.session.select([])
    pilot.view.create_at_cursor("cause")
    pilot.turn()
    assert pilot.view.levels == 2
    assert pilot.view.titles.editor is not None
    pilot.view.cancel()
    pilot.session.select([ids["line"]])
    pilot.view.insert_control()
    pilot.turn()
    assert pilot.view.levels == 3
    pilot.view.cancel()
    pilot.view.set_levels(1)
    pilot.view.reveal([there(pilot.store.find(ids["guard"], Guard)).control])
    assert pilot.view.levels == 3


def test_a_diagram_of_which_nothing_would_be_left_is_shown(pilot):
    with pilot.store.transaction("Build") as tx:
        cause = create.create_on_diagram(tx, "diagram_1", "cause", 0, 0, "Alone")
    pilot.turn()
    pilot.view.set_levels(1)
    pilot.turn()
    assert cause in drawn(pilot)
    assert pilot.view.levels == 2
    assert not pilot.view.hint.isVisible()
    pilot.view.set_levels(2)
    with pilot.store.transaction("Other") as tx:
        other = create.new_diagram(tx, "Other")
        control = create.create_on_diagram(tx, other, "control", 0, 0, "Free")
    pilot.session.set_diagram(other)
    pilot.turn()
    assert control in drawn(pilot), "on another diagram too"
    assert pilot.view.levels == 3


def test_dragging_at_a_level_shows_and_moves_what_is_shown_only(pilot):
    ids = build(pilot)
    pilot.view.set_levels(2)
    box = pilot.view.scene.picture.nodes[ids["one"]].box
    pilot.press(box.x, box.y)
    pilot.move(box.x - 80, box.y - 40)
    drag = pilot.view.sync.builder.preview({ids["one"]: (-80.0, -40.0)})
    assert ids["guard"] in drag[1], "its control would move too"
    assert not pilot.view._shown_part(*drag).bars
    pilot.release()
    pilot.turn()
    assert pilot.view.scene.picture.nodes[ids["one"]].box.x < box.x
    assert ids["guard"] not in drawn(pilot)
    pilot.view.set_levels(5)
    assert ids["guard"] in drawn(pilot)


def test_p_lights_one_pathway_after_the_other_and_escape_ends(pilot):
    ids = build(pilot)
    pilot.view.setFocus()
    box = pilot.view.scene.picture.nodes[ids["top"]].box
    pilot.hover(box.x, box.y)
    press(pilot, Qt.Key.Key_P)
    clear = there(pilot.view.artist.clear)
    assert {ids["one"], ids["top"], ids["end"], ids["guard"], ids["line"], ids["hazard"]} <= clear
    assert ids["two"] not in clear
    assert ids["line"] in pilot.view.artist.lit, "on a ribbon"
    assert "Pathway 1 of 2" in pilot.notices[-1]
    press(pilot, Qt.Key.Key_P)
    assert ids["two"] in there(pilot.view.artist.clear)
    assert ids["one"] not in there(pilot.view.artist.clear)
    press(pilot, Qt.Key.Key_P)
    assert ids["one"] in there(pilot.view.artist.clear), "after the last comes the first"
    press(pilot, Qt.Key.Key_Escape)
    assert pilot.view.artist.clear is None
    assert not pilot.view.artist.lit


def test_p_on_a_selected_element_begins_its_title_as_every_letter_does(pilot):
    ids = build(pilot)
    pilot.view.setFocus()
    pilot.session.select([ids["one"]])
    press(pilot, Qt.Key.Key_P)
    assert pilot.view.titles.editor is not None
    assert not pilot.view.lit
    pilot.view.cancel()
    pilot.view.light_pathway()
    assert ids["one"] in there(pilot.view.artist.clear)


def test_light_comes_before_a_lens_follows_edits_and_ends_with_the_diagram(pilot):
    ids = build(pilot)
    pilot.session.set_lens(Lens("Nothing", hazards=frozenset()))
    pilot.view.light({ids["one"]})
    assert there(pilot.view.artist.clear) == {ids["one"]}
    with pilot.store.transaction("Delete") as tx:
        tx.remove(ids["one"])
    pilot.turn()
    assert pilot.view.artist.clear == frozenset(), "the lens dims again"
    pilot.session.set_lens(None)
    pilot.view.light({ids["two"]})
    with pilot.store.transaction("New") as tx:
        other = create.new_diagram(tx, "Other")
    pilot.session.set_diagram(other)
    pilot.turn()
    assert pilot.view.artist.clear is None
    assert not pilot.view.lit


def test_from_far_away_another_light_leaves_the_same_picture_as_one_from_the_beginning(pilot):
    ids = build(pilot)
    pilot.view.set_zoom(0.1)
    pilot.view.light({ids["one"], ids["top"]})
    pilot.turn()
    pilot.view.viewport().grab()
    pilot.view.light({ids["two"], ids["top"], ids["guard"]})
    pilot.turn()
    stepped = pilot.view.viewport().grab().toImage()
    artist = pilot.view.artist
    artist.blocks_ready = False
    pilot.view.refresh()
    pilot.turn()
    assert pilot.view.viewport().grab().toImage() == stepped


def test_screen_readers_and_the_arrow_keys_know_only_what_is_shown(pilot):
    ids = build(pilot)
    accessible.install()
    reader = QAccessible.queryAccessibleInterface(pilot.view)
    every = reader.childCount()
    pilot.view.set_levels(2)
    pilot.turn()
    names = [reader.child(place).text(QAccessible.Text.Name) for place in range(reader.childCount())]
    assert len(names) < every
    assert not any("Review" in name for name in names)
    pilot.view.setFocus()
    pilot.session.select([ids["one"]])
    press(pilot, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert pilot.session.selection == (ids["top"],), "past the control that is hidden"
    assert pilot.view.levels == 2

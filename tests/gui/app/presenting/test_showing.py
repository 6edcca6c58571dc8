"""A presentation driven by keys alone: levels, light, blank screens, zoom, pointers, evidence."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.gui.app.presenting.person import CTRL, a_cause
from workbench.render.framing import READABLE

# how it looks


def test_levels_of_the_stop_and_by_keys(talk):
    view = talk.stage.view
    assert view.levels == 2
    assert not view.scene.picture.bars
    talk.key(Qt.Key.Key_BracketRight)
    assert view.levels == 3
    assert view.scene.picture.bars
    talk.key(Qt.Key.Key_1, CTRL)
    assert {node.kind for node in view.scene.picture.nodes.values()} == {"hazard", "top_event"}
    talk.key(Qt.Key.Key_Right)
    assert view.levels == 1
    talk.key(Qt.Key.Key_0, CTRL)
    assert view.levels == 5


def test_all_text_at_full_strength_can_be_read_or_the_stop_is_an_overview(talk):
    for index in range(2):
        talk.show.jump(index)
        talk.turn()
        seen = talk.stage.view.smallest_text() * talk.stage.view.camera.zoom
        assert talk.show.overview == (seen < 1080 * READABLE - 0.5)


def test_p_lights_one_pathway_and_brings_it_near_enough(free):
    cause = a_cause(free)
    free.select(cause)
    free.key(Qt.Key.Key_P)
    view = free.stage.view
    clear = view.artist.clear
    assert cause in clear
    kinds = {node.kind for id, node in view.scene.picture.nodes.items() if id in clear}
    assert {"cause", "top_event", "consequence"} <= kinds
    assert len([id for id in clear if view.scene.node(id) and view.scene.node(id).kind == "cause"]) == 1
    assert view.artist.lit & set(view.scene.picture.links)
    if not free.show.overview:
        assert view.smallest_text() * view.camera.zoom >= 1080 * READABLE - 0.5
    free.key(Qt.Key.Key_Escape)
    assert view.artist.clear is None


def test_p_with_nothing_selected_goes_through_every_pathway_in_view_and_puts_the_light_out(free):
    view = free.stage.view
    causes = {id for id, node in view.scene.picture.nodes.items() if node.kind == "cause"}
    lit: list[frozenset[str]] = []
    free.key(Qt.Key.Key_P)
    while view.artist.clear is not None and len(lit) < 100:
        lit.append(frozenset(view.artist.clear))
        free.key(Qt.Key.Key_P)
    assert len(lit) == len(set(lit)) > 1, "each pathway once"
    assert causes
    assert causes <= frozenset().union(*lit)


def test_resting_on_something_lights_its_pathway_until_the_pointer_goes(free):
    view = free.stage.view
    cause = a_cause(free)
    view.rested.emit(cause)
    assert cause in view.artist.clear
    view.rested.emit("")
    assert view.artist.clear is None


def test_back_to_the_view_of_the_stop_puts_light_and_card_away_with_it(free):
    view = free.stage.view
    free.select(a_cause(free))
    free.key(Qt.Key.Key_P)
    free.key(Qt.Key.Key_F)
    assert view.artist.clear is None
    assert not free.show.lit
    free.select(next(id for id, node in view.scene.picture.nodes.items() if node.badge is not None))
    free.key(Qt.Key.Key_O)
    free.key(Qt.Key.Key_F)
    assert not free.stage.strip.isVisible()
    assert not free.show.card


@pytest.mark.parametrize(("key", "colour"), [(Qt.Key.Key_B, "#000000"), (Qt.Key.Key_W, "#ffffff")])
def test_the_screen_can_be_blank(talk, key, colour):
    talk.key(key)
    middle = talk.audience.grab().toImage().pixelColor(960, 540)
    assert middle.name() == colour
    talk.key(key)
    assert not talk.audience.cover.isVisible()


def test_zooming_by_hand_falls_back_into_the_route(talk):
    view = talk.stage.view
    pose = view.camera.pose
    talk.key(Qt.Key.Key_Plus, CTRL)
    assert talk.show.away
    assert view.camera.zoom > pose[0]
    talk.key(Qt.Key.Key_F)
    assert view.camera.pose == pose
    talk.key(Qt.Key.Key_Plus, CTRL)
    talk.key(Qt.Key.Key_Escape)
    assert view.camera.pose == pose
    assert talk.window.is_presenting


def test_a_drag_moves_the_picture_and_changes_nothing_else(free):
    view = free.stage.view
    before, pose = free.store.revision, view.camera.pose
    box = view.scene.box(a_cause(free))
    x, y = view.camera.to_view(box.x, box.y)
    start = QPointF(x, y).toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPointF(60, 40).toPoint())
    free.turn()
    assert free.store.revision == before
    view.pan_by(30, 0)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPointF(60, 40).toPoint())
    assert view.camera.pose != pose
    assert free.store.revision == before


def test_dark_colours_are_a_choice_that_stays(talk):
    light = talk.audience.grab().toImage().pixelColor(5, 1075).lightness()
    talk.window.run_action("present.dark")
    talk.turn()
    dark = talk.audience.grab().toImage().pixelColor(5, 1075).lightness()
    assert light > 200
    assert dark < 80
    assert talk.window.dark_stage


# pointing


def test_laser_and_pen_are_seen_and_wiped_by_the_next_stop(talk):
    ink = talk.audience.ink
    talk.key(Qt.Key.Key_K)
    before = talk.audience.grab().toImage().pixelColor(330, 1000)
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, pos=QPointF(300, 1000).toPoint())
    ink.ink.draw((360 / 1080, 1000 / 1080))
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, pos=QPointF(360, 1000).toPoint())
    assert talk.audience.grab().toImage().pixelColor(330, 1000) != before
    talk.key(Qt.Key.Key_E)
    assert talk.audience.grab().toImage().pixelColor(330, 1000) == before
    talk.key(Qt.Key.Key_L)
    ink.ink.point((0.2, 0.9))
    assert talk.audience.grab().toImage().pixelColor(216, 972).red() > 200
    talk.key(Qt.Key.Key_L)
    assert not ink.ink.trail()


# evidence


def test_evidence_opens_as_a_card_over_the_foot_of_the_diagram(free):
    view = free.stage.view
    badged = next(id for id, node in view.scene.picture.nodes.items() if node.badge is not None)
    free.select(badged)
    whole = view.height()
    free.key(Qt.Key.Key_O)
    assert free.show.card
    assert free.stage.strip.isVisible()
    assert view.height() < whole
    assert free.stage.strip.smallest_text() >= 1080 * READABLE - 1
    for _ in range(9):
        if free.show.card:
            free.key(Qt.Key.Key_O)
    assert not free.show.card
    assert not free.stage.strip.isVisible()
    view.badge_activated.emit(badged)
    assert free.show.card
    free.key(Qt.Key.Key_Escape)
    assert not free.show.card


def test_what_has_no_evidence_says_so(free):
    view = free.stage.view
    bare = next(id for id, node in view.scene.picture.nodes.items() if node.kind == "consequence" and not node.badge)
    free.select(bare)
    free.key(Qt.Key.Key_O)
    assert "no evidence" in free.audience.notice.text()

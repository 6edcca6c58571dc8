"""Selecting, moving, duplicating, panning: what each gesture leaves behind, and what calling it off leaves."""

import pytest

from tests.unit.tools.driver import EditorDriver
from workbench.model.elements import Cause, Hazard


@pytest.fixture
def driver():
    return EditorDriver()


@pytest.fixture
def pair(driver):
    driver.a = driver.add("cause", 100, 100, "A")
    driver.b = driver.add("cause", 400, 100, "B")
    driver.before = driver.steps()
    return driver


def test_click_selects_and_click_on_empty_space_clears(pair):
    pair.click(100, 100)
    assert pair.session.selection == (pair.a,)
    pair.click(700, 700)
    assert pair.session.selection == ()


@pytest.mark.parametrize("key", ["shift", "ctrl"])
def test_click_with_a_modifier_adds_and_takes_away(pair, key):
    pair.click(100, 100)
    pair.hold(**{key: True}).click(400, 100)
    assert pair.session.selection == (pair.a, pair.b)
    pair.click(100, 100)
    assert pair.session.selection == (pair.b,)


def test_drag_previews_and_commits_once(pair):
    pair.press(100, 100).move(180, 140)
    assert pair.preview.moves == {pair.a: (180.0, 140.0)}
    assert pair.steps() == pair.before
    pair.release()
    assert pair.where(pair.a) == (180.0, 140.0)
    assert pair.steps() == pair.before + 1
    assert not pair.preview.moves


def test_a_press_that_hardly_travels_is_a_click(pair):
    pair.drag(100, 100, 102, 101)
    assert pair.where(pair.a) == (100.0, 100.0)
    assert pair.steps() == pair.before


def test_drag_moves_the_whole_selection(pair):
    pair.session.select([pair.a, pair.b])
    pair.drag(100, 100, 150, 120)
    assert pair.where(pair.a) == (150.0, 120.0)
    assert pair.where(pair.b) == (450.0, 120.0)
    assert pair.steps() == pair.before + 1


def test_shift_keeps_a_drag_to_one_axis(pair):
    pair.press(100, 100).hold(shift=True).move(180, 130).release()
    assert pair.where(pair.a) == (180.0, 100.0)


@pytest.mark.parametrize("key", ["ctrl", "alt"])
def test_ctrl_or_alt_drag_duplicates_and_selects_the_copy(pair, key):
    pair.click(100, 100)
    pair.press(100, 100).hold(**{key: True}).move(100, 300)
    assert pair.preview.copying
    pair.release()
    assert pair.where(pair.a) == (100.0, 100.0)
    assert pair.count(Cause) == 3
    assert pair.where(pair.session.selection[0]) == (100.0, 300.0)


def test_a_modifier_pressed_during_the_drag_counts_at_once(pair):
    pair.press(100, 100).move(100, 300)
    pair.machine.key(pair_key("Control", ctrl=True))
    assert pair.preview.copying
    pair.machine.key(pair_key("Control", up=True))
    assert not pair.preview.copying


def pair_key(name, **held):
    from workbench.tools.events import KeyEvent

    return KeyEvent(name, **held)


def test_snapping_to_the_grid_and_to_neighbours_with_guides():
    driver = EditorDriver(snapping=True)
    one = driver.add("cause", 96, 104)
    driver.add("cause", 400, 320)
    driver.drag(96, 104, 131, 155)
    assert driver.where(one) == (128.0, 152.0)
    driver.press(128, 152).move(128 + 3, 152 + 166)
    assert driver.preview.guides
    driver.release()
    assert driver.where(one)[1] == 320.0


def test_holding_s_lets_go_of_the_grid():
    driver = EditorDriver(snapping=True)
    one = driver.add("cause", 96, 104)
    driver.press(96, 104).move(131, 155)
    driver.machine.key(pair_key("s"))
    driver.move(131, 155).release()
    assert driver.where(one) == (131.0, 155.0)


def test_rubber_band_takes_what_lies_wholly_inside(pair):
    pair.press(-50, -50).move(300, 200)
    assert pair.session.selection == (pair.a,)
    assert pair.preview.band == (-50.0, -50.0, 300.0, 200.0)
    pair.release()
    assert pair.session.selection == (pair.a,)
    assert pair.preview.band is None


def test_rubber_band_with_shift_adds(pair):
    pair.click(400, 100)
    pair.hold(shift=True).press(-50, -50).move(300, 200).release()
    assert set(pair.session.selection) == {pair.a, pair.b}


def test_double_click_on_empty_space_asks_and_makes(driver):
    driver.double(300, 200)
    kinds, at, chosen = driver.asked[0]
    assert "hazard" in kinds
    assert at == (300.0, 200.0)
    chosen("hazard")
    made = next(iter(driver.store.all(Hazard)))
    assert driver.where(made.id) == (300.0, 200.0)
    assert driver.edits == [(made.id, None)]


def test_double_click_on_an_element_edits_its_title(pair):
    pair.double(100, 100)
    assert pair.edits == [(pair.a, None)]


@pytest.mark.parametrize(("button", "space"), [("middle", False), ("left", True)])
def test_panning_by_middle_button_and_by_space(pair, button, space):
    pair.hold(space=space).press(100, 100, button).move(150, 120).release()
    assert sum(dx for dx, _ in pair.pans) == 50
    assert sum(dy for _, dy in pair.pans) == 20
    assert pair.where(pair.a) == (100.0, 100.0)


def test_right_click_opens_the_menu_and_selects_what_is_there(pair):
    pair.click(400, 100, "right")
    assert len(pair.menus) == 1
    assert pair.session.selection == (pair.b,)


def test_right_drag_pans_and_opens_no_menu(pair):
    pair.press(400, 100, "right").move(460, 100).release()
    assert pair.menus == []
    assert sum(dx for dx, _ in pair.pans) == 60


def test_resizing_by_a_corner_keeps_the_opposite_one(pair):
    pair.click(100, 100)
    box = pair.box(pair.a)
    pair.drag(box.right, box.bottom, box.right + 40, box.bottom + 24)
    new = pair.box(pair.a)
    assert (new.left, new.top) == (box.left, box.top)
    assert (new.w, new.h) == (box.w + 40, box.h + 24)
    assert pair.steps() == pair.before + 1


def test_esc_calls_off_every_drag(pair):
    pair.press(100, 100).move(200, 200)
    pair.key("Escape")
    assert not pair.preview.moves
    pair.release()
    assert pair.where(pair.a) == (100.0, 100.0)
    assert pair.steps() == pair.before


def test_esc_at_rest_clears_the_selection_and_then_is_not_used(pair):
    pair.click(100, 100)
    assert pair.key("Escape")
    assert pair.session.selection == ()
    assert not pair.key("Escape")


def test_undo_during_a_drag_calls_it_off(pair):
    pair.press(100, 100).move(200, 200)
    pair.store.undo()
    assert not pair.machine.busy
    assert not pair.preview.moves
    pair.release()
    assert pair.where(pair.a) == (100.0, 100.0)


def test_removing_what_is_dragged_calls_the_drag_off(pair):
    pair.press(100, 100).move(200, 200)
    with pair.store.transaction("elsewhere") as tx:
        tx.remove(pair.a)
    assert not pair.machine.busy
    pair.release()
    assert pair.where(pair.a) is None


def test_a_change_elsewhere_leaves_a_drag_alone(pair):
    pair.press(100, 100).move(200, 200)
    with pair.store.transaction("elsewhere") as tx:
        tx.remove(pair.b)
    assert pair.machine.busy
    pair.release()
    assert pair.where(pair.a) == (200.0, 200.0)


def test_a_read_only_document_says_why_and_stays(pair):
    pair.store.read_only = "Made by a newer version."
    pair.drag(100, 100, 200, 200)
    assert pair.where(pair.a) == (100.0, 100.0)
    assert pair.notices == ["Made by a newer version."]


def test_a_place_beyond_the_bounds_is_held_back(pair):
    pair.press(100, 100).move(5e9, 100).release()
    assert pair.where(pair.a) == (1_000_000.0, 100.0)

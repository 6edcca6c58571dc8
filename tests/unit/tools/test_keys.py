"""The keyboard on the canvas."""

import pytest

from tests.unit.tools.driver import EditorDriver
from workbench.model.elements import Cause, Hazard


@pytest.fixture
def driver():
    return EditorDriver()


def test_arrows_nudge_by_a_grid_step_in_one_step_of_undo(driver):
    one = driver.add("cause", 104, 104)
    driver.session.select([one])
    before = driver.steps()
    for _ in range(3):
        assert driver.key("Right")
    driver.key("Down", shift=True)
    driver.key("Left", shift=True, alt=True)
    assert driver.where(one) == (104 + 24 - 1, 104 + 80)
    assert driver.steps() == before + 1
    driver.store.undo()
    assert driver.where(one) == (104, 104)


def test_arrow_nudges_a_control_along_its_line(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 600, 100)
    guard = driver.guard(driver.link(cause, top), "A")
    driver.session.select([guard])
    x = driver.bar(guard)[0]
    driver.key("Left")
    assert driver.bar(guard)[0] == pytest.approx(x - 8)


def test_arrows_without_a_selection_are_not_used(driver):
    driver.add("cause", 100, 100)
    assert not driver.key("Right")


def test_alt_arrow_walks_the_graph(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 600, 100)
    out = driver.add("consequence", 1100, 100)
    guard = driver.guard(driver.link(cause, top), "A")
    driver.link(top, out)
    driver.session.select([cause])
    for expected in (guard, top, out):
        driver.key("Right", alt=True)
        assert driver.session.selection == (expected,)
    driver.key("Left", alt=True)
    assert driver.session.selection == (top,)


def test_alt_arrow_without_a_selection_starts_at_the_centre(driver):
    driver.add("cause", 100, 100)
    top = driver.add("top_event", 600, 100)
    assert driver.key("Right", alt=True)
    assert driver.session.selection == (top,)


def test_ctrl_arrow_makes_a_linked_element_beside(driver):
    top = driver.add("top_event", 600, 300)
    driver.session.select([top])
    assert driver.key("Left", ctrl=True)
    kinds, _, chosen = driver.asked[0]
    assert kinds[0] == "cause"
    chosen("cause")
    (cause,) = driver.store.all(Cause)
    assert driver.links() == [(cause.id, top)]
    assert driver.where(cause.id)[0] < 600
    assert driver.edits[-1] == (cause.id, None)


def test_ctrl_down_on_a_cause_makes_a_sibling_in_free_room(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 600, 100)
    driver.link(cause, top)
    driver.session.select([cause])
    driver.key("Down", ctrl=True)
    second = driver.session.selection[0]
    driver.session.select([cause])
    driver.key("Down", ctrl=True)
    third = driver.session.selection[0]
    assert set(driver.links()) == {(cause, top), (second, top), (third, top)}
    assert driver.where(second)[1] < driver.where(third)[1]


def test_ctrl_right_on_a_bar_puts_a_control_behind_it(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 700, 100)
    line = driver.link(cause, top)
    first, last = driver.guard(line, "A"), driver.guard(line, "B")
    driver.session.select([first])
    driver.key("Right", ctrl=True)
    assert driver.guards_on(line) == [first, driver.session.selection[0], last]
    driver.session.select([first])
    driver.key("Left", ctrl=True)
    assert driver.guards_on(line)[0] == driver.session.selection[0]


def test_ctrl_down_on_a_bar_hangs_a_factor(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 700, 100)
    guard = driver.guard(driver.link(cause, top), "A")
    driver.session.select([guard])
    driver.key("Down", ctrl=True)
    assert len(driver.scene.hanging_on(guard)) == 1


def test_letter_makes_its_kind_where_the_pointer_is(driver):
    driver.at = (240.0, 160.0)
    assert driver.key("h", "h")
    (hazard,) = driver.store.all(Hazard)
    assert driver.where(hazard.id) == (240.0, 160.0)
    assert driver.edits == [(hazard.id, None)]


def test_just_typing_edits_what_is_selected(driver):
    one = driver.add("cause", 100, 100, "Old")
    driver.session.select([one])
    assert driver.key("h", "h")
    assert driver.edits == [(one, "h")]
    assert driver.count(Hazard) == 0


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzS1é")
def test_every_letter_begins_a_title_after_a_click(driver, letter):
    one = driver.add("cause", 100, 100, "Old")
    driver.click(100, 100).move(101, 101)
    assert driver.session.selection == (one,)
    assert driver.key(letter.lower(), letter)
    assert driver.edits == [(one, letter)]


def test_s_held_on_after_a_drag_begins_no_title_until_it_is_let_go(driver):
    one = driver.add("cause", 100, 100, "Old")
    driver.press(100, 100).move(160, 160)
    driver.key("s", "s")
    driver.release()
    assert driver.key("s", "s")  # the keyboard repeats it
    assert driver.edits == []
    driver.key("s", "s", up=True)
    assert not driver.machine.snap_off
    driver.key("s", "s")
    assert driver.edits == [(one, "s")]


@pytest.mark.parametrize("key", ["F2", "Return", "Enter"])
def test_f2_and_enter_edit(driver, key):
    one = driver.add("cause", 100, 100)
    driver.session.select([one])
    assert driver.key(key)
    assert driver.edits == [(one, None)]


def test_ctrl_letters_are_left_to_the_menus(driver):
    one = driver.add("cause", 100, 100)
    driver.session.select([one])
    assert not driver.key("c", "c", ctrl=True)
    assert driver.edits == []


def test_unknown_letters_without_a_selection_are_not_used(driver):
    assert not driver.key("x", "x")

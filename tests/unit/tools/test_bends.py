"""Bending lines by pointer and keys."""

import pytest

from tests.support import there
from tests.unit.tools.driver import DIAGRAM, EditorDriver
from workbench.layout.geometry import nearest_on_path
from workbench.model.drawing import Route
from workbench.model.ids import derived_id
from workbench.tools import bend_states
from workbench.tools.preview import NOTHING


class Bender(EditorDriver):
    """A cause and a consequence far apart; between them hazard and line, straight at the height of 200."""

    def __init__(self, **options):
        super().__init__(**options)
        self.cause = self.add("cause", 100, 200, "One")
        self.gate = self.add("gate", 900, 200)
        self.line = self.link(self.cause, self.gate)
        self.session.select((self.line,))

    def points(self):
        route = self.store.find(derived_id("route", DIAGRAM, self.line), Route)
        return route.points if route is not None else ()

    def middle(self, part=0):
        path = there(self.scene.link(self.line)).path
        (ax, ay), (bx, by) = path[part], path[part + 1]
        return (ax + bx) / 2, (ay + by) / 2


@pytest.fixture
def driver():
    return Bender()


def test_drawing_out_the_middle_bends_the_line_once_on_release(driver):
    steps = driver.steps()
    driver.press(*driver.middle()).move(500, 320)
    assert driver.preview.bend == (driver.line, ((500.0, 320.0),))
    assert driver.points() == ()
    assert driver.steps() == steps
    driver.release()
    assert driver.points() == ((500.0, 320.0),)
    assert driver.steps() == steps + 1
    assert driver.scene.link(driver.line).path[1] == (500.0, 320.0)
    assert driver.preview is NOTHING
    driver.store.undo()
    assert driver.points() == ()


def test_a_click_on_the_middle_changes_nothing(driver):
    steps = driver.steps()
    driver.click(*driver.middle())
    assert driver.points() == ()
    assert driver.steps() == steps
    assert driver.session.selection == (driver.line,)


def test_a_bend_is_moved_and_further_ones_are_drawn_out_on_either_side(driver):
    driver.drag(*driver.middle(), 500, 320)
    driver.drag(500, 320, 480, 360)
    assert driver.points() == ((480.0, 360.0),)
    driver.drag(*driver.middle(1), 700, 380)
    driver.drag(*driver.middle(0), 300, 350)
    assert driver.points() == ((300.0, 350.0), (480.0, 360.0), (700.0, 380.0))


def test_esc_and_undo_end_the_drag_and_leave_the_line(driver):
    for end in (lambda: driver.key("Escape"), driver.store.undo):
        driver.add("note", 100, 600)
        driver.session.select((driver.line,))
        driver.press(*driver.middle()).move(500, 400)
        end()
        assert not driver.machine.busy
        driver.release()
        assert driver.points() == ()


def test_deleting_an_end_meanwhile_ends_the_drag(driver):
    driver.press(*driver.middle()).move(500, 400)
    with driver.store.transaction("Away") as tx:
        tx.remove(driver.gate)
    assert not driver.machine.busy
    assert driver.preview is NOTHING
    driver.release()


def test_a_bend_dropped_on_its_neighbour_or_back_on_the_line_is_gone(driver):
    driver.drag(*driver.middle(), 500, 320)
    driver.drag(*driver.middle(1), 700, 400)
    driver.press(700, 400).move(503, 322)
    assert "remove" in driver.preview.tip
    driver.release()
    assert driver.points() == ((500.0, 320.0),)
    driver.drag(500, 320, 480, 201)
    assert driver.points() == ()
    assert driver.store.find(derived_id("route", DIAGRAM, driver.line), Route) is None


def test_double_click_on_a_bend_removes_it(driver):
    driver.drag(*driver.middle(), 500, 320)
    driver.double(500, 320)
    assert driver.points() == ()


def test_bends_snap_to_their_neighbours_and_the_grid():
    driver = Bender(snapping=True)
    x, y = driver.middle()
    driver.drag(x, y, 501, 323)
    assert driver.points() == ((504.0, 320.0),)
    x, y = driver.middle(1)
    driver.drag(x, y, 600, 317)
    assert driver.points()[1][1] == 320.0, "level with the bend before it"


def test_controls_stay_on_the_bent_line(driver):
    guards = [driver.guard(driver.line, name) for name in ("First", "Second")]
    driver.session.select((driver.line,))
    at = driver.scene.standing_on(driver.line)
    assert len(at) == 2
    handles = [(x, 200.0) for x in range(190, 880, 2) if getattr(driver.hit(x, 200.0), "part", "") == "mid"]
    assert handles
    assert all(abs(x - bx) > 20 for x, _ in handles for bx, _ in at), "no handle lies on a control"
    driver.drag(*handles[0], handles[0][0], 330)
    path = driver.scene.link(driver.line).path
    assert len(path) == 3
    for guard in guards:
        assert nearest_on_path(path, driver.bar(guard))[0] < 0.01
    assert driver.guards_on(driver.line) == guards


def test_a_bow_tie_line_keeps_its_knee():
    driver = EditorDriver()
    top = driver.add("top_event", 800, 400, "Top")
    cause = driver.add("cause", 100, 100, "One")
    with driver.store.transaction("focus") as tx:
        tx.patch(DIAGRAM, focus=top)
    line = driver.link(cause, top)
    driver.session.select((line,))
    path = there(driver.scene.link(line)).path
    knee = path[1]
    start = ((path[0][0] + knee[0]) / 2, path[0][1])
    driver.drag(*start, start[0], 40)
    assert there(driver.scene.link(line)).path[1:3] == ((start[0], 40.0), knee)


def test_keys_add_move_and_remove_a_bend(driver):
    assert bend_states.add_bend(driver, driver.line)
    assert len(driver.points()) == 1
    (x, y), steps = driver.points()[0], driver.steps()
    assert y != 200.0
    driver.key("Down")
    driver.key("Down")
    driver.key("Right")
    assert driver.points() == ((x + 8, y + 16),)
    assert driver.steps() == steps + 1, "nudges are one step"
    assert bend_states.remove_bend(driver)
    assert driver.points() == ()
    assert not bend_states.remove_bend(driver)


def test_the_bend_in_hand_is_let_go_by_esc_or_another_selection(driver):
    bend_states.add_bend(driver, driver.line)
    assert driver.key("Escape")
    assert driver.session.selection == (driver.line,)
    assert not bend_states.remove_bend(driver)
    driver.click(*driver.points()[0])
    driver.session.select((driver.cause,))
    assert not bend_states.remove_bend(driver)
    before = driver.where(driver.cause)
    driver.key("Right")
    assert driver.where(driver.cause) != before


def test_stems_have_no_bends(driver):
    guard = driver.guard(driver.line, "Guarded")
    from workbench.commands import guards as commands
    from workbench.model.elements import Link

    with driver.store.transaction("hang") as tx:
        factor = commands.hang_factor(tx, DIAGRAM, guard)
    stem = next(iter(driver.store.referrers(factor, Link, "source")))
    driver.session.select((stem.id,))
    path = driver.scene.link(stem.id).path
    at = ((path[0][0] + path[-1][0]) / 2, (path[0][1] + path[-1][1]) / 2)
    assert getattr(driver.hit(*at), "part", "") not in ("mid", "bend")

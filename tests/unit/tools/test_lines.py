"""Links and controls on them, by pointer."""

import pytest

from tests.unit.tools.driver import EditorDriver, control_of
from workbench.canvas.handles import link_handles
from workbench.commands import guards
from workbench.model.elements import Control, DegradationFactor, Guard, Link


@pytest.fixture
def driver():
    return EditorDriver()


@pytest.fixture
def tie(driver):
    """A hazard's top event with two causes left and a consequence right."""
    driver.top = driver.add("top_event", 600, 200, "Top")
    driver.c1 = driver.add("cause", 100, 100, "One")
    driver.c2 = driver.add("cause", 100, 300, "Two")
    driver.out = driver.add("consequence", 1100, 200, "Out")
    driver.l1 = driver.link(driver.c1, driver.top)
    driver.l2 = driver.link(driver.c2, driver.top)
    driver.l3 = driver.link(driver.top, driver.out)
    return driver


def handle(driver, id, side):
    """Hover the element, then give the place of its handle."""
    box = driver.box(id)
    driver.at = (box.x, box.y)
    driver.machine.move(driver._event())
    if driver.scene.bar(id) is not None:
        return link_handles(driver.scene, id, driver.camera)[side]
    return {"e": (box.right, box.y), "w": (box.left, box.y), "s": (box.x, box.bottom), "n": (box.x, box.top)}[side]


def test_handle_to_node_links(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 500, 100)
    driver.press(*handle(driver, cause, "e")).move(500, 100)
    assert driver.preview.target.legal
    driver.release()
    assert driver.links() == [(cause, top)]


def test_a_link_drawn_backwards_runs_the_legal_way(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 500, 100)
    driver.press(*handle(driver, top, "w")).move(100, 100).release()
    assert driver.links() == [(cause, top)]


def test_an_illegal_target_is_refused_with_its_reason(driver):
    cause, out = driver.add("cause", 100, 100), driver.add("consequence", 500, 100)
    driver.press(*handle(driver, cause, "e")).move(500, 100)
    assert driver.preview.target.id == out
    assert not driver.preview.target.legal
    assert "Cause cannot lead to consequence" in driver.preview.tip
    assert driver.cursor == "forbidden"
    driver.release()
    assert driver.links() == []
    assert "Cause cannot lead to consequence" in driver.notices[0]


def test_handle_into_empty_space_offers_only_what_may_be_linked(driver):
    top = driver.add("top_event", 500, 300)
    driver.press(*handle(driver, top, "e")).move(800, 300).release()
    kinds, at, chosen = driver.asked[0]
    assert kinds[0] == "consequence"
    assert "cause" not in kinds
    assert "control" not in kinds
    chosen("consequence")
    made = driver.session.selection[0]
    assert driver.where(made) == at
    assert driver.links() == [(top, made)]


def test_to_the_left_of_a_top_event_a_cause_comes_first(driver):
    top = driver.add("top_event", 500, 300)
    driver.press(*handle(driver, top, "w")).move(100, 300).release()
    kinds, _, chosen = driver.asked[0]
    assert kinds[0] == "cause"
    chosen("cause")
    assert driver.links() == [(driver.session.selection[0], top)]


def test_connect_tool_links_by_two_clicks(driver):
    cause, top = driver.add("cause", 100, 100), driver.add("top_event", 500, 100)
    driver.machine.use("connect")
    driver.click(100, 100).move(500, 100).click(500, 100)
    assert driver.links() == [(cause, top)]
    assert driver.machine.tool == "connect"
    driver.key("Escape")
    assert driver.machine.tool == "select"


def test_an_armed_control_clicked_on_a_line_is_put_there_in_order(tie):
    tie.machine.use("place", "control")
    tie.click(300, 100)
    first = tie.session.selection[0]
    tie.machine.use("place", "control")
    tie.click(260, 100)
    second = tie.session.selection[0]
    assert tie.guards_on(tie.l1) == [second, first]
    assert tie.bar(first) == pytest.approx((300, 100), abs=1)
    assert tie.bar(second) == pytest.approx((260, 100), abs=1)


def test_order_on_a_line_out_of_the_top_event(tie):
    for x in (900, 800):
        tie.machine.use("place", "control")
        tie.click(x, 200)
    ordered = tie.guards_on(tie.l3)
    assert tie.bar(ordered[0])[0] < tie.bar(ordered[1])[0]


@pytest.mark.parametrize(("line", "x"), [("l1", 175), ("l3", 1020)])
def test_a_control_dropped_beside_an_element_keeps_its_label_clear_of_it(tie, line, x):
    outer = tie.c1 if line == "l1" else tie.out
    tie.machine.use("place", "control")
    tie.click(x, 100 if line == "l1" else 200)
    (guard,) = tie.guards_on(getattr(tie, line))
    box, (bar, _) = tie.box(outer), tie.bar(guard)
    assert abs(bar - box.x) >= box.w / 2 + 54 + 10 - 0.01


def test_between_an_element_and_a_control_beside_it_there_is_still_room(tie):
    inner = tie.guard(tie.l1, "A")
    with tie.store.transaction("x") as tx:
        guards.set_station(tx, "diagram_1", inner, 60.0)
    at = tie.bar(inner)
    tie.machine.use("place", "control")
    tie.click(at[0] - 30, at[1])
    assert tie.guards_on(tie.l1)[1] == inner
    assert tie.bar(inner) == pytest.approx(at, abs=1)


def test_control_dragged_along_its_line_changes_its_order(tie):
    first, second = tie.guard(tie.l1, "A"), tie.guard(tie.l1, "B")
    x1, y1 = tie.bar(first)
    x2, _ = tie.bar(second)
    tie.press(x1, y1).move(x2 + 40, y1)
    assert tie.preview.drop.link == tie.l1
    assert tie.preview.drop.index == 1
    tie.release()
    assert tie.guards_on(tie.l1) == [second, first]
    assert tie.bar(first)[0] > tie.bar(second)[0]


def test_control_stays_on_the_line_when_the_cause_moves(tie):
    guard = tie.guard(tie.l1, "A")
    tie.drag(100, 100, 100, 40)
    assert tie.bar(guard)[1] == pytest.approx(40)


def test_control_dragged_to_another_line_moves_there(tie):
    guard = tie.guard(tie.l1, "A")
    tie.press(*tie.bar(guard)).move(300, 300).release()
    assert tie.guards_on(tie.l1) == []
    assert tie.guards_on(tie.l2) == [guard]


@pytest.mark.parametrize("key", ["ctrl", "alt"])
def test_control_dragged_with_ctrl_guards_both_lines(tie, key):
    guard = tie.guard(tie.l1, "A")
    tie.press(*tie.bar(guard)).hold(**{key: True}).move(300, 300).release()
    assert tie.guards_on(tie.l1) == [guard]
    (twin,) = tie.guards_on(tie.l2)
    assert control_of(tie, twin) == control_of(tie, guard)
    assert tie.count(Control) == 1


def test_control_let_go_off_any_line_goes_back_and_says_so(tie):
    guard = tie.guard(tie.l1, "A")
    place, steps = tie.bar(guard), tie.steps()
    tie.press(*place).move(300, 600).release()
    assert tie.bar(guard) == place
    assert tie.steps() == steps
    assert "stays on its line" in tie.notices[0]


def test_control_that_stands_there_already_is_refused(tie):
    guard = tie.guard(tie.l1, "A")
    tie.guard(tie.l2, control=control_of(tie, guard))
    tie.press(*tie.bar(guard)).move(300, 300)
    assert "already" in tie.preview.tip
    tie.release()
    assert tie.guards_on(tie.l1) == [guard]


def test_free_control_dropped_on_a_line_is_put_there(tie):
    control = tie.add("control", 300, 600, "Free")
    tie.press(300, 600).move(300, 100).release()
    (guard,) = tie.guards_on(tie.l1)
    assert control_of(tie, guard) == control
    assert tie.where(control) is None


def test_factor_from_the_handle_of_a_bar(tie):
    guard = tie.guard(tie.l1, "A")
    x, y = handle(tie, guard, "s")
    tie.press(x, y).move(x, y + 90).release()
    (factor,) = tie.store.all(DegradationFactor)
    assert tie.scene.hanging_on(guard) == [factor.id]
    assert tie.edits == [(factor.id, None)]


def test_factor_armed_and_clicked_on_a_bar_hangs_there(tie):
    guard = tie.guard(tie.l1, "A")
    tie.machine.use("place", "degradation_factor")
    tie.click(*tie.bar(guard))
    assert len(tie.scene.hanging_on(guard)) == 1


def test_free_factor_dropped_on_a_bar_hangs_there(tie):
    guard = tie.guard(tie.l1, "A")
    factor = tie.add("degradation_factor", 300, 600)
    x, y = tie.bar(guard)
    tie.press(300, 600).move(x, y).release()
    assert tie.scene.hanging_on(guard) == [factor]


def test_hanging_factor_moves_relative_to_its_bar(tie):
    guard = tie.guard(tie.l1, "A")
    x, y = handle(tie, guard, "s")
    tie.press(x, y).move(x, y + 90).release()
    factor = tie.scene.hanging_on(guard)[0]
    box = tie.box(factor)
    tie.drag(box.x, box.y, box.x + 30, box.y + 16)
    assert tie.box(factor).x == pytest.approx(box.x + 30)
    assert tie.box(factor).y == pytest.approx(box.y + 16)


def test_degradation_control_on_the_stem(tie):
    guard = tie.guard(tie.l1, "A")
    x, y = handle(tie, guard, "s")
    tie.press(x, y).move(x, y + 90).release()
    (stem,) = [link for link in tie.store.all(Link) if link.kind == "degrades"]
    path = tie.scene.link(stem.id).path
    tie.machine.use("place", "control")
    tie.click((path[0][0] + path[-1][0]) / 2, (path[0][1] + path[-1][1]) / 2)
    assert len(tie.guards_on(stem.id)) == 1


def test_undo_during_a_bar_drag_calls_it_off(tie):
    guard = tie.guard(tie.l1, "A")
    x, y = tie.bar(guard)
    tie.press(x, y).move(300, 300)
    tie.store.undo()
    assert not tie.machine.busy
    tie.release()
    assert tie.count(Guard) == 0


def test_removing_the_line_during_a_bar_drag_calls_it_off(tie):
    guard = tie.guard(tie.l1, "A")
    tie.press(*tie.bar(guard)).move(300, 150)
    with tie.store.transaction("x") as tx:
        tx.remove(tie.l1)
    assert not tie.machine.busy
    tie.release()


def test_double_click_on_a_line_inserts_a_control_there(tie):
    tie.double(300, 100)
    (guard,) = tie.guards_on(tie.l1)
    assert tie.bar(guard)[0] == pytest.approx(300, abs=1)
    assert tie.edits == [(guard, None)]


STATES = {
    "pressing": lambda t: t.press(100, 100),
    "moving": lambda t: t.press(100, 100).move(160, 160),
    "banding": lambda t: t.press(-90, -90).move(50, 500),
    "panning": lambda t: t.press(-90, -90, "middle").move(50, 500),
    "right_pressing": lambda t: t.press(100, 100, "right"),
    "moving_bar": lambda t: t.press(*t.bar(t.g)).move(300, 300),
    "linking": lambda t: t.press(*handle(t, t.c1, "n")).move(300, 600),
    "resizing": lambda t: t.click(100, 100).press(t.box(t.c1).right, t.box(t.c1).bottom).move(300, 300),
    "wiring": lambda t: (t.machine.use("connect"), t.press(100, 100).move(300, 600)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("end", ["escape", "undo", "remove all", "another diagram's change"])
def test_every_state_survives_every_interruption(tie, state, end):
    tie.g = tie.guard(tie.l1, "A")
    STATES[state](tie)
    assert tie.machine.state.id == state
    before = tie.links(), tie.where(tie.c2)
    if end == "escape":
        tie.key("Escape")
    elif end == "undo":
        tie.store.undo()
    elif end == "remove all":
        with tie.store.transaction("x") as tx:
            for id in (tie.c1, tie.c2, tie.top, tie.out, control_of(tie, tie.g)):
                tx.remove(id)
    else:
        with tie.store.transaction("x") as tx:
            tx.patch(tie.c2, title="Renamed")
    if end in ("escape", "undo"):
        assert not tie.machine.busy
        assert (tie.links(), tie.where(tie.c2)) == before
    tie.release()
    tie.machine.call_off()
    assert not tie.machine.busy
    assert tie.preview.band is None
    assert not tie.preview.moves


@pytest.mark.parametrize("dx", [-60, 0, 60])
def test_below_a_hazard_its_top_event_comes_first(driver, dx):
    hazard = driver.add("hazard", 500, 100)
    driver.press(*handle(driver, hazard, "s")).move(500 + dx, 400).release()
    kinds, _, chosen = driver.asked[0]
    assert kinds[0] == "top_event"
    chosen("top_event")
    assert driver.store.get(driver.session.selection[0]).hazard == hazard


def test_above_a_top_event_its_hazard_comes_first(driver):
    top = driver.add("top_event", 500, 500)
    driver.press(*handle(driver, top, "n")).move(510, 100).release()
    kinds, _, chosen = driver.asked[0]
    assert kinds[0] == "hazard"
    chosen("hazard")
    assert driver.store.get(top).hazard == driver.session.selection[0]


def test_above_a_top_event_with_a_hazard_no_second_one_is_offered(driver):
    top = driver.add("top_event", 500, 500)
    hazard = driver.add("hazard", 500, 100)
    driver.link(hazard, top)
    driver.press(*handle(driver, top, "n")).move(620, 400).release()
    assert "hazard" not in driver.asked[0][0]

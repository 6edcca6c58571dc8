"""Every gesture by real events on a real widget."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from workbench.canvas.chooser import KindChooser
from workbench.canvas.handles import link_handles
from workbench.commands.guards import guards_of
from workbench.model.elements import Cause, Consequence, Control, DegradationFactor, Guard, Hazard, Link

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


def wheel(pilot, x, y, notches, keys=Qt.KeyboardModifier.NoModifier):
    at = QPointF(pilot.px(x, y))
    event = QWheelEvent(
        at,
        pilot.view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, notches * 120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pilot.view.viewport(), event)
    pilot.turn()


def test_press_h_on_an_empty_diagram_and_type_the_title(pilot):
    assert pilot.view.hint.isVisible()
    pilot.key(Qt.Key.Key_H)
    (hazard,) = pilot.all(Hazard)
    assert not pilot.view.hint.isVisible()
    pilot.type("Unsafe code")
    pilot.key(Qt.Key.Key_Return)
    assert pilot.title(hazard.id) == "Unsafe code"
    assert pilot.view.titles.editor is None
    assert pilot.view.hasFocus()


def test_the_button_of_the_empty_diagram(pilot, qtbot):
    qtbot.mouseClick(pilot.view.hint.button, Qt.MouseButton.LeftButton)
    assert len(pilot.all(Hazard)) == 1


def test_double_click_asks_and_a_letter_answers(pilot):
    pilot.double(200, 200)
    assert isinstance(pilot.popup, KindChooser)
    pilot.key(Qt.Key.Key_C)
    (cause,) = pilot.all(Cause)
    assert pilot.where(cause.id) == pytest.approx((200, 200), abs=1)
    assert pilot.view.titles.editor is not None


def test_the_chooser_answers_to_the_mouse_and_to_esc(pilot):
    pilot.double(200, 200)
    pilot.key(Qt.Key.Key_Escape)
    assert pilot.popup is None
    pilot.double(200, 200)
    (chooser,) = pilot.popups()
    item = chooser.list.item(0)
    QTest.mouseClick(
        chooser.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        chooser.list.visualItemRect(item).center(),
    )
    pilot.turn()
    assert len(pilot.all(Hazard)) == 1


def test_drag_moves_and_undo_takes_it_back(tie):
    tie.drag(60, 100, 100, 130)
    assert tie.where(tie.c1) == (100, 130)
    tie.store.undo()
    tie.turn()
    assert tie.where(tie.c1) == (60, 100)
    assert tie.view.scene.box(tie.c1).x == 60


def test_ctrl_drag_duplicates(tie):
    tie.drag(60, 100, 60, 500, keys=CTRL)
    assert len(tie.all(Cause)) == 3
    assert tie.where(tie.c1) == (60, 100)


def test_rubber_band(tie):
    tie.drag(-40, 30, 180, 400)
    assert set(tie.session.selection) == {tie.c1, tie.c2}


def test_link_by_the_handle(pilot):
    cause = pilot.add("cause", 100, 100)
    top = pilot.add("top_event", 500, 100)
    pilot.hover(100, 100)
    pilot.drag(pilot.view.scene.box(cause).right, 100, 500, 100)
    (link,) = pilot.all(Link)
    assert (link.source, link.target) == (cause, top)


def test_illegal_target_says_why_at_the_pointer_and_in_the_status_bar(pilot):
    cause = pilot.add("cause", 100, 100)
    pilot.add("consequence", 500, 100)
    pilot.hover(100, 100)
    pilot.press(pilot.view.scene.box(cause).right, 100)
    pilot.move(500, 100)
    assert pilot.view.tip.isVisible()
    assert "Cause cannot lead to consequence" in pilot.view.tip.text()
    assert pilot.view.viewport().cursor().shape() == Qt.CursorShape.ForbiddenCursor
    pilot.release()
    assert not pilot.view.tip.isVisible()
    assert pilot.all(Link) == []
    assert "Cause cannot lead" in pilot.notices[-1]


def test_handle_into_empty_space_makes_what_is_chosen(pilot):
    top = pilot.add("top_event", 300, 200)
    pilot.hover(300, 200)
    pilot.drag(pilot.view.scene.box(top).right, 200, 650, 200)
    pilot.key(Qt.Key.Key_Return)
    (out,) = pilot.all(Consequence)
    (link,) = pilot.all(Link)
    assert (link.source, link.target) == (top, out.id)
    assert pilot.view.titles.editor is not None


def test_ctrl_arrow_makes_a_linked_element(pilot):
    top = pilot.add("top_event", 400, 250)
    pilot.session.select([top])
    pilot.key(Qt.Key.Key_Right, CTRL)
    pilot.key(Qt.Key.Key_E)
    (out,) = pilot.all(Consequence)
    assert pilot.where(out.id)[0] > 400


def test_control_along_and_between_lines(tie):
    first, second = tie.guard(tie.l1, "A"), tie.guard(tie.l1, "B")
    a, b = tie.view.scene.bar(first), tie.view.scene.bar(second)
    tie.drag(a.x, a.y, b.x + 30, b.y)
    assert [g.id for g in guards_of(tie.store, tie.l1)] == [second, first]
    bar = tie.view.scene.bar(second)
    tie.drag(bar.x, bar.y, 250, 300)
    assert [g.id for g in guards_of(tie.store, tie.l2)] == [second]


def test_ctrl_drag_of_a_control_shares_it_and_every_place_shows_it(tie):
    guard = tie.guard(tie.l1, "A")
    bar = tie.view.scene.bar(guard)
    tie.drag(bar.x, bar.y, 250, 300, keys=CTRL)
    assert len(tie.all(Control)) == 1
    assert [bar.shared for bar in tie.view.scene.picture.bars.values()] == [2, 2]


def test_insert_control_on_the_selected_line(tie):
    tie.click(200, 100)
    assert tie.session.selection == (tie.l1,)
    tie.view.insert_control()
    (guard,) = tie.all(Guard)
    assert guard.subject == tie.l1
    tie.type("Review")
    tie.key(Qt.Key.Key_Return)
    assert tie.view.scene.bar(guard.id).title == "Review"


def test_factor_from_a_bars_handle(tie):
    guard = tie.guard(tie.l1, "A")
    bar = tie.view.scene.bar(guard)
    tie.hover(bar.x, bar.y)
    x, y = tie.view.camera.to_scene(*link_handles(tie.view.scene, guard, tie.view.camera)["s"])
    label = tie.view.scene.box(guard).bottom  # the label begins below the bar: the handle stands clear of it
    assert y + 5 <= label
    tie.drag(x, y, bar.x, bar.y + 120)
    (factor,) = tie.all(DegradationFactor)
    assert tie.view.scene.node(factor.id).hangs_on == guard


def test_armed_kind_is_put_down_by_the_next_click(tie):
    tie.view.arm("control")
    tie.hover(200, 100)
    assert tie.view.overlay.preview.drop is not None
    tie.click(200, 100)
    assert len(guards_of(tie.store, tie.l1)) == 1
    assert tie.view.tool == "select"


def test_resize_by_a_corner(tie):
    tie.click(60, 100)
    box = tie.view.scene.box(tie.c1)
    tie.drag(box.right, box.bottom, box.right + 30, box.bottom + 20)
    assert tie.view.scene.box(tie.c1).w == pytest.approx(box.w + 30, abs=1)


def test_nudge_by_arrows_is_one_step(tie):
    before = tie.store.history.position
    tie.session.select([tie.c1])
    for _ in range(4):
        tie.key(Qt.Key.Key_Right)
    assert tie.where(tie.c1) == (92, 100)
    assert tie.store.history.position == before + 1


def test_align_and_distribute(tie):
    third = tie.add("cause", 90, 620)
    tie.session.select([tie.c1, tie.c2, third])
    tie.view.align("right")
    boxes = [tie.view.scene.box(id) for id in (tie.c1, tie.c2, third)]
    tie.view.distribute("vertical")
    tie.turn()
    assert len({tie.where(id)[0] + box.w / 2 for id, box in zip((tie.c1, tie.c2, third), boxes, strict=True)}) == 1
    assert tie.where(tie.c2)[1] == 360


def test_select_all_and_all_of_a_kind(tie):
    tie.guard(tie.l1, "A")
    tie.view.select_all()
    assert len(tie.session.selection) == 6
    tie.session.select([tie.c1])
    tie.view.select_same_kind()
    assert set(tie.session.selection) == {tie.c1, tie.c2}


def test_wheel_scrolls_and_shift_scrolls_sideways(tie):
    oy, ox = tie.view.camera.oy, tie.view.camera.ox
    wheel(tie, 100, 100, -1)
    assert tie.view.camera.oy == oy - 60
    wheel(tie, 100, 100, -1, SHIFT)
    assert tie.view.camera.ox == ox - 60


@pytest.mark.parametrize("swapped", [False, True])
def test_ctrl_wheel_zooms_at_the_pointer_and_the_preference_swaps(tie, swapped):
    tie.view.swap_wheel = swapped
    before = tie.view.camera.to_view(100, 100)
    wheel(tie, 100, 100, 2, Qt.KeyboardModifier.NoModifier if swapped else CTRL)
    assert tie.view.zoom == pytest.approx(1.44)
    assert tie.view.camera.to_view(100, 100) == pytest.approx(before, abs=1)


def test_zoom_stays_within_bounds(tie):
    for _ in range(60):
        wheel(tie, 100, 100, 3, CTRL)
    assert tie.view.zoom == 8.0
    for _ in range(90):
        wheel(tie, 100, 100, -3, CTRL)
    assert tie.view.zoom == 0.02


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_drag_with_the_other_buttons_pans(tie, button):
    ox = tie.view.camera.ox
    start = tie.px(300, 400)
    tie.press(300, 400, button=button)
    QTest.mouseMove(tie.view.viewport(), start + QPoint(10, 0))
    QTest.mouseMove(tie.view.viewport(), start + QPoint(50, 0))
    tie.turn()
    assert tie.view.camera.ox == ox + 50
    QTest.mouseRelease(tie.view.viewport(), button, Qt.KeyboardModifier.NoModifier, start + QPoint(50, 0))


def test_space_drag_pans(tie):
    ox = tie.view.camera.ox
    QTest.keyPress(tie.view, Qt.Key.Key_Space)
    start = tie.px(60, 100)
    tie.press(60, 100)
    QTest.mouseMove(tie.view.viewport(), start + QPoint(40, 0))
    tie.turn()
    QTest.mouseRelease(
        tie.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(40, 0)
    )
    QTest.keyRelease(tie.view, Qt.Key.Key_Space)
    assert tie.view.camera.ox == ox + 40
    assert tie.where(tie.c1) == (60, 100)


def test_right_click_asks_for_the_menu(tie, qtbot):
    with qtbot.waitSignal(tie.view.context_menu_requested) as asked:
        tie.click(60, 300, button=RIGHT)
    assert asked.args[1].id == tie.c2
    assert tie.session.selection == (tie.c2,)


def test_fit_and_zoom_to_selection(tie):
    tie.view.set_zoom(3.0)
    tie.view.fit()
    left, top, right, bottom = tie.view.camera.rect_to_view(tie.view.scene.bounds())
    assert left >= 0
    assert top >= 0
    assert right <= tie.view.viewport().width()
    assert bottom <= tie.view.viewport().height()
    tie.session.select([tie.c1])
    tie.view.zoom_to_selection()
    assert tie.view.zoom == 2.0


def test_reveal_brings_into_view(tie):
    far = tie.add("cause", 9000, 9000)
    tie.view.reveal([far])
    box = tie.view.scene.box(far)
    vx, vy = tie.view.camera.to_view(box.x, box.y)
    assert 0 < vx < tie.view.viewport().width()
    assert 0 < vy < tie.view.viewport().height()


def test_tab_leaves_the_canvas(tie, qtbot):
    other = QLineEdit()
    qtbot.addWidget(other)
    frame = QWidget()
    qtbot.addWidget(frame)
    tie.view.setParent(frame)
    other.setParent(frame)
    frame.show()
    frame.activateWindow()
    tie.view.show()
    other.show()
    tie.session.select([tie.c1])
    tie.view.setFocus()
    tie.turn()
    QTest.keyClick(tie.view, Qt.Key.Key_Tab)
    assert frame.focusWidget() is other
    assert tie.title(tie.c1) == "One"
    tie.view.setParent(None)
    other.setParent(None)


def test_two_diagrams_remember_their_viewports(tie):
    from workbench.commands.create import new_diagram

    with tie.store.transaction("x") as tx:
        second = new_diagram(tx, "Second")
    tie.view.set_zoom(2.0)
    tie.session.set_diagram(second)
    assert len(tie.view.scene) == 0
    assert tie.view.hint.isVisible()
    tie.session.set_diagram("diagram_1")
    assert tie.view.zoom == 2.0
    assert tie.view.scene.box(tie.c1) is not None


def test_after_a_drag_the_hover_is_where_the_pointer_is(tie):
    tie.drag(60, 100, 60, 520)
    tie.session.select([])
    assert tie.session.hovered == tie.c1
    tie.hover(60, 300)
    tie.drag(tie.view.scene.box(tie.c2).right, 300, 700, 500)
    assert tie.session.hovered != tie.c2

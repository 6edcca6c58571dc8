"""Drops from the palette, the outline and the file manager."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from workbench.canvas.drops import KIND_MIME, element_data, kind_data
from workbench.commands.create import add_element
from workbench.commands.guards import guards_of
from workbench.model.elements import Consequence, Control, DegradationFactor, Guard

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def enter(pilot, data, x, y):
    event = QDragEnterEvent(pilot.px(x, y), COPY, data, LEFT, NONE)
    QApplication.sendEvent(pilot.view.viewport(), event)
    return event.isAccepted()


def move(pilot, data, x, y):
    QApplication.sendEvent(pilot.view.viewport(), QDragMoveEvent(pilot.px(x, y), COPY, data, LEFT, NONE))
    pilot.turn()


def drop(pilot, data, x, y):
    enter(pilot, data, x, y)
    move(pilot, data, x, y)
    QApplication.sendEvent(pilot.view.viewport(), QDropEvent(QPointF(pilot.px(x, y)), COPY, data, LEFT, NONE))
    pilot.turn()


def test_a_kind_from_the_palette(pilot):
    drop(pilot, kind_data("consequence"), 300, 200)
    (made,) = pilot.all(Consequence)
    assert pilot.where(made.id) == pytest.approx((300, 200), abs=1)
    assert pilot.view.titles.editor is not None


def test_a_control_from_the_palette_on_a_line_opens_a_gap_and_stands_there(tie):
    data = kind_data("control")
    enter(tie, data, 230, 104)
    move(tie, data, 230, 104)
    assert tie.view.overlay.preview.drop.link == tie.l1
    assert tie.l1 in tie.view.artist.hidden
    QApplication.sendEvent(tie.view.viewport(), QDragLeaveEvent())
    assert tie.view.overlay.preview.drop is None
    drop(tie, data, 230, 104)
    (guard,) = guards_of(tie.store, tie.l1)
    assert tie.view.scene.bar(guard.id).x == pytest.approx(230, abs=1)


def test_a_factor_from_the_palette_on_a_bar(tie):
    guard = tie.guard(tie.l1, "A")
    bar = tie.view.scene.bar(guard)
    drop(tie, kind_data("degradation_factor"), bar.x, bar.y)
    (factor,) = tie.all(DegradationFactor)
    assert tie.view.scene.node(factor.id).hangs_on == guard


def test_a_control_from_the_outline_guards_the_line_too(tie):
    control = tie.store.find(tie.guard(tie.l1, "A"), Guard).control
    drop(tie, element_data([control]), 200, 300)
    assert [guard.control for guard in guards_of(tie.store, tie.l2)] == [control]
    assert len(tie.all(Control)) == 1


def test_an_element_of_the_outline_is_placed_once(tie):
    with tie.store.transaction("x") as tx:
        made = add_element(tx, "cause", "Elsewhere")
    drop(tie, element_data([made]), 60, 500)
    assert tie.where(made) == pytest.approx((60, 500), abs=1)
    drop(tie, element_data([made]), 300, 500)
    assert tie.where(made) == pytest.approx((60, 500), abs=1)
    assert "already" in tie.notices[-1]


@pytest.mark.parametrize("on", [True, False])
def test_files_name_what_they_were_dropped_on(tie, qtbot, tmp_path, on):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "run.eval"))])
    with qtbot.waitSignal(tie.view.files_dropped) as dropped:
        drop(tie, data, *((60, 100) if on else (700, 600)))
    assert dropped.args == [[tmp_path / "run.eval"], tie.c1 if on else None]


def test_anything_else_is_turned_away(tie):
    data = QMimeData()
    data.setText("hello")
    assert not enter(tie, data, 60, 100)


def test_drags_reach_the_part_of_the_widget_that_takes_them(pilot):
    assert pilot.view.viewport().acceptDrops()


@pytest.mark.parametrize("raw", [b'"elephant"', b"\xff", b"[[[", b"12"])
def test_a_kind_that_is_none_is_turned_away(pilot, raw):
    data = QMimeData()
    data.setData(KIND_MIME, raw)
    assert not enter(pilot, data, 60, 100)
    drop(pilot, data, 60, 100)
    assert len(pilot.store) == 1


def test_a_control_on_a_line_dragged_from_the_outline_guards_the_other_line_too(tie):
    guard = tie.guard(tie.l1, "A")
    drop(tie, element_data([guard]), 200, 300)
    (twin,) = guards_of(tie.store, tie.l2)
    assert twin.control == tie.store.find(guard, Guard).control

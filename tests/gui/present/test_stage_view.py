"""The diagram of a presentation: moves of the camera, the pointer, what stands in view."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.files.project import load_project
from workbench.present.stage_view import StageView
from workbench.render.fonts import qt_measure
from workbench.render.framing import Framing
from workbench.render.shapes_bars import fit_label
from workbench.render.theme import stage_theme
from workbench.session.session import Session

LEFT = Qt.MouseButton.LeftButton


def turn():
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def view(qapp, root):
    store = load_project(root / "samples" / "code-synthesis-llm.hazard.json").store
    made = StageView(Session(store), stage_theme(dark=False))
    made.resize(1280, 720)
    made.show()
    turn()
    x, y = middle(made)
    made.go_to(Framing(x, y, 1.0, overview=False), animated=False)
    turn()
    yield made
    made.dispose()
    made.session.close()
    made.close()
    made.deleteLater()
    turn()


def middle(view):
    left, top, right, bottom = view.scene.bounds()
    return (left + right) / 2, (top + bottom) / 2


def pixels(view):
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())


def a_cause(view):
    return next(id for id, node in view.scene.picture.nodes.items() if node.kind == "cause")


def place(view, id):
    box = view.scene.box(id)
    return QPointF(*view.camera.to_view(box.x, box.y)).toPoint()


# the camera


def fly(view, zoom):
    x, y = middle(view)
    view.go_to(Framing(x + 80, y, zoom, overview=False), animated=True)
    return view._glide._animation


@pytest.mark.parametrize("zoom", [0.5, 1.9])
def test_a_move_ends_with_the_picture_painted_there(view, zoom):
    move = fly(view, zoom)
    assert move.duration() == 420
    move.setCurrentTime(200)
    turn()
    assert min(1.0, zoom) < view.camera.zoom < max(1.0, zoom)
    on_the_way = pixels(view)
    move.setCurrentTime(420)
    turn()
    assert view.camera.zoom == zoom
    landed = pixels(view)
    view.refresh()
    turn()
    assert pixels(view) == landed != on_the_way


def test_what_is_seen_on_the_way_fills_the_view(view):
    before = view.viewport().grab().toImage()
    ground = before.pixelColor(2, 2).name()
    move = fly(view, 1.9)
    move.setCurrentTime(210)
    turn()
    image = view.viewport().grab().toImage()
    drawn = sum(
        1
        for x in range(0, image.width(), 16)
        for y in range(0, image.height(), 16)
        if image.pixelColor(x, y).name() != ground
    )
    assert drawn > 60


def test_with_reduced_motion_the_camera_cuts(view):
    view.motion = False
    x, y = middle(view)
    view.go_to(Framing(x, y, 1.7, overview=False), animated=True)
    assert view.camera.zoom == 1.7


def test_a_hand_on_the_picture_ends_the_move(view):
    move = fly(view, 1.9)
    move.setCurrentTime(150)
    turn()
    zoom = view.camera.zoom
    view.pan_by(20, 0)
    turn()
    assert move.state() == move.State.Stopped
    assert view.camera.zoom == zoom


def test_an_edit_on_the_way_is_seen(view):
    cause = a_cause(view)
    move = fly(view, 1.5)
    move.pause()
    move.setCurrentTime(150)
    turn()
    before = pixels(view)
    with view.session.store.transaction("Rename") as tx:
        tx.patch(cause, title="Words nobody had before")
    turn()
    assert view.scene.node(cause).title == "Words nobody had before"
    assert pixels(view) != before


# the pointer


def test_a_click_selects_and_a_click_beside_clears(view):
    cause = a_cause(view)
    QTest.mouseClick(view.viewport(), LEFT, pos=place(view, cause))
    assert view.session.selection == (cause,)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(3, 3))
    assert view.session.selection == ()


def test_a_double_click_asks_to_reword(view):
    asked: list[str] = []
    view.edit_asked.connect(asked.append)
    QTest.mouseDClick(view.viewport(), LEFT, pos=place(view, a_cause(view)))
    assert asked == [a_cause(view)]


def test_selecting_shows_a_ring_and_no_handles(view):
    view.session.select([a_cause(view)])
    turn()
    assert len(view.overlay._marks) == 1


def test_the_pointer_hides_when_it_rests_and_comes_back(view):
    view._idle.timeout.emit()
    assert view.viewport().cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(view.viewport(), QPoint(200, 200))
    turn()
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_stands_in_view_is_walked_from_left_to_right(view):
    found = view.in_view()
    assert len(found) > 10
    xs = [view.scene.box(id).x for id in found]
    assert xs == sorted(xs)
    view.light([a_cause(view)])
    assert view.in_view() == [a_cause(view)]


def test_the_smallest_text_is_that_of_what_is_at_full_strength(view):
    theme = stage_theme(dark=False)
    drawn = [fit_label(bar, theme, qt_measure()).size for bar in view.scene.picture.bars.values()]
    assert view.smallest_text() == min(drawn) < theme.type.control_label, "one label needs a smaller letter to be whole"
    top = next(id for id, node in view.scene.picture.nodes.items() if node.kind == "top_event")
    view.light([top])
    assert view.smallest_text() == theme.type.top_event

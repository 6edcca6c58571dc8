"""A pathway lit on a diagram that is too large to be read whole, and the way back into the route."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.generator import make_project
from workbench.present.route import Step
from workbench.present.stop_screen import StopScreen
from workbench.render.framing import READABLE
from workbench.render.theme import stage_theme
from workbench.session.session import Session, diagrams
from workbench.store.store import Store

HEIGHT = 1080


@pytest.fixture
def screen(qapp):
    store = Store(make_project(1_000))
    session = Session(store)
    made = StopScreen(session, stage_theme(dark=False))
    made.view.motion = False
    made.resize(1920, HEIGHT)
    made.show()
    made.show_step(Step("whole", "Everything", diagrams(store)[0].id), 5, "", animated=False)
    QApplication.processEvents()
    yield made
    made.dispose()
    session.close()
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def a_cause(screen):
    """The last cause that has a pathway, so that it stands far from the middle."""
    nodes = screen.view.scene.picture.nodes
    return [id for id, node in nodes.items() if node.kind == "cause" and screen.ways(id)][-1]


def text(screen):
    return screen.view.smallest_text() * screen.view.camera.zoom


def in_view(screen):
    left, top, right, bottom = screen.view.camera.rect_to_view(screen.view.strong)
    port = screen.view.viewport()
    return left >= -1 and top >= -1 and right <= port.width() + 1 and bottom <= port.height() + 1


def test_the_camera_goes_to_a_pathway_that_could_not_be_read_and_back_once_it_is_out(screen):
    view, cause = screen.view, a_cause(screen)
    assert screen.overview
    whole, far = view.camera.pose, text(screen)
    screen.set_light(cause, 0, held=True)
    assert view.camera.pose[0] > 4 * whole[0]
    assert text(screen) > 4 * far
    assert in_view(screen)
    screen.set_light("", 0, held=False)
    assert view.camera.pose == whole
    assert screen.overview


def test_resting_on_something_moves_nothing(screen):
    whole = screen.view.camera.pose
    screen.set_light(a_cause(screen), 0, held=False)
    assert screen.view.artist.clear
    assert screen.view.camera.pose == whole


def test_another_pathway_takes_the_camera_along(screen):
    cause = a_cause(screen)
    assert screen.ways(cause) > 1
    screen.set_light(cause, 0, held=True)
    first = screen.view.artist.clear
    assert in_view(screen)
    screen.set_light(cause, 1, held=True)
    assert screen.view.artist.clear != first
    assert in_view(screen)
    assert screen.view.camera.pose[0] > 0.4


def test_the_next_stop_is_shown_as_it_was_made(screen):
    whole = screen.view.camera.pose
    screen.set_light(a_cause(screen), 0, held=True)
    screen.show_step(screen.step, 5, "", animated=False)
    assert screen.view.camera.pose == whole


def test_from_a_place_a_hand_chose_a_pathway_is_brought_into_view_unless_it_can_be_read_there(screen):
    view, cause = screen.view, a_cause(screen)
    view.pan_by(300, 0)
    view.wandered.emit()
    screen.set_light(cause, 0, held=True)
    assert in_view(screen)
    assert not screen.away
    view.zoom_by(2)
    view.wandered.emit()
    by_hand = view.camera.pose
    screen.open_card("")
    screen.set_light("", 0, held=False)
    assert view.camera.pose == by_hand
    assert screen.away


def test_a_place_a_hand_chose_stays_where_the_pathway_can_be_read_there(screen):
    view = screen.view
    screen.resize(3840, HEIGHT)
    nodes = view.scene.picture.nodes
    for cause in [id for id, node in nodes.items() if node.kind == "cause"]:
        screen.set_light(cause, 0, held=True)
        if not screen.overview:
            break
    assert text(screen) >= HEIGHT * READABLE - 0.5
    view.pan_by(2, 0)
    view.wandered.emit()
    by_hand = view.camera.pose
    screen.set_light("", 0, held=False)
    screen.set_light(cause, 0, held=True)
    assert view.camera.pose == by_hand
    assert screen.away

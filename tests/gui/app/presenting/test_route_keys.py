"""A presentation driven by keys alone: starting, leaving, the route, the presenter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.app.presenting.person import CTRL, SHIFT, Presenter, a_cause, begun
from workbench.model.review import Stop
from workbench.present.audience import AudienceWindow
from workbench.session.session import diagrams

# starting and leaving


def test_without_stops_f5_shows_every_diagram_from_the_first_one(free):
    assert len(free.show.steps) == len(diagrams(free.store))
    assert free.show.current.diagram == diagrams(free.store)[0].id
    assert free.began_whole
    assert free.stage.title.text() == diagrams(free.store)[0].title
    assert free.stage.view.scene.picture.nodes


def test_an_empty_project_can_be_presented(open_project):
    person = begun(open_project())
    hint = person.stage.view.hint
    assert hint.isVisible()
    assert hint.words.text() == "Nothing is drawn here yet. Esc leaves."
    assert hint.words.font().pixelSize() >= 19
    assert not hint.button.isVisible()
    person.key(Qt.Key.Key_Right)
    person.key(Qt.Key.Key_P)
    person.key(Qt.Key.Key_Tab)
    person.key(Qt.Key.Key_O)
    person.key(Qt.Key.Key_Escape)
    assert not person.window.is_presenting


def test_shift_f5_begins_with_what_the_window_shows(driver):
    third = diagrams(driver.store)[2]
    driver.window.session.set_diagram(third.id)
    driver.turn()
    driver.view.set_zoom(2.0)
    centre = driver.view.camera.centre(driver.view.viewport().width(), driver.view.viewport().height())
    driver.key(Qt.Key.Key_F5, SHIFT)
    person = Presenter(driver)
    assert person.show.current.diagram == third.id
    assert (person.show.current.camera.x, person.show.current.camera.y) == pytest.approx(centre, abs=0.01)
    person.key(Qt.Key.Key_Right)
    assert person.show.current.diagram == diagrams(driver.store)[3].id


def test_leaving_gives_back_the_window_as_it_was(route):
    window = route.window
    here = diagrams(route.store)[1].id
    window.session.set_diagram(here)
    route.turn()
    chosen = next(iter(window.view.scene.picture.nodes))
    window.session.select([chosen])
    window.view.set_zoom(1.5)
    port = window.view.viewport()
    centre = window.view.camera.centre(port.width(), port.height())
    person = begun(route)
    person.key(Qt.Key.Key_Right)
    person.key(Qt.Key.Key_Right)
    person.key(Qt.Key.Key_Escape)
    assert not window.is_presenting
    assert window.session.diagram == here
    assert window.session.selection == (chosen,)
    assert window.view.camera.zoom == 1.5
    assert window.view.camera.centre(port.width(), port.height()) == pytest.approx(centre, abs=1)
    assert route.store.selection() == (chosen,)
    assert QApplication.focusWidget() is window.view


def test_undo_while_presenting_leaves_the_window_where_it_was(route):
    window = route.window
    here = window.session.diagram
    person = begun(route)
    person.key(Qt.Key.Key_Right)
    person.select(a_cause(person))
    person.key(Qt.Key.Key_F2)
    person.type("Other words")
    person.key(Qt.Key.Key_Return)
    person.key(Qt.Key.Key_Z, CTRL)
    person.key(Qt.Key.Key_Escape)
    person.key(Qt.Key.Key_Escape)
    assert not window.is_presenting
    assert window.session.diagram == here


class Saver:
    """Stands for the screen saver of the desktop."""

    def __init__(self):
        self.told = []

    def hold(self):
        self.told.append("stay awake")

    def release(self):
        self.told.append("sleep")


@pytest.mark.parametrize("leave", ["escape", "close"])
def test_screens_stay_awake_from_the_beginning_to_the_end(route, monkeypatch, leave):
    saver = Saver()
    monkeypatch.setattr("workbench.app.presenting.keeper", lambda: saver)
    person = begun(route)
    person.key(Qt.Key.Key_Right)
    assert saver.told == ["stay awake"]
    if leave == "escape":
        person.key(Qt.Key.Key_Escape)
    else:
        person.window.close()
        person.turn()
    assert saver.told == ["stay awake", "sleep"]


def test_closing_the_window_ends_the_presentation(talk):
    talk.window.close()
    talk.turn()
    assert not [window for window in QApplication.topLevelWidgets() if isinstance(window, AudienceWindow)]


def test_the_window_system_may_close_the_audience(talk):
    talk.audience.close()
    talk.turn()
    assert not talk.window.is_presenting


# the route


def test_keys_walk_the_route(talk):
    assert talk.stage.place.text() == "Stop 1 of 3"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        talk.key(key)
    assert talk.show.current.key == "s3"
    assert talk.stage.card.isVisible()
    assert not talk.stage.view.isVisible()
    talk.key(Qt.Key.Key_Right)
    assert "last stop" in talk.audience.notice.text()
    talk.key(Qt.Key.Key_Backspace)
    assert talk.show.current.key == "s2"
    assert talk.stage.view.isVisible()
    assert talk.running.session.diagram == talk.show.current.diagram
    talk.key(Qt.Key.Key_Home)
    talk.key(Qt.Key.Key_N)
    talk.key(Qt.Key.Key_PageUp)
    assert talk.show.index == 0
    talk.key(Qt.Key.Key_End)
    assert talk.show.index == 2


def test_digits_and_enter_jump(talk):
    talk.key(Qt.Key.Key_3)
    assert "3" in talk.stage.place.text()
    talk.key(Qt.Key.Key_Return)
    assert talk.show.index == 2
    talk.key(Qt.Key.Key_9)
    talk.key(Qt.Key.Key_Enter)
    assert talk.show.index == 2
    assert "no stop 9" in talk.audience.notice.text()
    assert talk.stage.place.text() == "Stop 3 of 3"


def test_the_list_of_stops_goes_where_it_is_told(talk):
    talk.key(Qt.Key.Key_G)
    assert talk.audience.sheet is not None
    talk.key(Qt.Key.Key_Down)
    talk.key(Qt.Key.Key_Return)
    assert talk.show.index == 1
    assert talk.audience.sheet is None
    talk.key(Qt.Key.Key_G)
    talk.key(Qt.Key.Key_Escape)
    assert talk.window.is_presenting
    assert talk.show.index == 1


def test_stops_made_or_removed_meanwhile_are_followed(talk):
    with talk.store.transaction("Remove") as tx:
        tx.remove("s1")
    talk.turn()
    assert talk.show.current.key == "s2"
    assert talk.stage.place.text() == "Stop 1 of 2"
    with talk.store.transaction("Rename") as tx:
        tx.patch("s2", title="<b>Second</b>")
    talk.turn()
    assert talk.stage.title.text() == "<b>Second</b>"


# the presenter's view


def test_notes_are_written_while_presenting_and_esc_goes_back_to_the_stops(talk):
    talk.key(Qt.Key.Key_M)
    assert "Alt+Shift+P" in talk.audience.notice.text()
    talk.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    presenter = talk.running.presenter
    assert presenter.isVisible()
    assert not presenter.notes.hasFocus()
    talk.key(Qt.Key.Key_M)
    assert presenter.notes.hasFocus()
    talk.type("n, b and 1: ")
    talk.key(Qt.Key.Key_Escape)
    assert talk.window.is_presenting
    assert talk.show.index == 0
    assert talk.store.find("s1", Stop).notes.endswith("n, b and 1: ")
    talk.key(Qt.Key.Key_Right)
    assert talk.show.index == 1
    talk.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert talk.running.presenter is None


def test_the_timer_is_paused_and_begun_anew_by_keys(talk):
    talk.key(Qt.Key.Key_T)
    assert talk.show.timer.paused
    talk.key(Qt.Key.Key_T)
    assert not talk.show.timer.paused
    talk.key(Qt.Key.Key_T, SHIFT)
    assert talk.show.timer.elapsed < 60


def test_esc_lets_go_of_what_is_selected_before_it_leaves(free):
    free.key(Qt.Key.Key_Tab)
    free.key(Qt.Key.Key_Escape)
    assert free.window.is_presenting
    assert free.selected is None
    free.key(Qt.Key.Key_Escape)
    assert not free.window.is_presenting


def test_the_presentation_begins_with_the_stop_chosen_in_the_dock(route):
    window = route.window
    assert not window.action("present.stop").isEnabled()
    window.docks.show("route")
    route.turn()
    window.docks.contents.route.choose(["s2"])
    route.turn()
    route.run("present.stop")
    person = Presenter(route)
    assert person.show.current.key == "s2"
    assert person.stage.place.text() == "Stop 2 of 3"
    person.key(Qt.Key.Key_Escape)
    assert not window.is_presenting

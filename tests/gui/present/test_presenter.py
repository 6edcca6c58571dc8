"""The presenter's view and the screen of the audience, without the program around them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.commands.meeting import capture_action
from workbench.files.project import load_project
from workbench.model.elements import Hazard
from workbench.model.review import Stop
from workbench.model.runs import Evidence
from workbench.present.audience import AudienceWindow
from workbench.present.presenter import PresenterWindow
from workbench.present.route import route_of, whole
from workbench.present.show import Show
from workbench.render.framing import READABLE, Framing
from workbench.render.theme import stage_theme
from workbench.session.session import Session, diagrams


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Talk:
    def __init__(self, store):
        self.store = store
        self.clock = Clock()
        self.session = Session(store)
        self.show = Show(route_of(store), self.clock)
        theme = stage_theme(dark=False)
        self.audience = AudienceWindow(self.session, self.show, theme, self.clock)
        self.audience.stage.view.motion = False
        self.audience.resize(1280, 720)
        self.audience.show()
        self.presenter = PresenterWindow(store, self.show, self.audience.stage, theme, lambda: "09:30")
        self.presenter.show_on(QGuiApplication.primaryScreen(), whole=False)
        self.turn()

    def turn(self, times=6):
        for _ in range(times):
            QApplication.processEvents()

    def close(self):
        self.presenter.dispose()
        self.presenter.hide()
        self.audience.dispose()
        self.audience.hide()
        self.session.close()
        self.presenter.deleteLater()
        self.audience.deleteLater()
        self.turn()


@pytest.fixture
def store(root):
    made = load_project(root / "samples" / "code-synthesis-llm.hazard.json").store
    first = diagrams(made)[0]
    with made.transaction("Route") as tx:
        for stop in list(made.all(Stop)):
            tx.remove(stop.id)
        tx.put(Stop(id="s1", order="a", diagram=first.id, title="One", notes="Say hello"))
        tx.put(Stop(id="s2", order="b", shows="matrix", title="Two", notes="<b>Plain</b>"))
        tx.put(Stop(id="s3", order="c", shows="evidence", subject=next(made.all(Evidence)).id))
        tx.put(Stop(id="s4", order="d", shows="log", subject=next(made.all(Hazard)).id))
    return made


@pytest.fixture
def talk(qapp, store):
    made = Talk(store)
    yield made
    made.close()


def test_it_shows_now_next_notes_and_time(talk):
    presenter = talk.presenter
    presenter.draw()
    assert presenter.title.text() == "One"
    assert presenter.place.text() == "Stop 1 of 4"
    assert presenter.upcoming.heading.text() == "Next: Two"
    assert presenter.notes.toPlainText() == "Say hello"
    assert presenter.notes.font().pixelSize() == 18
    assert presenter.time.clock.text() == "09:30"
    now, after = presenter.current.image, presenter.upcoming.image
    assert not now.isNull()
    assert not after.isNull()
    assert now.width() / now.height() == pytest.approx(1280 / 720, rel=0.02)
    assert after.width() / after.height() == pytest.approx(1280 / 720, rel=0.02)


def pixels(image):
    return bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())


def test_the_picture_of_the_next_stop_is_that_stop(talk):
    talk.presenter.draw()
    after = pixels(talk.presenter.upcoming.image)
    talk.show.step(1)
    talk.turn()
    talk.presenter.draw()
    assert talk.presenter.title.text() == "Two"
    assert talk.presenter.notes.toPlainText() == "<b>Plain</b>"
    assert pixels(talk.presenter.upcoming.image) != after


def test_the_picture_of_now_is_not_taken_while_the_camera_is_on_its_way(talk):
    presenter, view = talk.presenter, talk.audience.stage.view
    presenter.draw()
    before = pixels(presenter.current.image)
    view.motion = True
    x, y = view.camera.centre(view.viewport().width(), view.viewport().height())
    view.go_to(Framing(x, y, view.camera.zoom * 2, overview=False), animated=True)
    move = view._glide._animation
    move.pause()
    move.setCurrentTime(200)
    assert view.flying
    presenter.draw()
    assert pixels(presenter.current.image) == before
    assert presenter._soon.isActive(), "it is taken later"
    move.setCurrentTime(420)
    assert not view.flying
    presenter.draw()
    assert pixels(presenter.current.image) != before


def test_beside_the_route_the_notes_say_what_comes_next(talk):
    here = whole(diagrams(talk.store)[0])
    for at, then in ((-1, "the next stop is One"), (3, "the route ends here")):
        show = Show(route_of(talk.store), talk.clock, at=at, here=here)
        presenter = PresenterWindow(talk.store, show, talk.audience.stage, stage_theme(dark=False), lambda: "09:30")
        assert presenter.notes.isReadOnly()
        assert presenter.notes.placeholderText() == f"This is what the window showed; {then}"
        show.jump(0)
        assert presenter.notes.placeholderText() == "Notes"
        presenter.dispose()
        presenter.deleteLater()


def test_what_is_said_covers_nothing_of_the_diagram(talk):
    for text in ("Pathway 1 of 3", "A long word " * 40):
        talk.audience.say(text)
        talk.turn()
        notice, stage = talk.audience.notice.geometry(), talk.audience.stage
        assert talk.audience.notice.isVisible()
        assert talk.audience.rect().contains(notice)
        assert not notice.intersects(stage.view.geometry())
        assert not notice.intersects(stage.place.geometry())


def test_at_the_end_there_is_no_next_stop(talk):
    talk.show.last()
    talk.turn()
    talk.presenter.draw()
    assert talk.presenter.upcoming.heading.text() == "Next"
    assert talk.presenter.upcoming.image.isNull()


def test_notes_are_written_into_the_stop_and_undone(talk):
    notes = talk.presenter.notes
    notes.setFocus()
    notes.setPlainText("Other words")
    QTest.keyClick(notes, Qt.Key.Key_Escape)
    assert talk.store.find("s1", Stop).notes == "Other words"
    assert not notes.hasFocus()
    assert talk.store.history.undo_label == "Edit notes"
    talk.store.undo()
    assert talk.store.find("s1", Stop).notes == "Say hello"


def test_notes_that_cannot_be_kept_say_why_until_the_next_stop(talk):
    presenter = talk.presenter
    presenter.notes.setPlainText("x" * 200_001)
    presenter.notes.keep()
    assert talk.store.find("s1", Stop).notes == "Say hello"
    assert presenter.overview.isVisible()
    assert presenter.overview.text() == "Too long: at most 200,000 characters."
    talk.show.step(1)
    assert "Too long" not in presenter.overview.text()


def test_notes_typed_go_to_the_stop_they_were_typed_for(talk):
    talk.presenter.notes.setPlainText("For the first")
    talk.show.step(1)
    talk.turn()
    assert talk.store.find("s1", Stop).notes == "For the first"
    assert talk.store.find("s2", Stop).notes == "<b>Plain</b>"
    assert talk.presenter.notes.toPlainText() == "<b>Plain</b>"


def test_an_overview_is_said(talk):
    talk.show.jump(0)
    talk.turn()
    assert talk.show.overview == talk.presenter.overview.isVisible()
    talk.audience.resize(400, 700)
    talk.turn()
    assert talk.show.overview
    assert talk.presenter.overview.isVisible()
    assert "1/50" in talk.presenter.overview.text()


def test_the_timer_warns_by_colour_and_in_words(talk):
    time = talk.presenter.time
    calm = time.timer.styleSheet()
    time.minutes.setValue(5)
    talk.clock.now += 4 * 60
    time.refresh()
    assert time.timer.text() == "1:00"
    assert time.timer.styleSheet() != calm
    assert "little time" in time.timer.accessibleDescription()
    talk.clock.now += 2 * 60
    time.refresh()
    assert time.timer.text() == "−1:00"
    assert "over" in time.timer.accessibleDescription()


def test_what_the_meeting_notes_is_counted_at_once(talk):
    buttons = talk.presenter.log.findChildren(type(talk.presenter.time.pause))
    before = buttons[0].text()
    with talk.store.transaction("Note") as tx:
        capture_action(tx, None, "Renew the <i>rules</i>", owner="Lina", due="", at="2030-01-01T10:00:00Z")
    talk.turn()
    assert buttons[0].text() != before
    assert "Renew the <i>rules</i>" in talk.presenter.log.lines.text()


@pytest.mark.parametrize(("key", "kind"), list(enumerate(("action", "decision", "vote", "comment"))))
def test_buttons_of_the_log_ask_for_a_line(talk, key, kind):
    asked: list[str] = []
    talk.presenter.capture_asked.connect(asked.append)
    talk.presenter.log.findChildren(type(talk.presenter.time.pause))[key].click()
    assert asked == [kind]


# the screen of the audience


@pytest.mark.parametrize("index", range(1, 4), ids=["matrix", "evidence", "log"])
@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_cards_fill_the_screen_with_text_to_be_read_from_afar(talk, index, size):
    talk.audience.resize(*size)
    talk.show.jump(index)
    talk.turn()
    card = talk.audience.stage.card
    assert card.isVisible()
    assert card.width() > size[0] * 0.9
    small = card.smallest_text() < size[1] * READABLE - 0.5
    assert talk.show.overview == small
    if index > 1:
        assert not small
    image = talk.audience.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, size[0], 13) for y in range(0, size[1], 11)}) > 8


def test_a_card_follows_the_document(talk):
    talk.show.jump(3)
    talk.turn()
    before = talk.audience.grab().toImage()
    hazard = talk.show.current.subject
    with talk.store.transaction("Rename") as tx:
        tx.patch(hazard, title="Something else altogether")
    talk.turn()
    assert talk.audience.grab().toImage() != before


def test_4k_shows_the_same_part_as_a_smaller_screen(talk):
    seen = []
    for size in ((1920, 1080), (3840, 2160)):
        talk.audience.resize(*size)
        talk.turn()
        view = talk.audience.stage.view
        port = view.viewport()
        seen.append((view.camera.centre(port.width(), port.height()), port.width() / view.camera.zoom))
    assert seen[0][0] == pytest.approx(seen[1][0], abs=2)
    assert seen[0][1] == pytest.approx(seen[1][1], rel=0.02)

"""A presentation driven by keys alone, in the whole program."""

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.model.elements import Control, Guard
from workbench.model.judgement import Assessment
from workbench.model.review import ActionItem, Comment, Decision, Stop, Vote
from workbench.present.audience import AudienceWindow
from workbench.render.framing import READABLE
from workbench.session.session import diagrams

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Presenter:
    """A person at the keyboard of a presentation."""

    def __init__(self, driver):
        self.driver = driver
        self.window = driver.window
        self.store = driver.store
        self.began_whole = False

    @property
    def running(self):
        return self.window.presenting.running

    @property
    def show(self):
        return self.running.show

    @property
    def audience(self):
        return self.running.audience

    @property
    def stage(self):
        return self.audience.stage

    @property
    def selected(self):
        return self.running.session.primary

    def turn(self, times=6):
        for _ in range(times):
            QApplication.processEvents()

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        target = QApplication.focusWidget()
        QTest.keyClick(target or self.audience, key, modifiers)
        self.turn()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.audience, text)
        self.turn()

    def select(self, id):
        self.running.session.select([id])
        self.turn()


@pytest.fixture
def path(root, tmp_path):
    made = tmp_path / "talk.hazard.json"
    whole = json.loads((root / "samples" / "code-synthesis-llm.hazard.json").read_text(encoding="utf-8"))
    whole["records"].pop("stop", None)  # its own route is another matter
    made.write_text(json.dumps(whole), encoding="utf-8")
    return made


@pytest.fixture
def driver(open_project, path):
    made = open_project(path)
    made.window.view.motion = False
    return made


@pytest.fixture
def route(driver):
    """Three stops: a diagram at level 2 with notes, another one, the risk matrix."""
    first, second = diagrams(driver.store)[:2]
    with driver.store.transaction("Route") as tx:
        tx.put(Stop(id="s1", order="a", diagram=first.id, title="Start", levels=2, notes="Say hello"))
        tx.put(Stop(id="s2", order="b", diagram=second.id))
        tx.put(Stop(id="s3", order="c", shows="matrix"))
    driver.turn()
    return driver


@pytest.fixture
def talk(request, route):
    """A presentation of the route, begun with F5."""
    return begun(route)


@pytest.fixture
def free(driver):
    """A presentation of a project without stops."""
    return begun(driver)


def begun(driver):
    driver.key(Qt.Key.Key_F5)
    person = Presenter(driver)
    person.turn()
    assert driver.window.is_presenting
    person.stage.view.motion = False
    person.began_whole = person.audience.isFullScreen()
    person.audience.resize(1920, 1080)
    person.turn()
    return person


def a_cause(person):
    view = person.stage.view
    return next(id for id, node in view.scene.picture.nodes.items() if node.kind == "cause" and view.scene.links_of(id))


# starting and leaving


def test_without_stops_f5_shows_every_diagram_from_the_first_one(free):
    assert len(free.show.steps) == len(diagrams(free.store))
    assert free.show.current.diagram == diagrams(free.store)[0].id
    assert free.began_whole
    assert free.stage.title.text() == diagrams(free.store)[0].title
    assert free.stage.view.scene.picture.nodes


def test_an_empty_project_can_be_presented(open_project):
    person = begun(open_project())
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


# how it looks


def test_levels_of_the_stop_and_by_keys(talk):
    view = talk.stage.view
    assert view.levels == 2
    assert not view.scene.picture.bars
    talk.key(Qt.Key.Key_BracketRight)
    assert view.levels == 3
    assert view.scene.picture.bars
    talk.key(Qt.Key.Key_1, CTRL)
    assert {node.kind for node in view.scene.picture.nodes.values()} == {"hazard", "top_event"}
    talk.key(Qt.Key.Key_Right)
    assert view.levels == 1
    talk.key(Qt.Key.Key_0, CTRL)
    assert view.levels == 5


def test_all_text_at_full_strength_can_be_read_or_the_stop_is_an_overview(talk):
    for index in range(2):
        talk.show.jump(index)
        talk.turn()
        seen = talk.stage.view.smallest_text() * talk.stage.view.camera.zoom
        assert talk.show.overview == (seen < 1080 * READABLE - 0.5)


def test_p_lights_one_pathway_and_brings_it_near_enough(free):
    cause = a_cause(free)
    free.select(cause)
    free.key(Qt.Key.Key_P)
    view = free.stage.view
    clear = view.artist.clear
    assert cause in clear
    kinds = {node.kind for id, node in view.scene.picture.nodes.items() if id in clear}
    assert {"cause", "top_event", "consequence"} <= kinds
    assert len([id for id in clear if view.scene.node(id) and view.scene.node(id).kind == "cause"]) == 1
    assert view.artist.lit & set(view.scene.picture.links)
    if not free.show.overview:
        assert view.smallest_text() * view.camera.zoom >= 1080 * READABLE - 0.5
    free.key(Qt.Key.Key_Escape)
    assert view.artist.clear is None


def test_resting_on_something_lights_its_pathway_until_the_pointer_goes(free):
    view = free.stage.view
    cause = a_cause(free)
    view.rested.emit(cause)
    assert cause in view.artist.clear
    view.rested.emit("")
    assert view.artist.clear is None


@pytest.mark.parametrize(("key", "colour"), [(Qt.Key.Key_B, "#000000"), (Qt.Key.Key_W, "#ffffff")])
def test_the_screen_can_be_blank(talk, key, colour):
    talk.key(key)
    middle = talk.audience.grab().toImage().pixelColor(960, 540)
    assert middle.name() == colour
    talk.key(key)
    assert not talk.audience.cover.isVisible()


def test_zooming_by_hand_falls_back_into_the_route(talk):
    view = talk.stage.view
    pose = view.camera.pose
    talk.key(Qt.Key.Key_Plus, CTRL)
    assert talk.show.away
    assert view.camera.zoom > pose[0]
    talk.key(Qt.Key.Key_F)
    assert view.camera.pose == pose
    talk.key(Qt.Key.Key_Plus, CTRL)
    talk.key(Qt.Key.Key_Escape)
    assert view.camera.pose == pose
    assert talk.window.is_presenting


def test_a_drag_moves_the_picture_and_changes_nothing_else(free):
    view = free.stage.view
    before, pose = free.store.revision, view.camera.pose
    box = view.scene.box(a_cause(free))
    x, y = view.camera.to_view(box.x, box.y)
    start = QPointF(x, y).toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPointF(60, 40).toPoint())
    free.turn()
    assert free.store.revision == before
    view.pan_by(30, 0)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPointF(60, 40).toPoint())
    assert view.camera.pose != pose
    assert free.store.revision == before


def test_dark_colours_are_a_choice_that_stays(talk):
    light = talk.audience.grab().toImage().pixelColor(5, 1075).lightness()
    talk.window.run_action("present.dark")
    talk.turn()
    dark = talk.audience.grab().toImage().pixelColor(5, 1075).lightness()
    assert light > 200
    assert dark < 80
    assert talk.window.dark_stage


# pointing


def test_laser_and_pen_are_seen_and_wiped_by_the_next_stop(talk):
    ink = talk.audience.ink
    talk.key(Qt.Key.Key_K)
    before = talk.audience.grab().toImage().pixelColor(330, 1000)
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, pos=QPointF(300, 1000).toPoint())
    ink.ink.draw((360 / 1080, 1000 / 1080))
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, pos=QPointF(360, 1000).toPoint())
    assert talk.audience.grab().toImage().pixelColor(330, 1000) != before
    talk.key(Qt.Key.Key_E)
    assert talk.audience.grab().toImage().pixelColor(330, 1000) == before
    talk.key(Qt.Key.Key_L)
    ink.ink.point((0.2, 0.9))
    assert talk.audience.grab().toImage().pixelColor(216, 972).red() > 200
    talk.key(Qt.Key.Key_L)
    assert not ink.ink.trail()


# evidence


def test_evidence_opens_as_a_card_over_the_foot_of_the_diagram(free):
    view = free.stage.view
    badged = next(id for id, node in view.scene.picture.nodes.items() if node.badge is not None)
    free.select(badged)
    whole = view.height()
    free.key(Qt.Key.Key_O)
    assert free.show.card
    assert free.stage.strip.isVisible()
    assert view.height() < whole
    assert free.stage.strip.smallest_text() >= 1080 * READABLE - 1
    for _ in range(9):
        if free.show.card:
            free.key(Qt.Key.Key_O)
    assert not free.show.card
    assert not free.stage.strip.isVisible()
    view.badge_activated.emit(badged)
    assert free.show.card
    free.key(Qt.Key.Key_Escape)
    assert not free.show.card


def test_what_has_no_evidence_says_so(free):
    view = free.stage.view
    bare = next(id for id, node in view.scene.picture.nodes.items() if node.kind == "consequence" and not node.badge)
    free.select(bare)
    free.key(Qt.Key.Key_O)
    assert "no evidence" in free.audience.notice.text()


# editing


def test_enter_rewords_in_place_and_undo_takes_it_back(free):
    cause = a_cause(free)
    before = free.store.get(cause).title
    free.select(cause)
    free.key(Qt.Key.Key_Return)
    assert free.stage.view.titles.editor is not None
    free.type("Said otherwise: n, p and b are letters")
    free.key(Qt.Key.Key_Return)
    assert free.store.get(cause).title == "Said otherwise: n, p and b are letters"
    assert free.show.index == 0
    assert free.stage.view.scene.node(cause).title.startswith("Said otherwise")
    free.key(Qt.Key.Key_Z, CTRL)
    assert free.store.get(cause).title == before
    free.key(Qt.Key.Key_Y, CTRL)
    assert free.store.get(cause).title != before


def test_tab_walks_the_elements_in_view(free):
    seen = set()
    for _ in range(4):
        free.key(Qt.Key.Key_Tab)
        seen.add(free.selected)
    assert len(seen) == 4
    last = free.selected
    free.key(Qt.Key.Key_Tab)
    free.key(Qt.Key.Key_Backtab, SHIFT)
    assert free.selected == last


def test_a_control_goes_to_the_lit_line(free):
    free.select(a_cause(free))
    free.key(Qt.Key.Key_P)
    controls, guards = free.store.count("control"), free.store.count("guard")
    free.running.session.select(())
    free.key(Qt.Key.Key_I, CTRL)
    free.type("New gate")
    free.key(Qt.Key.Key_Return)
    assert (free.store.count("control"), free.store.count("guard")) == (controls + 1, guards + 1)
    made = next(c for c in free.store.all(Control) if c.title == "New gate")
    line = next(g for g in free.store.all(Guard) if g.control == made.id).subject
    assert line in free.stage.view.artist.clear
    free.key(Qt.Key.Key_Z, CTRL)
    assert free.store.count("control") == controls


def test_a_hazard_is_rated_by_keys(free):
    hazard = next(id for id, node in free.stage.view.scene.picture.nodes.items() if node.kind == "hazard")
    free.select(hazard)
    free.key(Qt.Key.Key_R)
    sheet = free.audience.sheet
    before = sheet.matrix.codes
    assert sheet.phase == "residual"
    free.key(Qt.Key.Key_Right)
    free.key(Qt.Key.Key_Down)
    wanted = sheet.matrix.codes
    assert wanted != before
    free.key(Qt.Key.Key_Return)
    rating = free.store.find(Assessment.of(hazard, "residual").id, Assessment)
    assert (rating.severity, rating.frequency) == wanted
    assert free.audience.sheet is None
    free.key(Qt.Key.Key_Z, CTRL)
    rating = free.store.find(Assessment.of(hazard, "residual").id, Assessment)
    assert rating is None or (rating.severity, rating.frequency) != wanted


def test_a_document_that_may_not_be_changed_says_so(free):
    free.store.read_only = "Revision 4 cannot be changed."
    free.select(a_cause(free))
    free.key(Qt.Key.Key_F2)
    assert free.stage.view.titles.editor is None
    assert "cannot be changed" in free.audience.notice.text()
    free.store.read_only = ""


# the meeting log


@pytest.mark.parametrize(
    ("key", "cls"),
    [
        (Qt.Key.Key_A, ActionItem),
        (Qt.Key.Key_D, Decision),
        (Qt.Key.Key_V, Vote),
        (Qt.Key.Key_C, Comment),
    ],
)
def test_the_meeting_log_is_written_without_leaving(free, key, cls):
    cause = a_cause(free)
    free.select(cause)
    before = {record.id for record in free.store.all(cls)}
    free.key(key)
    free.type("Agree: n, b and 1 are typed here")
    free.key(Qt.Key.Key_Return)
    (made,) = [record for record in free.store.all(cls) if record.id not in before]
    assert made.subject == cause
    assert getattr(made, "text", "") or getattr(made, "question", "") == "Agree: n, b and 1 are typed here"
    assert free.show.index == 0
    assert free.show.blank == ""
    free.key(Qt.Key.Key_Right)
    assert free.show.index == 1


def test_every_key_is_told(talk):
    talk.key(Qt.Key.Key_F1)
    told = [label.text() for label in talk.audience.sheet.findChildren(type(talk.audience.notice))]
    assert "List of stops" in told
    assert "Light the pathway" in told
    talk.key(Qt.Key.Key_Space)
    assert talk.audience.sheet is None
    assert talk.show.index == 0


# the presenter's view


def test_notes_are_written_while_presenting_and_esc_goes_back_to_the_stops(talk):
    talk.key(Qt.Key.Key_M)
    assert "Alt+F5" in talk.audience.notice.text()
    talk.key(Qt.Key.Key_F5, Qt.KeyboardModifier.AltModifier)
    presenter = talk.running.presenter
    assert presenter.isVisible()
    assert not presenter.notes.hasFocus()
    talk.key(Qt.Key.Key_M)
    assert presenter.notes.hasFocus()
    talk.type("n, b and 1: ")
    talk.key(Qt.Key.Key_Escape)
    assert talk.window.is_presenting
    assert talk.show.index == 0
    assert talk.store.find("s1", Stop).notes.startswith("n, b and 1: ")
    talk.key(Qt.Key.Key_Right)
    assert talk.show.index == 1
    talk.key(Qt.Key.Key_F5, Qt.KeyboardModifier.AltModifier)
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

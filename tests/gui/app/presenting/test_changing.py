"""A presentation driven by keys alone: the document is changed, and the meeting log written."""

import pytest
from PySide6.QtCore import Qt

from tests.gui.app.presenting.person import CTRL, SHIFT, a_cause
from workbench.commands.stops import Draft, add_stop
from workbench.model.elements import Control, Guard
from workbench.model.judgement import Assessment
from workbench.model.review import ActionItem, Comment, Decision, Vote

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


def test_a_control_on_a_line_that_the_stop_lights_is_lit_and_its_title_is_typed_at_once(free):
    view, store = free.stage.view, free.store
    line = next(link for link in view.scene.picture.links.values() if link.bars)
    with store.transaction("Light the line") as tx:
        lit = (line.source, line.target, line.id, *line.bars)
        add_stop(tx, Draft("The line", free.show.current.diagram, highlighted=lit))
    free.turn()
    assert line.id in view.artist.clear
    free.key(Qt.Key.Key_I, CTRL)
    assert view.titles.editor is not None
    free.type("New gate: n, p and b")
    free.key(Qt.Key.Key_Return)
    made = next(control for control in store.all(Control) if control.title == "New gate: n, p and b")
    guard = next(guard for guard in store.all(Guard) if guard.control == made.id)
    assert guard.subject == line.id
    assert guard.id in view.artist.clear
    assert free.show.current.title == "The line"
    free.key(Qt.Key.Key_Z, CTRL)
    assert made.id not in store
    assert line.id in view.artist.clear
    free.key(Qt.Key.Key_Y, CTRL)
    assert made.id in store


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

"""The strip that notes something, driven by keys alone."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.analysis.meeting_log import WHOLE_PROJECT, entries
from workbench.commands.meeting import start_meeting
from workbench.model.elements import Hazard
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.review import ActionItem
from workbench.panels.style import apply_theme
from workbench.present.capture import CaptureStrip
from workbench.render.theme import load_theme
from workbench.session.session import Session
from workbench.store.store import Store

AT = "2026-11-23T12:30:00Z"  # a Monday everywhere
Key = Qt.Key


class Stage(QWidget):
    """A window with keys of its own, such as the audience's; ``keys`` are those that reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[object] = []
        self.ended: list[str] = []
        self.column = QVBoxLayout(self)
        for text in ("A", "1", "Right", "N", "Ctrl+Z"):
            QShortcut(QKeySequence(text), self).activated.connect(partial(self.keys.append, text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def stage(qtbot, qapp):
    apply_theme(qapp, load_theme("light"))
    made = Stage()
    qtbot.addWidget(made)
    made.resize(1_200, 200)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def session():
    made = Session(
        Store(
            [
                Project(id=PROJECT_ID, title="P"),
                Hazard(id="h1", code="H-1", title="Wrong <b>code</b>"),
                Hazard(id="h2", code="H-2", title="Slow code"),
                ActionItem(id="a0", owner="Lina Okafor", text="Old", at="2026-01-01T09:00:00Z"),
            ]
        )
    )
    made.signature = lambda: ("Ann", AT)
    return made


@pytest.fixture
def strip(stage, session):
    """Opens a strip; the stage gathers what it says at its end."""

    def make(kind, subjects=("h1", "h2")):
        made = CaptureStrip(session, kind, subjects, stage)
        stage.column.addWidget(made)
        made.done.connect(stage.ended.append)
        made.cancelled.connect(lambda: stage.ended.append("cancelled"))
        made.begin()
        return made

    return make


def press(made, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(made.focusWidget(), key, held)


def write(made, text):
    QTest.keyClicks(made.focusWidget(), text)


def noted(session, kind):
    return [one for one in entries(session.store) if one.kind == kind and one.id != "a0"]


def test_an_action_by_keys_alone(strip, session, stage):
    made = strip("action")
    write(made, "Renew 1 Anna's <rules>")
    press(made, Key.Key_Tab)
    write(made, "lina")
    assert "Down: Lina Okafor" in made.said()
    press(made, Key.Key_Down)
    press(made, Key.Key_Tab)
    write(made, "fri")
    assert "Fri 27 Nov 2026" in made.said()
    press(made, Key.Key_Return)
    (one,) = noted(session, "action")
    assert (one.text, one.who, one.due, one.subject, one.at) == (
        "Renew 1 Anna's <rules>",
        "Lina Okafor",
        "2026-11-27",
        "h1",
        AT,
    )
    assert stage.ended == [one.id]
    assert stage.keys == []
    session.store.undo()
    assert not noted(session, "action")


@pytest.mark.parametrize(
    ("typed", "keys", "kept"),
    [
        ("Ann", [], "Ann"),
        ("ann, bo; d", [], "Ann, Bo; D"),
        ("bo", [Key.Key_Down], "Ann, Bo; D"),
        ("", [Key.Key_Down, Key.Key_Down], "Lina Okafor"),
        ("ann", [Key.Key_Down, Key.Key_Down], "ann"),
        ("ann", [Key.Key_Down, Key.Key_Up], "ann"),
        ("nn", [Key.Key_Down], "nn"),
    ],
)
def test_a_name_is_the_one_typed_unless_another_was_chosen(strip, session, typed, keys, kept):
    with session.store.transaction("Start") as tx:
        start_meeting(tx, "Review", ("Ann, Bo; D",), (), at=AT)
    made = strip("action")
    write(made, "Renew")
    press(made, Key.Key_Tab)
    write(made, typed)
    for key in keys:
        press(made, key)
    press(made, Key.Key_Tab)
    press(made, Key.Key_Return)
    (one,) = noted(session, "action")
    assert one.who == kept


def test_one_after_the_other(strip, session, stage):
    made = strip("action")
    for text in ("First", "Second"):
        write(made, text)
        press(made, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert made.text.hasFocus()
        assert made.text.text() == ""
        assert text in made.said()
    assert stage.ended == []
    assert {one.text for one in noted(session, "action")} == {"First", "Second"}


def test_escape_drops_what_was_typed(strip, session, stage):
    made = strip("comment")
    write(made, "Never mind")
    assert made.typed()
    press(made, Key.Key_Escape)
    assert stage.ended == ["cancelled"]
    assert not noted(session, "comment")


def test_a_day_nobody_understands_keeps_the_strip(strip, session, stage):
    made = strip("action")
    write(made, "Check")
    press(made, Key.Key_Backtab)
    press(made, Key.Key_Backtab)
    assert made.due.hasFocus()
    write(made, "someday")
    press(made, Key.Key_Return)
    assert "2026-12-01" in made.said()
    assert made.due.hasFocus()
    assert made.text.text() == "Check"
    assert not stage.ended
    assert not noted(session, "action")


def test_nothing_said_is_not_kept(strip, stage):
    made = strip("decision")
    press(made, Key.Key_Return)
    assert made.said().startswith("Say what")
    assert not stage.ended


def test_a_vote_counts_hands(strip, session):
    made = strip("vote")
    write(made, "Accept the risk?")
    press(made, Key.Key_Tab)
    for _ in range(5):
        press(made, Key.Key_Up)
    press(made, Key.Key_Down)
    press(made, Key.Key_Right)
    write(made, "913")
    press(made, Key.Key_Backspace)
    press(made, Key.Key_Backspace)
    assert made.focusWidget().text() == "Disagree 9"
    press(made, Key.Key_Right)
    press(made, Key.Key_Left)
    write(made, "12")
    press(made, Key.Key_Tab)
    press(made, Key.Key_Up)
    press(made, Key.Key_Return)
    (one,) = noted(session, "vote")
    assert (one.text, one.tally, one.who) == ("Accept the risk?", (4, 12, 1), "Ann")


def test_keys_that_are_no_count_of_hands_are_told(strip):
    made = strip("vote")
    write(made, "Accept?")
    press(made, Key.Key_Tab)
    write(made, "999999999999")
    assert made.focusWidget().value() == 9_999
    assert made.said() == "At most 9,999 hands are counted; 9,999 is kept."
    press(made, Key.Key_Tab)
    assert made.said().startswith("Enter keeps it")
    write(made, "-3")
    assert made.focusWidget().value() == 3
    assert made.said() == "“-” is left out: a count of hands has digits only, from 0 to 9,999."


@pytest.mark.parametrize("kind", ["decision", "comment"])
def test_words_alone(strip, session, kind):
    made = strip(kind)
    write(made, "So be it")
    press(made, Key.Key_Tab)
    assert made.pinned.currentText() == "H-1 Wrong <b>code</b>"
    press(made, Key.Key_Down)
    press(made, Key.Key_Return)
    (one,) = noted(session, kind)
    assert (one.text, one.who, one.subject) == ("So be it", "Ann", "h2")


def test_pinned_to_the_project_where_nothing_is_selected(strip, session):
    made = strip("decision", ("gone",))
    assert made.pinned.currentText() == WHOLE_PROJECT
    write(made, "Go")
    press(made, Key.Key_Return)
    assert noted(session, "decision")[0].subject == ""


def test_what_is_kept_belongs_to_the_meeting(strip, session):
    with session.store.transaction("Start") as tx:
        meeting = start_meeting(tx, "Review", (), (), at=AT)
    made = strip("comment")
    assert made.said().startswith("Meeting “Review” · Enter keeps it")
    write(made, "Why?")
    press(made, Key.Key_Return)
    assert noted(session, "comment")[0].meeting == meeting


def test_keys_of_the_program_still_work(strip, stage):
    made = strip("comment")
    press(made, Key.Key_PageDown)
    press(made, Key.Key_F5)
    press(made, Key.Key_Right)
    assert stage.keys == [Key.Key_F5]


def test_a_protected_document_says_so(strip, session):
    session.store.read_only = "The file is protected; save a copy."
    made = strip("comment")
    write(made, "Why?")
    press(made, Key.Key_Return)
    assert "protected" in made.said()
    assert made.text.text() == "Why?"

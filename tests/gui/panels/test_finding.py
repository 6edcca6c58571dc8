"""Find and the command palette."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.panels.command_palette import CommandPalette, CommandRow
from workbench.panels.element_rows import element_rows
from workbench.panels.find_bar import FindBar

TWO = "Select two elements or more."


@pytest.fixture
def bar(qtbot, scene):
    widget = FindBar(scene.session)
    qtbot.addWidget(widget)
    widget.open()
    return widget


def find(qtbot, bar, text):
    bar.text.clear()
    qtbot.keyClicks(bar.text, text)
    qtbot.keyClick(bar.text, Qt.Key.Key_Return)


def test_hits_are_walked_round(qtbot, bar, scene):
    find(qtbot, bar, "o")
    count = len(bar.hits)
    assert count > 2
    assert bar._count.text() == f"1 of {count}"
    qtbot.keyClick(bar.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar._count.text() == f"{count} of {count}"
    qtbot.keyClick(bar.text, Qt.Key.Key_Return)
    assert bar._count.text() == f"1 of {count}"


def test_a_hit_is_selected_and_revealed(qtbot, bar, scene):
    shown: list[tuple[str, ...]] = []
    scene.session.reveal.connect(shown.append)
    find(qtbot, bar, "exploited")
    assert scene.session.selection == (scene.harm,)
    assert shown == [(scene.harm,)]


def test_a_hit_elsewhere_switches_the_diagram(qtbot, bar, scene):
    scene.session.set_diagram(scene.other)
    find(qtbot, bar, "prompt")
    assert scene.session.diagram == scene.diagram
    assert scene.session.selection == (scene.causes[1],)


def test_a_control_is_shown_where_it_stands(qtbot, bar, scene):
    find(qtbot, bar, "gate")
    assert scene.session.selection == (scene.guards[0],)


def test_text_besides_titles_is_found_and_said(qtbot, bar, scene):
    with scene.store.transaction("x") as tx:
        tx.patch(scene.guards[0], note="Only for Python")
    find(qtbot, bar, "python")
    assert scene.session.selection == (scene.guards[0],)
    assert bar._where.text() == "Note: Only for Python"


def test_nothing_found_is_said(qtbot, bar, scene):
    find(qtbot, bar, "zebra")
    assert bar._count.text() == "No hits"


def test_a_hit_that_goes_away_is_counted_no_more(qtbot, bar, scene):
    find(qtbot, bar, "prompt")
    with scene.store.transaction("x") as tx:
        tx.remove(scene.causes[1])
    bar.flush()
    qtbot.keyClick(bar.text, Qt.Key.Key_Return)
    assert bar._count.text() == "No hits"


def test_escape_closes(qtbot, bar):
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
    assert not bar.isVisible()


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    widget.resize(900, 600)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(window, scene, done):
    rows = [
        CommandRow("Fit", partial(done.append, "fit"), "Ctrl+9", "View"),
        CommandRow("Export figure…", partial(done.append, "export"), "Ctrl+E", "File"),
        CommandRow(
            "Align left",
            partial(done.append, "left"),
            "",
            "Diagram",
            False,
            why_off=lambda: "Select two elements or more.",
        ),
        CommandRow("Align right", partial(done.append, "right"), "", "Diagram"),
        CommandRow("Dark theme", partial(done.append, "theme"), "", "View", also="light colours"),
    ]
    return CommandPalette(lambda: rows, lambda text: element_rows(scene.session, text), window)


def test_enter_runs_the_best_match(qtbot, palette, done):
    palette.open()
    qtbot.keyClicks(palette.text, "exp")
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert done == ["export"]
    assert not palette.isVisible()


def test_other_words_lead_to_an_action(qtbot, palette, done):
    palette.open()
    qtbot.keyClicks(palette.text, "light")
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert done == ["theme"]


def test_what_cannot_be_done_is_shown_and_skipped(qtbot, palette, done):
    palette.open()
    qtbot.keyClicks(palette.text, "align")
    assert [row.title for row in palette.model.rows][:2] == ["Align left", "Align right"]
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert done == ["right"]


def test_what_cannot_be_done_says_why(qtbot, palette, done):
    palette.open()
    qtbot.keyClicks(palette.text, "align left")
    assert palette.said() == f"Align left cannot be done now. {TWO}"
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not done
    palette.text.setText("align")
    assert palette.said() == ""
    qtbot.keyClick(palette.text, Qt.Key.Key_Up)
    assert palette.said().startswith("Align left cannot")
    palette.text.setText("qqqq")
    assert palette.said() == "Nothing matches"


def test_arrows_go_round(qtbot, palette, done):
    palette.open()
    qtbot.keyClick(palette.text, Qt.Key.Key_Up)
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert done == ["theme"]


def test_a_code_leads_to_its_element(qtbot, palette, scene):
    palette.open()
    qtbot.keyClicks(palette.text, "c-2")
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert scene.session.selection == (scene.causes[1],)


def test_an_element_of_another_diagram_is_shown_there(qtbot, palette, scene):
    def choose(text):
        palette.open()
        qtbot.keyClicks(palette.text, text)
        qtbot.keyClick(palette.text, Qt.Key.Key_Return)
        return scene.session.diagram, scene.session.primary

    scene.session.set_diagram(scene.other)
    assert choose("e-1") == (scene.other, scene.harm), "what stands here is shown here"
    assert choose("c-2") == (scene.diagram, scene.causes[1])
    scene.session.set_diagram(scene.other)
    assert choose("b-1") == (scene.diagram, scene.guards[0])


def test_escape_closes_the_palette(qtbot, palette, done):
    palette.open()
    qtbot.keyClick(palette.text, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert not done

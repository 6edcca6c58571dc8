"""The outline: selection both ways, filter, renaming, dragging, following the document."""

import json

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from tests.effort import within
from workbench.canvas.drops import ELEMENT_MIME
from workbench.commands.bowtie import add_top_event
from workbench.commands.create import add_element
from workbench.commands.delete import delete_everywhere
from workbench.model.elements import Cause, Link
from workbench.panels.outline import Outline
from workbench.panels.outline_model import SHARED
from workbench.session.session import Session
from workbench.store.store import Store


@pytest.fixture
def outline(qtbot, scene):
    widget = Outline(scene.session)
    tester = QAbstractItemModelTester(widget.model, QAbstractItemModelTester.FailureReportingMode.Warning, widget)
    assert tester.model() is widget.model
    qtbot.addWidget(widget)
    widget.resize(260, 700)
    widget.show()
    return widget


def titles(outline, parent=None):
    model = outline.model
    at = parent if parent is not None else QModelIndex()
    return [model.index(i, 0, at).data() for i in range(model.rowCount(at))]


def test_selecting_on_the_canvas_opens_and_marks_the_row(outline, scene):
    scene.session.select([scene.guards[1]])
    outline.flush()
    current = outline.tree.currentIndex()
    assert current.data() == "Gate"
    assert current.parent().data() == "Prompt"
    assert outline.tree.isExpanded(current.parent())
    assert current.data(SHARED) == 2


def test_selecting_a_row_selects_on_the_canvas(outline, scene):
    scene.session.select([scene.causes[0]])
    outline.flush()
    outline.tree.setCurrentIndex(outline.model.locate(scene.causes[1]))
    assert scene.session.selection == (scene.causes[1],)


def test_double_click_reveals(qtbot, outline, scene):
    shown: list[tuple[str, ...]] = []
    scene.session.reveal.connect(shown.append)
    outline.tree.doubleClicked.emit(outline.model.locate(scene.harm))
    assert shown == [(scene.harm,)]
    scene.session.set_diagram(scene.other)
    outline.tree.doubleClicked.emit(outline.model.locate(scene.harm))
    assert scene.session.diagram == scene.other, "it stands here too"
    outline.tree.doubleClicked.emit(outline.model.locate(scene.top))
    assert scene.session.diagram == scene.diagram


def test_a_diagram_row_switches_to_it(outline, scene):
    outline.tree.doubleClicked.emit(outline.model.locate(scene.other))
    assert scene.session.diagram == scene.other


def test_rows_come_and_go_in_place(outline, scene):
    scene.session.select([scene.guards[0]])
    outline.flush()
    top = outline.model.locate(scene.top)
    assert titles(outline, top) == ["Model", "Prompt", "Exploited"]
    with scene.store.transaction("Delete") as tx:
        delete_everywhere(tx, [scene.causes[1]])
    outline.flush()
    assert titles(outline, outline.model.locate(scene.top)) == ["Model", "Exploited"]
    assert outline.tree.isExpanded(outline.model.locate(scene.top))
    scene.store.undo()
    outline.flush()
    assert titles(outline, outline.model.locate(scene.top)) == ["Model", "Prompt", "Exploited"]


def test_a_closed_row_shows_an_arrow_while_something_hangs_under_it(outline, scene):
    model, store = outline.model, scene.store
    with store.transaction("Add") as tx:
        hazard = add_element(tx, "hazard", "Fog")
    outline.flush()
    row = model.locate(hazard)
    assert not model.hasChildren(row)
    with store.transaction("Add") as tx:
        top = add_top_event(tx, hazard, "Lost way")
    outline.flush()
    assert model.hasChildren(row)
    with store.transaction("Delete") as tx:
        delete_everywhere(tx, [top])
    outline.flush()
    assert not model.hasChildren(row)
    assert model.rowCount(row) == 0
    store.undo()
    outline.flush()
    assert model.hasChildren(row)


def test_counts_follow(qtbot, outline, scene):
    said: list[str] = []
    outline.counts_changed.connect(said.append)
    with scene.store.transaction("x") as tx:
        add_element(tx, "hazard", "Another")
    outline.flush()
    assert said[-1] == "2 hazards"


def test_filter_lists_what_matches_and_escape_brings_the_tree_back(qtbot, outline, scene):
    outline.filter.setText("pro")
    assert titles(outline) == ["Prompt"]
    qtbot.keyClick(outline.filter, Qt.Key.Key_Escape)
    assert titles(outline)[0] == "Insecure code"


def test_enter_edits_the_title(qtbot, outline, scene):
    index = outline.model.locate(scene.causes[0])
    outline.tree.setFocus()
    outline.tree.setCurrentIndex(index)
    qtbot.keyClick(outline.tree, Qt.Key.Key_Return)
    editor = outline.tree.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Weights")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: scene.store.get(scene.causes[0]).title == "Weights")


def test_delete_asks_the_window(qtbot, outline, scene):
    outline.tree.setCurrentIndex(outline.model.locate(scene.harm))
    with qtbot.waitSignal(outline.delete_requested) as asked:
        qtbot.keyClick(outline.tree, Qt.Key.Key_Delete)
    assert asked.args == [(scene.harm,)]


def test_a_drag_carries_ids(outline, scene):
    data = outline.model.mimeData([outline.model.locate(scene.guards[0])])
    assert json.loads(bytes(data.data(ELEMENT_MIME).data())) == [scene.control]


def test_a_row_at_a_time_for_ten_thousand_elements(qtbot, look):
    store = Store()
    with store.transaction("x") as tx:
        for index in range(10_000):
            tx.put(Cause(id=f"c{index}", code=f"C-{index}", title=f"Cause {index}"))
        for index in range(9_999):
            tx.put(Link(id=f"l{index}", source=f"c{index}", target=f"c{index + 1}"))
    session = Session(store)
    with within(20):
        outline = Outline(session)
        qtbot.addWidget(outline)
        outline.show()
        outline.grab()
    session.select(["c5"])
    outline.flush()
    with store.transaction("x") as tx:
        tx.patch("c5", title="Other")
    with within(3):
        outline.flush()

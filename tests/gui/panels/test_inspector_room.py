"""The inspector at its usual width: long values wrap, take a row of their own, or end in an ellipsis with a tooltip."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from workbench.commands.edit import set_field
from workbench.panels.common import Label
from workbench.panels.inspector import Inspector
from workbench.panels.rating_part import RiskChip
from workbench.panels.row_button import RowButton


@pytest.fixture
def inspector(qtbot, scene):
    made = Inspector(scene.session)
    qtbot.addWidget(made)
    made.resize(264, 1200)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(inspector, scene, id, **fields):
    if fields:
        with scene.store.transaction("Fill in") as tx:
            for name, value in fields.items():
                set_field(tx, id, name.replace("__", "."), value)
    scene.session.select([id])
    inspector.flush()
    for _ in range(4):
        QApplication.processEvents()


def side_by_side(inspector, left, right):
    return inspector.editor(left).y() == inspector.editor(right).y()


def tip_of(widget):
    QToolTip.hideText()
    at = QPoint(5, 5)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    return QToolTip.text().replace("\u2060", "")


def test_two_short_values_share_a_row_and_a_long_one_takes_it(inspector, scene):
    show(inspector, scene, scene.control, control_type="passive")
    assert side_by_side(inspector, "control_type", "state")
    show(inspector, scene, scene.control, control_type="active_human")
    assert not side_by_side(inspector, "control_type", "state")
    combo = inspector.editor("control_type").control
    assert combo.room() <= combo.width()


def test_a_wider_inspector_shares_the_row_again(inspector, scene):
    show(inspector, scene, scene.control, control_type="active_human")
    inspector.resize(420, 1200)
    QApplication.processEvents()
    assert side_by_side(inspector, "control_type", "state")


def test_a_line_keeps_its_place_while_it_is_typed_in(qtbot, inspector, scene):
    show(inspector, scene, scene.guards[0], alternative_to="Layer one")
    shared = inspector.editor("alternative_to")
    width = shared.width()
    line = shared.control
    line.setFocus()
    qtbot.keyClicks(line, " and a good deal more than half of the inspector holds")
    QApplication.processEvents()
    assert shared.width() == width
    inspector.editor("title").control.setFocus()
    QApplication.processEvents()
    assert shared.width() > width


def test_a_title_wraps_and_is_seen_whole(inspector, scene):
    title = "AI suggestions in nine hundred security-relevant repositories"
    show(inspector, scene, scene.hazard, title=title)
    box = inspector.editor("title").control
    assert box.toPlainText() == title
    assert box.document().size().height() > 1
    assert box.verticalScrollBar().maximum() == 0
    assert not box.horizontalScrollBar().isVisible()


def test_a_title_takes_no_line_break(qtbot, inspector, scene):
    show(inspector, scene, scene.hazard, title="One")
    box = inspector.editor("title").control
    box.setFocus()
    box.selectAll()
    pasted = QMimeData()
    pasted.setText("First\nsecond")
    box.insertFromMimeData(pasted)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert scene.store.get(scene.hazard).title == "First second"
    assert box.hasFocus()


def test_what_is_cut_is_said_by_the_tooltip(inspector, scene):
    owner = "Head of the department for platform security and release engineering"
    show(inspector, scene, scene.top, owner=owner)
    line = inspector.editor("owner").control
    assert isinstance(line, QLineEdit)
    assert tip_of(line) == owner
    show(inspector, scene, scene.top, owner="QA")
    assert tip_of(line) != "QA"
    title = "A hazard with a title that no drop-down of this width can show"
    show(inspector, scene, scene.hazard, title=title)
    show(inspector, scene, scene.top)
    combo = inspector.editor("hazard").control
    assert combo.room() > combo.width()
    assert tip_of(combo).endswith(title)


def test_a_list_of_choices_is_as_wide_as_they_are(inspector, scene):
    show(inspector, scene, scene.hazard, title="A hazard with a title that no drop-down of this width can show")
    show(inspector, scene, scene.top)
    combo = inspector.editor("hazard").control
    combo.showPopup()
    QApplication.processEvents()
    try:
        assert combo.view().width() >= combo.view().sizeHintForColumn(0)
    finally:
        combo.hidePopup()


def test_rows_of_a_list_end_in_an_ellipsis_and_say_all(inspector, scene):
    title = "Model copies insecure patterns that stand in many public repositories"
    show(inspector, scene, scene.causes[0], title=title)
    show(inspector, scene, scene.control)
    row = next(row for row in inspector.findChildren(RowButton) if row.whole().endswith(title))
    assert row.text().endswith("…")
    assert row.accessibleName().endswith(title)
    assert row.toolTip().endswith(title)


def test_a_long_code_is_read_whole(inspector, scene):
    show(inspector, scene, scene.hazard, code="HAZ-2026-0001")
    line = inspector._head.code
    assert line.fontMetrics().horizontalAdvance("HAZ-2026-0001") < line.width()


def test_a_rating_outside_the_scheme_is_read_whole(inspector, scene):
    chip = RiskChip(inspector)
    chip.show_rating(None, outside="Intolerable7")
    assert chip.toolTip() == chip.accessibleName() == "Intolerable7 is not in the scheme"


def test_a_long_word_breaks_and_is_read_as_it_is(qtbot, look):
    path = "results/evalplus-starcoder2-15b-instruct-v0.1-humaneval_eval_results.json"
    label = Label(path, wrap=True)
    qtbot.addWidget(label)
    label.resize(200, 200)
    assert label.heightForWidth(200) > 2 * label.fontMetrics().height()
    assert label.text() == path
    assert label.accessibleName() == path
    label.setText("short")
    assert label.accessibleName() == "short"

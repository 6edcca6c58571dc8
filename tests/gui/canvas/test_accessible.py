"""What a screen reader is told."""

from PySide6.QtGui import QAccessible

from workbench.canvas import accessible, spoken
from workbench.commands import delete


def texts(interface):
    return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)


def test_every_drawn_thing_is_a_child_with_a_name(tie):
    guard = tie.guard(tie.l1, "Gate")
    accessible.install()
    canvas = QAccessible.queryAccessibleInterface(tie.view)
    assert canvas.text(QAccessible.Text.Name) == "Diagram canvas"
    assert canvas.childCount() >= 6
    found = dict(texts(canvas.child(i)) for i in range(6))
    assert found["Cause C-1: One"] == "Leads to T-1 through 1 control."
    assert found["Preventive control B-1: Gate"] == "On the line from C-1 to T-1, 1 of 1. Proposed."
    assert found["Line from C-2 to T-1"] == "No control on it."
    assert "Follows from C-1, C-2." in found["Top event T-1: Top"]
    child = canvas.child(0)
    assert canvas.indexOfChild(child) == 0
    assert child.role() == QAccessible.Role.ListItem
    assert spoken.whole(tie.view.scene, guard).startswith("Preventive control B-1: Gate. On the line")


def test_the_selected_thing_has_the_focus(tie):
    accessible.install()
    canvas = QAccessible.queryAccessibleInterface(tie.view)
    tie.session.select([tie.c2])
    focus = canvas.focusChild()
    assert texts(focus)[0] == "Cause C-2: Two"
    assert focus.state().selected
    assert focus.rect().isValid()


def test_what_is_gone_is_no_longer_valid(tie):
    accessible.install()
    canvas = QAccessible.queryAccessibleInterface(tie.view)
    tie.session.select([tie.c2])
    child = canvas.focusChild()
    assert child.isValid()
    with tie.store.transaction("x") as tx:
        delete.take_off(tx, "diagram_1", [tie.c2])
    tie.turn()
    assert not child.isValid()
    assert child.text(QAccessible.Text.Name) == ""
    assert len(tie.view.scene) == 3


def test_what_lies_at_a_point_of_the_screen(tie):
    accessible.install()
    canvas = QAccessible.queryAccessibleInterface(tie.view)
    at = tie.view.viewport().mapToGlobal(tie.px(60, 100))
    assert texts(canvas.childAt(at.x(), at.y()))[0] == "Cause C-1: One"


def test_many_focus_events_for_a_listening_reader(tie):
    accessible.install()
    QAccessible.setActive(True)
    try:
        for _ in range(500):
            tie.session.select([tie.c1])
            tie.session.select([tie.l1])
    finally:
        QAccessible.setActive(False)
    assert tie.session.selection == (tie.l1,)

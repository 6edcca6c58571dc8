"""Steps and the selection that belongs to them."""

from workbench.actions.edits import change
from workbench.commands.create import create_on_diagram


def test_a_command_that_changes_nothing_leaves_the_step_before_alone(open_project):
    window = open_project(template="empty").window
    session = window.session
    change(window, "Add", lambda tx: create_on_diagram(tx, session.diagram, "cause", 0, 0, "A"))
    made = session.selection
    assert made
    change(window, "Nothing", lambda _tx: [])
    assert session.selection == ()
    session.store.undo()
    session.store.redo()
    assert session.selection == made

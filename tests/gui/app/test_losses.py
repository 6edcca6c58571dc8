"""What a delete takes away stays readable in the status bar, and widens no window."""

from workbench.app.status import NOTICE_MS
from workbench.commands.create import create_on_diagram
from workbench.model.runs import Evidence


def test_the_status_bar_says_what_left(open_project):
    driver = open_project()
    with driver.store.transaction("Build") as tx:
        cause = create_on_diagram(tx, driver.window.session.diagram, "cause", 0, 0, "Bad prompt " * 12)
        for index in range(2):
            tx.put(Evidence(id=f"e{index}", subject=cause, title="claim"))
    driver.turn()
    driver.window.session.select([cause])
    driver.turn()
    least = driver.window.minimumSizeHint().width()
    driver.run("edit.delete")
    driver.turn(8)
    status = driver.window.status
    assert status._what.text().endswith("left the project with 2 claims; Ctrl+Z brings them back.")
    assert status._what.toolTip()
    assert status._clear.interval() > NOTICE_MS
    assert driver.window.minimumSizeHint().width() <= least

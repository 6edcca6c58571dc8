"""Findings in the whole window: the tab's count, the keys, the name that answers are kept with."""

from PySide6.QtCore import Qt


def test_tab_keys_and_count(open_project, qtbot, root):
    driver = open_project(root / "samples" / "code-synthesis-llm.hazard.json")
    docks = driver.window.docks
    panel = docks.contents.findings
    qtbot.waitUntil(lambda: panel.count() > 0)
    title = docks._docks["findings"].windowTitle()
    assert title == f"Findings {panel.count()}"
    driver.turn()
    driver.key(Qt.Key.Key_F7)
    assert panel.isVisible()
    panel.flush()
    assert panel.body.table.hasFocus()
    driver.window.menus.refresh()
    driver.run("findings.next")
    assert driver.window.session.selection
    first = panel.body.table.current()
    driver.run("findings.previous")
    assert panel.body.table.current() != first
    assert panel.author() == driver.app.settings.author

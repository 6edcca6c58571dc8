"""The command palette of the window finds elements by a few letters of their names, as its own test says."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from workbench.commands.connect import connect
from workbench.commands.create import add_element, new_diagram, place
from workbench.commands.guards import insert_control
from workbench.model.elements import Guard


def test_a_control_is_found_by_letters_and_shown_on_its_line(open_project):
    driver = open_project(template="empty")
    with driver.store.transaction("Build") as tx:
        diagram = next((r.id for r in driver.store.records.values() if r.TYPE == "diagram"), None) or new_diagram(
            tx, "D"
        )
        hazard, cause = add_element(tx, "hazard", "Secrets"), add_element(tx, "cause", "Wrong code is trusted")
        top = add_element(tx, "top_event", "Leak", hazard=hazard)
        for at, id in enumerate((cause, top)):
            place(tx, diagram, id, 400 * at, 0)
        guard = insert_control(tx, connect(tx, cause, top), title="Static analysis of each change")
    driver.window.session.set_diagram(diagram)
    driver.turn()
    driver.run("tools.palette")
    palette = driver.window.windows._palette
    for words, wanted in (("wrcotr", cause), ("staan", guard)):
        driver.window.session.select([])
        palette.open()
        QTest.keyClicks(palette.text, words)
        driver.turn()
        QTest.keyClick(palette.text, Qt.Key.Key_Return)
        driver.turn()
        assert driver.window.session.selection == (wanted,)
    assert driver.store.find(guard, Guard) is not None


def test_an_action_that_is_off_says_what_it_wants(open_project):
    driver = open_project(template="bow-tie")
    driver.window.session.select([])
    driver.turn()
    driver.run("tools.palette")
    palette = driver.window.windows._palette
    for words, why in (
        ("align left", "Select two elements or more."),
        ("end meeting", "No meeting is under way."),
        ("rate what is selected", "Its keys count while presenting; F5 presents."),
    ):
        palette.text.setText(words)
        QTest.keyClick(palette.text, Qt.Key.Key_Return)
        assert palette.isVisible()
        assert palette.said().endswith(f"cannot be done now. {why}")

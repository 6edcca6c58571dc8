"""Badges of findings on the diagram: after the check, live, by click and by key, on lines and controls; hidden too."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.unit.analysis.lint_projects import BREACHES, add, both, patch, store_of
from workbench.canvas import spoken
from workbench.files.project import save_project
from workbench.model.drawing import Placement
from workbench.model.elements import Link

PLACES = {"h": (150, 60), "t": (150, 300), "c": (40, 500), "e": (260, 500)}


@pytest.fixture
def driver(open_project, qtbot, tmp_path):
    """A window on a consequence with a warning and two notes' worth of other findings."""
    change = both(
        BREACHES["consequence-bundled"][0],
        BREACHES["hazard-context"][0],
        patch("b", title="Training"),
        *(add(Placement.at("dg", id, x, y)) for id, (x, y) in PLACES.items()),
    )
    path = tmp_path / "p.hazard.json"
    save_project(store_of(change), path)
    made = open_project(path)
    qtbot.waitUntil(lambda: made.view.scene.findings is not None)
    made.turn()
    return made


def badge(driver, id):
    scene = driver.view.scene
    one = scene.node(id) or scene.bar(id) or scene.link(id)
    found = scene.findings.of(one)
    return (found.severity, found.count) if found is not None else None


def place(driver, id):
    scene = driver.view.scene
    one = scene.node(id) or scene.bar(id) or scene.link(id)
    x, y = driver.view.camera.to_view(*scene.findings.spot(one))
    return QPoint(round(x), round(y))


def pixels(driver, at):
    """What is painted around a place, as far as a badge reaches."""
    grabbed = driver.view.viewport().grab().toImage()
    return [grabbed.pixelColor(at.x() + dx, at.y() + dy).getRgb() for dx in range(-12, 13) for dy in range(-13, 12)]


def alike(one, other):
    """The same but for the last bit of what is blended."""
    return all(abs(a - b) <= 2 for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True))


def picture(driver, id):
    """What is painted where a badge stands."""
    return pixels(driver, place(driver, id))


def click(driver, id):
    QTest.mouseClick(driver.view.viewport(), Qt.MouseButton.LeftButton, pos=place(driver, id))
    driver.turn()


def shown(driver):
    return {row.place for row in driver.window.docks.contents.findings.body.table.rows_model.rows}


def test_what_has_findings_has_a_badge(driver):
    assert badge(driver, "e") == ("warning", 1)
    assert badge(driver, "h") == ("note", 1)
    assert badge(driver, "g") == ("warning", 1), "what is found on a control shows on its bar"
    assert badge(driver, "c") is None


def test_badges_follow_the_document(driver, qtbot):
    with_badge = picture(driver, "e")
    with driver.store.transaction("Rename") as tx:
        tx.patch("e", title="Customers leave")
    qtbot.waitUntil(lambda: badge(driver, "e") is None)
    driver.turn()
    assert not alike(picture(driver, "e"), with_badge)
    driver.store.undo()
    qtbot.waitUntil(lambda: badge(driver, "e") == ("warning", 1))
    driver.turn()
    assert alike(picture(driver, "e"), with_badge)


def test_several_findings_are_counted_and_the_worst_is_shown(driver, qtbot):
    with driver.store.transaction("Break") as tx:
        tx.patch("e", code="")
        tx.put(Link(id="ce", source="c", target="e"))
    qtbot.waitUntil(lambda: badge(driver, "e") == ("warning", 2))
    assert badge(driver, "ce") == ("error", 1), "a line carries its own"
    scene = driver.view.scene
    assert spoken.sentences(scene, "e").endswith("2 findings, worst: warning.")
    assert spoken.sentences(scene, "ce").endswith("1 finding: error.")
    assert "finding" not in spoken.sentences(scene, "t")


def test_a_click_shows_the_findings_on_it_alone(driver, qtbot):
    panel = driver.window.docks.contents.findings
    click(driver, "e")
    assert driver.window.session.selection == ("e",)
    assert panel.isVisible()
    assert shown(driver) == {"e"}
    assert panel.body.only.isVisible()
    assert "E-1" in panel.body.only.text()
    click(driver, "g")
    assert shown(driver) == {"b"}
    panel.body.only.click()
    assert shown(driver) == {"e", "h", "b"}
    assert not panel.body.only.isVisible()


def test_the_filter_ends_with_the_last_finding(driver, qtbot):
    click(driver, "e")
    panel = driver.window.docks.contents.findings
    panel.body.fix(0)
    qtbot.waitUntil(lambda: not panel.linter.busy and not panel._settle.isActive())
    panel.flush()
    assert shown(driver) == {"h", "b"}


def test_by_key(driver):
    driver.window.session.select(("h",))
    driver.view.setFocus()
    driver.turn()
    driver.key(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert shown(driver) == {"h"}
    assert driver.window.docks.contents.findings.body.table.hasFocus()
    driver.key(Qt.Key.Key_F7)
    assert shown(driver) == {"e", "h", "b"}


def test_they_can_be_hidden_and_that_is_kept(driver):
    with_badge = picture(driver, "e")
    at = place(driver, "e")
    driver.run("view.findings")
    assert driver.view.scene.findings is None
    assert not alike(pixels(driver, at), with_badge)
    assert not driver.app.settings.finding_badges
    driver.run("view.findings")
    assert alike(picture(driver, "e"), with_badge)


def test_the_badge_moves_with_its_element_and_leaves_nothing_behind(driver):
    before, with_badge = place(driver, "e"), picture(driver, "e")
    driver.window.session.select(("e",))
    driver.view.setFocus()
    for _ in range(12):
        driver.key(Qt.Key.Key_Down)
    driver.view.flush()
    driver.turn()
    assert place(driver, "e") != before
    left = pixels(driver, before)
    assert not alike(left, with_badge)
    driver.view.refresh()
    driver.turn()
    assert alike(left, pixels(driver, before))

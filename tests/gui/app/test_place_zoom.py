"""What stands in the place of the diagram is what zooming acts on; where no picture is seen, it is off and says why."""

import pytest
from PySide6.QtCore import Qt

from workbench.commands.create import add_element, create_on_diagram
from workbench.commands.edit import rename
from workbench.files.project import load_project, save_project
from workbench.model.drawing import Diagram
from workbench.model.elements import Cause

CTRL = Qt.KeyboardModifier.ControlModifier
ZOOMS = ("view.zoom_in", "view.zoom_out", "view.zoom_100", "view.fit")


@pytest.fixture
def project(open_project, tmp_path):
    """A saved project with two causes, and another version of it in which one has another title."""
    driver = open_project()
    driver.path, driver.other = tmp_path / "p.hazard.json", tmp_path / "other.hazard.json"
    (diagram,) = driver.store.all(Diagram)
    with driver.store.transaction("Add") as tx:
        driver.cause = create_on_diagram(tx, diagram.id, "cause", 0, 0, "One")
        create_on_diagram(tx, diagram.id, "cause", 2_000, 1_500, "Two")
    assert driver.window.files.write(driver.path)
    other = load_project(driver.path)
    with other.store.transaction("Rename") as tx:
        rename(tx, driver.cause, "Theirs")
    save_project(other.store, driver.other, other.header)
    return driver


def enabled(driver, *ids):
    driver.turn()
    return [driver.window.action(id).isEnabled() for id in ids]


def zoom_keys(driver, picture):
    """Every key of the View menu moves the picture that is seen, and nothing moves the hidden canvas."""
    hidden = driver.view.camera.pose
    status = driver.window.status.zoom
    assert enabled(driver, *ZOOMS, "view.zoom_selection") == [True] * 5
    driver.run("view.zoom_100")
    assert picture.zoom == 1.0, "also while the camera moves"
    picture.motion = False
    assert status.text() == "100 %"
    driver.key(Qt.Key.Key_Plus, CTRL)
    assert picture.zoom > 1.0
    assert status.text() == f"{round(picture.zoom * 100)} %"
    driver.key(Qt.Key.Key_Minus, CTRL)
    driver.key(Qt.Key.Key_Minus, CTRL)
    assert picture.zoom < 1.0
    status.click()
    assert picture.zoom == 1.0
    driver.key(Qt.Key.Key_9, CTRL)
    whole = picture.zoom
    assert whole < 0.6, "both causes are seen"
    driver.key(Qt.Key.Key_8, CTRL)
    assert picture.zoom > 1.4 * whole, "one cause alone is larger"
    assert driver.view.camera.pose == hidden


def test_a_comparison_is_zoomed_while_it_is_seen(project):
    shown = project.view.zoom
    project.window.revisions.comparing.compare_with(project.other)
    project.turn()
    page = project.window.revisions.comparing.panel
    assert enabled(project, *ZOOMS, "view.zoom_selection") == [True] * 4 + [False], "nothing is ringed yet"
    page.step(1)
    zoom_keys(project, page.view)
    project.key(Qt.Key.Key_Escape)
    assert project.view.isVisible()
    assert project.window.status.zoom.text() == f"{round(shown * 100)} %"


def test_the_picture_of_a_merge_is_zoomed_while_it_is_seen_and_nothing_once_all_is_settled(project):
    with project.store.transaction("Rename") as tx:
        rename(tx, project.cause, "Mine")
    project.path.write_bytes(project.other.read_bytes())
    project.window.files.outside.merge()
    project.turn(8)
    page = project.window.merging.panel
    zoom_keys(project, page.view)
    project.key(Qt.Key.Key_1)
    assert enabled(project, *ZOOMS, "view.zoom_selection") == [False] * 5, "the page says that all is settled"
    project.key(Qt.Key.Key_Escape)
    assert enabled(project, *ZOOMS) == [True] * 4


def test_where_no_picture_is_seen_zooming_is_off_and_says_why(project):
    with project.store.transaction("Add") as tx:
        add_element(tx, "cause", "Three")
    before, shown = project.view.camera.pose, project.window.status.zoom.text()
    project.window.session.select([record.id for record in project.store.all(Cause)])
    project.window.capability.show()
    assert enabled(project, *ZOOMS, "view.zoom_selection") == [False] * 5
    assert "no diagram to be seen" in project.window.action("view.fit").toolTip()
    assert not project.window.status.zoom.isEnabled()
    project.key(Qt.Key.Key_Plus, CTRL)
    project.window.canvas.fit()
    project.window.canvas.zoom_to_selection()
    assert project.view.camera.pose == before
    project.key(Qt.Key.Key_Escape)
    assert enabled(project, *ZOOMS, "view.zoom_selection") == [True] * 5
    assert "no diagram" not in project.window.action("view.fit").toolTip()
    assert project.window.status.zoom.text() == shown

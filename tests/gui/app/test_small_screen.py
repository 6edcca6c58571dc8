"""On a small screen the views stay inside the window and leave the docks as they found them."""

from PySide6.QtWidgets import QToolButton

from workbench.app import docks
from workbench.commands.capability import new_grid
from workbench.commands.odd import load_baseline
from workbench.panels.search_box import SearchBox

SMALL = (1024, 700)


def small(driver):
    driver.window.showNormal()
    driver.window.resize(*SMALL)
    driver.window.docks.fill()
    driver.turn(8)


def test_the_capability_grid_fits_and_gives_the_docks_back(open_project):
    driver = open_project()
    with driver.store.transaction("Grid") as tx:
        new_grid(tx, "What the model can do, by attribute and level")
    small(driver)
    docks = {
        name: dock.width() for name, dock in driver.window.docks._docks.items() if name in ("palette", "inspector")
    }
    driver.run("capability.view")
    driver.turn(8)
    assert driver.window.size().toTuple() == SMALL
    body = driver.window.capability.panel.body
    assert body.width() <= SMALL[0]
    words = [made.text() for made in body.bar.findChildren(QToolButton) if made.isCheckable()]
    assert words == ["Execution", "Understanding"]
    driver.window.capability.hide()
    driver.turn(8)
    assert {name: driver.window.docks._docks[name].width() for name in docks} == docks
    driver.window.resize(1600, 900)
    driver.run("capability.view")
    driver.turn(8)
    assert all(" of " in made.text() for made in body.bar.findChildren(QToolButton) if made.isCheckable())


def test_no_dock_below_asks_for_more_than_the_screen_has(open_project):
    driver = open_project()
    small(driver)
    for name in ("evidence", "findings", "risk", "log", "history"):
        driver.window.docks.show(name)
        driver.turn()
        assert driver.window.docks._docks[name].minimumSizeHint().width() <= 700, name
    assert driver.window.size().toTuple() == SMALL


def test_at_twice_the_size_nothing_is_cut(open_project, monkeypatch):
    """200 % on a screen of 1600 × 1000 leaves 800 × 480 for the window's inside."""
    monkeypatch.setattr(docks, "_SMALL_SCREEN", 100_000)
    driver = open_project(template="bow-tie")
    driver.window.docks.fill()
    with driver.store.transaction("Grid") as tx:
        new_grid(tx, "What the model can do")
        load_baseline(tx)
    driver.turn(8)
    assert driver.window.minimumSizeHint().height() <= 480
    driver.window.showNormal()
    driver.window.resize(800, 480)
    driver.turn(8)
    assert driver.window.size().toTuple() == (800, 480)
    box = driver.window.findChild(SearchBox)
    assert box.isVisible()
    assert box.window() is driver.window
    assert box.mapTo(driver.window, box.rect().topRight()).x() < 800
    tabs = driver.window.tabs
    assert tabs.bar.width() >= min(100, tabs.bar.sizeHint().width())
    views = [made for made in tabs.findChildren(QToolButton) if made.isCheckable() and not made.isHidden()]
    assert [(made.isVisible(), made.text()) for made in views] == [(True, ""), (True, "")]
    assert {made.toolTip() for made in views} == {"Capability grid", "Operational design domain"}
    assert driver.window.status.geometry().bottom() < 480
    driver.window.resize(1600, 900)
    driver.turn(8)
    assert [made.text() for made in views] == ["Capability grid", "Operating domain"]
    assert box.text().startswith("Search or run an action")


def test_the_views_at_twice_the_size_keep_the_window_on_the_screen(open_project, monkeypatch):
    monkeypatch.setattr(docks, "_SMALL_SCREEN", 100_000)
    driver = open_project()
    driver.window.docks.fill()
    with driver.store.transaction("Grid") as tx:
        new_grid(tx, "What the model can do")
        load_baseline(tx)
    driver.window.showNormal()
    driver.window.resize(800, 480)
    driver.turn(8)
    for view in ("odd.view", "capability.view"):
        driver.run(view)
        driver.turn(8)
        assert driver.window.size().toTuple() == (800, 480), view


def test_the_search_box_says_what_fits(qtbot):
    box = SearchBox()
    qtbot.addWidget(box)
    box.show()
    said = []
    for width in (260, 150, 44):
        box.resize(width, 30)
        said.append(box.text())
    assert said == ["Search or run an action   Ctrl+K", "Search   Ctrl+K", ""]
    assert box.accessibleName() == "Search or run an action"

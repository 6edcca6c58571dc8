"""On a small screen the views stay inside the window and leave the docks as they found them."""

from PySide6.QtWidgets import QToolButton

from workbench.commands.capability import new_grid

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

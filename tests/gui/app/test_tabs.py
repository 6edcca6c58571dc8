"""The tabs of the diagrams."""

from workbench.commands.create import new_diagram


def add(driver, *titles):
    with driver.store.transaction("Diagrams") as tx:
        for title in titles:
            new_diagram(tx, title, "bow_tie")
    driver.turn()
    return driver.window.tabs.bar


def test_many_diagrams_keep_readable_titles(open_project):
    driver = open_project()
    driver.window.resize(900, 700)
    bar = add(driver, *(f"Hazard of the plant, part {number}" for number in range(30)))
    wide = bar.fontMetrics().horizontalAdvance("Hazard of the plant, part 0")
    assert all(bar.tabRect(index).width() > wide for index in range(1, bar.count()))
    assert bar.width() < driver.window.width()


def test_a_long_title_is_shortened_and_whole_in_the_tooltip(open_project):
    driver = open_project()
    title = "Malware & <b>co</b>\nassistance " + "x" * 100
    bar = add(driver, title, "Short")
    assert bar.tabText(1).endswith("…")
    assert len(bar.tabText(1)) < 40
    assert "\n" not in bar.tabText(1)
    assert "&&" in bar.tabText(1)
    assert "x" * 100 in bar.tabToolTip(1)
    assert "<b>" not in bar.tabToolTip(1)
    assert bar.tabToolTip(2) == ""


def test_one_short_tab_leaves_no_gap_before_the_button(open_project):
    driver = open_project()
    bar = driver.window.tabs.bar
    assert bar.width() == bar.tabRect(0).width()

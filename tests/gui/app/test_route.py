"""The route dock under real keys: stops are made, put in order, worded, shown on the canvas, and taken back."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from tests.support import there
from workbench.analysis.stops import stops_in_order, title_at
from workbench.commands.geometry import move
from workbench.files.project import load_project
from workbench.files.revisions import Revisions
from workbench.model.elements import Cause
from workbench.model.review import Camera, Stop


@pytest.fixture
def driver(open_project, root, tmp_path):
    path = tmp_path / "sample.hazard.json"
    path.write_bytes((root / "samples" / "code-synthesis-llm.hazard.json").read_bytes())
    made = open_project(path)
    with made.store.transaction("Empty route") as tx:
        for stop in list(tx.all(Stop)):
            tx.remove(stop.id)
    made.turn()
    return made


def titles(driver):
    return [title_at(driver.store, stop) for stop in stops_in_order(driver.store)]


def panel_of(driver):
    return driver.window.docks.contents.route


def seen_causes(driver):
    picture = driver.view.scene.picture
    return [node for node in picture.nodes.values() if node.kind == "cause"]


def wait_for_pictures(driver, qtbot):
    list_ = panel_of(driver).list
    qtbot.waitUntil(lambda: all(list_.picture(row.id) is not None for row in list_.stops.rows), timeout=5_000)


def test_without_stops_the_dock_says_what_a_route_is_and_its_button_makes_one(driver, qtbot):
    driver.run("window.route")
    panel = panel_of(driver)
    assert panel.chosen() == []
    driver.key(Qt.Key.Key_Space)  # the button has the keyboard
    (stop,) = stops_in_order(driver.store)
    assert (stop.camera, stop.levels, stop.diagram) == (None, 5, driver.window.session.diagram)
    assert panel.chosen() == [stop.id]
    assert driver.notices[-1] == "Stop added to the route."
    wait_for_pictures(driver, qtbot)
    picture = there(panel.list.picture(stop.id)).toImage()
    colours = {picture.pixelColor(x, y).rgb() for x in range(0, picture.width(), 2) for y in range(picture.height())}
    assert len(colours) > 20, "something is drawn"
    driver.run("edit.undo")
    assert not stops_in_order(driver.store)


def test_a_stop_keeps_view_level_and_selection_and_enter_shows_it_again(driver):
    cause = seen_causes(driver)[0]
    driver.window.session.select([cause.id])
    driver.run("view.zoom_selection")
    driver.view._glide.stop()
    driver.view.zoom_by(3)
    driver.run("view.level_3")
    driver.run("route.add")
    (stop,) = stops_in_order(driver.store)
    assert there(stop.camera).width is not None
    assert (stop.levels, stop.highlighted) == (3, (cause.id,))
    assert stop.title == f"{cause.code} {cause.title}"
    driver.run("view.level_5")
    driver.run("view.fit")
    driver.window.session.select([])
    panel_of(driver).list.setFocus()
    driver.key(Qt.Key.Key_Return)
    assert driver.view.levels == 3
    assert driver.view.lit == {cause.id}
    assert driver.view.artist.clear == {cause.id}
    assert driver.view.hasFocus()
    driver.key(Qt.Key.Key_Escape)
    assert not driver.view.lit
    driver.view.set_levels(2)
    driver.run("route.update")
    assert there(driver.store.find(stop.id, Stop)).levels == 2
    assert len(stops_in_order(driver.store)) == 1
    assert driver.notices[-1] == "The stop shows this view now."


def test_deleting_says_so_and_undo_names_the_stop_by_what_it_shows(driver):
    driver.run("route.add")
    panel = panel_of(driver)
    panel.list.setFocus()
    driver.key(Qt.Key.Key_Delete)
    assert not stops_in_order(driver.store)
    assert driver.notices[-1] == "Stop taken out of the route."
    driver.run("edit.undo")
    (title,) = titles(driver)
    assert driver.notices[-1] == f"Undone: Delete stop “{title}”"
    driver.run("route.duplicate")
    panel.list.selectAll()
    driver.key(Qt.Key.Key_Delete)
    assert driver.notices[-1] == "2 stops taken out of the route."


def test_keys_move_rename_and_delete_and_every_step_can_be_taken_back(driver):
    driver.run("route.of_log")
    before = titles(driver)
    panel = panel_of(driver)
    list_ = panel.list
    list_.choose([stops_in_order(driver.store)[0].id])
    list_.setFocus()
    QTest.keyClick(list_, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    driver.turn()
    assert titles(driver)[:2] == [before[1], before[0]]
    QTest.keyClick(list_, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    driver.turn()
    assert titles(driver) == before
    assert list_.column_width() < list_.viewport().width() / 2, "the next stop stands at the right, not below"
    QTest.keyClick(list_, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.chosen()) == 2
    QTest.keyClick(list_, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    driver.turn()
    assert titles(driver)[:3] == [before[2], before[0], before[1]]
    assert len(panel.chosen()) == 2, "what was moved stays chosen"
    driver.run("route.duplicate")
    assert len(titles(driver)) == len(before) + 2
    QTest.keyClick(list_, Qt.Key.Key_Delete)
    driver.turn()
    assert len(titles(driver)) == len(before)
    for _ in range(6):
        driver.run("edit.undo")
    assert titles(driver) == []


def test_dropping_puts_stops_where_they_are_let_go(driver):
    driver.run("route.of_log")
    before = titles(driver)
    model = panel_of(driver).list.stops
    data = model.mimeData([model.index(0), model.index(1)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex()), "Qt leaves the rows alone"
    driver.turn()
    assert titles(driver)[:3] == [before[2], before[0], before[1]]


def test_title_notes_and_level_are_edited_beside_the_list(driver):
    driver.run("route.add")
    (stop,) = stops_in_order(driver.store)
    panel = panel_of(driver)
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    driver.turn()
    driver.type("Why <b>it</b> matters")
    panel.notes.control.setFocus()
    driver.type("Say this.")
    QTest.keyClick(panel.notes.control, Qt.Key.Key_Return)
    driver.type("And this.")
    driver.turn()
    panel.levels.edited.emit(2)
    driver.turn()
    now = there(driver.store.find(stop.id, Stop))
    assert (now.title, now.notes, now.levels) == ("Why <b>it</b> matters", "Say this.\nAnd this.", 2)
    row = panel.list.stops.rows[0]
    assert "level 2 of 5" in row.about
    assert row.notes == "Say this. And this."
    spoken = panel.list.stops.data(panel.list.stops.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Stop 1: Why <b>it</b> matters" in spoken


def test_the_menu_makes_stops_of_everything_and_cards_open_where_they_are_shown(driver):
    driver.run("route.add")
    menu = driver.window.menus.context_menu(driver.window, "make stops")
    offered = {action.objectName() for action in menu.actions()}
    assert {"route.of_hazards", "route.of_pathways", "route.of_claims", "route.of_matrix", "route.of_log"} <= offered
    menu.close()
    for name in ("of_pathways", "of_findings", "of_matrix", "of_claims"):
        before = len(stops_in_order(driver.store))
        driver.run(f"route.{name}")
        made = panel_of(driver).chosen()
        assert len(made) == len(stops_in_order(driver.store)) - before > 0, name
    panel = panel_of(driver)
    card = next(stop for stop in stops_in_order(driver.store) if stop.shows == "evidence")
    panel.choose([card.id])
    driver.turn()
    driver.run("route.go")
    assert driver.window.docks.is_shown("evidence")
    matrix = next(stop for stop in stops_in_order(driver.store) if stop.shows == "matrix")
    panel.choose([matrix.id])
    driver.turn()
    driver.run("route.go")
    assert driver.window.docks.is_shown("risk")


def test_what_changed_since_a_revision_or_a_file_is_presented(driver, monkeypatch, choose_file, root):
    store, path = driver.store, driver.window.session.path
    Revisions(path).save(
        store, driver.window.files.header, time=datetime(2026, 1, 2, tzinfo=UTC), message="First", author=""
    )
    cause = next(store.all(Cause))
    with store.transaction("Reword") as tx:
        tx.patch(cause.id, title="Reworded since")
    asked = []

    def choose(_parent, _title, _label, items, *_more):
        asked.extend(items)
        return items[0], True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    driver.run("route.of_revision")
    assert asked == ["1: First"]
    stop = next(stop for stop in stops_in_order(store) if stop.title.startswith("Changed: Cause"))
    assert "Reworded since" in stop.notes
    assert stop.highlighted == (cause.id,)
    before = len(stops_in_order(store))
    choose_file(root / "samples" / "code-synthesis-llm.hazard.json")
    driver.run("route.of_file")
    assert len(stops_in_order(store)) > before
    assert load_project(path).store.count("cause") == store.count("cause")


def test_a_picture_follows_the_document_and_a_large_diagram_is_drawn_as_blocks(driver, qtbot, monkeypatch):
    driver.run("route.add")
    wait_for_pictures(driver, qtbot)
    panel = panel_of(driver)
    (stop,) = stops_in_order(driver.store)
    first = there(panel.list.picture(stop.id)).toImage()
    cause = seen_causes(driver)[0]
    with driver.store.transaction("Delete") as tx:
        tx.remove(cause.id)
    driver.turn()
    qtbot.waitUntil(lambda: there(panel.list.picture(stop.id)).toImage() != first, timeout=5_000)
    monkeypatch.setattr("workbench.app.stop_pictures.MOST_DRAWN", 3)
    second = there(panel.list.picture(stop.id)).toImage()
    with driver.store.transaction("Title") as tx:
        tx.patch(stop.id, levels=4)
    driver.turn()
    qtbot.waitUntil(lambda: there(panel.list.picture(stop.id)).toImage() != second, timeout=5_000)


def test_a_hidden_level_is_said_in_the_status_bar_and_a_click_shows_everything(driver):
    driver.run("view.level_2")
    sign = driver.window.status._levels
    assert sign.isVisible()
    assert sign.text() == "Level 2 of 5"
    assert "Controls, degradation and evidence are hidden" in sign.toolTip()
    assert driver.window.action("view.level_2").isChecked()
    QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
    driver.turn()
    assert driver.view.levels == 5
    assert not sign.isVisible()


def test_a_read_only_document_says_why_its_route_cannot_be_changed(driver):
    driver.run("route.add")
    driver.store.read_only = "Another program has it."
    panel = panel_of(driver)
    panel.refresh()
    assert not panel.buttons["route.add"].isEnabled()
    assert panel.buttons["route.remove"].toolTip() == "Another program has it."
    assert panel.buttons["route.go"].isEnabled()
    assert not panel.list.stops.flags(panel.list.stops.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    driver.store.read_only = ""


def test_a_stop_whose_text_is_too_small_from_afar_is_called_an_overview(driver, qtbot):
    driver.run("route.add")
    list_ = panel_of(driver).list
    (stop,) = stops_in_order(driver.store)
    wait_for_pictures(driver, qtbot)
    row, cause = list_.stops.rows[0], seen_causes(driver)[0]
    box = cause.box
    near = Camera(x=box.x, y=box.y, zoom=1.0, width=box.w, height=box.h)
    with driver.store.transaction("Near") as tx:
        tx.patch(stop.id, camera=near)
    driver.turn()
    qtbot.waitUntil(lambda: "overview" not in list_.stops.about(row), timeout=5_000)
    with driver.store.transaction("Move") as tx:
        tx.patch(stop.id, camera=None)
        move(tx, there(stop.diagram), {cause.id: (-6_000.0, 0.0)})
    driver.turn()
    qtbot.waitUntil(lambda: list_.stops.about(row).endswith(", overview"), timeout=5_000)
    spoken = list_.stops.data(list_.stops.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "too small to be read from afar" in spoken

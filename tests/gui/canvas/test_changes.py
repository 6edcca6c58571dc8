"""The picture of two versions: signs near, frames from afar, what is gone faded, a ghost where something was."""

import pytest
from PySide6.QtWidgets import QApplication

from workbench.analysis.change_rows import Changes
from workbench.canvas.change_scenes import ChangeScenes
from workbench.canvas.change_view import ChangeView
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Hazard
from workbench.render.theme import load_theme

BEFORE = (
    Diagram(id="d", title="D"),
    *(Cause(id=id, code=f"C-{id}", title=id) for id in ("gone", "other", "stays", "moves")),
    *(
        Placement.at("d", id, x, y)
        for id, x, y in (("gone", 0, 0), ("other", 0, 200), ("stays", 0, 400), ("moves", 0, 600))
    ),
)


@pytest.fixture
def view(qtbot):
    before = {record.id: record for record in BEFORE}
    after = {key: record for key, record in before.items() if "gone" not in (key, getattr(record, "subject", ""))}
    after["other"] = before["other"].replace(title="Said otherwise")
    new, place = Hazard(id="new", code="H-1"), Placement.at("d", "new", 400, 0)
    moved = Placement.at("d", "moves", 400, 600)
    after |= {record.id: record for record in (new, place, moved)}
    made = ChangeView(ChangeScenes(Changes(before, after)), "light")
    made.motion = False
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.show_diagram("d", "changes")
    QApplication.processEvents()
    yield made
    made.dispose()


def colours(view):
    QApplication.processEvents()
    image = view.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def marks_seen(view):
    shown = colours(view)
    return {mark for mark, colour in load_theme("light").diff.items() if colour.mark.lower() in shown}


def test_everything_that_differs_carries_its_sign_and_nothing_else(view):
    assert dict(view.artist.marks) == {"gone": "removed", "other": "changed", "new": "added", "moves": "moved"}
    assert marks_seen(view) == {"added", "removed", "changed", "moved"}
    assert view.counted() == {"removed": 1, "changed": 1, "added": 1, "moved": 1}


def test_from_afar_frames_remain_and_what_was_only_moved_is_faint(view):
    view.set_zoom(0.2)
    assert marks_seen(view) == {"added", "removed", "changed"}


def test_one_version_alone_has_no_marks_and_only_what_it_holds(view):
    view.show_diagram("d", "old")
    assert set(view.scene.picture.nodes) == {"gone", "other", "stays", "moves"}
    assert marks_seen(view) == set()
    view.show_diagram("d", "new")
    assert set(view.scene.picture.nodes) == {"new", "other", "stays", "moves"}


def test_where_something_stood_is_remembered_and_can_be_left_out(view):
    was, box = view.artist.was["moves"], view.scene.box("moves")
    assert (was.x, was.y) == (box.x - 400, box.y)
    left, _, right, _ = view.artist.around.rect("moves")
    assert left < was.left < box.right < right
    view.moved_too = False
    view.show_diagram("d", "changes")
    assert "moves" not in view.artist.marks


def test_centring_brings_a_thing_to_the_middle(view):
    view.set_zoom(1.0)
    assert view.centre(["new"])
    box = view.scene.box("new")
    x, y = view.camera.to_view(box.x, box.y)
    assert abs(x - view.viewport().width() / 2) < 40
    assert abs(y - view.viewport().height() / 2) < 40
    assert not view.centre(["nowhere"])

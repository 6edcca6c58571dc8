"""Bending a line with a real pointer: handles in their place, the line drawn as it would run while dragging."""

from typing import Any

from PySide6.QtGui import QColor

from tests.gui.canvas.conftest import DIAGRAM
from workbench.canvas.handles import bend_handles
from workbench.model.drawing import Route
from workbench.model.ids import derived_id


def points(pilot, line):
    route = pilot.store.find(derived_id("route", DIAGRAM, line), Route)
    return route.points if route is not None else ()


def free_line(pilot):
    """A line that is no part of the bow-tie and runs straight."""
    return pilot.link(pilot.add("cause", 160, 460, "Near"), pilot.add("gate", 780, 460))


def inked(pilot, x, y):
    """Whether something is drawn around a point of the scene."""
    image = pilot.view.viewport().grab().toImage()
    at, ground = pilot.px(x, y), QColor(pilot.view.theme.surface.canvas).lightness()
    around = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-4, 5) for dy in range(-4, 5)]
    return min(colour.lightness() for colour in around) < ground - 60


def handles(pilot, line, part):
    found = bend_handles(pilot.view.scene, line, pilot.view.camera)
    return [pilot.view.camera.to_scene(*at) for hit, at in found if hit.part == part]


def test_the_line_follows_the_pointer_and_is_committed_once(tie):
    line = free_line(tie)
    tie.session.select((line,))
    tie.turn()
    (middle,) = handles(tie, line, "mid")
    changes: list[Any] = []
    tie.store.changed.connect(changes.append)
    tie.press(*middle)
    tie.move(480, 540)
    assert changes == []
    assert inked(tie, 480, 540), "the line runs through the pointer"
    assert not inked(tie, *middle), "and is not drawn where it was"
    tie.release()
    assert len(changes) == 1
    assert points(tie, line) == ((480.0, 540.0),)
    assert handles(tie, line, "bend") == [(480.0, 540.0)]
    assert inked(tie, 480, 540)
    assert len(handles(tie, line, "mid")) == 2


def test_handles_belong_to_the_one_selected_line(tie):
    line = free_line(tie)
    tie.session.select((line,))
    tie.turn()
    (middle,) = handles(tie, line, "mid")
    assert tie.view.host.hit(*middle).part == "mid"
    tie.session.select((line, tie.c1))
    tie.turn()
    assert tie.view.host.hit(*middle).part == "link"


def test_a_bend_made_by_the_menu_is_deleted_alone(tie):
    line = free_line(tie)
    tie.session.select((line,))
    tie.turn()
    tie.view.add_bend()
    tie.turn()
    assert len(points(tie, line)) == 1
    assert tie.store.get(line) is not None
    assert tie.view.remove_bend()
    assert points(tie, line) == ()
    assert tie.store.get(line) is not None
    assert not tie.view.remove_bend()

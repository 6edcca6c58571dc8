"""What the view shows of large and small diagrams: fit, overview, going to something found."""

import pytest
from PySide6.QtCore import QPointF, Qt

from workbench.canvas.camera import LEAST_ZOOM
from workbench.commands import create


@pytest.fixture
def wide(pilot):
    """Two causes two hundred thousand units apart."""
    with pilot.store.transaction("x") as tx:
        pilot.first = create.create_on_diagram(tx, "diagram_1", "cause", 0, 0, "First")
        pilot.last = create.create_on_diagram(tx, "diagram_1", "cause", 200_000, 3_000, "Last")
    pilot.turn()
    return pilot


def seen(view):
    """The content in view pixels, and the size of the view."""
    return view.camera.rect_to_view(view.scene.bounds()), view.viewport().width(), view.viewport().height()


def test_fit_shows_all_of_a_diagram_however_large(wide):
    wide.view.fit()
    (left, top, right, bottom), width, height = seen(wide.view)
    assert left >= 0
    assert top >= 0
    assert right <= width
    assert bottom <= height
    fitted = wide.view.zoom
    assert fitted < LEAST_ZOOM
    wide.view.zoom_by(-1)
    assert wide.view.zoom == fitted  # no further out by hand, and no jump back in
    wide.view.zoom_at(0.5, QPointF(100, 100))
    wide.view.zoom_at(0.0001, QPointF(100, 100))
    assert wide.view.zoom == LEAST_ZOOM


def test_something_found_in_a_far_view_is_brought_near(wide):
    wide.view.fit()
    wide.session.reveal.emit((wide.last,))
    assert wide.view.zoom == pytest.approx(0.6)
    box = wide.view.scene.box(wide.last)
    x, y = wide.view.camera.to_view(box.x, box.y)
    assert wide.view.viewport().rect().contains(round(x), round(y))


def test_something_found_nearby_changes_no_zoom(wide):
    wide.view.set_zoom(0.5)
    wide.session.reveal.emit((wide.last,))
    assert wide.view.zoom == 0.5


def test_walking_in_a_far_view_does_not_zoom(wide):
    wide.view.set_zoom(0.2)
    wide.session.select([wide.first])
    wide.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wide.view.zoom == pytest.approx(0.2)


def test_no_overview_where_all_is_in_view_anyway(tie):
    view = tie.view
    view.fit()
    tie.turn()
    assert not view.minimap.isVisible()
    view.centre_on(-700, -400)
    tie.turn()
    assert view.minimap.isVisible()


def test_the_overview_shows_one_element_as_a_small_block(pilot):
    pilot.add("hazard", 400, 250, "One")
    pilot.view.centre_on(-400, -250)
    pilot.turn()
    minimap = pilot.view.minimap
    assert minimap.isVisible()
    image = minimap.grab().toImage()
    ground = image.pixelColor(20, 20).name()
    accent = pilot.view.theme.accent.base.lower()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(12, image.width() - 12)]
    block = [colour for colour in row if colour not in (ground, accent)]
    assert 4 <= len(block) <= 40

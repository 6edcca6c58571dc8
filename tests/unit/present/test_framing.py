import pytest

from tests.unit.export.figures import bow_tie
from workbench.model.review import Camera
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.framing import READABLE, asked_for, frame, touching, widened
from workbench.render.lighting import lit_rect

WIDTH, HEIGHT, STAGE = 1920.0, 1000.0, 1080.0
NEEDED = 1080 * READABLE / 16


def framed(wanted, lit, text=16):
    return frame(wanted, lit, text=text, width=WIDTH, height=HEIGHT, screen=STAGE)


def seen(framing):
    half_w, half_h = WIDTH / framing.zoom / 2, HEIGHT / framing.zoom / 2
    return framing.x - half_w, framing.y - half_h, framing.x + half_w, framing.y + half_h


def holds(outer, inner):
    slack = 1e-6
    first = outer[0] <= inner[0] + slack and outer[1] <= inner[1] + slack
    return first and outer[2] >= inner[2] - slack and outer[3] >= inner[3] - slack


def test_what_fits_is_shown_whole_and_large_enough():
    rect = (0.0, 0.0, 1000.0, 500.0)
    found = framed(rect, rect)
    assert not found.overview
    assert found.zoom >= NEEDED
    assert holds(seen(found), rect)


def test_what_is_dimmed_is_cropped_until_what_is_lit_can_be_read():
    lit = (2600.0, 100.0, 3600.0, 500.0)
    found = framed((0.0, 0.0, 4000.0, 2000.0), lit)
    assert not found.overview
    assert found.zoom == pytest.approx(NEEDED)
    assert holds(seen(found), lit)


def test_what_is_lit_and_too_large_is_an_overview_of_the_whole():
    rect = (0.0, 0.0, 4000.0, 2000.0)
    found = framed(rect, rect)
    assert found.overview
    assert holds(seen(found), rect)


def test_a_small_diagram_does_not_become_a_poster():
    rect = (0.0, 0.0, 60.0, 30.0)
    found = framed(rect, rect)
    assert found.zoom * 16 <= 1080 / 15


def test_where_there_is_no_text_nothing_is_too_small():
    rect = (0.0, 0.0, 90_000.0, 90_000.0)
    assert not framed(rect, None, text=0).overview


def test_a_far_view_of_everything_is_no_farther_than_it_must_be():
    rect = (0.0, 0.0, 200_000.0, 100_000.0)
    found = framed(rect, rect)
    assert found.overview
    assert holds(seen(found), rect)


def test_a_stop_asks_for_the_same_part_on_every_screen():
    camera = Camera(x=100, y=50, zoom=2, width=400, height=300)
    assert asked_for(camera, 1920, 1080) == (-100, -100, 300, 200)
    assert asked_for(camera, 3840, 2160) == (-100, -100, 300, 200)
    assert asked_for(Camera(x=0, y=0, zoom=2), 400, 200) == (-100, -50, 100, 50)


def test_a_stop_is_widened_to_what_is_lit_and_to_everything_where_nothing_is_left():
    picture = PictureBuilder(bow_tie(), "sheet-1", qt_measure()).picture
    drawn = lit_rect(picture, (*picture.nodes, *picture.bars))
    assert drawn is not None
    beside = (drawn[2] + 1_000, drawn[3] + 1_000, drawn[2] + 2_000, drawn[3] + 2_000)
    node = next(iter(picture.nodes.values()))
    around = (node.box.left, node.box.top, node.box.right, node.box.bottom)
    assert widened(around, picture, ()) == around, "what lies there still is what is shown"
    assert holds(widened(beside, picture, ()), drawn), "never empty while the diagram is not"
    lit = widened(beside, picture, {node.id})
    assert holds(lit, around)
    assert holds(lit, beside)
    assert not touching(beside, drawn)

from math import cos, dist, hypot, inf, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.layout.geometry import (
    Box,
    Shape,
    boundary_point,
    default_size,
    nearest_on_path,
    path_length,
    point_at,
    split_gaps,
)

SHAPES: tuple[Shape, ...] = ("box", "pentagon", "octagon", "circle", "parallelogram", "bar", "gate", "note")
KINDS = ("hazard", "top_event", "cause", "consequence", "control", "degradation_factor", "gate", "note")
BENT = ((0.0, 0.0), (100.0, 0.0), (100.0, 50.0))


@given(
    shape=st.sampled_from(SHAPES),
    w=st.floats(30, 300),
    h=st.floats(30, 300),
    angle=st.floats(0, 360),
)
def test_boundary_point_is_where_the_ray_leaves(shape, w, h, angle):
    box = Box(40.0, -25.0, w, h, shape)
    ux, uy = cos(radians(angle)), sin(radians(angle))
    x, y = boundary_point(box, (40 + 1000 * ux, -25 + 1000 * uy))
    reach = hypot(x - 40, y + 25)
    assert reach > 0
    assert (x - 40, y + 25) == pytest.approx((reach * ux, reach * uy), abs=1e-6)
    assert box.contains((40 + ux * (reach - 0.01), -25 + uy * (reach - 0.01)))
    assert not box.contains((40 + ux * (reach + 0.01), -25 + uy * (reach + 0.01)))


@pytest.mark.parametrize(
    ("kind", "toward", "expected"),
    [
        ("cause", (500, 0), (84, 0)),  # the tip
        ("cause", (-500, 0), (-84, 0)),
        ("consequence", (-500, 0), (-84, 0)),
        ("top_event", (300, 400), (44.4, 59.2)),
        ("degradation_factor", (500, 0), (60, 0)),  # half-way down the slanted side
        ("gate", (500, 0), (22, 0)),
        ("gate", (-44, -48), (-22, -24)),
        ("note", (84, -42), (76, -38)),  # the folded corner
    ],
)
def test_silhouettes(kind, toward, expected):
    box = Box(0.0, 0.0, *default_size(kind))
    assert boundary_point(box, toward) == pytest.approx(expected)


def test_slanted_edges():
    x, y = boundary_point(Box(0, 0, *default_size("cause")), (84, 21))
    assert x == pytest.approx(84 - 14 * y / 42)  # from (70, -42) over the tip at (84, 0) to (70, 42)
    x, y = boundary_point(Box(0, 0, *default_size("consequence")), (84, 42))
    assert x + y == pytest.approx(84 + 42 - 11)  # the cut corner


def test_a_box_without_direction_or_size_answers_its_centre():
    assert boundary_point(Box(5, 6, 10, 10), (5, 6)) == (5, 6)
    for shape in SHAPES:
        assert boundary_point(Box(5, 6, 0, 0, shape), (50, 60)) == pytest.approx((5, 6))


def test_contains_with_slack():
    pentagon = Box(0, 0, *default_size("cause"))
    assert not pentagon.contains((83, 40))
    assert pentagon.contains((83, 40), slack=14)
    assert Box(0, 0, 148, 148, "circle").contains((0, 77.9), slack=4)
    assert not Box(0, 0, 148, 148, "circle").contains((60, 60))
    assert Box(0, 0, 12, 48, "bar").contains((12, 0), slack=6)


def test_default_sizes_follow_the_tokens():
    assert [default_size(kind) for kind in KINDS] == [
        (192, 88, "box"),
        (148, 148, "circle"),
        (168, 84, "pentagon"),
        (168, 84, "octagon"),
        (12, 48, "bar"),
        (132, 44, "parallelogram"),
        (44, 48, "gate"),
        (168, 84, "note"),
    ]
    assert default_size("something new")[2] == "box"


def test_point_at_walks_round_bends_and_stays_on_the_line():
    assert path_length(BENT) == 150
    assert point_at(BENT, 40) == ((40, 0), 0)
    assert point_at(BENT, 120) == ((100, 20), 90)
    assert point_at(BENT, -5) == ((0, 0), 0)
    assert point_at(BENT, 999) == ((100, 50), 90)
    assert point_at(((3.0, 4.0), (3.0, 4.0)), 10) == ((3, 4), 0)
    with pytest.raises(ValueError, match="point"):
        point_at((), 0)


@given(st.floats(-50, 200), st.floats(-50, 100))
def test_nearest_on_path_is_no_further_than_any_sampled_point(x, y):
    distance, station = nearest_on_path(BENT, (x, y))
    assert dist(point_at(BENT, station)[0], (x, y)) == pytest.approx(distance)
    assert distance <= min((dist(point_at(BENT, s)[0], (x, y)) for s in range(151)), default=inf) + 1e-9


def test_gaps_are_cut_beside_every_bar():
    parts = split_gaps(BENT, [110, 40], 8)
    assert list(parts) == [((0, 0), (32, 0)), ((48, 0), (100, 0), (100, 2)), ((100, 18), (100, 50))]
    assert list(split_gaps(BENT, [2, 149], 8)) == [((10, 0), (100, 0), (100, 41))]
    assert split_gaps(BENT, [], 8) == (BENT,)
    assert split_gaps(((0.0, 0.0), (10.0, 0.0)), [5], 8) == ()
    assert split_gaps(((0.0, 0.0), (0.0, 0.0)), [0], 8) == ()

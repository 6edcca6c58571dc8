from itertools import pairwise
from math import isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.layout.geometry import Box, default_size, path_length, point_at
from workbench.layout.graph import anchor_end
from workbench.layout.routing import automatic_stations, guard_spots, route_link

TOP = Box(0, 0, *default_size("top_event"))
STRAIGHT = ((0.0, 0.0), (400.0, 0.0))


def cause(x: float, y: float) -> Box:
    return Box(x, y, *default_size("cause"))


def test_a_bow_tie_line_runs_level_bends_once_and_aims_at_the_centre():
    start, knee, end = route_link(cause(-464, -212), TOP, focus="target")
    assert start == (-380.0, -212.0)
    assert knee == (-134.0, -212.0)
    assert end[0] ** 2 + end[1] ** 2 == pytest.approx(74**2)
    assert end[0] / end[1] == pytest.approx(134 / 212)


def test_a_line_out_of_the_top_event_is_the_mirror_image():
    consequence = Box(464, 160, *default_size("consequence"))
    end, knee, start = route_link(TOP, consequence, focus="source")
    assert start == (380.0, 160.0)
    assert knee == (134.0, 160.0)
    assert end[0] ** 2 + end[1] ** 2 == pytest.approx(74**2)


def test_a_level_line_keeps_its_knee():
    assert route_link(cause(-464, 0), TOP, focus="target") == ((-380, 0), (-134, 0), (-74, 0))


@pytest.mark.parametrize("at", [(0, -300), (-200, -100), (-217, 50)])
def test_without_room_for_the_level_run_the_line_is_straight(at):
    path = route_link(cause(*at), TOP, focus="target")
    assert len(path) == 2
    assert path[1][0] * at[1] == pytest.approx(path[1][1] * at[0])


def test_other_links_and_a_hazard_in_the_centre_are_straight():
    hazard = Box(0, 0, *default_size("hazard"))
    assert len(route_link(cause(-464, -100), TOP)) == 2
    assert len(route_link(cause(-464, -100), hazard, focus="target")) == 2


def test_waypoints_replace_the_course():
    path = route_link(cause(-464, 0), TOP, [(-300, 90), (-200, 0)], focus="target")
    assert path[1:3] == ((-300, 90), (-200, 0))
    assert path[3] == (-74, 0)


def test_overlapping_boxes_leave_a_line_without_length():
    path = route_link(Box(0, 0, 100, 100), Box(20, 0, 100, 100))
    assert path_length(path) == 0
    assert route_link(Box(0, 0, 100, 100), Box(0, 0, 100, 100))[0] == (0, 0)


def test_automatic_guards_stand_in_columns_back_from_the_knee():
    path = route_link(cause(-464, -212), TOP, focus="target")
    spots = guard_spots(path, [None, None], anchor="source")
    assert [(s.x, s.y, s.angle) for s in spots] == [(-308, -212, 0), (-192, -212, 0)]
    assert [s.station for s in spots] == [72, 188]


def test_guards_are_in_link_order_on_both_sides():
    path = route_link(TOP, Box(464, 160, *default_size("consequence")), focus="source")
    spots = guard_spots(path, [None, None], anchor="target")
    assert [s.x for s in spots] == [192, 308]
    assert [s.station for s in spots] == [188, 72]
    assert guard_spots(path, [188, 72], anchor="target") == spots


def test_columns_draw_together_where_the_box_is_near():
    path = route_link(cause(-330, 100), TOP, focus="target")  # a level run of 112
    xs = [s.x for s in guard_spots(path, [None, None], anchor="source")]
    assert xs == pytest.approx([-226, -162]), "and use the line up to the knee"


def test_automatic_guards_on_a_straight_line_are_spread_evenly():
    assert [s.station for s in guard_spots(STRAIGHT, [None] * 3, anchor="source")] == [100, 200, 300]


def test_automatic_guards_fit_between_fixed_ones():
    stations = [s.station for s in guard_spots(STRAIGHT, [None, 60.0, None, 120.0], anchor="source")]
    assert stations == [30, 60, 90, 120]


def test_stations_beyond_a_shortened_line_are_drawn_together_in_proportion():
    stations = [s.station for s in guard_spots(STRAIGHT, [190.0, 380.0 * 2], anchor="source")]
    assert stations == [95, 380]


@given(
    stations=st.lists(st.none() | st.floats(-1e4, 1e4) | st.just(nan) | st.just(float("inf")), max_size=9),
    points=st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=4),
    level=st.booleans(),
    anchor=st.sampled_from(["source", "target"]),
)
def test_guards_stay_on_the_line_in_order_and_apart(stations, points, level, anchor):
    path = tuple((x, points[0][1] if level and i == 1 else y) for i, (x, y) in enumerate(points))
    spots = guard_spots(path, stations, anchor=anchor)
    total = path_length(path)
    assert len(spots) == len(stations)
    assert all(isfinite(v) for s in spots for v in (s.x, s.y, s.angle, s.station))
    assert all(-1e-6 <= s.station <= total + 1e-6 for s in spots)
    least = min(24.0, total / (len(spots) + 1))
    ordered = spots if anchor == "source" else spots[::-1]
    assert all(b.station - a.station >= least - 1e-6 for a, b in pairwise(ordered))
    for s in spots:
        from_source = s.station if anchor == "source" else total - s.station
        assert (s.x, s.y) == pytest.approx(point_at(path, from_source)[0])


def test_a_line_without_length_holds_its_guards_at_its_point():
    spots = guard_spots(((7.0, 8.0), (7.0, 8.0)), [None, 40.0], anchor="source")
    assert [(s.x, s.y, s.station) for s in spots] == [(7, 8, 0), (7, 8, 0)]


def test_automatic_stations_are_those_of_guards_without_any():
    assert automatic_stations(STRAIGHT, 1, anchor="target") == (200,)


@pytest.mark.parametrize(
    ("kind", "focus", "anchor"),
    [
        ("cause", "target", "source"),
        ("top_event", "target", "source"),  # a chained top event that leads to the focus
        ("top_event", "source", "target"),
        ("top_event", None, "target"),
        ("hazard", None, "target"),
        ("gate", None, "source"),
    ],
)
def test_stations_count_from_the_outer_box(kind, focus, anchor):
    assert anchor_end(kind, focus) == anchor


coordinate = st.floats(-5_000, 5_000) | st.integers(-3, 3).map(float)
anchors = st.sampled_from(["source", "target"])


@given(st.tuples(coordinate, coordinate), st.tuples(coordinate, coordinate), st.integers(1, 9), anchors)
def test_a_straight_line_without_stations_takes_no_other_places_by_its_short_cut(start, end, count, anchor):
    path = (start, end)
    general = guard_spots(path, [nan] * count, anchor=anchor)  # not finite: automatic, by the long way
    assert guard_spots(path, [None] * count, anchor=anchor) == general
    assert guard_spots(path, [None] * count, anchor=anchor, lead=6.0) == guard_spots(
        path, [nan] * count, anchor=anchor, lead=6.0
    )

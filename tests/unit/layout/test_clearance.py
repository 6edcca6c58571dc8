"""What is in the way is found whatever was asked before."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.layout.clearance import Occupied, centred, crossed, moved, overlap, way_out

length = st.floats(0, 900) | st.integers(0, 4).map(float)
place = st.floats(-1_500, 1_500) | st.integers(-3, 3).map(float)
rect = st.builds(centred, place, place, length, length)


@given(st.lists(rect, max_size=12), st.lists(st.lists(rect, min_size=1, max_size=3), max_size=12))
def test_a_place_is_free_where_nothing_owns_it(taken, asked):
    occupied = Occupied(taken[:6])
    for number, rects in enumerate(asked):
        assert occupied.free(rects) == (not occupied.owners(rects))
        occupied.add(taken[6 + number : 7 + number])


def test_a_common_edge_leaves_a_place_free():
    occupied = Occupied([(0.0, 0.0, 10.0, 10.0)])
    assert occupied.free([(10.0, 0.0, 20.0, 10.0)])
    assert not occupied.free([(9.0, 0.0, 20.0, 10.0)])
    assert occupied.free([(10.0, 0.0, 20.0, 10.0)])


@st.composite
def overlapping(draw):
    """Two rectangles about one point that lies inside both."""
    x, y = draw(place), draw(place)
    inside = st.floats(0.01, 450) | st.integers(1, 4).map(float)
    return tuple((x - draw(inside), y - draw(inside), x + draw(inside), y + draw(inside)) for _ in range(2))


@given(overlapping(), st.integers(0, 359))
def test_what_moves_its_way_out_is_clear_and_not_before(clash, degrees):
    one, other = clash
    assert overlap(one, other)
    dx, dy = cos(radians(degrees)), sin(radians(degrees))
    far = way_out(clash, dx, dy)
    assert not overlap(moved([one], dx * (far + 0.001), dy * (far + 0.001))[0], other)
    for share in (0.0, 0.5, 0.99):
        at = max(0.0, far - 0.001) * share
        assert overlap(moved([one], dx * at, dy * at)[0], other)


@given(rect, st.tuples(place, place), st.tuples(place, place))
def test_a_line_that_has_a_point_inside_crosses(box, start, end):
    shares = [i / 64 for i in range(65)]
    points = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in shares]
    if any(box[0] + 0.01 < x < box[2] - 0.01 and box[1] + 0.01 < y < box[3] - 0.01 for x, y in points):
        assert start == end or crossed(box, start, end)
    for low, high in ((0, 2), (1, 3)):
        ends = (start[low], end[low])
        if max(ends) < box[low] or min(ends) > box[high]:
            assert not crossed(box, start, end)


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ((-50, 5), (50, 5), True),
        ((-50, -50), (50, 50), True),
        ((-50, 11), (50, 11), False),
        ((-30, 0), (0, 30), False),
        ((5, -50), (5, 50), True),
        ((20, 5), (50, 5), False),
    ],
)
def test_lines_beside_and_through_a_rectangle(start, end, meets):
    assert crossed((0.0, 0.0, 10.0, 10.0), start, end) is meets
    assert crossed((0.0, 0.0, 10.0, 10.0), end, start) is meets

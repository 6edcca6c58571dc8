"""What is in the way is found whatever was asked before."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.layout.clearance import Occupied, centred

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

"""The spatial index finds what lies somewhere, whatever its size, and however it came in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.canvas.index import NEAR, SpatialIndex

places = st.tuples(st.floats(-90_000, 90_000), st.floats(-3_000, 3_000))
lengths = st.sampled_from((0.0, 40.0, 511.0, 512.0, 1_024.0, 1_025.0, 5_000.0, 30_000.0, 9e6, 1e8))


@st.composite
def boxes(draw):
    (x, y), w, h = draw(places), draw(lengths), draw(lengths)
    return (x, y, x + w, y + h)


def around(path):
    xs, ys = zip(*path, strict=True)
    return (min(xs) - NEAR, min(ys) - NEAR, max(xs) + NEAR, max(ys) + NEAR)


things = st.one_of(
    boxes().map(lambda box: (box, ())),
    st.lists(places, min_size=2, max_size=4).map(lambda path: (around(path), tuple(path))),
)


def meets(box, rect):
    return box[0] <= rect[2] and box[2] >= rect[0] and box[1] <= rect[3] and box[3] >= rect[1]


def on_the_way(path, rect):
    """Whether one of many points along a line lies in a rectangle."""
    for (ax, ay), (bx, by) in pairwise(path):
        for step in range(401):
            x, y = ax + (bx - ax) * step / 400, ay + (by - ay) * step / 400
            if rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]:
                return True
    return False


@given(st.lists(things, max_size=12), boxes())
def test_all_that_lies_in_a_rectangle_is_found(found, rect):
    index = SpatialIndex()
    for place, (box, path) in enumerate(found):
        index.put(str(place), box, path)
    got = index.touching(rect)
    assert len(set(got)) == len(got)
    for place, (box, path) in enumerate(found):
        if not path:
            assert (str(place) in got) == meets(box, rect)
        elif str(place) in got:
            assert meets(box, rect)
        else:
            assert not on_the_way(path, rect)


@given(st.lists(things, max_size=12), st.lists(boxes(), min_size=1, max_size=4))
def test_many_at_once_are_filed_as_one_by_one(found, rects):
    one_by_one, at_once = SpatialIndex(), SpatialIndex()
    for place, (box, path) in enumerate(found):
        one_by_one.put(str(place), box, path)
    at_once.fill(
        {str(place): box for place, (box, _) in enumerate(found)},
        {str(place): path for place, (_, path) in enumerate(found) if path},
    )
    assert at_once._grids == one_by_one._grids
    assert at_once.bounds() == one_by_one.bounds()
    for rect in rects:
        assert sorted(at_once.touching(rect)) == sorted(one_by_one.touching(rect))


@given(st.lists(things, min_size=1, max_size=12), boxes())
def test_what_is_moved_or_taken_out_leaves_nothing_behind(found, rect):
    index = SpatialIndex()
    index.fill(
        {str(place): box for place, (box, _) in enumerate(found)},
        {str(place): path for place, (_, path) in enumerate(found) if path},
    )
    for place in range(len(found)):
        index.put(str(place), rect)
    assert sorted(index.touching(rect)) == sorted(str(place) for place in range(len(found)))
    assert index.bounds() == rect
    for place in range(len(found)):
        index.discard(str(place))
    assert not index.touching(rect)
    assert index.bounds() is None
    assert not any(index._grids)


def test_a_long_slanted_line_is_not_found_in_the_corners_of_its_rectangle():
    index = SpatialIndex()
    path = ((0.0, 0.0), (9_000.0, 6_000.0))
    index.put("line", around(path), path)
    assert index.touching((4_490.0, 2_990.0, 4_510.0, 3_010.0)) == ["line"]
    assert index.touching((100.0, 5_000.0, 900.0, 5_900.0)) == []
    assert index.touching((8_000.0, 100.0, 8_900.0, 900.0)) == []

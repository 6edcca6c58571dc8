import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.layout.align import Guide, SnapIndex, align, distribute, snap_move, snap_to_grid
from workbench.layout.geometry import Box

BOXES = (Box(0, 0, 100, 40), Box(200, 90, 60, 80), Box(90, 300, 20, 20))


@pytest.mark.parametrize(
    ("edge", "read", "value"),
    [
        ("left", lambda b: b.left, -50),
        ("centre", lambda b: b.x, 90),
        ("right", lambda b: b.right, 230),
        ("top", lambda b: b.top, -20),
        ("middle", lambda b: b.y, 145),
        ("bottom", lambda b: b.bottom, 310),
    ],
)
def test_align_shares_an_edge_and_moves_along_one_axis(edge, read, value):
    for box, (x, y) in zip(BOXES, align(BOXES, edge), strict=True):
        assert read(Box(x, y, box.w, box.h)) == value
        assert (x == box.x) or (y == box.y)


@given(
    st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(1, 200)), min_size=3, max_size=9),
    st.sampled_from(["horizontal", "vertical"]),
)
def test_distribute_makes_gaps_equal_and_keeps_the_outermost(places, axis):
    boxes = [Box(p, 5, s, 7) if axis == "horizontal" else Box(5, p, 7, s) for p, s in places]
    centres = [c[0] if axis == "horizontal" else c[1] for c in distribute(boxes, axis)]
    order = sorted(range(len(places)), key=lambda i: (places[i][0], i))
    assert centres[order[0]] == places[order[0]][0]
    assert centres[order[-1]] == places[order[-1]][0]
    gaps = [centres[b] - places[b][1] / 2 - centres[a] - places[a][1] / 2 for a, b in itertools.pairwise(order)]
    assert gaps == pytest.approx([gaps[0]] * len(gaps), abs=1e-6)


def test_few_boxes_are_left_alone():
    assert align((), "left") == ()
    assert distribute(BOXES[:2], "vertical") == ((0, 0), (200, 90))


def test_the_grid():
    assert [snap_to_grid(v) for v in (3.9, 4, -3, -4.1, 20)] == [0, 8, 0, -8, 24]
    assert snap_to_grid(3.3, 0) == 3.3


def test_far_from_neighbours_the_first_box_snaps_to_the_grid():
    result = snap_move([Box(10, 10, 50, 50)], [Box(900, 900, 50, 50)], (17, 30))
    assert (result.dx, result.dy, result.guides) == (14, 30, ())


def test_a_near_edge_beats_the_grid_and_shows_a_guide():
    other = Box(200, 0, 100, 40)  # left edge at 150
    result = snap_move([Box(0, 200, 60, 60)], [other], (176, 3))
    assert result.dx == 180  # left edges meet
    assert result.dy == 0
    assert result.guides == (Guide(150, -20, 150, 230),)


def test_all_lines_that_coincide_are_shown():
    result = snap_move([Box(0, 300, 100, 40)], [Box(200, 0, 100, 40)], (203, 0))
    assert result.dx == 200
    assert [g.x1 for g in result.guides] == [150, 200, 250]


def test_tolerance_is_respected():
    other, moving = [Box(200, 0, 100, 40)], [Box(0, 300, 60, 60)]
    assert snap_move(moving, other, (176, 0), tolerance=3).dx == 176
    assert snap_move(moving, other, (176, 0), tolerance=0).guides == ()
    assert snap_move([], other, (5, 6)).dx == 5


@given(st.integers(0, 10_000), st.tuples(st.floats(-500, 500), st.floats(-500, 500)))
def test_the_index_answers_as_a_search_through_all_neighbours_would(seed, delta):
    others = [Box((seed * 37 + i * 91) % 700, (seed * 53 + i * 67) % 700, 40 + i % 3, 30) for i in range(40)]
    moving = Box(100, 100, 80, 50)
    result = snap_move([moving], SnapIndex(others), delta)
    lines = [x for o in others for x in (o.left, o.x, o.right)]
    own = [v + delta[0] for v in (moving.left, moving.x, moving.right)]
    nearest = min(abs(line - v) for line in lines for v in own)
    if nearest <= 6:
        assert abs(result.dx - delta[0]) == pytest.approx(nearest)
        assert any(g.x1 == g.x2 for g in result.guides)
    else:
        assert (moving.x + result.dx) % 8 == pytest.approx(0, abs=1e-6)

from workbench.layout.bends import bends, free_middles, spared, straight_parts

KNEE = ((0.0, 0.0), (100.0, 0.0), (200.0, 100.0))


def test_only_corners_are_bends():
    assert bends(KNEE) == ((100.0, 0.0),)
    assert bends(((0.0, 0.0), (100.0, 0.2), (200.0, 0.0))) == ()
    assert bends(((0.0, 0.0), (5.0, 5.0))) == ()
    assert straight_parts(((0.0, 0.0), (50.0, 0.0), (100.0, 0.0))) == [((0.0, 0.0), (100.0, 0.0))]


def test_middles_keep_clear_of_what_stands_on_the_line():
    assert free_middles(KNEE, ())[0] == ((50.0, 0.0), 100.0)
    (at, room), (_, other) = free_middles(KNEE, [(50.0, 0.0), (70.0, 0.0)])
    assert (at, room) == ((25.0, 0.0), 50.0)
    assert round(other, 3) == 141.421


def test_a_bend_on_its_neighbour_or_on_the_straight_line_is_none():
    ends = ((0.0, 0.0), (200.0, 0.0))
    assert spared(ends, [(100.0, 3.0)], 0, near=8.0)
    assert not spared(ends, [(100.0, 5.0)], 0, near=8.0)
    assert spared(ends, [(100.0, 60.0), (104.0, 64.0)], 1, near=8.0)
    assert not spared(ends, [(100.0, 60.0), (140.0, 64.0)], 1, near=8.0)

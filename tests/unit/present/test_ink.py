import pytest

from workbench.present.ink import FADES, STAYS, TRAIL, Ink


class Clock:
    def __init__(self):
        self.now = 10.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ink(clock):
    return Ink(clock)


def test_a_stroke_stays_then_fades_then_is_gone(ink, clock):
    ink.begin((0.1, 0.1))
    ink.draw((0.2, 0.2))
    clock.now += 100
    assert ink.strokes() == [([(0.1, 0.1), (0.2, 0.2)], 1.0)]
    assert not ink.moving
    ink.end()
    clock.now += STAYS
    assert ink.strokes()[0][1] == 1.0
    clock.now += FADES / 2
    assert ink.strokes()[0][1] == pytest.approx(0.5)
    assert ink.moving
    clock.now += FADES
    assert ink.strokes() == []
    assert not ink.moving


def test_what_is_drawn_can_be_wiped_away(ink):
    ink.begin((0.1, 0.1))
    ink.end()
    ink.wipe()
    assert ink.strokes() == []


def test_a_pen_that_is_up_draws_nothing(ink):
    ink.draw((0.5, 0.5))
    assert ink.strokes() == []


def test_the_laser_leaves_a_trail_that_fades_behind_it(ink, clock):
    ink.point((0.1, 0.1))
    clock.now += TRAIL / 2
    ink.point((0.2, 0.1))
    assert ink.trail() == [((0.1, 0.1), pytest.approx(0.5)), ((0.2, 0.1), 1.0)]
    assert ink.moving
    clock.now += TRAIL
    assert ink.trail() == [((0.2, 0.1), 1.0)]
    assert not ink.moving
    ink.point(None)
    assert ink.trail() == []

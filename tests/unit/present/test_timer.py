import pytest

from workbench.present.timer import Timer, spelled


class Clock:
    def __init__(self):
        self.now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def timer(clock):
    return Timer(clock)


def test_it_counts_up(timer, clock):
    clock.now += 65
    assert timer.text == "1:05"
    assert timer.warning == ""


def test_pauses_do_not_count(timer, clock):
    clock.now += 10
    timer.toggle()
    clock.now += 1_000
    assert timer.paused
    assert timer.elapsed == 10
    timer.toggle()
    clock.now += 5
    assert timer.elapsed == 15


def test_it_counts_down_and_warns_before_and_after_the_end(timer, clock):
    timer.count(30)
    clock.now += 60
    assert (timer.text, timer.warning) == ("29:00", "")
    clock.now += 26 * 60
    assert (timer.text, timer.warning) == ("3:00", "soon")
    clock.now += 192
    assert (timer.text, timer.warning) == ("−0:12", "over")


def test_a_short_time_warns_two_minutes_before_its_end(timer, clock):
    timer.count(5)
    clock.now += 179
    assert timer.warning == ""
    clock.now += 1
    assert timer.warning == "soon"


def test_reset_begins_anew_and_keeps_a_pause(timer, clock):
    clock.now += 30
    timer.toggle()
    timer.reset()
    clock.now += 30
    assert timer.elapsed == 0
    assert timer.paused


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (3_600, "1:00:00"), (3_725, "1:02:05")])
def test_times_are_spelled(seconds, text):
    assert spelled(seconds) == text

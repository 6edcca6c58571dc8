import pytest

from workbench.present.route import Step
from workbench.present.show import Show

ROUTE = (
    Step("a", "First", "d1", "a", levels=3),
    Step("b", "Second", "d1", "b"),
    Step("c", "Third", "d2", "c", notes="Say it"),
)


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def show():
    return made()


class Told(Show):
    """A show that remembers what it told."""

    def __init__(self, **wanted):
        super().__init__(ROUTE, Clock(), **wanted)
        self.told: list[str] = []
        self.changed.connect(self._note)

    def _note(self, what):
        self.told.append(what)


def made(**wanted):
    return Told(**wanted)


# the route


def test_next_and_previous_walk_the_route_and_stop_at_its_ends(show):
    assert show.current.key == "a"
    assert show.place == "Stop 1 of 3"
    assert not show.step(-1)
    assert show.step(1)
    assert show.step(1)
    assert (show.current.key, show.place, show.upcoming) == ("c", "Stop 3 of 3", None)
    assert not show.step(1)
    assert show.told == ["stop", "stop"]


def test_jumps_go_to_a_stop_and_no_further_than_the_last(show):
    show.jump(1)
    assert show.current.key == "b"
    show.jump(99)
    assert show.current.key == "c"
    show.jump(0)
    assert show.index == 0
    show.last()
    assert show.index == 2


def test_digits_and_enter_go_to_the_stop_of_that_number(show):
    show.type_digit("0")
    show.type_digit("3")
    assert show.digits == "03"
    assert show.take_number()
    assert show.current.key == "c"
    assert show.digits == ""
    show.type_digit("9")
    assert not show.take_number()
    assert show.current.key == "c"


def test_a_stop_that_goes_leaves_the_show_at_the_one_that_took_its_place(show):
    show.jump(1)
    show.follow((ROUTE[0], ROUTE[2]))
    assert show.current.key == "c"
    show.follow((ROUTE[0],))
    assert show.current.key == "a"
    assert show.told == ["stop", "stop", "stop"]


def test_a_stop_that_is_only_called_otherwise_is_not_shown_anew(show):
    show.follow((Step("a", "Renamed", "d1", "a", levels=3), *ROUTE[1:]))
    assert show.current.title == "Renamed"
    assert show.told == ["route"]


def test_a_stop_that_only_lights_something_else_is_not_shown_anew(show):
    show.follow((Step("a", ROUTE[0].title, "d1", "a", levels=3, highlighted=("c_new",)), *ROUTE[1:]))
    assert show.current.highlighted == ("c_new",)
    assert show.told == ["route"], "selection, camera and the editor of a title stay"


def test_stops_put_before_the_current_one_do_not_move_it(show):
    show.jump(1)
    show.follow((Step("n", "New", "d1", "n"), *ROUTE))
    assert (show.current.key, show.index) == ("b", 2)


# beside the route


def test_from_here_begins_beside_a_stop_and_goes_on_behind_it():
    here = Step("here d1", "Here", "d1")
    show = made(at=1, here=here)
    assert show.current is here
    assert show.place == ""
    show.step(1)
    assert show.current.key == "c"
    back = made(at=1, here=here)
    back.step(-1)
    assert back.current.key == "b"


def test_from_a_diagram_without_stops_the_route_begins_next():
    show = made(at=-1, here=Step("here d9", "Here", "d9"))
    assert show.upcoming == ROUTE[0]
    show.step(1)
    assert show.current.key == "a"
    again = made(at=-1, here=Step("here d9", "Here", "d9"))
    again.step(-1)
    assert again.current.key == "a"


# levels


def test_levels_are_the_stops_own_until_somebody_asks_for_others(show):
    assert show.levels == 3
    show.set_levels(2)
    assert show.levels == 2
    show.step(1)
    assert show.levels == 2
    show.set_levels(0)
    assert show.levels == 5
    show.step(-1)
    assert show.levels == 3


def test_a_level_more_or_less_holds_for_one_stop(show):
    show.change_levels(1)
    assert show.levels == 4
    show.step(1)
    assert show.levels == 5
    show.change_levels(1)
    assert show.levels == 5
    show.step(-1)
    assert show.levels == 4
    for _ in range(9):
        show.change_levels(-1)
    assert show.levels == 1


# light


def test_light_stays_until_it_is_asked_for_again_or_the_stop_changes(show):
    show.light("x")
    assert show.lit == "x"
    assert show.held_light
    show.light("x")
    assert show.lit == ""
    show.light("y")
    show.step(1)
    assert show.lit == ""


def test_asking_again_leads_through_every_pathway(show):
    seen = []
    for _ in range(4):
        show.light("x", ways=3)
        seen.append((show.lit, show.turn))
    assert seen == [("x", 0), ("x", 1), ("x", 2), ("", 0)]


def test_resting_on_something_lights_it_for_the_moment(show):
    show.light("x")
    show.hover("y")
    assert show.lit == "y"
    show.hover("")
    assert show.lit == "x"
    assert show.told == ["light", "light", "light"]


# blank, tool, card


def test_blank_is_lifted_by_the_same_key_and_by_the_next_stop(show):
    show.blank_out("black")
    assert show.blank == "black"
    show.blank_out("white")
    assert show.blank == ""
    show.blank_out("white")
    show.step(1)
    assert show.blank == ""


def test_a_tool_is_put_away_by_its_own_key(show):
    show.take("pen")
    show.take("laser")
    assert show.tool == "laser"
    show.take("laser")
    assert show.tool == ""


def test_esc_takes_back_one_thing_at_a_time_and_at_last_says_leave(show):
    show.away = True
    show.light("x")
    show.open_card("claim")
    show.take("pen")
    show.blank_out("black")
    show.type_digit("2")
    left = []
    for _ in range(6):
        assert show.step_back()
        left.append((show.digits, show.blank, show.tool, show.card, show.lit, show.away))
    assert left == [
        ("", "black", "pen", "claim", "x", True),
        ("", "", "pen", "claim", "x", True),
        ("", "", "", "claim", "x", True),
        ("", "", "", "", "x", True),
        ("", "", "", "", "", True),
        ("", "", "", "", "", False),
    ]
    assert not show.step_back()


def test_a_camera_moved_by_hand_falls_back_into_the_route(show):
    show.away = True
    assert show.jump(0)
    assert not show.away
    assert show.told == ["stop"]

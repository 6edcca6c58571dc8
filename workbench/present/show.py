"""The presentation that is running, as plain state: which stop, how much is shown, what is lit, blanked, drawn."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from psygnal import Signal

from workbench.analysis.levels import ALL
from workbench.present.route import Step
from workbench.present.timer import Timer

What = Literal["stop", "route", "levels", "light", "blank", "tool", "card", "overview"]
"""What of the state is another: where it stands, the route or a stop's words, and the rest."""
Blank = Literal["", "black", "white"]
Tool = Literal["", "laser", "pen"]
_MOST_DIGITS: Final = 4


class Show:
    """Follows a route of steps.

    Signals:
        changed: what of the state is another now.

    Attributes:
        timer: the presenter's.
        overview: what is shown now has text that is too small to be read from afar; whoever frames it says so.
        away: somebody has moved the camera away from where the stop has it.
    """

    changed = Signal(str)

    def __init__(
        self, steps: Sequence[Step], now: Callable[[], float], *, at: int = 0, here: Step | None = None
    ) -> None:
        """Stand at a step.

        Args:
            steps: the route, at least one step.
            now: seconds that never go back.
            at: index of the step to begin at.
            here: something else to begin with, after which the route goes on: behind step ``at``, or with the first
                one where ``at`` is -1.
        """
        self.steps = tuple(steps)
        self.timer = Timer(now)
        self.overview = False
        self.away = False
        self._here = here
        self._index = max(-1 if here is not None else 0, min(at, len(self.steps) - 1))
        self._everywhere = 0
        self._own: dict[str, int] = {}
        self._lit = ""
        self._turn = 0
        self._hovered = ""
        self._blank: Blank = ""
        self._tool: Tool = ""
        self._card = ""
        self._digits = ""

    # where it stands

    @property
    def index(self) -> int:
        """Index of the step; -1 where it has not reached the route yet."""
        return self._index

    @property
    def current(self) -> Step:
        """What is shown."""
        return self._here if self._here is not None else self.steps[self._index]

    @property
    def upcoming(self) -> Step | None:
        """What comes next; None at the end."""
        return self.steps[self._index + 1] if self._index + 1 < len(self.steps) else None

    @property
    def place(self) -> str:
        """Where it stands in the route, in words; empty where there is but one step, or beside the route."""
        if self._here is not None or len(self.steps) < 2:
            return ""
        return f"Stop {self._index + 1} of {len(self.steps)}"

    def step(self, by: int) -> bool:
        """Some steps on, or back; False at either end, where everything stays as it is."""
        if self._here is not None and by < 0:
            by += 1 if self._index >= 0 else 0  # from beside a step, back is to that step
            by = by if self._index >= 0 else 1
        return self._go(self._index + by)

    def jump(self, index: int) -> bool:
        """To a step by its index, at most the last."""
        return self._go(max(0, min(index, len(self.steps) - 1)))

    def last(self) -> bool:
        """To the last step."""
        return self._go(len(self.steps) - 1)

    def _go(self, index: int) -> bool:
        if not 0 <= index < len(self.steps):
            return False
        if index == self._index and self._here is None and not self.away:
            return False
        if self._blank:
            self.blank_out("")
        self._here = None
        self._index = index
        self.settle()
        return True

    def settle(self) -> None:
        """Back to the stop as it was made: its place of the camera, its light, no card over it."""
        self.away = False
        self._lit = self._hovered = self._card = self._digits = ""
        self._turn = 0
        self.changed.emit("stop")

    # following the document

    def follow(self, steps: Sequence[Step]) -> None:
        """The route is another by now; the step stays the same one, or the one that took its place."""
        new = tuple(steps)
        if new == self.steps:
            return
        key, before = self.current.key, self.current
        self.steps = new
        if self._here is not None:
            self._index = min(self._index, len(new) - 1)
            self.changed.emit("route")
            return
        found = next((i for i, step in enumerate(new) if step.key == key), -1)
        self._index = found if found >= 0 else min(self._index, len(new) - 1)
        now = self.current
        seen = (now.key, now.diagram, now.shows, now.subject, now.camera, now.levels)
        was = (before.key, before.diagram, before.shows, before.subject, before.camera, before.levels)
        self.changed.emit("route" if seen == was else "stop")

    # levels

    @property
    def levels(self) -> int:
        """How much is shown, 1 to 5."""
        step = self.current
        return self._own.get(step.key) or self._everywhere or step.levels

    def set_levels(self, levels: int) -> None:
        """Show so much at every stop; 0: each as it was made."""
        self._own.clear()
        self._everywhere = max(0, min(levels, ALL))
        self.changed.emit("levels")

    def change_levels(self, by: int) -> None:
        """Show a level more or less at this stop."""
        wanted = max(1, min(self.levels + by, ALL))
        if wanted != self.levels:
            self._own[self.current.key] = wanted
            self.changed.emit("levels")

    # the pathway

    @property
    def lit(self) -> str:
        """Id of what the pathway lit goes through; empty for none."""
        return self._hovered or self._lit

    @property
    def held_light(self) -> bool:
        """Whether what is lit stays so without the pointer."""
        return bool(self._lit) and not self._hovered

    @property
    def turn(self) -> int:
        """Which of the pathways through what is lit; the first is 0."""
        return 0 if self._hovered else self._turn

    def light(self, id: str, ways: int = 1) -> None:
        """Keep the pathway through something lit.

        Args:
            id: the thing; empty puts the light out. The same once more lights the next pathway through it, and after
                the last one none.
            ways: how many pathways there are.
        """
        turn = self._turn + 1 if id == self._lit else 0
        lit = id if turn < ways else ""
        if (lit, turn) != (self._lit, self._turn) or self._hovered:
            self._lit, self._turn, self._hovered = lit, turn if lit else 0, ""
            self.changed.emit("light")

    def hover(self, id: str) -> None:
        """The pointer rests on something; empty: on nothing."""
        before = self.lit
        self._hovered = id
        if self.lit != before:
            self.changed.emit("light")

    # blank, tool, card

    @property
    def blank(self) -> Blank:
        """Whether the audience sees an empty screen, and of which colour."""
        return self._blank

    def blank_out(self, colour: Blank) -> None:
        """Show an empty screen, or the presentation again where it is empty already."""
        self._blank = "" if self._blank else colour
        self.changed.emit("blank")

    @property
    def tool(self) -> Tool:
        """What the pointer is."""
        return self._tool

    def take(self, tool: Tool) -> None:
        """Make the pointer something; the same once more makes it a pointer again."""
        self._tool = "" if tool == self._tool else tool
        self.changed.emit("tool")

    @property
    def card(self) -> str:
        """Id of the claim whose card lies over the diagram; empty for none."""
        return self._card

    def open_card(self, claim: str) -> None:
        """Lay a claim's card over the diagram; an empty id puts it away."""
        if claim != self._card:
            self._card = claim
            self.changed.emit("card")

    # digits

    @property
    def digits(self) -> str:
        """Digits typed so far of the number of a stop."""
        return self._digits

    def type_digit(self, digit: str) -> None:
        """One more digit."""
        self._digits = (self._digits + digit)[-_MOST_DIGITS:]

    def take_number(self) -> bool:
        """To the stop whose number was typed; False where none was, or there is no such stop."""
        typed, self._digits = self._digits, ""
        number = int(typed) if typed else 0
        return 1 <= number <= len(self.steps) and self.jump(number - 1)

    # stepping back

    def step_back(self) -> bool:
        """What Esc does: take back the last thing laid over the route; False where only leaving is left."""
        if self._digits:
            self._digits = ""
        elif self._blank:
            self.blank_out("")
        elif self._tool:
            self.take("")
        elif self._card:
            self.open_card("")
        elif self._lit:
            self.light("")
        elif self.away:
            self.settle()
        else:
            return False
        return True

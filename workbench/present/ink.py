"""What is drawn over a presentation: strokes of the pen that fade by themselves, and the trail of the laser."""

from collections.abc import Callable
from typing import Final

from workbench.layout.geometry import Point
from workbench.values import value_type

STAYS: Final = 6.0
"""Seconds a stroke stays as it was drawn, from its end on."""
FADES: Final = 2.0
"""Seconds it then takes to go."""
TRAIL: Final = 0.45
"""Seconds the trail of the laser reaches back."""
_MOST_POINTS: Final = 4_000
_LEAST_STEP: Final = 0.0015
"""Least distance of two points, as a share of the screen's height: what is nearer adds nothing to be seen."""


@value_type(slots=True)
class Stroke:
    """One line of the pen; ``points`` are shares of the screen's height, so that a screen of any size shows the same.

    Attributes:
        ended: when the pen left the screen; None while it draws.
    """

    points: list[Point]
    ended: float | None = None

    def strength(self, now: float) -> float:
        """Share of the full colour, 1 to 0."""
        if self.ended is None:
            return 1.0
        return max(0.0, min(1.0, 1.0 - (now - self.ended - STAYS) / FADES))


class Ink:
    """Strokes and the laser's trail; told the time, it reads no clock itself."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Start with nothing drawn; ``now``: seconds that never go back."""
        self._now = now
        self._strokes: list[Stroke] = []
        self._trail: list[tuple[float, Point]] = []

    # the pen

    def begin(self, at: Point) -> None:
        """Put the pen down."""
        self.end()
        self._strokes.append(Stroke([at]))

    def draw(self, at: Point) -> None:
        """Move the pen that is down."""
        if not self._strokes or self._strokes[-1].ended is not None:
            return
        points = self._strokes[-1].points
        x, y = points[-1]
        if abs(at[0] - x) + abs(at[1] - y) >= _LEAST_STEP and len(points) < _MOST_POINTS:
            points.append(at)

    @property
    def tip(self) -> Point | None:
        """Where the pen is; None where it is not down."""
        down = bool(self._strokes) and self._strokes[-1].ended is None
        return self._strokes[-1].points[-1] if down else None

    def end(self) -> None:
        """Lift the pen."""
        if self._strokes and self._strokes[-1].ended is None:
            self._strokes[-1].ended = self._now()

    def wipe(self) -> None:
        """Take away everything drawn."""
        self._strokes.clear()

    def strokes(self) -> list[tuple[list[Point], float]]:
        """The lines that are still seen, and how strong each is."""
        now = self._now()
        self._strokes = [stroke for stroke in self._strokes if stroke.strength(now) > 0.0]
        return [(stroke.points, stroke.strength(now)) for stroke in self._strokes]

    # the laser

    def point(self, at: Point | None) -> None:
        """The laser is somewhere else; None: it left the screen."""
        if at is None:
            self._trail.clear()
        else:
            self._trail.append((self._now(), at))

    def trail(self) -> list[tuple[Point, float]]:
        """Where the laser was, with how strong that still is; the last one is where it is."""
        now = self._now()
        kept = [(when, at) for when, at in self._trail[:-1] if now - when < TRAIL] + self._trail[-1:]
        self._trail = kept
        last = len(kept) - 1
        return [(at, 1.0 if i == last else 1.0 - (now - when) / TRAIL) for i, (when, at) in enumerate(kept)]

    @property
    def moving(self) -> bool:
        """Whether it will look otherwise by itself, now or later."""
        return len(self._trail) > 1 or any(stroke.ended is not None for stroke in self._strokes)

    @property
    def fading(self) -> bool:
        """Whether it looks otherwise now than a moment ago."""
        now = self._now()
        return len(self._trail) > 1 or any(stroke.strength(now) < 1.0 for stroke in self._strokes)

"""What a gesture shows before it is committed. One value: dropping it drops the whole preview."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from workbench.layout.geometry import Box, Point
from workbench.values import value_type

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in scene units."""


@value_type(frozen=True, slots=True)
class Guide:
    """A line that shows what a dragged box is aligned with."""

    x1: float
    y1: float
    x2: float
    y2: float


@value_type(frozen=True, slots=True)
class LineDrop:
    """Where on a line a control would come to stand.

    Attributes:
        index: its place among the guards from source to target.
        station: distance from the end the line's stations count from.
        x, y, angle: the point on the line, and the line's direction there in degrees.
    """

    link: str
    index: int
    station: float
    x: float
    y: float
    angle: float


@value_type(frozen=True, slots=True)
class Target:
    """What the pointer would link to or drop on; ``reason`` says why not where that is not legal."""

    id: str
    legal: bool
    reason: str = ""


@value_type(frozen=True, slots=True)
class Wire:
    """A link in the making, from the element ``origin`` to a point."""

    origin: str
    x: float
    y: float


@value_type(frozen=True, slots=True)
class Ghost:
    """Something new in the making: its kind, at a place."""

    kind: str
    x: float
    y: float


@value_type(frozen=True, slots=True)
class Preview:
    """Everything a gesture shows.

    Attributes:
        moves: new centres of elements that are dragged.
        copying: the originals stay where they are.
        resize: an element's new box.
        bar: a guard that is dragged: where the pointer holds it.
        bend: a line with other bends.
        band: the rubber band.
        tip: a sentence by the pointer.
    """

    moves: Mapping[str, Point] = field(default_factory=dict)
    copying: bool = False
    resize: tuple[str, Box] | None = None
    bar: tuple[str, Point] | None = None
    bend: tuple[str, tuple[Point, ...]] | None = None
    drop: LineDrop | None = None
    ghost: Ghost | None = None
    wire: Wire | None = None
    target: Target | None = None
    guides: tuple[Guide, ...] = ()
    band: Rect | None = None
    tip: str = ""


NOTHING = Preview()
Cursor = Literal["arrow", "hand", "grab", "cross", "move", "copy", "forbidden", "size_nwse", "size_nesw"]

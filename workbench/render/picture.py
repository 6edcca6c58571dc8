"""What one diagram shows, as plain data: built from the document, drawn on screen and written to files.

All places and lengths are scene units (pixels at 100 %), y downwards; boxes and bars are given by their centre.
"""

from dataclasses import field
from typing import Literal

from workbench.layout.geometry import Box, Point
from workbench.values import value_type

Verdict = Literal["supports", "refutes", "inconclusive", "stale"]
Role = Literal["preventive", "mitigative", "degradation"]


@value_type(frozen=True, slots=True)
class Badge:
    """The verdict that speaks for an element: the worst of its claims that is not suspended.

    Attributes:
        analyst: a person judged otherwise than the numbers; a person's sign stands beside the badge.
        by_hand: a person judged where nothing is computed; so says a lighter sign of a person.
        count: how many claims there are.
    """

    verdict: Verdict
    analyst: bool = False
    count: int = 1
    by_hand: bool = False

    @property
    def person(self) -> bool:
        """Whether a person's sign stands beside it."""
        return self.analyst or self.by_hand


@value_type(frozen=True, slots=True)
class Chip:
    """A risk rating. ``steps`` (0 to 4) of the chip's bars are filled.

    Attributes:
        colour: fill a project has chosen for the level (``#rrggbb``); empty for the theme's own.
        inherited: nobody rated the hazard itself; it is the worst of its consequences.
    """

    level: str
    steps: int
    text: str
    colour: str = ""
    inherited: bool = False


@value_type(frozen=True, slots=True)
class NodePicture:
    """One element drawn as a body of its own.

    Attributes:
        kind: of element: any but a control, which is a bar.
        meta: right part of the meta row, such as ``B Probable``.
        chips: ratings; for a hazard initial then residual, with an arrow between.
        listed: titles of controls that stand on the element because nobody has said which line yet.
        hidden: how many elements are collapsed behind this one; ``hidden_text`` names them.
        hangs_on: id of the bar it hangs under, with a dashed stem to it; empty otherwise.
        sign: sign inside a gate.
    """

    id: str
    kind: str
    box: Box
    title: str
    code: str = ""
    meta: str = ""
    chips: tuple[Chip, ...] = ()
    badge: Badge | None = None
    listed: tuple[str, ...] = ()
    hidden: int = 0
    hidden_text: str = ""
    hangs_on: str = ""
    sign: str = ""
    retired: bool = False


@value_type(frozen=True, slots=True)
class LabelRoom:
    """Where a bar's label stands on a line that is too short for all its labels to stand alike.

    Attributes:
        width: room for each line; ``lines``: the most there may be.
        dx: shift of the label's middle from the bar, of one above or below it.
        dy: how much further from its bar a label above or below stands, joined to it by a hair line; a shift
            downwards of one beside its bar.
        left: beside the bar to the left; only where labels stand beside bars.
    """

    width: float
    lines: int
    dx: float = 0.0
    dy: float = 0.0
    left: bool = False


@value_type(frozen=True, slots=True)
class BarPicture:
    """One control where it stands: on a line (id of the guard), or free (id of the control).

    Attributes:
        angle: direction of the line there, radians; the bar is drawn upright on lines within 30 degrees of level.
        shared: how many lines the control guards in the whole project; shown from two upwards.
        label_above: the label stands above the bar: something hangs below in its row, or there is no room below.
        room: where the label stands where that is not its usual place.
        planned: the control is only proposed: dashed outline.
        hanging: something hangs below the bar.
    """

    id: str
    control: str
    role: Role
    x: float
    y: float
    angle: float
    title: str
    code: str = ""
    badge: Badge | None = None
    shared: int = 1
    planned: bool = False
    label_above: bool = False
    free: bool = False
    hanging: bool = False
    retired: bool = False
    room: LabelRoom | None = None


@value_type(frozen=True, slots=True)
class LinkPicture:
    """One line, from the silhouette of its source to that of its target.

    Attributes:
        path: corner points, at least two.
        gaps: stations (distance from the first point) where a bar interrupts the line.
        arrow: an arrowhead at the end (simple notation).
        dashed: a stem or an annotation.
        bars: ids of the bars on it, in order from source to target.
        badge: verdict of the claims about the line itself.
    """

    id: str
    kind: str
    source: str
    target: str
    path: tuple[Point, ...]
    gaps: tuple[float, ...] = ()
    arrow: bool = False
    dashed: bool = False
    bars: tuple[str, ...] = ()
    badge: Badge | None = None


@value_type(slots=True)
class DiagramPicture:
    """Everything one diagram shows, by id."""

    id: str
    title: str
    notation: str
    nodes: dict[str, NodePicture] = field(default_factory=dict)
    bars: dict[str, BarPicture] = field(default_factory=dict)
    links: dict[str, LinkPicture] = field(default_factory=dict)

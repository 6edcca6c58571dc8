"""What the pointer and the keyboard did, in the canvas's own terms."""

from dataclasses import replace
from typing import Literal, Self

from workbench.values import value_type

Part = Literal["handle", "size", "bend", "mid", "badge", "finding", "review", "bar", "node", "link"]
Side = Literal["n", "e", "s", "w", "ne", "se", "sw", "nw", ""]
Button = Literal["left", "middle", "right", ""]


@value_type(frozen=True, slots=True)
class Hit:
    """What lies under the pointer.

    Attributes:
        part: ``handle`` starts a link, ``size`` a change of size; ``bend`` is a bend of a line and ``mid`` the place of
            another; ``badge`` is a verdict and ``finding`` the linter's badge; the others are the drawn thing itself.
        id: element, link or guard the part belongs to.
        side: which handle; empty for the others.
        index: which bend, or which straight part of the line; -1 for the others.
    """

    part: Part
    id: str
    side: Side = ""
    index: int = -1


@value_type(frozen=True, slots=True)
class PointerEvent:
    """One press, move or release.

    Attributes:
        x, y: scene units.
        vx, vy: pixels of the view, for thresholds that must not depend on the zoom.
        clicks: 2 for the second press of a double click.
        space: the space bar is held.
    """

    x: float
    y: float
    vx: float
    vy: float
    button: Button = ""
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    space: bool = False
    hit: Hit | None = None
    clicks: int = 1

    def held(self, *, shift: bool, ctrl: bool, alt: bool) -> Self:
        """The same event with other modifier keys."""
        return replace(self, shift=shift, ctrl=ctrl, alt=alt)


@value_type(frozen=True, slots=True)
class KeyEvent:
    """One key going down, or up where ``up`` is set.

    Attributes:
        key: ``Left``, ``Right``, ``Up``, ``Down``, ``Escape``, ``Return``, ``F2``, ``Control``, ``Alt``, ``Shift``, or
            the lower-case letter.
        text: what the key types, if anything.
    """

    key: str
    text: str = ""
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    up: bool = False

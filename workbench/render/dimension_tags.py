"""Tags of impact dimensions, for the lens that colours by them: a letter each, and a colour that repeats it."""

from collections.abc import Sequence
from typing import Final

from workbench.render.ops import Op, Ops, RoundRect, TextOp
from workbench.render.picture import NodePicture
from workbench.render.theme import Theme, mix

DIMENSION_COLOUR: Final[dict[str, str]] = {
    "technical": "#0072B2",
    "social": "#E69F00",
    "political": "#882255",
    "economic": "#009E73",
}
"""Told apart by every kind of colour vision. Source: Okabe and Ito, Color Universal Design (2008); wine: Tol (2021)."""
_INK: Final = {"technical": "#FFFFFF", "social": "#10151C", "political": "#FFFFFF", "economic": "#10151C"}
TAG: Final = 15.0
"""Width and height of a tag."""
_GAP: Final = 2.0
_INSET: Final = 6.0


def tag_ops(dimensions: Sequence[str], theme: Theme) -> Ops:
    """Tags side by side, from the middle of the left edge of the first."""
    ops: list[Op] = []
    ground = theme.surface.canvas
    for at, name in enumerate(dimensions):
        left = at * (TAG + _GAP)
        fill, ink = (mix(colour, ground, theme.strength) for colour in (DIMENSION_COLOUR[name], _INK[name]))
        ops.append(RoundRect(left - 1.5, -TAG / 2 - 1.5, TAG + 3, TAG + 3, 4.5, ground))
        ops.append(RoundRect(left, -TAG / 2, TAG, TAG, 3.0, fill))
        ops.append(TextOp(left + TAG / 2, 4.0, name[0].upper(), 11, 600, ink, "middle"))
    return tuple(ops)


def tag_spot(node: NodePicture) -> tuple[float, float]:
    """Where the tags of an element begin: on its lower edge, at the left."""
    box = node.box
    return box.x - box.w / 2 + _INSET, box.y + box.h / 2

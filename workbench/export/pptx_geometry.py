"""Outlines of shapes on slides, and the places on them where lines are joined.

A line of the diagram meets a body at a certain spot. Where a shape of the format's own has a joint there, it is used;
else the same silhouette is written as a shape of its own, with joints at those spots, so that no program that opens
the slide draws a line elsewhere, and every line follows when its shape is moved.
"""

from collections.abc import Callable, Sequence
from math import cos, hypot, pi, sin
from typing import Final

from workbench.export.pptx_xml import EMU, outline, preset
from workbench.layout.geometry import PENTAGON_TIP, Box, Point
from workbench.render.ops import Ellipse, Lines, Op, PathOp, Polygon, RoundRect
from workbench.render.silhouettes import CORNER
from workbench.render.silhouettes import outline as silhouette
from workbench.values import value_type

_NEAR: Final = 0.75
"""How far a joint may be from the spot, in scene units."""
_ARC: Final = 0.5523

Commands = list[tuple[str | float, ...]]


@value_type(frozen=True, slots=True)
class Outline:
    """A shape's geometry as XML, and its joints about its centre in scene units, by number.

    Attributes:
        frame: where the shape stands, words included, about the centre of its body; None: its body alone.
    """

    xml: str
    joints: tuple[Point, ...]
    frame: Box | None = None

    def joint(self, spot: Point) -> int:
        """Number of the joint nearest to a spot about the centre."""
        return min(range(len(self.joints)), key=lambda i: _apart(self.joints[i], spot))


def outline_of(box: Box, spots: Sequence[Point], scale: float, sign: str = "") -> Outline:
    """The outline of a body whose lines end at ``spots`` about its centre.

    Args:
        scale: of the drawing; 1 is 100 %.
        sign: a gate's sign, which decides its shape.
    """
    own = _PRESETS.get(box.shape)
    if own is not None:
        xml, joints = own(box)
        if all(min(_apart(joint, spot) for joint in joints) <= _NEAR for spot in spots):
            return Outline(xml, joints)
    joints = tuple(dict.fromkeys((*_middles(box), *spots)))
    unit = EMU * scale
    path = commands_of(silhouette(box, sign=sign))
    moved = [_shifted(command, box.w / 2, box.h / 2, unit) for command in path]
    sites = [((x + box.w / 2) * unit, (y + box.h / 2) * unit) for x, y in joints]
    return Outline(outline(box.w * unit, box.h * unit, moved, sites), joints)


def commands_of(op: Op) -> Commands:
    """The outline of a primitive as straight and curved pieces.

    Raises:
        TypeError: a text or a group has none.
    """
    if isinstance(op, PathOp):
        return list(op.commands)
    if isinstance(op, Polygon):
        out: Commands = [("M" if i == 0 else "L", x, y) for i, (x, y) in enumerate(op.points)]
        return [*out, ("Z",)] if op.closed else out
    if isinstance(op, Lines):
        return [command for x1, y1, x2, y2 in op.segments for command in (("M", x1, y1), ("L", x2, y2))]
    if isinstance(op, Ellipse):
        return _rounded(op.x - op.rx, op.y - op.ry, 2 * op.rx, 2 * op.ry, op.rx, op.ry)
    if isinstance(op, RoundRect):
        radius = max(0.0, min(op.r, op.w / 2, op.h / 2))
        return _rounded(op.x, op.y, op.w, op.h, radius, radius)
    raise TypeError(type(op).__name__)


def _rounded(x: float, y: float, w: float, h: float, rx: float, ry: float) -> Commands:
    """A rectangle with elliptic corners, clockwise from the left end of its upper edge."""
    if rx <= 0 or ry <= 0:
        return [("M", x, y), ("L", x + w, y), ("L", x + w, y + h), ("L", x, y + h), ("Z",)]
    right, foot, kx, ky = x + w, y + h, rx * (1 - _ARC), ry * (1 - _ARC)
    return [
        ("M", x + rx, y),
        ("L", right - rx, y),
        ("C", right - kx, y, right, y + ky, right, y + ry),
        ("L", right, foot - ry),
        ("C", right, foot - ky, right - kx, foot, right - rx, foot),
        ("L", x + rx, foot),
        ("C", x + kx, foot, x, foot - ky, x, foot - ry),
        ("L", x, y + ry),
        ("C", x, y + ky, x + kx, y, x + rx, y),
        ("Z",),
    ]


def _shifted(command: tuple[str | float, ...], dx: float, dy: float, unit: float) -> tuple[str | float, ...]:
    name, *numbers = command
    shifts = (dx, dy) * 3
    return (name, *((float(number) + shift) * unit for number, shift in zip(numbers, shifts, strict=False)))


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _middles(box: Box) -> tuple[Point, ...]:
    """The middles of the sides, first in every outline: LibreOffice 7 knows these four alone."""
    hw, hh = box.w / 2, box.h / 2
    return (0.0, -hh), (-hw, 0.0), (0.0, hh), (hw, 0.0)


def _round_rectangle(box: Box) -> tuple[str, tuple[Point, ...]]:
    radius = 2.0 if box.shape == "bar" else CORNER
    xml = preset("roundRect", adj=radius / max(min(box.w, box.h), 1.0) * 100_000)
    return xml, _middles(box)


def _home_plate(box: Box) -> tuple[str, tuple[Point, ...]]:
    hw, hh = box.w / 2, box.h / 2
    tip = min(PENTAGON_TIP, box.w)
    middle = (box.w - tip) / 2 - hw
    return preset("homePlate", adj=tip / min(box.w, box.h) * 100_000), (
        (middle, -hh),
        (-hw, 0.0),
        (middle, hh),
        (hw, 0.0),
    )


def _ellipse(box: Box) -> tuple[str, tuple[Point, ...]]:
    turns = (-pi / 2 - i * pi / 4 for i in range(8))
    return preset("ellipse"), tuple((cos(turn) * box.w / 2, sin(turn) * box.h / 2) for turn in turns)


_PRESETS: Final[dict[str, Callable[[Box], tuple[str, tuple[Point, ...]]]]] = {
    "box": _round_rectangle,
    "bar": _round_rectangle,
    "pentagon": _home_plate,
    "circle": _ellipse,
}

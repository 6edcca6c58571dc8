"""Drawing primitives as shapes of a slide: for cards, matrices and grids, which are no diagrams."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.export.pptx_geometry import commands_of
from workbench.export.pptx_xml import Body, Run, fill, line, names, outline, text, xfrm
from workbench.render.ops import Bounds, Lines, Ops, PathOp, Polygon, TextOp, flatten
from workbench.render.text import Measure

_ASCENT: Final = 0.95
"""Of a line of letters above its baseline, as a share of their size, where a slide begins it."""
_HEIGHT: Final = 1.22
_ALIGN: Final = {"start": "l", "middle": "ctr", "end": "r"}


def ops_shapes(ops: Ops, measure: Measure, place: Bounds, size: tuple[float, float], first: int) -> list[str]:
    """Shapes for ops that fill ``size`` in scene units, fitted into a place on the slide in EMU.

    Args:
        place: left, top, right and bottom.
        first: the first number free for shapes of the slide; each takes the next.
    """
    scale = min((place[2] - place[0]) / size[0], (place[3] - place[1]) / size[1])
    left = (place[0] + place[2] - size[0] * scale) / 2
    top = (place[1] + place[3] - size[1] * scale) / 2
    return list(_shapes(ops, measure, (left, top, scale), first))


def _shapes(ops: Ops, measure: Measure, frame: tuple[float, float, float], first: int) -> Iterator[str]:
    left, top, scale = frame
    number = first
    for op, dx, dy in flatten(ops):
        x, y = left + dx * scale, top + dy * scale
        if isinstance(op, TextOp):
            yield _text(op, measure, x, y, scale, number)
        else:
            commands = [_scaled(command, scale) for command in commands_of(op)]
            yield _drawn(op, commands, x, y, scale, number)
        number += 1


def _scaled(command: tuple[str | float, ...], scale: float) -> tuple[str | float, ...]:
    return (command[0], *(float(number) * scale for number in command[1:]))


def _drawn(op: object, commands: list[tuple[str | float, ...]], x: float, y: float, scale: float, number: int) -> str:
    points = [value for command in commands for value in _points(command)]
    low_x, low_y = min(p[0] for p in points), min(p[1] for p in points)
    width, height = max(p[0] for p in points) - low_x, max(p[1] for p in points) - low_y
    local = [_moved(command, low_x, low_y) for command in commands]
    stroke, thick, dash = getattr(op, "stroke", None), getattr(op, "width", 1.0) * scale, getattr(op, "dash", ())
    filled = None if isinstance(op, Lines) or (isinstance(op, Polygon) and not op.closed) else getattr(op, "fill", None)
    round_caps = isinstance(op, PathOp | Lines) and op.round_caps
    look = fill(filled) + line(stroke, thick, tuple(mark * scale for mark in dash), round_caps=round_caps)
    shape = outline(width, height, local, filled=filled is not None)
    return (
        f"<p:sp><p:nvSpPr>{names(number, f'Shape {number}')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{xfrm(x + low_x, y + low_y, width, height)}{shape}{look}</p:spPr></p:sp>"
    )


def _points(command: tuple[str | float, ...]) -> Iterable[tuple[float, float]]:
    numbers = [float(number) for number in command[1:]]
    return zip(numbers[::2], numbers[1::2], strict=True)


def _moved(command: tuple[str | float, ...], dx: float, dy: float) -> tuple[str | float, ...]:
    moved = [number for x, y in _points(command) for number in (x - dx, y - dy)]
    return (command[0], *moved)


def _text(op: TextOp, measure: Measure, x: float, y: float, scale: float, number: int) -> str:
    width = measure.width(op.text, op.size, op.weight) * 1.1 + op.size
    shift = {"start": 0.0, "middle": width / 2, "end": width}[op.anchor]
    place = xfrm(
        x + (op.x - shift) * scale, y + (op.y - op.size * _ASCENT) * scale, width * scale, op.size * _HEIGHT * scale
    )
    run = Run(op.text, op.size * scale, op.colour, op.weight > 400, op.struck)
    return (
        f'<p:sp><p:nvSpPr>{names(number, f"Text {number}")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f"{text([run], Body(_ALIGN[op.anchor], 't', wrap=False))}</p:sp>"
    )

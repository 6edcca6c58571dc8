"""How far drawn things reach, text included; and the same things drawn larger."""

from dataclasses import replace
from math import inf

from workbench.render.ops import Bounds, Ellipse, Group, Lines, Op, Ops, Polygon, RoundRect, TextOp, reach
from workbench.render.text import Measure


def extent(ops: Ops, measure: Measure) -> Bounds | None:
    """The rectangle around everything drawn (left, top, right, bottom); None: nothing is drawn."""
    found = _extent(ops, measure, {})
    return None if found[0] > found[2] else found


def _extent(ops: Ops, measure: Measure, known: dict[int, Bounds]) -> Bounds:
    """As ``extent``, with empty ones inside out. Groups may share their ops; each is looked at once."""
    left, top, right, bottom = inf, inf, -inf, -inf
    for op in ops:
        dx = dy = 0.0
        if isinstance(op, Group):
            dx, dy = op.dx, op.dy
            box = known.get(id(op.ops))
            if box is None:
                box = known[id(op.ops)] = _extent(op.ops, measure, known)
        else:
            box = _text_box(op, measure) if isinstance(op, TextOp) else reach(op)
        left, top = min(left, box[0] + dx), min(top, box[1] + dy)
        right, bottom = max(right, box[2] + dx), max(bottom, box[3] + dy)
    return left, top, right, bottom


def _text_box(op: TextOp, measure: Measure) -> Bounds:
    width = measure.width(op.text, op.size, op.weight)
    left = op.x if op.anchor == "start" else op.x - (width / 2 if op.anchor == "middle" else width)
    return left, op.y - op.size, left + width, op.y + op.size * 0.3


def enlarged(ops: Ops, factor: float) -> Ops:
    """The same ops ``factor`` times as large about their origin, strokes and text too; sizes of text stay whole."""
    return ops if factor == 1 else tuple(_enlarged(op, factor) for op in ops)


def _enlarged(op: Op, k: float) -> Op:
    if isinstance(op, Group):
        return replace(op, ops=enlarged(op.ops, k), dx=op.dx * k, dy=op.dy * k)
    if isinstance(op, TextOp):
        return replace(op, x=op.x * k, y=op.y * k, size=max(1, round(op.size * k)))
    width, dash = op.width * k, tuple(length * k for length in op.dash)
    if isinstance(op, RoundRect):
        return replace(op, x=op.x * k, y=op.y * k, w=op.w * k, h=op.h * k, r=op.r * k, width=width, dash=dash)
    if isinstance(op, Ellipse):
        return replace(op, x=op.x * k, y=op.y * k, rx=op.rx * k, ry=op.ry * k, width=width, dash=dash)
    if isinstance(op, Polygon):
        return replace(op, points=tuple((x * k, y * k) for x, y in op.points), width=width, dash=dash)
    if isinstance(op, Lines):
        segments = tuple((a * k, b * k, c * k, d * k) for a, b, c, d in op.segments)
        return replace(op, segments=segments, width=width, dash=dash)
    commands = tuple((c[0], *(float(v) * k for v in c[1:])) for c in op.commands)
    return replace(op, commands=commands, width=width, dash=dash)

"""Text as the outlines of its letters, for programs that lack the font and take another, wider one."""

from dataclasses import replace
from functools import lru_cache

from PySide6.QtGui import QPainterPath

from workbench.render.fonts import canvas_font, qt_measure
from workbench.render.ops import Group, Lines, Op, Ops, PathOp, TextOp

_MOVE = QPainterPath.ElementType.MoveToElement
_LINE = QPainterPath.ElementType.LineToElement
_CURVE = QPainterPath.ElementType.CurveToElement

Commands = tuple[tuple[str | float, ...], ...]


def outlined(ops: Ops) -> Ops:
    """The same ops with every line of text drawn; its words stay as the title of a group, for those who hear it."""
    return tuple(_outlined(op) for op in ops)


def _outlined(op: Op) -> Op:
    if isinstance(op, Group):
        return replace(op, ops=outlined(op.ops))
    if not isinstance(op, TextOp):
        return op
    width = qt_measure().width(op.text, op.size, op.weight)
    x = op.x - {"start": 0.0, "middle": width / 2, "end": width}[op.anchor]
    drawn: list[Op] = [PathOp(_letters(op.text, op.size, op.weight), fill=op.colour)]
    if op.struck:
        level = -op.size * 0.3
        drawn.append(Lines(((0.0, level, width, level),), op.colour))
    return Group(tuple(drawn), css="text", title=op.text, dx=x, dy=op.y)


@lru_cache(maxsize=4_096)
def _letters(text: str, size: int, weight: int) -> Commands:
    """The outlines of a line of text from the left end of its baseline."""
    path = QPainterPath()
    path.addText(0.0, 0.0, canvas_font(size, weight), text)
    out: list[tuple[str | float, ...]] = []
    at = 0
    while at < path.elementCount():
        element = path.elementAt(at)
        if element.type == _MOVE:
            if out:
                out.append(("Z",))
            out.append(("M", element.x, element.y))
        elif element.type == _LINE:
            out.append(("L", element.x, element.y))
        elif element.type == _CURVE:
            second, end = path.elementAt(at + 1), path.elementAt(at + 2)
            out.append(("C", element.x, element.y, second.x, second.y, end.x, end.y))
            at += 2
        at += 1
    return (*out, ("Z",)) if out else ()

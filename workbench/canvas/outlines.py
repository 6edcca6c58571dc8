"""Silhouettes in view pixels, for what is painted over the diagram: rings, ghosts, targets."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from workbench.canvas.camera import Camera
from workbench.layout.geometry import Box
from workbench.render.ops import Ellipse, PathOp, Polygon, RoundRect
from workbench.render.silhouettes import outline


def box_path(box: Box, camera: Camera, out: float = 0.0) -> QPainterPath:
    """The silhouette of a box ``out`` view pixels outside its edge."""
    op = outline(box, grow=out / camera.zoom)
    cx, cy = camera.to_view(box.x, box.y)
    zoom = camera.zoom
    path = QPainterPath()
    if isinstance(op, Ellipse):
        path.addEllipse(QPointF(cx, cy), op.rx * zoom, op.ry * zoom)
    elif isinstance(op, RoundRect):
        rect = QRectF(cx + op.x * zoom, cy + op.y * zoom, op.w * zoom, op.h * zoom)
        path.addRoundedRect(rect, op.r * zoom, op.r * zoom)
    elif isinstance(op, Polygon):
        path.addPolygon(QPolygonF([QPointF(cx + x * zoom, cy + y * zoom) for x, y in op.points]))
        path.closeSubpath()
    elif isinstance(op, PathOp):
        _add_commands(path, op, cx, cy, zoom)
    return path


def _add_commands(path: QPainterPath, op: PathOp, cx: float, cy: float, zoom: float) -> None:
    for command in op.commands:
        values = [float(value) for value in command[1:]]
        points = [QPointF(cx + x * zoom, cy + y * zoom) for x, y in zip(values[::2], values[1::2], strict=True)]
        if command[0] == "M":
            path.moveTo(points[0])
        elif command[0] == "L":
            path.lineTo(points[0])
        elif command[0] == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()


def view_rect(box: Box, camera: Camera, margin: float = 0.0) -> QRectF:
    """The rectangle of a box in the view, with a margin in pixels."""
    left, top, right, bottom = camera.rect_to_view((box.left, box.top, box.right, box.bottom))
    return QRectF(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin)

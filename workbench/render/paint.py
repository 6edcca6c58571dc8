"""Executes ops with QPainter: everything is prepared once, painting only replays.

Rules that keep it fast (each measured): pens at most 1.0 wide on long lines; wider strokes become filled outlines when
they are prepared; level and upright hairlines are drawn without antialiasing; text is laid out once.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QStaticText,
    QTransform,
)

from workbench.render.fonts import canvas_font, qt_measure
from workbench.render.ops import Bounds, Dash, Ellipse, Lines, Op, PathOp, Polygon, RoundRect, TextOp, bounds, flatten
from workbench.values import value_type

_PEN, _BRUSH, _SMOOTH, _FONT, _POLYGON, _POLYLINE, _RECT, _ROUND, _ELLIPSE, _LINES, _PATH, _TEXT = range(12)
NO_PEN: Final = QPen(Qt.PenStyle.NoPen)
NO_BRUSH: Final = QBrush(Qt.BrushStyle.NoBrush)


@value_type(frozen=True, slots=True, eq=False, weakref_slot=True)
class Compiled:
    """Ops made ready for one kind of painter; see ``compile_ops``. Each is itself only, whatever it holds.

    Attributes:
        commands: pairs of a command and its argument.
        bounds: left, top, right and bottom of all that is drawn, text included.
    """

    commands: tuple[tuple[int, Any], ...] = ()
    bounds: Bounds = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=1024)
def brush_of(colour: str) -> QBrush:
    """A solid brush; shared, do not change it."""
    return QBrush(QColor(colour))


@lru_cache(maxsize=1024)
def pen_of(colour: str, width: float, dash: Dash = (), *, cosmetic: bool = False, round_caps: bool = False) -> QPen:
    """A pen; shared, do not change it.

    Args:
        dash: lengths of mark and gap in scene units.
        cosmetic: as wide at every zoom.
    """
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(cosmetic)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_caps else Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([part / width for part in dash])
    return pen


def compile_ops(ops: Iterable[Op], *, cosmetic: bool = True) -> Compiled:
    """Prepare ops for painting.

    Args:
        cosmetic: hairlines stay 1 px at every zoom (screen); False: strokes grow with the drawing (files).
    """
    maker = _Maker(cosmetic=cosmetic)
    left = top = right = bottom = 0.0
    for op, dx, dy in flatten(ops):
        maker.add(op, dx, dy)
        x1, y1, x2, y2 = _extent(op)
        left, top = min(left, x1 + dx), min(top, y1 + dy)
        right, bottom = max(right, x2 + dx), max(bottom, y2 + dy)
    return Compiled(tuple(maker.commands), (left - 1, top - 1, right + 1, bottom + 1))


def paint_once(painter: QPainter, ops: Iterable[Op]) -> None:
    """Draw ops into a file: as ``compile_ops`` and ``paint`` do, without what only pays when they are painted again.

    Strokes grow with the drawing. The painter's state afterwards is that of ``paint``.
    """
    maker = _Maker(cosmetic=False, once=True)
    for op, dx, dy in flatten(ops):
        maker.add(op, dx, dy)
    _replay(painter, maker.commands)


def _extent(op: Op) -> Bounds:
    if not isinstance(op, TextOp):
        return bounds((op,))
    width = qt_measure().width(op.text, op.size, op.weight)
    x = op.x - {"start": 0.0, "middle": width / 2, "end": width}[op.anchor]
    return x - 2, op.y - op.size * 1.1, x + width + 2, op.y + op.size * 0.4


def paint(painter: QPainter, compiled: Compiled, x: float = 0.0, y: float = 0.0) -> None:
    """Draw prepared ops with their origin at a place.

    The painter's pen, brush, font and antialiasing are left as the last op set them; its transform is kept.
    """
    shifted = bool(x or y)
    if shifted:
        painter.translate(x, y)
    _replay(painter, compiled.commands)
    if shifted:
        painter.translate(-x, -y)


def _replay(painter: QPainter, commands: Iterable[tuple[int, Any]]) -> None:
    methods = (
        painter.setPen,
        painter.setBrush,
        None,
        painter.setFont,
        painter.drawPolygon,
        painter.drawPolyline,
        painter.drawRect,
        None,
        painter.drawEllipse,
        painter.drawLines,
        painter.drawPath,
    )
    for code, argument in commands:
        if code == _TEXT:
            painter.drawStaticText(*argument)
        elif code == _SMOOTH:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, argument)
        elif code == _ROUND:
            painter.drawRoundedRect(*argument)
        else:
            methods[code](argument)  # type: ignore[misc]


class _Maker:
    """Turns ops into commands and leaves away changes of state that change nothing."""

    def __init__(self, *, cosmetic: bool, once: bool = False) -> None:
        self.commands: list[tuple[int, Any]] = []
        self._cosmetic = cosmetic
        self._laid_out = _static_once if once else _static
        self._state: dict[int, Any] = {}

    def add(self, op: Op, dx: float, dy: float) -> None:
        if isinstance(op, TextOp):
            self._text(op, dx, dy)
        elif isinstance(op, Lines):
            self._lines(op, dx, dy)
        elif isinstance(op, RoundRect):
            self._rect(op, QRectF(op.x + dx, op.y + dy, op.w, op.h))
        elif isinstance(op, Ellipse):
            self._ellipse(op, QRectF(op.x + dx - op.rx, op.y + dy - op.ry, 2 * op.rx, 2 * op.ry))
        elif isinstance(op, Polygon):
            self._polygon(op, dx, dy)
        elif isinstance(op, PathOp):
            self._curve(op, dx, dy)

    def _set(self, code: int, value: Any, key: Any) -> None:
        if code not in self._state or self._state[code] != key:
            self._state[code] = key
            self.commands.append((code, value))

    def _ink(
        self,
        fill: str | None,
        stroke: str | None,
        width: float,
        dash: Dash,
        *,
        round_caps: bool = False,
        smooth: bool = True,
    ) -> None:
        self._set(_SMOOTH, smooth, smooth)
        self._set(_BRUSH, NO_BRUSH if fill is None else brush_of(fill), fill)
        key = (stroke, width, dash, round_caps) if stroke is not None else None
        pen = NO_PEN
        if stroke is not None:
            hair = self._cosmetic and width <= 1.0
            pen = pen_of(stroke, width, dash, cosmetic=hair, round_caps=round_caps)
        self._set(_PEN, pen, key)

    def _wide(self, op: RoundRect | Ellipse | Polygon | PathOp, path: QPainterPath, *, round_caps: bool) -> None:
        """A shape with a stroke wider than a hairline: fill and stroke as two filled outlines."""
        if op.fill is not None:
            self._ink(op.fill, None, 0.0, ())
            self.commands.append((_PATH, path))
        assert op.stroke is not None
        self._ink(op.stroke, None, 0.0, ())
        self.commands.append((_PATH, _stroked(path, op.width, op.dash, round_caps=round_caps)))

    def _rect(self, op: RoundRect, rect: QRectF) -> None:
        if op.stroke is not None and op.width > 1.0:
            path = QPainterPath()
            path.addRoundedRect(rect, op.r, op.r)
            self._wide(op, path, round_caps=False)
            return
        if op.r <= 0:
            self._ink(op.fill, op.stroke, op.width, op.dash)
            self.commands.append((_RECT, rect))
            return
        self._ink(op.fill, op.stroke, op.width, op.dash)
        self.commands.append((_ROUND, (rect, op.r, op.r)))

    def _ellipse(self, op: Ellipse, rect: QRectF) -> None:
        if op.stroke is not None and op.width > 1.0:
            path = QPainterPath()
            path.addEllipse(rect)
            self._wide(op, path, round_caps=False)
            return
        self._ink(op.fill, op.stroke, op.width, op.dash)
        self.commands.append((_ELLIPSE, rect))

    def _polygon(self, op: Polygon, dx: float, dy: float) -> None:
        polygon = QPolygonF([QPointF(x + dx, y + dy) for x, y in op.points])
        if op.stroke is not None and op.width > 1.0:
            path = QPainterPath()
            path.addPolygon(polygon)
            if op.closed:
                path.closeSubpath()
            self._wide(op, path, round_caps=False)
            return
        self._ink(op.fill if op.closed else None, op.stroke, op.width, op.dash)
        self.commands.append((_POLYGON if op.closed else _POLYLINE, polygon))

    def _curve(self, op: PathOp, dx: float, dy: float) -> None:
        path = path_of(op, dx, dy)
        if op.stroke is not None and op.width > 1.0:
            self._wide(op, path, round_caps=op.round_caps)
            return
        self._ink(op.fill, op.stroke, op.width, op.dash, round_caps=op.round_caps)
        self.commands.append((_PATH, path))

    def _lines(self, op: Lines, dx: float, dy: float) -> None:
        if op.width > 1.0:
            path = QPainterPath()
            for x1, y1, x2, y2 in op.segments:
                path.moveTo(x1 + dx, y1 + dy)
                path.lineTo(x2 + dx, y2 + dy)
            self._ink(op.stroke, None, 0.0, ())
            self.commands.append((_PATH, _stroked(path, op.width, op.dash, round_caps=op.round_caps)))
            return
        level = [s for s in op.segments if s[0] == s[2] or s[1] == s[3]]
        slanted = [s for s in op.segments if s[0] != s[2] and s[1] != s[3]]
        for segments, smooth in ((level, not self._cosmetic), (slanted, True)):
            if segments:
                self._ink(None, op.stroke, op.width, op.dash, round_caps=op.round_caps, smooth=smooth)
                lines = [QLineF(x1 + dx, y1 + dy, x2 + dx, y2 + dy) for x1, y1, x2, y2 in segments]
                self.commands.append((_LINES, lines))

    def _text(self, op: TextOp, dx: float, dy: float) -> None:
        font = canvas_font(op.size, op.weight)
        width = qt_measure().width(op.text, op.size, op.weight)
        x = op.x + dx
        if op.anchor != "start":
            x -= width / 2 if op.anchor == "middle" else width
        y = op.y + dy
        self._set(_FONT, font, (op.size, op.weight))
        self._set(_PEN, pen_of(op.colour, 1.0), ("text", op.colour))
        text = self._laid_out(op.text, op.size, op.weight)
        self.commands.append((_TEXT, (QPointF(x, y - _ascent(op.size, op.weight)), text)))
        if op.struck:
            level = y - op.size * 0.3
            self._ink(None, op.colour, 1.0, (), smooth=not self._cosmetic)
            self.commands.append((_LINES, [QLineF(x, level, x + width, level)]))


def path_of(op: PathOp, dx: float = 0.0, dy: float = 0.0) -> QPainterPath:
    """The outline of an op as Qt draws it."""
    path = QPainterPath()
    for command in op.commands:
        letter, n = command[0], [float(value) for value in command[1:]]
        if letter == "M":
            path.moveTo(n[0] + dx, n[1] + dy)
        elif letter == "L":
            path.lineTo(n[0] + dx, n[1] + dy)
        elif letter == "C":
            path.cubicTo(n[0] + dx, n[1] + dy, n[2] + dx, n[3] + dy, n[4] + dx, n[5] + dy)
        else:
            path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _stroked(path: QPainterPath, width: float, dash: Dash, *, round_caps: bool) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap if round_caps else Qt.PenCapStyle.FlatCap)
    stroker.setCurveThreshold(0.1)
    if dash:
        stroker.setDashPattern([part / width for part in dash])
    outline = stroker.createStroke(path)
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline


@lru_cache(maxsize=64)
def _ascent(size: int, weight: int) -> float:
    return QFontMetricsF(canvas_font(size, weight)).ascent()


@lru_cache(maxsize=8192)
def _static(text: str, size: int, weight: int) -> QStaticText:
    """A line laid out once, shared by all that say the same."""
    static = _plain(text)
    font: QFont = canvas_font(size, weight)
    static.prepare(QTransform(), font)
    return static


def _plain(text: str) -> QStaticText:
    """Plain text: a title is never read as markup."""
    static = QStaticText()
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.setText(text)
    return static


@lru_cache(maxsize=1024)
def _static_once(text: str, size: int, weight: int) -> QStaticText:
    """A line for a file, which lays it out itself, at its own scale; few are drawn twice, so few are kept."""
    del size, weight  # one object must not serve two fonts: it would be laid out by turns
    return _plain(text)

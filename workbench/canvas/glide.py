"""Moving the camera, and the scroll bars that follow it."""

from collections.abc import Callable
from math import exp, log

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect

_CAMERA_MS = 140
_BEYOND = 60
"""Pixels that scroll bars reach beyond the content."""


class Glide:
    """One animated move of a camera at a time."""

    def __init__(
        self,
        owner: QAbstractScrollArea,
        move: Callable[[Camera], None],
        milliseconds: int = _CAMERA_MS,
        curve: QEasingCurve.Type = QEasingCurve.Type.Linear,
    ) -> None:
        """``move`` is called with every camera on the way, the goal last; animations end with ``owner``."""
        self._owner = owner
        self._move = move
        self._milliseconds = milliseconds
        self._curve = curve
        self._animation: QVariantAnimation | None = None

    def go(self, start: Camera, goal: Camera) -> None:
        """Begin a move; one under way ends where it is."""
        self.stop()
        glide = QVariantAnimation(self._owner)
        glide.setStartValue(0.0)
        glide.setEndValue(1.0)
        glide.setDuration(self._milliseconds)
        glide.setEasingCurve(self._curve)
        glide.valueChanged.connect(lambda share: self._move(between(start, goal, float(share))))
        self._animation = glide
        glide.start(QVariantAnimation.DeletionPolicy.KeepWhenStopped)

    def stop(self) -> None:
        """End a move where it is."""
        if self._animation is not None:
            self._animation.stop()
            self._animation = None


def between(start: Camera, goal: Camera, share: float) -> Camera:
    """A camera on the way; zoom in proportion, the place so that the way looks straight."""
    if share >= 1.0:
        return goal
    zoom = exp(log(start.zoom) + (log(goal.zoom) - log(start.zoom)) * share)
    scale = 1 / goal.zoom - 1 / start.zoom
    part = (1 / zoom - 1 / start.zoom) / scale if scale else share
    way = Camera(zoom, ratio=goal.ratio)
    sx, sy = -start.ox / start.zoom, -start.oy / start.zoom
    gx, gy = -goal.ox / goal.zoom, -goal.oy / goal.zoom
    way.place(-(sx + (gx - sx) * part) * zoom, -(sy + (gy - sy) * part) * zoom)
    return way


def set_bars(area: QAbstractScrollArea, bounds: Rect | None, camera: Camera) -> None:
    """Let scroll bars say where the camera stands over content within some bounds."""
    if bounds is None:
        area.horizontalScrollBar().setRange(0, 0)
        area.verticalScrollBar().setRange(0, 0)
        return
    width, height, zoom = area.viewport().width(), area.viewport().height(), camera.zoom
    _set_bar(area.horizontalScrollBar(), bounds[0] * zoom, bounds[2] * zoom, -camera.ox, width)
    _set_bar(area.verticalScrollBar(), bounds[1] * zoom, bounds[3] * zoom, -camera.oy, height)


def _set_bar(bar: QScrollBar, first: float, last: float, at: float, room: int) -> None:
    """Content from ``first`` to ``last``, a view of ``room`` pixels whose edge is ``at``."""
    value = round(at)
    whole = first >= at and last <= at + room
    low = value if whole else min(value, int(first) - _BEYOND)
    high = value if whole else max(value, int(last) + _BEYOND - room)
    bar.setRange(low, high)
    bar.setPageStep(room)
    bar.setSingleStep(24)
    bar.setValue(value)

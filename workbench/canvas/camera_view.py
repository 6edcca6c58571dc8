"""A widget that shows a scene through a camera: painting, panning, zooming, scroll bars, overview."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workbench.canvas.backing import Backing, device_rect
from workbench.canvas.camera import NOTCH, Camera
from workbench.canvas.glide import Glide, set_bars
from workbench.canvas.index import Rect
from workbench.canvas.minimap import MARGIN, Minimap
from workbench.canvas.overlay import Overlay
from workbench.canvas.painting import Artist
from workbench.canvas.scene import Scene, union
from workbench.render.sizes import shared
from workbench.render.theme import Theme
from workbench.session.session import Session

SHARP_BELOW = 2_000
"""Bodies up to which every frame of a zoom is painted sharp."""
_SETTLE_MS = 120
_BARS_MS = 40
"""Scroll bars follow a pan so much later at most: painting both in every frame took as long as all that came into
view, to move their sliders by less than a pixel."""
_REVEAL_MARGIN = 48.0
_UNREADABLE, _READABLE = 0.35, 0.6
"""Zoom factor below which something found could not be seen, and the one it is shown at."""


class CameraView(QAbstractScrollArea):
    """Paints the scene; knows nothing of tools and documents.

    Signals:
        zoom_changed: the zoom factor, 1.0 is 100 %.

    Attributes:
        session: the document shown and what is selected in it.
        swap_wheel: the wheel zooms and Ctrl+wheel scrolls.
        motion: camera moves and fades are animated; off where the user asked for less motion.
        sharp_below: bodies up to which every frame of a zoom by hand is painted sharp.
    """

    zoom_changed = Signal(float)
    sharp_below = SHARP_BELOW

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None) -> None:
        """Start empty at 100 %."""
        super().__init__(parent)
        self.session = session
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewport(QWidget())  # one that Python knows: finding the kind of Qt's own loads every kind of widget
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.theme = theme
        self.scene = Scene()
        self.camera = Camera()
        self.backing = Backing()
        self.artist = Artist(self.scene, theme)
        self.overlay = Overlay(session, self.damage, self)
        self.overlay.theme, self.overlay.camera, self.overlay.scene = theme, self.camera, self.scene
        self.minimap = Minimap(self.viewport(), self.centre_on)
        self.minimap.hide()
        self.minimap_wanted = True
        self.swap_wheel = False
        self._motion = True
        self._fit_when_shown = False
        self._setting_bars = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.sharpen)
        self._bars = QTimer(self)
        self._bars.setSingleShot(True)
        self._bars.setInterval(_BARS_MS)
        self._bars.timeout.connect(self._set_bars)
        self._glide = Glide(self, self._set_camera)

    @property
    def motion(self) -> bool:
        """Whether camera moves and fades are animated."""
        return self._motion

    @motion.setter
    def motion(self, value: bool) -> None:
        self._motion = value
        self.overlay.motion = value

    def still(self) -> None:
        """Stop every animation and timer: the view is about to go."""
        self._motion = False
        self.overlay.still()
        self.minimap.still()
        self._settle.stop()
        self._bars.stop()
        self._glide.stop()

    # what is shown

    def show_scene(self, scene: Scene) -> None:
        """Show another scene."""
        self.scene = scene
        self.artist.restart(scene, self.theme)
        self.overlay.scene = scene
        self.refresh()

    def wear(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self.theme = theme
        self.overlay.theme = theme
        self.artist.restart(self.scene, theme)
        self.refresh()

    def refresh(self) -> None:
        """Paint everything again."""
        self.backing.repaint_all()
        self.minimap.forget()
        self.overlay.rebuild()
        self._moved()
        self.viewport().update()

    def repaint_things(self, rects: Iterable[Rect | None]) -> None:
        """Paint some scene rectangles again."""
        region = QRegion()
        ratio = self.camera.ratio
        for rect in rects:
            if rect is not None:
                device = device_rect(self.camera, self.artist.reach(rect))
                self.backing.invalidate(device)
                region += QRect(
                    int(device.left() / ratio) - 1,
                    int(device.top() / ratio) - 1,
                    int(device.width() / ratio) + 3,
                    int(device.height() / ratio) + 3,
                )
        self.viewport().update(region & QRegion(self.viewport().rect()))

    def damage(self, region: QRegion) -> None:
        """Copy and overlay a region of the view again."""
        self.viewport().update(region & QRegion(self.viewport().rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bring the picture up to date, copy it, paint over it."""
        self._fit_backing()
        ground = QColor(self.theme.surface.canvas)
        if not self.backing.stale:
            self.backing.refresh(
                self.camera, ground, lambda painter, rect: self.artist.paint(painter, rect, self.camera)
            )
        painter = QPainter(self.viewport())
        region = event.region()
        painter.setClipRegion(region)
        self.backing.show(painter, region, self.camera, ground)
        self.overlay.paint(painter, region)
        painter.end()

    def _fit_backing(self) -> None:
        ratio = self.viewport().devicePixelRatioF()
        size = self.viewport().size()
        if ratio != self.camera.ratio:
            self.camera.ratio = ratio
            self.camera.place(self.camera.ox, self.camera.oy)
            self.backing.repaint_all()
            self.overlay.rebuild()
        self.backing.resize(round(size.width() * ratio), round(size.height() * ratio))

    # moving the camera

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the content by view pixels; what is in view already is shifted, not painted."""
        camera = self.camera
        ox, oy = camera.ox, camera.oy
        camera.place(ox + dx, oy + dy)
        step_x = round((camera.ox - ox) * camera.ratio)
        step_y = round((camera.oy - oy) * camera.ratio)
        if not (step_x or step_y):
            return
        if not self.backing.stale:
            self.backing.shift(step_x, step_y)
            self.place_minimap()
        self.overlay.rebuild()
        if not self._bars.isActive():
            self._bars.start()
        self.viewport().update()

    def zoom_at(self, zoom: float, at: QPointF, *, gesture: bool = False) -> None:
        """Another zoom factor about a view point.

        Args:
            gesture: more is to come: a large diagram is shown stretched until it ends.
        """
        self._glide.stop()  # who zooms has the last word
        before = self.camera.zoom
        self.camera.zoom_at(zoom, at.x(), at.y())
        if self.camera.zoom != before:
            self._zoomed(gesture=gesture)

    def _zoomed(self, *, gesture: bool) -> None:
        bodies = len(self.scene.picture.nodes) + len(self.scene.picture.bars)
        if gesture and bodies >= self.sharp_below:
            self.backing.stale = True
            self._settle.start()
        else:
            self.backing.repaint_all()
        self.overlay.rebuild()
        self._moved()
        self.viewport().update()
        self.zoom_changed.emit(self.camera.zoom)

    def sharpen(self) -> None:
        """Paint sharp what a gesture has left stretched."""
        self._settle.stop()
        self.backing.repaint_all()
        self._moved()
        self.viewport().update()

    def _moved(self) -> None:
        """Scroll bars and overview follow the camera."""
        if not self.backing.stale:
            self._set_bars()
            self.place_minimap()

    def centre_on(self, x: float, y: float) -> None:
        """Bring a scene point to the middle of the view."""
        cx, cy = self.camera.to_view(x, y)
        self.pan_by(self.viewport().width() / 2 - cx, self.viewport().height() / 2 - cy)

    def zoom_by(self, steps: float) -> None:
        """Zoom in (positive) or out by steps of one notch, about the middle of the view."""
        self.zoom_at(self.camera.zoom * NOTCH**steps, self._middle())

    def set_zoom(self, factor: float) -> None:
        """Zoom to a factor about the middle of the view; 1.0 is 100 %."""
        self.zoom_at(factor, self._middle())

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 2)

    @property
    def zoom(self) -> float:
        """The zoom factor; 1.0 is 100 %."""
        return self.camera.zoom

    def fit(self) -> None:
        """Show the whole diagram, not larger than 100 %."""
        bounds = self.scene.bounds()
        if bounds is not None:
            self.show_rect(bounds)

    def zoom_to_selection(self) -> None:
        """Show what is selected, as large as fits, up to 200 %."""
        rect = union(self.scene.index.rect(id) for id in self.session.selection)
        if rect is not None:
            self.show_rect(rect, largest=2.0)

    def fit_at_once(self) -> None:
        """Show the whole diagram without a move of the camera; when it is shown, if it is not yet."""
        bounds = self.scene.bounds()
        if not self.isVisible():
            self._fit_when_shown = True
        if bounds is not None:
            self.show_rect(bounds, animated=False)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time it is seen, the diagram is seen whole."""
        super().showEvent(event)
        if self._fit_when_shown:
            self._fit_when_shown = False
            self.fit_at_once()

    def show_rect(self, rect: Rect, *, largest: float = 1.0, animated: bool = True) -> None:
        """Show a scene rectangle whole."""
        goal = Camera(self.camera.zoom, self.camera.ox, self.camera.oy, self.camera.ratio)
        width, height = self.viewport().width(), self.viewport().height()
        goal.fit(rect, width, height, shared().canvas.fit_padding, largest)
        self._go(goal, animated=animated)

    def reveal_rect(self, rect: Rect, *, animated: bool = True, readable: bool = False) -> None:
        """Pan as little as needed to bring a scene rectangle into view; zoom out where it is too large.

        Args:
            readable: zoom in where it could not be read at the zoom factor in use.
        """
        if readable and self.camera.zoom < _UNREADABLE:
            self.show_rect(rect, largest=_READABLE, animated=animated)
            return
        left, top, right, bottom = self.camera.rect_to_view(rect)
        width, height = self.viewport().width(), self.viewport().height()
        margin = min(_REVEAL_MARGIN, width / 6, height / 6)
        if right - left > width - 2 * margin or bottom - top > height - 2 * margin:
            self.show_rect(rect, largest=self.camera.zoom, animated=animated)
            return
        dx = max(margin - left, 0.0) or min(width - margin - right, 0.0)
        dy = max(margin - top, 0.0) or min(height - margin - bottom, 0.0)
        if dx or dy:
            goal = Camera(self.camera.zoom, self.camera.ox, self.camera.oy, self.camera.ratio)
            goal.place(goal.ox + dx, goal.oy + dy)
            self._go(goal, animated=animated)

    def _go(self, goal: Camera, *, animated: bool) -> None:
        self._glide.stop()
        if not (animated and self._motion and self.isVisible() and len(self.scene) < SHARP_BELOW):
            self._set_camera(goal)
            return
        self._glide.go(Camera(self.camera.zoom, self.camera.ox, self.camera.oy, self.camera.ratio), goal)

    def _set_camera(self, goal: Camera) -> None:
        if goal.zoom == self.camera.zoom:
            self.pan_by(goal.ox - self.camera.ox, goal.oy - self.camera.oy)
            return
        self.camera.zoom = goal.zoom
        self.camera.place(goal.ox, goal.oy)
        self._zoomed(gesture=False)

    # scroll bars

    def _set_bars(self) -> None:
        if self.backing.stale:
            return
        self._bars.stop()
        self._setting_bars = True
        set_bars(self, self.scene.bounds(), self.camera)
        self._setting_bars = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """A scroll bar was moved."""
        if not self._setting_bars:
            self.pan_by(dx, dy)

    def shows_all_of(self, rect: Rect) -> bool:
        """Whether a scene rectangle is in view as a whole."""
        left, top, right, bottom = self.camera.rect_to_view(rect)
        return left >= 0 and top >= 0 and right <= self.viewport().width() and bottom <= self.viewport().height()

    def seen_part(self) -> Rect | None:
        """The part of the diagram that is in view, in scene units; None: all of it."""
        bounds = self.scene.bounds()
        if bounds is None or self.shows_all_of(bounds):
            return None
        return self.camera.rect_to_scene((0.0, 0.0, float(self.viewport().width()), float(self.viewport().height())))

    # overview

    def place_minimap(self) -> None:
        """Bottom right; hidden where it would cover an element, or where there is nothing to overlook."""
        bounds = self.scene.bounds()
        room = self.viewport().rect()
        left, top = room.width() - self.minimap.width() - MARGIN, room.height() - self.minimap.height() - MARGIN
        shown = self.minimap_wanted and bounds is not None and left > room.width() / 2 and top > room.height() / 2
        shown = shown and bounds is not None and not self.shows_all_of(bounds)
        if shown:
            covered = self.camera.rect_to_scene(
                (left - 4, top - 4, room.width() - MARGIN + 4, room.height() - MARGIN + 4)
            )
            shown = not any(self.scene.box(id) is not None for id in self.scene.index.touching(covered))
        self.minimap.setVisible(shown)
        if shown and bounds is not None:
            self.minimap.move(left, top)
            self.artist.ready_blocks()
            view = self.camera.rect_to_scene((0.0, 0.0, float(room.width()), float(room.height())))
            self.minimap.follow(self.artist.blocks, self.theme, bounds, view)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture keeps its upper left corner; the first size shows the whole diagram."""
        super().resizeEvent(event)
        self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom at the pointer (the other way round where the user prefers)."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        angle, pixels = event.angleDelta(), event.pixelDelta()
        event.accept()
        if ctrl != self.swap_wheel:
            notches = (angle.y() or angle.x()) / 120.0
            self.zoom_at(self.camera.zoom * NOTCH**notches, event.position(), gesture=True)
            return
        dx, dy = (float(pixels.x()), float(pixels.y())) if not pixels.isNull() else (angle.x() / 2.0, angle.y() / 2.0)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
            dx, dy = dy, 0.0
        self.pan_by(dx, dy)

    def viewportEvent(self, event: QEvent) -> bool:
        """A pinch on a touch pad zooms at the pointer."""
        pinch = isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        if pinch and isinstance(event, QNativeGestureEvent):
            self.zoom_at(self.camera.zoom * (1.0 + event.value()), event.position(), gesture=True)
            return True
        return super().viewportEvent(event)

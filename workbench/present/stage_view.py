"""The diagram as an audience sees it: no grid and no handles. A drag moves it, a click selects, a rest tells."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.canvas.camera import LEAST_ZOOM, NOTCH, Camera, clamp_zoom
from workbench.canvas.document_view import DocumentView
from workbench.canvas.glide import Glide
from workbench.canvas.index import Rect
from workbench.canvas.painting import Artist
from workbench.canvas.scene import union
from workbench.present.flight import Flight
from workbench.render.fonts import qt_measure
from workbench.render.framing import READABLE, Framing
from workbench.render.ops import TextOp, flatten
from workbench.render.shapes import bar_ops, node_ops
from workbench.render.shapes_boxes import title_size
from workbench.render.sizes import shared
from workbench.render.theme import Theme
from workbench.session.session import Session
from workbench.tools.events import Hit

_CLICK: Final = 6.0
"""How far the pointer may move between press and release that are a click, view pixels."""
_REST_MS: Final = 180
_HIDE_MS: Final = 2_500
_SHARP_BELOW: Final = 120
_NOTHING_DRAWN: Final = "Nothing is drawn here yet. Esc leaves."
_MOST_MEASURED: Final = 400
"""Things up to which the smallest text is looked for; of more, the smallest letter of any title is taken."""


class StageArtist(Artist):
    """Paints a diagram without the grid, which is for those who draw."""

    @override
    def _grid(self, painter: QPainter, area: Rect, camera: Camera) -> None:
        pass


class StageView(DocumentView):
    """One diagram of a presentation.

    Signals:
        rested: id of what the pointer rests on; empty once it rests on nothing.
        wandered: the camera was moved by hand.
        edit_asked: id of what was double-clicked.
        sized: the view has another size; whoever shows a stop frames it again.
        focused: it has the keyboard.
    """

    rested = Signal(str)
    wandered = Signal()
    edit_asked = Signal(str)
    sized = Signal()
    focused = Signal()
    sharp_below = _SHARP_BELOW
    _flight: Flight | None = None
    _end: Camera | None = None

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the session's diagram, whole."""
        super().__init__(session, "projector", parent)
        self.minimap_wanted = False
        self.overlay.bare = True
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.hint.words.setText(_NOTHING_DRAWN)
        self.hint.button.hide()  # what is seen by an audience asks nothing of it
        self.artist = StageArtist(self.scene, theme)
        self.dress(theme)
        self._glide = Glide(self, self._set_camera, shared().motion.camera_ms, QEasingCurve.Type.InOutCubic)
        self._pressed: QPointF | None = None
        self._at: QPointF | None = None
        self._dragged = False
        self._resting = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._tell_rest)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_HIDE_MS)
        self._idle.timeout.connect(self._hide_pointer)

    @override
    def still(self) -> None:
        super().still()
        self._rest.stop()
        self._idle.stop()

    def dress(self, theme: Theme) -> None:
        """Take the colours and text sizes of a theme."""
        self.wear(theme)
        self._dress()

    # the camera

    @override
    def fit_at_once(self) -> None:
        """The stop says what is seen."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = self.hint.words.font()
        font.setPixelSize(max(15, round(self.height() * READABLE)))
        self.hint.words.setFont(font)
        self.hint.place()
        self.sized.emit()

    def rect_of(self, ids: Iterable[str]) -> Rect | None:
        """The rectangle around some of what is drawn, labels included; a control means all its bars."""
        index = self.scene.index
        drawn = chain.from_iterable([id] if id in index else self.scene.bars_of(id) for id in ids)
        return union(index.rect(id) for id in drawn)

    @property
    def strong(self) -> Rect | None:
        """The rectangle around everything at full strength."""
        clear = self.artist.clear
        return self.scene.bounds() if clear is None else self.rect_of(id for id in clear if id in self.scene.index)

    def smallest_text(self) -> float:
        """Pixel size, at 100 %, of the smallest text at full strength; 0 where there is none."""
        picture, clear, theme = self.scene.picture, self.artist.clear, self.theme
        nodes = [node for id, node in picture.nodes.items() if clear is None or id in clear]
        bars = [bar for id, bar in picture.bars.items() if clear is None or id in clear]
        if len(nodes) + len(bars) > _MOST_MEASURED:
            return float(title_size("degradation_factor"))
        ops = chain(
            chain.from_iterable(node_ops(node, theme, qt_measure()) for node in nodes),
            chain.from_iterable(bar_ops(bar, theme, qt_measure()) for bar in bars),
        )
        return float(min((op.size for op, _, _ in flatten(ops) if isinstance(op, TextOp)), default=0))

    def go_to(self, framing: Framing, *, animated: bool) -> None:
        """Bring the camera to a place."""
        width, height = self.viewport().width(), self.viewport().height()
        goal = Camera(clamp_zoom(framing.zoom, min(LEAST_ZOOM, framing.zoom)), ratio=self.camera.ratio)
        goal.centre_on(framing.x, framing.y, width, height)
        self._go(goal, animated=animated)

    # the way there

    @property
    def flying(self) -> bool:
        """Whether the camera is on its way."""
        return self._flight is not None

    @override
    def _go(self, goal: Camera, *, animated: bool) -> None:
        port = self.viewport()
        moving = animated and self.motion and self.isVisible() and goal.pose != self.camera.pose
        start = port.grab() if moving and port.width() > 1 else None
        self._land()
        if start is None:
            super()._go(goal, animated=False)
            return
        begin = Camera(self.camera.zoom, self.camera.ox, self.camera.oy, self.camera.ratio)
        self._flight, self._end = Flight(start, begin, self._painted(goal), goal), goal
        self._glide.go(begin, goal)

    def _painted(self, camera: Camera) -> QPixmap:
        """The scene as a camera sees it."""
        pixmap = QPixmap(self.backing.size)
        pixmap.fill(QColor(self.theme.surface.canvas))
        painter = QPainter(pixmap)
        self.artist.paint(painter, pixmap.rect(), camera)
        painter.end()
        return pixmap

    @override
    def _set_camera(self, goal: Camera) -> None:
        if self._flight is None:
            super()._set_camera(goal)
            return
        self.camera.zoom = goal.zoom
        self.camera.place(goal.ox, goal.oy)
        if goal is self._end:
            self._land()
        self.viewport().update()

    def _land(self) -> None:
        """End a flight under way: from here on the picture is painted again."""
        if self._flight is not None:
            self._flight = self._end = None
            self._glide.stop()
            self._zoomed(gesture=False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._flight is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        self._flight.paint(painter, self.viewport().rect(), self.camera, QColor(self.theme.surface.canvas))
        painter.end()

    @override
    def refresh(self) -> None:
        self._land()
        super().refresh()

    @override
    def repaint_things(self, rects: Iterable[Rect | None]) -> None:
        self._land()
        super().repaint_things(rects)

    @override
    def pan_by(self, dx: float, dy: float) -> None:
        self._land()
        super().pan_by(dx, dy)

    @override
    def zoom_at(self, zoom: float, at: QPointF, *, gesture: bool = False) -> None:
        self._land()
        super().zoom_at(zoom, at, gesture=gesture)

    # the pointer

    def hit(self, at: QPointF) -> Hit | None:
        """What is drawn at a point of the view."""
        x, y = self.camera.to_scene(at.x(), at.y())
        return self.scene.line_verdict_at(x, y, self.camera.zoom) or self.scene.hit(x, y, self.camera.zoom)

    @property
    def pointed_at(self) -> str:
        """Id of what the pointer is over; empty for nothing."""
        found = self.hit(self._at) if self._at is not None and self.underMouse() else None
        return found.id if found is not None else ""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.titles.commit()
        self.overlay.focused = False
        self._pressed = self._at = event.position()
        self._dragged = False
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None and event.buttons():
            if not self._dragged and (at - self._pressed).manhattanLength() > _CLICK:
                self._dragged = True
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._dragged and self._at is not None:
                moved = at - self._at
                self.pan_by(moved.x(), moved.y())
                self.wandered.emit()
        else:
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self._rest.start()
            self._idle.start()
        self._at = at
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        if pressed is not None and not self._dragged:
            self._click(self.hit(event.position()))
        event.accept()

    def _click(self, hit: Hit | None) -> None:
        if hit is None:
            self.session.select(())
        else:
            self.session.select([hit.id])
            if hit.part == "badge":
                self.badge_activated.emit(hit.id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self.hit(event.position())
        if hit is not None and hit.part != "badge":
            self.edit_asked.emit(hit.id)
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self._rest.start()

    def forget_rest(self) -> None:
        """Another stop is shown: what the pointer rests on counts anew once it moves."""
        self._resting = ""
        self._rest.stop()

    def _tell_rest(self) -> None:
        busy = self._pressed is not None or self.titles.editor is not None
        found = self.pointed_at if not busy else ""
        if found != self._resting:
            self._resting = found
            self.rested.emit(found)

    def _hide_pointer(self) -> None:
        if self._pressed is None and self.titles.editor is None:
            self.viewport().setCursor(Qt.CursorShape.BlankCursor)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        angle = event.angleDelta()
        self.zoom_at(self.camera.zoom * NOTCH ** ((angle.y() or angle.x()) / 120.0), event.position(), gesture=True)
        self.wandered.emit()
        event.accept()

    # the keyboard

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the window knows every key

    def in_view(self) -> list[str]:
        """What is drawn in view and can be selected by keys: elements and controls, from left to right, top down."""
        port = self.viewport()
        area = self.camera.rect_to_scene((0.0, 0.0, float(port.width()), float(port.height())))
        clear = self.artist.clear
        found = [
            (box.x, box.y, id)
            for id in self.scene.index.touching(area)
            if (box := self.scene.box(id)) is not None and (clear is None or id in clear)
        ]
        return [id for _, _, id in sorted(found)]

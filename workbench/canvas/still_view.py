"""A picture to look at only: a drag or an arrow moves it, a click says what it hit, marks and rings point out."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.canvas.camera_view import CameraView
from workbench.canvas.change_artist import ChangeArtist
from workbench.render.theme import Theme
from workbench.session.session import Session
from workbench.store.store import Store

_CLICK: Final = 4.0
"""How far the pointer may move between press and release that are a click, view pixels."""
_PAN: Final = 60.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (1.0, 0.0),
    Qt.Key.Key_Right: (-1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
_READABLE: Final = 0.6


class StillView(CameraView):
    """Shows a scene with marks; what it draws may differ from the document of the window.

    Signals:
        picked: id of what was clicked.
        pointed: something else is ringed.
    """

    picked = Signal(str)
    pointed = Signal()

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet.

        Args:
            store: the records of what is drawn, for what is ringed.
        """
        super().__init__(Session(store), theme, parent)
        self.marking = ChangeArtist(self.scene, self.theme)
        self.artist = self.marking
        self.overlay.editing = True  # rings, and no handles
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed: QPointF | None = None
        self._at: QPointF | None = None

    def dispose(self) -> None:
        """Stop every animation and listen no more."""
        self.still()
        self.session.close()

    def point_at(self, ids: Iterable[str]) -> None:
        """Ring some things."""
        self.session.select(id for id in ids if id in self.scene.index)
        self.marking.lit = frozenset(id for id in self.session.selection if self.scene.link(id) is not None)
        self.refresh()
        self.pointed.emit()

    def centre(self, ids: Iterable[str]) -> bool:
        """Ring some things and bring them to the middle, large enough to be read; False where none is drawn here."""
        self.point_at(ids)
        rect = self.marking.marked(self.session.selection)
        if rect is None:
            return False
        left, top, right, bottom = rect
        wide, high = self.viewport().width() / self.camera.zoom, self.viewport().height() / self.camera.zoom
        if self.camera.zoom >= _READABLE and right - left < wide and bottom - top < high:
            x, y = (left + right) / 2, (top + bottom) / 2
            self.show_rect((x - wide / 2.5, y - high / 2.5, x + wide / 2.5, y + high / 2.5), largest=self.camera.zoom)
        else:
            self.show_rect(rect)
        return True

    # the pointer

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._at = event.position()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._at is not None:
            moved = event.position() - self._at
            self._at = event.position()
            self.pan_by(moved.x(), moved.y())
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed, self._at = self._pressed, None, None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        at = event.position()
        if pressed is not None and (at - pressed).manhattanLength() <= _CLICK:
            hit = self.scene.hit(*self.camera.to_scene(at.x(), at.y()), self.camera.zoom)
            if hit is not None:
                self.picked.emit(hit.id)
        event.accept()

    # the keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            self.pan_by(arrow[0] * _PAN, arrow[1] * _PAN)
            event.accept()
        else:
            event.ignore()  # the page knows the other keys

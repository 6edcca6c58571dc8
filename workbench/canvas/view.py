"""The canvas: the widget that shows the current diagram and takes the pointer and the keyboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from workbench.canvas.document_view import DocumentView
from workbench.canvas.drops import Drops
from workbench.canvas.first_paint import FirstPaint
from workbench.canvas.input import held_keys, key_event, known_button, pointer_event
from workbench.render.theme import ThemeName
from workbench.session.session import Session
from workbench.tools import keys
from workbench.tools.events import Hit, PointerEvent
from workbench.tools.preview import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.canvas.pathway_light import PathwayLight

_EDGE = 24.0
_SCROLL_STEP = 14.0
_STILL = ("panning", "pressing", "right_pressing")
_OWN_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


class DiagramView(DocumentView):
    """The current diagram of a session, to look at and to work on."""

    def __init__(self, session: Session, theme_name: ThemeName = "light", parent: QWidget | None = None) -> None:
        """Show the session's current diagram, whole."""
        super().__init__(session, theme_name, parent)
        self._announce: Callable[[DiagramView], None] | None = None
        self._pathways: PathwayLight | None = None
        FirstPaint(self.viewport(), self.speak)
        self.drops = Drops(self)
        self._space = False
        self._last_event: PointerEvent | None = None
        self._edge_timer = QTimer(self)
        self._edge_timer.setInterval(16)
        self._edge_timer.timeout.connect(self._scroll_at_edge)

    def still(self) -> None:
        """Stop every animation and timer: the view is about to go."""
        super().still()
        self._edge_timer.stop()

    # the pointer

    def _pointer_event(self, event: QMouseEvent, *, clicks: int = 1) -> PointerEvent:
        at = event.position()
        self._pointer = at
        x, y = self.camera.to_scene(at.x(), at.y())
        hit = None
        if not self.machine.busy:
            zoom, scene = self.camera.zoom, self.scene
            if self.machine.tool == "select":
                hit = scene.finding_at(x, y, zoom) or scene.line_verdict_at(x, y, zoom)
            hit = hit or self.host.hit(x, y)
        made = pointer_event(
            at, (x, y), event.modifiers(), button=event.button(), hit=hit, space=self._space, clicks=clicks
        )
        self._last_event = made
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand a press to the tools."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.titles.commit()
        self.overlay.focused = False
        self.hush()
        if known_button(event):
            self.sync.flush()
            self.machine.press(self._pointer_event(event))
            self._edge_timer.start()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click."""
        if known_button(event):
            self.sync.flush()
            self.machine.press(self._pointer_event(event, clicks=2))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hand a move to the tools."""
        self.machine.move(self._pointer_event(event))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand a release to the tools."""
        self._edge_timer.stop()
        if known_button(event):
            self.sync.flush()
            self.machine.release(self._pointer_event(event))
            if not self.machine.busy:
                self.sync.flush()
                self.machine.move(self._pointer_event(event))  # what lies under the pointer now
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered outside."""
        if not self.machine.busy:
            self.hover(None)
            self.overlay.show(NOTHING, None)
            self.hush()
        super().leaveEvent(event)

    def _scroll_at_edge(self) -> None:
        """While something is dragged at the edge of the view, the view follows."""
        last = self._last_event
        if last is None or not self.machine.busy or self.machine.state.id in ("panning", "pressing", "right_pressing"):
            return
        width, height = self.viewport().width(), self.viewport().height()
        dx = _SCROLL_STEP if last.vx < _EDGE else -_SCROLL_STEP if last.vx > width - _EDGE else 0.0
        dy = _SCROLL_STEP if last.vy < _EDGE else -_SCROLL_STEP if last.vy > height - _EDGE else 0.0
        if dx or dy:
            self.pan_by(dx, dy)
            x, y = self.camera.to_scene(last.vx, last.vy)
            self.machine.move(pointer_event(QPointF(last.vx, last.vy), (x, y), held_keys(last), space=self._space))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key opens the menu on what is selected; the mouse's menu is opened by the tools on release."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            primary = self.session.primary
            box = self.scene.box(primary) if primary is not None else None
            at = self.camera.to_view(box.x, box.y) if box is not None else (self._middle().x(), self._middle().y())
            hit = None
            if primary is not None:
                hit = self.host.whole(Hit("link" if self.scene.link(primary) is not None else "node", primary))
            self.context_menu_requested.emit(self.viewport().mapToGlobal(QPoint(round(at[0]), round(at[1]))), hit)
        event.accept()

    def _on_selection(self, ids: tuple[str, ...]) -> None:
        super()._on_selection(ids)
        if self._announce is not None:
            self._announce(self)

    def speak(self) -> None:
        """Let screen readers ask what is drawn; the first picture does not wait for it."""
        from workbench.canvas import accessible  # noqa: PLC0415 - its base classes are slow to make

        accessible.install(self)
        self._announce = accessible.announce_focus

    # drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something is dragged in."""
        self.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """It is dragged on."""
        self._pointer = event.position()
        self.drops.move(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """It is dragged out again."""
        self.drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is let go."""
        self._pointer = event.position()
        self.drops.drop(event)

    # the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand a key to the tools; what they do not use goes on to the window."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.host.set_cursor("hand")
            return
        self.hush()
        if self._changes_light(event):
            event.accept()
            return
        made = key_event(event)
        if made.ctrl and made.key == "z" and self.machine.call_off():
            return
        self.sync.flush()
        if keys.press_key(self.host, self.machine, made):
            if made.key in ("Left", "Right", "Up", "Down"):
                self.overlay.focused = made.alt
                self.overlay.rebuild()
            event.accept()
        else:
            super().keyPressEvent(event) if made.key == "" else event.ignore()

    def _changes_light(self, event: QKeyEvent) -> bool:
        """Esc puts the light out; P lights a pathway where it would not begin a title."""
        if self.machine.busy or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Escape and self.lit:
            self.light(())
            return True
        if event.key() == Qt.Key.Key_P and (self.lit or not self.session.selection):
            self.light_pathway()
            return True
        return False

    def light_pathway(self) -> None:
        """Light a pathway through what is selected or under the pointer; the next one where one is lit."""
        if self._pathways is None:
            from workbench.canvas.pathway_light import PathwayLight  # noqa: PLC0415 - most windows never light any

            self._pathways = PathwayLight(self)
        self._pathways.next()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of a modifier, or of the space bar."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.host.set_cursor("arrow")
        elif event.isAutoRepeat() or not self.machine.key(key_event(event, up=True)):
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Plain letters, arrows and Enter belong to the canvas while it has the focus, not to shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        shift_only = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self.machine.busy and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Z):
            return True
        if event.key() in _OWN_KEYS:
            both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            return (event.modifiers() & both) != both
        return shift_only and bool(event.text()) and event.text().isprintable()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text composed by an input method starts an edit just as a key does."""
        primary = self.session.primary
        if primary is not None and (event.commitString() or event.preeditString()):
            self.titles.begin(primary, "")
            editor = self.titles.editor
            if editor is not None:
                QCoreApplication.sendEvent(editor, event)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by the keyboard shows where it is."""
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.overlay.focused = by_key
        self.overlay.rebuild()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus there is no focus ring."""
        super().focusOutEvent(event)
        self._space = self.machine.snap_off = False
        self.overlay.focused = False
        self.overlay.rebuild()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A gesture under way ends without a trace."""
        self.machine.call_off()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A view that is hidden holds nothing."""
        self.machine.call_off()
        super().hideEvent(event)

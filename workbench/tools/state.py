"""The statechart: one state at a time, transitions by name, a way out of each at any moment."""

from typing import ClassVar

from workbench.store.diff import Change
from workbench.tools.editor import Editor
from workbench.tools.events import KeyEvent, PointerEvent
from workbench.tools.preview import NOTHING, Cursor

DRAG_THRESHOLD = 4.0
"""Pixels of the view the pointer travels before a press becomes a drag."""


class State:
    """One state of the pointer. A new object is made for every transition.

    Attributes:
        id: the name transitions use.
        busy: a gesture is under way: Esc, undo and a change of the document end it.
    """

    id: ClassVar[str] = ""
    busy: ClassVar[bool] = True
    cursor: ClassVar[Cursor] = "arrow"

    def __init__(self, machine: "Machine", start: PointerEvent | None) -> None:
        """Remember where the gesture started; ``start`` is None for a state of rest."""
        self.machine = machine
        self.editor: Editor = machine.editor
        self.start = start
        self.last = start

    def on_enter(self) -> None:
        """The state begins."""
        self.editor.set_cursor(self.cursor)

    def on_exit(self) -> None:
        """The state ends, however it ends."""
        self.editor.show(NOTHING)

    def on_cancel(self) -> None:
        """The gesture is called off; nothing may be committed."""

    def touches(self) -> frozenset[str]:
        """Ids without which the gesture makes no sense."""
        return frozenset()

    def press(self, event: PointerEvent) -> None:
        """A button goes down."""

    def move(self, event: PointerEvent) -> None:
        """The pointer moves."""

    def release(self, event: PointerEvent) -> None:
        """A button goes up."""

    def key(self, event: KeyEvent) -> bool:
        """A key goes down or up; True where the state has used it."""
        if self.last is not None and (event.key in ("Control", "Alt", "Shift") or (self.busy and event.key == "s")):
            self.move(self.last.held(shift=event.shift, ctrl=event.ctrl, alt=event.alt))
            return True
        return False

    def origin(self) -> PointerEvent:
        """The press that started the gesture."""
        assert self.start is not None
        return self.start

    def finish(self) -> None:
        """Back to rest. Called before a commit, so that the commit is not taken for a change from outside."""
        self.machine.rest()

    def travelled(self, event: PointerEvent) -> bool:
        """Whether the pointer has left the place of the press."""
        start = self.origin()
        return abs(event.vx - start.vx) + abs(event.vy - start.vy) >= DRAG_THRESHOLD


class Machine:
    """Holds the current state and hands events to it.

    Attributes:
        tool: ``select``, ``connect``, ``pan`` or ``place``: which state of rest gestures return to.
        armed: the kind that ``place`` puts down.
        snap_off: the key that turns snapping round is held.
    """

    def __init__(self, editor: Editor, states: dict[str, type[State]]) -> None:
        """Start at rest with the select tool."""
        self.editor = editor
        self._states = states
        self.tool = "select"
        self.armed = ""
        self.snap_off = False
        self.state: State = states["select"](self, None)
        self.state.on_enter()

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self.state.busy

    def go(self, id: str, start: PointerEvent | None = None) -> State:
        """Change to another state.

        Raises:
            KeyError: no such state.
        """
        following = self._states[id](self, start)
        self.state.on_exit()
        self.state = following
        following.on_enter()
        return following

    def rest(self) -> None:
        """Change to the state of rest of the tool in use."""
        self.go(self.tool)

    def use(self, tool: str, armed: str = "") -> None:
        """Take another tool; a gesture under way is called off."""
        self.call_off()
        self.tool, self.armed = tool, armed
        self.rest()
        self.editor.tool_changed(tool)

    def call_off(self) -> bool:
        """End a gesture under way without committing; False where there was none."""
        if not self.state.busy:
            return False
        self.state.on_cancel()
        self.rest()
        return True

    def cancel(self) -> bool:
        """What Esc does: end the gesture, else put the tool away; False where there was neither."""
        if self.call_off():
            return True
        if self.tool != "select":
            self.use("select")
            return True
        return False

    def press(self, event: PointerEvent) -> None:
        """A button goes down."""
        self.state.last = event
        self.state.press(event)

    def move(self, event: PointerEvent) -> None:
        """The pointer moves."""
        self.state.last = event
        self.state.move(event)

    def release(self, event: PointerEvent) -> None:
        """A button goes up."""
        self.state.last = event
        self.state.release(event)

    def key(self, event: KeyEvent) -> bool:
        """A key goes down or up; True where it has been used."""
        if event.key == "Escape" and not event.up:
            return self.cancel()
        if event.key == "s" and (self.state.busy or self.snap_off):
            self.snap_off = not event.up
            if not self.state.busy:  # held on after the gesture: no letter of a title until it is let go
                return True
        return self.state.key(event)

    def document_changed(self, change: Change) -> None:
        """Call off a gesture that undo, or the removal of what it holds, has made pointless."""
        if not self.state.busy:
            return
        held = self.state.touches()
        if change.origin != "user" or any(key in change.diff.removed for key in held):
            self.call_off()

    def snapping(self) -> bool:
        """Whether to snap now: the canvas's setting, turned round while S is held."""
        return self.editor.snapping != self.snap_off

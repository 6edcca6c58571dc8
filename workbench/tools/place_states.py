"""Putting something new down, and changing a size."""

from typing import ClassVar

from workbench.layout.align import GRID, snap_to_grid
from workbench.layout.geometry import Box, Point
from workbench.tools import intents
from workbench.tools.editor import Editor
from workbench.tools.events import PointerEvent
from workbench.tools.preview import Cursor, Ghost, Preview, Target
from workbench.tools.state import State

LEAST_WIDTH, LARGEST_WIDTH = 120.0, 280.0
LEAST_HEIGHT, LARGEST_HEIGHT = 48.0, 400.0
LEAST_CIRCLE, LARGEST_CIRCLE = 112.0, 200.0


def preview_new(editor: Editor, kind: str, at: Point) -> Preview:
    """What letting go of something new at a point would do."""
    x, y = (snap_to_grid(at[0]), snap_to_grid(at[1])) if editor.snapping else at
    if kind == "control":
        drop = editor.line_at(*at)
        return Preview(ghost=Ghost(kind, *at), drop=drop)
    if kind == "degradation_factor":
        bar = bar_at(editor, at)
        if bar:
            return Preview(ghost=Ghost(kind, *at), target=Target(bar, legal=True))
    return Preview(ghost=Ghost(kind, x, y))


def bar_at(editor: Editor, at: Point) -> str:
    """The bar on a line under a point; empty where there is none."""
    hit = editor.hit(*at)
    return hit.id if hit is not None and editor.stands_on(hit.id) else ""


def put_new(editor: Editor, kind: str, at: Point) -> str | None:
    """Make something new at a point: a control on the line there, a factor under the bar there, else free."""
    session = editor.session
    if kind == "control":
        drop = editor.line_at(*at)
        if drop is not None:
            return intents.insert_control(session, drop)
        hit = editor.hit(*at)
        record = session.store.get(hit.id) if hit is not None and hit.part == "node" else None
        if record is not None and record.TYPE in ("hazard", "top_event"):
            made = intents.insert_control_on(session, record.id)
            session.notice.emit("It waits beneath until it is put on a line.")
            return made
    if kind == "degradation_factor":
        bar = bar_at(editor, at)
        if bar:
            return intents.hang_factor(session, bar)
        session.notice.emit("A degradation factor hangs under a control: drag it onto one.")
    if editor.snapping:
        at = (snap_to_grid(at[0]), snap_to_grid(at[1]))
    return intents.create_at(session, kind, at)


def put_existing(editor: Editor, ids: list[str], at: Point) -> list[str]:
    """Put elements of the project at a point: a control on the line there, a factor under the bar there.

    A control on a line stands for the control itself, which then guards both lines.
    """
    session = editor.session
    ids = list(dict.fromkeys(intents.element_of(session, id) for id in ids))
    if len(ids) == 1:
        drop = editor.line_at(*at) if intents.is_free_control(session, ids[0]) else None
        made: str | None = None
        if drop is not None:
            made = intents.insert_control(session, drop, ids[0])
            return [made] if made else []
        bar = bar_at(editor, at) if intents.is_factor(session, ids[0]) else ""
        if bar:
            made = intents.hang_factor(session, bar, ids[0])
            return [made] if made else []
    return intents.place_existing(session, ids, at)


class PlaceResting(State):
    """A kind is armed: the next click puts it down. Shift keeps it armed."""

    id = "place"
    busy = False
    cursor: ClassVar[Cursor] = "cross"

    def move(self, event: PointerEvent) -> None:
        """Show it at the pointer."""
        self.editor.show(preview_new(self.editor, self.machine.armed, (event.x, event.y)))

    def press(self, event: PointerEvent) -> None:
        """Put it down on a click; the other buttons pan or put it away."""
        if event.button == "middle" or (event.button == "left" and event.space):
            self.machine.go("panning", event)
        elif event.button == "right":
            self.machine.use("select")
        elif event.button == "left":
            kind = self.machine.armed
            if not event.shift:
                self.machine.use("select")
            made = put_new(self.editor, kind, (event.x, event.y))
            if made is not None and not event.shift:
                self.editor.begin_edit(made)


class Resizing(State):
    """A corner follows the pointer; the opposite one stays. A circle stays round about its centre."""

    id = "resizing"

    def on_enter(self) -> None:
        """Take the box as it is."""
        hit = self.origin().hit
        self._id = hit.id if hit is not None else ""
        self._side = hit.side if hit is not None else ""
        self._box = self.editor.box(self._id) or Box(0, 0, 1, 1)
        self._new = self._box
        self.editor.set_cursor("size_nwse" if self._side in ("nw", "se") else "size_nesw")

    def touches(self) -> frozenset[str]:
        """What is resized."""
        return frozenset((self._id,))

    def move(self, event: PointerEvent) -> None:
        """Show the new outline."""
        self._new = self._sized(event)
        self.editor.show(Preview(resize=(self._id, self._new)))

    def _sized(self, event: PointerEvent) -> Box:
        old, start = self._box, self.origin()
        dx, dy = event.x - start.x, event.y - start.y
        if old.shape == "circle":
            reach = max(dx if "e" in self._side else -dx, dy if "s" in self._side else -dy)
            wide = max(LEAST_CIRCLE, min(LARGEST_CIRCLE, self._grid(old.w + 2 * reach)))
            return Box(old.x, old.y, wide, wide, "circle")
        w = max(LEAST_WIDTH, min(LARGEST_WIDTH, self._grid(old.w + (dx if "e" in self._side else -dx))))
        h = max(LEAST_HEIGHT, min(LARGEST_HEIGHT, self._grid(old.h + (dy if "s" in self._side else -dy))))
        x = old.left + w / 2 if "e" in self._side else old.right - w / 2
        y = old.top + h / 2 if "s" in self._side else old.bottom - h / 2
        return Box(x, y, w, h, old.shape)

    def _grid(self, length: float) -> float:
        return snap_to_grid(length, GRID) if self.machine.snapping() else length

    def release(self, event: PointerEvent) -> None:
        """Commit the size."""
        self.move(event)
        self.finish()
        if (self._new.w, self._new.h) != (self._box.w, self._box.h):
            intents.resize(self.editor.session, self._id, self._new)

"""The select tool: at rest, pressing, moving and duplicating, rubber band, panning."""

from typing import ClassVar

from workbench.layout.geometry import Box, Point
from workbench.model.kinds import ELEMENT_KINDS
from workbench.tools import intents
from workbench.tools.bend_states import remove_bend
from workbench.tools.events import Hit, PointerEvent
from workbench.tools.preview import Cursor, Guide, LineDrop, Preview, Rect, Target
from workbench.tools.state import State

NEW_KINDS = tuple(ELEMENT_KINDS)


class Resting(State):
    """Nothing is pressed."""

    id = "select"
    busy = False

    def on_exit(self) -> None:
        """Nothing was shown."""

    def move(self, event: PointerEvent) -> None:
        """Show what a press would take hold of."""
        self.editor.hover(event.hit)
        self.editor.set_cursor(_cursor_over(event))

    def press(self, event: PointerEvent) -> None:
        """Take hold of what is there."""
        if event.button == "middle" or (event.button == "left" and event.space):
            self.machine.go("panning", event)
        elif event.button == "right":
            self.machine.go("right_pressing", event)
        elif event.button != "left":
            return
        elif event.clicks == 2:
            self._double(event)
        elif event.hit is not None and event.hit.part == "handle":
            self.machine.go("linking", event)
        elif event.hit is not None and event.hit.part == "size":
            self.machine.go("resizing", event)
        elif event.hit is not None and event.hit.part in ("bend", "mid"):
            self.machine.go("moving_bend", event)
        else:
            self.machine.go("pressing", event)

    def _double(self, event: PointerEvent) -> None:
        hit = event.hit
        if hit is None:
            self.editor.choose_kind(NEW_KINDS, (event.x, event.y), lambda kind: self._make(kind, (event.x, event.y)))
        elif hit.part == "badge":
            self.editor.badge_pressed(hit.id)
        elif hit.part in ("finding", "review"):
            return  # the first click has shown them
        elif hit.part == "bend":
            self.editor.hold_bend((hit.id, hit.index))
            remove_bend(self.editor)
        elif hit.part in ("link", "mid"):
            drop = self.editor.line_at(event.x, event.y)
            made = intents.insert_control(self.editor.session, drop) if drop is not None else None
            if made is not None:
                self.editor.begin_edit(made)
        else:
            self.editor.begin_edit(hit.id)

    def _make(self, kind: str, at: Point) -> None:
        made = intents.create_at(self.editor.session, kind, at)
        if made is not None:
            self.editor.begin_edit(made)


def _cursor_over(event: PointerEvent) -> Cursor:
    if event.space:
        return "hand"
    hit = event.hit
    if hit is None:
        return "arrow"
    if hit.part == "handle":
        return "cross"
    if hit.part in ("bend", "mid"):
        return "move"
    if hit.part == "size":
        return "size_nwse" if hit.side in ("nw", "se") else "size_nesw"
    return "arrow"


class Pressing(State):
    """The left button is down and has not travelled yet."""

    id = "pressing"

    def on_enter(self) -> None:
        """Select at once what is not part of the selection; the rest is decided on release."""
        super().on_enter()
        event = self.origin()
        plain = not (event.shift or event.ctrl or event.alt)
        if event.hit is not None and plain and event.hit.id not in self.editor.session.selection:
            self.editor.session.select((event.hit.id,))

    def touches(self) -> frozenset[str]:
        """What was pressed."""
        hit = self.origin().hit
        return frozenset((hit.id,)) if hit is not None else frozenset()

    def move(self, event: PointerEvent) -> None:
        """A drag begins past the threshold."""
        if not self.travelled(event):
            return
        hit = self.origin().hit
        following: State
        if hit is None:
            following = self.machine.go("banding", self.start)
        elif hit.part == "link" or self.editor.box(hit.id) is None:
            return
        elif self._is_bar(hit):
            following = self.machine.go("moving_bar", self.start)
        else:
            session = self.editor.session
            if hit.id not in session.selection:
                session.select((hit.id,), "add" if self.origin().shift else "set")
            following = self.machine.go("moving", self.start)
        following.last = event
        following.move(event)

    def _is_bar(self, hit: Hit) -> bool:
        return bool(self.editor.stands_on(hit.id))

    def release(self, event: PointerEvent) -> None:
        """A click: select, add to or take from the selection, or clear it."""
        start = self.origin()
        if event.button != start.button:
            return
        session = self.editor.session
        self.finish()
        if start.hit is None:
            if not (start.shift or start.ctrl):
                session.select(())
        elif start.shift or start.ctrl:
            session.select((start.hit.id,), "toggle")
        else:
            session.select((start.hit.id,))
            if start.hit.part == "finding":
                self.editor.finding_pressed(start.hit.id)
            elif start.hit.part == "review":
                self.editor.review_pressed(start.hit.id)


class RightPressing(State):
    """The right button is down: a menu on release, panning past the threshold."""

    id = "right_pressing"

    def move(self, event: PointerEvent) -> None:
        """Pan once the pointer has travelled."""
        if self.travelled(event):
            following = self.machine.go("panning", self.start)
            following.last = event
            following.move(event)

    def release(self, event: PointerEvent) -> None:
        """Open the menu on what was pressed."""
        start = self.origin()
        if event.button != start.button:
            return
        self.finish()
        session = self.editor.session
        if start.hit is None:
            session.select(())
        elif start.hit.id not in session.selection:
            session.select((start.hit.id,))
        self.editor.open_menu(start)


class Panning(State):
    """The content follows the pointer."""

    id = "panning"
    cursor: ClassVar[Cursor] = "grab"

    def on_enter(self) -> None:
        """Hold the content where it was pressed."""
        super().on_enter()
        start = self.origin()
        self._at = (start.vx, start.vy)

    def move(self, event: PointerEvent) -> None:
        """Follow."""
        dx, dy = event.vx - self._at[0], event.vy - self._at[1]
        self._at = (event.vx, event.vy)
        self.editor.pan_by(dx, dy)

    def release(self, event: PointerEvent) -> None:
        """Let go."""
        if event.button == self.origin().button:
            self.finish()


class PanResting(State):
    """The pan tool: every drag moves the content."""

    id = "pan"
    busy = False
    cursor: ClassVar[Cursor] = "hand"

    def press(self, event: PointerEvent) -> None:
        """Take hold of the content."""
        if event.button in ("left", "middle"):
            self.machine.go("panning", event)


class Banding(State):
    """The rubber band: takes what lies wholly inside it."""

    id = "banding"
    cursor: ClassVar[Cursor] = "cross"

    def on_enter(self) -> None:
        """Remember what was selected, for Shift and Ctrl add to it."""
        super().on_enter()
        self._before = self.editor.session.selection

    def _rect(self, event: PointerEvent) -> Rect:
        start = self.origin()
        return (min(start.x, event.x), min(start.y, event.y), max(start.x, event.x), max(start.y, event.y))

    def move(self, event: PointerEvent) -> None:
        """Stretch the band; the selection follows it."""
        rect = self._rect(event)
        found = self.editor.within(rect)
        start = self.origin()
        kept = self._before if start.shift or start.ctrl else ()
        self.editor.session.select((*kept, *found))
        self.editor.show(Preview(band=rect))

    def release(self, event: PointerEvent) -> None:
        """Keep what is inside."""
        self.move(event)
        self.finish()

    def on_cancel(self) -> None:
        """The old selection comes back."""
        self.editor.session.select(self._before)


class Moving(State):
    """Elements follow the pointer; Ctrl or Alt leaves the originals and makes copies; Shift keeps to one axis.

    A free control let go over a line is put on that line, a degradation factor over a bar hangs under it.
    """

    id = "moving"
    cursor: ClassVar[Cursor] = "move"

    def on_enter(self) -> None:
        """Take what of the selection can be moved. Factors whose bar's line moves along go with it by themselves."""
        super().on_enter()
        session = self.editor.session
        self._from: dict[str, Box] = {}
        for id in session.selection:
            box = self.editor.box(id)
            if box is not None and not self.editor.stands_on(id):
                self._from[id] = box
        self._shift = (0.0, 0.0)
        self._drop: LineDrop | None = None
        self._bar = ""

    def touches(self) -> frozenset[str]:
        """Everything that is dragged."""
        return frozenset(self._from)

    def move(self, event: PointerEvent) -> None:
        """Show where they would come to stand."""
        start = self.origin()
        dx, dy = event.x - start.x, event.y - start.y
        copying = event.ctrl or event.alt
        if event.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self._find_host(event)
        target = None
        guides: tuple[Guide, ...] = ()
        if self._drop is None and self._bar:
            target = Target(self._bar, legal=True)
        elif self._drop is None and self.machine.snapping():
            sx, sy, guides = self.editor.snap(self._from, dx, dy)
            dx, dy = (sx, sy) if not event.shift else ((sx, 0.0) if dy == 0.0 else (0.0, sy))
        self._shift = (dx, dy)
        moves = {id: (box.x + dx, box.y + dy) for id, box in self._from.items()}
        self.editor.set_cursor("copy" if copying else "move")
        self.editor.show(Preview(moves=moves, copying=copying, guides=guides, drop=self._drop, target=target))

    def _find_host(self, event: PointerEvent) -> None:
        """A line for a single free control, a bar for a single factor."""
        session = self.editor.session
        self._drop, self._bar = None, ""
        if len(self._from) != 1:
            return
        one = next(iter(self._from))
        if intents.is_free_control(session, one):
            self._drop = self.editor.line_at(event.x, event.y)
        elif intents.is_factor(session, one):
            hit = self.editor.hit(event.x, event.y, frozenset((one,)))
            placed = intents.hangs(session, one)
            if hit is not None and self.editor.stands_on(hit.id) and (placed is None or placed.hangs_on != hit.id):
                self._bar = hit.id

    def release(self, event: PointerEvent) -> None:
        """Commit: move, copy, put on the line or hang under the bar."""
        self.move(event)
        self.finish()
        session = self.editor.session
        dx, dy = self._shift
        one = next(iter(self._from), "")
        if self._drop is not None:
            intents.insert_control(session, self._drop, one)
        elif self._bar:
            intents.hang_factor(session, self._bar, one)
        elif (dx, dy) == (0.0, 0.0) or not self._from:
            return
        elif event.ctrl or event.alt:
            intents.duplicate(session, self._from, dx, dy)
        else:
            intents.move(session, self._places(dx, dy))

    def _places(self, dx: float, dy: float) -> dict[str, Point]:
        places: dict[str, Point] = {}
        for id, box in self._from.items():
            hanging = intents.hangs(self.editor.session, id)
            x, y = (hanging.x, hanging.y) if hanging is not None else (box.x, box.y)
            places[id] = (round(x + dx, 2), round(y + dy, 2))
        return places

"""Links and what stands on them: drawing a link, the connect tool, dragging a control along or between lines."""

from typing import ClassVar

from workbench.commands import connect
from workbench.layout.geometry import Point
from workbench.model.elements import Guard
from workbench.tools import intents
from workbench.tools.events import Hit, PointerEvent
from workbench.tools.preview import Cursor, LineDrop, Preview, Target, Wire
from workbench.tools.state import State

LEFT_HANDED = ("top_event", "hazard")
"""Kinds with causes on their left: a link drawn to the left from one of these comes in."""


class Linking(State):
    """A link follows the pointer from an element's handle, to another element or into empty space.

    Legal both ways round: where the link may not run from the origin to the target, but may run back, it does.
    """

    id = "linking"
    cursor: ClassVar[Cursor] = "cross"

    def on_enter(self) -> None:
        """The link starts at what the handle belongs to."""
        super().on_enter()
        hit = self.origin().hit
        self._from = hit.id if hit is not None else ""
        self._target: Target | None = None
        self._reversed = False

    def touches(self) -> frozenset[str]:
        """Both ends."""
        return frozenset((self._from, self._target.id)) if self._target else frozenset((self._from,))

    def move(self, event: PointerEvent) -> None:
        """Show the line, and whether what it points at may be its end."""
        hit = self.editor.hit(event.x, event.y, frozenset((self._from,)))
        self._target = self._judge(hit)
        refused = self._target is not None and not self._target.legal
        self.editor.set_cursor("forbidden" if refused else "cross")
        self.editor.show(
            Preview(
                wire=Wire(self._from, event.x, event.y),
                target=self._target,
                tip=self._target.reason if self._target else "",
            )
        )

    def _judge(self, hit: Hit | None) -> Target | None:
        if hit is None or hit.id == self._from:
            return None
        if hit.part == "link" and intents.element_of(self.editor.session, self._from) != "":
            record = self.editor.session.store.get(self._from)
            if record is None or record.TYPE != "note":
                return None
        self._reversed, reason = judge(self, self._from, hit.id)
        return Target(hit.id, legal=not reason, reason=reason)

    def release(self, event: PointerEvent) -> None:
        """Link, refuse with the reason, or ask what to make in empty space."""
        self.move(event)
        origin, target, reverse = self._from, self._target, self._reversed
        clicked = not self.travelled(event)
        self.finish()
        session = self.editor.session
        if clicked:
            session.select((origin,))
        elif target is not None and not target.legal:
            session.notice.emit(target.reason)
        elif target is not None:
            join(self, origin, target.id, reverse=reverse)
        else:
            offer(self, origin, (event.x, event.y))


def judge(state: State, origin: str, target: str) -> tuple[bool, str]:
    """Whether a link from ``origin`` to ``target`` has to run back, and why there can be none."""
    store = state.editor.session.store
    if state.editor.stands_on(origin):  # a bar links to nothing but the factors under it
        if intents.is_factor(state.editor.session, target):
            return False, ""
        return False, "From a control only a degradation factor can hang; drop this in empty space below it."
    reason = connect.refusal(store, origin, target)
    if not reason:
        return False, ""
    if not connect.refusal(store, target, origin):
        return True, ""
    return False, reason


def join(state: State, origin: str, target: str, *, reverse: bool) -> None:
    """Make the link that ``judge`` found legal."""
    session = state.editor.session
    if intents.is_factor(session, origin) and state.editor.stands_on(target) and intents.hangs(session, origin) is None:
        intents.hang_factor(session, target, origin)
    elif state.editor.stands_on(origin):
        intents.hang_factor(session, origin, target)
    elif reverse:
        intents.link(session, target, origin)
    else:
        intents.link(session, origin, target)


def offer(state: State, origin: str, at: Point) -> None:
    """Ask what to make at a point, linked with ``origin``; only kinds that may be linked are offered."""
    editor = state.editor
    session = editor.session
    if editor.stands_on(origin):
        made = intents.hang_factor(session, origin)
        if made is not None:
            editor.begin_edit(made)
        return
    incoming, kinds = offered(state, origin, at)
    if not kinds:
        session.notice.emit("Nothing can be linked with this element.")
        return

    def chosen(kind: str) -> None:
        made = intents.create_linked(session, origin, kind, at, incoming=incoming)
        if made is not None:
            editor.begin_edit(made)

    if len(kinds) == 1:
        chosen(kinds[0])
    else:
        editor.choose_kind(kinds, at, chosen)


def offered(state: State, origin: str, at: Point) -> tuple[bool, tuple[str, ...]]:
    """Which way a link to something new at a point runs, and the kinds that may stand there."""
    box = state.editor.box(origin)
    store = state.editor.session.store
    record = store.get(origin)
    kind = record.TYPE if record is not None else ""
    dx, dy = (at[0] - box.x, at[1] - box.y) if box is not None else (0.0, 0.0)
    vertical = abs(dy) >= abs(dx)
    if kind == "hazard" and vertical and not connect.top_events_of(store, origin):
        comes_in = False  # its top event stands below it
    else:
        comes_in = dx < 0 and (not vertical or kind in LEFT_HANDED)
    if kind == "top_event" and vertical and dy < 0 and "hazard" in connect.linkable_kinds(store, origin, incoming=True):
        comes_in = True
    for incoming in (comes_in, not comes_in):
        kinds = connect.linkable_kinds(store, origin, incoming=incoming)
        above = incoming and vertical and dy < 0
        kinds = usual_order(kind, kinds, above=above)
        kinds = tuple(one for one in kinds if one not in ("control", "note") or kind == "note")
        if kinds:
            return incoming, kinds
    return False, ()


_USUAL = {
    "cause": ("top_event", "hazard", "gate", "cause"),
    "gate": ("top_event", "hazard", "gate", "cause"),
    "top_event": ("consequence", "cause", "hazard", "gate", "top_event"),
    "hazard": ("top_event", "consequence", "cause", "gate"),
    "consequence": ("top_event", "hazard"),
}


def usual_order(origin: str, kinds: tuple[str, ...], *, above: bool = False) -> tuple[str, ...]:
    """Kinds with the most usual neighbour of ``origin`` first; ``above`` a top event that is its hazard."""
    order = _USUAL.get(origin, ())
    if above and origin == "top_event":
        order = ("hazard", *order)
    return tuple(sorted(kinds, key=lambda kind: order.index(kind) if kind in order else len(order)))


class ConnectResting(State):
    """The connect tool: drag from one element to another, or click one and then the other."""

    id = "connect"
    busy = False
    cursor: ClassVar[Cursor] = "cross"

    def move(self, event: PointerEvent) -> None:
        """Show what a press would start from."""
        self.editor.hover(event.hit)

    def press(self, event: PointerEvent) -> None:
        """Start a link."""
        if event.button == "middle" or (event.button == "left" and event.space):
            self.machine.go("panning", event)
        elif event.button == "right":
            self.machine.use("select")
        elif event.button == "left" and event.hit is not None and event.hit.part not in ("link", "bend", "mid"):
            self.machine.go("wiring", event)


class Wiring(Linking):
    """A link of the connect tool: a click without a drag keeps it at the pointer until the next click."""

    id = "wiring"

    def on_enter(self) -> None:
        """Nothing clicked yet."""
        super().on_enter()
        self._following = False

    def press(self, event: PointerEvent) -> None:
        """The second click ends the link."""
        if self._following:
            super().release(event)

    def release(self, event: PointerEvent) -> None:
        """A drag ends the link; a click lets it follow the pointer."""
        if self._following:
            return
        if self.travelled(event):
            super().release(event)
        else:
            self._following = True


class MovingBar(State):
    """A control follows the pointer along its line, or to another; off any line it goes back where it was.

    Ctrl or Alt leaves it where it is and puts the same control on the other line too.
    """

    id = "moving_bar"
    cursor: ClassVar[Cursor] = "move"

    def on_enter(self) -> None:
        """Take the bar alone."""
        super().on_enter()
        hit = self.origin().hit
        self._guard = hit.id if hit is not None else ""
        self.editor.session.select((self._guard,))
        self._drop: LineDrop | None = None
        self._reason = ""

    def touches(self) -> frozenset[str]:
        """The bar and the line it stands on."""
        return frozenset((self._guard, self.editor.stands_on(self._guard)))

    def move(self, event: PointerEvent) -> None:
        """Open a gap where it would stand."""
        copying = event.ctrl or event.alt
        self._drop = self.editor.line_at(event.x, event.y, "" if copying else self._guard)
        self._reason = self._judge(copying=copying)
        target = None
        if self._drop is not None and self._reason:
            target = Target(self._drop.link, legal=False, reason=self._reason)
        self.editor.set_cursor("forbidden" if target else "copy" if copying else "move")
        self.editor.show(
            Preview(
                bar=(self._guard, (event.x, event.y)),
                copying=copying,
                drop=self._drop if target is None else None,
                target=target,
                tip=self._reason,
            )
        )

    def _judge(self, *, copying: bool) -> str:
        session = self.editor.session
        record = session.store.find(self._guard, Guard)
        if self._drop is None or record is None or (self._drop.link == record.subject and not copying):
            return ""
        others = session.store.referrers(self._drop.link, Guard, "subject")
        if any(other.control == record.control for other in others):
            return "This control stands on that line already."
        return ""

    def release(self, event: PointerEvent) -> None:
        """Commit, or leave it where it was and say why."""
        self.move(event)
        guard, drop, reason = self._guard, self._drop, self._reason
        copying = event.ctrl or event.alt
        self.finish()
        session = self.editor.session
        if reason:
            session.notice.emit(reason)
        elif drop is None:
            session.notice.emit("A control stays on its line. Drop it on a line, or press Delete to take it off.")
        elif copying:
            intents.insert_control(session, drop, intents.element_of(session, guard))
        else:
            intents.move_bar(session, guard, drop)

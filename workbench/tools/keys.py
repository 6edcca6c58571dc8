"""What keys do on the canvas. Shortcuts with a menu entry are actions; these belong to the canvas alone."""

from workbench.commands import connect, guards
from workbench.layout.align import GRID
from workbench.layout.geometry import Box, Point
from workbench.model.drawing import Placement
from workbench.model.elements import Guard, Link
from workbench.model.ids import derived_id
from workbench.model.kinds import CODE_LETTER
from workbench.tools import intents
from workbench.tools.bend_states import held, nudge_bend
from workbench.tools.editor import Editor
from workbench.tools.events import KeyEvent
from workbench.tools.line_states import usual_order
from workbench.tools.state import Machine
from workbench.tools.walk import STEP, Direction, first, next_to, room_beside

KIND_OF_LETTER = {letter.lower(): kind for kind, letter in CODE_LETTER.items()}
_ARROWS: dict[str, Direction] = {"Left": "Left", "Right": "Right", "Up": "Up", "Down": "Down"}


def press_key(editor: Editor, machine: Machine, event: KeyEvent) -> bool:
    """Handle one key; True where it has been used."""
    if machine.key(event):
        return True
    if event.up or machine.busy:
        return machine.busy and not event.up
    if event.key in _ARROWS:
        return _arrow(editor, _ARROWS[event.key], event)
    session = editor.session
    if event.key == "Escape":
        if not session.selection:
            return False
        if held(editor) is not None:
            editor.hold_bend(None)
            return True
        session.select(())
        return True
    if event.key in ("F2", "Return", "Enter"):
        return _edit(editor)
    if event.text and event.text.isprintable() and not event.text.isspace() and not (event.ctrl or event.alt):
        return _typed(editor, event)
    return False


def _edit(editor: Editor) -> bool:
    primary = editor.session.primary
    if primary is None or editor.box(primary) is None:
        return False
    editor.begin_edit(primary)
    return True


def _typed(editor: Editor, event: KeyEvent) -> bool:
    """With an element selected, just typing edits its title; with nothing selected, a letter makes its kind."""
    session = editor.session
    primary = session.primary
    if len(session.selection) == 1 and primary is not None and editor.box(primary) is not None:
        editor.begin_edit(primary, event.text)
        return True
    kind = KIND_OF_LETTER.get(event.key)
    if kind is None or session.selection:
        return False
    editor.create(kind)
    return True


def _arrow(editor: Editor, direction: Direction, event: KeyEvent) -> bool:
    primary = editor.session.primary
    if event.ctrl and not event.alt:
        return primary is not None and new_beside(editor, primary, direction)
    if event.alt and not event.shift:
        return _walk(editor, primary, direction)
    if primary is None:
        return False
    reach = 1.0 if event.alt else GRID * 10 if event.shift else GRID
    ux, uy = STEP[direction]
    if nudge_bend(editor, ux * reach, uy * reach):
        return True
    nudge(editor, ux * reach, uy * reach)
    return True


def _walk(editor: Editor, primary: str | None, direction: Direction) -> bool:
    following = first(editor) if primary is None else next_to(editor, primary, direction)
    if following is not None:
        editor.session.select((following,))
        editor.reveal((following,))
    return True


def nudge(editor: Editor, dx: float, dy: float) -> None:
    """Move what is selected by scene units; nudges that follow on each other are one step of undo."""
    session = editor.session
    movable = [id for id in session.selection if not editor.stands_on(id)]
    places: dict[str, Point] = {}
    for id in movable:
        placed = session.store.find(derived_id("placement", session.diagram or "", id), Placement)
        if placed is not None:
            places[id] = (placed.x + dx, placed.y + dy)
    if places:
        intents.move(session, places, merge_key="nudge:" + ",".join(sorted(places)))
    elif dx:
        for id in session.selection:
            if editor.stands_on(id):
                _nudge_bar(editor, id, dx)


def _nudge_bar(editor: Editor, guard: str, dx: float) -> None:
    """Along the line; which way the station counts is found by looking where a small step leads."""
    box = editor.box(guard)
    if box is None:
        return
    drop = editor.line_at(box.x + dx, box.y, guard)
    if drop is None or drop.link != editor.stands_on(guard):
        return
    intents.set_station(editor.session, guard, drop.station, merge_key="nudge:" + guard)


def new_beside(editor: Editor, origin: str, direction: Direction) -> bool:
    """Make an element linked with ``origin`` on one side of it, asking what kind where several are legal."""
    session = editor.session
    if editor.stands_on(origin):
        return _new_beside_bar(editor, origin, direction)
    box = editor.box(origin)
    if box is None:
        return False
    if _sibling(editor, origin, box, direction):
        return True
    incoming, kinds = _kinds_towards(editor, origin, direction)
    if not kinds:
        session.notice.emit("Nothing can be linked with this element on that side.")
        return True

    def chosen(kind: str) -> None:
        at = room_beside(editor, box, direction, kind)
        made = intents.create_linked(session, origin, kind, at, incoming=incoming)
        if made is not None:
            editor.reveal((made,))
            editor.begin_edit(made)

    if len(kinds) == 1:
        chosen(kinds[0])
    else:
        editor.choose_kind(kinds, room_beside(editor, box, direction, kinds[0]), chosen)
    return True


def _kinds_towards(editor: Editor, origin: str, direction: Direction) -> tuple[bool, tuple[str, ...]]:
    """Causes stand left of what they lead to: to the left a link comes in, to the right it goes out."""
    store = editor.session.store
    record = store.get(origin)
    kind = record.TYPE if record is not None else ""
    incoming = direction in ("Left", "Up")
    for way in (incoming, not incoming):
        found = connect.linkable_kinds(store, origin, incoming=way)
        kinds = tuple(
            one for one in usual_order(kind, found, above=direction == "Up") if one not in ("control", "note")
        )
        if kinds:
            return way, kinds
    return incoming, ()


def _sibling(editor: Editor, origin: str, box: Box, direction: Direction) -> bool:
    """Above or below a cause or consequence: another of its kind, on the same one."""
    session = editor.session
    record = session.store.get(origin)
    kind = record.TYPE if record is not None else ""
    if direction not in ("Up", "Down") or kind not in ("cause", "consequence"):
        return False
    incoming = kind == "cause"
    links = session.store.referrers(origin, Link, "source" if incoming else "target")
    shared = [one.target if incoming else one.source for one in links if one.kind == "leads_to"]
    if not shared:
        return False
    at = room_beside(editor, box, direction, kind)
    made = intents.create_linked(session, shared[0], kind, at, incoming=incoming)
    if made is not None:
        editor.reveal((made,))
        editor.begin_edit(made)
    return True


def _new_beside_bar(editor: Editor, origin: str, direction: Direction) -> bool:
    """Another control before or after this one on its line, or a degradation factor under it."""
    session = editor.session
    if direction == "Up":
        return False
    if direction == "Down":
        made = intents.hang_factor(session, origin)
    else:
        record = session.store.find(origin, Guard)
        box = editor.box(origin)
        if record is None or box is None:
            return False
        order = [one.id for one in guards.guards_of(session.store, record.subject)]
        there = editor.line_at(box.x + STEP[direction][0] * 24.0, box.y)
        after = there is not None and there.link == record.subject and there.index > order.index(origin)
        made = intents.insert_control_on(session, record.subject, order.index(origin) + (1 if after else 0))
    if made is not None:
        editor.begin_edit(made)
    return True

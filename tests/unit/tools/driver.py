"""Drives the tools without Qt: a real document and picture, a pointer made of method calls."""

from tests.support import there
from workbench.canvas.camera import Camera
from workbench.canvas.handles import handle_at
from workbench.canvas.scene import Scene
from workbench.commands import connect, create, guards
from workbench.layout.align import SnapIndex, snap_move
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Guard, Link
from workbench.model.ids import derived_id
from workbench.render.build import PictureBuilder
from workbench.session.session import Session
from workbench.store.store import Store
from workbench.tools import keys
from workbench.tools.events import KeyEvent, PointerEvent
from workbench.tools.machine import make_machine
from workbench.tools.place_states import put_new
from workbench.tools.preview import NOTHING, Guide

DIAGRAM = "diagram_1"


class EvenMeasure:
    """Every letter is as wide as half its size."""

    def width(self, text, size, weight):
        return len(text) * size * 0.5

    def ascent(self, size, weight):
        return size * 0.8

    def descent(self, size, weight):
        return size * 0.2


class EditorDriver:
    """One diagram with zoom 1 and no offset: view pixels and scene units are the same."""

    def __init__(self, *, snapping=False, notation="bow_tie"):
        self.store = Store([Diagram(id=DIAGRAM, title="Sheet", notation=notation)])
        self.session = Session(self.store)
        self.snapping = snapping
        self.preview = NOTHING
        self.previews = []
        self.notices: list[str] = []
        self.edits = []
        self.asked = []
        self.menus = []
        self.pans = []
        self.cursor = ""
        self.hovered = None
        self.held_bend = None
        self.camera = Camera()
        self.at = (0.0, 0.0)
        self.held = {}
        self._new_scene()
        self.machine = make_machine(self)
        self.session.notice.connect(self.notices.append)
        self.store.changed.connect(self._on_change)

    def _new_scene(self):
        self.builder = PictureBuilder(self.store, DIAGRAM, EvenMeasure())
        self.scene = Scene(self.builder.picture)
        diagram = self.store.find(DIAGRAM, Diagram)
        self.scene.focus = there(diagram).focus or ""

    def _on_change(self, change):
        self.machine.document_changed(change)
        self._new_scene()

    # building

    def add(self, kind, x, y, title="", **fields):
        with self.store.transaction("add") as tx:
            return create.create_on_diagram(tx, DIAGRAM, kind, x, y, title, **fields)

    def link(self, source, target):
        with self.store.transaction("link") as tx:
            return connect.connect(tx, source, target)

    def guard(self, link, title="", control=None):
        with self.store.transaction("guard") as tx:
            return guards.insert_control(tx, link, control, title=title)

    def where(self, id):
        placement = self.store.find(derived_id("placement", DIAGRAM, id), Placement)
        return (placement.x, placement.y) if placement is not None else None

    def count(self, cls):
        return len(list(self.store.all(cls)))

    def links(self):
        return [(link.source, link.target) for link in self.store.all(Link)]

    def guards_on(self, link):
        return [guard.id for guard in guards.guards_of(self.store, link)]

    def bar(self, guard):
        bar = self.scene.bar(guard)
        return there(bar).x, there(bar).y

    def steps(self):
        return self.store.history.position

    # the pointer and the keys

    def _event(self, button="", clicks=1):
        x, y = self.at
        hit = None if self.machine.busy else self.hit(x, y)
        return PointerEvent(x, y, x, y, button=button, hit=hit, clicks=clicks, **self.held)

    def hold(self, **held):
        self.held = held
        return self

    def press(self, x, y, button="left", clicks=1):
        self.at = (float(x), float(y))
        self.machine.move(self._event())
        self.machine.press(self._event(button, clicks))
        self.button = button
        return self

    def move(self, x, y):
        start = self.at
        for share in (0.25, 0.5, 0.75, 1.0):
            self.at = (start[0] + (x - start[0]) * share, start[1] + (y - start[1]) * share)
            self.machine.move(self._event())
        return self

    def release(self):
        self.machine.release(self._event(self.button))
        return self

    def drag(self, x1, y1, x2, y2):
        return self.press(x1, y1).move(x2, y2).release()

    def click(self, x, y, button="left"):
        return self.press(x, y, button).release()

    def double(self, x, y):
        self.click(x, y)
        return self.press(x, y, clicks=2)

    def key(self, name, text="", **held):
        return keys.press_key(self, self.machine, KeyEvent(name, text, **held))

    # the Editor protocol

    def hit(self, x, y, ignore=frozenset()):
        if not ignore:
            hovered = self.hovered.id if self.hovered else None
            selection = self.session.selection
            sized = selection[0] if len(selection) == 1 else None
            found = handle_at(self.scene, self.camera, x, y, hovered, sized)
            if found is not None:
                return found
        return self.scene.hit(x, y, 1.0, ignore)

    def box(self, id):
        return self.scene.box(id)

    def within(self, rect, *, touching=False):
        return self.scene.within(rect, touching=touching)

    def line_at(self, x, y, guard=""):
        return self.scene.line_at(x, y, 1.0, guard)

    def stands_on(self, guard):
        return self.scene.line_of(guard)

    def station(self, guard):
        return self.scene.station_of(guard)

    def course(self, line):
        link = self.scene.link(line)
        return link.path if link is not None else ()

    def standing_on(self, line):
        return self.scene.standing_on(line)

    def reach(self, pixels):
        return pixels

    def hold_bend(self, bend):
        self.held_bend = bend

    def neighbours(self, id):
        return self.scene.neighbours(id)

    def snap(self, ids, dx, dy):
        moving = list(ids)
        own = [there(self.scene.box(id)) for id in moving]
        others = [node.box for id, node in self.scene.picture.nodes.items() if id not in moving]
        found = snap_move(own, SnapIndex(others), (dx, dy))
        return found.dx, found.dy, tuple(Guide(g.x1, g.y1, g.x2, g.y2) for g in found.guides)

    def show(self, preview):
        self.preview = preview
        self.previews.append(preview)

    def hover(self, hit):
        self.hovered = hit

    def set_cursor(self, cursor):
        self.cursor = cursor

    def pan_by(self, dx, dy):
        self.pans.append((dx, dy))

    def begin_edit(self, id, text=None):
        self.edits.append((id, text))

    def choose_kind(self, kinds, at, chosen):
        self.asked.append((tuple(kinds), at, chosen))

    def open_menu(self, event):
        self.menus.append(event)

    def create(self, kind):
        made = put_new(self, kind, self.at)
        if made is not None:
            self.begin_edit(made)

    def reveal(self, ids):
        pass

    def badge_pressed(self, id):
        pass

    def finding_pressed(self, id):
        pass

    def review_pressed(self, id):
        pass

    def tool_changed(self, tool):
        pass


def control_of(driver, guard):
    return driver.store.find(guard, Guard).control

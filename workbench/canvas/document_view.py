"""A view of the session's current diagram: follows the document, the selection and the pointer."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from workbench.analysis.meeting_log import line_of, noted_on
from workbench.canvas import arrange
from workbench.canvas.camera_view import SHARP_BELOW
from workbench.canvas.empty import EmptyHint
from workbench.canvas.finding_badges import FindingBadges
from workbench.canvas.ghosts import Part
from workbench.canvas.host import CanvasEditor
from workbench.canvas.looking import Looking
from workbench.canvas.review_badges import ReviewBadges
from workbench.canvas.scene import union
from workbench.canvas.shown_view import ShownView
from workbench.canvas.sync import Sync
from workbench.canvas.tip import Tip
from workbench.canvas.titles import Titles
from workbench.commands.guards import guards_of
from workbench.layout.geometry import Point
from workbench.model.elements import Element, Guard
from workbench.render.characters import single_line
from workbench.render.theme import ThemeName, load_theme
from workbench.session.session import Session, Viewport
from workbench.tools import bend_states, intents, keys
from workbench.tools.events import Hit
from workbench.tools.machine import make_machine
from workbench.tools.preview import NOTHING, Preview

_HOVER_TIP_MS = 600
_MOST_NOTED, _LONGEST_NOTED = 3, 90
_MOST_PREVIEWED = 60


class DocumentView(ShownView):
    """The current diagram of a session, and what a gesture would make of it.

    Attributes:
        titles: the editor of titles; ``sync`` keeps the picture in step with the document, ``findings`` lays the
            linter's badges over it.
    """

    host: CanvasEditor

    def __init__(self, session: Session, theme_name: ThemeName = "light", parent: QWidget | None = None) -> None:
        """Show the session's current diagram, whole."""
        super().__init__(session, load_theme(theme_name), parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Diagram canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.viewport().setMouseTracking(True)
        self._pointer: QPointF | None = None
        self._diagram: str | None = None
        self.host = CanvasEditor(self)
        self.tip = Tip(self.viewport())
        self.titles = Titles(self)
        self.hint = EmptyHint(self.viewport(), lambda: self.host.create("hazard"))
        self.sync = Sync(self)
        self.findings = FindingBadges(self, self.sync)
        self.reviews = ReviewBadges(self, self.sync)
        self._looking = Looking(session, self._look_through)
        self.machine = make_machine(self.host)
        self._tip_timer = QTimer(self)
        self._tip_timer.setSingleShot(True)
        self._tip_timer.setInterval(_HOVER_TIP_MS)
        self._tip_timer.timeout.connect(self._show_full_title)
        session.diagram_changed.connect(self._on_diagram)
        session.selection_changed.connect(self._on_selection)
        session.reveal.connect(self.reveal)
        self._dress()
        self._load()

    # the document

    def dispose(self) -> None:
        """Stop listening; the view shows nothing any more. For the moment its document is closed."""
        self.machine.call_off()
        self.titles.commit()
        self._remember()
        self.still()
        self.sync.close()
        self._looking.close()
        self.session.diagram_changed.disconnect(self._on_diagram)
        self.session.selection_changed.disconnect(self._on_selection)
        self.session.reveal.disconnect(self.reveal)

    def still(self) -> None:
        """Stop every animation and timer: the view is about to go."""
        super().still()
        self._tip_timer.stop()

    def _on_diagram(self, _diagram: str | None) -> None:
        self.machine.call_off()
        self.titles.commit()
        self._remember()
        self._load()

    def _remember(self) -> None:
        if self._diagram is not None:
            x, y = self.camera.centre(self.viewport().width(), self.viewport().height())
            self.session.viewports[self._diagram] = Viewport(x, y, self.camera.zoom)

    def _load(self) -> None:
        self._diagram = self.session.diagram
        self.light(())
        self.show_scene(self.sync.load())
        self.findings.lay()
        self.reviews.lay()
        self._looking.again()
        self._show_ribbons()
        if self.sync.seen is not None:
            self.show_ids(())
        known = self.session.viewports.get(self._diagram or "")
        if known is None:
            self.fit_at_once()
        else:
            self.camera.zoom = known.zoom
            self.camera.centre_on(known.x, known.y, self.viewport().width(), self.viewport().height())
            self.refresh()
            self.zoom_changed.emit(self.camera.zoom)
        self._show_hint()

    def take_in_all(self) -> None:
        """The whole picture is another now."""
        self.show_scene(self.sync.scene())
        self.findings.lay()
        self.reviews.lay()
        self._show_ribbons()
        self._taken_in()

    def take_in(self, changed: Iterable[str]) -> None:
        """Some things of the picture are others now."""
        ids = list(changed)
        rects = [rect for id in ids for rect in self.scene.refresh(id)]
        self.artist.forget(ids)
        self.minimap.forget(at_once=len(self.scene) < SHARP_BELOW)
        self._show_ribbons()
        self.repaint_things(rects)
        self.overlay.rebuild()
        self._moved()
        self._taken_in()

    def _taken_in(self) -> None:
        self._follow_what_is_shown()
        self.titles.drop_if_gone()
        self.titles.place()
        self._show_hint()

    def _show_hint(self) -> None:
        self.hint.setVisible(len(self.scene) == 0 and self.titles.editor is None)

    def set_theme(self, name: ThemeName) -> None:
        """Show everything in the colours of another theme."""
        self.wear(load_theme(name))
        self._dress()

    def _dress(self) -> None:
        self.tip.dress(self.theme, refusal=False)
        self.hint.dress(self.theme)
        self.titles.place()

    # what actions ask for

    def reveal(self, ids: Iterable[str], *, animated: bool = True, readable: bool = True) -> None:
        """Bring things into view, moving it no further than needed. A control means all its bars here.

        Args:
            readable: zoom in where they could not be seen from so far away.
        """
        self.sync.flush()
        ids = list(ids)
        self.show_ids(ids)
        wanted = [bar for id in ids for bar in ([id] if id in self.scene.index else self.scene.bars_of(id))]
        rect = union(self.scene.index.rect(id) for id in wanted)
        if rect is not None:
            self.reveal_rect(rect, animated=animated, readable=readable)

    def flush(self) -> None:
        """Take in what has changed in the document and is not drawn yet."""
        self.sync.flush()

    def changed_just_now(self) -> bool:
        """Whether the last change of the document was made in this turn of the event loop."""
        return self.sync.this_turn

    def edit_title(self, id: str | None = None, text: str | None = None) -> None:
        """Edit a title in place: of what is selected last, where no id is given; ``text`` replaces it."""
        wanted = id if id is not None else self.session.primary
        if wanted is not None:
            self.hush()
            self.titles.begin(wanted, text)

    def create_at_cursor(self, kind: str) -> None:
        """Make an element under the pointer, else in the middle of the view, and edit its title."""
        self.machine.call_off()
        self.sync.flush()
        self.host.create(kind)

    def insert_control(self) -> None:
        """Put a new control on the selected line, or behind the selected control, and edit its title."""
        self.sync.flush()
        made = None
        for id in reversed(self.session.selection):
            if self.scene.link(id) is not None:
                made = intents.insert_control_on(self.session, id)
                break
            guard = self.session.store.find(id, Guard)
            if guard is not None:
                order = [one.id for one in guards_of(self.session.store, guard.subject)]
                made = intents.insert_control_on(self.session, guard.subject, order.index(id) + 1)
                break
        else:
            self.session.notice.emit("Select a line first; the control is put on it.")
        if made is not None:
            self.titles.begin(made)

    def add_bend(self) -> None:
        """Give the selected line a bend, for the arrow keys to move."""
        self.sync.flush()
        primary = self.session.primary or ""
        bend_states.add_bend(self.host, self.scene.line_of(primary) or primary)

    def remove_bend(self) -> bool:
        """Take away the bend in hand; False where there is none."""
        self.sync.flush()
        return bend_states.remove_bend(self.host)

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected by scene units."""
        self.sync.flush()
        keys.nudge(self.host, dx, dy)

    def align(self, edge: str) -> None:
        """Line up what is selected: ``left``, ``centre``, ``right``, ``top``, ``middle`` or ``bottom``."""
        self.sync.flush()
        arrange.line_up(self.session, self.scene, edge)

    def distribute(self, axis: str) -> None:
        """Give what is selected equal gaps: ``horizontal`` or ``vertical``."""
        self.sync.flush()
        arrange.spread(self.session, self.scene, axis)

    def select_all(self) -> None:
        """Select everything on the diagram."""
        self.session.select(arrange.all_ids(self.scene))

    def select_same_kind(self) -> None:
        """Select everything here of the kinds that are selected."""
        self.session.select(arrange.same_kind(self.session, self.scene))

    def arm(self, kind: str) -> None:
        """The next click puts down an element of a kind; Esc puts it away."""
        self.machine.use("place", kind)

    def connect_tool(self) -> None:
        """Draw links until Esc."""
        self.machine.use("connect")

    def pan_tool(self) -> None:
        """Drag the view until Esc."""
        self.machine.use("pan")

    def select_tool(self) -> None:
        """Back to selecting."""
        self.machine.use("select")

    @property
    def tool(self) -> str:
        """Name of the tool in use: ``select``, ``connect``, ``pan`` or ``place``."""
        return self.machine.tool

    def cancel(self) -> None:
        """Drop the gesture under way; a title that is being typed is kept."""
        self.machine.call_off()
        self.titles.commit()

    def scene_position_for_paste(self) -> Point:
        """Where something new goes: under the pointer, else in the middle of the view (scene units)."""
        at = self.viewport().mapFromGlobal(QCursor.pos())
        if self.underMouse() and self.viewport().rect().contains(at):
            return self.camera.to_scene(at.x(), at.y())
        return self.camera.centre(self.viewport().width(), self.viewport().height())

    # selection and hover

    def _on_selection(self, ids: tuple[str, ...]) -> None:
        if self.sync.seen is not None:
            self.show_ids(ids)
        self._show_ribbons()
        self.overlay.rebuild()

    def hover(self, hit: Hit | None) -> None:
        """The pointer is over something else."""
        old = self.overlay.hit
        if hit == old:
            return
        self.overlay.hover(hit)
        if (hit.id if hit else None) != (old.id if old else None):
            self.session.set_hovered(hit.id if hit is not None else None)
            self.tip.say("", QPoint())
            self._tip_timer.start()
            self._show_ribbons()

    def show_preview(self, preview: Preview) -> None:
        """Show what a gesture would do."""
        part = self._part(preview)
        self.overlay.show(preview, part)
        hidden = self.overlay.hidden()
        changed = hidden ^ set(self.artist.hidden)
        if changed:
            self.artist.hidden = hidden
            self.repaint_things(self.scene.index.rect(id) for id in changed)
        refused = preview.target is not None and not preview.target.legal
        self.tip.dress(self.theme, refusal=refused)
        self.tip.say(preview.tip, self._pointer.toPoint() if self._pointer is not None else QPoint())
        if preview is not NOTHING:
            self._tip_timer.stop()

    def _part(self, preview: Preview) -> Part | None:
        """What of the picture a drag changes, as it would be; only outlines follow a large selection."""
        if preview.bend is not None and self.sync.builder is not None:
            line, points = preview.bend
            return self._shown_part(*self.sync.builder.preview({}, bends={line: points}))
        moving = preview.moves and not preview.copying and preview.drop is None
        if not moving or self.sync.builder is None or len(preview.moves) > _MOST_PREVIEWED:
            return None
        shifts = {}
        for id, (x, y) in preview.moves.items():
            box = self.scene.box(id)
            if box is not None:
                shifts[id] = (x - box.x, y - box.y)
        return self._shown_part(*self.sync.builder.preview(shifts))

    def hush(self) -> None:
        """Take the tip away: something else has the user's eye."""
        self._tip_timer.stop()
        self.tip.say("", QPoint())

    def _show_full_title(self) -> None:
        """The whole title and the first words of the description of what the pointer rests on."""
        hit = self.overlay.hit
        resting = self._pointer is not None and not self.machine.busy and self.underMouse()
        if (
            hit is None
            or hit.part in ("handle", "size", "bend", "mid")
            or self._pointer is None
            or not resting
            or self.titles.editor is not None
        ):
            return
        guard = self.session.store.find(hit.id, Guard)
        record = self.session.store.get(guard.control if guard else hit.id)
        if isinstance(record, Element):
            head = " ".join(part for part in (record.code, record.title) if part)
            told = (head, record.description[:200], self._noted({hit.id, record.id}))
            self.tip.say("\n".join(part for part in told if part), self._pointer.toPoint())

    def _noted(self, ids: set[str]) -> str:
        """What waits to be done about some records, a line each."""
        waiting = [one for id in sorted(ids) for one in noted_on(self.session.store, id) if one.waits]
        lines = [single_line(line_of(one), _LONGEST_NOTED) for one in waiting[:_MOST_NOTED]]
        return "\n".join([*lines, f"and {len(waiting) - _MOST_NOTED} more"] if len(waiting) > _MOST_NOTED else lines)

"""The canvas as the tools see it: the ``Editor`` protocol over the view."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Qt

from workbench.canvas.handles import handle_at
from workbench.canvas.stage import Stage
from workbench.layout.align import SnapIndex, snap_move
from workbench.layout.geometry import Box, Path, Point
from workbench.session.session import Session
from workbench.tools import place_states
from workbench.tools.events import Hit, PointerEvent
from workbench.tools.preview import NOTHING, Cursor, Guide, LineDrop, Preview, Rect

_CURSORS: dict[Cursor, Qt.CursorShape] = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "hand": Qt.CursorShape.OpenHandCursor,
    "grab": Qt.CursorShape.ClosedHandCursor,
    "cross": Qt.CursorShape.CrossCursor,
    "move": Qt.CursorShape.SizeAllCursor,
    "copy": Qt.CursorShape.DragCopyCursor,
    "forbidden": Qt.CursorShape.ForbiddenCursor,
    "size_nwse": Qt.CursorShape.SizeFDiagCursor,
    "size_nesw": Qt.CursorShape.SizeBDiagCursor,
}
_MOST_SNAPPED_TO = 3_000


class CanvasEditor:
    """Answers the tools' questions from the scene, and carries out what they ask of the view."""

    def __init__(self, view: Stage) -> None:
        """Speak for a view."""
        self._view = view
        self._snap: tuple[tuple[str, ...], SnapIndex, list[Box]] | None = None
        self.snapping = True

    @property
    def session(self) -> Session:
        """Document, current diagram and selection."""
        return self._view.session

    def hit(self, x: float, y: float, ignore: frozenset[str] = frozenset()) -> Hit | None:
        """The drawn thing at a point; handles first where nothing is left out."""
        view = self._view
        if not ignore:
            hovered = view.overlay.hit.id if view.overlay.hit is not None else None
            selection = self.session.selection
            sized = selection[0] if len(selection) == 1 else None
            found = handle_at(view.scene, view.camera, *view.camera.to_view(x, y), hovered, sized)
            if found is not None:
                return found
        return view.scene.hit(x, y, view.camera.zoom, ignore)

    def box(self, id: str) -> Box | None:
        """Where an element or a bar is drawn, once what was changed has been taken in."""
        self._view.flush()
        return self._view.scene.box(id)

    def within(self, rect: Rect, *, touching: bool = False) -> list[str]:
        """Elements, bars and lines in a rectangle."""
        return self._view.scene.within(rect, touching=touching)

    def line_at(self, x: float, y: float, guard: str = "") -> LineDrop | None:
        """Where a control let go at a point would stand, among those that stand there already."""
        self._view.show_controls()
        return self._view.scene.line_at(x, y, self._view.camera.zoom, guard)

    def stands_on(self, guard: str) -> str:
        """The line a bar stands on."""
        return self._view.scene.line_of(guard)

    def station(self, guard: str) -> float:
        """Distance of a bar from the end its line's stations count from."""
        return self._view.scene.station_of(guard)

    def course(self, line: str) -> Path:
        """The points of a line as it is drawn, once what was changed has been taken in."""
        self._view.flush()
        link = self._view.scene.link(line)
        return link.path if link is not None else ()

    def standing_on(self, line: str) -> list[Point]:
        """Where controls stand on a line."""
        return self._view.scene.standing_on(line)

    def reach(self, pixels: float) -> float:
        """So many pixels of the view in scene units."""
        return pixels / self._view.camera.zoom

    @property
    def held_bend(self) -> tuple[str, int] | None:
        """The bend that keys act on."""
        return self._view.overlay.bend

    def hold_bend(self, bend: tuple[str, int] | None) -> None:
        """Let keys act on a bend, or on none."""
        self._view.flush()
        self._view.overlay.bend = bend
        self._view.overlay.rebuild()

    def neighbours(self, id: str) -> list[str]:
        """What is next along the lines."""
        return self._view.scene.neighbours(id)

    def snap(self, ids: Iterable[str], dx: float, dy: float) -> tuple[float, float, tuple[Guide, ...]]:
        """A shift that snaps to the grid and to what is in view; the neighbours are sorted once a gesture."""
        moving = tuple(ids)
        view = self._view
        if self._snap is None or self._snap[0] != moving:
            own = [box for id in moving if (box := view.scene.box(id)) is not None]
            area = view.camera.rect_to_scene((0.0, 0.0, view.viewport().width(), view.viewport().height()))
            dragged = set(moving)
            others = [
                node.box
                for id in view.scene.index.touching(area)[:_MOST_SNAPPED_TO]
                if id not in dragged and (node := view.scene.node(id)) is not None
            ]
            self._snap = (moving, SnapIndex(others), own)
        tolerance = min(6.0 / view.camera.zoom, 24.0)
        found = snap_move(self._snap[2], self._snap[1], (dx, dy), tolerance=tolerance)
        return found.dx, found.dy, tuple(Guide(g.x1, g.y1, g.x2, g.y2) for g in found.guides)

    def show(self, preview: Preview) -> None:
        """Show a preview in place of the last one."""
        if preview is NOTHING:
            self._snap = None
        self._view.show_preview(preview)

    def hover(self, hit: Hit | None) -> None:
        """Say what the pointer is over."""
        self._view.hover(hit)

    def set_cursor(self, cursor: Cursor) -> None:
        """Change the pointer's shape."""
        self._view.viewport().setCursor(_CURSORS[cursor])

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the content by view pixels."""
        self._view.pan_by(dx, dy)

    def begin_edit(self, id: str, text: str | None = None) -> None:
        """Edit a title in place."""
        self._view.edit_title(id, text)

    def choose_kind(self, kinds: Sequence[str], at: Point, chosen: Callable[[str], None]) -> None:
        """Ask for a kind beside a scene point."""
        from workbench.canvas.chooser import KindChooser  # noqa: PLC0415 - a list widget is slow to load

        view = self._view
        chooser = KindChooser(view.viewport(), kinds, view.theme, chosen)
        vx, vy = view.camera.to_view(*at)
        chooser.open_at(QPoint(round(vx), round(vy)))

    def open_menu(self, event: PointerEvent) -> None:
        """Have the context menu opened."""
        at = self._view.viewport().mapToGlobal(QPoint(round(event.vx), round(event.vy)))
        self._view.context_menu_requested.emit(at, self.whole(event.hit))

    def whole(self, hit: Hit | None) -> Hit | None:
        """What a badge or handle belongs to: the element, bar or line."""
        if hit is None or hit.part == "link":
            return hit
        if self._view.scene.link(hit.id) is not None:
            return Hit("link", hit.id)
        return Hit("bar" if self._view.scene.bar(hit.id) is not None else "node", hit.id)

    def create(self, kind: str) -> None:
        """Make something under the pointer, else in the middle of the view, and edit its title."""
        view = self._view
        at = view.scene_position_for_paste()
        made = place_states.put_new(self, kind, at)
        if made is not None:
            self.begin_edit(made)

    def reveal(self, ids: Iterable[str]) -> None:
        """Bring things into view."""
        self._view.reveal(tuple(ids), readable=False)

    def badge_pressed(self, id: str) -> None:
        """A verdict badge was double-clicked."""
        self._view.badge_activated.emit(id)

    def finding_pressed(self, id: str) -> None:
        """A badge of the linter was clicked."""
        self._view.findings_activated.emit(id)

    def review_pressed(self, id: str) -> None:
        """A badge of open actions and comments was clicked."""
        self._view.review_activated.emit(id)

    def tool_changed(self, tool: str) -> None:
        """Another tool is in use."""
        self._view.tool_changed.emit(tool)

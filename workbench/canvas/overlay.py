"""What is painted over the diagram: selection, hover, handles, and the preview of a gesture."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QRectF, QVariantAnimation
from PySide6.QtGui import QPainter, QRegion

from workbench.canvas import marks
from workbench.canvas.camera import Camera
from workbench.canvas.ghosts import MOST_DRAWN, Ghosts, Part, stems
from workbench.canvas.handles import bend_handles, link_handles, size_handles
from workbench.canvas.marks import Mark
from workbench.canvas.outlines import view_rect
from workbench.canvas.scene import Scene
from workbench.layout.geometry import Box, boundary_point
from workbench.model.elements import Guard
from workbench.render.sizes import shared
from workbench.render.theme import Theme
from workbench.session.session import Session
from workbench.tools.events import Hit
from workbench.tools.preview import NOTHING, Preview, Wire

_FAINT = 0.55
"""Strength of a handle for a bend that does not exist yet."""
_MOST_RINGS = 300
_MOST_REGION = 40


class Overlay:
    """Keeps the list of marks up to date and says which parts of the view change with it.

    Attributes:
        preview: what the gesture under way shows.
        focused: the keyboard is in use: the primary thing gets its focus ring.
        editing: a title is being typed: no handles stand in its way.
        bare: no handles are ever shown: the view is there to be looked at.
        bend: the bend that keys act on: its line, and which of its bends.
        part: the diagram's part that a drag changes, as it would be; None while nothing is dragged.
    """

    def __init__(self, session: Session, damage: Callable[[QRegion], None], owner: QObject | None = None) -> None:
        """``damage`` is called with regions of the view to paint again; animations end with ``owner``."""
        self._session = session
        self._damage = damage
        self.theme: Theme | None = None
        self.scene = Scene()
        self.camera = Camera()
        self.preview: Preview = NOTHING
        self.part: Part | None = None
        self.hit: Hit | None = None
        self.focused = False
        self.editing = False
        self.bare = False
        self.bend: tuple[str, int] | None = None
        self._marks: list[Mark] = []
        self._ghosts: Ghosts | None = None
        self._strength = 1.0
        self._fade = QVariantAnimation(owner)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(shared().motion.quick_ms)
        self._fade.valueChanged.connect(self._faded)
        self.motion = True

    def hover(self, hit: Hit | None) -> None:
        """The pointer is over something else; handles fade in."""
        changed = (hit.id if hit else None) != (self.hit.id if self.hit else None)
        if hit is not None and hit.part in ("bend", "mid"):
            changed = False  # handles of what is selected stand there already
        self.hit = hit
        if changed and hit is not None and self.motion:
            self._strength = 0.0
            self._fade.stop()
            self._fade.start()
        else:
            self._strength = 1.0
        self.rebuild()

    def still(self) -> None:
        """No animation runs any more."""
        self.motion = False
        self._fade.stop()

    def _faded(self, value: float) -> None:
        self._strength = float(value)
        self.rebuild()

    def show(self, preview: Preview, part: Part | None) -> None:
        """Show another preview."""
        if not (preview.moves or preview.bar or preview.ghost or preview.resize or preview.bend):
            self._ghosts = None
        self.preview, self.part = preview, part
        self.rebuild()

    def hidden(self) -> frozenset[str]:
        """Ids the diagram itself must not paint while the preview shows them."""
        preview = self.preview
        found: set[str] = set()
        if self.part is not None and not preview.copying:
            found |= {*self.part.nodes, *self.part.bars, *self.part.links}
        elif preview.moves and not preview.copying and preview.drop is None:
            found |= {*preview.moves, *(link for id in preview.moves for link in self.scene.links_of(id))}
        if preview.resize is not None:
            found.add(preview.resize[0])
        if preview.bar is not None and not preview.copying:
            bar = preview.bar[0]
            found |= {bar, self.scene.line_of(bar), *stems(self.scene, bar)}
        if preview.drop is not None:
            found.add(preview.drop.link)
            found |= set(preview.moves) if not preview.copying else set()
        return frozenset(found)

    # marks

    def rebuild(self) -> None:
        """Work the marks out anew and have what they cover, before and now, painted again."""
        before = self._marks
        self._marks = self._make() if self.theme is not None else []
        region = QRegion()
        both = (*before, *self._marks)
        if len(both) > _MOST_REGION:
            bounds = QRectF()
            for mark in both:
                bounds = bounds.united(mark.rect)
            region = QRegion(bounds.toAlignedRect())
        else:
            for mark in both:
                region += QRegion(mark.rect.toAlignedRect())
        if not region.isEmpty():
            self._damage(region)

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint the marks that touch a region."""
        for mark in self._marks:
            if region.intersects(mark.rect.toAlignedRect()):
                mark.draw(painter)

    def _make(self) -> list[Mark]:
        theme = self.theme
        assert theme is not None
        preview = self.preview
        made: list[Mark] = []
        if preview.moves or preview.bar or preview.resize or preview.ghost or preview.bend:
            made += self._dragged(theme)
        else:
            made += self._selection(theme)
            made += self._hover(theme)
        if preview.wire is not None:
            made.append(self._wire(preview.wire, theme))
        if preview.target is not None:
            pointer = preview.wire or preview.ghost
            at = self.camera.to_view(pointer.x, pointer.y) if pointer is not None else (0.0, 0.0)
            if preview.bar is not None:
                at = self.camera.to_view(*preview.bar[1])
            box = self.scene.box(preview.target.id)
            made += marks.target(box, at, self.camera, theme, legal=preview.target.legal)
        made += marks.guides(preview.guides, self.camera, theme)
        if preview.band is not None:
            made.append(marks.band(preview.band, self.camera, theme))
        return made

    def _selection(self, theme: Theme) -> list[Mark]:
        session, scene, camera = self._session, self.scene, self.camera
        boxes = [(id, box) for id in session.selection if (box := scene.box(id)) is not None]
        if len(boxes) > _MOST_RINGS:
            return [marks.rings_afar([view_rect(box, camera, 2.0) for _, box in boxes], theme.selection.ring)]
        made = [marks.ring(box, camera, theme.selection.ring) for _, box in boxes]
        selected = set(session.selection)
        for id, _ in boxes[:20]:
            made += [
                marks.ring(box, camera, theme.selection.ring, dashed=True)
                for twin in self._twins(id)
                if twin not in selected and (box := scene.box(twin)) is not None
            ]
        primary = session.primary
        box = scene.box(primary) if primary is not None else None
        if self.focused and box is not None:
            made.append(marks.ring(box, camera, theme.focus.ring, out=marks.FOCUS_OUT, dashed=True))
        if len(boxes) == 1 and not self.editing and not self.bare:
            made += self._handles(boxes[0][0], theme, 1.0)
            made += [marks.square_handle(at, theme) for at in size_handles(scene, boxes[0][0], camera).values()]
        if len(session.selection) == 1 and not boxes and not self.editing and not self.bare:
            made += self._bends(session.selection[0], theme)
        return made

    def _bends(self, line: str, theme: Theme) -> list[Mark]:
        """Handles of a line: its bends, the one in hand filled, and fainter ones where another can be drawn out."""
        made = []
        for hit, at in bend_handles(self.scene, line, self.camera):
            if hit.part == "bend":
                made.append(marks.bend_handle(at, theme, held=self.bend == (line, hit.index)))
            else:
                under = self.hit == hit
                made.append(marks.round_handle(at, theme, 1.0 if under else _FAINT, under_pointer=under))
        return made

    def _twins(self, id: str) -> list[str]:
        bar = self.scene.bar(id)
        if bar is None or bar.shared < 2:
            return []
        guards = self._session.store.referrers(bar.control, Guard, "control")
        return [guard.id for guard in guards if guard.id != id]

    def _hover(self, theme: Theme) -> list[Mark]:
        hit = self.hit
        box = self.scene.box(hit.id) if hit is not None else None
        if hit is None or box is None or self.editing:
            return []
        made = []
        selected = hit.id in self._session.selection
        if not selected:
            made.append(marks.border(box, self.camera, theme.accent.base))
        if not (selected and len(self._session.selection) == 1):
            made += self._handles(hit.id, theme, self._strength)
        elif hit.part == "handle":
            made += self._handles(hit.id, theme, 1.0)
        return made

    def _handles(self, id: str, theme: Theme, strength: float) -> list[Mark]:
        hit = self.hit
        return [
            marks.round_handle(
                at,
                theme,
                strength,
                under_pointer=hit is not None and hit.part == "handle" and hit.id == id and hit.side == side,
            )
            for side, at in link_handles(self.scene, id, self.camera).items()
        ]

    def _wire(self, wire: Wire, theme: Theme) -> Mark:
        box = self.scene.box(wire.origin) or Box(wire.x, wire.y, 1.0, 1.0)
        start = boundary_point(box, (wire.x, wire.y))
        target = self.preview.target
        legal = target.legal if target is not None else None
        return marks.wire(self.camera.to_view(*start), self.camera.to_view(wire.x, wire.y), theme, legal=legal)

    def _dragged(self, theme: Theme) -> list[Mark]:
        preview, scene, camera = self.preview, self.scene, self.camera
        if self._ghosts is None:
            self._ghosts = Ghosts(theme)
        ghosts = self._ghosts
        made: list[Mark] = []
        if preview.bar is not None:
            made += self._dragged_bar(ghosts, preview)
        elif preview.ghost is not None:
            made += ghosts.new(preview.ghost, preview.drop, scene, camera)
        elif preview.resize is not None:
            node = scene.node(preview.resize[0])
            if node is not None:
                made.append(ghosts.node(replace(node, box=preview.resize[1]), camera, keep=False))
                made.append(marks.ring(preview.resize[1], camera, theme.selection.ring))
        elif preview.bend is not None:
            made += ghosts.picture(self.part, camera) if self.part is not None else []
            made += [marks.bend_handle(camera.to_view(*at), theme, held=False) for at in preview.bend[1]]
        elif preview.drop is not None:
            bar = scene.bar(next(iter(preview.moves)))
            made += ghosts.on_line(bar, preview.drop, scene, camera) if bar is not None else []
        elif len(preview.moves) > MOST_DRAWN:
            made.append(self._afar(theme))
        elif self.part is not None and not preview.copying:
            made += ghosts.picture(self.part, camera)
        else:
            made += ghosts.copies(scene, preview.moves, camera)
        return made

    def _afar(self, theme: Theme) -> Mark:
        rects = []
        for id, (x, y) in self.preview.moves.items():
            box = self.scene.box(id)
            if box is not None:
                rects.append(view_rect(Box(x, y, box.w, box.h, box.shape), self.camera))
        return marks.rings_afar(rects, theme.accent.base)

    def _dragged_bar(self, ghosts: Ghosts, preview: Preview) -> list[Mark]:
        assert preview.bar is not None
        id, (x, y) = preview.bar
        bar = self.scene.bar(id)
        if bar is None:
            return []
        made: list[Mark] = []
        old = self.scene.line_of(id)
        if not preview.copying and (preview.drop is None or preview.drop.link != old):
            made += ghosts.lines(self.scene, {old: None}, id, self.camera)
        if preview.drop is not None:
            shown = bar if not preview.copying else replace(bar, id="")
            return made + ghosts.on_line(shown, preview.drop, self.scene, self.camera)
        return [*made, ghosts.bar(replace(bar, x=x, y=y), self.camera)]

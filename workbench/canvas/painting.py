"""Paints the diagram itself: grid, ribbons, lines, elements, controls, at three levels of detail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from workbench.canvas.blocks import Blocks
from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect
from workbench.canvas.scene import Scene
from workbench.layout.geometry import Point
from workbench.render import shapes
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.render.sizes import shared
from workbench.render.sprites import Sprites
from workbench.render.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.render.finding_layer import Drawn
    from workbench.render.ops import Ops

GRID_STEP: Final = 24.0
"""Scene units between dots at 100 %: every third line of the grid of 8."""
_LEAST_STEP: Final = 16.0
_MOST_KEPT: Final = 6_000
_PHASES: Final = 4
"""Bodies are painted at quarters of a device pixel, where a sprite and a fresh painting are the same."""
_ROUND_A_BADGE: Final = 14.0
"""How far a finding's badge may reach beyond what it hangs on, scene units."""
_INWARD: Final = 1e-4
"""Keeps what stands on a whole pixel on the same side of it, however the arithmetic rounds."""


class Artist:
    """Keeps what has been compiled for painting, by id, level of detail, and whether it is dimmed.

    Attributes:
        hidden: ids not painted, because a preview shows them elsewhere.
        lit: links with a ribbon under them.
        clear: ids at full strength, everything else is dimmed; None: nothing is.
        tints: impact dimensions that elements are tagged with, by id.
        hair: device pixels that a hairline is wide.
    """

    def __init__(self, scene: Scene, theme: Theme) -> None:
        """Start with nothing compiled."""
        self.scene = scene
        self.theme = theme
        self.blocks = Blocks()
        self.blocks_ready = False
        self.sprites = Sprites()
        self.hidden: Collection[str] = frozenset()
        self.lit: Collection[str] = frozenset()
        self.clear: Collection[str] | None = None
        self.tints: Mapping[str, Sequence[str]] = {}
        self.hair = 1.0
        self._kept: dict[tuple[str, str, bool], Compiled] = {}
        self._badges: dict[tuple[str, int, bool], Compiled] = {}

    def restart(self, scene: Scene, theme: Theme) -> None:
        """Another scene, or the same in other colours."""
        self.scene, self.theme = scene, theme
        self._drop_kept()
        self.blocks_ready = False

    def _drop_kept(self) -> None:
        self._kept.clear()
        self._badges.clear()
        self.sprites.clear()

    def look_through(self, clear: Collection[str] | None, tints: Mapping[str, Sequence[str]]) -> None:
        """Dim all but some things (None: nothing), and tag some with impact dimensions."""
        before, self.clear = self.clear, clear
        self.sprites.clear()
        if self.blocks_ready and before is not None and clear is not None and tints == self.tints:
            self.blocks.relight(clear, frozenset(before) ^ frozenset(clear))
        else:
            self.blocks_ready = False
        self.tints = tints

    def _dimmed(self, id: str) -> bool:
        return self.clear is not None and id not in self.clear

    def _theme_of(self, id: str) -> Theme:
        return self.theme.dimmed() if self._dimmed(id) else self.theme

    def forget(self, ids: Iterable[str]) -> None:
        """Some things look otherwise now."""
        for id in ids:
            for detail in ("full", "titles", "lit"):
                self._kept.pop((id, detail, False), None)
                self._kept.pop((id, detail, True), None)
            if self.blocks_ready:
                self.blocks.refresh(id)

    # painting

    def paint(self, painter: QPainter, device: QRect, camera: Camera) -> None:
        """Paint a rectangle of the view (device pixels) on a painter in device pixels, clipped to it."""
        ratio = camera.ratio
        if self.hair != hair_width(ratio):
            self.hair = hair_width(ratio)
            self._drop_kept()
        view = (
            device.left() / ratio,
            device.top() / ratio,
            (device.right() + 1) / ratio,
            (device.bottom() + 1) / ratio,
        )
        area = camera.rect_to_scene(view)
        painter.save()
        painter.translate(camera.ox * ratio, camera.oy * ratio)
        painter.scale(camera.zoom * ratio, camera.zoom * ratio)
        lod = shared().lod
        if camera.zoom < lod.titles_only:
            self._paint_blocks(painter, area, camera)
        else:
            self._grid(painter, area, camera)
            self._paint_detail(painter, area, "full" if camera.zoom >= lod.full else "titles")
        painter.restore()

    def ready_blocks(self) -> None:
        """Build the far view, if it has not been needed yet."""
        if not self.blocks_ready:
            self.blocks.rebuild(self.scene, self.clear, self.tints)
            self.blocks_ready = True

    def _paint_blocks(self, painter: QPainter, area: Rect, camera: Camera) -> None:
        self.ready_blocks()
        for id in self.lit:
            if self.scene.link(id) is not None:
                paint(painter, self.link(id, lit=True))
        self.blocks.paint(painter, area, self.theme, camera.zoom)

    def _paint_detail(self, painter: QPainter, area: Rect, detail: shapes.Level) -> None:
        picture = self.scene.picture
        found = self.scene.index.touching(self.reach(area))
        hidden, lit = self.hidden, self.lit
        links, nodes, bars = [], [], []
        for id in found:
            if id in hidden:
                continue
            if id in picture.links:
                links.append(picture.links[id])
            elif id in picture.nodes:
                nodes.append(picture.nodes[id])
            else:
                bars.append(picture.bars[id])
        # The order of figures that are exported: what lies over what is the same everywhere, and after every repaint.
        for link in sorted(links, key=_link_order):
            paint(painter, self.link(link.id, lit=link.id in lit))
        for node in sorted(nodes, key=_node_order):
            self._body(painter, self.node(node.id, detail), node.box.x, node.box.y, detail)
        for bar in sorted(bars, key=_bar_order):
            self._body(painter, self.bar(bar.id, detail), bar.x, bar.y, detail)
        if self.tints:
            self._paint_tags(painter, [node for node in nodes if node.id in self.tints])
        self._paint_badges(painter, [*links, *nodes, *bars])

    def _paint_badges(self, painter: QPainter, drawn: "list[Drawn]") -> None:
        """What the linter holds against things, and what is still to be done about them."""
        findings, reviews = self.scene.findings, self.scene.reviews
        for one in drawn:
            tally = findings.of(one) if findings is not None else None
            if findings is not None and tally is not None:
                badge = self._badge(findings.look(tally), one.id, partial(findings.ops, tally))
                self._sprite(painter, badge, *findings.spot(one), phases=1)
            waits = reviews.of(one) if reviews is not None else None
            if reviews is not None and waits is not None:
                badge = self._badge(reviews.look(waits), one.id, partial(reviews.ops, waits))
                self._sprite(painter, badge, *reviews.spot(one), phases=1)

    def reach(self, area: Rect) -> Rect:
        """A rectangle with what badges may paint around it, where any are shown."""
        if self.scene.findings is None and self.scene.reviews is None and not self.tints:
            return area
        left, top, right, bottom = area
        far = _ROUND_A_BADGE
        return left - far, top - far, right + far, bottom + far

    def _badge(self, look: tuple[str, int], id: str, draw: "Callable[[Theme], Ops]") -> Compiled:
        """A badge ready to paint; the few there are look alike wherever they stand."""
        key = (*look, self._dimmed(id))
        found = self._badges.get(key)
        if found is None:
            made = compile_ops(draw(self._theme_of(id)))
            found = self._badges[key] = thickened(made, self.hair)
        return found

    def _paint_tags(self, painter: QPainter, nodes: Iterable[NodePicture]) -> None:
        """Impact dimensions of elements; the few combinations there are look alike wherever they stand."""
        from workbench.render.dimension_tags import tag_ops, tag_spot  # noqa: PLC0415 - only under a lens

        for node in nodes:
            names = self.tints[node.id]
            key = ("/".join(names), "tags", False)
            found = self._kept.get(key) or self._keep(key, compile_ops(tag_ops(names, self.theme)))
            self._sprite(painter, found, *tag_spot(node))

    def _body(self, painter: QPainter, compiled: Compiled, x: float, y: float, detail: shapes.Level) -> None:
        if detail != "full":
            paint(painter, compiled, x, y)
            return
        self._sprite(painter, compiled, x, y)

    def _sprite(self, painter: QPainter, compiled: Compiled, x: float, y: float, phases: int = _PHASES) -> None:
        """Paint at a part of a device pixel; at whole ones what stands in many places, of which one sprite is kept."""
        at = painter.worldTransform()
        scale = at.m11()
        dx, dy = at.dx(), at.dy()
        left, top = round((x * scale + dx) * phases) / phases, round((y * scale + dy) * phases) / phases
        self.sprites.paint(painter, compiled, (left + _INWARD - dx) / scale, (top + _INWARD - dy) / scale)

    def _grid(self, painter: QPainter, area: Rect, camera: Camera) -> None:
        step = GRID_STEP
        while step * camera.zoom < _LEAST_STEP:
            step *= 2
        first_x, first_y = area[0] // step * step, area[1] // step * step
        count = int((area[2] - first_x) // step) + 1
        row = QPolygonF([QPointF(first_x + i * step, 0.0) for i in range(count)])
        pen = QPen(QColor(self.theme.canvas.grid), max(1.0, round(1.5 * camera.ratio)))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        y = first_y
        while y <= area[3]:
            painter.translate(0.0, y)
            painter.drawPoints(row)
            painter.translate(0.0, -y)
            y += step

    # compiled

    def node(self, id: str, detail: shapes.Level, theme: Theme | None = None) -> Compiled:
        """An element ready to paint at the centre of its box; other themes than the own are not kept."""
        node = self.scene.picture.nodes[id]
        if theme is not None:
            return compile_ops(shapes.node_ops(node, theme, qt_measure(), detail=detail))
        key = (id, detail, self._dimmed(id))
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, compile_ops(shapes.node_ops(node, self._theme_of(id), qt_measure(), detail=detail)))
        return found

    def bar(self, id: str, detail: shapes.Level, theme: Theme | None = None) -> Compiled:
        """A control ready to paint at the centre of its bar."""
        bar = self.scene.picture.bars[id]
        if theme is not None:
            return compile_ops(shapes.bar_ops(bar, theme, qt_measure(), detail=detail))
        key = (id, detail, self._dimmed(id))
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, compile_ops(shapes.bar_ops(bar, self._theme_of(id), qt_measure(), detail=detail)))
        return found

    def link(self, id: str, *, lit: bool = False) -> Compiled:
        """A line ready to paint in scene units."""
        key = (id, "lit" if lit else "full", self._dimmed(id))
        found = self._kept.get(key)
        if found is None:
            link = self.scene.picture.links[id]
            found = self._keep(key, compile_ops(shapes.link_ops(link, self._theme_of(id), lit=lit)))
        return found

    def _keep(self, key: tuple[str, str, bool], made: Compiled) -> Compiled:
        compiled = thickened(made, self.hair)
        if len(self._kept) >= _MOST_KEPT:
            self.sprites.clear()  # it would keep what is dropped here
            for old in list(self._kept)[: _MOST_KEPT // 4]:
                del self._kept[old]
        self._kept[key] = compiled
        return compiled


def _link_order(link: LinkPicture) -> tuple[Point, str]:
    return link.path[0], link.id


def _node_order(node: NodePicture) -> tuple[float, float, str]:
    return node.box.x, node.box.y, node.id


def _bar_order(bar: BarPicture) -> tuple[float, float, str]:
    return bar.x, bar.y, bar.id


def hair_width(ratio: float) -> float:
    """Device pixels of a hairline on a screen of so many device pixels to the pixel: whole, so that it stays crisp."""
    return float(max(1, round(ratio)))


def thickened(compiled: Compiled, hair: float) -> Compiled:
    """The same with hairlines ``hair`` device pixels wide; a pen's own width means device pixels at every zoom."""
    if hair == 1.0:
        return compiled
    commands = []
    for code, argument in compiled.commands:
        if isinstance(argument, QPen) and argument.isCosmetic():
            pen = QPen(argument)
            pen.setWidthF(argument.widthF() * hair)
            commands.append((code, pen))
        else:
            commands.append((code, argument))
    return Compiled(tuple(commands), compiled.bounds)

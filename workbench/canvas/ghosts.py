"""What a drag shows of elements, controls and lines at the place they would come to: in paler colours."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect
from workbench.canvas.marks import Mark
from workbench.canvas.painting import hair_width, thickened
from workbench.canvas.scene import Scene, extent
from workbench.layout.geometry import Box, default_size, nearest_on_path
from workbench.render import shapes
from workbench.render.fonts import qt_measure
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.render.picture import BarPicture, LinkPicture, NodePicture, Role
from workbench.render.sizes import shared
from workbench.render.theme import Theme
from workbench.tools.preview import Ghost, LineDrop
from workbench.values import value_type

MOST_DRAWN = 60
"""Dragged elements drawn with their text; of more only the outlines follow."""


@value_type(frozen=True, slots=True)
class Part:
    """Part of a diagram as it would be, by id."""

    nodes: Mapping[str, NodePicture]
    bars: Mapping[str, BarPicture]
    links: Mapping[str, LinkPicture]


class Ghosts:
    """Ghosts of one gesture; what has been compiled for it is kept until the next."""

    def __init__(self, theme: Theme) -> None:
        """Take the colours; everything is drawn in a blend of them."""
        self.theme = theme.blended(shared().opacity.preview)
        self._kept: dict[str, Compiled] = {}

    def _mark(self, made: Compiled, x: float, y: float, rect: Rect, camera: Camera) -> Mark:
        compiled = thickened(made, hair_width(camera.ratio))

        def draw(painter: QPainter) -> None:
            painter.save()
            painter.translate(camera.ox, camera.oy)
            painter.scale(camera.zoom, camera.zoom)
            paint(painter, compiled, x, y)
            painter.restore()

        left, top, right, bottom = camera.rect_to_view(rect)
        return Mark(QRectF(left - 2, top - 2, right - left + 4, bottom - top + 4), draw)

    def node(self, node: NodePicture, camera: Camera, *, keep: bool = True) -> Mark:
        """An element; its look is compiled once unless its size changes."""
        compiled = self._kept.get(node.id) if keep else None
        if compiled is None:
            compiled = compile_ops(shapes.node_ops(node, self.theme, qt_measure(), detail=_detail(camera)))
            if keep:
                self._kept[node.id] = compiled
        return self._mark(compiled, node.box.x, node.box.y, extent(node), camera)

    def bar(self, bar: BarPicture, camera: Camera) -> Mark:
        """A control."""
        key = f"{bar.id}/{bar.role}/{bar.angle:.2f}/{bar.label_above}/{bar.room}"
        compiled = self._kept.get(key)
        if compiled is None:
            compiled = compile_ops(shapes.bar_ops(bar, self.theme, qt_measure(), detail=_detail(camera)))
            self._kept[key] = compiled
        return self._mark(compiled, bar.x, bar.y, extent(bar), camera)

    def link(self, link: LinkPicture, camera: Camera) -> Mark:
        """A line."""
        return self._mark(compile_ops(shapes.link_ops(link, self.theme)), 0.0, 0.0, extent(link), camera)

    def picture(self, part: Part, camera: Camera) -> list[Mark]:
        """Part of a diagram as it would be: lines below, elements, controls above."""
        return [
            *(self.link(link, camera) for link in part.links.values()),
            *(self.node(node, camera) for node in part.nodes.values()),
            *(self.bar(bar, camera) for bar in part.bars.values()),
        ]

    def copies(self, scene: Scene, moves: Mapping[str, tuple[float, float]], camera: Camera) -> list[Mark]:
        """Elements at other places, without their lines."""
        marks = []
        for id, (x, y) in moves.items():
            node, bar = scene.node(id), scene.bar(id)
            if node is not None:
                marks.append(self.node(replace(node, box=replace(node.box, x=x, y=y)), camera))
            elif bar is not None:
                marks.append(self.bar(replace(bar, x=x, y=y), camera))
        return marks

    def new(self, ghost: Ghost, drop: LineDrop | None, scene: Scene, camera: Camera) -> list[Mark]:
        """Something that does not exist yet: at the pointer, or on the line it would be put on."""
        if ghost.kind == "control":
            bar = BarPicture(id="", control="", role="preventive", x=ghost.x, y=ghost.y, angle=0.0, title="", free=True)
            return self.on_line(bar, drop, scene, camera) if drop is not None else [self.bar(bar, camera)]
        w, h, shape = default_size(ghost.kind)
        node = NodePicture(id="", kind=ghost.kind, box=Box(ghost.x, ghost.y, w, h, shape), title="")
        return [self.node(node, camera)]

    def on_line(self, bar: BarPicture, drop: LineDrop, scene: Scene, camera: Camera) -> list[Mark]:
        """A control where it would stand, in a gap of the line."""
        link = scene.link(drop.link)
        if link is None:
            return [self.bar(bar, camera)]
        angle = drop.angle * 3.141592653589793 / 180.0
        role: Role = "degradation" if link.kind == "degrades" else self._role(scene, link)
        standing = replace(bar, x=drop.x, y=drop.y, angle=angle, role=role, free=False)
        return [*self.lines(scene, {link.id: drop}, bar.id, camera), self.bar(standing, camera)]

    def _role(self, scene: Scene, link: LinkPicture) -> Role:
        for other in link.bars:
            found = scene.bar(other)
            if found is not None:
                return found.role
        source = scene.node(link.source)
        return "mitigative" if source is not None and source.kind in ("top_event", "hazard") else "preventive"

    def lines(self, scene: Scene, drops: Mapping[str, LineDrop | None], without: str, camera: Camera) -> list[Mark]:
        """Lines with a gap where a control would stand, and none where the one dragged stood."""
        marks = []
        for id, drop in drops.items():
            link = scene.link(id)
            if link is None:
                continue
            gaps = []
            for other in link.bars:
                bar = scene.bar(other)
                if bar is not None and other != without:
                    gaps.append(nearest_on_path(link.path, (bar.x, bar.y))[1])
            if drop is not None:
                gaps.append(nearest_on_path(link.path, (drop.x, drop.y))[1])
            marks.append(self.link(replace(link, gaps=tuple(sorted(gaps))), camera))
        return marks


def _detail(camera: Camera) -> shapes.Level:
    return "full" if camera.zoom >= shared().lod.full else "titles"


def stems(scene: Scene, bar: str) -> Iterable[str]:
    """What hangs under a bar, with the lines that hold it."""
    for factor in scene.hanging_on(bar):
        yield factor
        yield from scene.links_of(factor)
        for link in scene.links_of(factor):
            line = scene.link(link)
            if line is not None:
                yield from line.bars

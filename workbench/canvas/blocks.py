"""The diagram from far away: one filled block for each body and straight lines, in few and large drawing calls.

Rectangles and lines lie as doubles in arrays that Qt reads in place (``QRectF`` and ``QLineF`` are four doubles), one
array for each colour and each tile of the scene, so that a narrow strip looks at few of them.
"""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from math import floor
from typing import Final, cast

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from shiboken6 import Shiboken

from workbench.canvas.index import Rect
from workbench.canvas.scene import Scene, bar_box
from workbench.layout.geometry import Box, Point
from workbench.render.theme import Theme, mix

TILE: Final = 8_192.0
FARTHEST: Final = 0.08
"""Zoom below which a bar is narrower than a pixel: bars are left out, lines lose their knees."""
_FINE_LINES: Final = 3_000
_FAR_STRENGTH: Final = 0.4
"""Share of the lines' colour from far away, where thousands of them would drown the bodies."""
_Key = tuple[int, int, str]
_LINE: Final = "line"
_CHORD: Final = "chord"


class Batch:
    """Quadruples of doubles with their owners; removing one moves the last into its place."""

    __slots__ = ("bottom", "data", "left", "owners", "right", "slots", "top")

    def __init__(self) -> None:
        """Start empty."""
        self.data = array("d")
        self.owners: list[str] = []
        self.slots: dict[str, list[int]] = {}
        self.left = self.top = float("inf")
        self.right = self.bottom = float("-inf")

    def add(self, owner: str, values: tuple[float, float, float, float], rect: Rect) -> None:
        """Add one quadruple that covers a rectangle."""
        slots = self.slots.get(owner)
        if slots is None:
            self.slots[owner] = [len(self.owners)]
        else:
            slots.append(len(self.owners))
        self.owners.append(owner)
        self.data.extend(values)
        left, top, right, bottom = rect
        if left < self.left:
            self.left = left
        if top < self.top:
            self.top = top
        if right > self.right:
            self.right = right
        if bottom > self.bottom:
            self.bottom = bottom

    def discard(self, owner: str) -> None:
        """Take everything of an owner out."""
        for slot in sorted(self.slots.pop(owner, ()), reverse=True):
            last = len(self.owners) - 1
            if slot != last:
                self.data[slot * 4 : slot * 4 + 4] = self.data[last * 4 : last * 4 + 4]
                moved = self.owners[slot] = self.owners[last]
                places = self.slots[moved]
                places[places.index(last)] = slot
            del self.data[last * 4 :]
            self.owners.pop()

    def touches(self, rect: Rect) -> bool:
        """Whether anything here may lie in a rectangle."""
        return self.left <= rect[2] and self.right >= rect[0] and self.top <= rect[3] and self.bottom >= rect[1]


class Blocks:
    """The far view of one scene: bodies and straight lines first, bars and bent lines once somebody comes nearer."""

    def __init__(self) -> None:
        """Start empty; ``rebuild`` takes a scene in."""
        self._batches: dict[_Key, Batch] = {}
        self._keys: dict[str, set[_Key]] = {}
        self._scene = Scene()
        self._near = False

    def rebuild(self, scene: Scene) -> None:
        """Take in a whole scene, as it is seen from farthest away."""
        self._batches.clear()
        self._keys.clear()
        self._scene = scene
        self._near = False
        for id in (*scene.picture.links, *scene.picture.nodes):
            self._enter_far(id)

    def come_near(self) -> None:
        """Take in what is seen from less far away too."""
        if not self._near:
            self._near = True
            for id in (*self._scene.picture.links, *self._scene.picture.bars):
                self._enter_near(id)

    def refresh(self, id: str) -> None:
        """Follow the change of one thing."""
        for key in self._keys.pop(id, ()):
            self._batches[key].discard(id)
        self._enter_far(id)
        if self._near:
            self._enter_near(id)

    def _enter_far(self, id: str) -> None:
        link = self._scene.link(id)
        if link is not None:
            self._add_line(id, _CHORD, link.path[0], link.path[-1])
            return
        node = self._scene.node(id)
        if node is not None:
            self._add_box(id, node.kind, node.box)

    def _enter_near(self, id: str) -> None:
        link = self._scene.link(id)
        if link is not None:
            for start, end in pairwise(link.path):
                self._add_line(id, _LINE, start, end)
            return
        bar = self._scene.bar(id)
        if bar is not None:
            self._add_box(id, f"{bar.role}_control", bar_box(bar))

    def _add_box(self, id: str, name: str, box: Box) -> None:
        self._add(id, name, (box.left, box.top, box.w, box.h), (box.left, box.top, box.right, box.bottom))

    def _add_line(self, id: str, name: str, start: Point, end: Point) -> None:
        (ax, ay), (bx, by) = start, end
        self._add(id, name, (ax, ay, bx, by), (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))

    def _add(self, id: str, colour: str, values: tuple[float, float, float, float], rect: Rect) -> None:
        key = (floor((rect[0] + rect[2]) / 2 / TILE), floor((rect[1] + rect[3]) / 2 / TILE), colour)
        batch = self._batches.get(key)
        if batch is None:
            batch = self._batches[key] = Batch()
        batch.add(id, values, rect)
        self._keys.setdefault(id, set()).add(key)

    def paint(self, painter: QPainter, area: Rect, theme: Theme, zoom: float) -> None:
        """Draw what lies in a scene rectangle; the painter maps scene units to view pixels at ``zoom``."""
        far = zoom < FARTHEST
        if not far:
            self.come_near()
        lines = [batch for name, batch in self._within(area) if name == (_CHORD if far else _LINE)]
        fine = len(self._scene.picture.links) <= _FINE_LINES  # of the whole scene: a strip must look like the rest
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=fine)
        edge = mix(theme.canvas.edge, theme.surface.canvas, _FAR_STRENGTH) if far else theme.canvas.edge
        pen = QPen(QColor(edge), 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for batch in lines:
            first = cast("QLineF", Shiboken.wrapInstance(batch.data.buffer_info()[0], QLineF))
            painter.drawLines(first, len(batch.owners))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for name, batch in self._within(area):
            if name in (_LINE, _CHORD) or (far and name.endswith("_control")):
                continue
            painter.setBrush(QColor(block_colour(theme, name)))
            body = cast("QRectF", Shiboken.wrapInstance(batch.data.buffer_info()[0], QRectF))
            painter.drawRects(body, len(batch.owners))

    def _within(self, area: Rect) -> Iterator[tuple[str, Batch]]:
        for (_, _, name), batch in self._batches.items():
            if batch.owners and batch.touches(area):
                yield name, batch


def block_colour(theme: Theme, kind: str) -> str:
    """The strong colour of a kind, which tells it apart without its silhouette."""
    if kind == "hazard":
        return theme.kind.hazard.stripe_light
    colours = theme.kind[kind]
    return colours.fill if kind.endswith("_control") else colours.border

"""The diagram from far away: one filled block for each body and straight lines, in few and large drawing calls.

Rectangles and lines lie as doubles in arrays that Qt reads in place (``QRectF`` and ``QLineF`` are four doubles), one
array for each colour and each tile of the scene, so that a narrow strip looks at few of them.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor
from operator import add
from typing import Final, cast

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from shiboken6 import Shiboken

from workbench.canvas.index import Rect
from workbench.canvas.scene import Scene
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.render.shapes_bars import bar_half
from workbench.render.theme import Theme, mix

TILE: Final = 8_192.0
FARTHEST: Final = 0.08
"""Zoom below which a bar is narrower than a pixel: bars are left out, lines lose their knees."""
_FINE_LINES: Final = 3_000
_FAR_STRENGTH: Final = 0.4
"""Share of the lines' colour from far away, where thousands of them would drown the bodies."""
_Key = tuple[int, int, str, bool]
"""Tile, name of the colour, and whether it is dimmed."""
_Shape = tuple[float, float, float, float]
_Entry = tuple[str, str, _Shape, float, float]
"""Owner, name of the colour, the four doubles, and the middle."""
_LINE: Final = "line"
_CHORD: Final = "chord"
_IMPACT: Final = "impact:"
"""Before the name of an impact dimension whose colour is meant."""
_LINES: Final = (_LINE, _CHORD)


class Batch:
    """Quadruples of doubles with their owners; removing one moves the last into its place."""

    __slots__ = ("bottom", "data", "left", "lines", "owners", "right", "slots", "top")

    def __init__(self, *, lines: bool) -> None:
        """Start empty.

        Args:
            lines: the quadruples are two points each; else a corner, width and height.
        """
        self.lines = lines
        self.data = array("d")
        self.owners: list[str] = []
        self.slots: dict[str, list[int]] | None = None
        """Where each owner's quadruples are; known once somebody has asked."""
        self.left = self.top = float("inf")
        self.right = self.bottom = float("-inf")

    def extend(self, owners: Sequence[str], values: Iterable[float]) -> None:
        """Add quadruples, one for each owner named."""
        first = len(self.owners)
        self.owners += owners
        added = array("d", values)
        self.data += added
        xs, ys, ends_x, ends_y = added[0::4], added[1::4], added[2::4], added[3::4]
        if not self.lines:
            ends_x, ends_y = array("d", map(add, xs, ends_x)), array("d", map(add, ys, ends_y))
        self.left, self.right = min(self.left, *xs, *ends_x), max(self.right, *xs, *ends_x)
        self.top, self.bottom = min(self.top, *ys, *ends_y), max(self.bottom, *ys, *ends_y)
        if self.slots is not None:
            for slot, owner in enumerate(owners, first):
                self.slots.setdefault(owner, []).append(slot)

    def discard(self, owner: str) -> None:
        """Take everything of an owner out."""
        if self.slots is None:
            self.slots = {}
            for slot, known in enumerate(self.owners):
                self.slots.setdefault(known, []).append(slot)
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
        self._clear: Collection[str] | None = None
        self._tints: Mapping[str, Sequence[str]] = {}
        self._batches: dict[_Key, Batch] = {}
        self._homes: dict[str, tuple[Batch, ...]] = {}
        self._scene = Scene()
        self._near = False

    def rebuild(
        self, scene: Scene, clear: Collection[str] | None = None, tints: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Take in a whole scene, as it is seen from farthest away.

        Args:
            scene: what there is.
            clear: ids at full strength, everything else is dimmed; None: nothing is.
            tints: impact dimensions that bodies are coloured by, by id; None: by kind.
        """
        self._clear, self._tints = clear, tints or {}
        self._batches.clear()
        self._homes.clear()
        self._scene = scene
        self._near = False
        self._take(_chords(scene.picture.links.values()))
        self._take(_bodies(scene.picture.nodes.values(), self._tints))

    def come_near(self) -> None:
        """Take in what is seen from less far away too."""
        if not self._near:
            self._near = True
            self._take(_segments(self._scene.picture.links.values()))
            self._take(_bars(self._scene.picture.bars.values()))

    def refresh(self, id: str) -> None:
        """Follow the change of one thing."""
        for batch in self._homes.pop(id, ()):
            batch.discard(id)
        link, node, bar = self._scene.link(id), self._scene.node(id), self._scene.bar(id)
        if link is not None:
            self._take(_chords((link,)))
            if self._near:
                self._take(_segments((link,)))
        elif node is not None:
            self._take(_bodies((node,), self._tints))
        elif bar is not None and self._near:
            self._take(_bars((bar,)))

    def relight(self, clear: Collection[str] | None, changed: Iterable[str]) -> None:
        """Other things are at full strength now; only those that change are looked at again."""
        self._clear = clear
        for id in changed:
            self.refresh(id)

    def _take(self, found: Iterable[_Entry]) -> None:
        clear = self._clear
        gathered: defaultdict[_Key, tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
        for owner, name, shape, x, y in found:
            dimmed = clear is not None and owner not in clear
            owners, values = gathered[floor(x / TILE), floor(y / TILE), name, dimmed]
            owners.append(owner)
            values += shape
        homes = self._homes
        for key, (owners, values) in gathered.items():
            batch = self._batches.get(key)
            if batch is None:
                batch = self._batches[key] = Batch(lines=key[2] in _LINES)
            batch.extend(owners, values)
            alone = (batch,)
            for owner in owners:
                known = homes.get(owner)
                if known is None:
                    homes[owner] = alone
                elif batch not in known:
                    homes[owner] = (*known, batch)

    def paint(self, painter: QPainter, area: Rect, theme: Theme, zoom: float) -> None:
        """Draw what lies in a scene rectangle; the painter maps scene units to view pixels at ``zoom``."""
        far = zoom < FARTHEST
        if not far:
            self.come_near()
        line = _CHORD if far else _LINE
        fine = len(self._scene.picture.links) <= _FINE_LINES  # of the whole scene: a strip must look like the rest
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=fine)
        found = sorted(self._within(area), key=_dimmed_first)
        for name, dimmed, batch in found:
            if name != line:
                continue
            canvas = theme.dimmed().canvas if dimmed else theme.canvas
            edge = mix(canvas.edge, theme.surface.canvas, _FAR_STRENGTH) if far else canvas.edge
            pen = QPen(QColor(edge), 1.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            first = cast("QLineF", Shiboken.wrapInstance(batch.data.buffer_info()[0], QLineF))
            painter.drawLines(first, len(batch.owners))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for name, dimmed, batch in found:
            if name in _LINES or (far and name.endswith("_control")):
                continue
            painter.setBrush(QColor(block_colour(theme.dimmed() if dimmed else theme, name)))
            body = cast("QRectF", Shiboken.wrapInstance(batch.data.buffer_info()[0], QRectF))
            painter.drawRects(body, len(batch.owners))

    def _within(self, area: Rect) -> Iterator[tuple[str, bool, Batch]]:
        for (_, _, name, dimmed), batch in self._batches.items():
            if batch.owners and batch.touches(area):
                yield name, dimmed, batch


def _dimmed_first(found: tuple[str, bool, Batch]) -> bool:
    return not found[1]


def _chords(links: Iterable[LinkPicture]) -> Iterator[_Entry]:
    for link in links:
        (ax, ay), (bx, by) = link.path[0], link.path[-1]
        yield link.id, _CHORD, (ax, ay, bx, by), (ax + bx) / 2, (ay + by) / 2


def _segments(links: Iterable[LinkPicture]) -> Iterator[_Entry]:
    for link in links:
        for (ax, ay), (bx, by) in pairwise(link.path):
            yield link.id, _LINE, (ax, ay, bx, by), (ax + bx) / 2, (ay + by) / 2


def _bodies(nodes: Iterable[NodePicture], tints: Mapping[str, Sequence[str]]) -> Iterator[_Entry]:
    """One block a body, or side by side one for each impact dimension it is coloured by."""
    for node in nodes:
        box = node.box
        x, y, w, h = box.x, box.y, box.w, box.h
        names = tints.get(node.id) if tints else None
        if names:
            part = w / len(names)
            for at, name in enumerate(names):
                yield node.id, _IMPACT + name, (x - w / 2 + at * part, y - h / 2, part, h), x, y
        else:
            yield node.id, node.kind, (x - w / 2, y - h / 2, w, h), x, y


def _bars(bars: Iterable[BarPicture]) -> Iterator[_Entry]:
    for bar in bars:
        half_w, half_h = bar_half(bar)
        x, y = bar.x, bar.y
        yield bar.id, f"{bar.role}_control", (x - half_w, y - half_h, 2 * half_w, 2 * half_h), x, y


def block_colour(theme: Theme, kind: str) -> str:
    """The strong colour of a kind, which tells it apart without its silhouette."""
    if kind.startswith(_IMPACT):
        from workbench.render.dimension_tags import DIMENSION_COLOUR  # noqa: PLC0415 - only under a lens

        return mix(DIMENSION_COLOUR[kind.removeprefix(_IMPACT)], theme.surface.canvas, theme.strength)
    if kind == "hazard":
        return theme.kind.hazard.stripe_light
    colours = theme.kind[kind]
    return colours.fill if kind.endswith("_control") else colours.border

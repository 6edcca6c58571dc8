"""Paints one picture of two versions: what is gone is faded, and whatever differs carries its frame and sign."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from typing_extensions import override

from workbench.analysis.changes_drawn import MARKS, Mark
from workbench.canvas.camera import Camera
from workbench.canvas.index import Rect, SpatialIndex
from workbench.canvas.painting import Artist, thickened
from workbench.canvas.scene import Scene
from workbench.layout.geometry import Box
from workbench.render.change_layer import FADED, bar_marks, link_marks, node_marks
from workbench.render.ops import Ops
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.render.shapes import Level
from workbench.render.theme import Theme

ROUND: Final = 24.0
"""How far frame and sign reach beyond what they stand on, scene units."""
_LINES: Final[dict[Mark, Qt.PenStyle]] = {
    "added": Qt.PenStyle.SolidLine,
    "removed": Qt.PenStyle.DashLine,
    "changed": Qt.PenStyle.SolidLine,
    "moved": Qt.PenStyle.DotLine,
}
_FAR_FRAME: Final = 5.0
_FAR_PIXELS: Final = 2.0
"""From afar: how far a frame stands off its body (scene units), and how wide it is."""


class ChangeArtist(Artist):
    """An artist whose scene may carry marks.

    Attributes:
        marks: how things differ, by the id they are drawn under.
        was: where bodies stood before, by id.
        around: what each mark covers.
    """

    def __init__(self, scene: Scene, theme: Theme) -> None:
        """Start without marks."""
        super().__init__(scene, theme)
        self.marks: Mapping[str, Mark] = {}
        self._given: Mapping[str, Mark] = {}
        self.was: Mapping[str, Box] = {}
        self.around = SpatialIndex()
        self._made: dict[str, Compiled] = {}
        self._frames: dict[str, QRectF] = {}

    def mark(self, marks: Mapping[str, Mark], was: Mapping[str, Box]) -> None:
        """Carry other marks, on the scene to be shown next."""
        self.marks, self.was = marks, was

    def remark(self, marks: Mapping[str, Mark]) -> None:
        """Carry other marks on the scene shown."""
        changed = [id for id in {*marks, *self.marks} if marks.get(id) != self.marks.get(id)]
        if any("removed" in (marks.get(id), self.marks.get(id)) for id in changed):
            self.blocks_ready = False
        self.forget(changed)
        self._take(marks)

    @override
    def forget(self, ids: Iterable[str]) -> None:
        chosen = list(ids)
        super().forget(chosen)
        for id in chosen:
            self._made.pop(id, None)
            self._frames.pop(id, None)

    @override
    def restart(self, scene: Scene, theme: Theme) -> None:
        another = scene is not self.scene
        super().restart(scene, theme)
        if another or self._given is not self.marks:  # other colours alone move no mark
            self._frames.clear()
            self._take(self.marks)

    def _take(self, marks: Mapping[str, Mark]) -> None:
        self.marks = self._given = {id: mark for id, mark in marks.items() if id in self.scene.index}
        self.around = SpatialIndex()
        self.around.fill({id: self._covered(id) for id in self.marks}, {})

    @override
    def _drop_kept(self) -> None:
        super()._drop_kept()
        self._made.clear()

    @override
    def _theme_of(self, id: str) -> Theme:
        return self.theme.blended(FADED) if self.marks.get(id) == "removed" else self.theme

    def _covered(self, id: str) -> Rect:
        rect = self.scene.index.rect(id)
        assert rect is not None
        left, top, right, bottom = rect
        was = self._was(id)
        if was is not None:
            left, top = min(left, was.left), min(top, was.top)
            right, bottom = max(right, was.right), max(bottom, was.bottom)
        return left - ROUND, top - ROUND, right + ROUND, bottom + ROUND

    def _was(self, id: str) -> Box | None:
        return self.was.get(id) if self.marks.get(id) == "moved" else None

    @override
    def ready_blocks(self) -> None:
        if self.blocks_ready:
            return
        gone = {id for id, mark in self.marks.items() if mark == "removed"}
        self.clear = frozenset(id for id, _ in self.scene.index.items()) - gone if gone else None
        super().ready_blocks()

    # painting

    @override
    def _paint_detail(self, painter: QPainter, area: Rect, detail: Level) -> None:
        super()._paint_detail(painter, area, detail)
        links, bodies = self._touched(area)
        for id in (*links, *bodies):
            paint(painter, self._compiled(id))

    @override
    def _paint_blocks(self, painter: QPainter, area: Rect, camera: Camera) -> None:
        super()._paint_blocks(painter, area, camera)
        links, bodies = self._touched(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for mark in MARKS[::-1]:
            moved = mark == "moved"  # means little: faint here too
            theme = self.theme.blended(FADED) if moved else self.theme
            pen = QPen(QColor(theme.diff[mark].mark), (1.0 if moved else _FAR_PIXELS) * self.hair, _LINES[mark])
            pen.setCosmetic(True)
            painter.setPen(pen)
            for id in links:
                if self.marks[id] == mark:
                    path = self.scene.picture.links[id].path
                    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in path]))
            frames = [self._frame(id) for id in bodies if self.marks[id] == mark]
            if frames:
                painter.drawRects(frames)

    def _frame(self, id: str) -> QRectF:
        found = self._frames.get(id)
        if found is None:
            box = self.scene.box(id)
            assert box is not None
            far = _FAR_FRAME
            found = QRectF(box.left - far, box.top - far, box.w + 2 * far, box.h + 2 * far)
            self._frames[id] = found
        return found

    def _touched(self, area: Rect) -> tuple[list[str], list[str]]:
        """What carries a mark in some area: lines, and bodies and controls, in one order every time."""
        found = sorted(self.around.touching(area))
        links = self.scene.picture.links
        return [id for id in found if id in links], [id for id in found if id not in links]

    def _compiled(self, id: str) -> Compiled:
        found = self._made.get(id)
        if found is None:
            found = self._made[id] = thickened(compile_ops(self._ops(id)), self.hair)
        return found

    def _ops(self, id: str) -> Ops:
        picture, mark = self.scene.picture, self.marks[id]
        if id in picture.links:
            return link_marks(picture.links[id], mark, self.theme)
        if id in picture.bars:
            return bar_marks(picture.bars[id], mark, self.theme)
        return node_marks(picture.nodes[id], mark, self.theme, self._was(id))

    def marked(self, ids: Iterable[str]) -> Rect | None:
        """The rectangle around some things with their marks; None where none is drawn."""
        rects = [rect for id in ids if (rect := self.around.rect(id) or self.scene.index.rect(id)) is not None]
        if not rects:
            return None
        lefts, tops, rights, bottoms = zip(*rects, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

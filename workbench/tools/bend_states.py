"""Bending a line by hand: dragging its bends, adding and removing them."""

from typing import ClassVar

from workbench.layout import bends
from workbench.layout.align import GRID
from workbench.layout.geometry import Box, Point
from workbench.model.elements import Link
from workbench.tools import intents
from workbench.tools.editor import Editor
from workbench.tools.events import PointerEvent
from workbench.tools.preview import Cursor, Preview
from workbench.tools.state import State

NEAR = 8.0
"""Pixels of the view within which a bend let go on its neighbour, or half of it from the straight line, is removed."""
_ASIDE = 24.0
"""How far from the line a bend made by a menu stands, so that it can be seen."""
_ALIGNED = 6.0


class MovingBend(State):
    """A bend follows the pointer; one let go on its neighbour, or where it bends nothing, is removed.

    It starts from a bend, or from the middle of a straight part, which then gets a bend. Near the height or the place
    of a neighbouring bend or end it takes that over, so that parts come out level and upright.
    """

    id = "moving_bend"
    cursor: ClassVar[Cursor] = "move"

    def on_enter(self) -> None:
        """Take hold of the bend, or make one."""
        super().on_enter()
        start = self.origin()
        assert start.hit is not None
        self._line, self._index = start.hit.id, start.hit.index
        self._before = bends.bends(self.editor.course(self._line))
        self._made = start.hit.part == "mid"
        self._points = self._before

    def touches(self) -> frozenset[str]:
        """The line, and with it both its ends."""
        record = self.editor.session.store.find(self._line, Link)
        return frozenset((self._line, record.source, record.target)) if record else frozenset((self._line,))

    def move(self, event: PointerEvent) -> None:
        """Show the line as it would run."""
        if self._points == self._before and not self.travelled(event):
            return
        at = (event.x, event.y)
        points = list(self._before)
        if self._made:
            points.insert(self._index, at)
        else:
            points[self._index] = at
        boxes = self._ends()
        if boxes is None:
            return
        ends = ((boxes[0].x, boxes[0].y), (boxes[1].x, boxes[1].y))
        inside = any(box.contains(at) for box in boxes)
        if inside or bends.spared(ends, points, self._index, near=self.editor.reach(NEAR)):
            del points[self._index]
            tip = "" if self._made else "Let go to remove this bend."
        else:
            chain = (ends[0], *points, ends[1])
            points[self._index] = self._placed(at, chain[self._index], chain[self._index + 2])
            tip = ""
        self._points = tuple(points)
        self.editor.show(Preview(bend=(self._line, self._points), tip=tip))

    def _ends(self) -> tuple[Box, Box] | None:
        """What the line joins."""
        record = self.editor.session.store.find(self._line, Link)
        source = self.editor.box(record.source) if record is not None else None
        target = self.editor.box(record.target) if record is not None else None
        return (source, target) if source is not None and target is not None else None

    def _placed(self, at: Point, before: Point, after: Point) -> Point:
        if not self.machine.snapping():
            return round(at[0], 2), round(at[1], 2)
        reach = self.editor.reach(_ALIGNED)
        return _snapped(at[0], (before[0], after[0]), reach), _snapped(at[1], (before[1], after[1]), reach)

    def release(self, event: PointerEvent) -> None:
        """Commit; a click alone takes hold of the bend for the keyboard."""
        self.move(event)
        line, points, index = self._line, self._points, self._index
        unmoved, made = points == self._before, self._made
        self.finish()
        if not unmoved:
            intents.bend(self.editor.session, line, points)
        if len(points) >= len(self._before) and not (unmoved and made):
            self.editor.hold_bend((line, index))


def _snapped(value: float, neighbours: tuple[float, float], reach: float) -> float:
    """A coordinate on that of the nearest neighbour where that is near, else on the grid."""
    nearest = min(neighbours, key=lambda other: abs(other - value))
    return round(nearest if abs(nearest - value) <= reach else round(value / GRID) * GRID, 2)


def held(editor: Editor) -> tuple[str, int] | None:
    """The bend that keys act on: of the line selected alone, and as long as it is there."""
    bend = editor.held_bend
    if bend is None or editor.session.selection != (bend[0],):
        return None
    return bend if bend[1] < len(bends.bends(editor.course(bend[0]))) else None


def add_bend(editor: Editor, line: str) -> bool:
    """A bend where a line has most room for one, a little aside so that it is seen; the keys then act on it."""
    course = editor.course(line)
    if len(course) < 2:
        return False
    before = bends.bends(course)
    middles = bends.free_middles(course, editor.standing_on(line))
    index = max(range(len(middles)), key=lambda i: middles[i][1])
    (ax, ay), (bx, by) = bends.straight_parts(course)[index]
    (x, y), _ = middles[index]
    dx, dy = (0.0, -_ASIDE) if abs(bx - ax) >= abs(by - ay) else (_ASIDE, 0.0)
    point = (round(x + dx, 2), round(y + dy, 2))
    if not intents.bend(editor.session, line, (*before[:index], point, *before[index:])):
        return False
    editor.session.select((line,))
    editor.hold_bend((line, index))
    return True


def remove_bend(editor: Editor) -> bool:
    """Take away the bend the keys act on; False where there is none."""
    bend = held(editor)
    if bend is None:
        return False
    line, index = bend
    points = bends.bends(editor.course(line))
    editor.hold_bend(None)
    return intents.bend(editor.session, line, (*points[:index], *points[index + 1 :]))


def nudge_bend(editor: Editor, dx: float, dy: float) -> bool:
    """Move the bend the keys act on; False where there is none. Nudges that follow each other are one step."""
    bend = held(editor)
    if bend is None:
        return False
    line, index = bend
    points = list(bends.bends(editor.course(line)))
    points[index] = (round(points[index][0] + dx, 2), round(points[index][1] + dy, 2))
    return intents.bend(editor.session, line, tuple(points), merge_key=f"nudge:{line}:{index}")

"""Keyboard ways over the diagram: the next thing in a direction, and room for something new there."""

from typing import Literal

from workbench.layout.align import snap_to_grid
from workbench.layout.geometry import Box, Point, default_size
from workbench.model.drawing import Diagram, Placement
from workbench.tools.editor import Editor

Direction = Literal["Left", "Right", "Up", "Down"]
STEP: dict[str, Point] = {"Left": (-1.0, 0.0), "Right": (1.0, 0.0), "Up": (0.0, -1.0), "Down": (0.0, 1.0)}

_REACH = 2_000.0
_GAP_ACROSS, _GAP_DOWN = 200.0, 56.0


def along(origin: Box, other: Box, direction: Direction) -> float | None:
    """How far ``other`` lies from ``origin`` in a direction; sideways counts double; None where it lies elsewhere."""
    ux, uy = STEP[direction]
    dx, dy = other.x - origin.x, other.y - origin.y
    ahead, aside = dx * ux + dy * uy, abs(dx * uy) + abs(dy * ux)
    if ahead <= 1.0 or aside > ahead * 2.5:
        return None
    return ahead + 2.0 * aside


def first(editor: Editor) -> str | None:
    """Where a walk begins: the centre of the diagram, else what was placed first."""
    session = editor.session
    diagram = session.store.find(session.diagram, Diagram)
    if diagram is None:
        return None
    if diagram.focus is not None and editor.box(diagram.focus) is not None:
        return diagram.focus
    placed = (placement.subject for placement in session.store.referrers(diagram.id, Placement, "diagram"))
    return next((subject for subject in placed if editor.box(subject) is not None), None)


def next_to(editor: Editor, id: str, direction: Direction) -> str | None:
    """What a step from ``id`` leads to: along the drawn lines where one leads that way, else the nearest thing."""
    origin = editor.box(id)
    if origin is None:
        return None
    return _nearest(editor, origin, editor.neighbours(id), direction) or _nearest(
        editor, origin, _around(editor, id, origin), direction
    )


def _around(editor: Editor, id: str, origin: Box) -> list[str]:
    rect = (origin.x - _REACH, origin.y - _REACH, origin.x + _REACH, origin.y + _REACH)
    return [other for other in editor.within(rect, touching=True) if other != id and editor.box(other) is not None]


def _nearest(editor: Editor, origin: Box, ids: list[str], direction: Direction) -> str | None:
    best: tuple[float, str] | None = None
    for other in ids:
        box = editor.box(other)
        length = along(origin, box, direction) if box is not None else None
        if length is not None and (best is None or length < best[0]):
            best = (length, other)
    return best[1] if best is not None else None


def room_beside(editor: Editor, origin: Box, direction: Direction, kind: str) -> Point:
    """A free place for a new element beside a box; occupied places are passed over downwards (above a box: upwards)."""
    ux, uy = STEP[direction]
    w, h, _ = default_size(kind)
    x = snap_to_grid(origin.x + ux * (origin.w / 2 + _GAP_ACROSS + w / 2))
    y = snap_to_grid(origin.y + uy * (origin.h / 2 + _GAP_DOWN + h / 2))
    for _ in range(200):
        rect = (x - w / 2 - 8, y - h / 2 - 8, x + w / 2 + 8, y + h / 2 + 8)
        if not any(editor.box(id) is not None for id in editor.within(rect, touching=True)):
            break
        y += snap_to_grid(h + 24) * (uy or 1.0)
    return x, y

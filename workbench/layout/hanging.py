"""The room a guard takes: its bar, its label, and the degradation factors that hang beneath it."""

from collections.abc import Sequence
from dataclasses import field

from workbench.layout.clearance import Rect, centred, moved, overlap
from workbench.layout.geometry import Point, default_size
from workbench.layout.graph import LayoutGuard, LayoutHang
from workbench.values import value_type

BAR_W, BAR_H, _ = default_size("control")
LABEL_GAP = 5.0
"""Between the end of a bar and its label."""
STEM = 48.0
"""From a bar down to a factor whose stem carries one control."""
STEM_BARE = 24.0
"""From a bar down to a factor whose stem carries no control."""
STEM_MORE = 36.0
"""What each further control adds to the stem."""
HANG_GAP = 8.0
"""Between two factors that hang from one bar."""
INNER_REACH = 90.0
"""How far anything hanging reaches from its bar towards the top event: it stays clear of the circle."""
_CONTROL_HALF = 18.0


@value_type(slots=True)
class GuardRoom:
    """Rectangles about the centre of a bar, and where its factors' centres are, measured from there."""

    rects: list[Rect]
    offsets: dict[str, Point] = field(default_factory=dict)

    @property
    def reach(self) -> tuple[float, float, float, float]:
        """How far it reaches from the bar's centre: left, up, right, down; all positive."""
        return (
            -min(r[0] for r in self.rects),
            -min(r[1] for r in self.rects),
            max(r[2] for r in self.rects),
            max(r[3] for r in self.rects),
        )


def carries_factors(guards: Sequence[LayoutGuard], hangs: dict[str, list[LayoutHang]]) -> bool:
    """Whether anything hangs from any of these guards, so that all their labels stand above."""
    return any(guard.hang_h > 0 or hangs.get(guard.id) for guard in guards)


def guard_room(
    guard: LayoutGuard,
    hangs: Sequence[LayoutHang],
    *,
    above: bool,
    inward: int = 0,
    obstacles: Sequence[Rect] = (),
) -> GuardRoom:
    """The room of a guard whose bar stands at the origin.

    Args:
        guard: The guard.
        hangs: The factors beneath it.
        above: Whether the label stands above the bar.
        inward: +1 where the top event lies to the right, -1 to the left, 0 where nothing is to be spared.
        obstacles: What stands about the bar already; factors are hung low enough to clear it.
    """
    room = GuardRoom([centred(0, 0, BAR_W, BAR_H)])
    if guard.label_w > 0 and guard.label_h > 0:
        middle = BAR_H / 2 + LABEL_GAP + guard.label_h / 2
        room.rects.append(centred(0, -middle if above else middle, guard.label_w, guard.label_h))
    if not hangs and guard.hang_h > 0:
        room.rects.append(centred(0, BAR_H / 2 + guard.hang_h / 2, default_size("degradation_factor")[0], guard.hang_h))
    top = BAR_H / 2
    for i in range(0, len(hangs), 2):
        top = _hang_row(room, hangs[i : i + 2], top, inward, obstacles) + HANG_GAP
    return room


def _hang_row(room: GuardRoom, row: Sequence[LayoutHang], top: float, inward: int, obstacles: Sequence[Rect]) -> float:
    """Hang one factor, or two beside each other, below `top`; where they end."""
    width = sum(hang.w for hang in row) + HANG_GAP * (len(row) - 1)
    left = -width / 2
    if inward and width / 2 > INNER_REACH:
        left -= inward * (width / 2 - INNER_REACH)
    most = max(hang.controls for hang in row)
    stem = STEM + STEM_MORE * (most - 1) if most else STEM_BARE
    height = max(hang.h for hang in row)
    pieces: list[Rect] = [(left, stem, left + width, stem + height)]
    if most:  # the bars across the stem and their labels to its right
        pieces.append((min(left, -_CONTROL_HALF), HANG_GAP, max(left + width, INNER_REACH), stem - HANG_GAP))
    drop = top
    clashes = True
    while clashes:
        clashes = False
        for piece in moved(pieces, 0, drop):
            for other in obstacles:
                if overlap(piece, (other[0], other[1], other[2], other[3] + HANG_GAP)):
                    drop += other[3] + HANG_GAP - piece[1]
                    clashes = True
                    break
            if clashes:
                break
    room.rects += moved(pieces, 0, drop)
    for hang in row:
        room.offsets[hang.id] = (left + hang.w / 2, drop + stem + height / 2)
        left += hang.w + HANG_GAP
    return drop + stem + height

"""Words of a large card, one below the other, none smaller than the back row can read. No Qt."""

from math import ceil
from typing import Final

from workbench.analysis.words import VERDICT_WORD
from workbench.export.extent import enlarged
from workbench.render.badges import BADGE, CHIP_HEIGHT, chip_ops, person_ops, verdict_ops
from workbench.render.ops import Ellipse, Group, Op, Ops, RoundRect, TextOp
from workbench.render.picture import Chip
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme
from workbench.values import value_type

LINES: Final = 50
"""Lines of the least text in the height of a screen: text any lower is not read from the back row."""
LINE: Final = 1.3
_UP: Final = 1.0
"""From the top of a line to its baseline, by the size of its text."""


def least_size(stage: float) -> int:
    """The least size of text on a page, or on a screen, of this height."""
    return max(1, ceil(stage / LINES))


@value_type(slots=True)
class Flow:
    """A column that is filled with lines of text from the top.

    Attributes:
        y: where the next line begins; ``bottom``: what no line may cross.
    """

    x: float
    y: float
    width: float
    bottom: float
    measure: Measure
    ops: list[Op]

    def text(
        self,
        text: str,
        size: int,
        colour: str,
        *,
        weight: int = 400,
        lines: int = 1,
        before: float = 0.0,
        struck: bool = False,
    ) -> int:
        """Write a text in at most so many lines, as far as there is room; how many it took."""
        top = self.y + before
        room = int((self.bottom - top + 0.01) / (size * LINE))
        if not text or room < 1:
            return 0
        kept = text.replace(" · ", "\u00a0· ").replace("\u202f", "\u00a0")  # no line begins with a dot or percent sign
        found = fit(kept, width=self.width, max_lines=min(lines, room), size=size, weight=weight, measure=self.measure)
        for line in found.lines:
            self.ops.append(TextOp(self.x, top + size * _UP, line, size, weight, colour, struck=struck))
            top += size * LINE
        self.y = top
        return len(found.lines)


def sign_ops(sign: str, theme: Theme, x: float, y: float, size: float) -> Ops:
    """The badge of a verdict centred on a place, ``size`` wide; a ring where there is no verdict."""
    if sign not in theme.verdict:
        return (Ellipse(x, y, size * 0.42, size * 0.42, stroke=theme.border.strong, width=size / 12),)
    return (Group(enlarged(verdict_ops(sign, theme), size / BADGE), dx=x, dy=y),)


def verdict_pill(
    sign: str, theme: Theme, measure: Measure, x: float, middle: float, size: int, *, person: bool = False
) -> tuple[Ops, float]:
    """Badge and word of a verdict on its own ground, with a person's sign where one judged; and how wide it is."""
    colours = theme.verdict.get(sign)
    word = VERDICT_WORD.get(sign, "")
    ink = colours.text if colours is not None else theme.text.secondary
    badge, pad = size * 1.1, size * 0.5
    wide = pad + badge + size * 0.45 + measure.width(word, size, 600) + pad
    side = size * 1.35 if person else 0.0
    tall = size * 1.75
    ground = colours.tint if colours is not None else theme.surface.raised
    ops: list[Op] = [RoundRect(x, middle - tall / 2, wide + side, tall, size * 0.35, ground)]
    ops += sign_ops(sign, theme, x + pad + badge / 2, middle, badge)
    ops.append(TextOp(x + pad + badge + size * 0.45, middle + size * 0.35, word, size, 600, ink))
    if person:
        drawn = enlarged(person_ops(theme, 0.0, 0.0, differs=False), size / 13.0)
        ops.append(Group(drawn, title="By hand", dx=x + wide + side / 2 - pad * 0.6, dy=middle))
    return tuple(ops), wide + side


def level_chip(
    chip: Chip, theme: Theme, measure: Measure, x: float, y: float, size: int, room: float
) -> tuple[Ops, float]:
    """A risk chip by its upper left corner, its text of a size; and how wide it is."""
    k = size / theme.type.chip
    drawn, wide = chip_ops(chip, theme, measure, 0.0, 0.0, width=room / k)
    return (Group(enlarged(drawn, k), dx=x, dy=y),), wide * k


def chip_height(size: int, theme: Theme) -> float:
    """How high ``level_chip`` is."""
    return CHIP_HEIGHT * size / theme.type.chip

"""Signs that stand on elements: verdict and finding badges, risk chips, the pill of a shared control."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from workbench.render.characters import clean
from workbench.render.icons import commands, icon_ops
from workbench.render.ops import Ellipse, Lines, Op, Ops, PathOp, Polygon, RoundRect, TextOp
from workbench.render.picture import Badge, Chip
from workbench.render.text import Measure, elide
from workbench.render.theme import Theme, mix

BADGE: Final = 16.0
CHIP_HEIGHT: Final = 16.0
PILL_HEIGHT: Final = 15.0
_STEPS_WIDTH: Final = 14.0
_CHIP_PAD: Final = 5.0
_STEP_GAP: Final = 4.0
_INHERITED: Final = (3.0, 2.0)
"""Dashes around a rating that comes from the consequences."""


def badge_ops(badge: Badge, theme: Theme, x: float = 0.0, y: float = 0.0, *, person_right: bool = False) -> Ops:
    """The verdict badge of an element, centred on a place, with a person beside it where a person judged."""
    ops = verdict_ops(badge.verdict, theme, x, y)
    if badge.person:
        ops += person_ops(theme, x + (17.5 if person_right else -17.5), y, differs=badge.analyst)
    return ops


@lru_cache(maxsize=512)
def verdict_ops(verdict: str, theme: Theme, x: float = 0.0, y: float = 0.0) -> Ops:
    """One verdict: silhouette and glyph carry the meaning, colour repeats it. 16 wide plus a halo of 1.5.

    Raises:
        KeyError: there is no such verdict.
    """
    colours, halo = theme.verdict[verdict], theme.surface.canvas
    if verdict == "supports":
        tick = commands("M-3.6 0.2 L-1.1 2.8 L3.7 -2.6", x, y)
        return (
            Ellipse(x, y, 9.5, 9.5, fill=halo),
            Ellipse(x, y, 8.0, 8.0, fill=colours.fill),
            PathOp(tick, stroke=colours.glyph, width=1.9),
        )
    if verdict == "refutes":
        cross = ((x - 3, y - 3, x + 3, y + 3), (x + 3, y - 3, x - 3, y + 3))
        return (
            RoundRect(x - 9, y - 9, 18, 18, 4, fill=halo),
            RoundRect(x - 7.5, y - 7.5, 15, 15, 2.5, fill=colours.fill),
            Lines(cross, colours.glyph, width=1.9, round_caps=True),
        )
    if verdict == "inconclusive":
        hook = commands("M-2.1 -1.9 C-2.1 -4.9 2.3 -4.8 2.2 -2 C2.1 -0.4 0 -0.3 0 1.4", x, y)
        return (
            _diamond(x, y, 11.0, halo),
            _diamond(x, y, 9.3, colours.fill),
            PathOp(hook, stroke=colours.glyph, width=1.7),
            Ellipse(x, y + 4, 1.1, 1.1, fill=colours.glyph),
        )
    hands = commands("M0 -3.4 L0 0 L2.6 1.6", x, y)
    return (
        Ellipse(x, y, 9.5, 9.5, fill=halo),
        Ellipse(x, y, 7.2, 7.2, stroke=colours.fill, width=1.6, dash=(2.6, 2.0)),
        PathOp(hands, stroke=colours.fill, width=1.7),
    )


def _diamond(x: float, y: float, half: float, fill: str) -> Polygon:
    return Polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), fill=fill)


@lru_cache(maxsize=64)
def person_ops(theme: Theme, x: float, y: float, *, differs: bool) -> Ops:
    """The sign of a person's verdict, centred on a place: on a dark disc where it is another than the computed one."""
    if differs:
        return (
            Ellipse(x, y, 9.5, 9.5, fill=theme.surface.canvas),
            Ellipse(x, y, 8.0, 8.0, fill=theme.text.primary),
            *icon_ops("person", x - 5, y - 5.3, theme.surface.canvas, 10.0, 1.6),
        )
    return (
        Ellipse(x, y, 8.5, 8.5, fill=theme.surface.canvas),
        *icon_ops("person", x - 6, y - 6.5, theme.text.primary, 12.0, 1.4),
    )


@lru_cache(maxsize=64)
def finding_ops(severity: str, theme: Theme, x: float = 0.0, y: float = 0.0, *, count: int = 1) -> Ops:
    """Findings of the linter (``error``, ``warning`` or ``note``), centred on a place; they stand at the top left.

    The silhouette carries the severity of the worst. Of several findings the number stands in it, 9+ from ten upwards.

    Raises:
        KeyError: there is no such severity.
    """
    colours, halo = theme.finding["info" if severity == "note" else severity], theme.surface.canvas
    outline: tuple[Op, ...]
    low = 4.2
    if severity == "warning":
        outline = (
            Polygon(((x, y - 12), (x + 12.6, y + 9), (x - 12.6, y + 9)), fill=halo),
            Polygon(((x, y - 9), (x + 9.4, y + 7), (x - 9.4, y + 7)), fill=colours.fill, stroke=colours.border),
        )
        low = 5.0
    elif severity == "error":
        outline = (
            Polygon(_octagon(x, y, 9.8), fill=halo),
            Polygon(_octagon(x, y, 8.0), fill=colours.fill, stroke=colours.border),
        )
    else:
        outline = (
            Ellipse(x, y, 9.5, 9.5, fill=halo),
            Ellipse(x, y, 7.5, 7.5, fill=colours.fill, stroke=colours.border),
        )
    if count > 1:
        text, size = (str(count), 12) if count < 10 else ("9+", 10)
    else:
        text, size = ("i" if severity == "note" else "!"), 12 if severity == "warning" else 13
    return (*outline, TextOp(x, y + low, text, size, 600, colours.glyph, "middle"))


@lru_cache(maxsize=64)
def review_ops(theme: Theme, *, count: int, overdue: bool) -> Ops:
    """Open actions and comments, local to the centre: a speech bubble with their number, 9+ from ten upwards.

    Where an action is overdue an exclamation mark stands before the number, and the colour is that of an error.
    """
    colours, accent = theme.finding["error"], theme.accent
    fill, ink = (colours.fill, colours.glyph) if overdue else (accent.base, accent.on)
    if not overdue and theme.strength < 1.0:  # an accent is no colour of the canvas, so a dimmed theme has it as it is
        fill, ink = (mix(colour, theme.surface.canvas, theme.strength) for colour in (fill, ink))
    text = ("!" if overdue else "") + (str(count) if count < 10 else "9+")
    half = 9.0 if len(text) < 3 else 11.0
    tail = ((-half + 2.5, 5.0), (-half + 8.0, 5.0), (-half + 2.5, 10.0))
    return (
        RoundRect(-half - 1.5, -8.5, 2 * half + 3, 16, 5, fill=theme.surface.canvas),
        Polygon(((-half + 1.0, 5.0), (-half + 10.0, 5.0), (-half + 1.0, 12.5)), fill=theme.surface.canvas),
        RoundRect(-half, -7.0, 2 * half, 13, 3.5, fill=fill),
        Polygon(tail, fill=fill),
        TextOp(0.0, 3.5, text, 11, 600, ink, "middle"),
    )


def _octagon(x: float, y: float, half: float) -> tuple[tuple[float, float], ...]:
    cut = half * 0.42
    corners = ((-half, -cut), (-cut, -half), (cut, -half), (half, -cut), (half, cut), (cut, half))
    return tuple((x + dx, y + dy) for dx, dy in (*corners, (-cut, half), (-half, cut)))


def chip_width(chip: Chip, measure: Measure, size: int = 12) -> float:
    """How wide a chip is when nothing of its text is cut."""
    return _CHIP_PAD + _STEPS_WIDTH + _STEP_GAP + measure.width(clean(chip.text), size, 600) + 6.0


def chip_ops(
    chip: Chip, theme: Theme, measure: Measure, x: float, y: float, *, width: float | None = None
) -> tuple[Ops, float]:
    """A risk chip by its upper left corner, and its width: four steps filled to the level, code, word.

    A rating that comes from the consequences is hollow, with a dashed border.

    Args:
        width: the most it may take; its text is cut to fit.
    """
    size = theme.type.chip
    text, wide = clean(chip.text), chip_width(chip, measure, size)
    if width is not None and wide > width:
        room = max(0.0, width - (wide - measure.width(clean(chip.text), size, 600)))
        text, wide = elide(chip.text, width=room, size=size, weight=600, measure=measure), width
    colours = theme.level(chip.steps, chip.colour)
    box = RoundRect(x + 0.5, y + 0.5, wide - 1, CHIP_HEIGHT - 1, 3, colours.fill, colours.border)
    ink = colours.text
    if chip.inherited:
        ink = theme.text.primary
        box = replace(box, fill=theme.surface.canvas, stroke=theme.border.strong, dash=_INHERITED)
    ops: list[Op] = [box]
    for step in range(4):
        tall = 3 + 1.9 * step
        left, top = x + 6 + step * 3.5, y + CHIP_HEIGHT - 3.8 - tall
        if step < chip.steps:
            ops.append(RoundRect(left, top, 2.3, tall, fill=ink))
        else:
            ops.append(RoundRect(left + 0.25, top + 0.25, 1.8, tall - 0.5, stroke=ink, width=0.5))
    baseline = y + CHIP_HEIGHT / 2 + size * 0.335
    ops.append(TextOp(x + _CHIP_PAD + _STEPS_WIDTH + _STEP_GAP, baseline, text, size, 600, ink))
    return tuple(ops), wide


def pill_ops(count: int, colour: str, theme: Theme, measure: Measure, right: float, middle: float) -> Ops:
    """The pill of a control on several lines: two bars and how many lines, ending at ``right``."""
    text = str(count) if count < 1000 else "999+"
    size = theme.type.aside
    tall = PILL_HEIGHT + size - 12
    wide = 20.0 + measure.width(text, size, 600)
    left, top = right - wide, middle - tall / 2
    return (
        RoundRect(left, top, wide, tall, tall / 2, theme.surface.raised, colour),
        RoundRect(left + 5.5, middle - 4.0, 2.4, 8, fill=colour),
        RoundRect(left + 9.5, middle - 4.0, 2.4, 8, fill=colour),
        TextOp(left + 14.0, middle + 4.1 + (size - 12) * 0.34, text, size, 600, theme.text.primary),
    )

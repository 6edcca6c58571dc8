"""The signs of the states an entry of the operational design domain can be in: shape first, then colour. No Qt."""

from functools import lru_cache
from typing import Final

from workbench.analysis.odd_coverage import State
from workbench.render.icons import commands
from workbench.render.ops import Ellipse, Lines, Ops, PathOp, Polygon, RoundRect, TextOp
from workbench.render.theme import Theme

SIGN: Final = 16.0


@lru_cache(maxsize=64)
def sign_ops(state: State, theme: Theme, x: float = 8.0, y: float = 8.0) -> Ops:
    """The sign of a state, 16 wide, centred on a place.

    A striped box for a hazard, a ring with a tick, a ring with a dash, a dashed ring with a question mark.
    """
    ink = state_ink(state, theme)
    if state == "hazard_found":
        kind = theme.kind.hazard
        left, top = x - 6.5, y - 6.5
        stripes = tuple(
            Polygon(
                ((left + at, top), (left + at + 2.4, top), (left + at + 0.9, top + 4.5), (left + at - 1.5, top + 4.5)),
                fill=kind.stripe_dark,
            )
            for at in (2.0, 6.4, 10.6)
        )
        return (
            RoundRect(left, top, 13.0, 13.0, 1.0, kind.fill),
            RoundRect(left, top, 13.0, 4.5, 0.0, kind.stripe_light),
            *stripes,
            RoundRect(left, top, 13.0, 13.0, 1.0, None, kind.border, 1.2),
        )
    if state == "judged_none":
        tick = commands("M-3.2 0.2 L-0.9 2.5 L3.2 -2.4", x, y)
        return (Ellipse(x, y, 6.5, 6.5, stroke=ink, width=1.3), PathOp(tick, stroke=ink, width=1.6))
    if state == "not_applicable":
        return (
            Ellipse(x, y, 6.5, 6.5, stroke=ink, width=1.3),
            Lines(((x - 3.0, y, x + 3.0, y),), ink, 1.6, round_caps=True),
        )
    return (
        Ellipse(x, y, 6.5, 6.5, stroke=ink, width=1.3, dash=(2.4, 1.9)),
        TextOp(x, y + 4.0, "?", 11, 600, ink, "middle"),
    )


def state_ink(state: State, theme: Theme) -> str:
    """The colour of a state's word and sign."""
    if state == "judged_none":
        return theme.verdict["supports"].text
    if state == "not_considered":
        return theme.verdict["inconclusive"].text
    return theme.text.secondary if state == "not_applicable" else theme.text.primary

"""Small glyphs of elements, as ops: drawn on a 14 × 14 grid with rounded strokes."""

from functools import lru_cache
from typing import Final

from workbench.render.ops import Ellipse, Op, Ops, PathOp

GRID: Final = 14.0
STROKE: Final = 1.4

_STROKED: Final[dict[str, str]] = {
    "hazard": "M7 1.6 L13 12.4 L1 12.4 Z M7 5.4 L7 8.6 M7 10.4 L7 10.6",
    "cause": "M8.4 1 L2.8 8 L6.6 8 L5.6 13 L11.2 6 L7.4 6 Z",
    "consequence": (
        "M7 0.8 L8.5 4.6 L12.4 3.4 L10.6 7 L13.2 9.8 L9.3 9.9 L8 13.4 L6 10.3 L2 11.7 L3.7 7.9 L0.8 5.2 L4.9 4.7 Z"
    ),
    "preventive_control": "M7 1.1 L12.2 2.9 L12.2 7 C12.2 10 10 12 7 13 C4 12 1.8 10 1.8 7 L1.8 2.9 Z",
    "mitigative_control": (
        "M1 7.4 C1 4.1 3.7 1.4 7 1.4 C10.3 1.4 13 4.1 13 7.4 Z M7 7.4 L7 11.3 C7 12.1 6.3 12.8 5.5 12.8 "
        "C4.7 12.8 4 12.1 4 11.3"
    ),
    "degradation_factor": "M4 1 L10 1 L10 13 L4 13 Z M4 5.4 L6.2 7.2 L7.6 5.8 L10 8.4",
    "gate": "M2.2 12.4 L2.2 7 C2.2 3.9 4.4 1.4 7 1.4 C9.6 1.4 11.8 3.9 11.8 7 L11.8 12.4 Z",
    "note": "M2 1.2 L9 1.2 L12 4.2 L12 12.8 L2 12.8 Z M9 1.2 L9 4.2 L12 4.2 M4.4 7 L9.6 7 M4.4 9.6 L8 9.6",
    "person": "M1.8 13 C1.8 10.2 4.1 8 7 8 C9.9 8 12.2 10.2 12.2 13",
}
_FILLED: Final[dict[str, str]] = {
    "top_event": "M1.2 3 L7 7 L1.2 11 Z M12.8 3 L12.8 11 L7 7 Z",
    "degradation_control": "M1.5 5.2 L12.5 5.2 L12.5 8.8 L1.5 8.8 Z",
}
ICON_NAMES: Final = (*_STROKED, *_FILLED)


def commands(source: str, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> tuple[tuple[str | float, ...], ...]:
    """Path commands from a short text of absolute M, L, C and Z, shifted and scaled."""
    out: list[tuple[str | float, ...]] = []
    numbers: list[float] = []
    letter = ""

    def close() -> None:
        if letter:
            shifted = (n * scale + (y if i % 2 else x) for i, n in enumerate(numbers))
            out.append((letter, *(round(n, 3) for n in shifted)))

    for word in source.replace("Z", " Z ").split():
        if word[0].isalpha():
            close()
            letter, numbers = word[0], [float(word[1:])] if len(word) > 1 else []
        else:
            numbers.append(float(word))
    close()
    return tuple(out)


@lru_cache(maxsize=512)
def icon_ops(name: str, x: float, y: float, colour: str, size: float = GRID, stroke: float = STROKE) -> Ops:
    """A glyph with its upper left corner at a place.

    Raises:
        KeyError: there is no glyph of this name; see ``ICON_NAMES``.
    """
    scale = size / GRID
    if name in _FILLED:
        ops: list[Op] = [PathOp(commands(_FILLED[name], x, y, scale), fill=colour)]
        if name == "degradation_control":
            ops.append(PathOp(commands("M7 1 L7 5 M7 9 L7 13", x, y, scale), stroke=colour, width=stroke))
        return tuple(ops)
    ops = [PathOp(commands(_STROKED[name], x, y, scale), stroke=colour, width=stroke)]
    if name == "person":
        ops.insert(0, Ellipse(x + 7 * scale, y + 4 * scale, 2.6 * scale, 2.6 * scale, stroke=colour, width=stroke))
    return tuple(ops)

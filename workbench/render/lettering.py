"""Letters for afar in boxes measured for the desk: what would be cut is set smaller, down to the canvas's size."""

from collections.abc import Callable, Sequence

from workbench.render.text import FittedText, Measure, Widths, fit, plain
from workbench.values import value_type

Room = Callable[[int], tuple[float | Widths, int]]
"""The width and the most lines a text may take at a pixel size."""


@value_type(frozen=True, slots=True)
class Lettering:
    """A text as it is drawn: its lines and their pixel size."""

    fitted: FittedText
    size: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text."""
        return self.fitted.lines


def letter(text: str, room: Room, *, size: int, least: int, weight: int, measure: Measure) -> Lettering:
    """Set a text in the largest letter that shows what the canvas shows of it.

    What stands whole at ``least`` stands whole, and no word is broken that stands unbroken there.

    Args:
        text: what the user typed.
        room: what there is of it at a size.
        size: the pixel size of the theme; ``least``: that of the canvas, where the box was measured.
        weight: 400 or 600.
    """
    if size > least:
        width, lines = room(least)
        usual = fit(text, width=width, max_lines=lines, size=least, weight=weight, measure=measure)
        if usual.elided:
            return Lettering(usual, least)
        broken = _broken(text, width, len(usual.lines), least, weight, measure)
        for larger in range(size, least, -1):
            width, lines = room(larger)
            fitted = fit(text, width=width, max_lines=lines, size=larger, weight=weight, measure=measure)
            if not fitted.elided and _broken(text, width, len(fitted.lines), larger, weight, measure) <= broken:
                return Lettering(fitted, larger)
        return Lettering(usual, least)
    width, lines = room(size)
    return Lettering(fit(text, width=width, max_lines=lines, size=size, weight=weight, measure=measure), size)


def _broken(text: str, width: float | Widths, lines: int, size: int, weight: int, measure: Measure) -> int:
    """How many words are wider than the widest line."""
    room = max(_rooms(width, lines))
    return sum(measure.width(word, size, weight) > room for word in plain(text).split())


def _rooms(width: float | Widths, lines: int) -> Sequence[float]:
    return width(max(1, lines)) if callable(width) else (width,)

"""Fits a title into a box: balanced lines, an ellipsis where it does not fit, bounded work whatever is typed."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import inf
from typing import Final, Protocol

from workbench.render.characters import clean, clusters, is_wide, may_break_between
from workbench.values import value_type

ELLIPSIS: Final = "…"
CONSIDERED: Final = 1_000
"""Characters of a text that are looked at; no box shows more, and a title of a million must not freeze the window."""
_BREAK_AFTER: Final = "-‐–—/_.,;:"
_NARROWEST: Final = 0.4
_ROUNDS: Final = 9
_SHARES: Final = 12
_SLACK: Final = 0.01


class Measure(Protocol):
    """Measures text in scene units with the fonts in use."""

    def width(self, text: str, size: int, weight: int) -> float:
        """Advance width of one line of text at a pixel size and weight (400 or 600)."""
        ...

    def ascent(self, size: int, weight: int) -> float:
        """From the baseline up to the top of tall letters with their accents."""
        ...

    def descent(self, size: int, weight: int) -> float:
        """From the baseline down to the foot of long letters."""
        ...


@value_type(frozen=True, slots=True)
class FittedText:
    """Lines of a text; ``elided`` where not all of it is shown."""

    lines: tuple[str, ...]
    elided: bool = False


@value_type(slots=True)
class _Piece:
    """A run of text that is not broken; ``space`` is the width of the blank before it, 0 where there is none."""

    text: str
    width: float
    space: float
    starts_paragraph: bool = False


Widths = Callable[[int], Sequence[float]]
"""Widths of the lines of a text of so many lines."""


def fit(
    text: str,
    *,
    width: float | Widths,
    max_lines: int,
    size: int,
    weight: int,
    measure: Measure,
) -> FittedText:
    """Break a text into at most ``max_lines`` lines.

    Lines are filled one after the other, then evened out: the narrowest measure that needs no further line. A word
    is broken only if it alone is too wide, then after a hyphen where it has one; Chinese, Japanese and Korean may
    break anywhere. A line break in the text is kept. Control characters are made visible. What does not fit is
    cut from the end of the last line, which then ends in an ellipsis.

    Args:
        text: what the user typed; only its first ``CONSIDERED`` characters are looked at.
        width: room for each line; or a function from the number of lines to the room of each, for a round shape.
        size: pixel size.
        weight: 400 or 600.
    """
    if max_lines <= 0:
        return FittedText((), elided=bool(text))
    shown, cut = _considered(text)
    if not shown:
        return FittedText((ELLIPSIS,), elided=True) if cut else FittedText(())
    if callable(width):
        return _fit_round(shown, width, max_lines, size, weight, measure, cut=cut)
    room = [float(width)] * max_lines
    pieces = _pieces(shown, float(width), size, weight, measure)
    filled = _fill(pieces, room, 1.0)
    if len(filled) > max_lines or cut:
        return _elided(filled, room, size, weight, measure)
    return FittedText(tuple(_join(line) for line in _balance(pieces, room, filled)))


def _fit_round(
    text: str, widths: Widths, max_lines: int, size: int, weight: int, measure: Measure, *, cut: bool
) -> FittedText:
    """The fewest lines whose own room holds them; words are broken only where no number of lines will do."""
    for whole in (True, False):
        for count in range(1, max_lines + 1) if not cut else ():
            room = widths(count)
            pieces = _pieces(text, max(room) if whole else min(room), size, weight, measure)
            filled = _fill_exactly(pieces, room)
            if filled:
                return FittedText(tuple(_join(line) for line in _balance(pieces, room, filled)))
    room = widths(max_lines)
    return _elided(_fill(_pieces(text, min(room), size, weight, measure), room, 1.0), room, size, weight, measure)


def _fill_exactly(pieces: Sequence[_Piece], room: Sequence[float]) -> list[list[_Piece]]:
    """As many lines as there is room for, no more and no fewer; empty where that cannot be."""
    for step in range(_SHARES):
        filled = _fill(pieces, room, 1.0 - step * (1.0 - _NARROWEST) / _SHARES)
        if len(filled) >= len(room):
            fits = len(filled) == len(room) and all(_width(ln) <= room[i] + _SLACK for i, ln in enumerate(filled))
            return filled if fits else []
    return []


def _elided(filled: list[list[_Piece]], room: Sequence[float], size: int, weight: int, measure: Measure) -> FittedText:
    """The first lines as they are, and as much of the rest as the last one holds."""
    last = len(room) - 1
    rest = [piece for line in filled[last:] for piece in line]
    if not rest:  # a round shape holds these lines only where there are more of them: the last one gives way
        last = len(filled) - 1
        rest = filled[last]
    text = elide(_join(rest), width=room[last], size=size, weight=weight, measure=measure, force=True)
    return FittedText((*(_join(line) for line in filled[:last]), text), elided=True)


def _width(line: Sequence[_Piece]) -> float:
    return sum(piece.width + piece.space for piece in line) - (line[0].space if line else 0.0)


def line_count(text: str, *, width: float, limit: int, size: int, weight: int, measure: Measure) -> int:
    """How many lines a text needs at a width, counted to one above ``limit`` at most; no line for no text."""
    shown, cut = _considered(text)
    if not shown:
        return limit + 1 if cut else 0
    if shown.isascii() and "\n" not in shown:
        count = _count_words(shown, width, size, weight, measure)
        if count:
            return min(limit + 1, count + cut)
    count = len(_fill(_pieces(shown, width, size, weight, measure), (width,), 1.0))
    return min(limit + 1, count + cut)


def _count_words(text: str, width: float, size: int, weight: int, measure: Measure) -> int:
    """Lines of a text of plain words; 0 where a word is too wide and must be looked at more closely."""
    space, used, lines = measure.width(" ", size, weight), 0.0, 1
    limit = width + _SLACK
    for word in text.split():
        wide = measure.width(word, size, weight)
        if wide > width:
            return 0
        after = used + space + wide if used else wide
        if after > limit:
            lines, used = lines + 1, wide
        else:
            used = after
    return lines


def wrap(text: str, *, width: float, size: int, weight: int, measure: Measure) -> list[str]:
    """All lines of a text, filled one after the other: for reading, where ``fit`` is for labels.

    Args:
        text: what the user typed; whoever calls sees to it that it has an end.
        width: room for each line.
        size: pixel size; ``weight`` 400 or 600.
    """
    shown = clean(text).strip(" \n")
    pieces = _pieces(shown, width, size, weight, measure) if shown else []
    return [_join(line) for line in _fill(pieces, (width,), 1.0)]


def elide(text: str, *, width: float, size: int, weight: int, measure: Measure, force: bool = False) -> str:
    """One line of text, cut to ``width`` with an ellipsis where it is wider, or in any case where ``force`` says so."""
    shown, cut = _considered(text.replace("\n", " "))
    if not (cut or force) and measure.width(shown, size, weight) <= width:
        return shown
    parts = clusters(shown)
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.width("".join(parts[:middle]).rstrip() + ELLIPSIS, size, weight) <= width + _SLACK:
            low = middle
        else:
            high = middle - 1
    return "".join(parts[:low]).rstrip(" ,;:-–—") + ELLIPSIS


def plain(text: str) -> str:
    """One line of text with control characters made visible and line breaks turned into blanks; not shortened."""
    return clean(text).replace("\n", " ")


def _considered(text: str) -> tuple[str, bool]:
    """What is looked at of a text, made presentable; and whether something was left out."""
    cut = len(text) > CONSIDERED
    return clean(text[:CONSIDERED] if cut else text).strip(" \n"), cut


def _pieces(text: str, room: float, size: int, weight: int, measure: Measure) -> list[_Piece]:
    """The unbroken runs of a text: words, parts of words too wide for ``room``, single wide characters."""
    space = measure.width(" ", size, weight)
    pieces: list[_Piece] = []
    for number, paragraph in enumerate(text.split("\n")):
        first = number > 0
        for word in paragraph.split(" "):
            if not word and not first:
                continue
            gap = space if pieces and not first else 0.0
            for part in _parts(word, room, size, weight, measure):
                pieces.append(_Piece(part, measure.width(part, size, weight) if part else 0.0, gap, first))
                gap, first = 0.0, False
    return pieces


def _parts(word: str, room: float, size: int, weight: int, measure: Measure) -> list[str]:
    wide = not word.isascii() and any(is_wide(c) for c in word)
    runs = _split_wide(word) if wide else [word]
    parts: list[str] = []
    for run in runs:
        if measure.width(run, size, weight) <= room or len(run) < 2:
            parts.append(run)
        else:
            for piece in _split_after_hyphens(run):
                parts += _split_anywhere(piece, room, size, weight, measure)
    return parts or [word]


def _split_wide(word: str) -> list[str]:
    """Runs of a word with Chinese, Japanese or Korean in it, between which a line may end."""
    runs: list[str] = []
    last = ""
    for cluster in clusters(word):
        if runs and not may_break_between(last, cluster):
            runs[-1] += cluster
        else:
            runs.append(cluster)
        last = cluster
    return runs


def _split_after_hyphens(word: str) -> list[str]:
    parts, begin = [], 0
    for at in range(1, len(word) - 1):
        if word[at] in _BREAK_AFTER and word[at + 1] not in _BREAK_AFTER and not unicodedata.combining(word[at + 1]):
            parts.append(word[begin : at + 1])
            begin = at + 1
    parts.append(word[begin:])
    return parts


def _split_anywhere(word: str, room: float, size: int, weight: int, measure: Measure) -> list[str]:
    if measure.width(word, size, weight) <= room:
        return [word]
    parts = clusters(word)
    ends = list(accumulate(measure.width(part, size, weight) for part in parts))
    out, begin, base = [], 0, 0.0
    for at in range(1, len(parts)):
        if ends[at] - base > room:
            out.append("".join(parts[begin:at]))
            begin, base = at, ends[at - 1]
    out.append("".join(parts[begin:]))
    return out


def _fill(pieces: Sequence[_Piece], room: Sequence[float], share: float, most: float = inf) -> list[list[_Piece]]:
    """Fill lines one after the other; those beyond ``room`` are as wide as its last. Ends when ``most`` do not do."""
    lines: list[list[_Piece]] = []
    used = limit = 0.0
    last = len(room) - 1
    for piece in pieces:
        if lines and not piece.starts_paragraph and used + piece.space + piece.width <= limit:
            used += piece.space + piece.width
            lines[-1].append(piece)
            continue
        limit = room[min(len(lines), last)] * share + _SLACK
        lines.append([piece])
        if len(lines) > most:
            break
        used = piece.width
    return lines


def _balance(pieces: Sequence[_Piece], room: Sequence[float], filled: list[list[_Piece]]) -> list[list[_Piece]]:
    """The narrowest measure, as a share of the room, that needs no more lines and lets nothing stick out."""
    if len(filled) < 2:
        return filled
    low, high, best = _NARROWEST, 1.0, filled
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        lines = _fill(pieces, room, middle, len(filled))
        if len(lines) > len(filled) or any(
            line[0].width > room[min(i, len(room) - 1)] * middle + _SLACK for i, line in enumerate(lines)
        ):
            low = middle
        else:
            high, best = middle, lines
    return best


def _join(line: Sequence[_Piece]) -> str:
    return "".join((" " + piece.text) if piece.space and i else piece.text for i, piece in enumerate(line))

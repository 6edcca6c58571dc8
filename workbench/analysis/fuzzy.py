"""How well a typed query fits a text: for the command palette and the finders. No Qt."""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def fold(text: str, *, accents: bool = False) -> str:
    """``text`` for comparison: lower case, and without accents unless they count."""
    folded = text.casefold()
    if accents or folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))


def score(query: str, text: str) -> int:
    """Fit of a folded ``query`` to a folded ``text``; 0: none.

    Whole match, then start, then start of a word, then inside, then every letter in order (fewer gaps are better).
    """
    if not query:
        return 1
    at = text.find(query)
    if at >= 0:
        if len(text) == len(query):
            return 1_000
        if at == 0:
            return 900 - min(len(text), 99)
        return (800 if not text[at - 1].isalnum() else 600) - min(at, 99)
    words = query.split()
    if len(words) > 1 and all(part in text for part in words):
        return 500 - min(len(text), 99)
    place = -1
    gaps = 0
    for letter in query:
        if letter == " ":
            continue
        following = text.find(letter, place + 1)
        if following < 0:
            return 0
        gaps += place >= 0 and following != place + 1
        place = following
    return max(1, 300 - 40 * gaps - min(len(text), 99) // 4) if gaps <= 1 + len(query) // 3 else 0


def best(query: str, candidates: Iterable[tuple[str, T]], limit: int) -> list[T]:
    """The ``limit`` candidates whose text fits best, best first; ties keep their order."""
    folded = fold(query.strip())
    found: list[tuple[int, int, T]] = []
    for index, (text, item) in enumerate(candidates):
        points = score(folded, fold(text))
        if points:
            found.append((-points, index, item))
    found.sort(key=lambda entry: entry[:2])
    return [item for _, _, item in found[:limit]]

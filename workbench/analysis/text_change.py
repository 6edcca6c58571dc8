"""Which words of a text stand in one version only."""

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MOST: Final = 1_500
"""Words on either side that are compared one by one; longer stretches differ as a whole."""

Span = tuple[int, int]


def differing(text: str, other: str) -> list[Span]:
    """Stretches (first character, one after the last) of ``text`` that ``other`` does not have in their place."""
    one, two = _TOKEN.findall(text), _TOKEN.findall(other)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    left, right = one[head:], two[head:]
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left[::-1], right[::-1], strict=False)))
    left, right = left[: len(left) - tail], right[: len(right) - tail]
    at = [sum(map(len, one[:head]))]
    for token in left:
        at.append(at[-1] + len(token))
    if not left:
        return []
    if len(left) > _MOST or len(right) > _MOST:
        return [(at[0], at[-1])]
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return _joined([(at[i1], at[i2]) for step, i1, i2, _, _ in steps if step in ("replace", "delete")], text)


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Stretches with nothing but blanks between them are one."""
    found: list[Span] = []
    for first, last in spans:
        if found and not text[found[-1][1] : first].strip():
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found

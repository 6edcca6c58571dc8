"""Codes (H-3, C-12, B-7): short names that people say aloud and type on a command line."""

import re
from collections.abc import Iterable
from typing import Final

from workbench.model.kinds import CODE_LETTER

_PATTERN: Final = re.compile(r"^([A-Za-z]+)-(\d{1,9})$")


def next_code(kind: str, existing: Iterable[str]) -> str:
    """The code for a new element of ``kind``: one above the highest number in use, never one given before."""
    letter = CODE_LETTER[kind]
    highest = 0
    for code in existing:
        found = _PATTERN.match(code)
        if found and found[1].upper() == letter:
            highest = max(highest, int(found[2]))
    return f"{letter}-{highest + 1}"


def natural_key(text: str) -> tuple[tuple[str, int], ...]:
    """Sort key of words with numbers in them that puts ``C-2 …`` before ``C-12 …``."""
    parts = re.split(r"(\d{1,18})", text.casefold())
    return tuple((words, int(number)) for words, number in zip(parts[::2], [*parts[1::2], "-1"], strict=True))


def code_key(code: str) -> tuple[str, int, str]:
    """Sort key that puts C-2 before C-12."""
    found = _PATTERN.match(code)
    return (found[1].upper(), int(found[2]), code) if found else (code.upper(), -1, code)

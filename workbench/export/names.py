"""File names from titles: safe on every system, each used once."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\Z", re.IGNORECASE)
_INVISIBLE: Final = frozenset({"Cf", "Cc", "Co", "Cs"})
_MOST_BYTES: Final = 120


def safe_name(title: str, otherwise: str = "diagram") -> str:
    """A file name without ending: no separators, no signs that a system forbids, not hidden, not too long."""
    visible = "".join(c for c in title[:1_000] if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    name = " ".join(_UNSAFE.sub("-", visible).split()).strip(" .-")
    name = name.encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(" .-")
    if _RESERVED.match(name):
        name = f"{name}-"
    return name or otherwise


def unique_names(titles: Iterable[str]) -> list[str]:
    """Safe names in the order of the titles; those that differ in case alone are told apart by a number."""
    used: set[str] = set()
    names = []
    for title in titles:
        base = name = safe_name(title)
        number = 1
        while _key(name) in used:
            number += 1
            name = f"{base} {number}"
        used.add(_key(name))
        names.append(name)
    return names


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

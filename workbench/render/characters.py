"""What single characters mean for drawing text: which are shown otherwise, which stay together, where lines end."""

import re
import unicodedata
from typing import Final

_BIDI_NAMES: Final = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff"
_REPLACEMENT: Final = "\ufffd"
_ODD: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u1680\u2000-\u200b\u200e\u200f\u2028-\u202e\u205f\u2060\u2066-\u2069"
    "\u3000\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_TURNS: Final = re.compile(f"[{''.join(_BIDI_NAMES)}]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_JOINER: Final = "\u200d"
_CLOSING: Final = frozenset("、。，．・：；？！）」』】〉》〕］｝”’％‰℃々ー…‥,.:;?!)]}%»›\u3099\u309a")
_OPENING: Final = frozenset("（「『【〈《〔［｛“‘([{«‹$￥＄")


def clean(text: str) -> str:
    """A text as it is drawn: line breaks are line feeds, tabs and odd blanks are blanks, what controls is made visible.

    Marks that turn the writing direction stand there by name, so that no title can read otherwise than it is
    stored. Other control characters, half characters and non-characters become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _ODD.sub(_shown, text.replace("\r\n", "\n"))


def visible(text: str) -> str:
    """A text as panels and messages show it: marks that turn the writing direction stand there by name.

    Blanks, lines and letters stay as they are; other control characters become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _TURNS.sub(lambda match: f"\u2039{_BIDI_NAMES[match[0]]}\u203a", _CONTROLS.sub(_REPLACEMENT, text))


def _shown(match: re.Match[str]) -> str:
    char = match[0]
    if char in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if char in _BIDI_NAMES:
        return f"\u2039{_BIDI_NAMES[char]}\u203a"
    if char in _INVISIBLE:
        return ""
    if char == "\t" or unicodedata.category(char) == "Zs":
        return "\u00a0" if char == "\u2007" else " "
    return _REPLACEMENT


def clusters(text: str) -> list[str]:
    """Characters with all that stands on them or is joined to them: marks, joined emoji, flags.

    An approximation of Unicode's extended grapheme clusters, close enough never to tear what a reader sees as one.
    """
    if text.isascii():
        return list(text)
    parts: list[str] = []
    for char in text:
        if parts and _joins(parts[-1], char):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _joins(before: str, char: str) -> bool:
    if before[-1] == _JOINER and len(before) > 1:
        return True
    point = ord(char)
    if point < 0x300:
        return False
    if char in (_JOINER, "\u200c") or 0x1F3FB <= point <= 0x1F3FF or 0xE0020 <= point <= 0xE007F:
        return True
    if 0x1F1E6 <= point <= 0x1F1FF:
        return len(before) == 1 and 0x1F1E6 <= ord(before) <= 0x1F1FF
    if 0x1160 <= point <= 0x11FF:
        return 0x1100 <= ord(before[-1]) <= 0x11FF
    return unicodedata.category(char) in ("Mn", "Me", "Mc")


def is_wide(char: str) -> bool:
    """Whether a character is written without blanks between words (Chinese, Japanese, Korean and the like)."""
    return ord(char) >= 0x2E80 and unicodedata.east_asian_width(char) in ("W", "F")


def may_break_between(left: str, right: str) -> bool:
    """Whether a line may end between two clusters of one word of which some are wide.

    No line begins with a closing sign or ends with an opening one.
    """
    if right[0] in _CLOSING or left[0] in _OPENING:
        return False
    return is_wide(left[0]) or is_wide(right[0])

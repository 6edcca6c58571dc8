"""What single characters mean for drawing text: which are shown otherwise, which stay together, where lines end."""

import re
import unicodedata
from functools import cache
from typing import Final

_NAMES: Final = {
    "\u00ad": "SHY",
    "\u034f": "CGJ",
    "\u061c": "ALM",
    "\u180e": "MVS",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u3164": "HF",
    "\ufeff": "BOM",
}
"""Names of marks that are invisible, or turn the writing direction; others are called by their number."""
_REPLACEMENT: Final = "\ufffd"
_JOINING: Final = (
    "\u0600-\u109f\u1200-\u1aff\u2190-\u2bff\ua800-\uabff\ufb50-\ufdff\ufe0f\ufe70-\ufefe\U00010000-\U000dffff"
)
"""Scripts and pictures whose signs are joined, or kept apart, by the two joiners."""
_VARIED: Final = "#*0-9\u00a9\u00ae\u1000-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ufdff\U00010000-\U000dffff"
"""Signs that a selector after them may give another look."""
_MARKS: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NEAR: Final = frozenset(
    chr(code)
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""The same below U+10000, to tell at once that a text has none: a pattern of them takes long to compile."""
_FAR: Final = "\U0001bca0"
"""The first of them above."""
_ODD: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff]"
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_JOINER: Final = "\u200d"
_CLOSING: Final = frozenset("、。，．・：；？！）」』】〉》〕］｝”’％‰℃々ー…‥,.:;?!)]}%»›\u3099\u309a")
_OPENING: Final = frozenset("（「『【〈《〔［｛“‘([{«‹$￥＄")


def clean(text: str) -> str:
    """A text as it is drawn: line breaks are line feeds, tabs and odd blanks are blanks, what controls is made visible.

    Marks as for ``visible``. Other control characters, half characters and non-characters become the replacement
    character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _ODD.sub(_shown, _without_marks(text.replace("\r\n", "\n")))


def visible(text: str) -> str:
    """A text as panels and messages show it: marks that are invisible or turn the writing direction stand by name.

    No title so reads otherwise than it is stored, and no two that differ read alike. Joiners and selectors stay where a
    script or an emoji needs them. Blanks, lines and letters stay as they are; other control characters become the
    replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _without_marks(_CONTROLS.sub(_REPLACEMENT, text))


def brief(text: str, most: int = 2_000) -> str:
    """The same, of at most ``most`` characters of the text: laying out a million would freeze the window."""
    if len(text) <= most:
        return visible(text)
    return f"{visible(text[:most])}… ({len(text) - most:,} more characters)"


def single_line(text: str, most: int = 400) -> str:
    """The same on one line, as rows, tabs and menus show it."""
    return " ".join(brief(text, most).split())


def _without_marks(text: str) -> str:
    return text if _NEAR.isdisjoint(text) and max(text, default="") < _FAR else _hidden().sub(_named, text)


@cache
def _hidden() -> re.Pattern[str]:
    """The marks, and those among them that are meant; most texts have none, and compiling this takes milliseconds."""
    return re.compile(
        "(?P<meant>\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"  # a flag spelled in tags
        f"|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
        f"|(?<=[{_VARIED}])[\ufe00-\ufe0f\U000e0100-\U000e01ef])|{_MARKS}"
    )


def _named(match: re.Match[str]) -> str:
    found = match[0]
    if match["meant"] is not None:
        return found
    return f"\u2039{_NAMES.get(found) or f'U+{ord(found):04X}'}\u203a"


def _shown(match: re.Match[str]) -> str:
    char = match[0]
    if char in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
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

"""Marks that are invisible or turn the writing direction are seen; what scripts and emoji need stays as it is."""

import re
import unicodedata

import pytest

from tests.effort import within
from workbench.render import characters
from workbench.render.characters import brief, clean, single_line, visible


@pytest.mark.parametrize("show", [visible, clean])
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("safe \u202egnp.exe", "safe ‹RLO›gnp.exe"),
        ("\u2066x\u2069\u061c\u200e\u200f", "‹LRI›x‹PDI›‹ALM›‹LRM›‹RLM›"),
        ("pay\u200bload", "pay‹ZWSP›load"),
        ("Control\u00adler", "Control‹SHY›ler"),
        ("a\u2060b\ufeff", "a‹WJ›b‹BOM›"),
        ("a\u200db\u200cc", "a‹ZWJ›b‹ZWNJ›c"),
        ("x\U000e0068\U000e0069", "x‹U+E0068›‹U+E0069›"),
        ("a\ufe0f", "a‹U+FE0F›"),
        ("😀\ufe0f\ufe0e\ufe0e", "😀\ufe0f‹U+FE0E›‹U+FE0E›"),
        ("\u3164\u115f\u180e", "‹HF›‹U+115F›‹MVS›"),
        ("🏴\U000e0067\U000e0062", "🏴‹U+E0067›‹U+E0062›"),
        ("👩\u200d\u200d💻", "👩‹ZWJ›‹ZWJ›💻"),
    ],
)
def test_marks_stand_by_name(show, text, seen):
    assert show(text) == seen


@pytest.mark.parametrize("show", [visible, clean])
@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "👩\u200d💻 👨🏽\u200d⚕\ufe0f ❤\ufe0f 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "葛\U000e0100城",
        "e\u0301 数据 مراجعة",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(show, text):
    assert show(text) == text


def test_nothing_that_formats_without_being_seen_is_left():
    """Every character of Unicode's category Cf, alone between letters, but those that are signs of a script."""
    signs = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    shorthand = set(range(0x13430, 0x13440))  # hieroglyphs are joined by them
    for code in range(0x110000):
        if unicodedata.category(chr(code)) == "Cf" and code not in signs | shorthand:
            assert visible(f"a{chr(code)}b") != f"a{chr(code)}b", hex(code)


def test_a_text_is_cut_and_says_so():
    assert brief("a" * 30, 10) == f"{'a' * 10}… (20 more characters)"
    assert brief("a" * 10, 10) == "a" * 10
    assert single_line(" a\n\tb  \u202e") == "a b ‹RLO›"
    with within(10):
        brief("é\u202e" * 500_000)
        single_line("e\u0301\n" * 500_000)


def test_the_quick_look_misses_no_mark():
    mark = re.compile(characters._MARKS)
    found = {chr(code) for code in range(0x110000) if mark.match(chr(code))}
    assert {char for char in found if ord(char) < 0x10000} == characters._NEAR
    assert min(char for char in found if ord(char) >= 0x10000) == characters._FAR

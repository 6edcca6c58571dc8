"""Fitting a title: never too wide, nothing lost unless elided, even lines, bounded work."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import within
from tests.unit.render.support import FixedMeasure
from workbench.render.characters import clean, clusters
from workbench.render.shapes_boxes import chords
from workbench.render.text import ELLIPSIS, FittedText, elide, fit, line_count

MEASURE = FixedMeasure()
texts = st.text(st.sampled_from("ab -/\n\t中文。（é\u0301\u202e\x00👍🏽\u200d—W") | st.characters(), max_size=120)


def fitted(text: str, width: float = 140.0, lines: int = 3) -> FittedText:
    return fit(text, width=width, max_lines=lines, size=14, weight=400, measure=MEASURE)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(texts, st.floats(30, 300), st.integers(1, 6))
def test_lines_fit_and_say_the_whole_title_or_end_in_an_ellipsis(text: str, width: float, lines: int) -> None:
    result = fitted(text, width, lines)
    assert len(result.lines) <= lines
    for line in result.lines:
        assert MEASURE.width(line, 14, 400) <= width + 0.1 or len(clusters(line)) == 1 or line == ELLIPSIS
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line)
    if result.elided:
        assert result.lines[-1].endswith(ELLIPSIS)
    else:
        assert squeezed("".join(result.lines)) == squeezed(clean(text))


@given(texts, st.floats(30, 300), st.integers(1, 8))
def test_counting_lines_agrees_with_fitting_them(text: str, width: float, lines: int) -> None:
    counted = line_count(text, width=width, limit=lines, size=14, weight=400, measure=MEASURE)
    result = fitted(text, width, lines)
    assert counted == (lines + 1 if result.elided else len(result.lines))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Model reproduces insecure training patterns", ("Model reproduces", "insecure training", "patterns")),
        ("One line", ("One line",)),
        ("kept\nbreak", ("kept", "break")),
        ("a\tb\rc", ("a b", "c")),
        ("", ()),
        (" \n ", ()),
    ],
)
def test_known_titles(text: str, lines: tuple[str, ...]) -> None:
    assert fitted(text, 126.0).lines == lines


def test_lines_are_even() -> None:
    widths = [len(line) for line in fitted("suggested package is outdated or invented", 210).lines]
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) <= 6


def test_a_word_is_broken_at_its_hyphen_and_only_where_it_is_too_wide() -> None:
    assert fitted("Second-engineer review", 84).lines == ("Second-", "engineer", "review")
    assert fitted("Second-engineer review", 150).lines == ("Second-engineer", "review")
    assert fitted("abcdefghijklmnop", 70, 4).lines == ("abcdefghij", "klmnop")


def test_chinese_breaks_anywhere_but_not_before_closing_signs() -> None:
    result = fitted("大语言模型重现了不安全的训练模式。", 70, 6)
    assert not result.elided
    assert all(len(line) <= 5 for line in result.lines)
    assert not any(line.startswith("。") for line in result.lines)


def test_marks_that_turn_the_writing_direction_are_shown_by_name() -> None:
    assert fitted("safe\u202etxt.exe", 400).lines == ("safe‹RLO›txt.exe",)


def test_what_is_seen_as_one_is_not_torn() -> None:
    family = "👨\u200d👩\u200d👧"
    for line in fitted(family * 30, 60, 3).lines:
        rest = line.removesuffix(ELLIPSIS)
        assert squeezed(rest) == family * (len(rest) // len(family))
    assert clusters("e\u0301🇩🇪🇫🇷👍🏽") == ["e\u0301", "🇩🇪", "🇫🇷", "👍🏽"]


@pytest.mark.parametrize("part", ["x", "word ", "中", "\u0301", "\n", "\u202e", "a-"])
def test_a_title_of_a_million_characters_is_looked_at_in_part(part: str) -> None:
    with within(10):
        result = fitted(part * (1_000_000 // len(part)))
    assert len(result.lines) <= 3
    assert result.elided


def test_eliding_keeps_what_fits() -> None:
    def cut(text: str, width: float) -> str:
        return elide(text, width=width, size=14, weight=400, measure=MEASURE)

    assert cut("short", 100) == "short"
    assert cut("rather long", 49) == "rather…"
    assert cut("anything", 1) == ELLIPSIS


def test_round_shapes_keep_words_whole_where_any_number_of_lines_does() -> None:
    room = chords(62, 6, 15)
    title = "Vulnerable suggestion accepted into the code base"
    result = fit(title, width=room, max_lines=5, size=15, weight=400, measure=MEASURE)
    assert not result.elided
    assert {word for line in result.lines for word in line.split()} == set(title.split())
    for line, wide in zip(result.lines, room(len(result.lines)), strict=True):
        assert MEASURE.width(line, 15, 400) <= wide + 0.1


@given(texts)
def test_round_shapes_hold_every_title(text: str) -> None:
    room = chords(62, 0, 15)
    result = fit(text, width=room, max_lines=5, size=15, weight=400, measure=MEASURE)
    wide = room(len(result.lines)) if not result.elided else room(5)
    for line, most in zip(result.lines, wide, strict=False):
        assert MEASURE.width(line, 15, 400) <= most + 0.1 or len(clusters(line)) == 1

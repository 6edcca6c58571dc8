"""What a cell of the hazard log says is what is read from it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.files.log_text import Entry, entry_of, entry_text, guarded, plain, unguarded

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u2028\u2029\x85\x0b\x0c\r"), max_size=40)
CODE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters="[]"), max_size=12)


@given(TEXT)
def test_a_guarded_text_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(st.sampled_from("=+-@\t\r\n＝＋－＠"), TEXT, st.sampled_from(["", " ", "  ", "'", "''", "' ", "\xa0"]))
def test_no_guarded_text_begins_like_a_formula(sign, rest, before):
    shown = guarded(before + sign + rest)
    assert shown[0] == "'"


@given(st.sampled_from(["cause", "consequence", "control"]), CODE, TEXT)
def test_an_entry_comes_back(kind, code, title):
    title = plain(title)
    shown = entry_text(kind, code, title)
    assert "\n" not in shown
    assert entry_of(kind, shown) == Entry(code, title)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("C-12 Model drift", Entry("C-12", "Model drift")),
        ("C-12: Model drift", Entry("C-12", "Model drift")),
        ("C-12", Entry("C-12", "")),
        ("GPT-4 misreads the prompt", Entry("", "GPT-4 misreads the prompt")),
        ("B-52 crashes", Entry("", "B-52 crashes")),
        ("[THREAT 7] Drift", Entry("THREAT 7", "Drift")),
    ],
)
def test_codes_people_write_are_known_by_their_kind(text, entry):
    assert entry_of("cause", text) == entry

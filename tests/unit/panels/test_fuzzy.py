"""How well a query fits a text."""

from workbench.analysis.fuzzy import best, fold, score


def ranked(query: str, *texts: str) -> list[str]:
    return best(query, [(text, text) for text in texts], 10)


def test_start_beats_word_beats_inside():
    assert ranked("gate", "Aggregate", "Insert gate", "Gate review") == ["Gate review", "Insert gate", "Aggregate"]


def test_letters_in_order_are_found():
    assert ranked("exprt", "Export figure", "Open") == ["Export figure"]


def test_words_in_any_order_are_found():
    assert ranked("line control", "Insert control on line", "Align") == ["Insert control on line"]


def test_scattered_letters_are_no_match():
    assert score("zoom", fold("Size of root moments")) == 0


def test_accents_do_not_matter_unless_asked():
    assert fold("Évaluation") == "evaluation"
    assert fold("É", accents=True) == "é"


def test_an_empty_query_keeps_everything_in_order():
    assert ranked("", "b", "a") == ["b", "a"]

"""What a person types, and the value it stands for."""

import pytest

from workbench.panels.parsing import BadValueError, display, parse


@pytest.mark.parametrize(
    ("editor", "text", "value"),
    [
        ("line", " as typed ", " as typed "),
        ("tags", "a, b ,a,,", ("a", "b")),
        ("lines", "one\n\n two ", ("one", "two")),
        ("number", "1e-4", 1e-4),
        ("number", "0,25", 0.25),
        ("probability", "5 %", 0.05),
        ("whole", " 12 ", 12),
        ("number", "", None),
    ],
)
def test_reads_what_is_typed(editor, text, value):
    assert parse(editor, text) == value


@pytest.mark.parametrize(
    ("editor", "text", "says"),
    [
        ("number", "many", "Enter a number"),
        ("number", "1e999", "finite"),
        ("number", "nan", "finite"),
        ("probability", "1.5", "between 0 and 1"),
        ("whole", "1.5", "whole number"),
    ],
)
def test_says_what_to_type_instead(editor, text, says):
    with pytest.raises(BadValueError, match=says):
        parse(editor, text)


def test_a_required_number_may_not_be_empty():
    with pytest.raises(BadValueError, match="Enter a number"):
        parse("number", "  ", optional=False)


@pytest.mark.parametrize(
    ("editor", "value"), [("tags", ("a", "b")), ("lines", ("a", "b")), ("number", 1e-4), ("number", 3.0), ("whole", 7)]
)
def test_what_is_shown_reads_back(editor, value):
    assert parse(editor, display(editor, value)) == value

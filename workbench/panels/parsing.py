"""What a person types into a field, and the value it stands for. No Qt."""

from typing import Any

from workbench.panels.forms import Editor


class BadValueError(ValueError):
    """What was typed cannot be read; the message says what to type instead."""


def display(editor: Editor, value: Any) -> str:
    """The text that stands for a value."""
    if value is None:
        return ""
    if editor == "tags":
        return ", ".join(value)
    if editor == "lines":
        return "\n".join(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def parse(editor: Editor, text: str, *, optional: bool = True) -> Any:
    """The value a text stands for; an empty text is null where the field is optional.

    Raises:
        BadValueError: it stands for none.
    """
    if editor in ("line", "prose", "text"):
        return text
    if editor == "tags":
        return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if editor == "lines":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    stripped = text.strip()
    if not stripped:
        if optional:
            return None
        raise BadValueError("Enter a number.")
    return _whole(stripped) if editor == "whole" else _number(stripped, probability=editor == "probability")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadValueError("Enter a whole number.") from None


def _number(text: str, *, probability: bool) -> float:
    share = text.endswith("%")
    body = text.removesuffix("%").strip()
    if "," in body and "." not in body:
        body = body.replace(",", ".", 1)
    try:
        value = float(body)
    except ValueError:
        raise BadValueError("Enter a number, such as 0.01 or 1e-4.") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise BadValueError("Enter a finite number.")
    if share:
        value = round(value / 100, 15)
    if probability and not 0 <= value <= 1:
        raise BadValueError("A probability lies between 0 and 1; write 5 % as 0.05 or 5 %.")
    return value

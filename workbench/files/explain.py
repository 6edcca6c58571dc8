"""From a validation error to one line a person can act on: which record, which field, what was expected."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from workbench.files.careful import REPAIR, shown
from workbench.model.kinds import label

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED: Final[dict[str, str]] = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "dict_type": "must be an object {{…}}",
    "model_type": "must be an object {{…}}",
    "tuple_type": "must be a list […]",
    "list_type": "must be a list […]",
    "missing": "is missing",
    "string_too_long": "is longer than {max_length} characters",
    "string_too_short": "must not be empty",
    "literal_error": "must be one of: {expected}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be above {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be below {lt}",
    "too_long": "has more than {max_length} entries",
}


def name_record(kind: str, key: str, fields: Mapping[str, Any]) -> str:
    """A record as a message calls it: ``cause C-12``, or by its id where it has no code."""
    code = fields.get("code")
    return f"{shown(label(kind).lower())} {shown(code if isinstance(code, str) and code else key)}"


def explain(error: ValidationError, tables: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> str:
    """One line about the first thing a validator refused in the records of a file.

    Args:
        tables: the records by type and id, as read.
        name: what the message calls the file.
    """
    first = error.errors(include_url=False)[0]
    kind, key, *path = [str(part) for part in first["loc"]]
    holder = name_record(kind, key, tables[kind][key])
    more = error.error_count() - 1
    others = f" ({more} more like this)" if more else ""
    return f"{name}: {holder}: {shown('.'.join(path), 80) or 'the record'} {refusal(first)}{others}; {REPAIR}."


def refusal(first: "ErrorDetails") -> str:
    """What a validator wanted and what it was given, to stand behind the name of a field."""
    template = _WANTED.get(first["type"])
    wanted = template.format(**first.get("ctx", {})) if template else f"is not allowed ({first['msg']})"
    if first["type"] in ("missing", "string_too_long", "too_long"):
        return wanted
    return f"{wanted}, not {_given(first['input'])}"


def _given(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return f"the text {shown(value, 40)!r}"
    return shown(value, 40)

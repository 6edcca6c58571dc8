"""Reads the design tokens: one JSON file into frozen dataclasses, every missing or odd entry named."""

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from workbench.paths import resource

T = TypeVar("T")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_UPPER = re.compile(r"_([a-z])")


class TokenError(ValueError):
    """The token file lacks an entry or holds a value of the wrong kind; the program's own data is damaged."""


@cache
def raw_tokens() -> dict[str, Any]:
    """The token file as JSON data; do not change it.

    Raises:
        TokenError: the file cannot be read.
    """
    path = resource("themes", "tokens.json")
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TokenError(f"{path} cannot be read ({error}); install the program again.") from error
    if not isinstance(data, dict):
        raise TokenError(f"{path} holds no tokens; install the program again.")
    return data


def parse(cls: type[T], data: Any, where: str) -> T:
    """An instance of a dataclass from JSON data whose keys are its field names in camelCase.

    Args:
        where: place in the file, for the error message.

    Raises:
        TokenError: an entry is missing or of the wrong kind. Entries that no field asks for are left out.
    """
    if not isinstance(data, dict):
        raise TokenError(f"tokens.json: {where} is no group of entries.")
    hints = get_type_hints(cls)
    values = {}
    for item in fields(cls):  # type: ignore[arg-type]
        key = _UPPER.sub(lambda m: m[1].upper(), item.name)
        if key not in data:
            if item.name in data:
                key = item.name
            else:
                raise TokenError(f"tokens.json: {where}.{key} is missing.")
        values[item.name] = _value(hints[item.name], data[key], f"{where}.{key}")
    return cls(**values)


def _value(hint: Any, value: Any, where: str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return parse(hint, value, where)
    origin = get_origin(hint)
    if origin is dict and isinstance(value, dict):
        inner = get_args(hint)[1]
        return {key: _value(inner, item, f"{where}.{key}") for key, item in value.items()}
    if origin is tuple and isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_value(inner, item, f"{where}[{i}]") for i, item in enumerate(value))
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is str and isinstance(value, str):
        if value.startswith("#") and not _COLOUR.match(value):
            raise TokenError(f"tokens.json: {where} is no #rrggbb colour: {value}.")
        return value
    raise TokenError(f"tokens.json: {where} is of the wrong kind: {value!r}.")

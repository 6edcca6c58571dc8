"""Fractional indexes: a text key between any two keys, so that inserting never renumbers the neighbours.

The scheme is the well-known one of David Greenspan, "Implementing fractional indexing" (2020): keys are base-62 digit
strings read as fractions, and no key ends in the smallest digit.
"""

from typing import Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE: Final = {digit: value for value, digit in enumerate(_DIGITS)}


def _value(key: str, place: int, beyond: int) -> int:
    return _VALUE.get(key[place], 0) if place < len(key) else beyond


def key_between(before: str | None, after: str | None) -> str:
    """A key that sorts after ``before`` and before ``after``; null means the start or the end.

    Where the two are equal or out of order (files edited by hand), the key follows ``before``.
    """
    low = before or ""
    high = after if after is not None and after > low else None
    out: list[str] = []
    place = 0
    while True:
        a = _value(low, place, 0)
        b = _value(high, place, 62) if high is not None else 62
        if b - a > 1:
            out.append(_DIGITS[(a + b) // 2])
            return "".join(out)
        out.append(_DIGITS[a])
        if b - a == 1:
            high = None  # the prefix is now below ``after`` whatever follows
        place += 1


def keys_between(before: str | None, after: str | None, count: int) -> list[str]:
    """``count`` ascending keys between two keys."""
    keys: list[str] = []
    last = before
    for _ in range(count):
        last = key_between(last, after)
        keys.append(last)
    return keys

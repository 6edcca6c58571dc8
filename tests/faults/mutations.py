"""What somebody who means harm puts into a JSON file: values no program expects, and damage to its structure."""

import random
from collections.abc import Callable
from typing import Any

Rng = random.Random

MILLION = 1_000_000
DEEP = "\0deep\0"
"""Stands for nesting that only the text can hold; ``text_of`` writes it."""

ATTACKS: dict[str, Any] = {
    "a million letters": "x" * MILLION,
    "a million wide letters": "漢" * MILLION,
    "a million line breaks": "\n" * MILLION,
    "a long word": "W" * 1_999,
    "marks on one letter": "e" + "\u0301" * 1_500,
    "direction override": "safe \u202egnp.exe\u202c end",
    "isolates never closed": "\u2066\u2067\u2068" * 100,
    "invisible letters": "pay\u200bload\u2060\ufeff\u00ad",
    "null byte": "a\0b",
    "escape sequence": "\x1b]0;owned\x07\x1b[31m",
    "line and paragraph separators": "a\u2028b\u2029c\x85d",
    "half of a pair": "\ud800",
    "the other half": "x\udfff\ud83d",
    "not a character": "\uffff\ufffe\ufdd0",
    "html": "<img src='file:///etc/passwd'><script>alert(1)</script><b>bold</b>",
    "html with a link": "<a href='http://127.0.0.1:9/x'>here</a><table><tr><td>&lt;",
    "xml entity": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;]]>-->",
    "style": "</style></text></svg><svg onload='alert(1)'>",
    "formula": '=HYPERLINK("http://127.0.0.1:9";"x")+cmd|\' /C calc\'!A0',
    "template": "{0.__class__} %s %n ${HOME} {{7*7}} `id` $(id)",
    "path": "../../../../etc/passwd",
    "address": "file:///etc/passwd",
    "device": "/dev/stdin",
    "empty": "",
    "blanks": " \t\n\u00a0\u3000",
    "not a number": float("nan"),
    "infinite": float("inf"),
    "as large as can be": 1e308,
    "as small as can be": 5e-324,
    "minus": -1,
    "minus nothing": -0.0,
    "beyond 64 bits": 2**70,
    "thousands of digits": 10**3_999,
    "true": True,
    "null": None,
    "a list": [],
    "an object": {},
    "a list of everything": ["x", 1, None, {}, []],
    "ten thousand entries": ["x"] * 10_000,
    "an object of ten thousand": {f"k{number}": number for number in range(10_000)},
    "deep nesting": DEEP,
}
"""What to put where something else is expected, by the name of the attack."""

SMALL = tuple(name for name, value in ATTACKS.items() if len(repr(value)) < 500)


def text_of(value: Any) -> bytes:
    """A document as the text an attacker would write: any number, half characters, nesting without end."""
    import json

    text = json.dumps(value, ensure_ascii=True)
    return text.replace(json.dumps(DEEP), "[" * 50_000 + "]" * 50_000).encode("ascii")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside ``value``, outermost first; not deeper than the reader goes."""
    found: list[tuple[Any, ...]] = []
    if len(path) < 40 and isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            found.append((*path, key))
            found += places(item, (*path, key))
    return found


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path."""
    for key in path:
        value = value[key]
    return value


def mutate(value: Any, rng: Rng) -> Any:
    """``value`` with one piece of damage; changed in place where it can be."""
    paths = places(value)
    if not paths:
        return ATTACKS[rng.choice(SMALL)]
    *holder_path, key = rng.choice(paths)
    holder = at(value, tuple(holder_path))
    rng.choice(_WAYS)(value, paths, holder, key, rng)
    return value


def _attack(_: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    holder[key] = ATTACKS[rng.choice(SMALL)]


def _drop(_: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    del holder[key]


def _rename(_: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    if isinstance(holder, dict):
        holder[rng.choice(["", "id", "records", "x" * 300, str(key) + "x", "\ud800"])] = holder.pop(key)


def _copy(top: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    import copy

    holder[key] = copy.deepcopy(at(top, rng.choice(paths)))


def _nudge(_: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    item = holder[key]
    if isinstance(item, str) and item:
        place = rng.randrange(len(item))
        holder[key] = item[:place] + rng.choice('\0<>"\u202e\ud800aZ09_-') + item[place + rng.randrange(2) :]
    elif isinstance(item, bool):
        holder[key] = not item
    elif isinstance(item, int | float):
        holder[key] = rng.choice([-item, item + 1, item * 1e6, item / 7, round(item)]) if abs(item) < 1e9 else -item
    elif isinstance(item, list):
        item += item[: rng.randrange(50)]


def _wrap(_: Any, paths: list[Any], holder: Any, key: Any, rng: Rng) -> None:
    holder[key] = rng.choice([[holder[key]], {"x": holder[key]}, str(holder[key])[:500]])


_WAYS: tuple[Callable[[Any, list[Any], Any, Any, Rng], None], ...] = (_attack, _drop, _rename, _copy, _nudge, _wrap)


def mutate_bytes(data: bytes, rng: Rng) -> bytes:
    """``data`` with one piece of damage that knows nothing of its structure."""
    if not data:
        return bytes([rng.randrange(256)])
    out = bytearray(data)
    place = rng.randrange(len(out))
    way = rng.randrange(6)
    if way == 0:
        out[place] ^= 1 << rng.randrange(8)
    elif way == 1:
        out[place] = rng.randrange(256)
    elif way == 2:
        del out[place : place + rng.randint(1, 200)]
    elif way == 3:
        other = rng.randrange(len(out))
        out[place:place] = out[other : other + rng.randint(1, 200)]
    elif way == 4:
        del out[place:]
    else:
        out[place : place + rng.randint(1, 64)] = bytes(rng.randint(1, 64))
    return bytes(out)

"""The pieces of a damaged project file: values, records and what could not be read of them."""

import json
import math
import re
from typing import Any, Final

from workbench.files.careful import shown
from workbench.files.explain import name_record
from workbench.model.base import MAX_ID
from workbench.values import value_type

Tables = dict[str, dict[str, dict[str, Any]]]

MARK: Final = re.compile("[\ud800-\udfff]")
"""Stands in a text for what cannot stand there: bytes that are no UTF-8, control characters, half characters."""

BLOCK: Final = re.compile(MARK.pattern + "{8,}")
"""Damage that may have taken the end of a record with it, and the heading of a table."""

_FROM_BYTE: Final = range(0xDC80, 0xDD00)
STACK: Final = 20_000
"""About how many characters the parser reads before it gives up on what is nested too deeply."""


@value_type(frozen=True, slots=True)
class Lost:
    """A record, or one field of it, that could not be saved as it was.

    Attributes:
        kind: record type; empty where it is not known.
        id: of the record; empty where it is not known.
        called: the record in words, such as ``cause C-12``.
        field: the one field; empty where the whole record is lost.
        why: what is wrong with it, no full sentence.
    """

    kind: str
    id: str
    called: str
    field: str
    why: str

    def __str__(self) -> str:
        return shown(f"{self.called}{'.' if self.field else ''}{self.field}: {self.why}", 300)


@value_type(frozen=True, slots=True)
class Pieces:
    """What was read of a damaged text.

    Attributes:
        top: the fields beside the records.
        tables: records by type and id, as plain values; every id has a proper length.
        lost: what was found and could not be read.
        notes: what else there is to say, one sentence each.
    """

    top: dict[str, Any]
    tables: Tables
    lost: list[Lost]
    notes: list[str]


class Bad:
    """A number no project can hold."""


class Twice(dict[str, Any]):
    """An object in which a key stands twice; the first one counts."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else Twice(reversed(pairs))


def _real(text: str) -> float | Bad:
    value = float(text)
    return value if math.isfinite(value) else Bad()


def _whole(text: str) -> int | Bad:
    return int(text) if len(text) <= 4_000 else Bad()


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=lambda _: Bad(), parse_float=_real, parse_int=_whole
)


def decode(text: str, at: int) -> tuple[Any, int]:
    """A value, and where it ends; (None, how far it was read) where there is none."""
    try:
        return _decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return None, max(error.pos, at)
    except RecursionError:
        return None, at + STACK


def take_table(pieces: Pieces, kind: str, table: dict[str, Any]) -> None:
    """File every record of a table."""
    if isinstance(table, Twice):
        pieces.notes.append(f"An id stands twice among the records of type {shown(kind)}; the first one was taken.")
    for key, fields in table.items():
        take(pieces, kind, key, fields)


def take(pieces: Pieces, kind: str, key: str, fields: Any) -> None:
    """File a record, or say why not."""
    if MARK.search(key):
        read = MARK.sub(_without_high_bit, key)
        pieces.lost.append(Lost(kind, read, f"{shown(kind)} {shown(read)}", "id", f"{shown(key)!r} read as this"))
        key = read
    if not isinstance(fields, dict):
        why = "is no object {…}"
    elif not 0 < len(key) <= MAX_ID:
        why = "its id is empty" if not key else f"its id is longer than {MAX_ID} characters"
    elif any(key in table for table in pieces.tables.values()):
        why = "its id is that of another record"
    else:
        pieces.tables.setdefault(kind, {})[key] = fields
        return
    called = name_record(kind, key, fields if isinstance(fields, dict) else {})
    pieces.lost.append(Lost(kind, key, called, "", why))


def _without_high_bit(mark: re.Match[str]) -> str:
    """The character a damaged byte was if one bit of it was flipped: ids are ASCII."""
    return chr(ord(mark[0]) & 0x7F) if ord(mark[0]) in _FROM_BYTE else "\ufffd"

r"""The lines of a journal: one a step, each with a checksum, readable however much of the last is missing.

A line is ``CHECKSUM JSON\n``: CRC-32 of the JSON in eight hex digits. The JSON has no line break in it. Lines are
numbered. A line that is torn or repeated, as after a write that failed half-way and was tried again, is passed over;
where a number is missing, reading ends: nothing after it can be trusted.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from workbench.files.canonical import plain, plain_part
from workbench.files.validate import parse_tables
from workbench.model.base import Record, record_type
from workbench.store.diff import Diff

FORMAT: Final = 1
_HEAD: Final = 9
_SLOWLY: Final = b" "
"""Begins the JSON of lines that the fast reader would change."""


def line_of(number: int, step: Mapping[str, Any]) -> bytes:
    """One line of a journal."""
    value = {"n": number, **step}
    try:
        text = orjson.dumps(value, default=plain_part)
    except TypeError:  # a number beyond 64 bits, which fields of a newer version may hold
        text = _SLOWLY + json.dumps(value, default=plain_part).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def steps_in(data: bytes) -> Iterator[dict[str, Any]]:
    """What the lines of a journal say, in order, as far as they can be trusted."""
    wanted = 0
    for line in data.split(b"\n"):
        step = _step(line)
        if step is None or step["n"] < wanted:
            continue
        if step["n"] > wanted:
            return
        wanted += 1
        yield step


def _step(line: bytes) -> dict[str, Any] | None:
    """What a line says; None where it is torn."""
    text = line[_HEAD:]
    if len(line) <= _HEAD or line[:_HEAD] != b"%08x " % zlib.crc32(text):
        return None
    value = json.loads(text) if text.startswith(_SLOWLY) else orjson.loads(text)
    return value if isinstance(value, dict) and type(value.get("n")) is int and "do" in value else None


def diff_as_plain(diff: Diff) -> dict[str, Any]:
    """What a diff leads to: the records it puts, by type and id, and the ids it removes. What was is known by then."""
    put: dict[str, dict[str, Any]] = {}
    for record in _records_put(diff):
        put.setdefault(record_type(record), {})[record.id] = plain(record)
    return {"put": put, "gone": sorted(diff.removed)}


def _records_put(diff: Diff) -> Iterable[Record]:
    yield from diff.added.values()
    for _, record in diff.updated.values():
        yield record


def records_put(step: Mapping[str, Any]) -> list[Record]:
    """The records a step puts.

    Raises:
        pydantic.ValidationError: they are none of this version.
    """
    put: dict[str, dict[str, dict[str, Any]]] = step["put"]
    return parse_tables(put) if put else []

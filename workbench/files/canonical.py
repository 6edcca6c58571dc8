r"""The one text of a document: the same records always give the same bytes, so that git shows small honest diffs.

Keys sorted, records by type then id, one field a line, two spaces, ``\n``, trailing newline, UTF-8. A field that
has its default value is left out; what a newer version added (fields, nested ones, record types) is written as it
came.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, Final

import orjson
from pydantic import BaseModel

from workbench.files.errors import SaveError
from workbench.files.header import FORMAT, Header
from workbench.model.base import Record, UnknownRecord, record_type

_OPTIONS: Final = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
_INT64: Final = 2**63
_UINT64: Final = 2**64
_REQUIRED: Final = object()


@cache
def defaults_of(cls: type[BaseModel]) -> dict[str, Any]:
    """What each field of a model is where nobody has set it; something that equals no value where it must be set."""
    return {
        name: _REQUIRED if info.is_required() else info.get_default(call_default_factory=True)
        for name, info in cls.model_fields.items()
    }


def plain_part(value: Any) -> dict[str, Any]:
    """A value inside a record as the file has it. Shaped as ``orjson``'s hook for what it does not know.

    Raises:
        TypeError: ``value`` is no part of a record.
    """
    if not isinstance(value, BaseModel):
        raise TypeError(f"{type(value).__name__} has no place in a project file")
    defaults = defaults_of(type(value))
    fields = {name: item for name, item in value.__dict__.items() if item != defaults[name]}
    if value.__pydantic_extra__:
        fields.update(value.__pydantic_extra__)
    return fields


def plain(record: Record) -> dict[str, Any]:
    """The fields of ``record`` as the file has them; parts stay parts until they are written."""
    if type(record) is UnknownRecord:
        return dict(record.__pydantic_extra__ or {})
    defaults = defaults_of(type(record))
    fields = {name: item for name, item in record.__dict__.items() if item != defaults[name]}
    fields.pop("id", None)
    if record.__pydantic_extra__:
        fields.update(record.__pydantic_extra__)
    return fields


def _by_class(records: Iterable[Record]) -> Iterator[tuple[type[Record], Iterator[Record]]]:
    """Runs of records of one class."""
    yield from groupby(records, key=type)


def document(records: Iterable[Record], header: Header) -> dict[str, Any]:
    """The whole file as plain values, ready to be written."""
    by_type: dict[str, dict[str, Any]] = {}
    for cls, group in _by_class(records):
        if cls is UnknownRecord:
            for record in group:
                by_type.setdefault(record_type(record), {})[record.id] = record.__pydantic_extra__
            continue
        table = by_type.setdefault(cls.TYPE, {})
        defaults = defaults_of(cls)
        for record in group:
            values = record.__dict__
            fields = {name: item for name, item in values.items() if item != defaults[name]}
            del fields["id"]
            if record.__pydantic_extra__:
                fields.update(record.__pydantic_extra__)
            table[values["id"]] = fields
    return _with_header(by_type, header)


def _with_header(by_type: dict[str, dict[str, Any]], header: Header) -> dict[str, Any]:
    version = {**header.version_extra, "major": header.major, "minor": header.minor}
    return {**header.extra, "format": FORMAT, "version": version, "records": by_type}


def dump(value: Any) -> bytes:
    """Plain values and parts as canonical text.

    Raises:
        TypeError: something in ``value`` has no JSON form.
    """
    try:
        return orjson.dumps(value, default=plain_part, option=_OPTIONS)
    except TypeError:
        return orjson.dumps(_with_long_integers(value), default=plain_part, option=_OPTIONS)


def _with_long_integers(value: Any) -> Any:
    """``value`` with integers beyond 64 bits (fields of a newer version may hold some) as ready-made text."""
    if isinstance(value, BaseModel):
        value = plain_part(value)
    if isinstance(value, dict):
        return {key: _with_long_integers(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_long_integers(item) for item in value]
    if type(value) is int and not -_INT64 <= value < _UINT64:
        return orjson.Fragment(str(value).encode())
    return value


def canonical_bytes(records: Iterable[Record], header: Header | None = None) -> bytes:
    """The canonical text of a document.

    Raises:
        SaveError: a text holds half of a surrogate pair, which no UTF-8 file can hold.
    """
    ordered = list(records)
    try:
        return dump(document(ordered, header or Header()))
    except TypeError as error:
        raise SaveError(_unwritable(ordered) or f"The project cannot be written: {error}.") from error


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _unwritable(records: Iterable[Record]) -> str:
    """A sentence that names the first field UTF-8 cannot hold; empty where all can be written."""
    for record in records:
        for name, value in plain(record).items():
            try:
                dump({name: value})
            except TypeError:
                code = getattr(record, "code", "") or record.id
                return (
                    f"The project cannot be written: {name} of {record_type(record)} {code} holds a character that is "
                    "no valid Unicode; type that text again."
                )
    return ""

"""What can be shown of a file that a later major version wrote: whatever still reads as a record of ours.

Nothing is written back, so nothing can be lost. Records that do not fit are kept whole under a type of their own name
with a mark, so that no view mistakes them for what it knows.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from pydantic import ValidationError

from workbench.files.validate import unknown_record
from workbench.model.base import Record
from workbench.model.records import CLASS_OF, references
from workbench.store.store import Store

UNREADABLE: Final = " (newer)"
"""Ending of the type name of records that a newer version changed beyond reading."""


def rescue(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Store:
    """A document of every record that still fits; the rest as records of unknown type."""
    records: dict[str, Record] = {}
    for kind, table in tables.items():
        cls = CLASS_OF.get(kind)
        for key, fields in table.items():
            records[key] = _read(cls, kind, key, fields)
    for key, record in list(records.items()):
        if any(target not in records for _, target in references(record)):
            kind = type(record).TYPE
            records[key] = unknown_record(kind + UNREADABLE, key, dict(tables[kind][key]))
    return Store(records.values())


def _read(cls: type[Record] | None, kind: str, key: str, fields: Mapping[str, Any]) -> Record:
    if cls is None:
        return unknown_record(kind, key, dict(fields))
    try:
        record = cls.model_validate_json(orjson.dumps(fields), strict=True)
    except (ValidationError, TypeError):
        return unknown_record(kind + UNREADABLE, key, dict(fields))
    record.__dict__["id"] = key
    return record

"""Bytes to records in one pass of pydantic-core, without a dictionary in between.

Parsing to dictionaries first and validating those takes twice the time. The validator is strict: a number given as
text, or a text given as a number, is an error that names the field, not a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from workbench.files.canonical import dump
from workbench.model.base import Record, UnknownRecord
from workbench.model.records import CLASS_OF


class _File(BaseModel):
    """The outermost object; its other fields are looked at by ``document``."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    records: Any


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file's text holds, each record valid by itself.

    Attributes:
        top: every top-level field but ``records``.
        records: in the order of record types, then of the file; ids set.
        shaped: false where a record type the program does not know holds something else than records.
    """

    top: dict[str, Any]
    records: list[Record]
    shaped: bool


@cache
def _validator() -> type[BaseModel]:
    """The model of a whole file; made when first used, it takes some milliseconds."""
    tables: dict[str, Any] = {kind: (dict[str, cls], {}) for kind, cls in CLASS_OF.items()}  # type: ignore[valid-type]
    records = create_model("Records", __config__=ConfigDict(extra="allow"), **tables)
    return create_model("File", __base__=_File, records=(records, ...))


def parse(data: bytes) -> Parsed:
    """Read and validate a file's text.

    Numbers that JSON does not know and keys given twice pass unseen here; the caller compares the canonical text.

    Raises:
        pydantic.ValidationError: not JSON, or a field holds what it may not.
    """
    file = _validator().model_validate_json(data, strict=True)
    tables: BaseModel = file.records  # type: ignore[attr-defined]
    records: list[Record] = []
    for table in tables.__dict__.values():
        for key, record in table.items():
            record.__dict__["id"] = key  # the models are frozen; nothing has seen this one yet
        records.extend(table.values())
    shaped = True
    for kind, table in (tables.__pydantic_extra__ or {}).items():
        if isinstance(table, dict) and all(isinstance(fields, dict) for fields in table.values()):
            records.extend(unknown_record(kind, key, fields) for key, fields in table.items())
        else:
            shaped = False
    return Parsed(file.__pydantic_extra__ or {}, records, shaped)


def parse_tables(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Record]:
    """Records by type and id, as plain values whose shape has been checked, made records.

    Raises:
        pydantic.ValidationError: a field holds what it may not.
    """
    return parse(dump({"records": tables})).records


def unknown_record(kind: str, key: str, fields: dict[str, Any]) -> UnknownRecord:
    """A record kept whole. Fields are set past the model, for they may have any name, ``id`` too."""
    record = UnknownRecord(id=key, record_type=kind)
    extra = record.__pydantic_extra__
    assert extra is not None  # the model allows fields it does not know
    extra.update(fields)
    return record

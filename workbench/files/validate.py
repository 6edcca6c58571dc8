"""Bytes to records in one pass of pydantic-core, which checks the fields; the records are put together afterwards.

Parsing to plain values first and validating those takes twice the time. Letting pydantic make the records takes longer
than making them here, and leaves no plain values to compare with the file. The validator is strict: a number given as
text, or a text given as a number, is an error that names the field, not a guess.
"""

import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Annotated, Any, NotRequired

from pydantic import BaseModel, ConfigDict, TypeAdapter, with_config
from pydantic.fields import FieldInfo

from workbench.files.canonical import defaults_of, dump, given
from workbench.model.base import MAX_ID, Id, Record, UnknownRecord
from workbench.model.records import CLASS_OF

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

_set_values = BaseModel.__dict__["__dict__"].__set__
_set_given = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file's text holds, each record valid by itself.

    Attributes:
        top: every top-level field but ``records``.
        records: by type in the order of the program's table, then as the file has them; ids set.
        plain: the whole file as plain values; written out, it equals the file unless that hid something.
        shaped: false where a record type the program does not know holds something else than records, an id is empty or
            too long, or a record has a field called ``id``.
    """

    top: dict[str, Any]
    records: list[Record]
    plain: dict[str, Any]
    shaped: bool

    def text(self) -> bytes:
        """The file as it must look if ``plain`` is all it holds: no key twice, no number that JSON does not have.

        Raises:
            TypeError: something in a field of a newer version has no JSON form.
        """
        return dump(self.plain, given)


def _field(info: FieldInfo) -> Any:
    annotation: Any = info.annotation
    for constraint in info.metadata:
        annotation = Annotated[annotation, constraint]
    return annotation if info.is_required() else NotRequired[annotation]


def _shape(name: str, fields: dict[str, Any]) -> Any:
    return with_config(ConfigDict(extra="allow"))(TypedDict(name, fields))  # type: ignore[operator]


@cache
def _validator() -> TypeAdapter[dict[str, Any]]:
    """The shape of a whole file; made when first used, it takes some milliseconds."""
    tables = {}
    for kind, cls in CLASS_OF.items():
        fields = {name: _field(info) for name, info in cls.model_fields.items() if name != "id"}
        tables[kind] = NotRequired[dict[Id, _shape(cls.__name__, fields)]]  # type: ignore[misc]
    return TypeAdapter(_shape("File", {"records": _shape("Records", tables)}))


def parse(data: bytes) -> Parsed:
    """Read and validate a file's text.

    Numbers that JSON does not know and keys given twice pass unseen here; the caller compares the text.

    Raises:
        pydantic.ValidationError: not JSON, or a field holds what it may not.
    """
    plain = _validator().validate_json(data, strict=True)
    tables = plain["records"]
    records: list[Record] = []
    shaped = True
    for kind, cls in CLASS_OF.items():
        if kind in tables:
            names = set().union(*tables[kind].values())
            shaped = shaped and "id" not in names
            records += _assemble(cls, tables[kind], names)
    for kind in tables.keys() - CLASS_OF.keys():
        table = tables[kind]
        if isinstance(table, dict) and all(
            isinstance(fields, dict) and 0 < len(key) <= MAX_ID for key, fields in table.items()
        ):
            records += [unknown_record(kind, key, fields) for key, fields in table.items()]
        else:
            shaped = False
    top = {key: value for key, value in plain.items() if key != "records"}
    return Parsed(top, records, plain, shaped)


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


def _assemble(cls: type[Record], table: dict[str, dict[str, Any]], names: set[str]) -> list[Record]:
    """Records of validated fields: what ``model_construct`` does, for a whole table at once.

    Records without unknown fields share one empty dictionary for them, and all share one set of field names.

    Args:
        names: every field name that occurs in the table.
    """
    defaults = defaults_of(cls)
    rows = [{**defaults, **fields, "id": key} for key, fields in table.items()]
    for name, info in cls.model_fields.items():
        if info.default_factory is not None:  # a mutable value, one for each record
            for row, fields in zip(rows, table.values(), strict=True):
                if name not in fields:
                    row[name] = info.get_default(call_default_factory=True)
    unknown = names - defaults.keys()
    extras: Any = repeat({})
    if unknown:
        extras = [{name: row.pop(name) for name in unknown & row.keys()} for row in rows]
    records: list[Record] = list(map(cls.__new__, repeat(cls, len(rows))))
    for setter, values_of in (
        (_set_values, rows),
        (_set_extra, extras),
        (_set_given, repeat(set(defaults))),
        (_set_private, repeat(None)),
    ):
        deque(map(setter, records, values_of), maxlen=0)
    return records

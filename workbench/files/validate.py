"""Plain values to records: the fields checked by the models' annotations, the records put together here.

Letting pydantic make each record takes several times as long as checking the fields and setting them. All checking is
strict: a number given as text, or a text given as a number, is an error that names the field, not a guess.
"""

import sys
from collections import deque
from collections.abc import Mapping
from functools import cache
from itertools import repeat
from typing import Any, NotRequired

from pydantic import BaseModel, ConfigDict, TypeAdapter, with_config

from workbench.files.canonical import defaults_of, dump
from workbench.files.columns import check_table, optional_annotation_of
from workbench.model.base import MAX_ID, Record, UnknownRecord
from workbench.model.records import CLASS_OF
from workbench.values import value_type

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

_set_values = BaseModel.__dict__["__dict__"].__set__
_set_given = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def _shape(name: str, fields: dict[str, Any]) -> Any:
    return with_config(ConfigDict(extra="allow"))(TypedDict(name, fields))  # type: ignore[operator]


@cache
def _validator() -> TypeAdapter[dict[str, Any]]:
    """The shape of all records; made when first used, it takes some milliseconds."""
    tables = {}
    for kind, cls in CLASS_OF.items():
        fields = {name: optional_annotation_of(info) for name, info in cls.model_fields.items() if name != "id"}
        tables[kind] = NotRequired[dict[str, _shape(cls.__name__, fields)]]  # type: ignore[misc]
    return TypeAdapter(_shape("Records", tables))


@value_type(frozen=True, slots=True)
class Tables:
    """The records of a file, ids set.

    Attributes:
        by_type: records by type and id.
        targets: every id that one of them refers to.
    """

    by_type: dict[str, dict[str, Record]]
    targets: set[str]

    def __len__(self) -> int:
        return sum(map(len, self.by_type.values()))


def parse_fast(plain: Any) -> Tables | None:
    """Records of a whole file given as plain values, which are used up; None where the careful reading must look.

    Raises:
        pydantic.ValidationError: a field holds what it may not; the careful reading says which.
    """
    tables = plain.get("records") if isinstance(plain, dict) else None
    if not isinstance(tables, dict):
        return None
    by_type: dict[str, dict[str, Record]] = {}
    targets: set[str | None] = set()
    for kind, table in tables.items():
        if not isinstance(table, dict) or set(map(type, table.values())) - {dict}:
            return None
        cls = CLASS_OF.get(kind)
        if cls is not None:
            names = set().union(*table.values())
            if not check_table(cls, table, names, targets):
                return None
            by_type[kind] = dict(zip(table, _assemble(cls, table, names), strict=True))
        elif all(0 < len(key) <= MAX_ID for key in table):
            by_type[kind] = {key: unknown_record(kind, key, fields) for key, fields in table.items()}
        else:
            return None
    return Tables(by_type, {target for target in targets if target is not None})


def parse_tables(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Record]:
    """Records by type and id, as plain values whose shape has been checked, made records.

    Raises:
        pydantic.ValidationError: a field holds what it may not; its place starts with type and id.
    """
    checked = _validator().validate_json(dump(tables), strict=True)
    records: list[Record] = []
    for kind, cls in CLASS_OF.items():
        if kind in checked:
            records += _assemble(cls, checked[kind], set().union(*checked[kind].values()))
    for kind in tables.keys() - CLASS_OF.keys():
        records += [unknown_record(kind, key, dict(fields)) for key, fields in tables[kind].items()]
    return records


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
    rows: list[dict[str, Any]] = [{**defaults, **fields, "id": key} for key, fields in table.items()]
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

"""The fields of many records, checked column by column.

A table of records has few fields and thousands of rows. Given all values of one field at once, pydantic-core checks a
value in a twentieth of the time it takes when it walks records, by the very same annotations.
"""

from collections.abc import Mapping
from functools import cache
from operator import itemgetter
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

import orjson
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from workbench.model.base import MAX_ID, Record
from workbench.model.records import reference_names
from workbench.values import value_type

_SCALARS = (str, bool, float, int, type(None))


@value_type(frozen=True, slots=True)
class _Column:
    """How the values of one field are checked.

    Attributes:
        direct: the values may be checked as they are; else by way of their JSON text, which makes tuples and parts.
        reference: whether the values are ids, one or many each.
        kept: checking gives back the very values; else what it gives takes their place.
    """

    name: str
    annotation: Any
    direct: bool
    kept: bool
    required: bool
    reference: Literal["", "one", "many"]

    def check(self, values: list[Any]) -> list[Any]:
        adapter = _adapter(self.annotation)
        if self.direct:
            return adapter.validate_python(values, strict=True)
        return adapter.validate_json(orjson.dumps(values), strict=True)


@cache
def _adapter(annotation: Any) -> TypeAdapter[list[Any]]:
    """Made when first needed; many fields share one."""
    return TypeAdapter(list[annotation])


def annotation_of(info: FieldInfo) -> Any:
    """The annotation of a field with its constraints, as it stands in the class."""
    annotation: Any = info.annotation
    for constraint in info.metadata:
        annotation = Annotated[annotation, constraint]
    return annotation


def optional_annotation_of(info: FieldInfo) -> Any:
    """The same for a typed dictionary that may leave out what has a default."""
    return annotation_of(info) if info.is_required() else NotRequired[annotation_of(info)]


def _scalar_types(annotation: Any) -> set[Any] | None:
    """The plain types a field may hold; None where it may hold tuples, parts or anything."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _scalar_types(get_args(annotation)[0])
    if origin in (Union, UnionType):
        found: set[Any] = set()
        for argument in get_args(annotation):
            types = _scalar_types(argument)
            if types is None:
                return None
            found |= types
        return found
    if origin is Literal:
        return set(map(type, get_args(annotation)))
    return {annotation} if annotation in _SCALARS else None


@cache
def _columns(cls: type[Record]) -> tuple[_Column, ...]:
    single, many = reference_names(cls)
    columns = []
    for name, info in cls.model_fields.items():
        if name != "id":
            reference: Literal["", "one", "many"] = "one" if name in single else "many" if name in many else ""
            columns.append(_column(name, annotation_of(info), required=info.is_required(), reference=reference))
    return tuple(columns)


def _column(name: str, annotation: Any, *, required: bool, reference: Literal["", "one", "many"]) -> _Column:
    types = _scalar_types(annotation)
    direct = types is not None
    return _Column(name, annotation, direct, direct and float not in (types or ()), required, reference)


def check_table(
    cls: type[Record], table: Mapping[str, dict[str, Any]], names: set[str], targets: set[str | None]
) -> bool:
    """Check every known field of a table and put its proper value (tuples, parts, rounded numbers) in place.

    Args:
        table: records of ``cls`` by id, as plain values; changed in place.
        names: every field name that occurs in the table.
        targets: takes up every id that the records refer to, and perhaps None.

    Returns:
        False where an id or a required field is missing; the careful reading says which.

    Raises:
        pydantic.ValidationError: a value is not allowed; the table may be half changed.
    """
    rows = list(table.values())
    if "id" in names or not (min(map(len, table), default=1) and max(map(len, table), default=1) <= MAX_ID):
        return False
    for column in _columns(cls):
        name = column.name
        if name not in names:
            if column.required and rows:
                return False
            continue
        holders = rows
        try:
            values = list(map(itemgetter(name), rows))
        except KeyError:
            if column.required:
                return False
            holders = [row for row in rows if name in row]
            values = [row[name] for row in holders]
        checked = column.check(values)
        if column.reference == "one":
            targets.update(checked)
        elif column.reference == "many":
            targets.update(*checked)
        if column.kept:
            continue
        for row, value in zip(holders, checked, strict=True):
            row[name] = value
    return True

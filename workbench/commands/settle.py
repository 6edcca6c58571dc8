"""Settling a merge conflict: ours stands already, theirs waits in the conflict."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import ValidationError

from workbench.commands.errors import CommandError
from workbench.model.base import Part, Record, UnknownRecord, record_type
from workbench.model.records import CLASS_OF, references
from workbench.model.review import Conflict
from workbench.store.transaction import Transaction

Choice = Literal["ours", "theirs"]

_GONE: Final = "What their version refers to is gone by now; draw it again, then settle this conflict."


def settle(tx: Transaction, conflict: str, choice: Choice) -> None:
    """Take one side of a conflict; the conflict goes.

    Raises:
        CommandError: there is no such conflict, or what theirs refers to is gone.
    """
    found = tx.find(conflict, Conflict)
    if found is None:
        raise CommandError("This conflict is settled already.")
    if choice == "theirs":
        if not found.field:
            _take_record(tx, found)
        elif found.subject in tx.records:
            _take_field(tx, found)
    if conflict in tx.records:
        tx.remove(conflict)


def _take_field(tx: Transaction, conflict: Conflict) -> None:
    record = tx.records[conflict.subject]
    head, _, rest = conflict.field.partition(".")
    value = conflict.theirs
    if rest:
        value = _with_entry(getattr(record, head, None), rest, conflict.theirs)
    for needed in _with_footing(tx, _lacking(tx, conflict.brings)).values():
        tx.put(needed)
    values = {**_plain(record), head: value}
    if value is None and head in type(record).model_fields:
        del values[head]
    _put(tx, record_type(record), record.id, values)


def _with_entry(part: Any, path: str, value: Any) -> dict[str, Any]:
    """A part or table with one entry given a value; null takes it out."""
    entries = _plain(part) if isinstance(part, Part) else dict(part or {})
    head, _, rest = path.partition(".")
    if rest and isinstance(entries.get(head), Part | Mapping):
        value = _with_entry(entries[head], rest, value)
    elif rest:
        head = path
    if value is None:
        entries.pop(head, None)
    else:
        entries[head] = value
    return entries


def _take_record(tx: Transaction, conflict: Conflict) -> None:
    if conflict.theirs is None:
        if conflict.subject in tx.records:
            tx.remove(conflict.subject)
        return
    values = conflict.theirs if isinstance(conflict.theirs, dict) else {}
    made = _made(conflict.subject_type, conflict.subject, values)
    back = _with_footing(tx, [made, *_lacking(tx, conflict.brings)])
    if made.id not in back:
        raise CommandError(_GONE)
    for record in back.values():
        tx.put(record)


def _lacking(tx: Transaction, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Record]:
    """What a conflict brings and the document does not have."""
    return [
        _made(kind, key, fields)
        for kind, table in tables.items()
        for key, fields in table.items()
        if key not in tx.records
    ]


def _with_footing(tx: Transaction, records: Iterable[Record]) -> dict[str, Record]:
    """Those of the records whose references all lead somewhere, in the document or among themselves."""
    left = {record.id: record for record in records}
    while True:
        standing = {
            record.id: record
            for record in left.values()
            if all(target in tx.records or target in left for _, target in references(record))
        }
        if len(standing) == len(left):
            return standing
        left = standing


def _made(kind: str, key: str, fields: Mapping[str, Any]) -> Record:
    cls = CLASS_OF.get(kind)
    if cls is None:
        return UnknownRecord.model_validate({**fields, "id": key, "record_type": kind})
    try:
        return cls.model_validate({**fields, "id": key})
    except ValidationError:
        raise CommandError("Their version cannot be read; settle this conflict with ours.") from None


def _put(tx: Transaction, kind: str, key: str, fields: Mapping[str, Any]) -> None:
    made = _made(kind, key, fields)
    if any(target not in tx.records for _, target in references(made)):
        raise CommandError(_GONE)
    tx.put(made)


def _plain(value: Record | Part) -> dict[str, Any]:
    return {**value.__dict__, **(value.__pydantic_extra__ or {})}

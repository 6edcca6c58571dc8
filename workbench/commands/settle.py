"""Settling merge conflicts: ours stands already, theirs waits in the conflict."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import ValidationError

from workbench.commands.errors import CommandError
from workbench.commands.losses import tell_losses
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
    _take(tx, _found(tx, conflict), choice)
    tell_losses(tx)
    _remove(tx, conflict)


def settle_all(tx: Transaction, conflicts: Iterable[str], choice: Choice) -> list[str]:
    """Take one side of several conflicts; they go, as far as that can be done.

    Returns:
        Why some stay, each reason once.
    """
    waiting = [id for id in conflicts if id in tx.records]
    settled: list[str] = []
    while True:  # what one of them brings may be what another waits for
        refused: dict[str, str] = {}
        for id in waiting:
            try:
                _take(tx, _found(tx, id), choice)
            except CommandError as reason:
                refused[id] = str(reason)
            else:
                settled.append(id)
        if not refused or len(refused) == len(waiting):
            break
        waiting = list(refused)
    tell_losses(tx)
    for id in settled:
        _remove(tx, id)
    return list(dict.fromkeys(refused.values()))


def settle_as(tx: Transaction, conflict: str, value: Any) -> None:
    """Give the field that a conflict is about a value of one's own; the conflict goes.

    Raises:
        CommandError: there is no such conflict, it is about a whole record, or the value is not allowed.
    """
    found = _found(tx, conflict)
    if not found.field or found.subject not in tx.records:
        raise CommandError("This conflict is about all of it; take one of the two versions.")
    _take_field(tx, found, value)
    _remove(tx, conflict)


def _found(tx: Transaction, conflict: str) -> Conflict:
    found = tx.find(conflict, Conflict)
    if found is None:
        raise CommandError("This conflict is settled already.")
    return found


def _remove(tx: Transaction, conflict: str) -> None:
    if conflict in tx.records:
        tx.remove(conflict)


def _take(tx: Transaction, conflict: Conflict, choice: Choice) -> None:
    if choice == "ours":
        return
    if not conflict.field:
        _take_record(tx, conflict)
    elif conflict.subject in tx.records:
        _take_field(tx, conflict, conflict.theirs)


def _take_field(tx: Transaction, conflict: Conflict, value: Any) -> None:
    record = tx.records[conflict.subject]
    head, _, rest = conflict.field.partition(".")
    entry = value
    if rest:
        value = _with_entry(getattr(record, head, None), rest, value)
    values = {**_plain(record), head: value}
    if value is None and head in type(record).model_fields:
        del values[head]
    made = _made(record_type(record), record.id, values)
    brought = _with_footing(tx, _lacking(tx, conflict.brings)) if entry == conflict.theirs else {}
    if any(target not in tx.records and target not in brought for _, target in references(made)):
        raise CommandError(_GONE)
    for needed in brought.values():
        tx.put(needed)
    tx.put(made)


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


def _plain(value: Record | Part) -> dict[str, Any]:
    return {**value.__dict__, **(value.__pydantic_extra__ or {})}

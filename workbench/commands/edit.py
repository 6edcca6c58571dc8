"""Changing fields of a record."""

from typing import Any

from workbench.commands.errors import CommandError
from workbench.model.base import Part
from workbench.store.transaction import Transaction


def set_field(tx: Transaction, id: str, field: str, value: Any) -> None:
    """Give a field a value; ``likelihood.category`` names a field of a part.

    Raises:
        CommandError: no such record or field.
        pydantic.ValidationError: the value is not allowed.
    """
    record = tx.get(id)
    head, _, rest = field.partition(".")
    if record is None or head not in type(record).model_fields:
        raise CommandError("This field does not exist any more.")
    if rest:
        part = getattr(record, head)
        values = dict(part) if isinstance(part, Part) else {}
        values[rest] = value
        value = values
    tx.patch(id, **{head: value})


def rename(tx: Transaction, id: str, title: str) -> None:
    """Give a record another title; white space at the ends is dropped."""
    set_field(tx, id, "title", title.strip())

"""What differs between two versions of a project: by record and field, as the file has them."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from workbench.files.canonical import plain
from workbench.files.settling import as_in_file
from workbench.model.base import Record, record_type
from workbench.store.diff import Diff, between
from workbench.values import value_type

How = Literal["added", "removed", "changed"]


@value_type(frozen=True, slots=True)
class RecordChange:
    """One record that differs.

    Attributes:
        record: its type; ``change`` is seen from the first version to the second.
        fields: (old, new) by field as JSON values, null where there is none; of added and removed records all fields.
    """

    record: str
    id: str
    change: How
    fields: Mapping[str, tuple[Any, Any]]


def compare(before: Mapping[str, Record], after: Mapping[str, Record]) -> Diff:
    """The change that makes the second version of the first."""
    ids = dict.fromkeys((*before, *after))
    return between({key: before.get(key) for key in ids}, {key: after.get(key) for key in ids})


def record_changes(diff: Diff) -> list[RecordChange]:
    """Every record that differs, by type and id."""
    found = [change for key, old, new in diff.before_and_after() for change in _changes(key, old, new)]
    return sorted(found, key=lambda change: (change.record, change.id))


def _changes(key: str, old: Record | None, new: Record | None) -> Iterator[RecordChange]:
    if old is not None and new is not None and record_type(old) != record_type(new):
        yield from _changes(key, old, None)
        yield from _changes(key, None, new)
        return
    known = new if new is not None else old
    assert known is not None
    before, after = (as_in_file(plain(record)) if record is not None else {} for record in (old, new))
    names = sorted({*before, *after})
    fields = {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
    yield RecordChange(
        record_type(known), key, "added" if old is None else "removed" if new is None else "changed", fields
    )
